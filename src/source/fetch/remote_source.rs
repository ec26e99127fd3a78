//! A source with an address: where it is and how it is to be asked.

use super::super::Options;
use std::time::Duration;
use url::Url;

/// How often a source is asked where nobody says otherwise.
const INTERVAL: Duration = Duration::from_secs(5 * 60);

/// How long an answer may take where nobody says otherwise.
const TIMEOUT: Duration = Duration::from_secs(30);

/// A source with an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteSource {
    /// The address, `http:` or `https:`, without user name, password and fragment.
    pub(in crate::source) url: Url,
    /// Its format, where detection is not to be trusted; `pretalx` for an event.
    pub(in crate::source) format: Option<String>,
    /// How to read it, where its format leaves that open.
    pub(in crate::source) options: Options,
    /// How often it is asked.
    pub(in crate::source) interval: Duration,
    /// How long an answer may take, to its last byte.
    pub(in crate::source) timeout: Duration,
    /// Whether its host and port may have an address that is not public.
    pub(in crate::source) private_network: bool,
    /// The environment variable that holds a token for it.
    pub(in crate::source) token_env: Option<String>,
}

impl RemoteSource {
    /// A source at an address, with everything else as it is where nobody says otherwise.
    ///
    /// # Errors
    ///
    /// What is wrong with the address, and what was expected.
    pub fn new(address: &str) -> Result<Self, (&'static str, &'static str)> {
        let address = address.trim();
        let address = match address.split_once(':') {
            Some((scheme, rest)) if is_webcal(scheme) => format!("https:{rest}"),
            _ => address.to_owned(),
        };
        let expected = "expected an absolute address such as \"https://pretalx.com/event/\"";
        let mut url = Url::parse(&address).map_err(|_| ("this is no address", expected))?;
        if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
            return Err(("this is no web address", expected));
        }
        if has_credentials(&url) {
            let remedy = "remove them: they would be shown in the log; a token goes into an environment variable that `token_env` names";
            return Err(("there is a user name or password in this address", remedy));
        }
        url.set_fragment(None);
        Ok(Self {
            url,
            format: None,
            options: Options::default(),
            interval: INTERVAL,
            timeout: TIMEOUT,
            private_network: false,
            token_env: None,
        })
    }

    /// The same source, whose host and port may have an address that is not public.
    #[must_use]
    pub fn in_private_network(self) -> Self {
        Self {
            private_network: true,
            ..self
        }
    }

    /// What messages call it.
    pub fn name(&self) -> String {
        shown(&self.url)
    }

    /// What a conference that has no other name is called: the last word of the path, else the host.
    pub(in crate::source) fn own_name(&self) -> &str {
        let word = self.url.path().split('/').rfind(|word| !word.is_empty());
        let stem = word.map(|word| word.split_once('.').map_or(word, |(stem, _)| stem));
        stem.or(self.url.host_str()).unwrap_or("conference")
    }

    /// What distinguishes its copy from those of other sources.
    pub(super) fn key(&self) -> String {
        let format = self.format.as_deref().unwrap_or("-");
        let key = format!("{} {format}", self.url);
        // What one source may ask for is not for another one to publish.
        match (&self.token_env, self.private_network) {
            (None, false) => key,
            (token, private) => format!("{key} {} {private}", token.as_deref().unwrap_or("-")),
        }
    }

    /// Whether an address is that of the same server: scheme, host and port.
    pub(super) fn is_own_origin(&self, url: &Url) -> bool {
        self.url.origin() == url.origin()
    }

    /// Whether the server of an address may have one that is not public.
    pub(super) fn may_be_private(&self, url: &Url) -> bool {
        let server = |url: &Url| {
            (
                url.host_str().map(str::to_owned),
                url.port_or_known_default(),
            )
        };
        self.private_network && server(&self.url) == server(url)
    }
}

/// An address as messages show it: without its query, where secrets may stand.
pub(super) fn shown(url: &Url) -> String {
    let mut url = url.clone();
    url.set_query(None);
    url.set_fragment(None);
    url.into()
}

/// Whether an address tells a user name or password.
pub(super) fn has_credentials(url: &Url) -> bool {
    !url.username().is_empty() || url.password().is_some()
}

/// Calendar programs write `webcal:` for a calendar that they subscribe to by HTTP.
fn is_webcal(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case("webcal") || scheme.eq_ignore_ascii_case("webcals")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(address: &str) -> String {
        RemoteSource::new(address).expect("a source").url.into()
    }

    #[test]
    fn a_calendar_address_is_asked_by_https() {
        assert_eq!(
            url("webcal://example.org/a.ics"),
            "https://example.org/a.ics"
        );
        assert_eq!(
            url("WEBCAL://example.org/a.ics"),
            "https://example.org/a.ics"
        );
        assert_eq!(
            url("http://example.org/a.ics#top"),
            "http://example.org/a.ics"
        );
    }

    #[test]
    fn an_address_is_absolute_and_of_the_web() {
        for address in [
            "example.org/a.ics",
            "file:///etc/passwd",
            "ftp://example.org/",
            "https:",
            "",
        ] {
            assert!(RemoteSource::new(address).is_err(), "{address}");
        }
    }

    #[test]
    fn an_address_tells_no_secret() {
        let refused = RemoteSource::new("https://ada:secret@example.org/");
        let (message, _) = refused.expect_err("a refusal");
        assert_eq!(message, "there is a user name or password in this address");
        let source =
            RemoteSource::new("https://example.org/a.json?apikey=secret").expect("a source");
        assert_eq!(source.name(), "https://example.org/a.json");
    }

    #[test]
    fn a_private_network_is_one_host_and_port() {
        let source = RemoteSource::new("http://10.0.0.5:8081/event/").expect("a source");
        let is_allowed = |source: &RemoteSource, address: &str| {
            source.may_be_private(&Url::parse(address).expect("an address"))
        };
        assert!(!is_allowed(&source, "http://10.0.0.5:8081/other"));
        let source = source.in_private_network();
        assert!(is_allowed(&source, "http://10.0.0.5:8081/other"));
        assert!(is_allowed(&source, "http://0xA.5:8081/"));
        assert!(!is_allowed(&source, "http://10.0.0.5:22/"));
        assert!(!is_allowed(&source, "http://10.0.0.6:8081/"));
        assert!(!is_allowed(&source, "http://10.0.0.5/"));
    }
}
