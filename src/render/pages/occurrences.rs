//! When and where a talk is held, for a page of its own.

use super::speech::Speech;
use super::words::{talk_page, told as told_words};
use super::{times, told};
use crate::model::{Slot, State, Talk, When};
use crate::render::Context;
use crate::render::changes::before;
use maud::{Markup, html};

/// The occurrences of a talk in order, each with its day, its hours, its room and whether it takes
/// place; `beside` is what stands below each.
pub(super) fn list(
    context: &Context<'_>,
    talk: &Talk,
    slots: &[&Slot],
    beside: impl Fn(&Slot) -> Markup,
) -> Markup {
    let speech = Speech::of(context.conference);
    html! {
        @if slots.is_empty() { p { (talk_page::of(speech).unscheduled) } }
        @else {
            ul.occurrences {
                @for slot in slots {
                    li class=[(slot.state == State::Cancelled).then_some("cancelled")] {
                        (occurrence(context, talk, slot))
                        (beside(slot))
                    }
                }
            }
        }
    }
}

fn occurrence(context: &Context<'_>, talk: &Talk, slot: &Slot) -> Markup {
    let conference = context.conference;
    let speech = Speech::of(conference);
    let words = talk_page::of(speech);
    let day = slot.day(&conference.days);
    let date = slot.when.date();
    let was = before(context, talk, slot);
    html! {
        p.day {
            a href={ (context.page_url()) "#day:" (day) } {
                time datetime=(date) { (speech.long(date)) }
            }
            @match slot.state {
                State::Confirmed => {},
                State::Tentative => { " " span.badge { (words.tentative) } },
                State::Cancelled => { " " span.badge.alert { (words.cancelled) } },
            }
        }
        p {
            span.hours { (hours(context, slot, speech)) }
            @if let Some(room) = &slot.room { " · " bdi lang=(conference.language) { (room.name) } }
        }
        @if let Some(was) = was {
            p.soft {
                (told_words::of(speech).moved_before)
                bdi { (told::place(speech, was, &conference.zone)) }
            }
        }
    }
}

/// The hours with the name of their clock, or that they are not known.
fn hours(context: &Context<'_>, slot: &Slot, speech: Speech) -> Markup {
    match &slot.when {
        // No clock is the usual one here: its name always stands there.
        When::Span(span) => {
            times::hours(span, &context.conference.zone, slot.when.date(), "", speech)
        }
        When::Day(_) => html! { (told_words::of(speech).time_unknown) },
    }
}
