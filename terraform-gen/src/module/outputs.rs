//! `outputs.tf`: what the rest of the infrastructure needs to know about the tables.

use crate::hcl::{Body, Expr, ident, quoted};
use crate::plan::{TablePlan, environment_variable};

pub(super) fn file(tables: &[TablePlan<'_>], policies: bool) -> Body {
    let described = tables.iter().map(|table| (quoted(table.schema.name), description(table))).collect();
    let variables = tables
        .iter()
        .map(|table| {
            let name = environment_variable(table.schema.name);
            (ident(&name), Expr::raw(format!("{}.name", table.address())))
        })
        .collect();
    let file = Body::new()
        .block(
            "output",
            &["tables"],
            Body::new()
                .set("description", Expr::text("Name, ARN, stream ARN and stream label of every table."))
                .set("value", Expr::Object(described)),
        )
        .block(
            "output",
            &["environment"],
            Body::new()
                .set("description", Expr::text("Environment variables that tell the program the names of its tables."))
                .set("value", Expr::Object(variables)),
        );
    if !policies {
        return file;
    }
    let policies = Body::new()
        .set("description", Expr::text("The IAM policy of each role of the program, as JSON, by the role's name."))
        .set("value", Expr::raw("{ for role, policy in local.policies : role => jsonencode(policy) }"));
    file.block("output", &["policy_json"], policies)
}

fn description(table: &TablePlan<'_>) -> Expr {
    let address = table.address();
    let of = |attribute: &str| (attribute.to_owned(), Expr::raw(format!("{address}.{attribute}")));
    Expr::Object(vec![of("name"), of("arn"), of("stream_arn"), of("stream_label")])
}
