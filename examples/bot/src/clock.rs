//! The bot's clock: the real one, until a transcript or a test sets it.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use jiff::{SignedDuration, Timestamp};

/// A clock that can be stopped at a moment and moved on from there. Clones show the same time.
///
/// ```
/// # use tablewright::Dynamo;
/// let clock = bot::Clock::default();
/// let builder = Dynamo::builder().clock({ let clock = clock.clone(); move || clock.now() });
/// ```
#[derive(Debug, Clone, Default)]
pub struct Clock(Arc<Mutex<Option<Timestamp>>>);

impl Clock {
    /// The time.
    #[must_use]
    pub fn now(&self) -> SystemTime {
        self.stopped().map_or_else(SystemTime::now, SystemTime::from)
    }

    /// Stops the clock at a moment.
    pub fn set(&self, moment: Timestamp) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(moment);
    }

    /// Moves the clock on, and stops it there.
    pub fn wait(&self, duration: SignedDuration) {
        let now = self.stopped().unwrap_or_else(Timestamp::now);
        self.set(now.checked_add(duration).unwrap_or(Timestamp::MAX));
    }

    fn stopped(&self) -> Option<Timestamp> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
