//! `variables.tf`: what an environment decides.

use crate::hcl::{Body, Expr, quoted};
use crate::plan::TablePlan;

/// The variables of every module, and those of its extras.
pub(super) fn all(tables: &[TablePlan<'_>], extras: Vec<Variable>) -> Vec<Variable> {
    let own = [
        name_prefix(tables),
        billing_mode(),
        capacity(tables),
        deletion_protection(),
        point_in_time_recovery(),
        kms_key_arn(),
        replicas(),
        tags(),
        timeouts(),
    ];
    own.into_iter().chain(extras).collect()
}

pub(super) fn file(variables: &[Variable]) -> Body {
    variables.iter().fold(Body::new(), |file, (name, body)| file.block("variable", &[name], body.clone()))
}

/// The name of a variable, and what is in its block.
pub(super) type Variable = (&'static str, Body);

fn name_prefix(tables: &[TablePlan<'_>]) -> Variable {
    let longest = tables.iter().map(|table| table.schema.stored_name().len()).max().unwrap_or_default();
    let room = 255_usize.saturating_sub(longest);
    let body = Body::new()
        .set(
            "description",
            Expr::text("Written before every table name, for example \"prod-\". Changing it replaces every table."),
        )
        .set("type", Expr::raw("string"))
        .set("default", Expr::text(""))
        .set("nullable", Expr::bool(false))
        .block(
            "validation",
            &[],
            rule(
                format!("can(regex(\"^[a-zA-Z0-9_.-]*$\", var.name_prefix)) && length(var.name_prefix) <= {room}"),
                &format!("name_prefix may have letters, digits, '_', '.' and '-', and at most {room} of them."),
            ),
        );
    ("name_prefix", body)
}

fn billing_mode() -> Variable {
    let body = Body::new()
        .set(
            "description",
            Expr::text("PAY_PER_REQUEST or PROVISIONED for every table. Null bills each table as the code says."),
        )
        .set("type", Expr::raw("string"))
        .set("default", Expr::null())
        .block(
            "validation",
            &[],
            rule(
                "contains([\"PAY_PER_REQUEST\", \"PROVISIONED\"], coalesce(var.billing_mode, \"PAY_PER_REQUEST\"))"
                    .to_owned(),
                "billing_mode must be PAY_PER_REQUEST, PROVISIONED or null.",
            ),
        );
    ("billing_mode", body)
}

fn capacity(tables: &[TablePlan<'_>]) -> Variable {
    let keys: Vec<String> = tables.iter().flat_map(TablePlan::keys).collect();
    let unit = |name: &str| (name.to_owned(), Expr::raw("optional(number)"));
    let object = Expr::Object(["read", "write", "max_read", "max_write"].into_iter().map(unit).collect());
    let body = Body::new()
        .set("description", Expr::text(
            "Capacity by \"table\" or \"table/index\", where it differs from the code. read and write count while \
             PROVISIONED; max_read and max_write limit PAY_PER_REQUEST, and -1 lifts a limit; leave the number out once it \
             is lifted. An index without a number has its table's.",
        ))
        .set("type", object.wrap("map(object(", "))"))
        .set("default", Expr::raw("{}"))
        .set("nullable", Expr::bool(false))
        .block("validation", &[], keys_rule("capacity", &keys))
        .block(
            "validation",
            &[],
            rule(
                "alltrue(flatten([for units in values(var.capacity) : [for number in [units.read, units.write] : coalesce(number, 1) >= 1]]))".to_owned(),
                "read and write must be 1 or more.",
            ),
        )
        .block(
            "validation",
            &[],
            rule(
                "alltrue(flatten([for units in values(var.capacity) : [for number in [units.max_read, units.max_write] : coalesce(number, 1) >= 1 || coalesce(number, 1) == -1]]))".to_owned(),
                "max_read and max_write must be 1 or more, or -1 for no limit.",
            ),
        );
    ("capacity", body)
}

fn deletion_protection() -> Variable {
    let body = Body::new()
        .set("description", Expr::text("Whether DynamoDB refuses to delete a table, where the code does not say."))
        .set("type", Expr::raw("bool"))
        .set("default", Expr::bool(true))
        .set("nullable", Expr::bool(false));
    ("deletion_protection_enabled", body)
}

fn point_in_time_recovery() -> Variable {
    let object = Expr::Object(vec![
        ("enabled".to_owned(), Expr::raw("optional(bool, true)")),
        ("recovery_period_in_days".to_owned(), Expr::raw("optional(number, 35)")),
    ]);
    let body = Body::new()
        .set("description", Expr::text("Point-in-time recovery, where the code does not say."))
        .set("type", object.wrap("object(", ")"))
        .set("default", Expr::raw("{}"))
        .set("nullable", Expr::bool(false))
        .block(
            "validation",
            &[],
            rule(
                "var.point_in_time_recovery.recovery_period_in_days >= 1 && var.point_in_time_recovery.recovery_period_in_days <= 35".to_owned(),
                "recovery_period_in_days must be 1 to 35.",
            ),
        );
    ("point_in_time_recovery", body)
}

fn kms_key_arn() -> Variable {
    let body = Body::new()
        .set("description", Expr::text("The KMS key that encrypts every table. Null uses the key that AWS owns."))
        .set("type", Expr::raw("string"))
        .set("default", Expr::null());
    ("kms_key_arn", body)
}

fn replicas() -> Variable {
    let object = Expr::Object(vec![
        ("kms_key_arn".to_owned(), Expr::raw("optional(string)")),
        ("point_in_time_recovery".to_owned(), Expr::raw("optional(bool, true)")),
        ("propagate_tags".to_owned(), Expr::raw("optional(bool, true)")),
    ]);
    let body = Body::new()
        .set("description", Expr::text("Replicas of every table, by region. They need on-demand billing."))
        .set("type", object.wrap("map(object(", "))"))
        .set("default", Expr::raw("{}"))
        .set("nullable", Expr::bool(false));
    ("replicas", body)
}

fn tags() -> Variable {
    let body = Body::new()
        .set("description", Expr::text("Tags of every table. A tag that the code declares wins."))
        .set("type", Expr::raw("map(string)"))
        .set("default", Expr::raw("{}"))
        .set("nullable", Expr::bool(false));
    ("tags", body)
}

fn timeouts() -> Variable {
    let time =
        |name: &str, default: &str| (name.to_owned(), Expr::raw(format!("optional(string, {})", quoted(default))));
    let object = Expr::Object(vec![time("create", "30m"), time("update", "60m"), time("delete", "10m")]);
    let body = Body::new()
        .set("description", Expr::text(
            "How long Terraform waits. Raise update before adding an index to a large table: Terraform waits until the index is filled.",
        ))
        .set("type", object.wrap("object(", ")"))
        .set("default", Expr::raw("{}"))
        .set("nullable", Expr::bool(false));
    ("timeouts", body)
}

/// A condition and what Terraform says where it does not hold.
pub(super) fn rule(condition: String, message: &str) -> Body {
    Body::new().set("condition", Expr::Raw(condition)).set("error_message", Expr::text(message))
}

/// That the keys of a map are some of these, which are quoted.
pub(super) fn keys_rule(variable: &str, keys: &[String]) -> Body {
    let plain: Vec<&str> = keys.iter().map(|key| key.trim_matches('"')).collect();
    rule(
        format!("alltrue([for key in keys(var.{variable}) : contains([{}], key)])", keys.join(", ")),
        &format!("The keys of {variable} are: {}.", plain.join(", ")),
    )
}
