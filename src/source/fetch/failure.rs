//! Why a source could not be fetched.

use super::super::Problem;
use std::time::Duration;

/// Why a source could not be fetched, told so that a person can mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Failure {
    /// What happened.
    pub message: String,
    /// How to mend it. Empty when there is nothing to do.
    pub remedy: String,
    /// How soon the server wants to be asked again.
    pub retry_after: Option<Duration>,
    /// What kind of failure it is.
    pub kind: FailureKind,
}

/// What a failure is a sign of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FailureKind {
    /// An outage: it may end without anybody's doing.
    Passing,
    /// Something that somebody has to mend.
    Lasting,
    /// A page for people, where data were expected.
    WebPage,
}

impl Failure {
    fn new(kind: FailureKind, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            remedy: remedy.into(),
            retry_after: None,
            kind,
        }
    }

    /// An outage.
    pub(super) fn passing(message: impl Into<String>) -> Self {
        Self::new(FailureKind::Passing, message, "")
    }

    /// Something that somebody has to mend.
    pub(super) fn lasting(message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self::new(FailureKind::Lasting, message, remedy)
    }

    /// A page for people, where data were expected.
    pub(super) fn web_page(address: &str) -> Self {
        let message = format!("{address} is a page for people, without the data of a programme");
        let remedy = "name the address of its export";
        Self::new(FailureKind::WebPage, message, remedy)
    }

    /// An answer that is in no format, or not in that which it should have.
    pub(super) fn unreadable(problem: Problem) -> Self {
        let message = format!("{}: {}", problem.place, problem.message);
        Self::lasting(message, problem.remedy)
    }
}
