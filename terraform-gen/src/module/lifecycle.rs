//! The `lifecycle` block: what Terraform must not do to a table, and what it would not notice.

use tablewright::schema::{IndexSchema, KeySchema};

use super::table::sorted;
use super::variables::rule;
use crate::hcl::{Body, Expr};
use crate::options::Options;
use crate::plan::TablePlan;

pub(super) fn block(table: &TablePlan<'_>, options: &Options) -> Body {
    let mut body = Body::new().set("prevent_destroy", Expr::bool(true));
    if options.extras.autoscaling.iter().any(|name| name == table.schema.name) {
        body = ignored(body, table);
    }
    for condition in preconditions(table) {
        body = body.block("precondition", &[], condition);
    }
    body = body
        .comment(
            "DynamoDB cannot change the types of keys or local indexes of an existing table, and the provider plans\n\
             such a change as no change at all. So what exists is compared with what the code declares.",
        )
        .block("postcondition", &[], key_types(table, options));
    if !table.local.is_empty() {
        body = body.block("postcondition", &[], local_indexes(table, options));
    }
    body
}

/// What the autoscaler changes is not Terraform's. An index's capacity cannot be named by itself, so that the whole index is
/// ignored.
fn ignored(body: Body, table: &TablePlan<'_>) -> Body {
    let mut ignored = vec![Expr::raw("read_capacity"), Expr::raw("write_capacity")];
    let mut reason = "The autoscaler changes the capacity.".to_owned();
    if !table.global.is_empty() {
        ignored.push(Expr::raw("global_secondary_index"));
        reason.push_str(
            " That of an index cannot be named alone, so Terraform sees no change of an\n\
             index at all: to change one, leave the last line out for one apply.",
        );
    }
    body.comment(&reason).set("ignore_changes", Expr::Lines(ignored))
}

fn preconditions(table: &TablePlan<'_>) -> Vec<Body> {
    let (name, key) = (table.schema.name, table.key());
    let on_demand = format!("local.billing_mode[{key}] == \"PAY_PER_REQUEST\"");
    let sized = format!("{on_demand} || alltrue([for units in values(local.capacity[{key}]) : units != null])");
    let replicated = format!("{on_demand} || length(var.replicas) == 0");
    let encrypted =
        "var.kms_key_arn == null || alltrue([for replica in values(var.replicas) : replica.kms_key_arn != null])";
    let mut rules = vec![
        rule(
            sized,
            &format!("Table {name} is PROVISIONED and needs read and write in capacity[\"{name}\"] of this module."),
        ),
        rule(replicated, &format!("Table {name} is PROVISIONED, and replicas need PAY_PER_REQUEST.")),
        rule(
            encrypted.to_owned(),
            &format!(
                "Table {name} is encrypted with kms_key_arn, and so each of its replicas needs a kms_key_arn of its region."
            ),
        ),
    ];
    let versioned =
        table.schema.entities.iter().find(|entity| entity.version.is_some_and(|version| !version.global_tables));
    if let Some(entity) = versioned {
        rules.push(rule(
            "length(var.replicas) == 0".to_owned(),
            &format!(
                "Items of table {name} have versions ({entity}), and of two regions that write one version at once replicas keep \
                 the last write only. Write all of them in one region, and say so: version(global_tables).",
                entity = entity.name
            ),
        ));
    }
    rules
}

fn key_types(table: &TablePlan<'_>, options: &Options) -> Body {
    let declared = key_attributes(&table.schema.key_attributes());
    Body::new()
        .set(
            "condition",
            Expr::Lines(declared).wrap(
                "toset([for attribute in self.attribute : \"${attribute.name}:${attribute.type}\"]) == toset(",
                ")",
            ),
        )
        .set(
            "error_message",
            Expr::text(&format!(
                "Key attributes of table {} exist with other types than crate {} declares. They cannot be changed in \
                 place: declare a table of another name and copy the items.",
                table.schema.name, options.package,
            )),
        )
}

/// The key attributes as the assertions of the module write them.
pub(super) fn key_attributes(keys: &[KeySchema]) -> Vec<Expr> {
    keys.iter().map(|key| Expr::text(&format!("{}:{}", key.name, key.key_type.as_str()))).collect()
}

fn local_indexes(table: &TablePlan<'_>, options: &Options) -> Body {
    let declared = table.local.iter().map(|index| Expr::text(&local_index(index))).collect();
    Body::new()
        .set(
            "condition",
            Expr::Lines(declared).wrap(
                "toset([for index in self.local_secondary_index : join(\":\", concat([index.name, index.range_key, \
                 index.projection_type], sort(coalesce(index.non_key_attributes, []))))]) == toset(",
                ")",
            ),
        )
        .set(
            "error_message",
            Expr::text(&format!(
                "Local secondary indexes of table {} differ from what crate {} declares. They are fixed when the \
                 table is made: declare a global index, or a table of another name.",
                table.schema.name, options.package,
            )),
        )
}

fn local_index(index: &IndexSchema) -> String {
    let mut parts = vec![index.name];
    parts.extend(index.sort_key.iter().map(|key| key.name));
    parts.push(index.projection.as_str());
    parts.extend(sorted(index.projection.non_key_attributes()));
    parts.join(":")
}
