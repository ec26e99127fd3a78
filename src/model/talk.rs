use super::{Language, Markdown, Plain, Slot, Speaker, Track, WebUrl};
use chrono::{DateTime, Utc};
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

/// An item of the programme, with or without known times.
///
/// *event* in frab, *submission* in pretalx, *session* in Sessionize; becomes one entry of a feed,
/// and each of its slots becomes a VEVENT.
#[derive(Debug, Clone, PartialEq)]
pub struct Talk {
    /// Its stable identifier in the conference.
    pub code: TalkCode,
    /// The code that the organisers gave it. Without one, its code is made of its address or title,
    /// and a code that comes later does not change the one that it was published with.
    pub given_code: Option<TalkCode>,
    /// Its title.
    pub title: Plain,
    /// A second line under the title.
    pub subtitle: Option<Plain>,
    /// What sort of item it is.
    pub kind: Kind,
    /// The organisers' own word for that, such as "Talk (30 min)": frab and pretalx call it *type*,
    /// Sessionize *session format*.
    pub format: Option<Plain>,
    /// Whom it is for, such as "beginner".
    pub level: Option<Plain>,
    /// Whether it takes place.
    pub state: State,
    /// What the speakers say it is about.
    pub summary: Markdown,
    /// More about it, where the source keeps a longer text beside the abstract.
    pub description: Markdown,
    /// Somebody's remarks, kept apart from the abstract.
    pub notes: Markdown,
    /// Who speaks, in the order they are listed.
    pub speakers: Vec<Arc<Speaker>>,
    /// Its track.
    pub track: Option<Arc<Track>>,
    /// The language it is held in, where it is not the conference's.
    pub language: Option<Language>,
    /// Its own page.
    pub url: Option<WebUrl>,
    /// Where it is streamed.
    pub online: Option<WebUrl>,
    /// A picture for it.
    pub image: Option<WebUrl>,
    /// Slides, recordings and whatever else belongs to it.
    pub links: Vec<Link>,
    /// Free words to find it by.
    pub tags: Vec<Plain>,
    /// The licence of its recording.
    pub licence: Option<Plain>,
    /// Whether the speakers do not want to be recorded, where that is said.
    pub recording_optout: Option<bool>,
    /// Its page in the tool that its data come from, where that is not its own page (frab's
    /// `origin_url`).
    pub origin: Option<WebUrl>,
    /// When its data last changed; `None` when the data do not say.
    pub updated: Option<DateTime<Utc>>,
    /// Its occurrences: none while nothing about its time is known, several when it is repeated.
    pub slots: Vec<Slot>,
}

/// A talk's stable identifier in its conference: ASCII letters, digits, `-`, `_` and `.`, at most 64.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TalkCode(String);

impl TalkCode {
    /// Reads a code as the organisers' tool wrote it.
    pub fn parse(raw: &str) -> Option<Self> {
        let code = raw.trim();
        let well_formed = (1..=64).contains(&code.len())
            && !code.starts_with('.')
            && code
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'));
        well_formed.then(|| Self(code.to_owned()))
    }
}

impl Deref for TalkCode {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TalkCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What sort of item of the programme a talk is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Kind {
    /// An ordinary talk.
    #[default]
    Talk,
    /// A talk to everybody.
    Keynote,
    /// A very short talk, or a row of them.
    Lightning,
    /// Hands-on work.
    Workshop,
    /// Several people in conversation.
    Panel,
    /// A meal or a pause.
    Break,
    /// A party, a tour, a meeting.
    Social,
    /// Anything else.
    Other,
}

impl Kind {
    /// Every kind, in the order people list them.
    pub const ALL: [Self; 8] = [
        Self::Talk,
        Self::Keynote,
        Self::Lightning,
        Self::Workshop,
        Self::Panel,
        Self::Break,
        Self::Social,
        Self::Other,
    ];

    /// Its word in data and URLs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Talk => "talk",
            Self::Keynote => "keynote",
            Self::Lightning => "lightning",
            Self::Workshop => "workshop",
            Self::Panel => "panel",
            Self::Break => "break",
            Self::Social => "social",
            Self::Other => "other",
        }
    }

    /// Its name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Talk => "Talk",
            Self::Keynote => "Keynote",
            Self::Lightning => "Lightning talk",
            Self::Workshop => "Workshop",
            Self::Panel => "Panel",
            Self::Break => "Break",
            Self::Social => "Social",
            Self::Other => "Other",
        }
    }

    /// Reads a kind's word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// Whether something takes place. iCalendar says STATUS (RFC 5545 §3.8.1.11).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum State {
    /// It takes place.
    #[default]
    Confirmed,
    /// It may take place.
    Tentative,
    /// It does not take place.
    Cancelled,
}

impl State {
    /// Its word in data.
    pub fn word(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Tentative => "tentative",
            Self::Cancelled => "cancelled",
        }
    }

    /// Reads a state's word, in British or American spelling.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "confirmed" => Some(Self::Confirmed),
            "tentative" => Some(Self::Tentative),
            "cancelled" | "canceled" => Some(Self::Cancelled),
            _ => None,
        }
    }
}

/// An address that belongs to a talk or a conference.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Link {
    /// Where it leads.
    pub url: WebUrl,
    /// What it is called.
    pub title: Option<Plain>,
    /// What is found there.
    pub kind: LinkKind,
    /// Whether it is a file that belongs to the talk (frab and pretalx: *attachment*), rather than a
    /// page elsewhere.
    pub is_attachment: bool,
}

/// What a link leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum LinkKind {
    /// A page about the matter.
    #[default]
    Related,
    /// The slides.
    Slides,
    /// An article about the matter.
    Paper,
    /// The recording.
    Recording,
    /// A picture.
    Image,
    /// Questions and opinions about the talk.
    Feedback,
}

impl LinkKind {
    /// Every kind.
    pub const ALL: [Self; 6] = [
        Self::Related,
        Self::Slides,
        Self::Paper,
        Self::Recording,
        Self::Image,
        Self::Feedback,
    ];

    /// Its word in data.
    pub fn word(self) -> &'static str {
        match self {
            Self::Related => "related",
            Self::Slides => "slides",
            Self::Paper => "paper",
            Self::Recording => "recording",
            Self::Image => "image",
            Self::Feedback => "feedback",
        }
    }

    /// Reads a kind's word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Its name for people; `None` where the link's own title or address says more.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::Related => None,
            Self::Slides => Some("Slides"),
            Self::Paper => Some("Paper"),
            Self::Recording => Some("Recording"),
            Self::Image => Some("Picture"),
            Self::Feedback => Some("Feedback"),
        }
    }
}

impl Talk {
    /// The names of its speakers, joined by commas; empty when there are none.
    pub fn speaker_names(&self) -> String {
        let names: Vec<&str> = self.speakers.iter().map(|speaker| &*speaker.name).collect();
        names.join(", ")
    }

    /// Its links that none of its texts shows already.
    pub fn links_beside_texts(&self) -> impl Iterator<Item = &Link> {
        let texts = [&self.summary, &self.description, &self.notes];
        let is_shown = move |link: &Link| texts.iter().any(|text| holds_address(text, &link.url));
        self.links.iter().filter(move |link| !is_shown(link))
    }
}

/// Whether a text holds an address, and not only a longer one that begins like it.
fn holds_address(text: &str, address: &str) -> bool {
    let goes_on = |character: char| character.is_alphanumeric() || "/-_?=&#%~+".contains(character);
    text.match_indices(address).any(|(at, _)| {
        let after = text[at + address.len()..].chars().next();
        !after.is_some_and(goes_on)
    })
}
