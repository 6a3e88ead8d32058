//! `export`: the same tables for those who do not use Terraform.

mod cloudformation;

use clap::ValueEnum;
use serde_json::{Map, Value};
use tablewright::registry::Registry;

use crate::check::Problem;
use crate::module;
use crate::observed::text;
use crate::options::Options;

/// What tables are written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, ValueEnum)]
#[non_exhaustive]
pub enum Format {
    /// A template of `CloudFormation`, in JSON.
    Cloudformation,
    /// The requests that make the tables, by table, for `aws dynamodb create-table --cli-input-json`.
    CreateTableJson,
    /// The Terraform module in one file of Terraform's JSON syntax, `tables.tf.json`, without its tests and example.
    TfJson,
}

/// The tables in that format, with one line end at the end. The same tables give the same bytes.
///
/// The options are those of the Terraform module. The other formats need none of them.
///
/// # Errors
/// Everything in the tables that AWS or the provider would refuse, where it is a Terraform module.
///
/// # Examples
/// ```
/// use tablewright::registry::Registry;
/// use tablewright::schema::{KeySchema, KeyType, TableSchema};
/// use tablewright_terraform::{Format, Options, export};
///
/// const ORDERS: TableSchema = TableSchema::new("orders", KeySchema::new("id", KeyType::S), None);
/// let options = Options::new("shop-model", "0.3.1");
/// let template = export(&Registry::new([ORDERS])?, Format::Cloudformation, &options).unwrap();
/// assert!(template.contains(r#""Type": "AWS::DynamoDB::Table""#));
/// # Ok::<(), tablewright::registry::RegistryError>(())
/// ```
pub fn export(registry: &Registry, format: Format, options: &Options) -> Result<String, Vec<Problem>> {
    let value = match format {
        Format::Cloudformation => cloudformation::template(registry),
        Format::CreateTableJson => requests(registry),
        Format::TfJson => module::json(registry, options)?,
    };
    Ok(format!("{:#}\n", crate::snapshot::sorted(value)))
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

/// A request as a value. Indexes and tags have no order, so that they are sorted.
fn parsed(request: &str) -> Value {
    let mut request: Value = serde_json::from_str(request).unwrap_or_default();
    for (list, name) in
        [("GlobalSecondaryIndexes", "IndexName"), ("LocalSecondaryIndexes", "IndexName"), ("Tags", "Key")]
    {
        if let Some(Value::Array(elements)) = request.get_mut(list) {
            elements.sort_by(|a, b| text(a, name).cmp(&text(b, name)));
        }
    }
    request
}
