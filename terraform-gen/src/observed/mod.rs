//! Tables that exist: what AWS or Terraform says of them, in the shape of the snapshot.

mod describe;
mod endpoint;
mod state;

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

pub(crate) use endpoint::Endpoint;

/// Tables that exist, and what Terraform plans to do with them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Observed {
    pub(crate) tables: Vec<ObservedTable>,
    /// What a plan does; nothing for anything but a plan.
    pub(crate) intents: Vec<Intent>,
    /// True if the tables are all that there are, so that a table of the code that is not among them is new.
    pub(crate) is_complete: bool,
}

/// A table that exists.
#[derive(Debug, Clone, Default)]
pub(crate) struct ObservedTable {
    /// Its full name.
    pub(crate) name: String,
    /// The name of its Terraform resource, if Terraform says so.
    pub(crate) resource: Option<String>,
    /// Its schema in the shape of the snapshot, as far as it is known. Time to live that is not known is null.
    pub(crate) schema: Value,
}

/// What Terraform plans to do with a table.
#[derive(Debug, Clone)]
pub(crate) struct Intent {
    pub(crate) resource: String,
    pub(crate) name: String,
    pub(crate) action: Action,
    pub(crate) before: Value,
    pub(crate) after: Value,
}

/// The kinds of plans for one resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Action {
    Create,
    Delete,
    /// Deleted and made again, because of these arguments.
    Replace(Vec<String>),
    Update,
    /// Let go without a change.
    Forget,
    /// Nothing, or only another address.
    Nothing,
}

/// Reads what `aws dynamodb describe-table` or `terraform show -json` printed.
///
/// # Errors
/// Why it is neither.
pub(crate) fn read(text: &str) -> Result<Observed, String> {
    let documents: Result<Vec<Value>, _> = serde_json::Deserializer::from_str(text).into_iter().collect();
    let documents = documents.map_err(|error| format!("it is no JSON: {error}"))?;
    match documents.as_slice() {
        [one] if one.get("resource_changes").is_some() || one.get("planned_values").is_some() => Ok(state::plan(one)),
        [one] if one.get("terraform_version").is_some() => Ok(state::state(one)),
        all => describe::tables(all),
    }
}

/// The types of key attributes by their names.
type Types<'v> = BTreeMap<&'v str, &'v str>;

/// `pk:S`; a type that is not known is `?`.
fn key(name: &str, types: &Types<'_>) -> Value {
    format!("{name}:{}", types.get(name).copied().unwrap_or("?")).into()
}

/// The names and types in a list of attribute definitions.
fn types<'v>(list: Option<&'v Value>, name: &str, key_type: &str) -> Types<'v> {
    let entries = list.and_then(Value::as_array).into_iter().flatten();
    entries.filter_map(|entry| Some((entry.get(name)?.as_str()?, entry.get(key_type)?.as_str()?))).collect()
}

/// The elements of a list; none where there is no list.
pub(crate) fn elements(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    value.and_then(Value::as_array).into_iter().flatten()
}

/// A text that is there and not empty.
pub(crate) fn text<'v>(value: &'v Value, name: &str) -> Option<&'v str> {
    value.get(name)?.as_str().filter(|text| !text.is_empty())
}

/// An index in the shape of the snapshot.
fn index(
    (partition, sort): (Vec<Value>, Vec<Value>),
    projection: Option<&str>,
    attributes: Option<&Value>,
    capacity: Option<Value>,
) -> Value {
    let mut attributes: Vec<&str> = elements(attributes).filter_map(Value::as_str).collect();
    attributes.sort_unstable();
    let mut index = json!({ "partition_key": partition, "sort_key": sort, "projection": projection.unwrap_or("ALL") });
    if let Some(members) = index.as_object_mut() {
        members.extend((!attributes.is_empty()).then(|| ("attributes".to_owned(), json!(attributes))));
        members.extend(capacity.map(|capacity| ("capacity".to_owned(), capacity)));
    }
    index
}

/// The members that have a value.
fn object(members: impl IntoIterator<Item = (&'static str, Option<Value>)>) -> Value {
    let members = members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(members.collect())
}

/// A map that is not empty.
fn some_map(map: Map<String, Value>) -> Option<Value> {
    (!map.is_empty()).then_some(Value::Object(map))
}

/// A list that is not empty.
fn some_list(list: Vec<String>) -> Option<Value> {
    (!list.is_empty()).then(|| json!(list))
}
