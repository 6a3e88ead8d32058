//! What a module has besides its tables, where it is asked for.

use tablewright::registry::Registry;
use tablewright::schema::{GrantSchema, RoleOperation, RoleSchema};
use tablewright_terraform::{Extras, Module, Options, Provider, generate};

use super::assert_golden;
use super::models::{EVENTS, ORDERS, SETTINGS};

const AUDITOR: RoleSchema = RoleSchema::new(
    "Auditor",
    "Reads what happened, from another account.",
    &[
        GrantSchema::new("audit-events.v2", "Event", RoleOperation::Query),
        GrantSchema::new("audit-events.v2", "Event", RoleOperation::Query).with_index(Some("by_kind")),
        GrantSchema::new("audit-events.v2", "Event", RoleOperation::Query).with_index(Some("by_actor")),
        GrantSchema::new("settings", "Settings", RoleOperation::Get),
    ],
);

const WRITER: RoleSchema = RoleSchema::new(
    "Writer",
    "",
    &[
        GrantSchema::new("orders", "Order", RoleOperation::Put),
        GrantSchema::new("audit-events.v2", "Event", RoleOperation::BatchWrite),
    ],
);

/// Tables with every extra.
pub(super) fn asked(provider: Provider) -> (Registry, Options) {
    let registry = Registry::new([EVENTS, ORDERS, SETTINGS]).unwrap().with_roles([AUDITOR, WRITER]).unwrap();
    let names = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
    let mut extras = Extras::default();
    extras.autoscaling = names(&["audit-events.v2"]);
    extras.contributor_insights = true;
    extras.kinesis = names(&["settings", "orders"]);
    extras.resource_policy = names(&["audit-events.v2", "settings"]);
    extras.vpc_endpoint = true;
    (registry, Options::new("shop-model", "0.3.1").with_provider(provider).with_extras(extras))
}

fn module(provider: Provider) -> Module {
    let (registry, options) = asked(provider);
    generate(&registry, &options).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

#[test]
fn every_extra() {
    assert_golden("extras", &module(Provider::Aws5));
}

#[test]
fn the_region_has_another_name_in_the_newer_provider() {
    let endpoint = |provider| module(provider).file("vpc_endpoint.tf").unwrap().to_owned();
    assert!(endpoint(Provider::Aws5).contains("data.aws_region.current.name"));
    assert!(endpoint(Provider::Aws6).contains("data.aws_region.current.region"));
}
