//! When a logical operation tries again, and when it stops.

use core::time::Duration;
use std::sync::Arc;

use tokio::time::{Instant, sleep_until, timeout_at};

/// How a logical operation of several calls goes on after one of them failed: a transaction, or a batch with what it left
/// unprocessed.
///
/// Each pause is a random part of a ceiling that doubles with every failure, which AWS calls exponential backoff with full
/// jitter. The operation ends when its attempts or its time are used up, whichever is first.
///
/// The defaults are 50 ms for the first ceiling, 5 seconds for the last, 20 attempts and 30 seconds.
///
/// <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html#Programming.Errors.RetryAndBackoff>
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct RetryPolicy {
    /// The longest that the first pause may be.
    pub first_pause: Duration,
    /// The longest that any pause may be.
    pub longest_pause: Duration,
    /// How many attempts may fail in a row; 1 means that nothing is tried again. What gets further counts from the start.
    pub attempts: u32,
    /// The longest that the whole operation may take, with all its calls and pauses.
    pub deadline: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            first_pause: Duration::from_millis(50),
            longest_pause: Duration::from_secs(5),
            attempts: 20,
            deadline: Duration::from_secs(30),
        }
    }
}

impl RetryPolicy {
    /// The pause after so many failures in a row: the part of its ceiling that `random` is of all `u64`.
    ///
    /// ```
    /// let policy = tablewright::RetryPolicy::default();
    /// assert_eq!(policy.pause(1, 0).as_millis(), 0);
    /// assert_eq!(policy.pause(1, u64::MAX).as_millis(), 49);
    /// assert_eq!(policy.pause(3, u64::MAX / 2).as_millis(), 99);
    /// assert!(policy.pause(500, u64::MAX) < policy.longest_pause);
    /// ```
    #[must_use]
    pub fn pause(&self, failures: u32, random: u64) -> Duration {
        let doubled = 2_u32.checked_pow(failures.saturating_sub(1)).unwrap_or(u32::MAX);
        let ceiling = self.first_pause.saturating_mul(doubled).min(self.longest_pause);
        let ceiling = u64::try_from(ceiling.as_nanos()).unwrap_or(u64::MAX);
        let part = (u128::from(ceiling) * u128::from(random)) >> 64;
        Duration::from_nanos(u64::try_from(part).unwrap_or(u64::MAX))
    }
}

/// A source of the random part of pauses.
pub(crate) type Jitter = Arc<dyn Fn() -> u64 + Send + Sync>;

/// One logical operation's attempts: how many failed, and how much time is left.
///
/// A clone shares the deadline and counts failures by itself, for the parts of an operation that run side by side.
#[derive(Clone)]
pub(crate) struct Retries {
    policy: RetryPolicy,
    jitter: Jitter,
    began: Instant,
    failures: u32,
}

impl Retries {
    /// The operation begins now.
    pub(crate) fn begin(policy: RetryPolicy, jitter: Jitter) -> Self {
        Self { policy, jitter, began: Instant::now(), failures: 0 }
    }

    /// Runs one attempt, or `None` if it has not ended at the deadline. It is dropped then, so what it did is not known.
    pub(crate) async fn attempt<F: Future>(&self, attempt: F) -> Option<F::Output> {
        match self.ends() {
            Some(ends) => timeout_at(ends, attempt).await.ok(),
            None => Some(attempt.await),
        }
    }

    /// Counts a failure and waits before the next attempt; false if there is none, because the attempts are used up or the
    /// time would be.
    pub(crate) async fn pause(&mut self) -> bool {
        self.pause_until(Duration::ZERO).await
    }

    /// As [`pause`](Self::pause), and at least until so long after the operation began.
    pub(crate) async fn pause_until(&mut self, since_begin: Duration) -> bool {
        self.failures = self.failures.saturating_add(1);
        if self.failures >= self.policy.attempts {
            return false;
        }
        let pause = self.policy.pause(self.failures, (self.jitter)());
        let (Some(after), Some(earliest)) = (Instant::now().checked_add(pause), self.began.checked_add(since_begin))
        else {
            return false;
        };
        let next = after.max(earliest);
        if self.ends().is_some_and(|ends| next >= ends) {
            return false;
        }
        sleep_until(next).await;
        true
    }

    /// The operation got further, so that the next failure is the first again.
    pub(crate) fn progress(&mut self) {
        self.failures = 0;
    }

    /// True if no time is left, so that nothing more is sent.
    pub(crate) fn is_over(&self) -> bool {
        self.ends().is_some_and(|ends| Instant::now() >= ends)
    }

    /// The moment of the deadline; none if it is further away than clocks count.
    fn ends(&self) -> Option<Instant> {
        self.began.checked_add(self.policy.deadline)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn retries(policy: RetryPolicy) -> Retries {
        Retries::begin(policy, Arc::new(|| u64::MAX))
    }

    #[test]
    fn pauses_are_a_part_of_a_ceiling_that_doubles() {
        let policy = RetryPolicy::default();
        for failures in 1..200 {
            let ceiling = policy.first_pause.saturating_mul(1 << (failures - 1).min(20)).min(policy.longest_pause);
            for random in [0, 1, u64::MAX / 3, u64::MAX / 2, u64::MAX] {
                let pause = policy.pause(failures, random);
                assert!(pause < ceiling, "{failures} {random}");
                assert!(random < u64::MAX || ceiling - pause <= Duration::from_nanos(1));
            }
        }
        let endless = RetryPolicy { first_pause: Duration::MAX, longest_pause: Duration::MAX, ..policy };
        assert!(endless.pause(u32::MAX, u64::MAX) > Duration::from_secs(1 << 34));
    }

    #[tokio::test(start_paused = true)]
    async fn attempts_are_counted_and_progress_starts_again() {
        let mut retries = retries(RetryPolicy { attempts: 3, ..RetryPolicy::default() });
        let began = Instant::now();
        assert!(retries.pause().await && retries.pause().await);
        assert_eq!(began.elapsed().as_millis().div_ceil(10) * 10, 150, "50 ms and 100 ms, less what the timer rounds");
        assert!(!retries.clone().pause().await, "the third failure is the last");
        retries.progress();
        assert!(retries.pause().await && retries.pause().await && !retries.pause().await);
    }

    #[tokio::test(start_paused = true)]
    async fn the_deadline_ends_pauses_and_attempts() {
        let second = Duration::from_secs(1);
        let mut retries = retries(RetryPolicy { deadline: second, attempts: u32::MAX, ..RetryPolicy::default() });
        let began = Instant::now();
        assert!(!retries.pause_until(second).await, "nothing is left at the deadline");
        assert_eq!(began.elapsed(), Duration::ZERO, "and nobody waits for that");
        assert!(retries.pause_until(second / 2).await);
        assert!(began.elapsed() >= second / 2);
        assert_eq!(retries.attempt(core::future::pending::<()>()).await, None);
        assert_eq!(began.elapsed().as_secs(), 1);
        assert_eq!(retries.clone().attempt(async { 7 }).await, Some(7), "an attempt that needs no time is let through");
    }

    #[tokio::test(start_paused = true)]
    async fn settings_beyond_what_clocks_count_are_no_panic() {
        let endless = RetryPolicy { deadline: Duration::MAX, longest_pause: Duration::MAX, ..RetryPolicy::default() };
        let mut retries = retries(RetryPolicy { first_pause: Duration::MAX, ..endless });
        assert_eq!(retries.attempt(async { 7 }).await, Some(7));
        assert!(!retries.pause_until(Duration::MAX).await);
    }
}
