//! What RFC 9073 and RFC 9253 add: speakers as participants, the abstract with its markup, and a
//! typed link. Only on request: calcurse and older libical stumble over some of it.

use super::value::{Value, Writer};
use crate::model::Talk;
use crate::render::{Context, text};

/// Writes the additional properties and components of a talk's VEVENT.
pub(super) fn write(context: &Context<'_>, talk: &Talk, uid: &str, writer: &mut dyn Writer) {
    let html = text::html(
        &talk.summary,
        talk.url.as_ref().or(context.conference.url.as_ref()),
    );
    let as_html = ("FMTTYPE", "text/html");
    if !html.is_empty() {
        let html = Value::Text(html.trim_end());
        writer.add_with("STYLED-DESCRIPTION", &[as_html], html);
    }
    let parameters = [as_html, ("LINKREL", "alternate")];
    writer.add_with("LINK", &parameters, Value::Uri(&context.talk_url(talk)));
    for speaker in &talk.speakers {
        writer.begin("PARTICIPANT");
        writer.add("UID", Value::Text(&format!("{uid}-{}", speaker.slug)));
        writer.add("PARTICIPANT-TYPE", Value::Text("SPEAKER"));
        writer.add("SUMMARY", Value::Text(&speaker.name));
        if let Some(url) = &speaker.url {
            writer.add("URL", Value::Uri(url));
        }
        writer.end("PARTICIPANT");
    }
}
