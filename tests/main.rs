//! handbill as seen from outside: one binary, a file a concern.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what it expects, and fails where that is not so"
)]

mod architecture;
mod bundled;
mod clock_changes;
mod command_line;
mod conference;
mod conference_file;
mod editions;
mod hostile;
mod merging;
