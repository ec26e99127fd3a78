//! Languages by the names that people give them.

use crate::model::Language;

/// Names by primary subtag, for the languages that conferences are most often held in: the language's
/// own name, the English and the German one.
const NAMES: [(&str, &[&str]); 24] = [
    ("ar", &["العربية", "arabic", "arabisch"]),
    ("ca", &["català", "catalan", "katalanisch"]),
    ("cs", &["čeština", "czech", "tschechisch"]),
    ("da", &["dansk", "danish", "dänisch"]),
    ("de", &["deutsch", "german"]),
    ("el", &["ελληνικά", "greek", "griechisch"]),
    ("en", &["english", "englisch"]),
    ("es", &["español", "spanish", "spanisch", "castellano"]),
    ("fa", &["فارسی", "persian", "farsi", "persisch"]),
    ("fi", &["suomi", "finnish", "finnisch"]),
    ("fr", &["français", "french", "französisch"]),
    ("he", &["עברית", "hebrew", "hebräisch"]),
    ("hu", &["magyar", "hungarian", "ungarisch"]),
    ("it", &["italiano", "italian", "italienisch"]),
    ("ja", &["日本語", "japanese", "japanisch"]),
    ("ko", &["한국어", "korean", "koreanisch"]),
    ("nl", &["nederlands", "dutch", "niederländisch"]),
    ("pl", &["polski", "polish", "polnisch"]),
    ("pt", &["português", "portuguese", "portugiesisch"]),
    ("ru", &["русский", "russian", "russisch"]),
    ("sv", &["svenska", "swedish", "schwedisch"]),
    ("tr", &["türkçe", "turkish", "türkisch"]),
    ("uk", &["українська", "ukrainian", "ukrainisch"]),
    ("zh", &["中文", "chinese", "chinesisch"]),
];

/// A language by its name or by the tag of a known one: "English", "Deutsch", "pt-BR".
///
/// Not every two letters are a language: where people write what they like, "Go" and "C" stand beside
/// "German".
pub(in crate::source) fn language(word: &str) -> Option<Language> {
    let word = word.trim().to_lowercase();
    let primary = word.split(['-', '_']).next().unwrap_or_default();
    if NAMES.iter().any(|(tag, _)| *tag == primary) {
        let tag = match word.split_once(['-', '_']) {
            Some((primary, region)) => format!("{primary}-{}", region.to_uppercase()),
            None => word,
        };
        return Language::parse(&tag);
    }
    let mut names = NAMES.iter();
    let (tag, _) = names.find(|(_, names)| names.contains(&&*word))?;
    Language::parse(tag)
}

/// The language that a tool says a talk is held in, by tag or by name, and how many more it says: of
/// several, "de/en", the first counts.
pub(in crate::source) fn of_talk(text: &str) -> (Option<Language>, usize) {
    let words = text.split([',', ';', '/']).map(str::trim);
    let mut words = words.filter(|word| !word.is_empty());
    let first = words.next().unwrap_or_default();
    let language = Language::parse(first).or_else(|| language(first));
    (language, words.count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_several_languages_of_a_talk_the_first_counts() {
        let read = |text| {
            let (language, further) = of_talk(text);
            (language.map(|language| language.to_string()), further)
        };
        assert_eq!(read("de/en"), (Some("de".into()), 1));
        assert_eq!(read("Deutsch, English; fr"), (Some("de".into()), 2));
        assert_eq!(read("pt-BR"), (Some("pt-BR".into()), 0));
        assert_eq!(read("Otterish"), (None, 0));
        assert_eq!(read(" / "), (None, 0));
    }

    #[test]
    fn a_language_is_known_by_name_or_tag() {
        let tag = |word| language(word).map(|language| language.to_string());
        assert_eq!(tag("English").as_deref(), Some("en"));
        assert_eq!(tag(" Französisch ").as_deref(), Some("fr"));
        assert_eq!(tag("DE").as_deref(), Some("de"));
        assert_eq!(tag("pt_br").as_deref(), Some("pt-BR"));
    }

    #[test]
    fn a_programming_language_is_none() {
        for word in ["Go", "C", "Rust", "PHP", "C#", ""] {
            assert_eq!(language(word), None, "{word}");
        }
    }
}
