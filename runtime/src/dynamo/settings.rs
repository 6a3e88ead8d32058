//! What is set for all calls.

use core::time::Duration;

/// How long a call may take and how often it is tried, pinned so that no environment changes it.
///
/// The defaults are those of an online service: three attempts, 5 seconds each, 15 seconds in all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct CallSettings {
    /// The longest that opening a connection may take.
    pub connect_timeout: Duration,
    /// The longest that one attempt may take.
    pub attempt_timeout: Duration,
    /// The longest that a call may take with all its attempts.
    pub call_timeout: Duration,
    /// How often a request is sent at most; 1 means that it is never sent again.
    pub attempts: u32,
    /// Sends a put, a delete, or an update that only sets and removes again when it is not known whether it was applied.
    ///
    /// It is off, because an attempt that was given up may still arrive, after the next one was acknowledged and after
    /// others have built on that: what they wrote would be lost. Switch it on where each item has one writer, or where
    /// the last write may win. What adds or appends, and what returns the old item, is not sent again in any case.
    pub repeat_writes: bool,
}

impl Default for CallSettings {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(3),
            attempt_timeout: Duration::from_secs(5),
            call_timeout: Duration::from_secs(15),
            attempts: 3,
            repeat_writes: false,
        }
    }
}
