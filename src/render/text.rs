//! Markdown as safe HTML for feeds and pages, and as plain text for calendars.

use crate::model::{Markdown, WebUrl};
use linkify::{LinkFinder, LinkKind};
use pulldown_cmark::{CowStr, Event, LinkType, Options, Parser, Tag, TagEnd, html};
use std::panic::catch_unwind;
use std::sync::LazyLock;

static SANITISER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut sanitiser = ammonia::Builder::default();
    sanitiser
        .url_relative(ammonia::UrlRelative::Deny)
        .url_schemes(["http", "https", "mailto"].into())
        .link_rel(Some("noopener noreferrer"));
    sanitiser
});

static TAG_STRIPPER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut stripper = ammonia::Builder::empty();
    stripper.clean_content_tags(["script", "style"].into());
    stripper
});

fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH
}

/// The text as HTML that is safe in any feed: no scripts, styles or event handlers, and absolute
/// addresses only. Relative ones are resolved against `base`, else they lose their link.
pub(super) fn html(markdown: &Markdown, base: Option<&WebUrl>) -> String {
    safe_html(markdown, |events| with_absolute_links(events, base))
}

/// The same for a page that loads nothing from elsewhere and has headings of its own: pictures become
/// links, headings become bold paragraphs.
pub(super) fn page_html(markdown: &Markdown, base: Option<&WebUrl>) -> String {
    safe_html(markdown, |events| {
        let events = with_absolute_links(events, base);
        events.into_iter().flat_map(for_page).collect()
    })
}

fn safe_html(
    markdown: &Markdown,
    prepare: impl Fn(Parser<'_>) -> Vec<Event<'_>> + std::panic::RefUnwindSafe,
) -> String {
    if markdown.is_empty() {
        return String::new();
    }
    let raw = catch_unwind(|| {
        let mut raw = String::with_capacity(markdown.len() * 2);
        html::push_html(
            &mut raw,
            prepare(Parser::new_ext(markdown, options())).into_iter(),
        );
        raw
    });
    match raw {
        Ok(raw) if depth(&raw) <= DEEPEST => SANITISER.clean(&raw).to_string(),
        // The parser has panicked on odd input before, and the sanitiser takes minutes over tags
        // within tags within tags: then the text is shown as it was written.
        _ => format!("<pre>{}</pre>", ammonia::clean_text(markdown)),
    }
}

/// How deep tags may lie within each other. No text that somebody wrote comes near.
const DEEPEST: usize = 100;

/// How many tags are open at most, by a count that errs on the high side.
fn depth(html: &str) -> usize {
    let (mut open, mut deepest) = (0_usize, 0);
    for (at, _) in html.match_indices('<') {
        let tag = &html.as_bytes()[at + 1..];
        let name_is = |name: &str| {
            tag.get(..name.len())
                .is_some_and(|tag| tag.eq_ignore_ascii_case(name.as_bytes()))
        };
        match tag.first() {
            Some(b'/') => open = open.saturating_sub(1),
            Some(first)
                if first.is_ascii_alphabetic() && !["br", "img", "hr"].into_iter().any(name_is) =>
            {
                open += 1;
                deepest = deepest.max(open);
            }
            _ => {}
        }
    }
    deepest
}

fn for_page(event: Event<'_>) -> Vec<Event<'_>> {
    match event {
        Event::Start(Tag::Image {
            dest_url,
            title,
            id,
            ..
        }) => vec![Event::Start(Tag::Link {
            link_type: LinkType::Inline,
            dest_url,
            title,
            id,
        })],
        Event::End(TagEnd::Image) => vec![Event::End(TagEnd::Link)],
        Event::Start(Tag::Heading { .. }) => {
            vec![Event::Start(Tag::Paragraph), Event::Start(Tag::Strong)]
        }
        Event::End(TagEnd::Heading(_)) => {
            vec![Event::End(TagEnd::Strong), Event::End(TagEnd::Paragraph)]
        }
        other => vec![other],
    }
}

/// Resolves relative addresses, drops those that cannot be resolved, and links bare addresses.
fn with_absolute_links<'a>(
    events: impl Iterator<Item = Event<'a>>,
    base: Option<&WebUrl>,
) -> Vec<Event<'a>> {
    let absolute = |address: &str| {
        let url = WebUrl::parse(address).or_else(|| base?.join(address));
        url.map(|url| CowStr::from(url.to_string()))
    };
    let mut open_links: Vec<bool> = Vec::new();
    let mut open_images: Vec<bool> = Vec::new();
    let mut in_code = false;
    let mut written = Vec::new();
    for event in events {
        match event {
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                title,
                id,
            }) => {
                let is_mail = link_type == LinkType::Email || dest_url.starts_with("mailto:");
                let target = if is_mail {
                    Some(dest_url)
                } else {
                    absolute(&dest_url)
                };
                open_links.push(target.is_some());
                written.extend(target.map(|dest_url| {
                    Event::Start(Tag::Link {
                        link_type,
                        dest_url,
                        title,
                        id,
                    })
                }));
            }
            Event::End(TagEnd::Link) => {
                if open_links.pop().unwrap_or(false) {
                    written.push(Event::End(TagEnd::Link));
                }
            }
            Event::Start(Tag::Image {
                link_type,
                dest_url,
                title,
                id,
            }) => {
                let target = absolute(&dest_url);
                open_images.push(target.is_some());
                written.extend(target.map(|dest_url| {
                    Event::Start(Tag::Image {
                        link_type,
                        dest_url,
                        title,
                        id,
                    })
                }));
            }
            Event::End(TagEnd::Image) => {
                if open_images.pop().unwrap_or(false) {
                    written.push(Event::End(TagEnd::Image));
                }
            }
            Event::Text(text) if open_links.is_empty() && open_images.is_empty() && !in_code => {
                link_bare_addresses(text, &mut written);
            }
            other => {
                match other {
                    Event::Start(Tag::CodeBlock(_)) => in_code = true,
                    Event::End(TagEnd::CodeBlock) => in_code = false,
                    _ => {}
                }
                written.push(other);
            }
        }
    }
    written
}

fn link_bare_addresses<'a>(text: CowStr<'a>, written: &mut Vec<Event<'a>>) {
    if !text.contains("://") {
        written.push(Event::Text(text));
        return;
    }
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]);
    for span in finder.spans(&text) {
        let shown = Event::Text(CowStr::from(span.as_str().to_owned()));
        match span.kind().and_then(|_| WebUrl::parse(span.as_str())) {
            Some(url) => {
                let link = Tag::Link {
                    link_type: LinkType::Autolink,
                    dest_url: CowStr::from(url.to_string()),
                    title: CowStr::Borrowed(""),
                    id: CowStr::Borrowed(""),
                };
                written.extend([Event::Start(link), shown, Event::End(TagEnd::Link)]);
            }
            None => written.push(shown),
        }
    }
}

/// The text as plain text: paragraphs apart by a blank line, lists with dashes, links with their
/// address in parentheses, no HTML (RFC 5545 §3.8.1.5 knows none).
pub(super) fn plain(markdown: &Markdown) -> String {
    if markdown.is_empty() {
        return String::new();
    }
    catch_unwind(|| {
        let mut writer = PlainWriter::default();
        for event in Parser::new_ext(markdown, options()) {
            writer.event(event);
        }
        writer.finish()
    })
    .unwrap_or_else(|_| markdown.to_string())
}

#[derive(Default)]
struct PlainWriter {
    text: String,
    /// Address of each open link or image, and where its text began.
    targets: Vec<(String, usize)>,
    /// For each open list the number of the next item; `None` for dashes.
    lists: Vec<Option<u64>>,
    html: String,
    /// Inside the tags of a script or style: that is no text.
    in_hidden_tag: bool,
}

impl PlainWriter {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.push(&text),
            Event::Code(code) => self.push(&code),
            Event::Html(html) => self.html.push_str(&html),
            Event::InlineHtml(html) => self.inline_html(&html.to_ascii_lowercase()),
            Event::SoftBreak => self.push(" "),
            Event::HardBreak => self.text.push('\n'),
            Event::Rule => self.block(),
            _ => {}
        }
    }

    fn push(&mut self, text: &str) {
        if !self.in_hidden_tag {
            self.text.push_str(text);
        }
    }

    fn inline_html(&mut self, tag: &str) {
        let is_hidden = |start: &str| {
            ["script", "style"]
                .iter()
                .any(|name| tag.starts_with(&format!("{start}{name}")))
        };
        if tag.starts_with("<br") {
            self.text.push('\n');
        } else if is_hidden("</") {
            self.in_hidden_tag = false;
        } else if is_hidden("<") {
            self.in_hidden_tag = true;
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph if self.at_item_start() => {}
            Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::BlockQuote(_)
            | Tag::Table(_)
            | Tag::CodeBlock(_) => {
                self.block();
            }
            Tag::List(first) => {
                if self.lists.is_empty() {
                    self.block();
                }
                self.lists.push(first);
            }
            Tag::Item => self.item(),
            Tag::TableRow | Tag::TableHead => self.line(),
            Tag::TableCell if !self.text.is_empty() && !self.text.ends_with('\n') => {
                self.push(" | ")
            }
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                self.targets.push((dest_url.to_string(), self.text.len()));
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::List(_) => {
                self.lists.pop();
            }
            // A tag that is left open hides the rest of its paragraph at most.
            TagEnd::Paragraph => self.in_hidden_tag = false,
            TagEnd::HtmlBlock => {
                let html = std::mem::take(&mut self.html);
                let text = if depth(&html) <= DEEPEST {
                    unescape(TAG_STRIPPER.clean(&html).to_string().trim())
                } else {
                    html.split('<')
                        .filter_map(|tag| Some(tag.split_once('>')?.1))
                        .collect()
                };
                self.block();
                self.push(&text);
            }
            TagEnd::Link | TagEnd::Image => {
                if let Some((target, start)) = self.targets.pop() {
                    let shown = &self.text[start.min(self.text.len())..];
                    let says_it = shown == target || target == format!("mailto:{shown}");
                    if !says_it && (target.starts_with("http") || target.starts_with("mailto:")) {
                        let separator = if shown.is_empty() { "" } else { " " };
                        self.push(&format!("{separator}({target})"));
                    }
                }
            }
            _ => {}
        }
    }

    /// Begins a new block after a blank line.
    fn block(&mut self) {
        self.line();
        if !self.text.is_empty() && self.lists.is_empty() {
            while !self.text.ends_with("\n\n") {
                self.text.push('\n');
            }
        }
    }

    /// Begins a new line.
    fn line(&mut self) {
        self.text.truncate(self.text.trim_end_matches(' ').len());
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    fn item(&mut self) {
        self.line();
        self.text
            .push_str(&"  ".repeat(self.lists.len().saturating_sub(1)));
        match self.lists.last_mut() {
            Some(Some(number)) => {
                self.text.push_str(&format!("{number}. "));
                *number += 1;
            }
            _ => self.text.push_str("- "),
        }
    }

    fn at_item_start(&self) -> bool {
        let line = self
            .text
            .rsplit('\n')
            .next()
            .unwrap_or_default()
            .trim_start();
        !self.lists.is_empty()
            && (line == "- " || line.trim_end().trim_end_matches('.').parse::<u64>().is_ok())
    }

    fn finish(mut self) -> String {
        self.text.truncate(self.text.trim_end().len());
        self.text
    }
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_html(markdown: &str, expected: &str) {
        let base = WebUrl::parse("https://example.org/2026/");
        assert_eq!(
            html(&Markdown::new(markdown), base.as_ref()).trim_end(),
            expected
        );
    }

    #[track_caller]
    fn check_plain(markdown: &str, expected: &str) {
        assert_eq!(plain(&Markdown::new(markdown)), expected);
    }

    #[test]
    fn scripts_handlers_and_odd_schemes_do_not_survive() {
        check_html(
            "a <b onclick=\"x()\">bold</b> <script>alert(1)</script>[click](javascript:alert(1)) <iframe src=\"//x\"></iframe>",
            "<p>a <b>bold</b> click </p>",
        );
    }

    #[test]
    fn relative_addresses_become_absolute() {
        check_html(
            "[the venue](venue/map) ![plan](/plan.png)",
            "<p><a href=\"https://example.org/2026/venue/map\" rel=\"noopener noreferrer\">the venue</a> <img src=\"https://example.org/plan.png\" alt=\"plan\"></p>",
        );
    }

    #[test]
    fn without_a_base_relative_addresses_lose_their_link() {
        let text = Markdown::new("[the venue](venue/map) ![plan](plan.png)");
        assert_eq!(html(&text, None).trim_end(), "<p>the venue plan</p>");
    }

    #[test]
    fn bare_addresses_become_links_but_not_in_code() {
        check_html(
            "see https://example.org/a. `https://example.org/b`",
            "<p>see <a href=\"https://example.org/a\" rel=\"noopener noreferrer\">https://example.org/a</a>. <code>https://example.org/b</code></p>",
        );
    }

    #[test]
    fn plain_text_keeps_paragraphs_lists_and_addresses() {
        check_plain(
            "# Title\n\nOne *two*\nthree <em>four</em>.\n\n- a [link](https://example.org/)\n  - nested `code`\n- <https://example.org/x>\n\n1. first\n2. second\n\n> quoted\n\nend",
            "Title\n\nOne two three four.\n\n- a link (https://example.org/)\n  - nested code\n- https://example.org/x\n\n1. first\n2. second\n\nquoted\n\nend",
        );
    }

    #[test]
    fn a_text_of_endless_tags_is_shown_as_it_is_written() {
        let text = Markdown::new(&"<div>".repeat(50_000));
        assert!(html(&text, None).starts_with("<pre>&lt;div&gt;"));
        assert!(!plain(&text).contains('<'));
    }

    #[test]
    fn plain_text_has_no_script() {
        check_plain("before <script>alert(1)</script> after", "before  after");
    }

    #[test]
    fn a_page_loads_no_pictures_and_keeps_its_own_headings() {
        let text = Markdown::new("# Big\n\n![plan](https://example.org/plan.png)");
        assert_eq!(
            page_html(&text, None).trim_end(),
            "<p><strong>Big</strong></p>\n<p><a href=\"https://example.org/plan.png\" rel=\"noopener noreferrer\">plan</a></p>"
        );
    }

    #[test]
    fn plain_text_has_no_tags_of_a_block_of_html() {
        check_plain(
            "<div>\n<p>Tom &amp; Ann</p>\n<script>x()</script>\n</div>",
            "Tom & Ann",
        );
    }
}
