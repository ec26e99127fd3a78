use super::*;
use crate::model::Slug;
use crate::publish::fixture::{catalogue, catalogue_of, conference};

#[test]
fn nothing_is_rendered_before_it_is_asked_for() {
    let catalogue = catalogue();
    assert!(
        catalogue
            .documents
            .iter()
            .all(|published| published.ready().is_none())
    );
    let published = catalogue.get("example/schedule.ics").expect("a document");
    assert!(published.publication().is_ok());
    assert!(published.ready().is_some());
}

#[test]
fn folders_show_their_page() {
    let catalogue = catalogue();
    for (folder, page) in [("", "index.html"), ("example/", "example/index.html")] {
        let (folder, page) = (catalogue.get(folder), catalogue.get(page));
        assert!(Arc::ptr_eq(
            folder.expect("a folder"),
            page.expect("a page")
        ));
    }
    assert!(catalogue.get("example").is_none());
    assert!(catalogue.get("example/rooms/").is_none());
}

#[test]
fn compressing_makes_every_coding_of_every_document() {
    let catalogue = catalogue();
    assert_eq!(catalogue.render(None).failures, []);
    catalogue.compress(|| true);
    for published in &catalogue.documents {
        let publication = published.ready().expect("rendered").expect("not failed");
        assert!(
            Coding::ALL
                .iter()
                .all(|coding| publication.ready(*coding).is_some())
        );
    }
}

#[test]
fn compressing_stops_when_the_catalogue_is_no_longer_wanted() {
    let catalogue = catalogue();
    catalogue.compress(|| false);
    let done = catalogue
        .documents
        .iter()
        .filter(|published| published.ready().is_some());
    assert!(done.count() <= thread::available_parallelism().map_or(1, usize::from));
}

#[test]
fn compressed_bytes_of_unchanged_documents_are_taken_over() {
    let old = catalogue();
    old.render(None);
    old.compress(|| true);
    let mut changed = conference("example");
    changed.name = crate::model::Plain::new("Another name");
    let new = catalogue_of(vec![changed, conference("pycascades-2022")]);
    new.render(Some(&old));
    let bytes = |catalogue: &Catalogue, path| {
        let published = catalogue.get(path).expect("a document");
        let publication = published.publication().expect("rendered");
        publication
            .representation(Coding::Identity)
            .bytes()
            .as_ptr()
    };
    let same = "pycascades-2022/schedule.ics";
    assert_eq!(bytes(&old, same), bytes(&new, same));
    assert_ne!(
        bytes(&old, "example/schedule.ics"),
        bytes(&new, "example/schedule.ics")
    );
}

#[test]
fn a_selection_is_kept_and_has_no_date() {
    let catalogue = catalogue();
    let feed = catalogue.get("example/schedule.ics").expect("a feed");
    let attic = || Selection {
        rooms: vec![Slug::of("attic")],
        ..Selection::default()
    };
    let one = catalogue
        .get_for(feed, attic(), Wishes::default())
        .expect("a feed");
    let two = catalogue
        .get_for(feed, attic(), Wishes::default())
        .expect("a feed");
    assert!(Arc::ptr_eq(&one, &two));
    assert!(
        one.publication()
            .expect("rendered")
            .last_modified()
            .is_none()
    );
    let whole = feed.publication().expect("rendered");
    assert!(whole.last_modified().is_some());

    let alarm = Wishes {
        alarm: Some(5),
        ..Wishes::default()
    };
    let three = catalogue.get_for(feed, attic(), alarm).expect("a feed");
    assert!(!Arc::ptr_eq(&one, &three));
    let page = catalogue.get("").expect("a page");
    let of_page = catalogue.get_for(page, attic(), Wishes::default());
    assert!(of_page.is_none());
}

#[test]
fn the_same_programme_gives_the_same_tags() {
    let tags = || {
        let catalogue = catalogue();
        let tag = |published: &Arc<Published>| {
            let publication = published.publication().expect("rendered");
            Coding::ALL.map(|coding| publication.representation(coding).etag().to_string())
        };
        catalogue.documents.iter().map(tag).collect::<Vec<_>>()
    };
    assert_eq!(tags(), tags());
}
