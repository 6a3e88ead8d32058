//! What AWS would refuse, found before Terraform is asked.
//!
//! Terraform itself accepts most of it and fails in the middle of an `apply`.

mod indexes;
mod keys;
mod roles;
mod settings;
#[cfg(test)]
mod tests;

use core::fmt;
use std::collections::BTreeMap;

use tablewright::registry::Registry;
use tablewright::schema::{Source, TableSchema};

use crate::options::{Options, Provider};
use crate::plan::{environment_variable, label};

/// Something that AWS, or the provider that the module is for, would refuse.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// What it is about: "table `orders`", "role `Checkout`" or "the options".
    pub subject: Box<str>,
    /// Where that is declared.
    pub source: Source,
    /// What is wrong, and what to write instead.
    pub message: String,
}

/// Everything that is wrong with these tables and roles, sorted by table and then by role.
///
/// # Examples
/// ```
/// use tablewright::registry::Registry;
/// use tablewright::schema::{KeySchema, KeyType, TableSchema};
/// use tablewright_terraform::{Options, check};
///
/// let table = TableSchema::new("my orders", KeySchema::new("id", KeyType::S), Some(KeySchema::new("id", KeyType::N)));
/// let problems = check(&Registry::new([table])?, &Options::new("shop-model", "0.3.1"));
/// assert_eq!(problems.len(), 3);
/// assert!(problems[0].to_string().starts_with("table `my orders`: "));
/// # Ok::<(), tablewright::registry::RegistryError>(())
/// ```
#[must_use]
pub fn check(registry: &Registry, options: &Options) -> Vec<Problem> {
    let mut problems = Vec::new();
    for table in registry.tables() {
        let mut report = Report { table, provider: options.provider, problems: &mut problems };
        keys::check(&mut report);
        indexes::check(&mut report);
        settings::check(&mut report);
    }
    check_labels(registry, options, &mut problems);
    roles::check(registry, options, &mut problems);
    problems
}

/// Collects what is wrong with one table.
struct Report<'a> {
    table: &'a TableSchema,
    provider: Provider,
    problems: &'a mut Vec<Problem>,
}

impl Report<'_> {
    fn add(&mut self, message: String) {
        let subject = format!("table `{}`", self.table.name).into();
        self.problems.push(Problem { subject, source: self.table.source, message });
    }

    /// Checks the name of a table or index: `what` says of which.
    fn check_name(&mut self, what: &str, name: &str) {
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
        if !name.chars().all(allowed) {
            self.add(format!(
                "{what} has a character that AWS does not allow; use only letters `a`–`z` and `A`–`Z`, digits, `_`, \
                 `-` and `.`"
            ));
        }
        let length = name.chars().count();
        if !(3..=255).contains(&length) {
            self.add(format!("{what} has {length} characters; give it a name of 3 to 255"));
        }
    }

    /// Checks the name of an attribute that is a key or projected.
    fn check_attribute_name(&mut self, what: &str, name: &str) {
        let length = name.len();
        if !(1..=255).contains(&length) {
            self.add(format!("{what} has {length} bytes; rename the attribute to 1 to 255"));
        }
    }
}

/// Tables whose names differ may still share a file, a resource or an environment variable, or be one table in AWS.
fn check_labels(registry: &Registry, options: &Options, problems: &mut Vec<Problem>) {
    let mut stored: BTreeMap<&str, &TableSchema> = BTreeMap::new();
    for table in registry.tables() {
        if let Some(first) = stored.insert(table.stored_name(), table) {
            let (other, name) = (first.name, table.stored_name());
            Report { table, provider: options.provider, problems }.add(format!(
                "it and table `{other}` are both named `{name}` in AWS; a name in `renamed_from` is no table's any more"
            ));
        }
    }
    let mut taken: BTreeMap<String, &TableSchema> = BTreeMap::new();
    for table in registry.tables() {
        let variable = environment_variable(table.name);
        let Some(first) = taken.get(&variable) else {
            taken.insert(variable, table);
            continue;
        };
        let message = format!(
            "it cannot be told apart from table `{}`: their resources would be `{}` and `{}`, and both would be named \
             to programs by `{variable}`; let the names differ in more than case, `.`, `-` and `_`",
            first.name,
            label(table.name),
            label(first.name),
        );
        let mut report = Report { table, provider: options.provider, problems };
        report.add(message);
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.subject)?;
        if !self.source.file.is_empty() {
            write!(f, " ({}:{})", self.source.file, self.source.line)?;
        }
        write!(f, ": {}", self.message)
    }
}

impl core::error::Error for Problem {}
