//! Names of speakers in a cell. Two people in one name are less wrong than one person in two.

use crate::model::Plain;

/// How a column parts names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Parting {
    /// By semicolons or lines, so a comma is part of a name: "Okafor, Mina".
    Lists,
    /// Not so anywhere, so commas may.
    Sentences,
}

impl Parting {
    /// How a column parts names, from all its cells.
    pub(super) fn of<'c>(mut cells: impl Iterator<Item = &'c str>) -> Self {
        if cells.any(|cell| cell.contains([';', '\n'])) {
            Self::Lists
        } else {
            Self::Sentences
        }
    }

    /// The names in a cell.
    pub(super) fn names(self, cell: &str) -> Vec<Plain> {
        let parts = cell.split([';', '\n']);
        let parts = parts.flat_map(|part| self.parts(part));
        parts.filter_map(Plain::non_empty).collect()
    }

    /// Cuts at commas, "and" and "&", where everything between them looks like a whole name: "Okafor,
    /// Mina" and "Ada and Mina Okafor" stay as they are.
    fn parts(self, text: &str) -> Vec<&str> {
        const WORDS: [&str; 3] = [" and ", " und ", " & "];
        let mut parts = vec![text.trim()];
        for word in WORDS {
            parts = parts.iter().flat_map(|part| part.split(word)).collect();
        }
        if self == Self::Sentences {
            parts = parts.iter().flat_map(|part| part.split(',')).collect();
        }
        let parts: Vec<&str> = parts.into_iter().map(str::trim).collect();
        let mut written = parts.iter().filter(|part| !part.is_empty());
        if written.all(|part| part.split_whitespace().count() > 1) {
            parts
        } else {
            vec![text]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(cells: &[&str], expected: &[&str]) {
        let names = Parting::of(cells.iter().copied()).names(cells[0]);
        let names: Vec<&str> = names.iter().map(|name| &**name).collect();
        assert_eq!(names, expected);
    }

    #[test]
    fn names_are_parted_by_what_a_column_parts_them_by() {
        check(&["Mina Okafor; Ada Byron"], &["Mina Okafor", "Ada Byron"]);
        check(&["Mina Okafor\nAda Byron"], &["Mina Okafor", "Ada Byron"]);
        check(&["Mina Okafor, Ada Byron"], &["Mina Okafor", "Ada Byron"]);
        check(
            &["Mina Okafor, Ada Byron & Li Wei"],
            &["Mina Okafor", "Ada Byron", "Li Wei"],
        );
        check(
            &["Mina Okafor und Ada Byron"],
            &["Mina Okafor", "Ada Byron"],
        );
    }

    #[test]
    fn a_family_name_first_is_one_person() {
        check(&["Okafor, Mina"], &["Okafor, Mina"]);
        check(
            &["Garcia Lorca, Ana", "Byron, Ada; Wei, Li"],
            &["Garcia Lorca, Ana"],
        );
        check(
            &["Okafor, Mina; Byron, Ada"],
            &["Okafor, Mina", "Byron, Ada"],
        );
    }

    #[test]
    fn what_does_not_fall_into_whole_names_stays_whole() {
        check(&["Ada and Mina Okafor"], &["Ada and Mina Okafor"]);
        check(&["Mina Okafor, ACME"], &["Mina Okafor, ACME"]);
        check(&["Alexandra Anderson"], &["Alexandra Anderson"]);
    }
}
