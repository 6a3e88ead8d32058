//! The commands about the snapshot: `diff` says what changed since it, `accept` agrees to it.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use tablewright::registry::Registry;

use crate::diff::{Change, Class, against, diff, steps};
use crate::failure::Failure;
use crate::observed::{self, Endpoint, Observed};
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

/// What is compared, and how it is said.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Comparison {
    /// With what the code is compared: `snapshot` [default], a file with what `terraform show -json` printed of a plan or
    /// a state, or `aws dynamodb describe-table` of tables, `-` for the same on standard input, or the URL of a local
    /// DynamoDB.
    #[arg(long, value_name = "WHAT")]
    pub(crate) against: Option<String>,
    /// What stands before the names of the tables there.
    #[arg(long, value_name = "PREFIX", default_value = "", hide_default_value = true)]
    pub(crate) prefix: String,
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
    let (with, changes) = match comparison.against.as_deref() {
        None | Some("snapshot") => {
            let path = comparison.lock.path();
            let snapshot = comparison.lock.read()?.ok_or_else(|| {
                Failure::new(format!(
                    "there is no `{}`; `cargo tablewright accept` writes what the code declares",
                    path.display()
                ))
            })?;
            (path.display().to_string(), diff(&snapshot, registry))
        }
        Some(what) => {
            let observed = observe(what, registry, &comparison.prefix)?;
            (what.to_owned(), against(&observed, registry, &comparison.prefix))
        }
    };
    if changes.is_empty() {
        output::result(format_args!("`{with}` is what the code declares"));
        return Ok(ExitCode::SUCCESS);
    }
    for change in &changes {
        output::result(format_args!("{change}"));
    }
    for steps in steps(&changes) {
        output::result(format_args!("{steps}"));
    }
    let worst = changes.iter().map(|change| change.class).max();
    Ok(worst.map_or(ExitCode::SUCCESS, |class| ExitCode::from(class.exit_code())))
}

/// The tables that exist: from a file, from standard input, or from a server.
fn observe(what: &str, registry: &Registry, prefix: &str) -> Result<Observed, Failure> {
    let wrong = |reason: String| Failure::new(format!("cannot compare with `{what}`: {reason}"));
    if let Some(endpoint) = Endpoint::of_url(what) {
        let names: Vec<String> =
            registry.tables().iter().map(|table| format!("{prefix}{}", table.stored_name())).collect();
        return endpoint.tables(&names).map_err(wrong);
    }
    if what.starts_with("https://") {
        return Err(wrong("tables in AWS are compared by what `aws dynamodb describe-table` prints".to_owned()));
    }
    let text = if what == "-" { io::read_to_string(io::stdin()) } else { fs::read_to_string(what) };
    observed::read(&text.map_err(|error| wrong(error.to_string()))?).map_err(wrong)
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
