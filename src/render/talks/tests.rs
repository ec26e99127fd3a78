use super::*;
use crate::history::History;
use crate::render::pages::fixture::{self, Whole};

#[test]
fn a_talk_that_moved_says_where_and_when_it_was_in_every_format() {
    let mut whole = Whole::new(fixture::conference());
    whole.conference.talks[0].slots[0].when = fixture::span("2026-10-25T10:00", "2026-10-25T10:45");
    let now = "2026-09-01T10:00:00Z".parse().expect("an instant");
    let history: History = whole.history.next(&whole.conference, now);
    for renderer in [&RSS, &ATOM, &JSON] {
        let written = |whole: &Whole| {
            let bytes = (renderer.render)(&whole.context());
            String::from_utf8(bytes).expect("UTF-8")
        };
        let was = "Moved: was Sat 24 Oct 2026, 09:00–09:45 CEST, Hall";
        assert!(!written(&whole).contains(was), "{}", renderer.format);
        let moved = Whole {
            history: history.clone(),
            conference: whole.conference.clone(),
            ..Whole::new(fixture::conference())
        };
        assert_eq!(
            written(&moved).matches(was).count(),
            1,
            "{}",
            renderer.format
        );
    }
}
