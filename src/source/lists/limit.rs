//! What a file may hold too much of.

use crate::source::{Place, Problem};

/// That there are more than `most` of something in a file: it is something else, or means harm.
pub(in crate::source) fn too_many(place: Place, what: &str, most: usize) -> Problem {
    let message = format!("there are more than {most} {what} here");
    let remedy = "split it, or check that it is a conference's programme";
    Problem::error(place, message, remedy)
}
