//! The event itself: `/api/events/{event}/`. It holds no programme, and what a list of submissions does
//! not say: the conference's name, days and time zone.

use crate::model::{Plain, WebUrl};
use crate::source::syntax::json::{Json, Languages, Object, find_key};
use crate::source::{Draft, Problem};

/// What an event has and nothing else has all of.
const MEMBERS: [&str; 5] = ["name", "slug", "date_from", "date_to", "timezone"];

/// Whether a document is an event.
pub(super) fn is_event(bytes: &[u8]) -> bool {
    let mut missing = MEMBERS.to_vec();
    let found = find_key(bytes, |path, name| {
        if path.is_empty() {
            missing.retain(|member| *member != name);
        }
        // Those of lists and of other formats.
        let is_other =
            path.is_empty() && matches!(name, "results" | "talks" | "slots" | "schedule");
        (is_other || missing.is_empty()).then_some(!is_other)
    });
    found == Some(true)
}

/// Reads an event.
///
/// # Errors
///
/// When it is no object.
pub(super) fn read(root: Json<'_>) -> Result<Draft, Problem> {
    let Some(event) = root.object() else {
        let remedy = "save the answer of /api/events/…/";
        return Err(Problem::error(
            root.place(),
            "this JSON is no event",
            remedy,
        ));
    };
    let language = event.language("locale");
    let languages = Languages::new(language.iter().map(ToString::to_string));
    let url = address(&event);
    // They describe pretalx's own pages.
    event.skip(&[
        "is_public",
        "email",
        "header_image",
        "og_image",
        "locales",
        "content_locales",
    ]);
    let draft = Draft {
        name: event.localised_plain("name", &languages),
        acronym: event.plain("slug"),
        zone: event.zone("timezone"),
        days: event.days_between("date_from", "date_to"),
        colour: event.colour("primary_color"),
        logo: event.picture("logo", url.as_ref()),
        url,
        language,
        counts: vec![("events", 1)],
        ..Draft::default()
    };
    event.leave_out_rest("event");
    Ok(draft)
}

/// The event's page: told by the older API, and below the domain that an event may have of its own.
fn address(event: &Object<'_>) -> Option<WebUrl> {
    let told = event.object("urls").and_then(|urls| {
        urls.skip(&["schedule", "login", "feed"]);
        urls.url("base", None)
    });
    let domain = event.url("custom_domain", None);
    let slug: Option<Plain> = event.plain("slug");
    told.or_else(|| domain?.join(&format!("/{}/", slug?)))
}
