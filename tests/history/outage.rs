//! The limits of what is taken for an outage, at their edges.

use super::{Listed, file};
use crate::conference::conference;
use handbill::history::suspicions;
use handbill::model::Limits;

const NEVER: f64 = 1.0;

fn limits(lost: f64, shifted: f64, emptied: f64) -> Limits {
    Limits {
        lost,
        shifted,
        emptied,
    }
}

/// So many talks an hour apart, each so many hours later than usual.
fn talks(shifts: &[u8]) -> String {
    let talks = shifts.iter().enumerate();
    let talk = |(number, shift): (usize, &u8)| {
        let number = number as u8;
        Listed(number, 0, false, vec![(number + shift, 1)])
    };
    file(&talks.map(talk).collect::<Vec<_>>())
}

/// The same without the abstracts of the first `empty`.
fn emptied(count: usize, empty: usize) -> String {
    talks(&vec![0; count]).replacen("About it", "", empty)
}

fn is_held(before: &str, after: &str, limits: &Limits) -> bool {
    !suspicions(&conference(before), &conference(after), limits).is_empty()
}

#[test]
fn a_share_of_lost_talks_is_held_from_just_above_its_limit_on() {
    for (limit, all, lost, expected) in [
        (0.3, 10, 0, false),
        (0.3, 10, 3, false),
        (0.3, 10, 4, true),
        (0.0, 10, 0, false),
        (0.0, 10, 1, false),
        (0.0, 10, 2, true),
        (1.0, 10, 9, false),
        (1.0, 10, 10, true),
        // One talk is not many, unless it was all there is.
        (0.3, 1, 1, true),
        (0.3, 2, 1, false),
        (0.3, 2, 2, true),
        (0.3, 3, 1, false),
        (0.3, 3, 2, true),
    ] {
        let (before, after) = (talks(&vec![0; all]), talks(&vec![0; all - lost]));
        let found = is_held(&before, &after, &limits(limit, NEVER, NEVER));
        assert_eq!(found, expected, "{lost} of {all} lost, limit {limit}");
    }
}

#[test]
fn a_share_of_times_that_moved_alike_is_held_from_just_above_its_limit_on() {
    for (limit, all, moved, expected) in [
        (0.5, 8, 0, false),
        (0.5, 8, 4, false),
        (0.5, 8, 5, true),
        (0.0, 8, 0, false),
        (0.0, 8, 2, false),
        (0.0, 8, 3, true),
        (1.0, 8, 8, false),
        // Two talks that move alike are two talks that move.
        (0.5, 1, 1, false),
        (0.5, 2, 2, false),
        (0.5, 3, 2, false),
        (0.5, 3, 3, true),
    ] {
        let shifts: Vec<u8> = (0..all).map(|at| u8::from(at < moved)).collect();
        let (before, after) = (talks(&vec![0; all]), talks(&shifts));
        let found = is_held(&before, &after, &limits(NEVER, limit, NEVER));
        assert_eq!(found, expected, "{moved} of {all} moved, limit {limit}");
    }
}

#[test]
fn a_share_of_emptied_abstracts_is_held_from_just_above_its_limit_on() {
    for (limit, all, empty, expected) in [
        (0.5, 8, 0, false),
        (0.5, 8, 4, false),
        (0.5, 8, 5, true),
        (0.0, 8, 2, false),
        (0.0, 8, 3, true),
        (1.0, 8, 8, false),
        (0.5, 1, 1, false),
        (0.5, 2, 2, false),
        (0.5, 3, 3, true),
    ] {
        let (before, after) = (emptied(all, 0), emptied(all, empty));
        let found = is_held(&before, &after, &limits(NEVER, NEVER, limit));
        assert_eq!(found, expected, "{empty} of {all} emptied, limit {limit}");
    }
}

#[test]
fn a_zone_mistake_moves_all_alike_and_a_new_plan_does_not() {
    let before = talks(&[0; 6]);
    let limits = Limits::default();
    assert!(
        is_held(&before, &talks(&[1; 6]), &limits),
        "all an hour later"
    );
    assert!(
        is_held(&talks(&[1; 6]), &before, &limits),
        "all an hour earlier"
    );
    let apart = talks(&[1, 2, 3, 0, 0, 0]);
    assert!(
        !is_held(&before, &apart, &limits),
        "half of them, each otherwise"
    );
    let all_apart = talks(&[1, 2, 3, 4, 5, 6]);
    assert!(
        !is_held(&before, &all_apart, &limits),
        "all of them, each otherwise"
    );
}

#[test]
fn no_zone_is_ten_minutes_off() {
    let before = talks(&[0; 6]);
    let later = before.replace(":00:00\n", ":10:00\n");
    assert_ne!(before, later);
    assert!(!is_held(&before, &later, &Limits::default()));
}
