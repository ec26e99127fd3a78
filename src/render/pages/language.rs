//! The names of languages, each in its own.

use crate::model::Language;

/// Names by primary subtag, for the languages that conferences are most often held in.
const NAMES: [(&str, &str); 24] = [
    ("ar", "العربية"),
    ("ca", "Català"),
    ("cs", "Čeština"),
    ("da", "Dansk"),
    ("de", "Deutsch"),
    ("el", "Ελληνικά"),
    ("en", "English"),
    ("es", "Español"),
    ("fa", "فارسی"),
    ("fi", "Suomi"),
    ("fr", "Français"),
    ("he", "עברית"),
    ("hu", "Magyar"),
    ("it", "Italiano"),
    ("ja", "日本語"),
    ("ko", "한국어"),
    ("nl", "Nederlands"),
    ("pl", "Polski"),
    ("pt", "Português"),
    ("ru", "Русский"),
    ("sv", "Svenska"),
    ("tr", "Türkçe"),
    ("uk", "Українська"),
    ("zh", "中文"),
];

/// The name of a language in itself; its tag where the name is not known.
pub(super) fn name(language: &Language) -> &str {
    let primary = language.split('-').next().unwrap_or_default();
    let known = NAMES
        .iter()
        .find(|(tag, _)| primary.eq_ignore_ascii_case(tag));
    known.map_or(&**language, |(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_named_in_itself_or_by_its_tag() {
        let named = |tag| name(&Language::parse(tag).expect("a tag")).to_owned();
        assert_eq!(named("pt-BR"), "Português");
        assert_eq!(named("tlh"), "tlh");
    }
}
