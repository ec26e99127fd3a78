//! Titles that say that a talk was cancelled: "CANCELLED: Foo", "Foo (cancelled)", "~~Foo~~".

/// The title without the mark of its cancellation; `None` where it has none.
pub(super) fn part_from_title(title: &str) -> Option<&str> {
    let rest = after_word(title)
        .or_else(|| before_word(title))
        .or_else(|| unstruck(title))?;
    let rest = part_from_title(rest).unwrap_or(rest);
    (!rest.is_empty()).then_some(rest)
}

fn is_word(text: &str) -> bool {
    ["cancelled", "canceled"].contains(&text.trim().to_lowercase().as_str())
}

fn after_word(title: &str) -> Option<&str> {
    let (word, rest) = match title.strip_prefix(['(', '[']) {
        Some(title) => title.split_once([')', ']'])?,
        None => title
            .split_once([':', '–', '—', '|'])
            .or_else(|| title.split_once(" - "))?,
    };
    let is_mark = |character: char| character.is_whitespace() || ":-–—|".contains(character);
    is_word(word).then(|| rest.trim_start_matches(is_mark))
}

fn before_word(title: &str) -> Option<&str> {
    let (rest, word) = match title.strip_suffix([')', ']']) {
        Some(title) => title.rsplit_once(['(', '['])?,
        None => title
            .rsplit_once([':', '–', '—', '|'])
            .or_else(|| title.rsplit_once(" - "))?,
    };
    let is_mark = |character: char| character.is_whitespace() || ":-–—|,".contains(character);
    is_word(word).then(|| rest.trim_end_matches(is_mark))
}

/// The title between the marks that strike all of it through.
fn unstruck(title: &str) -> Option<&str> {
    let inner = title.strip_prefix("~~")?.strip_suffix("~~")?;
    (!inner.contains("~~")).then_some(inner.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_of_a_cancellation_is_parted_from_the_title() {
        for title in [
            "CANCELLED: Foo",
            "Canceled - Foo",
            "[CANCELLED] Foo",
            "Foo (cancelled)",
            "Foo – CANCELLED",
            "~~Foo~~",
            "~~Foo~~ (cancelled)",
            "CANCELLED: ~~Foo~~",
        ] {
            assert_eq!(part_from_title(title), Some("Foo"), "{title}");
        }
    }

    #[test]
    fn a_talk_about_cancellations_takes_place() {
        for title in [
            "Cancelled",
            "Cancelled flights: a tale",
            "How to be cancelled",
            "~~Foo~~ Bar",
            "~~Foo~~ and ~~Bar~~",
            "Foo (cancelled in 2021)",
        ] {
            assert_eq!(part_from_title(title), None, "{title}");
        }
    }
}
