//! Terraform modules from the tables of a Rust crate.
//!
//! The command `cargo tablewright terraform` finds every table that a package derives and writes the module;
//! [`generate`] does the same inside a program, from a [`Registry`](tablewright::registry::Registry).

mod check;
mod hcl;
mod module;
mod options;
mod plan;

pub use check::{Problem, check};
pub use module::{Module, generate};
pub use options::{Options, Provider};
