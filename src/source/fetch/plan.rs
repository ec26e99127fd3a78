//! Which addresses hold the data of a source. People name the page that they see, and its data lie
//! elsewhere: pretalx exports below the event's page, its API lists below the event, Sched has a
//! calendar beside the page.

use super::remote_source::RemoteSource;
use url::Url;

/// The name that asks for a pretalx event whatever its address looks like.
pub(in crate::source) const PRETALX: &str = "pretalx";

/// The pages of a pretalx event. What stands before them in a path is the event.
const PRETALX_PAGES: [&str; 6] = ["schedule", "talk", "speaker", "sneak", "featured", "cfp"];

/// The format of what the pretalx API answers.
const PRETALX_API: &str = "pretalx-api";

/// What to ask the pretalx API for. Since 2025 it refers to everything by number unless it is to
/// expand it, and counts `page_size`; before, it counted `limit`.
const SUBMISSIONS: &str = "state=confirmed&state=accepted&limit=50&page_size=50&expand=speakers,track,submission_type,tags,slots,slots.room,resources";

/// An address to ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// The address.
    pub url: Url,
    /// Whether the source is down without it.
    pub is_required: bool,
}

/// The addresses that make up one reading of a source.
pub(super) type Plan = Vec<Part>;

fn required(url: Url) -> Part {
    Part {
        url,
        is_required: true,
    }
}

/// What to ask for a source: the first plan that its server knows counts.
///
/// An address without file ending that is as short as those of pretalx (`/`, `/event/`,
/// `/event/schedule/`, `/event/talk/CODE/` …) is first taken for such a page. With a format it is
/// the data itself.
pub(super) fn plans(source: &RemoteSource) -> Vec<Plan> {
    let direct = || vec![required(source.url.clone())];
    match source.format.as_deref() {
        None | Some(PRETALX | PRETALX_API) if is_api_event(&source.url) => {
            vec![pretalx_api(&source.url)]
        }
        Some(PRETALX) => vec![pretalx(&source.url)],
        Some(_) => vec![direct()],
        None if is_sched(&source.url) => vec![vec![required(with_path(&source.url, "/all.ics"))]],
        None if may_be_pretalx(&source.url) => {
            vec![pretalx(&source.url), direct()]
        }
        None => vec![direct()],
    }
}

fn with_path(url: &Url, path: &str) -> Url {
    let mut url = url.clone();
    url.set_path(path);
    url.set_query(None);
    url
}

fn is_sched(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    host.ends_with(".sched.com") && url.path() == "/"
}

/// The parts of a path: `/event/schedule/` is `event`, `schedule`.
fn segments(url: &Url) -> Vec<&str> {
    let segments = url.path().split('/');
    segments.filter(|segment| !segment.is_empty()).collect()
}

/// Splits a path where the pages of an event begin.
fn event_and_page<'a>(segments: &'a [&'a str]) -> (&'a [&'a str], &'a [&'a str]) {
    let page = segments
        .iter()
        .position(|segment| PRETALX_PAGES.contains(segment));
    segments.split_at(page.unwrap_or(segments.len()))
}

/// The version of the schedule in the path of an event's page, `schedule/v/VERSION`.
fn version<'a>(page: &'a [&'a str]) -> Option<&'a str> {
    match page {
        ["schedule", "v", version, ..] => Some(*version),
        _ => None,
    }
}

/// Whether an address is that of an event in the pretalx API, `…/api/events/EVENT/`.
fn is_api_event(url: &Url) -> bool {
    matches!(segments(url).as_slice(), [.., "api", "events", _]) && url.query().is_none()
}

/// The submissions of an event. Beside them the event: its name, days and time zone, which a conference
/// file may give as well.
fn pretalx_api(url: &Url) -> Plan {
    let event = with_path(url, &format!("/{}/", segments(url).join("/")));
    let mut submissions = with_path(url, &format!("{}submissions/", event.path()));
    submissions.set_query(Some(SUBMISSIONS));
    vec![
        required(submissions),
        Part {
            url: event,
            is_required: false,
        },
    ]
}

fn may_be_pretalx(url: &Url) -> bool {
    let segments = segments(url);
    let (event, page) = event_and_page(&segments);
    let is_file = |segment: &&str| segment.contains('.');
    let is_export = page.contains(&"export") || page.contains(&"widgets");
    let ends_in_file = version(page).is_none() && segments.last().is_some_and(is_file);
    event.len() <= 1 && url.query().is_none() && !is_export && !ends_in_file
}

/// The export of a pretalx event. Beside it the data of its widget, which nobody documents and which
/// alone tell breaks and when a talk was changed: worth having, never necessary.
fn pretalx(url: &Url) -> Plan {
    let segments = segments(url);
    let (event, page) = event_and_page(&segments);
    let event: String = event.iter().map(|segment| format!("/{segment}")).collect();
    let version = version(page).map(|version| format!("/v/{version}"));
    let schedule = format!("{event}/schedule{}", version.unwrap_or_default());
    vec![
        required(with_path(url, &format!("{schedule}/export/schedule.json"))),
        Part {
            url: with_path(url, &format!("{schedule}/widgets/schedule.json")),
            is_required: false,
        },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(address: &str) -> RemoteSource {
        RemoteSource::new(address).expect("a source")
    }

    /// The required address of each plan.
    fn asked(source: &RemoteSource) -> Vec<String> {
        let plans = plans(source).into_iter();
        plans.map(|plan| plan[0].url.to_string()).collect()
    }

    #[track_caller]
    fn check_pretalx(address: &str, export: &str) {
        assert_eq!(asked(&source(address)), [export, address]);
    }

    #[track_caller]
    fn check_direct(address: &str) {
        assert_eq!(asked(&source(address)), [address]);
    }

    #[test]
    fn every_page_of_a_pretalx_event_leads_to_its_export() {
        let export = "https://pretalx.example/event/schedule/export/schedule.json";
        for page in [
            "event/",
            "event",
            "event/schedule/",
            "event/talk/",
            "event/talk/ABCDEF/",
            "event/speaker/GHIJKL/",
            "event/sneak/",
        ] {
            check_pretalx(&format!("https://pretalx.example/{page}"), export);
        }
    }

    #[test]
    fn an_event_may_have_a_host_of_its_own() {
        let export = "https://talks.example.org/schedule/export/schedule.json";
        check_pretalx("https://talks.example.org/", export);
        check_pretalx("https://talks.example.org/schedule/", export);
        check_pretalx("https://talks.example.org/talk/ABCDEF/", export);
    }

    #[test]
    fn a_version_of_the_schedule_stays_that_version() {
        check_pretalx(
            "https://pretalx.example/event/schedule/v/1.2/",
            "https://pretalx.example/event/schedule/v/1.2/export/schedule.json",
        );
    }

    #[test]
    fn what_the_widget_shows_is_asked_for_and_not_required() {
        let plans = plans(&source("https://pretalx.example/event/"));
        assert!(plans[0][0].is_required);
        let widget = &plans[0][1];
        let address = "https://pretalx.example/event/schedule/widgets/schedule.json";
        assert_eq!((widget.url.as_str(), widget.is_required), (address, false));
    }

    #[test]
    fn an_event_of_the_api_leads_to_its_submissions_and_itself() {
        for address in [
            "https://pretalx.example/api/events/harbour/",
            "https://pretalx.example/api/events/harbour",
        ] {
            for format in [None, Some(PRETALX), Some(PRETALX_API)] {
                let mut source = source(address);
                source.format = format.map(Into::into);
                let plans = plans(&source);
                assert_eq!(plans.len(), 1);
                let [submissions, event] = plans[0].as_slice() else {
                    panic!("{plans:?}")
                };
                assert!(submissions.is_required && !event.is_required);
                let list = "https://pretalx.example/api/events/harbour/submissions/";
                assert_eq!(
                    with_path(&submissions.url, submissions.url.path()).as_str(),
                    list
                );
                assert!(
                    submissions
                        .url
                        .query()
                        .is_some_and(|query| query.contains("slots.room"))
                );
                assert_eq!(
                    event.url.as_str(),
                    "https://pretalx.example/api/events/harbour/"
                );
            }
        }
    }

    #[test]
    fn other_addresses_are_asked_as_they_stand() {
        for address in [
            "https://pretalx.example/event/schedule/export/schedule.json",
            "https://pretalx.example/event/schedule/export/schedule",
            "https://pretalx.example/api/events/event/talks/",
            "https://example.org/notes.md",
            "https://example.org/feed?format=json",
            "https://sessionize.com/api/v2/ab12cd34/view/All",
            "https://indico.example.org/export/event/1.ics",
        ] {
            check_direct(address);
        }
    }

    #[test]
    fn a_named_format_is_believed() {
        let mut source = source("https://example.org/event/");
        source.format = Some("markdown".into());
        assert_eq!(asked(&source), ["https://example.org/event/"]);
        source.format = Some("pretalx".into());
        let export = "https://example.org/event/schedule/export/schedule.json";
        assert_eq!(asked(&source), [export]);
        source.url = Url::parse("https://example.org/a/b/event/").expect("an address");
        let export = "https://example.org/a/b/event/schedule/export/schedule.json";
        assert_eq!(asked(&source), [export]);
    }

    #[test]
    fn a_sched_event_has_its_calendar_beside_it() {
        let calendar = "https://example2027.sched.com/all.ics";
        assert_eq!(asked(&source("https://example2027.sched.com/")), [calendar]);
    }
}
