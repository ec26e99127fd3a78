//! What is wrong with a source, told so that a person can mend it.

use std::fmt;
use std::sync::Arc;

/// Something about a source that a person should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// Where it was found.
    pub place: Place,
    /// The rule that it breaks, for those who count or allow problems by rule: "double-booked-room".
    pub rule: Option<&'static str>,
    /// The talk that it concerns, by code or title.
    pub talk: Option<String>,
    /// What was found, and what was expected. Lower case, without full stop.
    pub message: String,
    /// How to mend it. Empty when there is nothing to do.
    pub remedy: String,
}

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; nothing to mend.
    Note,
    /// Published, but perhaps not as intended.
    Warning,
    /// Something was left out.
    Error,
}

/// A place in a source.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file or address, as it was named to the program.
    pub file: Arc<str>,
    /// The line, from 1.
    pub line: Option<u32>,
    /// The column, from 1, counted in characters.
    pub column: Option<u32>,
}

impl Default for Place {
    fn default() -> Self {
        Self::file("")
    }
}

/// A line or column as a place counts it.
fn counted(number: usize) -> Option<u32> {
    u32::try_from(number).ok()
}

impl Place {
    /// A whole file.
    pub fn file(file: &str) -> Self {
        Self {
            file: file.into(),
            line: None,
            column: None,
        }
    }

    /// A line and column of a file, both from 1.
    pub fn at(file: &Arc<str>, line: usize, column: usize) -> Self {
        Self {
            file: Arc::clone(file),
            line: counted(line),
            column: counted(column),
        }
    }

    /// A line of a file, from 1.
    pub fn line(file: &str, line: usize) -> Self {
        Self {
            line: counted(line),
            ..Self::file(file)
        }
    }

    /// The line and column of a byte offset in `text`.
    pub fn offset(file: &str, text: &str, offset: usize) -> Self {
        let before = &text.as_bytes()[..offset.min(text.len())];
        let line_start = before
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |at| at + 1);
        let column = String::from_utf8_lossy(&before[line_start..])
            .chars()
            .count()
            + 1;
        Self {
            file: file.into(),
            line: counted(before.iter().filter(|byte| **byte == b'\n').count() + 1),
            column: counted(column),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if let Some(column) = self.column {
            write!(f, ":{column}")?;
        }
        Ok(())
    }
}

impl Problem {
    /// A problem without a talk.
    pub fn new(
        severity: Severity,
        place: Place,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self {
            severity,
            place,
            rule: None,
            talk: None,
            message: message.into(),
            remedy: remedy.into(),
        }
    }

    /// Something was left out.
    pub fn error(place: Place, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self::new(Severity::Error, place, message, remedy)
    }

    /// Published, but perhaps not as intended.
    pub fn warning(place: Place, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self::new(Severity::Warning, place, message, remedy)
    }

    /// Worth knowing; nothing to mend.
    pub fn note(place: Place, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, place, message, "")
    }

    /// The same problem, known by the name of a rule.
    #[must_use]
    pub fn by_rule(mut self, rule: &'static str) -> Self {
        self.rule = Some(rule);
        self
    }

    /// Whether somebody should do something about it.
    pub fn is_to_mend(&self) -> bool {
        self.severity > Severity::Note
    }

    /// The same problem, said of a talk.
    #[must_use]
    pub fn of_talk(mut self, talk: impl Into<String>) -> Self {
        self.talk = Some(talk.into());
        self
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: ", self.place, self.severity)?;
        if let Some(talk) = &self.talk {
            write!(f, "talk {talk}: ")?;
        }
        f.write_str(&self.message)?;
        if !self.remedy.is_empty() {
            write!(f, "; {}", self.remedy)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_reads_as_one_line_with_its_place_and_remedy() {
        let place = Place::offset("data/x/conference.toml", "a = 1\nnäme = 2\n", 10);
        let problem = Problem::error(place, "unknown key `näme`", "did you mean `name`?");
        assert_eq!(
            problem.of_talk("ABCDEF").to_string(),
            "data/x/conference.toml:2:4: error: talk ABCDEF: unknown key `näme`; did you mean `name`?"
        );
    }
}
