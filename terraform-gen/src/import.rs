//! `import`: blocks by which Terraform takes over tables that exist.

use tablewright::registry::Registry;

use crate::hcl::{Body, Expr};
use crate::plan::label;

/// The text of a file for the root that calls the module, with one `import` block for each table.
///
/// `module` is the address of the call, like `module.tables`; the tables' full names begin with `prefix`. A plan then
/// imports every table, and changes nothing where the tables are as the code declares.
///
/// ```
/// use tablewright::registry::Registry;
/// use tablewright::schema::{KeySchema, KeyType, TableSchema};
///
/// const ORDERS: TableSchema = TableSchema::new("orders", KeySchema::new("id", KeyType::S), None);
/// let blocks = tablewright_terraform::import_blocks(&Registry::new([ORDERS])?, "module.tables", "prod-");
/// assert!(blocks.ends_with("import {\n  to = module.tables.aws_dynamodb_table.orders\n  id = \"prod-orders\"\n}\n"));
/// # Ok::<(), tablewright::registry::RegistryError>(())
/// ```
#[must_use]
pub fn import_blocks(registry: &Registry, module: &str, prefix: &str) -> String {
    let file = Body::new().comment(
        "Tables that exist already, for the root that calls the module. They can go when they were applied once; they need\n\
         Terraform 1.5.",
    );
    let blocks = registry.tables().iter().fold(file, |file, table| {
        let block = Body::new()
            .set("to", Expr::raw(format!("{module}.aws_dynamodb_table.{}", label(table.name))))
            .set("id", Expr::text(&format!("{prefix}{}", table.stored_name())));
        file.block("import", &[], block)
    });
    blocks.render()
}
