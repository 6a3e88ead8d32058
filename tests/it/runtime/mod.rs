//! Calls: the same suite over each executor.

mod canned;
mod executors;
