//! Documents of JSON.

use serde::Serialize;

/// A file of JSON for people and programs to read.
pub(super) fn written(file: &impl Serialize) -> Vec<u8> {
    match serde_json::to_vec_pretty(file) {
        Ok(mut bytes) => {
            bytes.push(b'\n');
            bytes
        }
        Err(error) => unreachable!("strings and lists are always JSON: {error}"),
    }
}
