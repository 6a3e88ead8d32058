//! `autoscaling.tf`: the capacity of provisioned tables and indexes follows the load.

use super::variables::{Variable, keys_rule, rule};
use crate::hcl::{Body, Expr};
use crate::plan::TablePlan;

pub(super) fn file(tables: &[&TablePlan<'_>]) -> Body {
    let locals = Body::new()
        .comment("What scales, by \"table\" and by \"table/index\".")
        .set("scaling_resources", Expr::Object(resources(tables)))
        .comment(
            "Reads and writes of each. The capacity that the code declares is the least, and ten times that the most.",
        )
        .set("scaling", scaling());
    Body::new()
        .block("locals", &[], locals)
        .block("resource", &["aws_appautoscaling_target", "capacity"], target())
        .block("resource", &["aws_appautoscaling_policy", "capacity"], policy())
}

fn resources(tables: &[&TablePlan<'_>]) -> Vec<(String, Expr)> {
    let entry = |key: String, kind: &str, id: String| {
        let resource = vec![("kind".to_owned(), Expr::text(kind)), ("id".to_owned(), Expr::Raw(id))];
        (key, Expr::Inline(resource))
    };
    tables
        .iter()
        .flat_map(|table| {
            let name = format!("table/${{{}.name}}", table.address());
            // The characters of an index's name are checked, so that nothing of it is a template.
            let indexes = table
                .global
                .iter()
                .map(|index| entry(table.index_key(index), "index", format!("\"{name}/index/{}\"", index.name)));
            core::iter::once(entry(table.key(), "table", format!("\"{name}\""))).chain(indexes).collect::<Vec<_>>()
        })
        .collect()
}

/// One element for the reads and one for the writes of what is PROVISIONED.
fn scaling() -> Expr {
    let bounds = "try(var.autoscaling[key][unit]";
    let own = |name: &str| format!("{bounds}.{name}, null)");
    let least = format!("coalesce({}, local.capacity[key][unit], 1)", own("min"));
    let name = "unit == \"read\" ? \"Read\" : \"Write\"";
    let element = Expr::Object(vec![
        ("id".to_owned(), Expr::raw("resource.id")),
        ("dimension".to_owned(), Expr::raw(format!("\"dynamodb:${{resource.kind}}:${{{name}}}CapacityUnits\""))),
        ("metric".to_owned(), Expr::raw(format!("\"DynamoDB${{{name}}}CapacityUtilization\""))),
        ("min".to_owned(), Expr::raw(least.clone())),
        ("max".to_owned(), Expr::raw(format!("coalesce({}, 10 * {least})", own("max")))),
        ("target".to_owned(), Expr::raw(format!("coalesce({}, 70)", own("target")))),
    ]);
    let inner = Expr::For("for unit in [\"read\", \"write\"] : \"${key}/${unit}\" =>".to_owned(), Box::new(element));
    inner.wrap(
        "merge([for key, resource in local.scaling_resources : ",
        " if local.billing_mode[split(\"/\", key)[0]] == \"PROVISIONED\"]...)",
    )
}

fn target() -> Body {
    Body::new()
        .set("for_each", Expr::raw("local.scaling"))
        .set("service_namespace", Expr::text("dynamodb"))
        .set("resource_id", Expr::raw("each.value.id"))
        .set("scalable_dimension", Expr::raw("each.value.dimension"))
        .set("min_capacity", Expr::raw("each.value.min"))
        .set("max_capacity", Expr::raw("each.value.max"))
        .set("tags", Expr::raw("var.tags"))
}

fn policy() -> Body {
    let of_target = |name: &str| Expr::raw(format!("aws_appautoscaling_target.capacity[each.key].{name}"));
    let metric = Body::new().set("predefined_metric_type", Expr::raw("each.value.metric"));
    let tracking = Body::new().set("target_value", Expr::raw("each.value.target")).block(
        "predefined_metric_specification",
        &[],
        metric,
    );
    Body::new()
        .set("for_each", Expr::raw("local.scaling"))
        .set("name", Expr::raw("\"${each.value.metric}:${each.value.id}\""))
        .set("policy_type", Expr::text("TargetTrackingScaling"))
        .set("service_namespace", of_target("service_namespace"))
        .set("resource_id", of_target("resource_id"))
        .set("scalable_dimension", of_target("scalable_dimension"))
        .block("target_tracking_scaling_policy_configuration", &[], tracking)
}

/// The variable with the bounds.
pub(super) fn variable(tables: &[&TablePlan<'_>]) -> Variable {
    let bounds = || {
        let number = |name: &str| (name.to_owned(), Expr::raw("optional(number)"));
        Expr::Object(["min", "max", "target"].into_iter().map(number).collect()).wrap("optional(object(", "))")
    };
    let object = Expr::Object(vec![("read".to_owned(), bounds()), ("write".to_owned(), bounds())]);
    let keys: Vec<String> = tables.iter().flat_map(|table| table.keys()).collect();
    let every = |condition: &str| {
        format!(
            "alltrue(flatten([for units in values(var.autoscaling) : [for bounds in [units.read, units.write] : \
             try({condition}, false) if bounds != null]]))"
        )
    };
    let body = Body::new()
        .set("description", Expr::text(
            "Least and most capacity by \"table\" or \"table/index\", and the percentage of it that should be used. Without \
             a number the least is the code's capacity, the most is ten times that, and the target is 70.",
        ))
        .set("type", object.wrap("map(object(", "))"))
        .set("default", Expr::raw("{}"))
        .set("nullable", Expr::bool(false))
        .block("validation", &[], keys_rule("autoscaling", &keys))
        .block("validation", &[], rule(
            every("coalesce(bounds.min, 1) >= 1 && coalesce(bounds.max, bounds.min, 1) >= coalesce(bounds.min, 1)"),
            "min must be 1 or more, and max must not be less than min.",
        ))
        .block("validation", &[], rule(
            every("coalesce(bounds.target, 70) >= 20 && coalesce(bounds.target, 70) <= 90"),
            "target must be 20 to 90.",
        ));
    ("autoscaling", body)
}
