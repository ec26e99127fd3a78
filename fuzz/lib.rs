//! What every target does with its bytes: all the way from a source to the documents made of it.

use handbill::source::{self, Input, Options, SOURCES};

/// Reads bytes as a format, and makes a conference of them. Any outcome will do but a panic.
pub fn read(format: &str, bytes: &[u8]) {
    let Some(source) = SOURCES.iter().find(|source| source.name == format) else {
        panic!("there is no format {format}");
    };
    let input = Input {
        file: "input",
        bytes,
        options: &Options::default(),
    };
    if let Ok((draft, _)) = (source.read)(&input) {
        let (draft, _) = source::merge(vec![draft]);
        let _ = source::assemble(draft, "input");
    }
}

/// Asks every format whether the bytes are its own, and reads them as the first that says so.
pub fn detect(bytes: &[u8]) {
    let found = SOURCES.iter().find(|source| (source.detect)("input", bytes));
    if let Some(source) = found {
        read(source.name, bytes);
    }
}
