use super::super::fixture::{self, Whole};
use super::*;
use crate::model::{Conference, Slug};
use crate::render::Selection;

fn rendered(conference: Conference, slug: Slug) -> String {
    let mut whole = Whole::new(conference);
    whole.selection = Selection::of(Part::Speaker(slug));
    String::from_utf8(page(&whole.context())).expect("UTF-8")
}

#[test]
fn the_whole_page_of_a_speaker() {
    let page = rendered(fixture::conference(), Slug::of("Ada Lovelace"));
    let (_, body) = page.split_once("<body>").expect("a body");
    insta::assert_snapshot!(body.replace('<', "\n<").replace("\n</", "</"));
}

#[test]
fn a_name_breaks_out_of_nothing() {
    let page = rendered(fixture::conference(), Slug::of(fixture::HOSTILE_NAME));
    assert!(page.contains("alert(1)"));
    assert!(!page.contains("<img"), "{page}");
    assert!(!page.contains("<script>"));
}

#[test]
fn a_speaker_without_talks_has_a_page_that_says_so() {
    let mut conference = fixture::conference();
    conference.talks.clear();
    let page = rendered(conference, Slug::of("Ada Lovelace"));
    assert!(page.contains("Zurzeit steht nichts im Programm."));
}
