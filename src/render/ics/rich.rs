//! What RFC 9073 and RFC 9253 add: speakers as participants, the abstract with its markup, and a
//! typed link. Only on request: calcurse and older libical stumble over some of it.

use super::super::{Context, text};
use super::write::Writer;
use crate::model::Talk;
use icalendar::Property;

/// Writes the additional properties and components of a talk's VEVENT.
pub(super) fn write(context: &Context<'_>, talk: &Talk, uid: &str, writer: &mut Writer) {
    let html = text::html(
        &talk.summary,
        talk.url.as_ref().or(context.conference.url.as_ref()),
    );
    if !html.is_empty() {
        let styled = Property::new("STYLED-DESCRIPTION", html.trim_end())
            .add_parameter("VALUE", "TEXT")
            .add_parameter("FMTTYPE", "text/html")
            .done();
        writer.property(&styled);
    }
    let link = Property::new("LINK", context.talk_url(talk))
        .add_parameter("VALUE", "URI")
        .add_parameter("LINKREL", "alternate")
        .add_parameter("FMTTYPE", "text/html")
        .done();
    writer.property(&link);
    for speaker in &talk.speakers {
        writer.begin("PARTICIPANT");
        writer.raw("UID", &format!("{uid}-{}", speaker.slug));
        writer.raw("PARTICIPANT-TYPE", "SPEAKER");
        writer.property(&Property::new("SUMMARY", &*speaker.name));
        if let Some(url) = &speaker.url {
            writer.raw("URL", url);
        }
        writer.end("PARTICIPANT");
    }
}
