use super::*;
use crate::model::{Conference, Moment, When};
use crate::publish::Catalogue;
use crate::publish::fixture::{SITE, conference, first};
use crate::render::Site;
use chrono::{DateTime, TimeDelta, Utc};

/// A conference whose talks begin so many minutes from now.
fn live_in(minutes: [i64; 3]) -> Arc<Live> {
    let mut conference = conference("example");
    let now = Utc::now();
    for (talk, minutes) in conference.talks.iter_mut().zip(minutes) {
        let start = now + TimeDelta::minutes(minutes);
        talk.slots[0].when = span(start, &conference.zone);
    }
    live_of(conference)
}

fn span(start: DateTime<Utc>, zone: &crate::model::Zone) -> When {
    let end = start + TimeDelta::minutes(45);
    When::span(Moment::new(start, zone), Moment::new(end, zone)).expect("a span")
}

fn live_of(conference: Conference) -> Arc<Live> {
    let site = Site::new(SITE)
        .with_server()
        .with_hub(Some("https://hub.example/".into()));
    let catalogue = Catalogue::new(vec![first(conference)], site);
    Arc::new(Live::new(Arc::new(catalogue)))
}

fn titles(live: &Arc<Live>, address: &str) -> Vec<String> {
    let answer = send(live, Method::GET, address, &[]);
    assert_eq!(
        answer.status,
        StatusCode::OK,
        "{address}: {}",
        answer.text()
    );
    let feed = answer.json();
    let items = feed["items"].as_array().expect("items").iter();
    let title = |item: &Value| item["title"].as_str().expect("a title").to_owned();
    items.map(title).collect()
}

#[test]
fn what_begins_soon_is_served_in_every_feed_format() {
    let live = live_in([-600, 20, 40]);
    let found = titles(&live, "/example/upcoming.json");
    assert_eq!(found.len(), 2, "{found:?}");
    for (extension, root) in [("rss", "<rss"), ("atom", "<feed")] {
        let address = format!("/example/upcoming.{extension}");
        let answer = send(&live, Method::GET, &address, &[]);
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.text().contains(root), "{}", answer.text());
        assert!(answer.header("etag").is_some() && answer.header("last-modified").is_some());
        assert_eq!(answer.header("link"), None, "no hub tells the hour");
    }
}

#[test]
fn a_selection_means_the_same_as_everywhere() {
    let live = live_in([10, 20, 25]);
    let all = titles(&live, "/example/upcoming.json");
    let attic = titles(&live, "/example/upcoming.json?room=attic");
    assert_eq!(all.len(), 3);
    assert_eq!(attic.len(), 1);
    assert!(attic[0].ends_with("Attic: A second talk"), "{attic:?}");
    let answer = send(&live, Method::GET, "/example/upcoming.rss?room=atic", &[]);
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
}

#[test]
fn caches_keep_it_until_the_next_entry_appears_and_no_longer() {
    let live = live_in([20, 32, 500]);
    let answer = send(&live, Method::GET, "/example/upcoming.atom", &[]);
    let cache = answer.header("cache-control").expect("a lifetime");
    let seconds = cache.split_once("max-age=").expect("an age").1;
    let seconds: i64 = seconds
        .split(',')
        .next()
        .expect("a number")
        .parse()
        .expect("a number");
    assert!((100..=120).contains(&seconds), "{cache}");
}

#[test]
fn a_client_that_has_it_is_told_so() {
    let live = live_in([20, 40, 60]);
    let one = send(&live, Method::GET, "/example/upcoming.atom", &[]);
    let tag = one.header("etag").expect("a tag");
    let again = send(
        &live,
        Method::GET,
        "/example/upcoming.atom",
        &[("if-none-match", tag)],
    );
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
}

#[test]
fn a_new_edition_and_a_new_hour_show_at_once() {
    let live = live_in([20, 40, 60]);
    assert_eq!(titles(&live, "/example/upcoming.json").len(), 1);
    let later = live_in([15, 25, 60]).catalogue();
    live.publish(later);
    assert_eq!(titles(&live, "/example/upcoming.json").len(), 2);
}
