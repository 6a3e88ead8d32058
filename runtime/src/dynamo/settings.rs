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
}

impl Default for CallSettings {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(3),
            attempt_timeout: Duration::from_secs(5),
            call_timeout: Duration::from_secs(15),
            attempts: 3,
        }
    }
}
