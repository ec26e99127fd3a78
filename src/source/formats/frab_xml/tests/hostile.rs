use super::{read, read_bytes};
use crate::source::{assemble, merge};
use proptest::prelude::*;

const WHOLE: &str = "<?xml version='1.0'?><schedule><version>1</version><conference><title>P</title><time_zone_name>Europe/Berlin</time_zone_name><start>2026-10-24</start><end>2026-10-25</end><color primary='#fff'/><track name='T' slug='t' color='#000'/></conference><day date='2026-10-24' start='2026-10-24T09:00:00+02:00' end='2026-10-25T03:59:00+01:00'><room name='R' guid='0b1c7960-d032-5fdc-aab2-3447080d240d'><event id='1' code='ABCDEF'><date>2026-10-24T10:00:00+02:00</date><start>10:00</start><duration>1:00</duration><title>A &amp; B</title><persons><person id='1'>N</person></persons><links><link href='/x'>x</link></links></event></room></day></schedule>";

#[test]
fn names_without_letters_and_repetitions_without_number_take_no_longer_than_they_are_long() {
    let event = |at: u32| {
        let name: String = format!("{at:05}")
            .bytes()
            .filter_map(|digit| char::from_u32(0xE000 + u32::from(digit)))
            .collect();
        format!(
            "<event code='ABCDEF'><title>T</title><start>10:00</start><duration>{}:00</duration><person>{name}</person></event>",
            1 + at % 100
        )
    };
    let events: String = (0..15_000).map(event).collect();
    let start = WHOLE.find("<event").expect("an event");
    let text = format!("{}{events}{}", &WHOLE[..start], &WHOLE[start..]);
    let (draft, _) = read(&text).expect("a schedule");
    assert_eq!(draft.speakers.len(), 15_001);
    let _ = assemble(merge(vec![draft]).0, "x");
}

proptest! {
    #[test]
    fn bytes_of_any_kind_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = read_bytes(&bytes);
    }

    #[test]
    fn a_mutated_schedule_never_panics(
        at in 0..WHOLE.len(),
        cut in 0..40_usize,
        put in "[<>/&;='\"a-z0-9:+ é\u{0}-]{0,12}",
    ) {
        let end = (at + cut).min(WHOLE.len());
        let text = format!("{}{put}{}", &WHOLE[..at], &WHOLE[end..]);
        if let Ok((draft, _)) = read(&text) {
            let _ = assemble(merge(vec![draft]).0, "x");
        }
    }

    #[test]
    fn values_of_any_kind_never_panic(
        date in "[0-9TZ:+-]{0,30}",
        time in "[0-9:]{0,12}",
        text in "\\PC{0,40}",
    ) {
        let text = text.replace(['<', '&'], "");
        let schedule = WHOLE
            .replace("2026-10-24T10:00:00+02:00", &date)
            .replace("10:00</start><duration>1:00", &format!("{time}</start><duration>{time}"))
            .replace("A &amp; B", &text);
        let read = read(&schedule);
        prop_assert!(read.is_ok());
        if let Ok((draft, _)) = read {
            let _ = assemble(merge(vec![draft]).0, "x");
        }
    }
}
