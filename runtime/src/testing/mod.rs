//! For tests of code that uses this crate: executors that record, and that fail on purpose.
//!
//! - [`Spy`] records requests and plays scripted answers.
//! - [`Embedded`] (feature `embedded`) is a DynamoDB in this process.
//! - [`Faults`] (feature `testing`) makes another executor, such as [`Embedded`], lose, delay, damage and refuse what goes
//!   through it, by a script or at random from a seed.
//!
//! The feature `testing` belongs into `[dev-dependencies]`:
//!
//! ```toml
//! [dev-dependencies]
//! tablewright = { version = "0.1", features = ["embedded", "testing"] }
//! tokio = { version = "1", features = ["macros", "rt", "test-util"] }
//! ```

#[cfg(feature = "testing")]
mod faults;

#[cfg(feature = "embedded")]
pub use crate::exec::embedded::Embedded;
pub use crate::exec::{BoxFuture, Recorded, Spy};
#[cfg(feature = "testing")]
pub use faults::{
    Applied, Cancellation, Class, Event, Fault, Faults, Happening, Loss, Rates, Refused, Seeds, Throttle, Trace, seeds,
};
