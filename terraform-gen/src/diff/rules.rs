//! Which change does what. The paths are those of the snapshot.

use serde_json::Value;

use super::verdict::Verdict;
use super::{Class, Difference};

pub(super) type Side<'v> = Option<&'v Value>;

/// True for the members of a table that have names of their own as members.
pub(super) fn is_map(path: &[String]) -> bool {
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    matches!(
        path.as_slice(),
        ["global_indexes" | "local_indexes" | "entities" | "tags"]
            | ["entities", _, "attributes" | "keys" | "access" | "older"]
    )
}

/// True for what is one thing, although it has members.
pub(super) fn is_whole(path: &[String]) -> bool {
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    matches!(path.as_slice(), ["entities", _, "keys", _] | ["entities", _, "older", _, "keys", _])
}

/// True for names, which are compared by themselves, and for the table's key as every local index has it.
pub(super) fn is_said_elsewhere(path: &[String]) -> bool {
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    matches!(path.as_slice(), ["name" | "resource"] | ["local_indexes", _, "partition_key"])
}

/// A value as a message shows it: the template of a key, JSON otherwise.
pub(super) fn shown(path: &[&str], value: &Value) -> String {
    let template = matches!(path, [.., "keys", _]).then(|| value.get("template")).flatten();
    template.unwrap_or(value).to_string()
}

/// The place in words.
pub(super) fn describe(path: &[&str]) -> String {
    match path {
        ["global_indexes", name, rest @ ..] => named("global index", name, rest),
        ["local_indexes", name, rest @ ..] => named("local index", name, rest),
        ["entities", name, "attributes", attribute] => format!("attribute `{attribute}` of `{name}`"),
        ["entities", name, "keys", place, ..] => format!("key `{place}` of `{name}`"),
        ["entities", name, "access", pattern] => format!("access pattern `{pattern}` of `{name}`"),
        ["entities", name, "older", older, ..] => format!("older shape `{older}` of `{name}`"),
        ["entities", name, rest @ ..] => named("entity", name, rest),
        ["tags", name] => format!("tag `{name}`"),
        other => other.join(", ").replace('_', " "),
    }
}

fn named(what: &str, name: &str, rest: &[&str]) -> String {
    let rest: String = rest.iter().map(|part| format!(", {}", part.replace('_', " "))).collect();
    format!("{what} `{name}`{rest}")
}

/// What the change from one value to another does.
pub(super) fn classify(path: &[&str], before: Side<'_>, after: Side<'_>) -> Verdict {
    match path {
        [] if before.is_none() => (Class::Safe, "A new table."),
        [] => (
            Class::Deletes,
            "The table leaves the code. The module lets Terraform forget it without deleting it: the items stay, and cost, \
             until you delete the table by hand.",
        ),
        ["partition_key" | "sort_key"] => table_key(before, after),
        ["global_indexes", _, rest @ ..] => global_index(rest, before, after),
        ["local_indexes", _, rest @ ..] => local_index(rest),
        ["time_to_live", ..] | ["stream"] | ["tag"] => feature(path, before, after),
        ["entities", _, rest @ ..] => super::entity::classify(rest, before, after),
        other => setting(other, before, after),
    }
}

/// `pk:S` and `pk:N` have one name.
fn name_of(value: Side<'_>) -> Option<&str> {
    value.and_then(Value::as_str).and_then(|key| key.rsplit_once(':')).map(|(name, _)| name)
}

const TYPE: Verdict = (
    Class::Impossible,
    "The type of a key cannot change in an existing table, and Terraform plans it as no change. Declare a table of another \
     name and copy the items, or keep the type.",
);

fn table_key(before: Side<'_>, after: Side<'_>) -> Verdict {
    if name_of(before).is_some() && name_of(before) == name_of(after) {
        return TYPE;
    }
    (
        Class::Replaces,
        "Terraform would delete the table with all its items and make it again; `prevent_destroy` stops it. Declare a table \
         of another name and copy the items.",
    )
}

/// The names of the parts of an index's key.
fn names_of(value: Side<'_>) -> Vec<Option<&str>> {
    value.and_then(Value::as_array).into_iter().flatten().map(|key| name_of(Some(key))).collect()
}

fn global_index(rest: &[&str], before: Side<'_>, after: Side<'_>) -> Verdict {
    match rest {
        [] if before.is_none() => (
            Class::Online,
            "The index is filled while the table is used. That costs a write for each item, and Terraform waits for it: raise \
             `timeouts.update` for a large table. Query it only when it is there.",
        ),
        [] => {
            (Class::Online, "Queries of the index fail from the moment it is gone. Deploy the code without them first.")
        }
        ["capacity", ..] => (Class::Online, "The index's capacity changes while it is used."),
        ["partition_key" | "sort_key"] if names_of(before) == names_of(after) => (
            Class::Impossible,
            "The type of a key cannot change while the attribute has it, and Terraform plans it as no change. Write another \
             attribute, add an index of another name on it, and remove this one later.",
        ),
        _ => (
            Class::IndexRebuild,
            "The index is deleted and filled again, and its queries fail meanwhile. Add an index of another name, move the \
             queries to it, and remove this one later.",
        ),
    }
}

/// True if the one is a global index that is gone, and the other one a new one with the same keys and projection.
pub(super) fn is_index_renamed(one: &Difference<'_>, other: &Difference<'_>) -> bool {
    let whole =
        |of: &Difference<'_>| of.path.len() == 2 && of.path.first().is_some_and(|kind| kind == "global_indexes");
    whole(one)
        && whole(other)
        && (one.before.is_some() && one.before == other.after || one.after.is_some() && one.after == other.before)
}

fn local_index(rest: &[&str]) -> Verdict {
    match rest {
        [] => (
            Class::Replaces,
            "Local indexes are fixed when the table is made, so Terraform would delete the table with all its items; \
             `prevent_destroy` stops it. Use a global index, or a table of another name.",
        ),
        _ => (
            Class::Impossible,
            "A local index is fixed when the table is made, and Terraform plans this as no change. Use a global index, or a \
             table of another name.",
        ),
    }
}

fn feature(path: &[&str], before: Side<'_>, after: Side<'_>) -> Verdict {
    let off = after == Some(&Value::Bool(false));
    match (path, before, after) {
        (["time_to_live"], None, _) => {
            (Class::Online, "Items expire from now on, also those that have the attribute already.")
        }
        (["time_to_live", "enabled"], ..) if off => (
            Class::Safe,
            "Items expire no more. The attribute's name is kept in the snapshot, because AWS wants it to switch this off.",
        ),
        (["time_to_live", "enabled"], ..) => (Class::Online, "Items expire again."),
        (["time_to_live", ..], ..) => (
            Class::TwoStep,
            "AWS refuses another attribute while time to live is on. Switch it off and apply, wait for an hour, then switch it \
             on with the new attribute.",
        ),
        (["stream"], None, _) => (Class::Online, "The table gets a stream. Changes before it are not in it."),
        (["stream"], ..) => (
            Class::StreamReset,
            "The stream ends and another one begins under another ARN. Let its readers finish first, or they lose the records \
             in between.",
        ),
        (["tag"], Some(_), Some(_)) => (
            Class::OrphansData,
            "Stored items have the tag under its former name, and are told apart by their keys alone. Write every item again.",
        ),
        _ => (Class::Safe, "Items without the tag are told apart by their keys."),
    }
}

fn setting(path: &[&str], before: Side<'_>, after: Side<'_>) -> Verdict {
    match path {
        ["billing", "max", ..] => (Class::Safe, "Requests beyond the limit are refused; the items are not touched."),
        ["billing", ..] => {
            (Class::Online, "The table stays in use. AWS lets it change to on-demand billing four times a day.")
        }
        ["class"] => (Class::Online, "The table stays in use. AWS lets the class change twice in 30 days."),
        ["deletion_protection"] if after == Some(&Value::Bool(false)) => {
            (Class::Safe, "Nothing but `prevent_destroy` keeps the table from being deleted.")
        }
        ["recovery_days"] if after == Some(&Value::from(0)) => {
            (Class::Safe, "The recovery points so far are lost, and the items are not touched.")
        }
        ["warm_throughput", ..] if fewer(before, after) => (
            Class::Replaces,
            "Warm throughput cannot become less: Terraform would delete the table and make it again. Keep the number.",
        ),
        ["warm_throughput", ..] => (Class::Online, "The table stays in use while AWS prepares it, which costs once."),
        ["encryption"] => (Class::Online, "The table is encrypted anew with the other key while it is used."),
        ["replicas"] => (Class::Online, "Replicas are made or removed one after another while the table is used."),
        _ => (Class::Safe, "The items are not touched."),
    }
}

fn fewer(before: Side<'_>, after: Side<'_>) -> bool {
    matches!((before.and_then(Value::as_u64), after.and_then(Value::as_u64)), (Some(before), Some(after)) if after < before)
}
