//! For unit tests of code that uses this crate: an executor that records requests and plays answers.

#[cfg(feature = "embedded")]
pub use crate::exec::embedded::Embedded;
pub use crate::exec::{BoxFuture, Recorded, Spy};
