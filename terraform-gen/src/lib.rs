//! Terraform modules from the tables of a Rust crate.
//!
//! There are three ways in:
//!
//! - the command `cargo tablewright terraform` finds every table of a package and writes the module;
//! - [`main!`] makes the same command out of a program of yours, for packages without a library;
//! - [`generate`] makes a [`Module`] inside a program, from any [`Registry`](tablewright::registry::Registry).

mod agree;
#[cfg(feature = "discover")]
mod cargo;
mod check;
mod command;
mod diff;
mod export;
mod extras;
mod failure;
mod filter;
mod folder;
mod hcl;
mod import;
mod keys;
mod module;
mod observed;
mod options;
mod output;
mod plan;
mod policy;
#[cfg(any(feature = "discover", feature = "serve"))]
mod serve;
mod snapshot;
mod structs;

pub use check::{Problem, check};
pub use diff::{Change, Class, diff, diff_with};
pub use export::{Format, export};
pub use extras::Extras;
pub use import::import_blocks;
pub use module::{Module, generate};
pub use options::{Options, Provider};
#[cfg(feature = "serve")]
pub use serve::{Line, Server};
pub use snapshot::Snapshot;
pub use structs::structs;

/// The example of the page on tables that exist, compiled.
#[cfg(doctest)]
#[doc = include_str!("../../docs/adopting.md")]
struct Adopting;

/// A program that has the commands `terraform` and `check` for the tables of these crates.
///
/// The crates are linked into the program, so that their tables are found. Tables of the program itself are found
/// too. The dependency needs no default feature: `tablewright-terraform = { version = "…", default-features = false }`.
///
/// ```
/// # mod hidden {
/// # extern crate tablewright as my_model;
/// tablewright_terraform::main!(my_model);
/// # }
/// # fn main() {}
/// ```
#[macro_export]
macro_rules! main {
    ($($model:ident),* $(,)?) => {
        $(use $model as _;)*

        fn main() -> ::std::process::ExitCode {
            let command = ::core::option_env!("CARGO_BIN_NAME");
            $crate::__private::main_of(::core::env!("CARGO_PKG_NAME"), ::core::env!("CARGO_PKG_VERSION"), command)
        }
    };
}

/// What the macro and the command `cargo tablewright` call.
#[doc(hidden)]
pub mod __private {
    use std::process::ExitCode;

    #[cfg(feature = "discover")]
    pub use crate::cargo::main as cargo_tablewright;
    pub use crate::command::main;

    /// Runs the command of a program that was made by [`main!`](crate::main).
    #[must_use]
    pub fn main_of(package: &str, version: &str, binary: Option<&str>) -> ExitCode {
        let command = binary.map(|binary| format!("cargo run -p {package} --bin {binary} -- terraform"));
        main(package, version, command.as_deref())
    }
}
