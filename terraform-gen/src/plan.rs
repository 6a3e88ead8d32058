//! The tables under the names that a module gives them.

use tablewright::registry::Registry;
use tablewright::schema::{IndexKind, IndexSchema, TableSchema};

use crate::hcl::quoted;

/// A table and its names in the module.
#[derive(Debug)]
pub(crate) struct TablePlan<'a> {
    pub(crate) schema: &'a TableSchema,
    /// The name of the Terraform resource.
    pub(crate) label: String,
    /// The global secondary indexes, sorted by name.
    pub(crate) global: Vec<&'static IndexSchema>,
    /// The local secondary indexes, sorted by name.
    pub(crate) local: Vec<&'static IndexSchema>,
}

/// The tables of a registry, sorted by name.
pub(crate) fn plan(registry: &Registry) -> Vec<TablePlan<'_>> {
    registry.tables().iter().map(TablePlan::new).collect()
}

impl<'a> TablePlan<'a> {
    fn new(schema: &'a TableSchema) -> Self {
        let of_kind = |kind: IndexKind| {
            let mut indexes: Vec<_> = schema.indexes.iter().filter(|index| index.kind == kind).collect();
            indexes.sort_by_key(|index| index.name);
            indexes
        };
        Self { schema, label: label(schema.name), global: of_kind(IndexKind::Global), local: of_kind(IndexKind::Local) }
    }

    /// The file of the table.
    pub(crate) fn file(&self) -> String {
        format!("table_{}.tf", self.label)
    }

    /// The table's resource, as expressions name it.
    pub(crate) fn address(&self) -> String {
        format!("aws_dynamodb_table.{}", self.label)
    }

    /// The table's key in the maps of the module, quoted.
    pub(crate) fn key(&self) -> String {
        quoted(self.schema.name)
    }

    /// The key of one of the table's indexes in the maps of the module, quoted.
    pub(crate) fn index_key(&self, index: &IndexSchema) -> String {
        quoted(&format!("{}/{}", self.schema.name, index.name))
    }

    /// The keys of the table and of its global secondary indexes, quoted.
    pub(crate) fn keys(&self) -> impl Iterator<Item = String> {
        core::iter::once(self.key()).chain(self.global.iter().map(|index| self.index_key(index)))
    }
}

/// A table's name as the name of a Terraform resource.
pub(crate) fn label(table: &str) -> String {
    let mut label: String =
        table.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).collect();
    if !label.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
        label.insert(0, '_');
    }
    label
}

/// The environment variable that tells a program the exact name of a table.
pub(crate) fn environment_variable(table: &str) -> String {
    let upper = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' };
    core::iter::once("TABLEWRIGHT_TABLE_").flat_map(str::chars).chain(table.chars().map(upper)).collect()
}
