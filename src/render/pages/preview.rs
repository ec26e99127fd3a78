//! What a subscription will hold.

use super::agenda::{Agenda, AgendaDay, Entry};
use super::day::hours;
use super::speech::Speech;
use super::words::subscribe::{self as words, Words};
use crate::model::State;
use crate::render::{Cancelled, Context};
use maud::{Markup, html};

/// The talks of the selection by day, and what becomes of cancelled ones.
pub(super) fn section(context: &Context<'_>) -> Markup {
    let speech = Speech::of(context.conference);
    let words = words::of(speech);
    let agenda = Agenda::of_selection(context);
    let days = agenda.days.iter().filter(|day| !day.is_empty());
    let days: Vec<&AgendaDay<'_>> = days.collect();
    let entries = days
        .iter()
        .map(|day| day.timed.len() + day.untimed.len())
        .sum();
    let dates = days.first().zip(days.last());
    let dates = dates.map(|(first, last)| (speech.long(first.date), speech.long(last.date)));
    let is_empty = days.is_empty() && agenda.unscheduled.is_empty();
    html! {
        section id="page:preview" lang=(speech.tag()) {
            h2 { (words.preview) }
            @if is_empty { p { (words.preview_empty) } }
            @else {
                p { (speech.held(entries, context.talks().len() - agenda.unscheduled.len(), dates)) }
                p { (of_cancelled(context, words)) }
                details {
                    summary { (words.preview_list) }
                    @for day in &days { (self::day(context, words, day)) }
                    @if !agenda.unscheduled.is_empty() {
                        h3 { (words.untimed) }
                        ul.held { @for entry in &agenda.unscheduled { (row(words, entry, &html! {})) } }
                    }
                }
            }
        }
    }
}

fn of_cancelled(context: &Context<'_>, words: &Words) -> &'static str {
    match context.wishes.cancelled {
        Cancelled::Mark => words.cancelled_mark,
        Cancelled::Keep => words.cancelled_keep,
        Cancelled::Hide => words.cancelled_hide,
    }
}

fn day(context: &Context<'_>, words: &Words, day: &AgendaDay<'_>) -> Markup {
    let speech = Speech::of(context.conference);
    let hours = hours(day, &context.conference.zone, speech);
    let entries = day.timed.iter().chain(&day.untimed);
    html! {
        h3 { time datetime=(day.date) { (speech.long(day.date)) } }
        ul.held { @for entry in entries { (row(words, entry, &hours(entry))) } }
    }
}

fn row(words: &Words, entry: &Entry<'_>, hours: &Markup) -> Markup {
    let talk = entry.talk;
    let state = entry.slot.map_or(talk.state, |slot| slot.state);
    html! {
        li {
            span.when { (hours) }
            span {
                bdi lang=[talk.language.as_deref()] { (talk.title) }
                @if state == State::Cancelled { " " span.badge.alert { (words.cancelled) } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{self, Whole};
    use super::*;
    use crate::model::{Language, Slug};

    fn shown(edit: impl FnOnce(&mut Whole)) -> String {
        let mut conference = fixture::conference();
        conference.language = Language::parse("en").expect("a language");
        let mut whole = Whole::new(conference);
        edit(&mut whole);
        section(&whole.context()).into_string()
    }

    #[test]
    fn it_counts_what_a_calendar_will_hold() {
        let all = shown(|_| ());
        let held = "9 calendar entries for 8 items of the programme, from Saturday, 24 October 2026 to \
                    Sunday, 25 October 2026.";
        assert!(all.contains(held), "{all}");
        assert!(all.contains("Not held") && all.contains("stays, marked as cancelled"));
    }

    #[test]
    fn a_selection_holds_its_own_talks_alone() {
        let web = shown(|whole| whole.selection.tracks = vec![Slug::of("Web")]);
        let held = "1 calendar entry for 1 item of the programme, on Saturday, 24 October 2026.";
        assert!(web.contains(held), "{web}");
    }

    #[test]
    fn hidden_cancelled_talks_are_not_in_it() {
        let hidden = shown(|whole| whole.wishes.cancelled = Cancelled::Hide);
        assert!(!hidden.contains("Not held"), "{hidden}");
        assert!(hidden.contains("What is cancelled disappears."));
    }

    #[test]
    fn a_selection_of_nothing_says_so() {
        let empty = shown(|whole| whole.selection.words = vec!["nonsense".into()]);
        assert!(empty.contains("fits at the moment"), "{empty}");
    }
}
