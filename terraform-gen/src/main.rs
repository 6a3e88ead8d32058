//! `cargo tablewright`: Terraform from the tables of a package.

use std::process::ExitCode;

fn main() -> ExitCode {
    tablewright_terraform::__private::cargo_tablewright()
}
