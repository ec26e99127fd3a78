//! What `conference.toml` says about the further sources to read: `source` and `sources`.

use super::syntax::fields::{Fields, Item};
use super::{Options, Place, RemoteSource};
use crate::model::Language;
use std::time::Duration;

/// A further source to read.
#[derive(Debug)]
pub(super) struct SourceRef {
    /// Where it is named.
    pub place: Place,
    /// Where it is.
    pub origin: Origin,
}

/// Where a source is, and how to read it.
#[derive(Debug)]
pub(super) enum Origin {
    /// A file of the conference's folder.
    File {
        /// Its path from the folder.
        path: String,
        /// Its format, where detection is not to be trusted.
        format: Option<String>,
        /// How to read it, where its format leaves that open.
        options: Options,
    },
    /// An address.
    Remote(RemoteSource),
}

const FILE_KEYS: &[&str] = &["file", "format", "track"];
const URL_KEYS: &[&str] = &[
    "url",
    "format",
    "track",
    "interval",
    "timeout",
    "private_network",
    "token_env",
];

/// The shortest interval, out of politeness; one's own server may be asked more often.
const SHORTEST_INTERVAL: Duration = Duration::from_secs(10);

/// The shortest interval of a source in a private network.
const SHORTEST_PRIVATE_INTERVAL: Duration = Duration::from_secs(1);

/// How the names of variables with tokens begin: whoever writes a conference file must not be able to
/// send any other secret of the machine to a server of theirs.
const TOKEN_ENV: &str = "PRETALX_";

impl SourceRef {
    /// Texts in several languages are read in this one.
    pub(super) fn prefer(&mut self, language: Option<&Language>) {
        let options = match &mut self.origin {
            Origin::File { options, .. } => options,
            Origin::Remote(remote) => &mut remote.options,
        };
        options.language = language.cloned();
    }
}

/// The sources in their order; `None` when one of them cannot be understood: without it talks would
/// be missing.
pub(super) fn sources(root: &Fields<'_>) -> Option<Vec<SourceRef>> {
    if root.has("source") && root.has("sources") {
        let remedy = "move it into the list `sources`";
        root.report("source", "`source` stands beside `sources`", remedy);
    }
    let mut items: Vec<Item<'_>> = root.item("source").into_iter().collect();
    items.extend(root.items("sources"));
    let is_empty = items.is_empty() && root.has("sources");
    let sources: Option<Vec<SourceRef>> = items.iter().map(source).collect();
    sources.filter(|_| !is_empty)
}

fn source(item: &Item<'_>) -> Option<SourceRef> {
    let place = item.place();
    if let Some(text) = item.text() {
        if text.contains("://") {
            let remedy = "write { url = \"…\" }";
            item.report("this is an address and no file", remedy);
            return None;
        }
        let origin = Origin::File {
            path: text.to_owned(),
            format: None,
            options: Options::default(),
        };
        return Some(SourceRef { place, origin });
    }
    let Some(fields) = item.fields() else {
        item.report(
            "this is no source",
            "write a file name such as \"notes.md\"",
        );
        return None;
    };
    let origin = if fields.has("url") {
        fields.report_unknown(URL_KEYS);
        Origin::Remote(remote(&fields)?)
    } else {
        fields.report_unknown(FILE_KEYS);
        if !fields.has("file") {
            fields.report_here(
                "this source has neither `file` nor `url`",
                "add file = \"…\" or url = \"https://…\"",
            );
        }
        Origin::File {
            path: fields.plain("file")?.to_string(),
            format: format(&fields),
            options: options(&fields),
        }
    };
    Some(SourceRef { place, origin })
}

fn format(fields: &Fields<'_>) -> Option<String> {
    fields.plain("format").map(|format| format.to_string())
}

fn options(fields: &Fields<'_>) -> Options {
    Options {
        track: fields.plain("track"),
        language: None,
    }
}

fn remote(fields: &Fields<'_>) -> Option<RemoteSource> {
    let url = fields.plain("url")?;
    let source = match RemoteSource::new(&url) {
        Ok(source) => source,
        Err((message, remedy)) => {
            fields.report("url", message, remedy);
            return None;
        }
    };
    let private_network = fields.flag("private_network").unwrap_or_default();
    let shortest = if private_network {
        SHORTEST_PRIVATE_INTERVAL
    } else {
        SHORTEST_INTERVAL
    };
    let interval = fields.interval("interval", shortest);
    let timeout = fields.count("timeout");
    let expected = format!("the name of a variable that begins with {TOKEN_ENV}");
    let token_env = fields.parsed("token_env", &expected, |name| {
        name.starts_with(TOKEN_ENV).then(|| name.to_owned())
    });
    if token_env.is_none() && fields.has("token_env") {
        return None;
    }
    if token_env.is_some() && source.url.scheme() == "http" && !private_network {
        let message = "a token would be sent without encryption";
        fields.report("token_env", message, "name an https address");
        return None;
    }
    Some(RemoteSource {
        format: format(fields),
        options: options(fields),
        interval: interval.unwrap_or(source.interval),
        timeout: timeout.map_or(source.timeout, |seconds| {
            Duration::from_secs(seconds.into())
        }),
        private_network,
        token_env,
        ..source
    })
}
