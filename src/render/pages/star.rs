//! The button by which a visitor chooses a talk.

use super::speech::Speech;
use super::words::chosen;
use crate::model::{Kind, Mark, Talk};
use crate::render::Context;
use maud::{Markup, html};

/// How the button looks, and the way to the chosen talks that the script adds.
pub(super) const STYLE: &str = include_str!("assets/star.css");

/// The button of a talk; nothing where nobody could serve the choice. A script shows it: without one it
/// could do nothing.
pub(super) fn star(context: &Context<'_>, talk: &Talk) -> Markup {
    let is_of_use = context.site.is_served && talk.kind != Kind::Break;
    let words = chosen::of(Speech::of(context.conference));
    let name = format!("{} {}", words.choose, talk.title);
    html! {
        @if is_of_use {
            button.star type="button" hidden data-mark=(Mark::of(&talk.code)) aria-pressed="false"
                aria-label=(name) title=(words.my_talks) {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{self, Whole};
    use super::*;

    fn star_of(is_served: bool, place: usize) -> String {
        let mut whole = Whole::new(fixture::conference());
        whole.site.is_served = is_served;
        star(&whole.context(), &whole.conference.talks[place]).into_string()
    }

    #[test]
    fn a_star_is_named_after_its_talk_and_waits_for_the_script() {
        let star = star_of(true, 0);
        assert!(
            star.contains("aria-label=\"Zu meinen Vorträgen: Opening\""),
            "{star}"
        );
        assert!(star.contains(" hidden ") && star.contains("aria-pressed=\"false\""));
    }

    #[test]
    fn nobody_chooses_lunch_or_where_no_server_answers() {
        assert_eq!(star_of(true, 1), "");
        assert_eq!(star_of(false, 0), "");
    }
}
