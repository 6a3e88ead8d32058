//! The messaging app over the embedded engine.

mod failures;
mod wire;
mod world;
