//! What the tables are called where the program runs.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::schema::TableSchema;

/// The names of tables: exact ones, or a prefix before the name in the struct.
#[derive(Debug, Clone, Default)]
pub(crate) struct TableNames {
    pub(crate) prefix: Box<str>,
    /// Full names by the name in the struct.
    pub(crate) exact: BTreeMap<&'static str, Arc<str>>,
    /// Full names by the name in the environment.
    environment: BTreeMap<Box<str>, Arc<str>>,
}

impl TableNames {
    /// The full name of a table.
    pub(crate) fn of(&self, table: &TableSchema) -> Arc<str> {
        let in_environment = || self.environment.get(&*name_in_environment(table.name));
        match self.exact.get(table.name).or_else(in_environment) {
            Some(name) => Arc::clone(name),
            None if self.prefix.is_empty() => Arc::from(table.stored_name()),
            None => Arc::from(format!("{}{}", self.prefix, table.stored_name())),
        }
    }

    /// Takes the prefix and exact names from variables of the environment. Empty ones count as absent.
    #[cfg(feature = "aws")]
    pub(crate) fn take_from(&mut self, variables: impl Iterator<Item = (String, String)>) {
        for (variable, value) in variables.filter(|(_, value)| !value.is_empty()) {
            match variable.strip_prefix("TABLEWRIGHT_TABLE_") {
                Some("PREFIX") => self.prefix = value.into(),
                Some(table) => drop(self.environment.insert(table.into(), value.into())),
                None => {}
            }
        }
    }
}

/// The part of `TABLEWRIGHT_TABLE_<NAME>` that stands for a table: capitals, and `_` for all but letters and digits.
fn name_in_environment(table: &str) -> String {
    table.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' }).collect()
}

#[cfg(all(test, feature = "aws"))]
mod tests {
    use super::*;
    use crate::schema::{KeySchema, KeyType, TableSettings};

    #[test]
    fn the_environment_names_tables() {
        let mut names = TableNames::default();
        let variables = [
            ("TABLEWRIGHT_TABLE_PREFIX", "prod-"),
            ("TABLEWRIGHT_TABLE_ORDER_ITEMS_V2", "shop-orders-1a2b"),
            ("TABLEWRIGHT_TABLE_EMPTY", ""),
            ("OTHER", "x"),
        ];
        names.take_from(variables.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())));
        names.exact.insert("exact", "given".into());
        let name_of = |name| names.of(&TableSchema::new(name, KeySchema::new("id", KeyType::S), None));
        assert_eq!(&*name_of("order-items.v2"), "shop-orders-1a2b");
        assert_eq!(&*name_of("empty"), "prod-empty");
        assert_eq!(&*name_of("notes"), "prod-notes");
        assert_eq!(&*name_of("exact"), "given");
        let renamed = TableSchema::new("notes", KeySchema::new("id", KeyType::S), None)
            .with_settings(TableSettings::new().with_renamed_from("remarks"));
        assert_eq!(&*names.of(&renamed), "prod-remarks", "the table keeps its name");
    }
}
