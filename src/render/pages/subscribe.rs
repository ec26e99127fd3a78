//! How to subscribe to the programme or to a selection of it: the one best way of each calendar
//! application, with an honest delay, and what the subscription will hold.

use super::calendar_links::{google, outlook, webcal};
use super::feeds::opml_url;
use super::frame::{Frame, page as framed};
use super::speech::Speech;
use super::words::subscribe::{self as words, Client, Words};
use super::{Page, assets, feeds, navigation, preview, qr, wishes};
use crate::model::WebUrl;
use crate::render::{Context, Selection, Site, Wishes, canonical_query, ics, talks};
use maud::{Markup, html};

/// How the ways to subscribe look.
pub(super) const STYLE: &str = include_str!("assets/subscribe.css");

/// The page of all ways to subscribe.
pub(super) fn page(context: &Context<'_>) -> Vec<u8> {
    let speech = Speech::of(context.conference);
    let words = words::of(speech);
    let title = format!("{} – {}", words.title, context.title());
    let frame = Frame {
        description: words.lead.to_owned(),
        styles: &[STYLE],
        scripts: match context.site.is_served {
            true => &[assets::COPY, assets::SUBSCRIBE, assets::MY],
            false => &[assets::COPY],
        },
        ..Frame::of(context, Page::Subscribe.folder(), &title)
    };
    let content = html! {
        (navigation::top(context, Page::Subscribe))
        main {
            h1 lang=(speech.tag()) { (words.title) }
            p.soft { bdi { (context.title()) } }
            p lang=(speech.tag()) { (words.lead) }
            @if *context.selection != Selection::default() {
                p.notice lang=(speech.tag()) {
                    (words.selected) " " bdi { b { (context.title()) } } ". "
                    a href=(whole_url(context)) { (words.everything) }
                }
            }
            (notice_of_local(context))
            (ways(context, speech, words))
            (preview::section(context))
            @if context.site.is_served { (wishes::form(context)) }
            (feeds::section(context))
        }
        (navigation::end(context))
    };
    framed(&frame, &content)
}

fn whole_url(context: &Context<'_>) -> String {
    format!("{}{}", context.page_url(), Page::Subscribe.folder())
}

/// The address of this page with all that was asked for.
fn own_url(context: &Context<'_>) -> String {
    let query = canonical_query(context.selection, context.wishes);
    format!("{}{query}", whole_url(context))
}

fn ways(context: &Context<'_>, speech: Speech, words: &Words) -> Markup {
    let calendar = context.feed_url(&ics::RENDERER);
    html! {
        section.along id="page:subscribe" lang=(speech.tag()) {
            div {
                h2 { (words.address) }
                (address(context, "page:calendar", &calendar))
                p.soft { (words.address_hint) " " (words.rather) }
            }
            (qr::figure(&own_url(context), words.qr, words.qr_hint))
        }
        section id="page:clients" lang=(speech.tag()) {
            h2 { (words.where_) }
            ul.clients {
                @for (client, link) in words.clients.iter().zip(client_links(context)) {
                    (self::client(words, client, link.as_deref()))
                }
                (readers(context, words))
            }
        }
    }
}

/// The link of each application, in the order of the words; `None` where it has none.
fn client_links(context: &Context<'_>) -> [Option<String>; 7] {
    let (calendar, name) = (context.feed_url(&ics::RENDERER), context.title());
    [
        Some(google(&calendar)),
        Some(webcal(&calendar)),
        Some(outlook("live", &calendar, &name)),
        Some(outlook("office", &calendar, &name)),
        None,
        None,
        None,
    ]
}

fn client(words: &Words, client: &Client, link: Option<&str>) -> Markup {
    html! {
        li {
            h3 { (client.name) }
            p.soft { (client.delay) }
            @if let Some(link) = link {
                p { a.button href=(link) { (words.add) " " (client.name) } }
            }
            details {
                summary { (words.steps) span.unseen { ": " (client.name) } }
                ol.steps { @for step in client.steps { li { (step) } } }
            }
        }
    }
}

fn readers(context: &Context<'_>, words: &Words) -> Markup {
    // Feeds of talks know of no alarm and no zone.
    let plain = Wishes::default();
    let feeds = Context {
        wishes: &plain,
        ..*context
    };
    html! {
        li {
            h3 { (words.reader) }
            p.soft { (words.reader_delay) }
            p {
                (words.reader_text) " "
                a href=(feeds.feed_url(&talks::RSS)) { "RSS" } ", "
                a href=(feeds.feed_url(&talks::ATOM)) { "Atom" } ", "
                a href=(feeds.feed_url(&talks::JSON)) { "JSON Feed" } "; "
                a href=(opml_url(context.conference, context.site)) { (words.opml) }
            }
        }
    }
}

/// The links that subscribe at once, in a row.
pub(super) fn links(context: &Context<'_>) -> Markup {
    let words = words::of(Speech::of(context.conference));
    let links = words.clients.iter().zip(client_links(context));
    html! {
        ul.ways {
            @for (client, link) in links {
                @if let Some(link) = link { li { a.button href=(link) { (client.name) } } }
            }
        }
    }
}

/// An address with a button that copies it, shown by a script.
pub(super) fn address(context: &Context<'_>, id: &str, address: &str) -> Markup {
    let words = words::of(Speech::of(context.conference));
    html! {
        div.copied {
            code.address id=(id) { (address) }
            button.copy type="button" hidden data-copy=(id) data-done=(words.copied) aria-describedby=(id) {
                (words.copy)
            }
            output {}
        }
    }
}

/// A warning where only this computer can reach the addresses.
pub(super) fn notice_of_local(context: &Context<'_>) -> Markup {
    let speech = Speech::of(context.conference);
    html! {
        @if is_local(context.site) { p.notice lang=(speech.tag()) { (words::of(speech).local) } }
    }
}

/// Whether only this computer can reach the site.
fn is_local(site: &Site) -> bool {
    let address = WebUrl::parse(&site.base_url);
    let host = address.as_ref().map(WebUrl::host).unwrap_or_default();
    host == "localhost"
        || host.ends_with(".localhost")
        || host.starts_with("127.")
        || host == "[::1]"
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{self, Whole};
    use super::*;
    use crate::model::{Language, Slug, Zone};

    fn english() -> Whole {
        let mut conference = fixture::conference();
        conference.language = Language::parse("en").expect("a language");
        let mut whole = Whole::new(conference);
        whole.site.is_served = true;
        whole
    }

    fn shown(whole: &Whole) -> String {
        String::from_utf8(page(&whole.context())).expect("UTF-8")
    }

    #[test]
    fn every_address_is_that_of_the_selection_with_the_wishes() {
        let mut whole = english();
        whole.selection.tracks = vec![Slug::of("Web")];
        whole.wishes.alarm = Some(15);
        whole.wishes.zone = Zone::named("Asia/Tokyo");
        let page = shown(&whole);
        let query = "?track=web&amp;tz=Asia%2FTokyo&amp;alarm=15";
        let calendar = format!("https://example.org/schedule/fixture/schedule.ics{query}");
        assert!(page.contains(&format!(">{calendar}</code>")), "{page}");
        assert!(page.contains(&format!(
            "webcal://example.org/schedule/fixture/schedule.ics{query}"
        )));
        // The inner address is encoded once more, whole.
        let inner = "schedule.ics%3Ftrack%3Dweb%26tz%3DAsia%252FTokyo%26alarm%3D15";
        assert_eq!(page.matches(inner).count(), 3);
        assert!(
            page.contains("/talks.atom?track=web\""),
            "no wishes of calendars: {page}"
        );
        assert!(page.contains("Subscribe to everything instead"));
    }

    #[test]
    fn the_whole_programme_needs_no_way_back_to_it() {
        assert!(!shown(&english()).contains("Subscribe to everything instead"));
    }

    #[test]
    fn a_folder_of_files_offers_no_wishes() {
        let mut whole = english();
        assert!(shown(&whole).contains("<form"));
        whole.site.is_served = false;
        assert!(!shown(&whole).contains("<form"));
    }

    #[test]
    fn only_a_local_site_warns_that_google_cannot_reach_it() {
        let mut whole = english();
        let warns = |whole: &Whole| shown(whole).contains("your own computer");
        assert!(!warns(&whole));
        for local in [
            "http://localhost:8080",
            "http://127.0.0.1:8080",
            "http://[::1]:8080/x",
        ] {
            whole.site = Site::new(local);
            assert!(warns(&whole), "{local}");
        }
    }

    #[test]
    fn a_german_conference_is_subscribed_to_in_german() {
        let page = shown(&Whole::new(fixture::conference()));
        assert!(page.contains("Wo ist Ihr Kalender?") && !page.contains("Step by step"));
    }
}
