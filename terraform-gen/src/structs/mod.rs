//! `structs`: the reverse direction, structs from tables that exist and items that are in them.

#[cfg(feature = "discover")]
mod command;
mod described;
mod entities;
mod items;
mod keys;
#[cfg(feature = "discover")]
mod live;
mod names;
mod plain;
mod seen;
mod settings;
mod tag;
#[cfg(test)]
mod tests;
mod text;
mod types;

use std::collections::{BTreeMap, BTreeSet};

#[cfg(feature = "discover")]
pub(crate) use command::{Asked, run};
use described::Table;
use items::{Attributes, typed};
use names::TypeNames;
use text::Struct;
use types::Types;

use crate::observed;

/// The Rust file of tables that exist: a struct for each table, or an enum with a struct for each type of its items.
///
/// `tables` is what `aws dynamodb describe-table` printed, with the answers of `describe-time-to-live`,
/// `describe-continuous-backups` and `list-tags-of-resource` after each table if they are known, or what `terraform show
/// -json` printed of a state or a plan. `items` are the full names of tables and sampled items of each: what `aws dynamodb
/// scan` printed, items of an export to S3, or an item a line. The names of the tables in the code are without `prefix`, and
/// tables whose names do not begin with it are left out.
///
/// The file compiles as it is. Key templates are found in the sample, and each is checked against every sampled key with the
/// code that reads and writes keys at run time; where one does not make the same key, the keys stay attributes, and the
/// documentation of the struct says why. The same input gives the same bytes. Of the values of items, the file has the names
/// of attributes, the least and the greatest numbers, and keys of items whose attributes have several types.
///
/// # Errors
/// What in the texts is no description of a table and no item.
///
/// # Examples
/// ```
/// let table = r#"{"Table": {
///     "TableName": "prod-remember",
///     "KeySchema": [
///         {"AttributeName": "server", "KeyType": "HASH"},
///         {"AttributeName": "key", "KeyType": "RANGE"}
///     ],
///     "AttributeDefinitions": [
///         {"AttributeName": "server", "AttributeType": "N"},
///         {"AttributeName": "key", "AttributeType": "S"}
///     ]
/// }}"#;
/// let items = r#"{"server": {"N": "9001"}, "key": {"S": "meeting"}, "value": {"S": "tomorrow"}}"#;
/// let file = tablewright_terraform::structs(table, &[("prod-remember", items)], "prod-")?;
/// assert!(file.contains("#[dynamo(table = \"remember\")]\npub struct Remember {"), "{file}");
/// assert!(file.contains("    #[dynamo(partition_key)]\n    pub server: u64,"), "{file}");
/// # Ok::<(), String>(())
/// ```
pub fn structs(tables: &str, items: &[(&str, &str)], prefix: &str) -> Result<String, String> {
    let mut samples: BTreeMap<&str, Vec<Attributes>> = BTreeMap::new();
    for (table, text) in items {
        let read = items::read(text).map_err(|why| format!("the items of `{table}`: {why}"))?;
        samples.entry(table).or_default().extend(read);
    }
    let mut observed = observed::read(tables)?.tables;
    observed.retain(|table| table.name.strip_prefix(prefix).is_some_and(|name| !name.is_empty()));
    observed.sort_by(|a, b| a.name.cmp(&b.name));
    observed.dedup_by(|a, b| a.name == b.name);
    if observed.is_empty() {
        return Err(format!("there is no table whose name begins with `{prefix}`"));
    }
    if let Some(unknown) = samples.keys().find(|name| !observed.iter().any(|table| table.name == **name)) {
        return Err(format!("there are items of `{unknown}`, which is none of the tables"));
    }
    let mut names = TypeNames::new();
    let mut written = Vec::new();
    for table in &observed {
        let table = Table::new(table, prefix)?;
        let items = samples.remove(table.full_name.as_str()).unwrap_or_default();
        written.extend(of_table(&table, &items, &mut names));
    }
    Ok(file(&written))
}

fn of_table(table: &Table, items: &[Attributes], names: &mut TypeNames) -> Vec<Struct> {
    let key_of = |place: usize| items.get(place).map(|item| key_text(table, item)).unwrap_or_default();
    let mut types = Types { names, documents: Vec::new() };
    let mut structs = match keys::groups(table, items, key_of) {
        Ok(groups) => entities::structures(table, items, &groups, key_of, &mut types),
        Err(why) => vec![plain::structure(table, items, key_of, why, &mut types)],
    };
    structs.append(&mut types.documents);
    structs
}

/// The primary key of an item, to find it by.
fn key_text(table: &Table, item: &Attributes) -> String {
    let value = |name: &str| match item.get(name).and_then(typed) {
        Some((_, inside)) => inside.as_str().map_or_else(|| inside.to_string(), str::to_owned),
        None => "?".to_owned(),
    };
    table.keys().map(|key| format!("{} = {}", key.name, value(&key.name))).collect::<Vec<_>>().join(", ")
}

const HEAD: &str = "\
//! Tables that exist already, as `cargo tablewright structs` found them.
//!
//! It is a file to work on: rename what has a better name, and narrow a type where the sample was poorer than the table. The
//! attributes' names, the key templates and the settings are what is stored. `cargo tablewright diff --against` compares them
//! with the tables, and changes nothing.
";

fn file(structs: &[Struct]) -> String {
    let mut uses = BTreeSet::new();
    structs.iter().for_each(|structure| structure.uses(&mut uses));
    let mut text = format!("{HEAD}\n");
    let of = |names: &[&'static str]| names.iter().copied().filter(|name| uses.contains(name)).collect::<Vec<_>>();
    let std = of(&["BTreeMap", "BTreeSet"]);
    let ours =
        of(&["DynamoAttribute", "DynamoEntity", "DynamoTable", "EpochSeconds", "Item", "Nullable", "Number", "Value"]);
    if !std.is_empty() {
        text.push_str(&format!("{}\n", imports("std::collections", &std)));
    }
    text.push_str(&imports("tablewright", &ours));
    for structure in structs {
        text.push('\n');
        structure.write(&mut text);
    }
    text
}

/// One line, or as many names a line as there is room for.
fn imports(path: &str, names: &[&str]) -> String {
    if let [one] = names {
        return format!("use {path}::{one};\n");
    }
    let line = format!("use {path}::{{{}}};", names.join(", "));
    if line.len() <= 100 {
        return format!("{line}\n");
    }
    let mut text = format!("use {path}::{{\n");
    let mut line = String::new();
    for name in names {
        if !line.is_empty() && 4 + line.len() + 1 + name.len() + 1 > 100 {
            text.push_str(&format!("    {line}\n"));
            line.clear();
        }
        line.push_str(if line.is_empty() { "" } else { " " });
        line.push_str(&format!("{name},"));
    }
    text.push_str(&format!("    {line}\n}};\n"));
    text
}
