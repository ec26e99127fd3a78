//! Whether one title is the other with slips of typing: "Ligthning talks", "Concurency".

/// The letters that a word must have for one slip to leave it recognisable, and for two.
const LETTERS_FOR: [usize; 2] = [4, 7];

/// Whether two titles are the same words but for slips in long ones. Numbers differ on purpose:
/// "Part 1" is not "Part 2".
pub(super) fn is_slip(before: &[String], after: &[String]) -> bool {
    before.len() == after.len()
        && before
            .iter()
            .zip(after)
            .all(|(before, after)| before == after || is_slip_of_word(before, after))
}

fn is_slip_of_word(before: &str, after: &str) -> bool {
    let (before, after): (Vec<char>, Vec<char>) =
        (before.chars().collect(), after.chars().collect());
    if before
        .iter()
        .chain(&after)
        .any(|letter| letter.is_numeric())
    {
        return false;
    }
    let shorter = before.len().min(after.len());
    let allowed = LETTERS_FOR
        .iter()
        .filter(|least| shorter >= **least)
        .count();
    before.len().abs_diff(after.len()) <= allowed && distance(&before, &after) <= allowed
}

/// How many letters must be put in, left out or replaced to make one word of the other (Levenshtein).
fn distance(before: &[char], after: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=after.len()).collect();
    for (line, letter) in (1..).zip(before) {
        let mut next = vec![line];
        let mut left = line;
        for (other, pair) in after.iter().zip(row.windows(2)) {
            if let [diagonal, above] = *pair {
                let replaced = diagonal + usize::from(letter != other);
                left = replaced.min(above + 1).min(left + 1);
                next.push(left);
            }
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slips(before: &str, after: &str) -> bool {
        let words =
            |title: &str| -> Vec<String> { title.split(' ').map(ToOwned::to_owned).collect() };
        is_slip(&words(before), &words(after))
    }

    #[test]
    fn a_mended_slip_leaves_the_title() {
        assert!(slips("ligthning talks", "lightning talks"));
        assert!(slips(
            "concurency without tears",
            "concurrency without tears"
        ));
        assert!(slips("opning", "opening"));
        assert!(slips("die zukunft der küste", "die zukunft der kuste"));
    }

    #[test]
    fn other_words_and_numbers_are_no_slips() {
        assert!(!slips("part 1", "part 2"));
        assert!(!slips("room 1a talks", "room 1b talks"));
        assert!(!slips("go at sea", "js at sea"));
        assert!(!slips("morning session", "evening session"));
        assert!(!slips("lightning talks", "lightning"));
    }
}
