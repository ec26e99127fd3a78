//! The pages' own words: a file a page, each language whole.

pub(super) mod changes;
pub(super) mod chosen;
pub(super) mod editions;
pub(super) mod embed;
pub(super) mod feeds;
pub(super) mod index;
pub(super) mod navigation;
pub(super) mod problem;
pub(super) mod programme;
pub(super) mod speaker;
pub(super) mod subscribe;
pub(super) mod talk_page;
pub(super) mod told;
pub(super) mod worker;
