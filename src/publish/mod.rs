//! From documents to what is sent and stored: a catalogue's representations, and its files.
//!
//! [`Catalogue`] holds every document of a published state, renders it when it is first asked for and
//! keeps it, compressed and hashed, for as long as it is up. [`folder`] writes the same
//! documents as files.
//!
//! # Not supported
//!
//! Object stores: a folder can be copied to one, with its own tools and its own credentials.

mod archive;
mod catalogue;
mod coding;
#[cfg(test)]
pub(crate) mod fixture;
pub mod folder;
mod inputs;
mod programme;
mod published;
mod representation;
mod selected;

pub use archive::Archive;
pub use catalogue::{Catalogue, Rendered};
pub use coding::Coding;
pub use programme::Programme;
pub use published::{Published, RenderFailure};
pub use representation::{Publication, Representation};
