//! What the command says: results on standard output, everything else on standard error.

use core::fmt;
use std::io::{self, Write};
use std::process::ExitCode;

use crate::failure::Failure;

/// One line of result.
pub(crate) fn result(line: fmt::Arguments<'_>) {
    // Nobody is left to be told that a closed pipe cannot be written to.
    let _ = writeln!(io::stdout().lock(), "{line}");
}

/// One line about what the command does or found.
pub(crate) fn status(line: fmt::Arguments<'_>) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// The exit code of a command, with its failure said.
pub(crate) fn exit(outcome: Result<ExitCode, Failure>) -> ExitCode {
    match outcome {
        Ok(code) => code,
        Err(failure) => {
            for message in failure.messages() {
                status(format_args!("error: {message}"));
            }
            ExitCode::FAILURE
        }
    }
}
