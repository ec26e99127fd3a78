//! What changed and since when: identifiers, revisions, and the ledger that remembers them.

mod change;
mod chronicle;
mod content;
mod edition;
mod guard;
mod identity;
pub mod ledger;
mod likeness;
mod occurrences;
mod recognition;
mod revision;
mod successor;
mod typing_slip;
mod vanished;

pub use change::{Change, Detail, Placement, change, diff};
pub use chronicle::{Chronicle, Publication, Story};
pub use edition::Edition;
pub use guard::suspicions;
pub use identity::{entry_id, feed_id, no_room_uid, room_uid, slot_uid, speaker_uid};
pub use ledger::{Ledger, LedgerError};
pub use occurrences::keep_occurrences;
pub use revision::{History, Revision, SlotRevision, TalkRevision};
pub use successor::{publication_time, successor};
pub use vanished::keep_vanished;
