//! What the benchmarks measure with, and on.

pub mod allocations;
pub mod clock;
pub mod data;
pub mod sdk;
