//! The worker that keeps a conference's pages for reading without a network (Service Workers, W3C).
//!
//! It stands in the conference's folder, since a worker may answer for what is below its own address
//! only.

use super::assets::ASSETS;
use super::speech::Speech;
use super::words::worker::{self, Words};
use crate::render::Context;
use serde::Serialize;

/// Its media type.
pub(in crate::render) const MEDIA_TYPE: &str = "text/javascript; charset=utf-8";

const SCRIPT: &str = include_str!("assets/worker.js");

#[derive(Serialize)]
struct Own {
    version: String,
    lang: &'static str,
    words: &'static Words,
}

/// The worker of a conference. It changes with the scripts of its pages: then what is kept is
/// fetched anew.
pub(in crate::render) fn worker(context: &Context<'_>) -> Vec<u8> {
    let speech = Speech::of(context.conference);
    let mut hasher = blake3::Hasher::new();
    for asset in ASSETS {
        hasher.update(asset.text.as_bytes());
    }
    hasher.update(SCRIPT.as_bytes());
    let version = hasher.finalize().to_hex();
    let own = Own {
        version: version.get(..8).unwrap_or_default().to_owned(),
        lang: speech.pick("en-GB", "de"),
        words: worker::of(speech),
    };
    let mut text = b"\"use strict\";\n\nconst SITE = ".to_vec();
    text.extend(crate::render::json::written(&own).trim_ascii_end());
    text.extend(b";\n");
    text.extend(SCRIPT.as_bytes());
    text
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{self, Whole};
    use super::*;

    #[test]
    fn a_worker_speaks_the_language_of_its_conference() {
        let mut conference = fixture::conference();
        conference.language = crate::model::Language::parse("de-AT").expect("a tag");
        let text = worker(&Whole::new(conference).context());
        let text = String::from_utf8(text).expect("UTF-8");
        assert!(text.contains("Der Server antwortet nicht."), "{text}");
        assert!(text.len() < 20 * 1024, "{}", text.len());
    }
}
