//! Roles as `access!` writes them.

use tablewright::registry::{RegisteredRole, Registry};
use tablewright::request::{IntoAction, WriteRequest};
use tablewright::schema::{GrantSchema, RoleOperation, StreamEvent, TenantSchema};
use tablewright::testing::{Embedded, Spy};
use tablewright::{Dynamo, DynamoAs, DynamoEntity, DynamoTable, Entity, Error, Item, Operation, Role, allow};

mod model {
    use super::DynamoTable;

    /// What was ordered.
    #[derive(DynamoTable, Debug)]
    #[dynamo(
        table = "role-orders",
        stream = new_and_old_images,
        gsi(name = "by-status", partition_key = "status", projection = keys_only),
        gsi(name = "GSI1", partition_key = "customer")
    )]
    pub(super) struct Order {
        #[dynamo(partition_key)]
        pub(super) id: String,
        pub(super) status: String,
        pub(super) customer: String,
    }
}

/// A table of two entities.
#[derive(DynamoTable, Debug, PartialEq)]
#[dynamo(table = "role-mixed", partition_key = "pk", stream = new_image)]
enum Mixed {
    Left(Left),
    Right(Right),
}

#[derive(DynamoEntity, Debug, PartialEq)]
#[dynamo(table = Mixed, partition_key = "LEFT#{id}")]
struct Left {
    id: u64,
}

#[derive(DynamoEntity, Debug, PartialEq)]
#[dynamo(table = Mixed, partition_key = "RIGHT#{id}")]
struct Right {
    id: u64,
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

    /// Whatever allows one thing, says so twice.
    role Twice {
        Order: create, update;
        model::Order: put, upsert, describe;
        Left: stream(insert), get;
        Right: stream(remove), put;
        Mixed: scan;
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
        grant(RoleOperation::Create),
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

#[tokio::test]
async fn a_function_of_several_roles_names_what_it_needs() {
    async fn taken<R>(db: &DynamoAs<R>, order: &Order) -> Option<Order>
    where
        R: allow::Create<Order> + allow::Get<Order> + allow::Query<model::OrderByStatusQuery>,
    {
        db.transact_write((db.create(order),)).await.unwrap();
        let _: Vec<Item> = db.query(Order::query_by_status("open")).await.unwrap();
        db.get(Order::key("1")).consistent().await.unwrap()
    }
    let db = Dynamo::with_executor(Embedded::memory().unwrap());
    db.create_tables(tablewright::tables![Order]).await.unwrap();
    let checkout = db.acting_as::<Checkout>();
    let order = Order { id: "1".into(), status: "open".into(), customer: "ann".into() };
    assert_eq!(taken(&checkout, &order).await.map(|order| order.customer), Some("ann".to_owned()));
    // `query` and `scan_gsi1` of the entity under another path, and a stream.
    assert_eq!(checkout.query(Order::query("1")).count().await.unwrap(), 1);
    assert_eq!(checkout.scan_index::<Order, model::OrderGsi1Query>().await.unwrap().len(), 1);
    let mut stream = checkout.stream::<Order>().from_beginning().open().await.unwrap();
    assert!(stream.next_batch().await.unwrap().is_some());
    // A clone is the same handle, and shows whose it is.
    let shown = format!("{:?}", checkout.clone());
    assert!(shown.starts_with("DynamoAs { role: \"Checkout\", db: Dynamo {"), "{shown}");
    checkout.unrestricted().delete(Order::key("1")).await.unwrap();
    assert!(checkout.get(Order::key("1")).await.unwrap().is_none());
}

#[tokio::test]
async fn several_grants_allow_one_thing() {
    let db = Dynamo::with_executor(Embedded::memory().unwrap());
    db.create_tables(tablewright::tables![Order, Mixed]).await.unwrap();
    let twice = db.acting_as::<Twice>();
    let order = |id: &str| Order { id: id.into(), status: "open".into(), customer: "ann".into() };
    let opened = twice.update(Order::key("0")).set(|order| order.status, "open");
    twice.put(&order("0")).await.unwrap();
    twice.transact_write((twice.create(&order("1")), twice.put(&order("2")), opened)).await.unwrap();
    // Of an entity of several, and of all of them.
    twice.transact_write([twice.put(&Right { id: 2 })]).await.unwrap();
    assert_eq!(twice.transact_get((Left::key(1_u64),)).await.unwrap(), (None,));
    assert_eq!(twice.scan::<Mixed>().await.unwrap(), [Mixed::Right(Right { id: 2 })]);
    let mut stream = twice.stream::<Mixed>().from_beginning().open().await.unwrap();
    assert!(stream.next_batch().await.unwrap().is_some());
    twice.verify_table::<Order>().await.unwrap();
}

#[tokio::test]
async fn what_has_lost_its_type_is_refused_before_it_is_sent() {
    let spy = Spy::new();
    let db = Dynamo::with_executor(spy.clone());
    let checkout = db.acting_as::<Checkout>();
    let refused = |error: Error, verb: &str| {
        assert!(error.is_definitely_not_applied());
        let message = error.to_string();
        let expected = format!(
            "the role `Checkout` may not `{verb}` `Order`; write `Order: {verb}` in its `access!`, so that its policy allows it too"
        );
        assert!(message.contains(&expected), "{message}");
    };
    let actions = vec![db.delete(Order::key("1")).into_action()];
    refused(checkout.transact_write(actions).await.unwrap_err(), "delete");
    let order = |id: &str| Order { id: id.into(), status: "open".into(), customer: "ann".into() };
    // The types of `create` and `put` are one, and an action tells them apart.
    refused(checkout.transact_write(vec![db.put(&order("1")).into_action()]).await.unwrap_err(), "put");
    let mut moved = checkout.transact_write(());
    moved = moved.and(db.rekey(&order("1"), &order("2")));
    refused(moved.await.unwrap_err(), "rekey");
    let request = WriteRequest::delete(&db, Order::key("1")).unwrap();
    refused(checkout.batch_write().request(request.clone()).await.unwrap_err(), "batch_write");
    refused(checkout.batch_write_iter([request]).await.unwrap().complete().unwrap_err(), "batch_write");
    assert_eq!(spy.requests().len(), 0);
    let found = checkout.query(Order::query_by_status("open")).hydrate().await;
    refused(found.unwrap_err(), "batch_get");
    assert_eq!(spy.requests().len(), 0);
    // What it may do is sent, whoever made it.
    checkout.transact_write(vec![db.create(&order("1")).into_action()]).await.unwrap();
    checkout.transact_write((db.create(&order("1")), db.check_exists(Order::key("2")))).await.unwrap();
    assert_eq!(spy.operations(), [Operation::TransactWriteItems; 2]);
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
