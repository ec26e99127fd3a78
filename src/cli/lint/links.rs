//! Addresses that lead readers nowhere, or to the wrong place. Nothing is fetched.

use super::programme::{Programme, counted, first_few};
use crate::model::{Talk, WebUrl};
use crate::source::{Place, Problem, Severity};
use std::collections::BTreeMap;
use std::net::IpAddr;

/// An address, and where it is given.
struct Given<'a> {
    url: &'a WebUrl,
    place: Place,
}

/// Addresses without TLS.
pub(super) fn insecure(programme: &Programme<'_>) -> Vec<Problem> {
    let mut urls: BTreeMap<&str, Place> = BTreeMap::new();
    let given = given(programme).into_iter();
    for given in given.filter(|given| given.url.starts_with("http:") && !is_local(given.url)) {
        urls.entry(given.url).or_insert(given.place);
    }
    let Some(first) = urls.values().next().cloned() else {
        return Vec::new();
    };
    let shown = urls.iter().map(|(url, place)| format!("{url} ({place})"));
    let message = format!(
        "{} with http:, of which browsers warn: {}",
        counted(urls.len(), "link"),
        first_few(shown, urls.len())
    );
    let remedy = "write https: where the site has it";
    vec![Problem::new(Severity::Note, first, message, remedy)]
}

/// Talks whose own page is that of another talk, too. Of one title they are one talk held again.
pub(super) fn shared(programme: &Programme<'_>) -> Vec<Problem> {
    let mut talks: BTreeMap<&WebUrl, Vec<&Talk>> = BTreeMap::new();
    for talk in &programme.conference.talks {
        if let Some(url) = &talk.url {
            let talks = talks.entry(url).or_default();
            if talks.iter().all(|known| known.title != talk.title) {
                talks.push(talk);
            }
        }
    }
    let mut problems = Vec::new();
    for (url, talks) in talks {
        let [_, second, ..] = talks.as_slice() else {
            continue;
        };
        let message = format!(
            "{url} is the page of several talks: {}",
            programme.first_few(&talks)
        );
        let remedy = "give each talk its own page, and put what they share into `links`";
        let place = programme.place_of(second);
        problems.push(Problem::new(Severity::Note, place, message, remedy));
    }
    problems
}

/// Addresses that only the organisers' machine or network knows, a line for each machine.
pub(super) fn local(programme: &Programme<'_>) -> Vec<Problem> {
    let mut machines: BTreeMap<String, Vec<Given<'_>>> = BTreeMap::new();
    for given in given(programme) {
        if is_local(given.url) {
            let machine = given.url.host().to_owned();
            machines.entry(machine).or_default().push(given);
        }
    }
    let told = |(machine, given): (String, Vec<Given<'_>>)| {
        let shown = given.iter();
        let shown = shown.map(|given| format!("{} ({})", given.url, given.place));
        let message = format!(
            "{} to {machine}, which only you can open: {}",
            counted(given.len(), "link"),
            first_few(shown, given.len())
        );
        let place = given.into_iter().next().map(|given| given.place);
        let remedy = "write the addresses that readers can open";
        Problem::warning(place.unwrap_or_default(), message, remedy)
    };
    machines.into_iter().map(told).collect()
}

fn is_local(url: &WebUrl) -> bool {
    let host = url.host();
    match host.trim_matches(['[', ']']).parse() {
        Ok(IpAddr::V4(address)) => {
            address.is_loopback() || address.is_private() || address.is_unspecified()
        }
        Ok(IpAddr::V6(address)) => address.is_loopback() || address.is_unspecified(),
        Err(_) => {
            let name = host.rsplit('.').next().unwrap_or_default();
            matches!(name, "localhost" | "local" | "internal")
        }
    }
}

/// Every address that is published. Those inside of texts are the authors' own.
fn given<'a>(programme: &Programme<'a>) -> Vec<Given<'a>> {
    let conference = programme.conference;
    let mut urls: Vec<&WebUrl> = [&conference.url, &conference.online, &conference.logo]
        .into_iter()
        .flatten()
        .collect();
    urls.extend(conference.links.iter().map(|link| &link.url));
    urls.extend(
        conference
            .rooms
            .iter()
            .filter_map(|room| room.online.as_ref()),
    );
    for speaker in &conference.speakers {
        urls.extend([&speaker.url, &speaker.picture].into_iter().flatten());
        urls.extend(speaker.links.iter().map(|link| &link.url));
    }
    let of_conference = |url| Given {
        url,
        place: programme.place.clone(),
    };
    let mut given: Vec<Given<'a>> = urls.into_iter().map(of_conference).collect();
    for talk in &conference.talks {
        let own = [&talk.url, &talk.online, &talk.image].into_iter().flatten();
        let urls = own.chain(talk.links.iter().map(|link| &link.url));
        let place = programme.place_of(talk);
        given.extend(urls.map(|url| Given {
            url,
            place: place.clone(),
        }));
    }
    given
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_only_the_organisers_can_open_are_local() {
        let is_local = |url| is_local(&WebUrl::parse(url).expect("an address"));
        for url in [
            "http://localhost:8080/x",
            "http://127.0.0.1/",
            "http://[::1]/",
            "https://192.168.1.20/talk",
            "https://printer.local/",
        ] {
            assert!(is_local(url), "{url}");
        }
        for url in [
            "https://example.org/",
            "http://1.1.1.1/",
            "https://localhost.example.org/",
        ] {
            assert!(!is_local(url), "{url}");
        }
    }
}
