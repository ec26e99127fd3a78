//! The page for organisers: how to show the programme on their own site, each way as a text to copy.
//!
//! What is copied stands by itself in a page of another site: it holds absolute addresses, no style
//! and no script of its own, so that it works under a strict Content Security Policy (CSP Level 3).

use super::calendar_links::{google, outlook, webcal};
use super::feeds;
use super::frame::{Frame, page as framed};
use super::speech::Speech;
use super::words::embed::{self as words, Words};
use super::{Page, assets, navigation};
use crate::render::{CHANGES, Context, Renderer, Site, ics, talks};
use maud::{Markup, html};
use url::form_urlencoded::byte_serialize;

/// The path below the root where a server answers oEmbed requests (<https://oembed.com>).
pub const OEMBED: &str = "oembed";

/// Where an embedded page is too high for a screen, in CSS pixels.
const FRAME_HEIGHT: u32 = 700;

const STYLE: &str = include_str!("assets/embed.css");

/// What of the component's look is not the host page's.
const LOOK: &str = "handbill-schedule {
  --handbill-link: #0b57d0;
  --handbill-line: #d0d4d9;
  --handbill-time-width: 9em;
  --handbill-gap: 2em;
}
handbill-schedule::part(day-title) { font-size: 1.5em; }
handbill-schedule::part(cancelled) { opacity: .7; }";

/// The page for organisers.
pub(super) fn page(context: &Context<'_>) -> Vec<u8> {
    let speech = Speech::of(context.conference);
    let words = words::of(speech);
    let title = format!("{}: {}", context.title(), words.title);
    let content = html! {
        (navigation::top(context, Page::Embed))
        main lang=(speech.tag()) {
            h1 { bdi { (context.title()) } ": " (words.title) }
            p { (words.intro) }
            (links(context, words))
            (subscribing(context, words))
            (component(context, words))
            (frame(context, words))
            @if context.site.is_served { (address(context, words)) }
        }
        (navigation::end(context))
    };
    let frame = Frame {
        description: words.intro.to_owned(),
        styles: &[STYLE],
        scripts: &[assets::SCHEDULE, assets::COPY],
        ..Frame::of(context, "embed/", &title)
    };
    framed(&frame, &content)
}

/// The link by which programs find a page's oEmbed answer (<https://oembed.com>, §4).
pub(super) fn discovery(site: &Site, path: &str, title: &str) -> Markup {
    html! {
        @if site.is_served {
            link rel="alternate" type="application/json+oembed" title=(title)
                href=(endpoint(site, &site.url(path)));
        }
    }
}

fn endpoint(site: &Site, address: &str) -> String {
    let address: String = byte_serialize(address.as_bytes()).collect();
    site.url(&format!("{OEMBED}?url={address}"))
}

/// A text to copy; its name is that of the section that it stands in.
fn block(words: &Words, name: &str, text: &str) -> Markup {
    let (code, button) = (format!("code:{name}"), format!("copy:{name}"));
    html! {
        div.block {
            div {
                output {}
                button id=(button) type="button" hidden data-copy=(code) data-done=(words.copied)
                    aria-labelledby={ (button) " page:" (name) } { (words.copy) }
            }
            pre { code id=(code) { (text) } }
        }
    }
}

fn links(context: &Context<'_>, words: &Words) -> Markup {
    let talks = feeds::found(&context.selection.part).map(|renderer| (renderer, context.title()));
    let title = format!("{}: changes", context.conference.name);
    let changes = CHANGES.iter().map(|&renderer| (renderer, title.clone()));
    let line = |(renderer, title): (&Renderer, String)| {
        let address = feeds::whole_url(context, renderer);
        feeds::alternate(renderer, &title, &address).into_string()
    };
    let lines: Vec<String> = talks.chain(changes).map(line).collect();
    html! {
        section {
            h2 id="page:links" { (words.links) }
            p { (words.links_why) }
            (block(words, "links", &lines.join("\n")))
        }
    }
}

fn subscribing(context: &Context<'_>, words: &Words) -> Markup {
    let ways = ways(context, words);
    html! {
        section {
            h2 id="page:block" { (words.block) }
            p { (words.block_why) }
            (block(words, "block", &ways.0))
            div.example { p.caption { (words.example) } (ways) }
        }
    }
}

/// The ways to subscribe, a line an element: people read it before they paste it.
fn ways(context: &Context<'_>, words: &Words) -> Markup {
    let calendar = context.feed_url(&ics::RENDERER);
    let name = context.title();
    let apps = [
        ("Apple Calendar", webcal(&calendar)),
        ("Google Calendar", google(&calendar)),
        ("Outlook.com", outlook("live", &calendar, &name)),
        ("Microsoft 365", outlook("office", &calendar, &name)),
    ];
    let readers = [("RSS", &talks::RSS), ("Atom", &talks::ATOM)];
    html! {
        p { strong { (words.block_heading) } }
        "\n" ul {
            @for (name, address) in apps { "\n  " li { a href=(address) { (name) } } }
        "\n" }
        "\n" p { (words.block_delay) }
        "\n" p { (words.block_other) " " code { (calendar) } }
        "\n" p {
            (words.block_reader)
            @for (name, renderer) in readers { " " a href=(context.feed_url(renderer)) { (name) } }
        }
    }
}

fn component(context: &Context<'_>, words: &Words) -> Markup {
    let script = context.site.url(assets::SCHEDULE.path);
    let page = context.page_url();
    let text = html! {
        script type="module" src=(script) {}
        "\n" handbill-schedule src=(page) {
            "\n  " a href=(page) { (words.fallback) " " (context.conference.name) }
        "\n" }
    };
    let origin = origin(context.site);
    let policy = format!("script-src {origin}; connect-src {origin}");
    let first = context.conference.days.first().map(|day| day.date);
    html! {
        section {
            h2 id="page:component" { (words.component) }
            p { (words.component_why) }
            (block(words, "component", &text.0))
            @if !context.site.is_served { p.notice { (words.static_host) } }
            div.example {
                p.caption {
                    @if first.is_some() { (words.first_day) " " code { "day" } ":" }
                    @else { (words.example) }
                }
                // The way from here to the conference: the page's own policy allows no other host.
                handbill-schedule src="../" day=[first] { p { (words.needs_script) } }
            }
            h3 { (words.attributes) }
            dl.attributes {
                @for (names, meaning) in words.of_attributes {
                    dt { code { (names) } }
                    dd { (meaning) }
                }
            }
            h3 id="page:look" { (words.looks) }
            p { (words.looks_how) }
            (block(words, "look", LOOK))
            h3 id="page:policy" { (words.policy) }
            p { (words.policy_how) }
            (block(words, "policy", &policy))
        }
    }
}

fn frame(context: &Context<'_>, words: &Words) -> Markup {
    let title = format!("{} {}", words.fallback, context.conference.name);
    let text = html! {
        iframe src=(context.page_url()) title=(title) loading="lazy" width="100%"
            height=(FRAME_HEIGHT) frameborder="0" {}
    };
    html! {
        section {
            h2 id="page:frame" { (words.frame) }
            p { (words.frame_why) " " (words.frame_policy) }
            (block(words, "frame", &text.0))
        }
    }
}

fn address(context: &Context<'_>, words: &Words) -> Markup {
    let page = context.page_url();
    html! {
        section {
            h2 id="page:address" { (words.address) }
            p { (words.address_why) }
            (block(words, "address", &page))
            p id="page:endpoint" { (words.address_endpoint) }
            (block(words, "endpoint", &endpoint(context.site, &page)))
        }
    }
}

/// The scheme, host and port of a site's address (RFC 6454 §4), as a policy names it.
fn origin(site: &Site) -> &str {
    let address = &site.base_url;
    let host = address.find("://").map_or(0, |place| place + 3);
    let path = address.get(host..).and_then(|rest| rest.find('/'));
    path.and_then(|path| address.get(..host + path))
        .unwrap_or(address)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{self, Whole};
    use super::*;
    use crate::model::Language;

    fn served() -> Whole {
        Whole {
            site: Site::new("https://example.org/schedule/").with_server(),
            ..Whole::new(fixture::conference())
        }
    }

    fn rendered(whole: &Whole) -> String {
        String::from_utf8(page(&whole.context())).expect("UTF-8")
    }

    /// What stands between the tags of `main`, with a line break before each element.
    fn readable(page: &str) -> String {
        let (_, rest) = page.split_once("<main").expect("a main part");
        let (main, _) = rest.split_once("</main>").expect("its end");
        format!("<main{main}")
            .replace('<', "\n<")
            .replace("\n</", "</")
    }

    /// A text to copy, as a browser reads it.
    fn copied(page: &str, name: &str) -> String {
        let start = format!("<code id=\"code:{name}\">");
        let (_, rest) = page.split_once(&start).expect("a block");
        let (text, _) = rest.split_once("</code>").expect("its end");
        text.replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&amp;", "&")
    }

    #[test]
    fn the_whole_page() {
        insta::assert_snapshot!(readable(&rendered(&served())));
    }

    #[test]
    fn it_speaks_english_where_the_conference_does() {
        let mut whole = served();
        whole.conference.language = Language::parse("en").expect("a language");
        let page = rendered(&whole);
        assert!(page.contains("<main lang=\"en\">"), "{page}");
        assert!(page.contains("Let programs find the feeds"), "{page}");
    }

    #[test]
    fn what_stands_in_a_folder_offers_nothing_that_needs_a_server() {
        let whole = Whole::new(fixture::conference());
        let page = rendered(&whole);
        assert!(!page.contains("oembed"), "{page}");
        assert!(page.contains("Access-Control-Allow-Origin"), "{page}");
        assert!(rendered(&served()).contains("json+oembed"));
    }

    #[test]
    fn every_address_that_is_copied_is_whole_and_every_text_is_escaped() {
        let page = rendered(&served());
        for name in ["links", "block", "component", "frame"] {
            let text = copied(&page, name);
            for attribute in ["href", "src"] {
                let start = format!("{attribute}=\"");
                for address in text.split(&start).skip(1) {
                    let is_whole = ["https://", "webcal://"]
                        .iter()
                        .any(|scheme| address.starts_with(scheme));
                    assert!(is_whole, "{name}: {address}");
                }
            }
            let is_named = text.contains("Räuber") || text.contains("R%C3%A4uber");
            assert!(is_named && !text.contains("<Söhne>"), "{text}");
            assert!(!text.contains("style="), "{text}");
        }
    }

    #[test]
    fn a_policy_names_the_host_without_a_path() {
        for (address, expected) in [
            ("https://example.org/schedule", "https://example.org"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ] {
            assert_eq!(origin(&Site::new(address)), expected);
        }
    }
}
