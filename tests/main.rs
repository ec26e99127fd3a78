//! handbill as seen from outside: one binary, a file a concern.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what it expects, and fails where that is not so"
)]

mod architecture;
mod archives;
mod bundled;
mod calendars;
mod changes;
mod check;
mod clock_changes;
mod command_line;
mod conference;
mod conference_file;
mod corpus;
mod edition_commands;
mod editions;
mod few_documents;
mod history;
mod hostile;
mod ledger;
mod ledger_postgres;
mod merging;
mod publishing;
mod push;
mod read_only;
mod replay;
mod source_commands;
mod source_server;
mod sources;
