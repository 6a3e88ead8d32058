//! `export`: the same tables for those who do not use Terraform.

mod cloudformation;

use clap::ValueEnum;
use serde_json::{Map, Value};
use tablewright::registry::Registry;

/// What tables are written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, ValueEnum)]
#[non_exhaustive]
pub enum Format {
    /// A template of `CloudFormation`, in JSON.
    Cloudformation,
    /// The requests that make the tables, by table, for `aws dynamodb create-table --cli-input-json`.
    CreateTableJson,
}

/// The tables in that format, with one line end at the end. The same tables give the same bytes.
///
/// ```
/// use tablewright::registry::Registry;
/// use tablewright::schema::{KeySchema, KeyType, TableSchema};
/// use tablewright_terraform::{Format, export};
///
/// const ORDERS: TableSchema = TableSchema::new("orders", KeySchema::new("id", KeyType::S), None);
/// let template = export(&Registry::new([ORDERS])?, Format::Cloudformation);
/// assert!(template.contains(r#""Type": "AWS::DynamoDB::Table""#));
/// # Ok::<(), tablewright::registry::RegistryError>(())
/// ```
#[must_use]
pub fn export(registry: &Registry, format: Format) -> String {
    let value = match format {
        Format::Cloudformation => cloudformation::template(registry),
        Format::CreateTableJson => requests(registry),
    };
    format!("{:#}\n", crate::snapshot::sorted(value))
}

/// The requests of each table: the one that makes it, and those that follow.
fn requests(registry: &Registry) -> Value {
    let of = |table: &tablewright::schema::TableSchema| {
        let requests = table.create_requests(table.stored_name());
        let requests =
            requests.into_iter().map(|(operation, request)| (operation.as_str().to_owned(), parsed(&request)));
        (table.name.to_owned(), Value::Object(requests.collect()))
    };
    Value::Object(registry.tables().iter().map(of).collect::<Map<_, _>>())
}

fn parsed(request: &str) -> Value {
    serde_json::from_str(request).unwrap_or_default()
}
