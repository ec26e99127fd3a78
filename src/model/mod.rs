//! What a schedule is: plain values, without file formats, clock or network.
//!
//! # Words
//!
//! | here | frab, c3voc | pretalx | Sessionize | iCalendar | RSS, Atom, JSON Feed |
//! |---|---|---|---|---|---|
//! | [`Conference`] | conference | event | event | VCALENDAR | channel, feed |
//! | [`Talk`] | event | submission | session | – | entry, item |
//! | [`Slot`] | start + room | slot | startsAt + room | VEVENT | – |
//! | [`Day`] | day | day | – | – | – |
//! | [`Room`] | room | room | room | LOCATION | – |
//! | [`Track`] | track | track | category | CATEGORIES | category |
//! | [`Speaker`] | person | speaker | speaker | – | author |
//!
//! An *edition* is a published state of a conference; a *selection* is the part of it that a feed
//! shows; a *document* is a rendered file; a *representation* is a document in one content coding
//! together with its validators (RFC 9110 §3.2). A [`Part`] is what has an address of its own: the
//! whole, a day, a room, a track, a speaker, a talk.
//!
//! # Time
//!
//! A wall clock in the conference's IANA zone is the truth, an instant is derived from it
//! ([`Moment`]). A slot may know its day and not its hour ([`When::Day`]); nobody invents a time.
//! [`day`] alone says to which conference day a talk at half past midnight belongs.

mod chosen;
mod conference;
pub mod day;
mod part;
mod policy;
mod room;
mod slot;
mod speaker;
mod talk;
pub mod text;
mod track;
pub mod zone;

pub use chosen::{Chosen, Mark};
pub use conference::{Conference, Geo, Venue};
pub use day::Day;
pub use part::Part;
pub use policy::{Limits, Policy};
pub use room::Room;
pub use slot::{Identifiers, Moment, Slot, SlotError, Span, When};
pub use speaker::Speaker;
pub use talk::{Kind, Link, LinkKind, State, Talk, TalkCode};
pub use text::{Colour, Language, Markdown, Plain, Slug, WebUrl};
pub use track::Track;
pub use zone::Zone;
