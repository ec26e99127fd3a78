//! The form by which readers choose what they see: the filters of a feed's address, under their names.
//! A server answers it without a script; where only files are served, a script must.

use super::language;
use super::speech::Speech;
use super::words::programme::{self, Words};
use crate::model::{Kind, Language};
use crate::render::{Context, Selection, Wishes, canonical_query};
use maud::{Markup, html};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// What can be chosen in one filter.
struct Facet<'a> {
    /// Its name in the address.
    name: &'static str,
    /// Its name for people.
    label: &'static str,
    options: Vec<Choice<'a>>,
}

struct Choice<'a> {
    value: String,
    label: Cow<'a, str>,
    /// The language of the label, where it is not the conference's.
    language: Option<&'a str>,
    is_chosen: bool,
}

/// The form, with how much it leaves.
pub(super) fn form(context: &Context<'_>) -> Markup {
    let conference = context.conference;
    let speech = Speech::of(conference);
    let own = programme::of(speech);
    let facets = [
        days(context, speech, own),
        tracks(context, own),
        rooms(context, own),
        kinds(context, own),
        languages(context, own),
    ];
    let facets: Vec<&Facet<'_>> = facets.iter().filter(|facet| facet.is_a_choice()).collect();
    let speakers = Some(speakers(context, own)).filter(Facet::is_a_choice);
    let all = facets.iter().copied().chain(&speakers);
    let chosen: Vec<&str> = all
        .flat_map(|facet| &facet.options)
        .filter(|choice| choice.is_chosen)
        .map(|choice| &*choice.label)
        .collect();
    html! {
        form id="page:filter" class="filter" action="./" role="search" autocomplete="off" hidden[!context.site.is_served] {
            div.search lang=(speech.tag()) {
                label for="page:q" { (own.search) }
                input id="page:q" type="search" name="q" value=(context.selection.words.join(" ")) placeholder=(own.search_hint);
            }
            @if !facets.is_empty() || speakers.is_some() {
                details.facets {
                    summary {
                        span lang=(speech.tag()) { (own.filters) }
                        b id="page:chosen" { @if !chosen.is_empty() { ": " (chosen.join(", ")) } }
                    }
                    @for facet in facets { (checkboxes(facet, speech)) }
                    @if let Some(facet) = &speakers { (select(facet, speech, own)) }
                }
            }
            (zone(context, speech, own))
            div.actions lang=(speech.tag()) {
                button type="submit" { (own.apply) }
                (count(context, own))
                (clear(context, own))
            }
        }
    }
}

/// The zone in which times are shown: a script puts the zones into the list, and the list in the place
/// of the field that keeps the zone of the address.
fn zone(context: &Context<'_>, speech: Speech, own: &Words) -> Markup {
    let zone = &context.conference.zone;
    let wished = context.wishes.zone.as_ref();
    html! {
        @if let Some(wished) = wished { input type="hidden" name="tz" value=(wished.name()); }
        p.zone hidden lang=(speech.tag()) {
            label for="page:zone" { (own.zone) }
            select
                id="page:zone"
                disabled
                data-zone=(zone.name())
                data-wished=[wished.map(|zone| zone.name())]
                data-conference=(own.zone_of_conference)
                data-reader=(own.zone_of_reader)
                data-others=(own.other_zones) {}
        }
    }
}

/// The way back to everything; in the chosen zone.
fn clear(context: &Context<'_>, own: &Words) -> Markup {
    let wishes = Wishes {
        zone: context.wishes.zone.clone(),
        ..Wishes::default()
    };
    let query = canonical_query(&Selection::default(), &wishes);
    html! {
        a.clear href={ "./" (query) } hidden[context.selection.is_plain()] { (own.clear) }
    }
}

/// How many talks are left, told to those who listen when it changes.
fn count(context: &Context<'_>, own: &Words) -> Markup {
    let count = context.talks().len();
    let text = match count {
        0 => own.no_entries.to_owned(),
        1 => own.one_entry.to_owned(),
        _ => own.entries.replace("{}", &count.to_string()),
    };
    html! {
        p id="page:count" class="soft" role="status"
            data-none=(own.no_entries) data-one=(own.one_entry) data-several=(own.entries) {
            (text)
        }
    }
}

fn checkboxes(facet: &Facet<'_>, speech: Speech) -> Markup {
    html! {
        fieldset {
            legend lang=(speech.tag()) { (facet.label) }
            @for choice in &facet.options {
                label lang=[choice.language] {
                    input type="checkbox" name=(facet.name) value=(choice.value) checked[choice.is_chosen];
                    span { bdi { (choice.label) } }
                }
            }
        }
    }
}

/// One list of many, in which an address can have chosen several.
fn select(facet: &Facet<'_>, speech: Speech, own: &Words) -> Markup {
    let chosen = facet.options.iter().filter(|choice| choice.is_chosen);
    let several = chosen.count() > 1;
    html! {
        p.speaker {
            label for="page:speaker" lang=(speech.tag()) { (facet.label) }
            select id="page:speaker" name=(facet.name) multiple[several] {
                option value="" lang=(speech.tag()) { (own.any_speaker) }
                @for choice in &facet.options {
                    option value=(choice.value) selected[choice.is_chosen] { (choice.label) }
                }
            }
        }
    }
}

impl Facet<'_> {
    /// Whether there is more than one way to answer.
    fn is_a_choice(&self) -> bool {
        self.options.len() > 1
    }
}

fn days<'a>(context: &Context<'a>, speech: Speech, own: &Words) -> Facet<'a> {
    let days = context.conference.days.iter();
    let options = days.map(|day| Choice {
        value: day.date.to_string(),
        label: speech.short(day.date).into(),
        language: Some(speech.tag()),
        is_chosen: context.selection.days.contains(&day.date),
    });
    Facet {
        name: "day",
        label: own.days,
        options: options.collect(),
    }
}

fn tracks<'a>(context: &Context<'a>, own: &Words) -> Facet<'a> {
    let conference = context.conference;
    let of_talks = conference
        .talks
        .iter()
        .filter_map(|talk| talk.track.as_ref());
    let used: BTreeSet<&str> = of_talks.map(|track| &*track.slug).collect();
    let tracks = conference.tracks.iter();
    let options = tracks.filter(|track| used.contains(&*track.slug));
    let options = options.map(|track| Choice {
        value: track.slug.to_string(),
        label: (&*track.name).into(),
        language: None,
        is_chosen: context.selection.tracks.contains(&track.slug),
    });
    Facet {
        name: "track",
        label: own.tracks,
        options: options.collect(),
    }
}

fn rooms<'a>(context: &Context<'a>, own: &Words) -> Facet<'a> {
    let conference = context.conference;
    let slots = conference.talks.iter().flat_map(|talk| &talk.slots);
    let used: BTreeSet<&str> = slots
        .filter_map(|slot| slot.room.as_ref())
        .map(|room| &*room.slug)
        .collect();
    let rooms = conference.rooms.iter();
    let options = rooms.filter(|room| used.contains(&*room.slug));
    let options = options.map(|room| Choice {
        value: room.slug.to_string(),
        label: (&*room.name).into(),
        language: None,
        is_chosen: context.selection.rooms.contains(&room.slug),
    });
    Facet {
        name: "room",
        label: own.rooms,
        options: options.collect(),
    }
}

fn kinds<'a>(context: &Context<'a>, own: &'a Words) -> Facet<'a> {
    let talks = &context.conference.talks;
    let is_used = |kind: &Kind| talks.iter().any(|talk| talk.kind == *kind);
    let speech = Speech::of(context.conference);
    let options = Kind::ALL.into_iter().filter(is_used).map(|kind| Choice {
        value: kind.word().to_owned(),
        label: own.kind(kind).into(),
        language: Some(speech.tag()),
        is_chosen: context.selection.kinds.contains(&kind),
    });
    Facet {
        name: "kind",
        label: own.kinds,
        options: options.collect(),
    }
}

/// A talk that names no language is held in the conference's, as in a selection.
fn languages<'a>(context: &Context<'a>, own: &Words) -> Facet<'a> {
    let conference = context.conference;
    let mut used: Vec<&Language> = Vec::new();
    for talk in &conference.talks {
        let language = talk.language.as_ref().unwrap_or(&conference.language);
        if !used
            .iter()
            .any(|known| known.eq_ignore_ascii_case(language))
        {
            used.push(language);
        }
    }
    used.sort_unstable();
    let chosen = &context.selection.languages;
    let options = used.into_iter().map(|tag| Choice {
        value: tag.to_string(),
        label: language::name(tag).into(),
        language: Some(tag),
        is_chosen: chosen.iter().any(|chosen| chosen.eq_ignore_ascii_case(tag)),
    });
    Facet {
        name: "lang",
        label: own.languages,
        options: options.collect(),
    }
}

fn speakers<'a>(context: &Context<'a>, own: &Words) -> Facet<'a> {
    let speakers = context.conference.speakers.iter();
    let options = speakers.map(|speaker| Choice {
        value: speaker.slug.to_string(),
        label: (&*speaker.name).into(),
        language: None,
        is_chosen: context.selection.speakers.contains(&speaker.slug),
    });
    let mut options: Vec<Choice<'a>> = options.collect();
    options.sort_by_key(|choice| choice.label.to_lowercase());
    Facet {
        name: "speaker",
        label: own.speaker,
        options,
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{self, Whole};
    use super::*;

    fn rendered(whole: &Whole) -> String {
        form(&whole.context()).into_string()
    }

    #[test]
    fn only_what_is_a_choice_is_offered() {
        let mut whole = Whole::new(fixture::conference());
        let page = rendered(&whole);
        for name in ["day", "track", "room", "kind", "lang", "speaker"] {
            assert!(page.contains(&format!(" name=\"{name}\"")), "{name}");
        }
        whole.conference.talks.truncate(1);
        whole.conference.days.truncate(1);
        whole.conference.speakers.truncate(1);
        let page = rendered(&whole);
        for name in ["day", "track", "kind", "lang", "speaker"] {
            assert!(!page.contains(&format!(" name=\"{name}\"")), "{name}");
        }
    }

    #[test]
    fn the_form_shows_what_was_chosen() {
        let mut whole = Whole::new(fixture::conference());
        whole.selection.rooms = vec![whole.conference.rooms[1].slug.clone()];
        whole.selection.words = vec!["<b>".into()];
        whole.wishes.zone = crate::model::Zone::named("Asia/Tokyo");
        let page = rendered(&whole);
        assert!(page.contains("value=\"attic\" checked"), "{page}");
        assert_eq!(page.matches(" checked").count(), 1);
        assert!(page.contains(": Attic &lt;2&gt;</b>"), "{page}");
        assert!(page.contains("value=\"&lt;b&gt;\""), "{page}");
        assert!(page.contains("name=\"tz\" value=\"Asia/Tokyo\""), "{page}");
        assert!(page.contains("href=\"./?tz=Asia%2FTokyo\""), "{page}");
    }

    #[test]
    fn without_a_server_the_form_waits_for_a_script() {
        let mut whole = Whole::new(fixture::conference());
        assert!(rendered(&whole).contains("autocomplete=\"off\" hidden"));
        whole.site.is_served = true;
        assert!(!rendered(&whole).contains("autocomplete=\"off\" hidden"));
    }
}
