//! `[publish]` in `conference.toml`: how changes are published, and what is held as a likely mistake.

use super::syntax::fields::Fields;
use crate::model::{Limits, Policy};
use chrono::TimeDelta;

const PUBLISH_KEYS: &[&str] = &[
    "changes_window",
    "upcoming_lead",
    "most_lost",
    "most_shifted",
    "most_emptied",
];

/// What the table says; the defaults where it says nothing, or something wrong.
pub(super) fn read(root: &Fields<'_>) -> (Policy, Limits) {
    let (mut policy, mut limits) = (Policy::default(), Limits::default());
    let Some(table) = root.table("publish") else {
        return (policy, limits);
    };
    table.report_unknown(PUBLISH_KEYS);
    let window = whole(&table, "changes_window", 0..=86_400, "seconds");
    if let Some(window) = window {
        policy.changes_window = TimeDelta::seconds(window);
    }
    if let Some(lead) = whole(&table, "upcoming_lead", 0..=10_080, "minutes") {
        policy.upcoming_lead = TimeDelta::minutes(lead);
    }
    for (key, limit) in [
        ("most_lost", &mut limits.lost),
        ("most_shifted", &mut limits.shifted),
        ("most_emptied", &mut limits.emptied),
    ] {
        *limit = share(&table, key).unwrap_or(*limit);
    }
    (policy, limits)
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the number is whole and in a range of a few thousand"
)]
fn whole(
    table: &Fields<'_>,
    key: &str,
    range: std::ops::RangeInclusive<i32>,
    unit: &str,
) -> Option<i64> {
    let number = table.number(key)?;
    let (least, most) = (*range.start(), *range.end());
    if number.fract() == 0.0 && (f64::from(least)..=f64::from(most)).contains(&number) {
        return Some(number as i64);
    }
    let remedy = format!("write a whole number of {unit}, {least} to {most}");
    table.report(key, &format!("`{key}` cannot be {number}"), &remedy);
    None
}

fn share(table: &Fields<'_>, key: &str) -> Option<f64> {
    let share = table.number(key)?;
    if (0.0..=1.0).contains(&share) {
        return Some(share);
    }
    let remedy = "write a share from 0 to 1, such as 0.3 for 30 %";
    table.report(key, &format!("`{key}` cannot be {share}"), remedy);
    None
}
