//! The commands, as a program that has the tables in it runs them.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use tablewright::registry::Registry;

use crate::agree::{self, Agreement, Comparison, Lock};
use crate::export::{Format, export};
use crate::extras::Extras;
use crate::failure::Failure;
use crate::folder::{self, Difference};
use crate::import::import_blocks;
use crate::module::generate;
use crate::options::{Options, Provider};
use crate::output;

/// Terraform from the tables of this program.
#[derive(Debug, Parser)]
#[command(version)]
struct Program {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write the Terraform module of the tables.
    Terraform(Target),
    /// Compare the committed module with the tables; exit with 1 where it is stale.
    Check(Target),
    /// Say what changed since it was agreed on; exit with 0 for nothing, 10 for safe changes, 20 and 30 for others.
    Diff(Comparison),
    /// Agree to what the tables are now.
    Accept(Agreement),
    /// Print the blocks by which Terraform takes over tables that exist.
    Import(Import),
    /// Print the tables for those who do not use Terraform.
    Export(Export),
    /// Serve a local DynamoDB with the tables in it.
    #[cfg(feature = "serve")]
    Serve(crate::serve::Serving),
}

/// Where the module is called, and what the tables are named.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Import {
    /// The address of the module in the root that calls it.
    #[arg(long, value_name = "ADDRESS", default_value = "module.tables")]
    pub(crate) module: String,
    /// What stands before the names of the tables.
    #[arg(long, value_name = "PREFIX", default_value = "", hide_default_value = true)]
    pub(crate) prefix: String,
}

/// As what the tables are printed.
#[derive(Debug, Clone, Args)]
pub(crate) struct Export {
    /// The format.
    #[arg(long, value_enum)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) module: ModuleOptions,
}

/// Where the module goes, and what it is like.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Target {
    /// The folder of the module [default: terraform].
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) module: ModuleOptions,
}

/// For which provider a Terraform module is, and what it has besides the tables.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct ModuleOptions {
    /// The provider: aws5 for 5.100.0 or later [default], aws6 for 6.30.0 or later with what only version 6 has.
    #[arg(long, value_enum)]
    pub(crate) provider: Option<Provider>,
    #[command(flatten)]
    pub(crate) extras: Extras,
    #[command(flatten)]
    pub(crate) lock: Lock,
}

impl Target {
    /// The folder of the module.
    pub(crate) fn folder(&self) -> &Path {
        self.out.as_deref().unwrap_or(Path::new("terraform"))
    }
}

impl ModuleOptions {
    fn options(&self, options: Options) -> Result<Options, Failure> {
        let options = options.with_provider(self.provider.unwrap_or_default()).with_extras(self.extras.clone());
        Ok(match self.lock.read()? {
            Some(snapshot) => options.with_snapshot(snapshot),
            None => options,
        })
    }
}

/// Runs the command in the arguments of this process, on the tables that are registered in it.
pub fn main(package: &str, version: &str, command: Option<&str>) -> ExitCode {
    let program = Program::parse();
    let mut options = Options::new(package, version);
    if let Some(command) = command {
        options = options.with_command(command);
    }
    output::exit(run(&program.command, options))
}

fn run(command: &Command, options: Options) -> Result<ExitCode, Failure> {
    let registry = Registry::registered()?;
    let count = registry.tables().len();
    let tables = if count == 1 { "table" } else { "tables" };
    output::status(format_args!("found {count} {tables} in {}", options.package));
    match command {
        Command::Terraform(target) => terraform(&registry, &target.module.options(options)?, target.folder()),
        Command::Check(target) => check(&registry, &target.module.options(options)?, target.folder()),
        Command::Diff(comparison) => agree::compare(&registry, comparison),
        Command::Accept(agreement) => agree::accept(&registry, agreement),
        Command::Import(import) => {
            let blocks = import_blocks(&registry, &import.module, &import.prefix);
            output::result(format_args!("{}", blocks.trim_end()));
            Ok(ExitCode::SUCCESS)
        }
        Command::Export(asked) => {
            let text = export(&registry, asked.format, &asked.module.options(options)?)?;
            output::result(format_args!("{}", text.trim_end()));
            Ok(ExitCode::SUCCESS)
        }
        #[cfg(feature = "serve")]
        Command::Serve(serving) => crate::serve::run(&registry, serving),
    }
}

fn terraform(registry: &Registry, options: &Options, folder: &Path) -> Result<ExitCode, Failure> {
    let module = generate(registry, options)?;
    let comparison = folder::compare(&module, folder, &options.package)?;
    Failure::unless_empty(comparison.foreign.clone())?;
    folder::write(&module, folder, &comparison)?;
    for (path, _) in module.files() {
        let state = if comparison.same.iter().any(|same| same == path) { "unchanged" } else { "written" };
        output::result(format_args!("{state:9} {}", folder.join(path).display()));
    }
    for orphan in &comparison.orphans {
        output::result(format_args!("{:9} {}", "removed", folder.join(orphan).display()));
    }
    Ok(ExitCode::SUCCESS)
}

fn check(registry: &Registry, options: &Options, folder: &Path) -> Result<ExitCode, Failure> {
    let module = generate(registry, options)?;
    let comparison = folder::compare(&module, folder, &options.package)?;
    let mut findings = findings(folder, &comparison);
    if findings.is_empty() {
        output::result(format_args!("`{}` is what the code declares", folder.display()));
        return Ok(ExitCode::SUCCESS);
    }
    findings.push(format!(
        "`{}` is not what the code declares; run `{}`",
        folder.display(),
        options.command_into(&folder.display().to_string()),
    ));
    Failure::unless_empty(findings)?;
    Ok(ExitCode::FAILURE)
}

/// One message for each file that is not as it would be generated.
fn findings(folder: &Path, comparison: &folder::Comparison) -> Vec<String> {
    let place = |path: &String| folder.join(path).display().to_string();
    let stale = comparison.stale.iter().map(|difference| describe(folder, difference));
    let missing = comparison.missing.iter().map(|path| format!("`{}` is missing", place(path)));
    let orphans = comparison.orphans.iter().map(|path| format!("`{}` would not be generated any more", place(path)));
    comparison.foreign.iter().cloned().chain(stale).chain(missing).chain(orphans).collect()
}

fn describe(folder: &Path, difference: &Difference) -> String {
    let text = |line: &Option<String>| line.clone().unwrap_or_else(|| "(end of file)".to_owned());
    format!(
        "`{}` differs, first in line {}\n  committed: {}\n  generated: {}",
        folder.join(&difference.path).display(),
        difference.line,
        text(&difference.committed),
        text(&difference.generated),
    )
}
