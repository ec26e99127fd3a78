//! What changed and since when: identifiers, revisions, and the ledger that remembers them.

mod content;
mod identity;
mod ledger;
mod recognition;
mod revision;

pub use identity::{entry_id, feed_id, no_room_uid, room_uid, slot_uid, speaker_uid};
pub use ledger::{Ledger, LedgerError};
pub use revision::{History, Revision, SlotRevision, TalkRevision};
