//! For unit tests of code that uses this crate: an executor that records requests and plays answers.

pub use crate::exec::{BoxFuture, Recorded, Spy};
