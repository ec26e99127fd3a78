//! The form of what a subscriber may ask of a calendar: it leads back to the page, whose addresses are
//! then those with the wishes.

use super::speech::Speech;
use super::words::subscribe as words;
use crate::render::{Cancelled, Context, query};
use maud::{Markup, html};

/// The reminders on offer, in minutes; any other stays when it was asked for.
const ALARMS: [u32; 4] = [5, 10, 15, 30];

/// The form, with what was asked for filled in. It leads to the host that the page came from.
pub(super) fn form(context: &Context<'_>) -> Markup {
    let speech = Speech::of(context.conference);
    let words = words::of(speech);
    let (wishes, usual) = (context.wishes, context.conference.zone.name());
    let asked = wishes.alarm.filter(|minutes| !ALARMS.contains(minutes));
    let zone = wishes.zone.as_ref().map(|zone| zone.name());
    let other = zone.filter(|name| *name != usual && *name != "UTC");
    let cancelled = [
        ("", Cancelled::Mark, words.mark),
        ("keep", Cancelled::Keep, words.keep),
        ("hide", Cancelled::Hide, words.hide),
    ];
    html! {
        section id="page:wishes" lang=(speech.tag()) {
            h2 { (words.wishes) }
            p.soft { (words.wishes_hint) }
            form.wishes method="get" action="#page:subscribe" {
                @for (name, value) in query::filters(context.selection) {
                    input type="hidden" name=(name) value=(value);
                }
                @if wishes.rich { input type="hidden" name="profile" value="rich"; }
                label {
                    span { (words.alarm) }
                    select name="alarm" {
                        option value="" { (words.no_alarm) }
                        @for minutes in ALARMS.into_iter().chain(asked) {
                            option value=(minutes) selected[wishes.alarm == Some(minutes)] {
                                (minutes) " " (words.minutes_before)
                            }
                        }
                    }
                }
                label {
                    span { (words.zone) }
                    select name="tz" data-zone=(usual) data-own=(words.zone_own) {
                        option value="" { (usual) " (" (words.zone_of_conference) ")" }
                        @if usual != "UTC" { option value="UTC" selected[zone == Some("UTC")] { "UTC" } }
                        @if let Some(other) = other { option value=(other) selected { (other) } }
                    }
                }
                label {
                    span { (words.when_cancelled) }
                    select name="cancelled" {
                        @for (value, what, name) in cancelled {
                            option value=(value) selected[wishes.cancelled == what] { (name) }
                        }
                    }
                }
                button type="submit" { (words.apply) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{self, Whole};
    use super::*;
    use crate::model::{Slug, Zone};

    #[test]
    fn what_was_asked_for_is_filled_in_and_the_selection_is_kept() {
        let mut whole = Whole::new(fixture::conference());
        whole.selection.tracks = vec![Slug::of("Web")];
        whole.wishes.alarm = Some(45);
        whole.wishes.zone = Zone::named("Asia/Tokyo");
        whole.wishes.cancelled = Cancelled::Keep;
        let form = form(&whole.context()).into_string();
        for part in [
            "<input type=\"hidden\" name=\"track\" value=\"web\">",
            "<option value=\"45\" selected>",
            "<option value=\"Asia/Tokyo\" selected>",
            "<option value=\"keep\" selected>",
        ] {
            assert!(form.contains(part), "{part} in {form}");
        }
        assert_eq!(form.matches(" selected>").count(), 3);
    }
}
