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
        .comment("The capacity that the code declares, by \"table\" and by \"table/index\".")
        .set("declared_capacity", Expr::Object(declared_capacity(tables)))
        .comment("The variable wins over the code, number by number.")
        .set(
            "own_capacity",
            per_unit("local.declared_capacity", "declared", "try(coalesce(var.capacity[key][unit], declared), declared)"),
        )
        .comment("An index without a number of its own has its table's.")
        .set(
            "capacity",
            per_unit("local.own_capacity", "own", "try(coalesce(own, local.own_capacity[split(\"/\", key)[0]][unit]), null)"),
        )
        .set("provisioned", Expr::For(
            "for table, mode in local.billing_mode : table =>".to_owned(),
            Box::new(Expr::raw("mode == \"PROVISIONED\"")),
        ))
        .comment("One element where an on-demand table or index has a limit, none elsewhere.")
        .set("on_demand_limits", Expr::For(
            "for key, units in local.capacity : key =>".to_owned(),
            Box::new(Expr::raw(
                "[for limits in [units] : limits if !local.provisioned[split(\"/\", key)[0]] && (limits.max_read != null || limits.max_write != null)]",
            )),
        ));
    Body::new().block("locals", &[], locals)
}

/// DynamoDB's name of the billing mode.
pub(super) fn billing_mode(billing: Billing) -> &'static str {
    match billing {
        Billing::OnDemand { .. } => "PAY_PER_REQUEST",
        Billing::Provisioned(_) => "PROVISIONED",
    }
}

fn declared_capacity(tables: &[TablePlan<'_>]) -> Vec<(String, Expr)> {
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
