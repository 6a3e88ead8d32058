//! `tests/offline.tftest.hcl`: what `terraform test` proves about the module without an account.

use tablewright::schema::{Billing, IndexSchema, StreamViewType};

use super::lifecycle::key_attributes;
use super::locals::billing_mode;
use super::variables::rule;
use crate::hcl::{Body, Expr, ident, quoted};
use crate::plan::{TablePlan, environment_variable};

pub(super) fn file(tables: &[TablePlan<'_>]) -> Body {
    let mut file = Body::new()
        .comment("Runs without an account or network. Needs Terraform 1.11 or later.")
        .block("mock_provider", &["aws"], mock_provider())
        .block("run", &["tables_are_as_declared"], as_declared(tables))
        .block("run", &["billing_is_as_declared"], billing_as_declared(tables))
        .block("run", &["environment_names_every_table"], environment(tables));
    if tables.iter().any(|table| !is_provisioned(table)) {
        file = file.block("run", &["provisioned_without_capacity_is_rejected"], without_capacity(tables));
    }
    file.block("run", &["provisioned_with_capacity"], with_capacity(tables))
        .block("run", &["on_demand_with_limits"], with_limits(tables))
        .block("run", &["replicas_switch_streams_on"], replicas(tables))
        .block("run", &["bad_prefix_is_rejected"], rejected("name_prefix", Expr::text("bad prefix/")))
        .block("run", &["bad_billing_mode_is_rejected"], rejected("billing_mode", Expr::text("FREE")))
        .block("run", &["unknown_capacity_key_is_rejected"], {
            let unit = Expr::Inline(vec![("read".to_owned(), Expr::number(1))]);
            rejected("capacity", Expr::Inline(vec![(quoted("no such/table"), unit)]))
        })
}

pub(super) fn mock_provider() -> Body {
    let arn = "arn:aws:dynamodb:eu-west-1:123456789012:table/mock";
    let defaults = Expr::Object(vec![
        ("arn".to_owned(), Expr::text(arn)),
        ("stream_arn".to_owned(), Expr::text(&format!("{arn}/stream/2025-01-01T00:00:00.000"))),
    ]);
    let resource = Body::new().set("override_during", Expr::raw("plan")).set("defaults", defaults);
    Body::new().block("mock_resource", &["aws_dynamodb_table"], resource)
}

pub(super) fn run(variables: Vec<(&str, Expr)>) -> Body {
    let run = Body::new().set("command", Expr::raw("plan"));
    if variables.is_empty() {
        return run;
    }
    let variables = variables.into_iter().fold(Body::new(), |body, (name, value)| body.set(name, value));
    run.block("variables", &[], variables)
}

pub(super) fn assert(run: Body, condition: String, message: &str) -> Body {
    run.block("assert", &[], rule(condition, message))
}

fn as_declared(tables: &[TablePlan<'_>]) -> Body {
    tables.iter().fold(run(vec![("name_prefix", Expr::text("test-"))]), |body, table| {
        let (schema, address) = (table.schema, table.address());
        let name = schema.name;
        let range = schema.sort_key.map_or_else(|| "null".to_owned(), |sort| quoted(sort.name));
        let types = Expr::List(key_attributes(&schema.key_attributes())).one_line();
        let ttl = schema.ttl.map_or_else(
            || format!("{address}.ttl[0].enabled == false"),
            |ttl| format!("{address}.ttl[0].enabled && {address}.ttl[0].attribute_name == {}", quoted(ttl)),
        );
        let body = assert(
            body,
            format!("{address}.name == {}", quoted(&format!("test-{}", schema.stored_name()))),
            &format!("Table {name} must be named by the prefix and its own name."),
        );
        let body = assert(
            body,
            format!("{address}.hash_key == {} && {address}.range_key == {range}", quoted(schema.partition_key.name)),
            &format!("Table {name} must have the declared keys."),
        );
        let body = assert(
            body,
            format!(
                "toset([for attribute in {address}.attribute : \"${{attribute.name}}:${{attribute.type}}\"]) == \
                 toset({types})"
            ),
            &format!("Table {name} must define its key attributes and no others."),
        );
        let body = assert(
            body,
            format!(
                "{} && {}",
                indexes(&format!("{address}.global_secondary_index"), &table.global),
                indexes(&format!("{address}.local_secondary_index"), &table.local),
            ),
            &format!("Table {name} must have the declared indexes and projections."),
        );
        let body = assert(
            body,
            format!("{address}.stream_enabled == {}", schema.settings.stream.is_some()),
            &format!("Table {name} must have the declared stream."),
        );
        assert(body, ttl, &format!("Table {name} must have the declared time to live."))
    })
}

/// That the indexes of one kind are the declared ones.
fn indexes(address: &str, declared: &[&IndexSchema]) -> String {
    let projections = declared.iter().map(|index| format!("{}:{}", index.name, index.projection.as_str()));
    let projections = Expr::List(projections.map(|index| Expr::text(&index)).collect()).one_line();
    format!("toset([for index in {address} : \"${{index.name}}:${{index.projection_type}}\"]) == toset({projections})")
}

fn billing_as_declared(tables: &[TablePlan<'_>]) -> Body {
    tables.iter().fold(run(vec![]), |body, table| {
        let (address, name) = (table.address(), table.schema.name);
        let billing = table.schema.settings.billing;
        let mut condition = format!("{address}.billing_mode == {}", quoted(billing_mode(billing)));
        match billing {
            Billing::Provisioned(capacity) => condition.push_str(&format!(
                " && {address}.read_capacity == {} && {address}.write_capacity == {}",
                capacity.read, capacity.write
            )),
            Billing::OnDemand { max: Some(max) } => condition.push_str(&format!(
                " && {address}.on_demand_throughput[0].max_read_request_units == {} && \
                 {address}.on_demand_throughput[0].max_write_request_units == {}",
                max.read, max.write
            )),
            Billing::OnDemand { max: None } => {
                condition.push_str(&format!(" && length({address}.on_demand_throughput) == 0"));
            }
        }
        assert(body, condition, &format!("Table {name} must be billed as declared."))
    })
}

fn environment(tables: &[TablePlan<'_>]) -> Body {
    let entries = tables
        .iter()
        .map(|table| {
            let variable = environment_variable(table.schema.name);
            (ident(&variable), Expr::text(&format!("test-{}", table.schema.stored_name())))
        })
        .collect();
    let condition = format!("output.environment == {}", Expr::Inline(entries).one_line());
    let run = run(vec![("name_prefix", Expr::text("test-"))]);
    assert(run, condition, "The environment must give every table its full name.")
}

fn is_provisioned(table: &TablePlan<'_>) -> bool {
    matches!(table.schema.settings.billing, Billing::Provisioned(_))
}

fn without_capacity(tables: &[TablePlan<'_>]) -> Body {
    let failing = tables.iter().filter(|table| !is_provisioned(table)).map(|table| Expr::raw(table.address()));
    run(vec![("billing_mode", Expr::text("PROVISIONED"))]).set("expect_failures", Expr::List(failing.collect()))
}

/// The same numbers for every table, none for the indexes.
fn same_for_all(tables: &[TablePlan<'_>], first: &str, second: &str) -> Expr {
    let units = Expr::Inline(vec![(first.to_owned(), Expr::number(7)), (second.to_owned(), Expr::number(3))]);
    Expr::Object(tables.iter().map(|table| (table.key(), units.clone())).collect())
}

fn with_capacity(tables: &[TablePlan<'_>]) -> Body {
    let run =
        run(vec![("billing_mode", Expr::text("PROVISIONED")), ("capacity", same_for_all(tables, "read", "write"))]);
    tables.iter().fold(run, |body, table| {
        let (address, name) = (table.address(), table.schema.name);
        let mut condition = format!("{address}.read_capacity == 7 && {address}.write_capacity == 3");
        let own = table.global.iter().filter(|index| index.capacity.is_some()).count();
        if table.global.len() > own {
            condition.push_str(&format!(
                " && length([for index in {address}.global_secondary_index : index if index.read_capacity == 7 && \
                 index.write_capacity == 3]) >= {}",
                table.global.len() - own,
            ));
        }
        assert(body, condition, &format!("Table {name} and its indexes must have the capacity of the variable."))
    })
}

fn with_limits(tables: &[TablePlan<'_>]) -> Body {
    let run = run(vec![
        ("billing_mode", Expr::text("PAY_PER_REQUEST")),
        ("capacity", same_for_all(tables, "max_read", "max_write")),
    ]);
    tables.iter().fold(run, |body, table| {
        let (address, name) = (table.address(), table.schema.name);
        let condition = format!(
            "{address}.on_demand_throughput[0].max_read_request_units == 7 && \
             {address}.on_demand_throughput[0].max_write_request_units == 3"
        );
        assert(body, condition, &format!("Table {name} must have the limits of the variable."))
    })
}

fn replicas(tables: &[TablePlan<'_>]) -> Body {
    let regions = Expr::Inline(vec![(quoted("us-east-1"), Expr::raw("{}")), (quoted("us-west-2"), Expr::raw("{}"))]);
    let run = run(vec![("billing_mode", Expr::text("PAY_PER_REQUEST")), ("replicas", regions)]);
    let both = quoted(StreamViewType::NewAndOldImages.as_str());
    tables.iter().fold(run, |body, table| {
        let (address, name) = (table.address(), table.schema.name);
        let condition = format!(
            "length({address}.replica) == 2 && {address}.stream_enabled && {address}.stream_view_type == {both}"
        );
        assert(body, condition, &format!("Table {name} must have the replicas and the stream that they need."))
    })
}

pub(super) fn rejected(variable: &str, value: Expr) -> Body {
    run(vec![(variable, value)]).set("expect_failures", Expr::List(vec![Expr::raw(format!("var.{variable}"))]))
}
