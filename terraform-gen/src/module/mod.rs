//! The generated module: its files and what is in them.

mod header;
mod lifecycle;
mod locals;
mod outputs;
mod table;
mod tests_file;
mod variables;
mod versions;

use std::collections::BTreeMap;

use tablewright::registry::Registry;

pub(crate) use header::{generated_from, is_generated, same_content};

use crate::check::{Problem, check};
use crate::hcl::Body;
use crate::options::Options;
use crate::plan::plan;

/// The files of a generated module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Module {
    files: BTreeMap<String, String>,
}

/// The Terraform module of these tables.
///
/// The same tables give the same bytes, in whatever order they were registered.
///
/// # Errors
/// Everything in the tables that AWS or the provider would refuse, at once.
///
/// # Examples
/// ```
/// use tablewright::registry::Registry;
/// use tablewright::schema::{KeySchema, KeyType, TableSchema};
/// use tablewright_terraform::{Options, generate};
///
/// const SESSIONS: TableSchema =
///     TableSchema::new("sessions", KeySchema::new("session_id", KeyType::S), None).with_ttl("expires_at");
///
/// let registry = Registry::new([SESSIONS])?;
/// let module = generate(&registry, &Options::new("shop-model", "0.3.1")).unwrap();
/// let table = module.file("table_sessions.tf").unwrap();
/// assert!(table.contains(r#"resource "aws_dynamodb_table" "sessions" {"#));
/// # Ok::<(), tablewright::registry::RegistryError>(())
/// ```
pub fn generate(registry: &Registry, options: &Options) -> Result<Module, Vec<Problem>> {
    let problems = check(registry, options);
    if !problems.is_empty() {
        return Err(problems);
    }
    let tables = plan(registry);
    let mut bodies: BTreeMap<String, Body> =
        tables.iter().map(|table| (table.file(), table::file(table, options))).collect();
    bodies.insert("versions.tf".to_owned(), versions::file(options));
    bodies.insert("variables.tf".to_owned(), variables::file(&tables));
    bodies.insert("locals.tf".to_owned(), locals::file(&tables));
    bodies.insert("outputs.tf".to_owned(), outputs::file(&tables));
    bodies.insert("tests/offline.tftest.hcl".to_owned(), tests_file::file(&tables));
    let header = header::text(options);
    let files = bodies.into_iter().map(|(path, body)| (path, format!("{header}\n{}", body.render()))).collect();
    Ok(Module { files })
}

impl Module {
    /// The files, sorted by path: the path inside the module's folder, with `/` between its parts, and the text.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The text of the file at that path.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }
}
