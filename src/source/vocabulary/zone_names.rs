//! Names of time zones that are not the IANA database's own: those of Windows, and those that programs
//! decorate.

use crate::model::{Plain, Zone};
use crate::source::{Place, Problem};
use std::collections::HashMap;
use std::sync::LazyLock;

/// The zone that a program's name for it stands for: `Europe/Berlin`,
/// `/mozilla.org/20050126_1/Europe/Berlin`, `W. Europe Standard Time`,
/// `(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna`, `Berlin`. Only where there is no
/// doubt: `Eastern` is several zones, so it is none.
pub(in crate::source) fn zone(name: &str) -> Option<Zone> {
    let name = name.trim().trim_matches('"');
    Zone::named(name)
        .or_else(|| windows(name))
        .or_else(|| below_prefix(name))
        .or_else(|| Zone::named(&name.replace(' ', "_")))
        .or_else(|| city(name))
        .or_else(|| listed_city(name))
}

/// Reads the zone that a file names at a place, and what a person should know of that.
pub(in crate::source) fn read(name: &str, place: Place) -> (Option<Zone>, Option<Problem>) {
    if let Some(zone) = Zone::named(name.trim()) {
        return (Some(zone), None);
    }
    let name = Plain::new(name);
    let Some(zone) = zone(&name) else {
        const LONGEST: usize = 60;
        let start: String = name.chars().take(LONGEST).collect();
        let message = format!("there is no time zone \"{start}\"");
        let remedy = "name one: time_zone = \"Europe/Berlin\" in conference.toml, or with convert --time-zone Europe/Berlin";
        return (None, Some(Problem::warning(place, message, remedy)));
    };
    let message = format!("the time zone \"{name}\" is read as {}", zone.name());
    (Some(zone), Some(Problem::note(place, message)))
}

/// Programs put their own name, and slashes, before the database's.
fn below_prefix(name: &str) -> Option<Zone> {
    /// No name has more parts than America/Argentina/Buenos_Aires.
    const MOST_PARTS: usize = 3;
    let starts: Vec<usize> = name
        .rmatch_indices('/')
        .take(MOST_PARTS)
        .map(|(at, _)| at)
        .collect();
    starts
        .into_iter()
        .rev()
        .find_map(|at| Zone::named(&name[at + 1..]))
}

fn windows(name: &str) -> Option<Zone> {
    let mut zones = WINDOWS.iter();
    let (_, zone) = zones.find(|(windows, _)| windows.eq_ignore_ascii_case(name))?;
    Zone::named(zone)
}

/// Each city's zone, by the city's name in lower case; `None` where several zones end so.
static CITIES: LazyLock<HashMap<String, Option<String>>> = LazyLock::new(|| {
    let mut cities = HashMap::new();
    for name in Zone::names() {
        let Some((area, city)) = name.split_once('/') else {
            continue;
        };
        if !AREAS.contains(&area) || DIRECTIONS.contains(&city) || city.contains('/') {
            continue;
        }
        let city = city.replace('_', " ").to_lowercase();
        let zone = cities.entry(city).or_insert_with(|| Some(name.clone()));
        if zone.as_deref() != Some(&name) {
            *zone = None;
        }
    }
    cities
});

/// The parts of the database whose names are those of places.
const AREAS: [&str; 8] = [
    "Africa",
    "America",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
];

/// Old names of Australian zones, which are no places.
const DIRECTIONS: [&str; 3] = ["North", "South", "West"];

fn city(name: &str) -> Option<Zone> {
    let city = name.trim().replace('_', " ").to_lowercase();
    Zone::named(CITIES.get(&city)?.as_ref()?)
}

/// Outlook's names for people list the cities behind the offset.
fn listed_city(name: &str) -> Option<Zone> {
    let cities = name.strip_prefix('(')?.split_once(')')?.1;
    cities.split([',', ':']).find_map(city)
}

/// The names of Windows and the zones of their default territory, as CLDR's windowsZones lists them.
const WINDOWS: [(&str, &str); 138] = [
    ("AUS Central Standard Time", "Australia/Darwin"),
    ("AUS Eastern Standard Time", "Australia/Sydney"),
    ("Afghanistan Standard Time", "Asia/Kabul"),
    ("Alaskan Standard Time", "America/Anchorage"),
    ("Aleutian Standard Time", "America/Adak"),
    ("Altai Standard Time", "Asia/Barnaul"),
    ("Arab Standard Time", "Asia/Riyadh"),
    ("Arabian Standard Time", "Asia/Dubai"),
    ("Arabic Standard Time", "Asia/Baghdad"),
    ("Argentina Standard Time", "America/Argentina/Buenos_Aires"),
    ("Astrakhan Standard Time", "Europe/Astrakhan"),
    ("Atlantic Standard Time", "America/Halifax"),
    ("Aus Central W. Standard Time", "Australia/Eucla"),
    ("Azerbaijan Standard Time", "Asia/Baku"),
    ("Azores Standard Time", "Atlantic/Azores"),
    ("Bahia Standard Time", "America/Bahia"),
    ("Bangladesh Standard Time", "Asia/Dhaka"),
    ("Belarus Standard Time", "Europe/Minsk"),
    ("Bougainville Standard Time", "Pacific/Bougainville"),
    ("Canada Central Standard Time", "America/Regina"),
    ("Cape Verde Standard Time", "Atlantic/Cape_Verde"),
    ("Caucasus Standard Time", "Asia/Yerevan"),
    ("Cen. Australia Standard Time", "Australia/Adelaide"),
    ("Central America Standard Time", "America/Guatemala"),
    ("Central Asia Standard Time", "Asia/Bishkek"),
    ("Central Brazilian Standard Time", "America/Cuiaba"),
    ("Central Europe Standard Time", "Europe/Budapest"),
    ("Central European Standard Time", "Europe/Warsaw"),
    ("Central Pacific Standard Time", "Pacific/Guadalcanal"),
    ("Central Standard Time", "America/Chicago"),
    ("Central Standard Time (Mexico)", "America/Mexico_City"),
    ("Chatham Islands Standard Time", "Pacific/Chatham"),
    ("China Standard Time", "Asia/Shanghai"),
    ("Cuba Standard Time", "America/Havana"),
    ("Dateline Standard Time", "Etc/GMT+12"),
    ("E. Africa Standard Time", "Africa/Nairobi"),
    ("E. Australia Standard Time", "Australia/Brisbane"),
    ("E. Europe Standard Time", "Europe/Chisinau"),
    ("E. South America Standard Time", "America/Sao_Paulo"),
    ("Easter Island Standard Time", "Pacific/Easter"),
    ("Eastern Standard Time", "America/New_York"),
    ("Eastern Standard Time (Mexico)", "America/Cancun"),
    ("Egypt Standard Time", "Africa/Cairo"),
    ("Ekaterinburg Standard Time", "Asia/Yekaterinburg"),
    ("FLE Standard Time", "Europe/Kyiv"),
    ("Fiji Standard Time", "Pacific/Fiji"),
    ("GMT Standard Time", "Europe/London"),
    ("GTB Standard Time", "Europe/Bucharest"),
    ("Georgian Standard Time", "Asia/Tbilisi"),
    ("Greenland Standard Time", "America/Nuuk"),
    ("Greenwich Standard Time", "Atlantic/Reykjavik"),
    ("Haiti Standard Time", "America/Port-au-Prince"),
    ("Hawaiian Standard Time", "Pacific/Honolulu"),
    ("India Standard Time", "Asia/Kolkata"),
    ("Iran Standard Time", "Asia/Tehran"),
    ("Israel Standard Time", "Asia/Jerusalem"),
    ("Jordan Standard Time", "Asia/Amman"),
    ("Kaliningrad Standard Time", "Europe/Kaliningrad"),
    ("Korea Standard Time", "Asia/Seoul"),
    ("Libya Standard Time", "Africa/Tripoli"),
    ("Line Islands Standard Time", "Pacific/Kiritimati"),
    ("Lord Howe Standard Time", "Australia/Lord_Howe"),
    ("Magadan Standard Time", "Asia/Magadan"),
    ("Magallanes Standard Time", "America/Punta_Arenas"),
    ("Marquesas Standard Time", "Pacific/Marquesas"),
    ("Mauritius Standard Time", "Indian/Mauritius"),
    ("Middle East Standard Time", "Asia/Beirut"),
    ("Montevideo Standard Time", "America/Montevideo"),
    ("Morocco Standard Time", "Africa/Casablanca"),
    ("Mountain Standard Time", "America/Denver"),
    ("Mountain Standard Time (Mexico)", "America/Mazatlan"),
    ("Myanmar Standard Time", "Asia/Yangon"),
    ("N. Central Asia Standard Time", "Asia/Novosibirsk"),
    ("Namibia Standard Time", "Africa/Windhoek"),
    ("Nepal Standard Time", "Asia/Kathmandu"),
    ("New Zealand Standard Time", "Pacific/Auckland"),
    ("Newfoundland Standard Time", "America/St_Johns"),
    ("Norfolk Standard Time", "Pacific/Norfolk"),
    ("North Asia East Standard Time", "Asia/Irkutsk"),
    ("North Asia Standard Time", "Asia/Krasnoyarsk"),
    ("North Korea Standard Time", "Asia/Pyongyang"),
    ("Omsk Standard Time", "Asia/Omsk"),
    ("Pacific SA Standard Time", "America/Santiago"),
    ("Pacific Standard Time", "America/Los_Angeles"),
    ("Pacific Standard Time (Mexico)", "America/Tijuana"),
    ("Pakistan Standard Time", "Asia/Karachi"),
    ("Paraguay Standard Time", "America/Asuncion"),
    ("Qyzylorda Standard Time", "Asia/Qyzylorda"),
    ("Romance Standard Time", "Europe/Paris"),
    ("Russia Time Zone 10", "Asia/Srednekolymsk"),
    ("Russia Time Zone 11", "Asia/Kamchatka"),
    ("Russia Time Zone 3", "Europe/Samara"),
    ("Russian Standard Time", "Europe/Moscow"),
    ("SA Eastern Standard Time", "America/Cayenne"),
    ("SA Pacific Standard Time", "America/Bogota"),
    ("SA Western Standard Time", "America/La_Paz"),
    ("SE Asia Standard Time", "Asia/Bangkok"),
    ("Saint Pierre Standard Time", "America/Miquelon"),
    ("Sakhalin Standard Time", "Asia/Sakhalin"),
    ("Samoa Standard Time", "Pacific/Apia"),
    ("Sao Tome Standard Time", "Africa/Sao_Tome"),
    ("Saratov Standard Time", "Europe/Saratov"),
    ("Singapore Standard Time", "Asia/Singapore"),
    ("South Africa Standard Time", "Africa/Johannesburg"),
    ("South Sudan Standard Time", "Africa/Juba"),
    ("Sri Lanka Standard Time", "Asia/Colombo"),
    ("Sudan Standard Time", "Africa/Khartoum"),
    ("Syria Standard Time", "Asia/Damascus"),
    ("Taipei Standard Time", "Asia/Taipei"),
    ("Tasmania Standard Time", "Australia/Hobart"),
    ("Tocantins Standard Time", "America/Araguaina"),
    ("Tokyo Standard Time", "Asia/Tokyo"),
    ("Tomsk Standard Time", "Asia/Tomsk"),
    ("Tonga Standard Time", "Pacific/Tongatapu"),
    ("Transbaikal Standard Time", "Asia/Chita"),
    ("Turkey Standard Time", "Europe/Istanbul"),
    ("Turks And Caicos Standard Time", "America/Grand_Turk"),
    ("US Eastern Standard Time", "America/Indiana/Indianapolis"),
    ("US Mountain Standard Time", "America/Phoenix"),
    ("UTC+12", "Etc/GMT-12"),
    ("UTC+13", "Etc/GMT-13"),
    ("UTC-02", "Etc/GMT+2"),
    ("UTC-08", "Etc/GMT+8"),
    ("UTC-09", "Etc/GMT+9"),
    ("UTC-11", "Etc/GMT+11"),
    ("Ulaanbaatar Standard Time", "Asia/Ulaanbaatar"),
    ("Venezuela Standard Time", "America/Caracas"),
    ("Vladivostok Standard Time", "Asia/Vladivostok"),
    ("Volgograd Standard Time", "Europe/Volgograd"),
    ("W. Australia Standard Time", "Australia/Perth"),
    ("W. Central Africa Standard Time", "Africa/Lagos"),
    ("W. Europe Standard Time", "Europe/Berlin"),
    ("W. Mongolia Standard Time", "Asia/Hovd"),
    ("West Asia Standard Time", "Asia/Tashkent"),
    ("West Bank Standard Time", "Asia/Hebron"),
    ("West Pacific Standard Time", "Pacific/Port_Moresby"),
    ("Yakutsk Standard Time", "Asia/Yakutsk"),
    ("Yukon Standard Time", "America/Whitehorse"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn found(name: &str) -> Option<String> {
        zone(name).map(|zone| zone.name().to_owned())
    }

    #[test]
    fn every_name_of_windows_is_a_zone_of_the_database() {
        for (windows, zone) in WINDOWS {
            assert_eq!(found(windows).as_deref(), Some(zone), "{windows}");
        }
    }

    #[test]
    fn decorated_names_are_read_and_doubtful_ones_are_not() {
        let cases = [
            ("Europe/Berlin", Some("Europe/Berlin")),
            ("\"europe/berlin\"", Some("Europe/Berlin")),
            ("/Europe/Stockholm", Some("Europe/Stockholm")),
            (
                "/mozilla.org/20050126_1/Europe/Berlin",
                Some("Europe/Berlin"),
            ),
            (
                "/freeassociation.sourceforge.net/Tzfile/America/Argentina/Buenos_Aires",
                Some("America/Argentina/Buenos_Aires"),
            ),
            ("tzone://Microsoft/Utc", Some("UTC")),
            ("America/Los Angeles", Some("America/Los_Angeles")),
            ("w. europe standard time", Some("Europe/Berlin")),
            (
                "(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna",
                Some("Europe/Amsterdam"),
            ),
            (
                "(UTC) Greenwich Mean Time: Dublin, Edinburgh, Lisbon, London",
                Some("Europe/Dublin"),
            ),
            ("Berlin", Some("Europe/Berlin")),
            ("Eastern", None),
            ("(UTC-05:00) Eastern Time (US & Canada)", None),
            ("tzone://Microsoft/Custom", None),
            ("South", None),
            ("+1", None),
            ("(", None),
            ("////", None),
            ("", None),
        ];
        for (name, expected) in cases {
            assert_eq!(found(name).as_deref(), expected, "{name}");
        }
    }
}
