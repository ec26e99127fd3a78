//! From documents to what is sent and stored: an edition's representations, and its files.
//!
//! [`Edition`] holds every document of a published state, renders it when it is first asked for and
//! keeps it, compressed and hashed, for as long as the edition is up. [`folder`] writes the same
//! documents as files.
//!
//! # Not supported
//!
//! Object stores: a folder can be copied to one, with its own tools and its own credentials.

mod coding;
mod edition;
#[cfg(test)]
pub(crate) mod fixture;
pub mod folder;
mod published;
mod representation;
mod selected;

pub use coding::Coding;
pub use edition::{Edition, Programme};
pub use published::{Published, RenderFailure};
pub use representation::{Publication, Representation};
