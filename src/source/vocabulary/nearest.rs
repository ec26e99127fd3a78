//! What somebody may have meant by a name that is not known.

/// How alike two names are, from 0 to 1. Names that begin alike count as more alike: typing mistakes
/// come late in a word.
pub(in crate::source) fn likeness(one: &str, other: &str) -> f64 {
    strsim::jaro_winkler(one, other)
}

/// The thing most like what was written, where its likeness is above `threshold`.
pub(in crate::source) fn nearest<T>(
    things: impl IntoIterator<Item = T>,
    likeness: impl Fn(&T) -> f64,
    threshold: f64,
) -> Option<T> {
    let scored = things.into_iter().map(|thing| (likeness(&thing), thing));
    let best = scored.max_by(|(one, _), (other, _)| one.total_cmp(other))?;
    (best.0 > threshold).then_some(best.1)
}
