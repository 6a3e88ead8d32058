//! `vpc_endpoint.tf`: the way from a VPC to DynamoDB without the internet.

use super::variables::Variable;
use crate::hcl::{Body, Expr};
use crate::options::Provider;
use crate::plan::TablePlan;

pub(super) fn file(tables: &[TablePlan<'_>], provider: Provider) -> Body {
    let region = match provider {
        Provider::Aws5 => "name",
        Provider::Aws6 => "region",
    };
    let service = format!("\"com.amazonaws.${{data.aws_region.current.{region}}}.dynamodb\"");
    let tables = tables
        .iter()
        .flat_map(|table| {
            let address = table.address();
            [Expr::raw(format!("{address}.arn")), Expr::raw(format!("\"${{{address}.arn}}/*\""))]
        })
        .collect();
    let statement = Expr::Object(vec![
        ("Sid".to_owned(), Expr::text("Tables")),
        ("Effect".to_owned(), Expr::text("Allow")),
        ("Principal".to_owned(), Expr::text("*")),
        ("Action".to_owned(), Expr::texts(["dynamodb:*"])),
        ("Resource".to_owned(), Expr::Lines(tables)),
    ]);
    let policy = Expr::Object(vec![
        ("Version".to_owned(), Expr::text("2012-10-17")),
        ("Statement".to_owned(), Expr::Lines(vec![statement])),
    ]);
    let endpoint = Body::new()
        .set(
            "for_each",
            Expr::raw("{ for name, network in { dynamodb = var.vpc_endpoint } : name => network if network != null }"),
        )
        .set("vpc_id", Expr::raw("each.value.vpc_id"))
        .set("vpc_endpoint_type", Expr::text("Gateway"))
        .set("service_name", Expr::raw(service))
        .set("route_table_ids", Expr::raw("each.value.route_table_ids"))
        .set("tags", Expr::raw("var.tags"))
        .comment(
            "What passes here still needs the caller's own policy. Tables of others do not pass, unless the variable\n\
             lets them.",
        )
        .set("policy", policy.wrap("each.value.all_tables ? null : jsonencode(", ")"));
    Body::new()
        .block("data", &["aws_region", "current"], Body::new())
        .comment("A gateway endpoint costs nothing, and a VPC has one for each of its route tables.")
        .block("resource", &["aws_vpc_endpoint", "gateway"], endpoint)
}

/// The variable that names the network.
pub(super) fn variable() -> Variable {
    let object = Expr::Object(vec![
        ("vpc_id".to_owned(), Expr::raw("string")),
        ("route_table_ids".to_owned(), Expr::raw("list(string)")),
        ("all_tables".to_owned(), Expr::raw("optional(bool, false)")),
    ]);
    let body = Body::new()
        .set("description", Expr::text(
            "The VPC and the route tables that reach DynamoDB through a gateway endpoint. It lets calls to this module's \
             tables pass; all_tables lets all calls pass, for a network that is shared. Null makes no endpoint.",
        ))
        .set("type", object.wrap("object(", ")"))
        .set("default", Expr::null());
    ("vpc_endpoint", body)
}
