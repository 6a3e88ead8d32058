//! `README.md`: the module for somebody who knows Terraform and not the program.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use tablewright::schema::{EntitySchema, IndexSchema, KeyPlace, KeySource, TableSchema};

use super::Parts;
use super::variables::Variable;
use super::versions;
use crate::hcl::Body;
use crate::policy::{Policy, Resource};

pub(super) fn text(parts: &Parts<'_>, variables: &[Variable], outputs: &Body) -> String {
    let package = &parts.options.package;
    let mut out = format!("\n# The DynamoDB tables of `{package}`\n\n{}", intro(parts));
    out.push_str("\n## Tables\n");
    for table in parts.tables {
        out.push_str(&one_table(table.schema));
    }
    if !parts.policies.is_empty() {
        out.push_str(&roles(&parts.policies));
    }
    out.push_str("\n## Inputs\n\n| name | default | what it is |\n|---|---|---|\n");
    let sorted: BTreeMap<_, _> = variables.iter().map(|(name, body)| (*name, body)).collect();
    for (name, body) in sorted {
        let default = body.text_of("default").unwrap_or_else(|| "required".to_owned());
        row(&mut out, &[&code(name), &code(&default), &body.text_of("description").unwrap_or_default()]);
    }
    out.push_str("\nTypes and rules are in `variables.tf`.\n\n## Outputs\n\n| name | what it is |\n|---|---|\n");
    for (name, body) in outputs.blocks() {
        row(&mut out, &[&code(name), &body.text_of("description").unwrap_or_default()]);
    }
    out.push_str(CHANGES);
    out
}

fn intro(parts: &Parts<'_>) -> String {
    let provider = parts.options.provider.constraint();
    let terraform = versions::terraform(!parts.removed.is_empty());
    format!(
        "This module is generated from the Rust types that the program stores, so it is changed there and not here: \
         `{}` writes it again, and `cargo tablewright check` says in continuous integration whether it is current.\n\n\
         The code decides what it depends on: keys, indexes, the time-to-live attribute, the stream. The variables decide \
         the rest. Needs Terraform {terraform} and `hashicorp/aws` {provider}; `terraform test` needs Terraform 1.11, and \
         neither an account nor a network.\n\n\
         ```hcl\nmodule \"tables\" {{\n  source      = \"./path/to/this/folder\"\n  name_prefix = \"prod-\"\n}}\n```\n\n\
         A whole root is in `examples/complete`.\n",
        parts.options.command_into("<this folder>"),
    )
}

const CHANGES: &str = "
## What is safe to change

- Nothing in this module destroys a table: `prevent_destroy` stops a plan that would, and deletion protection stops AWS.
- Key types and local indexes of an existing table cannot change. The provider plans such a change as no change; the \
postconditions of this module make it an error.
- A changed global index is deleted and filled again, and queries of it fail meanwhile. Add the new one first.
- Time to live, point-in-time recovery and encryption are always written, because leaving their blocks out would leave them as \
they are.
";

/// A table row. A bar would end the cell, and a line end the row.
fn row(out: &mut String, cells: &[&str]) {
    let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|").replace(['\n', '\r'], " ")).collect();
    // Writing to a `String` cannot fail.
    let _ = writeln!(out, "| {} |", cells.join(" | "));
}

fn code(text: &str) -> String {
    format!("`{}`", text.replace('`', "'"))
}

fn one_table(table: &TableSchema) -> String {
    let mut out = format!("\n### {}\n\n", code(table.name));
    let mut facts =
        vec![format!("partition key {}", typed(table.partition_key.name, table.partition_key.key_type.as_str()))];
    facts.extend(table.sort_key.map(|key| format!("sort key {}", typed(key.name, key.key_type.as_str()))));
    facts.extend(table.ttl.map(|attribute| format!("items expire at {}", code(attribute))));
    facts.extend(table.settings.stream.map(|view| format!("stream of {}", code(view.as_str()))));
    let _ = writeln!(out, "{}.", capitalized(&facts.join(", ")));
    if !table.indexes.is_empty() {
        out.push_str("\n| index | partition key | sort key | carries |\n|---|---|---|---|\n");
        let mut indexes: Vec<&IndexSchema> = table.indexes.iter().collect();
        indexes.sort_by_key(|index| index.name);
        for index in indexes {
            let keys = |keys: &[tablewright::schema::KeySchema]| {
                keys.iter().map(|key| typed(key.name, key.key_type.as_str())).collect::<Vec<_>>().join(", ")
            };
            let mut carries = vec![code(index.projection.as_str())];
            carries.extend(index.projection.non_key_attributes().iter().map(|attribute| code(attribute)));
            row(&mut out, &[&code(index.name), &keys(index.partition_key), &keys(index.sort_key), &carries.join(", ")]);
        }
    }
    out.push_str(&entities(table));
    out
}

fn typed(name: &str, key_type: &str) -> String {
    format!("{} ({key_type})", code(name))
}

fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(characters).collect()
}

/// The entities of a table, with what their keys look like where they are made of templates.
fn entities(table: &TableSchema) -> String {
    if table.entities.is_empty() {
        return String::new();
    }
    let mut out = "\n| entity | partition key | sort key | what it is |\n|---|---|---|---|\n".to_owned();
    for entity in table.entities {
        let partition = key(entity, KeyPlace::Partition, Some(table.partition_key.name));
        let sort = key(entity, KeyPlace::Sort, table.sort_key.map(|key| key.name));
        row(&mut out, &[&code(entity.name), &partition, &sort, entity.doc]);
    }
    out
}

fn key(entity: &EntitySchema, place: KeyPlace, attribute: Option<&str>) -> String {
    match entity.key(place).map(|key| key.source) {
        Some(KeySource::Template(template)) => match template.shards() {
            Some(shards) => format!("{} in {shards} shards", code(template.text)),
            None => code(template.text),
        },
        Some(KeySource::Field { field, .. }) => code(&format!("{{{field}}}")),
        _ => attribute.map(code).unwrap_or_default(),
    }
}

fn roles(policies: &[Policy<'_>]) -> String {
    let mut out = "\n## Roles\n\nThe parts of the program, and what each may do. `policy_json` has their policies.\n\n\
                   | role | where | actions | what it is |\n|---|---|---|---|\n"
        .to_owned();
    for policy in policies {
        for statement in &policy.statements {
            let table = statement.table.schema.name;
            let place = match &statement.on {
                Resource::Table => code(table),
                Resource::Indexes(indexes) => {
                    indexes.iter().map(|index| code(&format!("{table}/{index}"))).collect::<Vec<_>>().join(", ")
                }
                Resource::Stream => format!("the stream of {}", code(table)),
            };
            let keys: Vec<String> = statement.leading_keys.iter().map(|key| code(key)).collect();
            let place = if keys.is_empty() { place } else { format!("{place}, partition keys {}", keys.join(", ")) };
            let actions: Vec<&str> = statement.actions.iter().copied().collect();
            row(&mut out, &[&code(policy.role.name), &place, &actions.join(", "), policy.role.doc]);
        }
    }
    out
}
