//! Named access patterns.

use tablewright::prelude::*;
use tablewright::schema::{AccessPatternSchema, AccessRange};
use tablewright::{Entity, Item};

use crate::runtime::backends::for_each_backend;

const OPEN: &str = "open";

#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(
    table = "tickets",
    gsi(name = "by-tenant", partition_key = ["tenant", "region"], sort_key = ["status", "opened"]),
    gsi(name = "by-status", partition_key = "status", sort_key = "opened", projection = keys_only),
    access(name = "numbered", partition(tenant), sort(number)),
    access(name = "numbers", partition(tenant), range(number between first and last), order = descending, take = 2),
    access(
        name = "open_since",
        index = "by-tenant",
        partition(tenant),
        fixed(region = "eu", status = OPEN),
        range(opened >= since),
        doc = "The open tickets of Europe."
    ),
    access(name = "like", index = "by-tenant", partition(region, tenant), range(status begins_with prefix)),
    access(name = "heads", partition(tenant), reads = Head),
    access(name = "keys", index = "by-status", partition(status), range(opened < before))
)]
struct Ticket {
    #[dynamo(partition_key)]
    tenant: String,
    #[dynamo(sort_key)]
    number: u32,
    region: String,
    status: String,
    opened: u64,
    #[dynamo(rename = "Title")]
    title: String,
}

#[derive(DynamoAttribute, Debug, Clone, PartialEq)]
struct Head {
    number: u32,
    #[dynamo(rename = "Title")]
    title: String,
}

fn ticket(number: u32) -> Ticket {
    Ticket {
        tenant: "acme".into(),
        number,
        region: if number.is_multiple_of(4) { "us" } else { "eu" }.into(),
        status: if number.is_multiple_of(2) { OPEN } else { "done" }.into(),
        opened: u64::from(number) * 10,
        title: format!("ticket {number}"),
    }
}

async fn filled(db: &Dynamo) {
    db.create_tables(tablewright::tables![Ticket]).await.unwrap();
    for number in 1..=10 {
        db.create(&ticket(number)).await.unwrap();
    }
}

fn numbers(tickets: &[Ticket]) -> Vec<u32> {
    tickets.iter().map(|ticket| ticket.number).collect()
}

#[tokio::test]
async fn a_pattern_is_a_query_with_its_order_and_budget() {
    for_each_backend(async |db| {
        filled(&db).await;
        assert_eq!(db.query(Ticket::numbered("acme", 3_u32)).one().await.unwrap(), Some(ticket(3)));
        assert_eq!(numbers(&db.query(Ticket::numbers("acme", 3_u32, 8_u32)).await.unwrap()), [8, 7]);
        let more = db.query(Ticket::numbers("acme", 3_u32, 8_u32)).take(4).ascending().await.unwrap();
        assert_eq!(numbers(&more), [3, 4, 5, 6]);
        assert_eq!(numbers(&db.query(Ticket::open_since("acme", 30_u64)).await.unwrap()), [6, 10]);
        let page = db.query(Ticket::numbers("acme", 1_u32, 9_u32)).page().await.unwrap();
        let rest = db.query(Ticket::numbers("acme", 1_u32, 9_u32)).after(page.cursor).page().await.unwrap();
        assert_eq!((numbers(&page.items), numbers(&rest.items)), (vec![9, 8], vec![7, 6]));
    })
    .await;
}

#[tokio::test]
async fn parameters_come_in_the_order_of_the_pattern() {
    for_each_backend(async |db| {
        filled(&db).await;
        // The index's partition key is the tenant and then the region.
        assert_eq!(numbers(&db.query(Ticket::like("us", "acme", "o")).await.unwrap()), [4, 8]);
    })
    .await;
}

#[tokio::test]
async fn a_pattern_reads_what_it_says() {
    for_each_backend(async |db| {
        filled(&db).await;
        let heads: Vec<Head> = db.query(Ticket::heads("acme")).take(2).await.unwrap();
        assert_eq!(heads[1], Head { number: 2, title: "ticket 2".into() });
        let keys: Vec<Item> = db.query(Ticket::keys(OPEN, 50_u64)).await.unwrap();
        assert_eq!(keys.len(), 2);
    })
    .await;
}

#[test]
fn a_pattern_of_fewer_attributes_asks_for_no_others() {
    let db = Dynamo::with_executor(tablewright::testing::Embedded::memory().unwrap());
    let body = String::from_utf8(db.query(Ticket::heads("acme")).preview().unwrap().body.to_vec()).unwrap();
    assert!(body.contains(r##""ProjectionExpression":"#n1, #n2""##), "{body}");
    let body =
        String::from_utf8(db.query(Ticket::numbers("a", 1_u32, 2_u32)).preview().unwrap().body.to_vec()).unwrap();
    assert!(body.contains(r#""ScanIndexForward":false"#) && body.contains(r#""Limit":2"#), "{body}");
}

#[test]
fn the_schema_lists_the_patterns() {
    let patterns = Ticket::TABLE.entities[0].access;
    let named = |name: &str| patterns.iter().find(|pattern| pattern.name == name).unwrap();
    let open = named("open_since");
    let expected = AccessPatternSchema::new("open_since", Some("by-tenant"), &["tenant", "region"])
        .with_doc("The open tickets of Europe.")
        .with_fixed(&["status"])
        .with_range("opened", ">=")
        .with_constants(&[("region", "\"eu\""), ("status", "OPEN")]);
    assert_eq!(*open, expected);
    let numbers = named("numbers");
    assert_eq!(numbers.range, Some(AccessRange { field: "number", operator: "between" }));
    assert_eq!((numbers.index, numbers.descending, numbers.take), (None, true, Some(2)));
    assert_eq!(named("heads").attributes, ["number", "Title"]);
    assert_eq!(patterns.len(), 6);
}
