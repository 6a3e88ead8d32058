//! The integration tests of the workspace, in one binary: each further one would link the SDK again.

mod codec;
mod derive;
mod docs;
mod faults;
mod index;
mod model;
mod rules;
mod runtime;
mod shard;
mod template;
mod terraform;
