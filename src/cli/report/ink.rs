//! Colours, on a terminal that shows them.

use crate::source::Severity;
use clap::builder::styling::{AnsiColor, Style};
use std::env;
use std::io::{IsTerminal, stdout};

/// Whether a report has colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum Ink {
    /// Bold type and colours (ECMA-48).
    Coloured,
    /// Characters only.
    Plain,
}

impl Ink {
    /// What standard output shows: colours on a terminal, unless `NO_COLOR` is set
    /// (<https://no-color.org>).
    pub(in crate::cli) fn of_stdout() -> Self {
        let is_set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
        let is_dumb = env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
        if stdout().is_terminal() && !is_set("NO_COLOR") && !is_dumb {
            Self::Coloured
        } else {
            Self::Plain
        }
    }

    /// A severity's word.
    pub(super) fn severity(self, severity: Severity) -> String {
        let colour = match severity {
            Severity::Error => AnsiColor::Red,
            Severity::Warning => AnsiColor::Yellow,
            Severity::Note => AnsiColor::Cyan,
        };
        self.paint(colour.on_default().bold(), &severity.to_string())
    }

    /// What should be seen first.
    pub(super) fn bold(self, text: &str) -> String {
        self.paint(Style::new().bold(), text)
    }

    /// What stands around the text that matters.
    pub(super) fn faint(self, text: &str) -> String {
        self.paint(Style::new().dimmed(), text)
    }

    fn paint(self, style: Style, text: &str) -> String {
        match self {
            Self::Coloured => format!("{style}{text}{style:#}"),
            Self::Plain => text.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_end_where_the_word_does() {
        assert_eq!(
            Ink::Coloured.severity(Severity::Error),
            "\u{1b}[1m\u{1b}[31merror\u{1b}[0m"
        );
        assert_eq!(Ink::Plain.severity(Severity::Error), "error");
    }
}
