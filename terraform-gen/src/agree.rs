//! The commands about the snapshot: `diff` says what changed since it, `accept` agrees to it.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use tablewright::registry::Registry;

use crate::diff::{Change, Class, diff};
use crate::failure::Failure;
use crate::output;
use crate::snapshot::Snapshot;

/// The name of the file.
pub(crate) const FILE: &str = "tablewright.lock.json";

/// Where the snapshot is.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Lock {
    /// The file with the schema that was agreed on [default: tablewright.lock.json beside Cargo.toml].
    #[arg(long, value_name = "FILE")]
    pub(crate) snapshot: Option<PathBuf>,
}

/// With what the code is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum Against {
    /// The schema that was agreed on last.
    #[default]
    Snapshot,
}

/// What is compared, and how it is said.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Comparison {
    /// With what the code is compared.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) against: Against,
    #[command(flatten)]
    pub(crate) lock: Lock,
}

/// Which changes are agreed to.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Agreement {
    /// Agree to changes of this class: orphans-data, replaces, deletes or impossible. The others need no word.
    #[arg(long, value_name = "CLASS", value_enum, value_delimiter = ',', hide_possible_values = true)]
    pub(crate) allow: Vec<Class>,
    /// Forget a table that left the code and was deleted by hand.
    #[arg(long, value_name = "TABLE", value_delimiter = ',')]
    pub(crate) forget: Vec<String>,
    #[command(flatten)]
    pub(crate) lock: Lock,
}

impl Lock {
    pub(crate) fn path(&self) -> &Path {
        self.snapshot.as_deref().unwrap_or(Path::new(FILE))
    }

    /// The snapshot in the file, if there is a file.
    pub(crate) fn read(&self) -> Result<Option<Snapshot>, Failure> {
        let path = self.path();
        match fs::read_to_string(path) {
            Ok(text) => {
                let wrong = |reason| Failure::new(format!("cannot use `{}`: {reason}", path.display()));
                Snapshot::from_json(&text).map(Some).map_err(wrong)
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Failure::io("read", path, &error)),
        }
    }
}

/// Says what changed; the exit code is that of the worst change.
pub(crate) fn compare(registry: &Registry, comparison: &Comparison) -> Result<ExitCode, Failure> {
    let Against::Snapshot = comparison.against;
    let path = comparison.lock.path();
    let snapshot = comparison.lock.read()?.ok_or_else(|| {
        Failure::new(format!(
            "there is no `{}`; `cargo tablewright accept` writes what the code declares",
            path.display()
        ))
    })?;
    let changes = diff(&snapshot, registry);
    if changes.is_empty() {
        output::result(format_args!("`{}` is what the code declares", path.display()));
        return Ok(ExitCode::SUCCESS);
    }
    for change in &changes {
        output::result(format_args!("{change}"));
    }
    let worst = changes.iter().map(|change| change.class).max();
    Ok(worst.map_or(ExitCode::SUCCESS, |class| ExitCode::from(class.exit_code())))
}

/// Writes what the code declares as agreed, if every dangerous change was allowed.
pub(crate) fn accept(registry: &Registry, agreement: &Agreement) -> Result<ExitCode, Failure> {
    let path = agreement.lock.path();
    let before = agreement.lock.read()?.unwrap_or_default();
    let changes = diff(&before, registry);
    let refused: Vec<&Change> =
        changes.iter().filter(|of| of.class.is_dangerous() && !agreement.allow.contains(&of.class)).collect();
    if !refused.is_empty() {
        let classes: BTreeSet<&str> = refused.iter().map(|change| change.class.option()).collect();
        let classes: Vec<&str> = classes.into_iter().collect();
        let mut messages: Vec<String> = refused.iter().map(ToString::to_string).collect();
        messages.push(format!("to agree to that all the same, add `--allow {}`", classes.join(",")));
        return Failure::unless_empty(messages).map(|()| ExitCode::SUCCESS);
    }
    let mut next = before.after(registry);
    for table in &agreement.forget {
        if next.dropped.remove(table).is_none() {
            let message = format!("`--forget {table}` names no table that left the code");
            return Err(Failure::new(message));
        }
    }
    fs::write(path, next.to_json()).map_err(|error| Failure::io("write", path, &error))?;
    let count = changes.len();
    output::result(format_args!(
        "written {} ({count} {})",
        path.display(),
        if count == 1 { "change" } else { "changes" }
    ));
    Ok(ExitCode::SUCCESS)
}
