//! Roles as `access!` writes them.

use tablewright::registry::{RegisteredRole, Registry};
use tablewright::schema::{GrantSchema, RoleOperation, StreamEvent, TenantSchema};
use tablewright::{Allows, DynamoTable, Entity, Role, allow};

mod model {
    use super::DynamoTable;

    /// What was ordered.
    #[derive(DynamoTable)]
    #[dynamo(
        table = "role-orders",
        stream = new_and_old_images,
        gsi(name = "by-status", partition_key = "status", projection = keys_only),
        gsi(name = "GSI1", partition_key = "customer")
    )]
    pub(super) struct Order {
        #[dynamo(partition_key)]
        id: String,
        status: String,
        customer: String,
    }
}

use model::Order;

tablewright::access! {
    /// Takes orders
    /// from customers.
    ///
    /// Not this paragraph.
    pub(crate) role Checkout {
        Order: create, get, check;
        model::Order: query, query_by_status, scan_gsi1, stream(insert, expire)
    }

    role Customer {
        tenant id = "aws:PrincipalTag/customer";
        Order: upsert;
        model::Order: query;
    }
}

const fn grant(operation: RoleOperation) -> GrantSchema {
    GrantSchema::new("role-orders", "Order", operation)
}

#[test]
fn a_role_is_its_grants() {
    let schema = Checkout::SCHEMA;
    assert_eq!((schema.name, schema.doc), ("Checkout", "Takes orders from customers."));
    assert!(schema.source.file.ends_with("roles.rs") && schema.source.line > 0, "{schema:?}");
    let expected = [
        grant(RoleOperation::Put),
        grant(RoleOperation::Get),
        grant(RoleOperation::Check),
        grant(RoleOperation::Query),
        grant(RoleOperation::Query).with_index(Some("by-status")),
        grant(RoleOperation::Scan).with_index(Some("GSI1")),
        grant(RoleOperation::Stream(&[StreamEvent::Insert, StreamEvent::Expire])),
    ];
    assert_eq!(schema.grants, expected);
    assert_eq!(schema.tenant, None);
    let tenant = TenantSchema { field: "id", variable: "aws:PrincipalTag/customer" };
    assert_eq!(Customer::SCHEMA.tenant, Some(tenant));
}

#[test]
fn what_a_role_allows_is_known_to_the_compiler() {
    fn allows<O, R: Allows<O>>(_: R) {}
    allows::<allow::Create<Order>, _>(Checkout);
    allows::<allow::Query<model::OrderQuery>, _>(Checkout);
    allows::<allow::Query<model::OrderByStatusQuery>, _>(Checkout);
    allows::<allow::Scan<model::OrderGsi1Query>, _>(Checkout);
    allows::<allow::Upsert<Order>, _>(Customer);
}

#[test]
fn roles_are_registered() {
    // The tests of one binary have several tables of one name, which a program does not.
    let registered = tablewright::__private::inventory::iter::<RegisteredRole>();
    let registry = Registry::new([*<model::Order as Entity>::TABLE]).unwrap();
    let registry = registry.with_roles(registered.map(|role| *role.0)).unwrap();
    let names: Vec<_> = registry.roles().iter().map(|role| role.name).collect();
    assert!(names.contains(&"Checkout") && names.contains(&"Customer") && names.is_sorted(), "{names:?}");
    let mut other = *Checkout::SCHEMA;
    other.source.line += 1;
    let error = registry.with_roles([*Checkout::SCHEMA, other]).unwrap_err();
    assert!(error.to_string().starts_with("two roles are named `Checkout`: one in `"), "{error}");
}
