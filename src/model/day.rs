//! The days of a conference, and the one rule for the hours after midnight.

use super::{Moment, Plain};
use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};
use std::collections::BTreeMap;
use std::ops::Range;

/// When one conference day ends and the next begins, on the wall clock.
///
/// A talk at half past midnight is the end of an evening, not the start of a morning. Four o'clock
/// is where pretalx and frab draw the line (`day_start` 04:00, `day_end` 03:59).
pub const DAY_CHANGE: NaiveTime = match NaiveTime::from_hms_opt(4, 0, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

/// The years in which conferences are held. Others are typing mistakes, and formats cannot hold them.
pub const YEARS: Range<i32> = 1900..3000;

/// A day of a conference. Runs from [`DAY_CHANGE`] to [`DAY_CHANGE`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// Its place in the conference, from 1.
    pub index: usize,
    /// The date on which it begins, in the conference's zone.
    pub date: NaiveDate,
    /// A name such as "Sprints".
    pub name: Option<Plain>,
    /// When it opens and when it is over, where the data say so.
    pub hours: Option<(Moment, Moment)>,
}

/// The date of the conference day that a wall clock time belongs to.
///
/// Before [`DAY_CHANGE`] that is the evening before, unless the conference has no such day and has
/// this one: then the talk opens the conference early.
pub fn date_of(wall: NaiveDateTime, days: &[Day]) -> NaiveDate {
    let date = wall.date();
    if wall.time() >= DAY_CHANGE {
        return date;
    }
    let Some(before) = date.checked_sub_days(Days::new(1)) else {
        return date;
    };
    let known = |date| days.iter().any(|day| day.date == date);
    if known(date) && !known(before) {
        date
    } else {
        before
    }
}

/// Days of these dates, in order, with their names.
pub fn numbered(days: BTreeMap<NaiveDate, Option<Plain>>) -> Vec<Day> {
    let days = days.into_iter().enumerate();
    days.map(|(before, (date, name))| Day {
        index: before + 1,
        date,
        name,
        hours: None,
    })
    .collect()
}

/// A time of a conference day: before [`DAY_CHANGE`] it is past midnight.
pub fn on_day(day: NaiveDate, time: NaiveTime) -> NaiveDateTime {
    let later = Days::new(u64::from(time < DAY_CHANGE));
    day.checked_add_days(later).unwrap_or(day).and_time(time)
}

/// The end at a time of something that starts at `start`. Only a time up to [`DAY_CHANGE`] can be past
/// midnight; any other is on the day of the start, even where that is before it.
pub fn end_after(start: NaiveDateTime, time: NaiveTime) -> NaiveDateTime {
    let same_day = start.date().and_time(time);
    let is_past_midnight = same_day <= start && time <= DAY_CHANGE;
    let later = Days::new(u64::from(is_past_midnight));
    same_day.checked_add_days(later).unwrap_or(same_day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn wall(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").expect("a wall clock time")
    }

    fn days(dates: &[&str]) -> Vec<Day> {
        let numbered = dates.iter().enumerate();
        numbered
            .map(|(place, text)| Day {
                index: place + 1,
                date: date(text),
                name: None,
                hours: None,
            })
            .collect()
    }

    #[test]
    fn half_past_midnight_belongs_to_the_evening_before() {
        let days = days(&["2026-10-24", "2026-10-25"]);
        assert_eq!(date_of(wall("2026-10-25 00:30"), &days), date("2026-10-24"));
        assert_eq!(date_of(wall("2026-10-25 03:59"), &days), date("2026-10-24"));
        assert_eq!(date_of(wall("2026-10-25 04:00"), &days), date("2026-10-25"));
    }

    #[test]
    fn the_first_day_may_begin_before_four() {
        let days = days(&["2026-10-24"]);
        assert_eq!(date_of(wall("2026-10-24 03:30"), &days), date("2026-10-24"));
    }

    #[test]
    fn the_night_after_the_last_day_belongs_to_it() {
        let days = days(&["2026-10-24"]);
        assert_eq!(date_of(wall("2026-10-25 01:00"), &days), date("2026-10-24"));
    }
}
