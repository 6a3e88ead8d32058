//! `cargo tablewright`: finds a package, builds a program with its tables in it, and runs that.

mod discover;
mod host;
mod settings;
mod shim;
mod source;
#[cfg(test)]
mod tests;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::agree::{Agreement, Comparison};
use crate::command::{Export, Import, Target};
use crate::failure::Failure;
use crate::output;
use crate::serve::Serving;
use crate::structs;
use discover::Found;

const EXAMPLES: &str = "\
Examples:
  cargo tablewright terraform --out terraform
      Write the module of the package in this folder.
  cargo tablewright terraform -p shop-model --features audit --out infra/dynamodb
      Write the module of another package of the workspace, with one of its features.
  cargo tablewright check --out infra/dynamodb
      For continuous integration: exit with 1 if the committed module is stale.
  cargo tablewright terraform --lambda GroupMover --vpc-endpoint
      Add an event source mapping for the role that Lambda runs, and a gateway endpoint.
  cargo tablewright diff
      What changed since tablewright.lock.json was written, and what each change does to the data.
  cargo tablewright accept --allow orphans-data
      Write tablewright.lock.json anew, although a change leaves stored items behind.
  terraform show -json plan | cargo tablewright diff --against -
      What a plan does to tables that exist, and what Terraform would not notice.
  cargo tablewright serve --file state.db --seed seed --log
      A DynamoDB on http://127.0.0.1:8000 with the package's tables and the items in seed/TABLE.jsonl.
  cargo tablewright structs --from table.json --items items.json --prefix prod- > src/tables.rs
      The other way round: structs for tables that exist, with key templates found in a sample of items.

Options may stand in the package's Cargo.toml, where those of the command line win:
  [package.metadata.tablewright]
  out = \"infra/dynamodb\"
  provider = \"aws6\"
  lambda = [\"GroupMover\"]
  vpc-endpoint = true

Tables are found in the package's library and in the libraries that it uses. A package without a library
can be its own command: see `tablewright_terraform::main!`.";

/// Terraform from the DynamoDB tables of a Rust package.
#[derive(Debug, Parser)]
#[command(name = "cargo-tablewright", bin_name = "cargo tablewright", version, after_help = EXAMPLES)]
struct Program {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write the Terraform module of a package's tables.
    #[command(after_help = EXAMPLES)]
    Terraform(Arguments<Target>),
    /// Compare the committed module with the tables; exit with 1 where it is stale.
    #[command(after_help = EXAMPLES)]
    Check(Arguments<Target>),
    /// Say what changed in the tables since it was agreed on: 0 nothing, 10 safe, 20 with care, 30 data is at stake.
    #[command(after_help = EXAMPLES)]
    Diff(Arguments<Comparison>),
    /// Agree to what the tables are now, and write it to tablewright.lock.json.
    #[command(after_help = EXAMPLES)]
    Accept(Arguments<Agreement>),
    /// Print the blocks by which Terraform takes over tables that exist.
    #[command(after_help = EXAMPLES)]
    Import(Arguments<Import>),
    /// Print the tables for those who do not use Terraform.
    #[command(after_help = EXAMPLES)]
    Export(Arguments<Export>),
    /// Serve a local DynamoDB with the package's tables in it, for development.
    #[command(after_help = EXAMPLES)]
    Serve(Arguments<Serving>),
    /// Print structs for tables that exist; this needs no package.
    #[command(after_help = EXAMPLES)]
    Structs(structs::Asked),
}

/// What a command is asked, and of which package.
#[derive(Debug, Args)]
struct Arguments<A: Args> {
    #[command(flatten)]
    asked: A,
    #[command(flatten)]
    selection: Selection,
}

/// Which package, and how it is built.
#[derive(Debug, Clone, Default, Args)]
struct Selection {
    /// The package with the tables [default: the package in this folder].
    #[arg(short, long, value_name = "NAME")]
    package: Option<String>,
    /// The Cargo.toml to start from.
    #[arg(long, value_name = "PATH")]
    manifest_path: Option<PathBuf>,
    /// Features of the package to switch on, separated by commas or spaces.
    #[arg(short = 'F', long, value_name = "FEATURES", value_delimiter = ',')]
    features: Vec<String>,
    /// Switch on every feature of the package.
    #[arg(long)]
    all_features: bool,
    /// Leave the package's default features off.
    #[arg(long)]
    no_default_features: bool,
    /// Do not use the network.
    #[arg(long)]
    offline: bool,
    /// Fail where Cargo.lock is missing or would have to change.
    #[arg(long)]
    locked: bool,
}

/// Runs the command in the arguments of this process.
#[must_use]
pub fn main() -> ExitCode {
    let program = Program::parse_from(arguments(std::env::args_os()));
    output::exit(match program.command {
        Command::Terraform(Arguments { asked, selection }) => {
            run("terraform", &selection, |found| settings::target(found, &asked)?.arguments(found))
        }
        Command::Check(Arguments { asked, selection }) => {
            run("check", &selection, |found| settings::target(found, &asked)?.arguments(found))
        }
        Command::Diff(Arguments { asked, selection }) => run("diff", &selection, |found| Ok(asked.arguments(found))),
        Command::Accept(Arguments { asked, selection }) => {
            run("accept", &selection, |found| Ok(asked.arguments(found)))
        }
        Command::Import(Arguments { asked, selection }) => run("import", &selection, |_| Ok(asked.arguments())),
        Command::Export(Arguments { asked, selection }) => run("export", &selection, |found| asked.arguments(found)),
        Command::Serve(Arguments { asked, selection }) => run("serve", &selection, |_| Ok(asked.arguments())),
        Command::Structs(asked) => structs::run(&asked),
    })
}

/// Cargo calls a subcommand with its name as the first argument.
fn arguments(all: impl Iterator<Item = OsString>) -> impl Iterator<Item = OsString> {
    all.enumerate()
        .filter(|(place, argument)| !(*place == 1 && argument == "tablewright"))
        .map(|(_, argument)| argument)
}

/// Runs a command of the program with the package's tables, with the arguments that it takes there.
fn run(
    command: &str,
    selection: &Selection,
    arguments: impl FnOnce(&Found) -> Result<Vec<OsString>, Failure>,
) -> Result<ExitCode, Failure> {
    let found = discover::discover(selection)?;
    let arguments = arguments(&found)?;
    let features: &[&str] = if command == "serve" { &["serve"] } else { &[] };
    let program = shim::build(&found, selection, features)?;
    shim::run(&program, command, arguments)
}

impl Selection {
    /// The features asked for, without the package's name before them, sorted.
    fn features(&self, package: &str) -> Vec<String> {
        let mut features: Vec<String> = self
            .features
            .iter()
            .flat_map(|features| features.split_whitespace())
            .map(|feature| feature.strip_prefix(package).and_then(|rest| rest.strip_prefix('/')).unwrap_or(feature))
            .map(str::to_owned)
            .collect();
        features.sort_unstable();
        features.dedup();
        features
    }

    /// The command that does the same again, up to the folder.
    fn command(&self, package: &str) -> String {
        let mut command = format!("cargo tablewright terraform -p {package}");
        let features = self.features(package);
        if !features.is_empty() {
            command.push_str(" --features ");
            command.push_str(&features.join(","));
        }
        if self.all_features {
            command.push_str(" --all-features");
        }
        if self.no_default_features {
            command.push_str(" --no-default-features");
        }
        command
    }
}
