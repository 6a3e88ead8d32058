//! `locals.tf`: how the variables and the code together bill and size every table.

use tablewright::schema::{Billing, Capacity};

use crate::hcl::{Body, Expr, quoted};
use crate::plan::TablePlan;

pub(super) fn file(tables: &[TablePlan<'_>]) -> Body {
    let billing = tables
        .iter()
        .map(|table| {
            let declared = quoted(billing_mode(table.schema.settings.billing));
            (table.key(), Expr::raw(format!("coalesce(var.billing_mode, {declared})")))
        })
        .collect();
    let locals = Body::new()
        .comment("The billing mode of each table: the variable wins over the code.")
        .set("billing_mode", Expr::Object(billing))
        .comment("The numbers that the code declares, by \"table\" and by \"table/index\".")
        .set("declared_units", Expr::Object(declared_units(tables)))
        .comment("The variable wins over the code, number by number.")
        .set(
            "own_units",
            per_unit("local.declared_units", "declared", "try(coalesce(var.capacity[key][unit], declared), declared)"),
        )
        .comment("An index without a number of its own has its table's.")
        .set(
            "units",
            per_unit("local.own_units", "own", "try(coalesce(own, local.own_units[split(\"/\", key)[0]][unit]), null)"),
        )
        .comment("What is PROVISIONED has read and write units.")
        .set("capacity", Expr::For(UNITS.to_owned(), Box::new(capacity())))
        .comment("What is PAY_PER_REQUEST may have limits: one element where it has, none where not.")
        .set("on_demand_limits", Expr::For(UNITS.to_owned(), Box::new(Expr::raw(limits()))));
    Body::new().block("locals", &[], locals)
}

const UNITS: &str = "for key, units in local.units : key =>";

/// The billing mode of the table that a `key` of a table or index belongs to.
const MODE: &str = "local.billing_mode[split(\"/\", key)[0]]";

fn capacity() -> Expr {
    let unit = |name: &str| (name.to_owned(), Expr::raw(format!("{MODE} == \"PROVISIONED\" ? units.{name} : null")));
    Expr::Object(vec![unit("read"), unit("write")])
}

fn limits() -> String {
    format!(
        "[for limits in [units] : limits if {MODE} == \"PAY_PER_REQUEST\" && (limits.max_read != null || \
         limits.max_write != null)]"
    )
}

/// DynamoDB's name of the billing mode.
pub(super) fn billing_mode(billing: Billing) -> &'static str {
    match billing {
        Billing::OnDemand { .. } => "PAY_PER_REQUEST",
        Billing::Provisioned(_) => "PROVISIONED",
    }
}

fn declared_units(tables: &[TablePlan<'_>]) -> Vec<(String, Expr)> {
    let mut entries = Vec::new();
    for table in tables {
        let (provisioned, max) = match table.schema.settings.billing {
            Billing::OnDemand { max } => (None, max),
            Billing::Provisioned(capacity) => (Some(capacity), None),
        };
        entries.push((table.key(), units(provisioned, max)));
        entries.extend(table.global.iter().map(|index| (table.index_key(index), units(index.capacity, None))));
    }
    entries
}

fn units(provisioned: Option<Capacity>, max: Option<Capacity>) -> Expr {
    let unit = |name: &str, value: Option<u64>| (name.to_owned(), Expr::number_or_null(value));
    Expr::Inline(vec![
        unit("read", provisioned.map(|capacity| capacity.read)),
        unit("write", provisioned.map(|capacity| capacity.write)),
        unit("max_read", max.map(|capacity| capacity.read)),
        unit("max_write", max.map(|capacity| capacity.write)),
    ])
}

/// A map of the same keys and units with another value.
fn per_unit(map: &str, name: &str, value: &str) -> Expr {
    let inner = Expr::For(format!("for unit, {name} in units : unit =>"), Box::new(Expr::raw(value)));
    Expr::For(format!("for key, units in {map} : key =>"), Box::new(inner))
}
