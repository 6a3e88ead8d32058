//! Calls: the same suite over each executor, and the exact requests that builders make.

pub(crate) mod backends;
mod batch_get;
mod batch_truth;
mod batch_write;
mod batch_write_stream;
mod canned;
mod capacity;
mod executors;
mod executors_bulk;
mod executors_embedded;
mod executors_environment;
mod executors_guard;
mod executors_unsent;
mod expiry;
mod expressions;
mod flaky;
mod items;
mod limits;
mod model;
mod paging;
mod previews;
mod sealed;
mod segments;
mod spans;
mod stream;
mod tables;
mod transact;
