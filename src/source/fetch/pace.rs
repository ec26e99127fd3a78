//! When to ask next. Pure: the time that has passed and the chance are arguments.

use std::time::Duration;

/// The first wait after a failure, where the interval is not shorter.
const FIRST_RETRY: Duration = Duration::from_secs(10);

/// The longest wait after failures, where the interval is not longer.
const LONGEST_RETRY: Duration = Duration::from_secs(15 * 60);

/// The longest wait that a server may ask for.
const LONGEST_WISH: Duration = Duration::from_secs(24 * 60 * 60);

/// How far a wait may be from its plan, so that many programs do not ask in step.
const JITTER: f64 = 0.1;

/// How long to wait after a request, `failures` of which came one after another. The server may
/// have said when to ask again (Retry-After). `chance` is 0 to 1.
pub(super) fn wait(
    interval: Duration,
    failures: u32,
    retry_after: Option<Duration>,
    chance: f64,
) -> Duration {
    let planned = match failures.checked_sub(1) {
        None => interval,
        Some(doublings) => FIRST_RETRY
            .min(interval)
            .saturating_mul(2_u32.saturating_pow(doublings))
            .min(LONGEST_RETRY.max(interval)),
    };
    let chance = chance.clamp(0.0, 1.0);
    let about = planned.mul_f64(1.0 + JITTER * (2.0 * chance - 1.0));
    let asked = retry_after.unwrap_or_default().min(LONGEST_WISH);
    // Never earlier than asked for.
    about.max(asked.mul_f64(1.0 + JITTER * chance))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTES: fn(u64) -> Duration = |minutes| Duration::from_secs(60 * minutes);
    const SECONDS: fn(u64) -> Duration = Duration::from_secs;

    #[test]
    fn a_source_is_asked_once_an_interval() {
        assert_eq!(wait(MINUTES(5), 0, None, 0.5), MINUTES(5));
    }

    #[test]
    fn chance_moves_a_wait_by_a_tenth_at_most() {
        assert_eq!(wait(SECONDS(100), 0, None, 0.0), SECONDS(90));
        assert_eq!(wait(SECONDS(100), 0, None, 1.0), SECONDS(110));
        assert_eq!(wait(MINUTES(5), 1, None, 0.0), SECONDS(9));
    }

    #[test]
    fn waits_double_with_each_failure_up_to_a_quarter_of_an_hour() {
        let waits = (1..=9).map(|failures| wait(MINUTES(5), failures, None, 0.5).as_secs());
        let expected = [10, 20, 40, 80, 160, 320, 640, 900, 900];
        assert_eq!(waits.collect::<Vec<_>>(), expected);
        assert_eq!(wait(MINUTES(5), u32::MAX, None, 0.5), MINUTES(15));
    }

    #[test]
    fn a_longer_interval_is_the_longest_wait_and_a_shorter_one_the_first() {
        assert_eq!(wait(MINUTES(120), 40, None, 0.5), MINUTES(120));
        assert_eq!(wait(SECONDS(2), 1, None, 0.5), SECONDS(2));
        assert_eq!(wait(SECONDS(2), 2, None, 0.5), SECONDS(4));
    }

    #[test]
    fn a_server_is_not_asked_before_it_says_but_within_a_day() {
        assert_eq!(wait(MINUTES(5), 1, Some(MINUTES(30)), 0.0), MINUTES(30));
        assert_eq!(wait(MINUTES(5), 1, Some(MINUTES(30)), 1.0), MINUTES(33));
        assert_eq!(wait(MINUTES(5), 1, Some(SECONDS(1)), 0.5), SECONDS(10));
        let week = MINUTES(60 * 24 * 7);
        assert_eq!(wait(MINUTES(5), 1, Some(week), 0.0), MINUTES(60 * 24));
    }
}
