//! The tables of a program, gathered and checked before anything is made from them.

use core::fmt;

use crate::schema::{RoleSchema, TableSchema};

/// Tables of a program: sorted by name, each name once, and nothing in them that DynamoDB would refuse.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Registry {
    tables: Vec<TableSchema>,
    roles: Vec<RoleSchema>,
}

/// Why a set of tables is not a registry.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum RegistryError {
    /// No table was given or registered.
    Empty,
    /// Two different declarations have one table name.
    DuplicateTable {
        /// The first declaration.
        first: Box<TableSchema>,
        /// The second declaration.
        second: Box<TableSchema>,
    },
    /// Two different declarations have one role name.
    DuplicateRole {
        /// The first declaration.
        first: Box<RoleSchema>,
        /// The second declaration.
        second: Box<RoleSchema>,
    },
}

impl Registry {
    /// The given tables. One table given twice counts once.
    ///
    /// # Errors
    /// If there is no table, or if two different tables have one name.
    pub fn new(tables: impl IntoIterator<Item = TableSchema>) -> Result<Self, RegistryError> {
        let mut tables: Vec<TableSchema> = tables.into_iter().collect();
        tables.sort_by(|a, b| {
            let place = |table: &TableSchema| (table.name, table.source.module, table.source.file, table.source.line);
            place(a).cmp(&place(b))
        });
        tables.dedup();
        if tables.is_empty() {
            return Err(RegistryError::Empty);
        }
        if let Some([first, second]) = tables.array_windows().find(|[first, second]| first.name == second.name) {
            return Err(RegistryError::DuplicateTable { first: Box::new(*first), second: Box::new(*second) });
        }
        Ok(Self { tables, roles: Vec::new() })
    }

    /// The same tables with these roles. One role given twice counts once.
    ///
    /// # Errors
    /// If two different roles have one name.
    pub fn with_roles(mut self, roles: impl IntoIterator<Item = RoleSchema>) -> Result<Self, RegistryError> {
        self.roles.extend(roles);
        self.roles.sort_by(|a, b| {
            let place = |role: &RoleSchema| (role.name, role.source.module, role.source.file, role.source.line);
            place(a).cmp(&place(b))
        });
        self.roles.dedup();
        if let Some([first, second]) = self.roles.array_windows().find(|[first, second]| first.name == second.name) {
            return Err(RegistryError::DuplicateRole { first: Box::new(*first), second: Box::new(*second) });
        }
        Ok(self)
    }

    /// Every table that a derive registered in this program, and every role that [`access!`](crate::access) did.
    ///
    /// # Errors
    /// If there is no table, or if two different tables or roles have one name.
    #[cfg(feature = "registry")]
    pub fn registered() -> Result<Self, RegistryError> {
        Self::new(inventory::iter::<RegisteredTable>().map(|table| *table.0))?
            .with_roles(inventory::iter::<RegisteredRole>().map(|role| *role.0))
    }

    /// The tables, sorted by name.
    #[must_use]
    pub fn tables(&self) -> &[TableSchema] {
        &self.tables
    }

    /// The roles, sorted by name.
    #[must_use]
    pub fn roles(&self) -> &[RoleSchema] {
        &self.roles
    }
}

impl fmt::Display for RegistryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str(
                "no table is registered: derive `DynamoTable` on a struct of the library crate, and name that crate \
                 in the program (`use my_model as _;`), because an unnamed dependency is not linked",
            ),
            Self::DuplicateTable { first, second } => write!(
                f,
                "two tables are named `{}`: one in `{}` at {}:{}, one in `{}` at {}:{}; give one of them another \
                 `#[dynamo(table = \"…\")]`",
                first.name,
                first.source.module,
                first.source.file,
                first.source.line,
                second.source.module,
                second.source.file,
                second.source.line,
            ),
            Self::DuplicateRole { first, second } => write!(
                f,
                "two roles are named `{}`: one in `{}` at {}:{}, one in `{}` at {}:{}; give one of them another name",
                first.name,
                first.source.module,
                first.source.file,
                first.source.line,
                second.source.module,
                second.source.file,
                second.source.line,
            ),
        }
    }
}

impl core::error::Error for RegistryError {}

/// Registers a table that no derive of this crate declares, so that `cargo tablewright` finds it.
///
/// Without the feature `registry` it does nothing.
///
/// ```standalone_crate
/// // The checkpoints of streams are in a table of this program.
/// tablewright::register_table!(tablewright::stream::TableCheckpoints::TABLE);
/// # fn main() {
/// # #[cfg(feature = "registry")]
/// assert_eq!(tablewright::registry::Registry::registered().unwrap().tables()[0].name, "stream-checkpoints");
/// # }
/// ```
#[cfg(feature = "registry")]
#[macro_export]
macro_rules! register_table {
    ($table:expr $(,)?) => {
        $crate::__private::inventory::submit! {
            $crate::registry::RegisteredTable($table)
        }
    };
}

/// Registers a table that no derive of this crate declares. The feature `registry` is off, so it does nothing.
#[cfg(not(feature = "registry"))]
#[macro_export]
macro_rules! register_table {
    ($table:expr $(,)?) => {
        const _: &$crate::schema::TableSchema = $table;
    };
}

/// What a derive hands to [`Registry::registered`].
#[cfg(feature = "registry")]
#[doc(hidden)]
#[derive(Debug)]
pub struct RegisteredTable(pub &'static TableSchema);

#[cfg(feature = "registry")]
inventory::collect!(RegisteredTable);

/// What [`access!`](crate::access) hands to [`Registry::registered`].
#[cfg(feature = "registry")]
#[doc(hidden)]
#[derive(Debug)]
pub struct RegisteredRole(pub &'static RoleSchema);

#[cfg(feature = "registry")]
inventory::collect!(RegisteredRole);
