//! The messaging app over the embedded engine.

mod command;
mod costs;
mod failures;
mod lambda;
mod moments;
mod roles;
mod wire;
mod world;
