//! `contributor_insights.tf` and `kinesis.tf`: what belongs to a table and is a resource of its own.

use super::variables::{Variable, keys_rule, rule};
use crate::hcl::{Body, Expr, quoted};
use crate::plan::TablePlan;

pub(super) fn contributor_insights(tables: &[TablePlan<'_>]) -> Body {
    let place = |table: &TablePlan<'_>, index: Expr| {
        let table = ("table".to_owned(), Expr::raw(format!("{}.name", table.address())));
        Expr::Inline(vec![table, ("index".to_owned(), index)])
    };
    let places = tables.iter().flat_map(|table| {
        let indexes = table.global.iter().map(|index| (table.index_key(index), place(table, Expr::text(index.name))));
        core::iter::once((table.key(), place(table, Expr::null()))).chain(indexes).collect::<Vec<_>>()
    });
    let resource = Body::new()
        .set(
            "for_each",
            Expr::Object(places.collect())
                .wrap("{ for key, place in ", " : key => place if var.contributor_insights_enabled }"),
        )
        .set("table_name", Expr::raw("each.value.table"))
        .set("index_name", Expr::raw("each.value.index"));
    Body::new()
        .comment(
            "The most used and most throttled keys of each table and index, as CloudWatch metrics that cost money.",
        )
        .block("resource", &["aws_dynamodb_contributor_insights", "keys"], resource)
}

pub(super) fn insights_variable() -> Variable {
    let body = Body::new()
        .set("description", Expr::text("Whether CloudWatch Contributor Insights watches the keys of the tables."))
        .set("type", Expr::raw("bool"))
        .set("default", Expr::bool(true))
        .set("nullable", Expr::bool(false));
    ("contributor_insights_enabled", body)
}

pub(super) fn kinesis(tables: &[&TablePlan<'_>]) -> Body {
    tables.iter().fold(Body::new(), |file, table| {
        let only = format!("{{ for table, stream in var.kinesis : table => stream if table == {} }}", table.key());
        let resource = Body::new()
            .set("for_each", Expr::raw(only))
            .set("table_name", Expr::raw(format!("{}.name", table.address())))
            .set("stream_arn", Expr::raw("each.value.stream_arn"))
            .set("approximate_creation_date_time_precision", Expr::raw("each.value.precision"));
        file.comment(&format!("The changes of table `{}`, sent to a Kinesis data stream.", table.schema.name)).block(
            "resource",
            &["aws_dynamodb_kinesis_streaming_destination", &table.label],
            resource,
        )
    })
}

pub(super) fn kinesis_variable(tables: &[&TablePlan<'_>]) -> Variable {
    let precision = Expr::raw(format!("optional(string, {})", quoted("MICROSECOND")));
    let object =
        Expr::Object(vec![("stream_arn".to_owned(), Expr::raw("string")), ("precision".to_owned(), precision)]);
    let keys: Vec<String> = tables.iter().map(|table| table.key()).collect();
    let body = Body::new()
        .set("description", Expr::text("The Kinesis data stream that gets the changes of a table, by table. Changing it replaces the link."))
        .set("type", object.wrap("map(object(", "))"))
        .set("default", Expr::raw("{}"))
        .set("nullable", Expr::bool(false))
        .block("validation", &[], keys_rule("kinesis", &keys))
        .block("validation", &[], rule(
            "alltrue([for stream in values(var.kinesis) : contains([\"MICROSECOND\", \"MILLISECOND\"], stream.precision)])".to_owned(),
            "precision must be MICROSECOND or MILLISECOND.",
        ));
    ("kinesis", body)
}
