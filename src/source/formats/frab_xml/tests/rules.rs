use super::{read, read_bytes, told};
use crate::source::{DayRef, End, Severity, assemble, merge};

/// A schedule with a zone and one day, 24 October 2026, with these events in a room.
fn with(events: &str) -> String {
    format!(
        "<schedule>\n<conference><title>Paper Days</title><time_zone_name>Europe/Berlin</time_zone_name></conference>\n<day date='2026-10-24'><room name='Hall'>\n{events}\n</room></day></schedule>"
    )
}

/// What is said of these events: the lines from the first talk on.
fn of(events: &str) -> String {
    let told = told(&with(events));
    told.find("\ntalk")
        .map_or(told.clone(), |at| told[at + 1..].to_owned())
}

#[test]
fn it_is_recognised_by_its_first_elements_whatever_stands_before_them() {
    let is_known = |text: &str| (super::SOURCE.detect)("s.txt", text.as_bytes());
    assert!(is_known("<schedule><conference>"));
    assert!(is_known(
        "\u{FEFF}<?xml version='1.0'?>\n<!-- a > b -->\n<!DOCTYPE schedule [\n<!ENTITY a '>'>\n]>\n<schedule\n version='1'>\n<version>1</version><conference/>"
    ));
    assert!(!is_known(
        "<?xml version='1.0'?><iCalendar xmlns:x='y'><vcalendar>"
    ));
    assert!(!is_known(
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>schedule of a conference</title>"
    ));
    assert!(!is_known("<schedules><conference/>"));
    assert!(!is_known("# Notes\n\n`<schedule><conference>`"));
    assert!(!is_known("{\"schedule\": {\"conference\": {}}}"));
    assert!(!is_known(""));
}

#[test]
fn another_document_is_refused() {
    assert_eq!(
        told("<rss><channel/></rss>"),
        "s.xml: error: the outermost element of this is no `<schedule>`; expected the XML export of frab, pretalx or a tool like them"
    );
    assert!(told("").contains("the outermost element of this is no `<schedule>`"));
}

#[test]
fn half_a_download_is_refused_as_a_whole() {
    let whole = with(
        "<event id='1'><title>One</title><start>10:00</start><duration>0:30</duration></event>",
    );
    assert!(read(&whole).is_ok());
    for end in 1..whole.len() {
        assert!(read(&whole[..end]).is_err(), "{}", &whole[..end]);
    }
}

#[test]
fn a_start_before_the_change_of_day_is_on_the_next_date() {
    let of_change = |change: &str, start: &str| {
        let text = with(&format!("<event id='1'><title>One</title><start>{start}</start><duration>0:30</duration></event>"))
            .replace("</conference>", &format!("<day_change>{change}</day_change></conference>"));
        let (draft, _) = read(&text).expect("a schedule");
        super::shown_slot(&draft.talks[0].slots[0])
    };
    assert!(of_change("04:00", "03:59").starts_with("wall 10-25 03:59"));
    assert!(of_change("04:00:00", "04:00").starts_with("wall 10-24 04:00"));
    assert!(of_change("09:00", "08:30").starts_with("wall 10-25 08:30"));
    assert!(of_change("00:00", "00:30").starts_with("wall 10-24 00:30"));
}

#[test]
fn the_date_counts_and_not_the_day_that_an_event_stands_in() {
    let (draft, problems) = read(&with(
        "<event id='1'><title>One</title><date>2026-10-25T09:00:00+01:00</date><start>09:00</start><duration>0:30</duration></event>",
    ))
    .expect("a schedule");
    assert_eq!(draft.talks[0].slots[0].day, None);
    assert_eq!(problems, []);
}

#[test]
fn a_start_that_contradicts_the_date_is_told() {
    assert_eq!(
        of(
            "<event id='1'><title>One</title><date>2026-10-24T09:00:00+02:00</date><start>10:00</start><duration>0:30</duration></event>"
        ),
        "talk 1 \"One\" (line 4)\n  slot: instant 10-24 09:00+02:00, for 30 min, in Hall, id 1\ns.xml:4:1: warning: talk 1: `start` is 10:00 and `date` 2026-10-24 09:00 +02:00; make the two agree; `date` is published\n"
    );
    let in_zone = of(
        "<event id='1'><title>One</title><date>2026-10-24T07:00:00+00:00</date><start>09:00</start><duration>0:30</duration></event>",
    );
    assert!(!in_zone.contains("warning"), "{in_zone}");
}

#[test]
fn dates_in_utc_are_doubtful_only_where_each_start_says_the_same() {
    let without_zone = |events: &str| {
        let text = with(events).replace("<time_zone_name>Europe/Berlin</time_zone_name>", "");
        told(&text)
    };
    let same = "<event id='1'><title>One</title><date>2026-10-24T09:00:00Z</date><start>09:00</start><duration>0:30</duration></event>";
    let other = "<event id='2'><title>Two</title><date>2026-10-24T09:00:00Z</date><start>11:00</start><duration>0:30</duration></event>";
    assert!(without_zone(same).contains("slot: doubtful 10-24 09:00+00:00"));
    let both = without_zone(&format!("{same}{other}"));
    assert!(both.contains("slot: instant 10-24 09:00+00:00"), "{both}");
    assert!(!both.contains("warning"), "{both}");
    assert!(
        of(same).contains("slot: instant"),
        "a file that names its zone means what it says"
    );
}

#[test]
fn an_end_stands_in_for_a_duration() {
    assert_eq!(
        of("<event id='1'><title>One</title><start>10:00</start><end>10:50</end></event>
<event id='2'><title>Two</title><date>2026-10-24T10:00:00+02:00</date><end>2026-10-24T11:00:00+02:00</end></event>"),
        "talk 1 \"One\" (line 4)\n  slot: wall 10-24 10:00, until time 10:50, in Hall, id 1\ntalk 2 \"Two\" (line 5)\n  slot: instant 10-24 10:00+02:00, until instant 10-24 11:00+02:00, in Hall, id 2\n"
    );
}

#[test]
fn a_duration_goes_before_an_end_and_what_contradicts_it_is_told() {
    let with_end = |end: &str| {
        of(&format!(
            "<event id='1'><title>One</title><start>23:30</start><duration>1:00</duration><end>{end}</end></event>"
        ))
    };
    assert!(!with_end("00:30").contains("left out"));
    assert!(with_end("01:00").contains("for 60 min"));
    assert!(with_end("01:00").contains("left out: end that differs from the duration (1)"));
}

#[test]
fn an_event_without_a_time_has_its_day() {
    let (draft, problems) =
        read(&with("<event id='1'><title>One</title></event>")).expect("a schedule");
    let date = "2026-10-24".parse().expect("a date");
    assert_eq!(draft.talks[0].slots[0].day, Some(DayRef::Date(date)));
    assert_eq!(problems, []);
}

#[test]
fn times_that_cannot_be_read_are_told_with_their_line() {
    assert_eq!(
        of(
            "<event id='1'><title>One</title>\n<start>ten</start>\n<duration>200:00</duration></event>"
        ),
        "talk 1 \"One\" (line 4)\n  slot: Date(2026-10-24), in Hall, id 1\ns.xml:5:1: error: talk 1: `start` is `ten`; expected a time such as 09:30\ns.xml:6:1: error: talk 1: `duration` is `200:00`; expected hours and minutes, such as 00:45, at most a week\n"
    );
}

#[test]
fn days_without_a_date_are_numbered() {
    let text = with(
        "<event id='1'><title>One</title><start>10:00</start><duration>0:30</duration></event>",
    )
    .replace(" date='2026-10-24'", " index='0'");
    let told = told(&text);
    assert!(
        told.contains("slot: Number(1), time 10:00, for 30 min, in Hall, id 1"),
        "{told}"
    );
    assert!(told.contains("left out: day without a date (1)"), "{told}");
}

#[test]
fn a_conference_without_days_has_those_that_it_names() {
    let told = told(
        "<schedule><conference><title>Paper Days</title><start>2026-10-24</start><end>2026-10-25</end></conference></schedule>",
    );
    assert_eq!(
        told,
        "conference\n  name: Paper Days\n  day: 2026-10-24\n  day: 2026-10-25\n"
    );
}

#[test]
fn the_room_of_an_event_goes_before_the_room_that_it_stands_in() {
    let (draft, _) = read(&with(
        "<event id='1'><title>One</title><room>Loft</room></event>",
    ))
    .expect("a schedule");
    assert_eq!(draft.talks[0].slots[0].room.as_deref(), Some("Loft"));
    let rooms: Vec<&str> = draft.rooms.iter().map(|room| &*room.name).collect();
    assert_eq!(rooms, ["Hall", "Loft"]);
}

#[test]
fn an_event_without_a_title_is_a_problem_and_the_others_are_read() {
    assert_eq!(
        of("<event id='1'><title> </title></event>\n<event id='2'><title>Two</title></event>"),
        "talk 2 \"Two\" (line 5)\n  slot: Date(2026-10-24), in Hall, id 2\ns.xml:4:1: error: talk 1: this event has no title; add `<title>`; until then it is left out\n"
    );
}

#[test]
fn a_code_is_the_tools_own_else_the_one_in_the_address_else_the_guid_else_the_id() {
    let code = |attributes: &str, url: &str| {
        let event = format!("<event {attributes}><title>One</title><url>{url}</url></event>");
        let (draft, _) = read(&with(&event)).expect("a schedule");
        draft.talks[0].code.as_deref().map(str::to_owned)
    };
    let guid = "guid='fa998bfb-5afc-58d8-8061-92d6ebbd6f94' id='7'";
    let page = "https://cfp.example/paper/talk/XVN9PT/";
    assert_eq!(
        code(&format!("{guid} code='ABCDEF'"), page).as_deref(),
        Some("ABCDEF")
    );
    assert_eq!(code(guid, page).as_deref(), Some("XVN9PT"));
    assert_eq!(
        code(guid, "https://cfp.example/talk/glue/").as_deref(),
        Some("fa998bfb-5afc-58d8-8061-92d6ebbd6f94")
    );
    assert_eq!(code("id='7'", "").as_deref(), Some("7"));
    assert_eq!(code("", ""), None);
}

#[test]
fn one_code_and_one_title_are_one_talk_with_several_slots() {
    let event = |id: u32, start: &str, rest: &str| {
        format!(
            "<event id='{id}' code='ABCDEF'><title>{rest}Glue</title><start>{start}</start><duration>1:00</duration><persons><person>Ida {id}</person></persons></event>\n"
        )
    };
    assert_eq!(
        of(&(event(1, "10:00", "") + &event(2, "14:00", "CANCELLED: ") + &event(2, "14:00", ""))),
        "talk ABCDEF \"Glue\" (line 4)\n  speaker: Ida 1\n  speaker: Ida 2\n  slot: wall 10-24 10:00, for 60 min, in Hall, id 1\n  slot: wall 10-24 14:00, for 60 min, in Hall, cancelled, id 2\ns.xml:6:1: warning: talk Glue: it is listed before at s.xml:5:1, at the same time; remove one of the two; it is published once\n"
    );
    let (draft, _) = read(&with(
        &(event(1, "10:00", "") + &event(2, "14:00", "Other ")),
    ))
    .expect("a schedule");
    assert_eq!(draft.talks.len(), 2, "another title is another talk");
}

#[test]
fn what_a_second_occurrence_says_otherwise_is_told() {
    let told = of("<event id='1' code='ABCDEF'><title>Glue</title><start>10:00</start><abstract>Sticky.</abstract></event>
<event id='2' code='ABCDEF'><title>Glue</title><start>12:00</start><abstract>Dry.</abstract><language>en</language></event>");
    assert!(told.contains("warning: talk Glue: it is listed before at s.xml:4:1, with another abstract; the first is published; make them agree"), "{told}");
    assert!(told.contains("language: en"));
}

#[test]
fn of_what_is_there_twice_nothing_gets_lost_unsaid() {
    let told = of("<event id='x1' guid='none' code='?' mood='good'><title>One</title><title>Uno</title><room>Hall</room><room>Loft</room>
<abstract>Short.</abstract><abstract>Short.</abstract><abstract>Long.</abstract><person>Ida</person><persons><person>Max</person><person id='3'/></persons>
<links><link>no address</link><note>hm</note></links><weather cloudy='no'/><weather/><language lang='x'>Latin</language></event>");
    assert_eq!(
        told,
        "talk x1 \"One\" (line 4)
  summary: Short.\n\nLong.
  speaker: Ida
  speaker: Max
  slot: Date(2026-10-24), in Hall
left out: event@code (1)
left out: event@guid that is no UUID (1)
left out: event@mood (1)
left out: language@lang (1)
left out: links without address (1)
left out: note (1)
left out: person without a name (1)
left out: room beside another (1)
left out: title beside another (1)
left out: weather (1)
s.xml:6:86: warning: talk x1: `language` is `Latin`; expected a tag such as en or pt-BR
"
    );
}

#[test]
fn names_of_things_that_are_left_out_have_no_end_and_are_counted_together() {
    let events: String = (0..200)
        .map(|at| format!("<event id='{at}'><title>T</title><x{at}>y</x{at}></event>"))
        .collect();
    let (draft, _) = read(&with(&events)).expect("a schedule");
    assert!(draft.uncarried.len() <= 61);
    assert_eq!(draft.uncarried.values().sum::<usize>(), 200);
}

#[test]
fn an_event_that_holds_too_much_is_left_out_and_the_others_are_read() {
    let deep = format!("{}{}", "<b>".repeat(100_000), "</b>".repeat(100_000));
    let told = of(&format!(
        "<event id='1'><title>One</title>{deep}</event>\n<event id='2'><title>Two</title></event>"
    ));
    assert_eq!(
        told,
        "talk 2 \"Two\" (line 5)\n  slot: Date(2026-10-24), in Hall, id 2\ns.xml:4:1: error: this `<event>` holds more elements, or deeper ones, than are read; it is left out; look for an element that is not closed where it should be\n"
    );
}

#[test]
fn a_schedule_of_too_many_things_is_refused() {
    let events = "<event><title>T</title></event>".repeat(20_001);
    let rooms: String = (0..2_001)
        .map(|at| format!("<event><title>T</title><room>R{at}</room></event>"))
        .collect();
    let days = format!("</room></day>{}<day><room>", "<day/>".repeat(2_001));
    for (text, what) in [
        (events, "20000 events"),
        (rooms, "2000 rooms"),
        (days, "2000 days"),
    ] {
        let refused = read(&with(&text)).expect_err("too many");
        assert!(
            refused
                .message
                .starts_with(&format!("there are more than {what}")),
            "{refused}"
        );
    }
}

#[test]
fn an_unknown_zone_is_told_and_none_is_made_up() {
    let of_zone = |name: &str| {
        let text = with("").replace("Europe/Berlin", name);
        let (draft, problems) = read(&text).expect("a schedule");
        let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
        (
            draft.zone.map(|zone| zone.name().to_owned()),
            told.join("\n"),
        )
    };
    assert_eq!(
        of_zone("New York"),
        (
            Some("America/New_York".into()),
            "s.xml:2:38: note: the time zone \"New York\" is read as America/New_York".into()
        )
    );
    let (zone, told) = of_zone("Pacific Time (US &amp; Canada)");
    assert_eq!(zone, None);
    assert!(
        told.starts_with(
            "s.xml:2:38: warning: there is no time zone \"Pacific Time (US & Canada)\"; name one"
        ),
        "{told}"
    );
}

#[test]
fn latin_1_with_html_names_is_read() {
    let text =
        with("<event id='1'><title>Caf\u{e9} &eacute;t&eacute;&nbsp;&unknown;</title></event>");
    let text = format!("<?xml version='1.0' encoding='iso-8859-1'?>{text}");
    let bytes: Vec<u8> = text.chars().map(|character| character as u8).collect();
    let (draft, problems) = read_bytes(&bytes).expect("a schedule");
    assert_eq!(&*draft.talks[0].title, "Café été &unknown;");
    let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "s.xml:4:50: warning: a reference `&…;` that means nothing stays as it is; write the characters themselves"
        ]
    );
}

#[test]
fn what_arrives_becomes_a_conference_without_further_problems() {
    let text = with(
        "<event id='1' code='ABCDEF'><title>One</title><room>Loft</room><track>Pulp</track><start>23:30</start><duration>01:00</duration></event>",
    );
    let (draft, problems) = read(&text).expect("a schedule");
    assert_eq!(
        draft.talks[0].slots[0].end,
        Some(End::After(chrono::TimeDelta::hours(1)))
    );
    let (draft, merged) = merge(vec![draft]);
    let made = assemble(draft, "paper").expect("a conference");
    let all = problems.iter().chain(&merged).chain(&made.problems);
    let beyond_notes: Vec<String> = all
        .filter(|problem| problem.severity > Severity::Note)
        .map(ToString::to_string)
        .collect();
    assert_eq!(beyond_notes, Vec::<String>::new());
}
