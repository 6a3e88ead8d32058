//! Capacity units per second: the speed limit of bulk work.

use core::time::Duration;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::Result;
use crate::error::InvalidRequest;
use tokio::time::{Instant, sleep};

/// How long a waiting call sleeps at most before it looks again, because a call that used less than was expected gives back.
const LOOK_AGAIN: Duration = Duration::from_millis(100);

/// Lets calls begin as long as the units that are used stay within a number per second.
///
/// What a call will use is only known afterwards. So a call begins when nothing is owed, what it is expected to use is
/// owed from then on, and the difference is settled when its answer is there.
pub(crate) struct RateLimit {
    per_second: f64,
    account: Mutex<Account>,
}

/// Checks a rate that a user gave.
///
/// # Errors
/// If it is not a positive number.
pub(crate) fn units_per_second(units: f64) -> Result<f64> {
    if units.is_finite() && units > 0.0 {
        return Ok(units);
    }
    let reason = format!("`units_per_second` is {units}: give a positive number of capacity units");
    Err(InvalidRequest::Setting { reason: reason.into() }.into())
}

struct Account {
    /// The units that may be used now; what is owed if negative.
    balance: f64,
    /// What the last call used whose answer came.
    last: f64,
    at: Instant,
}

/// A call that began. If it is dropped, it has used what was expected.
pub(crate) struct Admitted<'r> {
    rate: &'r RateLimit,
    expected: f64,
}

impl RateLimit {
    /// A limit of so many units in each second; it is a positive number.
    pub(crate) fn new(per_second: f64) -> Self {
        Self { per_second, account: Mutex::new(Account { balance: 0.0, last: 1.0, at: Instant::now() }) }
    }

    /// Waits until a call may begin that is expected to use so many units.
    pub(crate) async fn admit(&self, expected: f64) -> Admitted<'_> {
        self.admit_when(Some(expected)).await
    }

    /// Waits until a call may begin that is expected to use what the last one did.
    pub(crate) async fn admit_as_before(&self) -> Admitted<'_> {
        self.admit_when(None).await
    }

    async fn admit_when(&self, expected: Option<f64>) -> Admitted<'_> {
        loop {
            let wait = {
                let mut account = self.account();
                if account.balance >= 0.0 {
                    let expected = expected.unwrap_or(account.last);
                    account.balance -= expected;
                    return Admitted { rate: self, expected };
                }
                Duration::try_from_secs_f64(-account.balance / self.per_second).unwrap_or(Duration::MAX)
            };
            // A timer is exact to a millisecond, and less would be a busy wait.
            sleep(wait.clamp(Duration::from_millis(1), LOOK_AGAIN)).await;
        }
    }

    /// So many units were used by what was not held back.
    pub(crate) fn owe(&self, used: f64) {
        self.account().balance -= used;
    }

    /// The account as of now. Unused units are kept for one second at most.
    fn account(&self) -> MutexGuard<'_, Account> {
        let mut account = self.account.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let earned = (now - account.at).as_secs_f64() * self.per_second;
        account.balance = (account.balance + earned).min(self.per_second);
        account.at = now;
        account
    }
}

impl Admitted<'_> {
    /// The call has used so many units.
    pub(crate) fn settle(self, used: f64) {
        let mut account = self.rate.account();
        account.balance += self.expected - used;
        account.last = used;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn units_are_used_at_the_rate() {
        let rate = RateLimit::new(10.0);
        let began = Instant::now();
        for _ in 0..31 {
            rate.admit(1.0).await.settle(2.0);
        }
        // The first is free to begin, and each of the others waits for the two units of the one before.
        let took = began.elapsed().as_secs_f64();
        assert!((5.9..6.3).contains(&took), "{took}");
    }

    #[tokio::test(start_paused = true)]
    async fn what_was_not_used_is_given_back() {
        let rate = RateLimit::new(1.0);
        let began = Instant::now();
        rate.admit(1000.0).await.settle(1.0);
        rate.admit(1.0).await.settle(1.0);
        assert!(began.elapsed() < Duration::from_secs(2));
    }

    #[tokio::test(start_paused = true)]
    async fn idle_time_is_saved_for_a_second_only() {
        let rate = RateLimit::new(5.0);
        sleep(Duration::from_secs(100)).await;
        let began = Instant::now();
        for _ in 0..16 {
            rate.admit(1.0).await.settle(1.0);
        }
        let took = began.elapsed().as_secs_f64();
        assert!((1.9..2.2).contains(&took), "{took}");
    }
}
