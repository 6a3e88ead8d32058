//! Updates of fields that feed the keys of indexes: the keys change with them.

use tablewright::Entity as _;
use tablewright::prelude::*;

use crate::runtime::backends::for_each_backend;

/// A ticket: two indexes that share a field, one with a group of its own, and one with two sides apart.
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(
    table = "tickets",
    partition_key = "TENANT#{tenant}",
    sort_key = "TICKET#{id}",
    gsi(name = "by-status", partition_key = "STATUS#{status}", sort_key = "{priority}#{opened}#{id}"),
    gsi(name = "by-opened", partition_key = "TENANT#{tenant}", sort_key = "{opened}#{id}"),
    gsi(name = "by-owner", partition_key = "{owner}", sort_key = "{id}", sparse),
    gsi(name = "by-native", partition_key = "team", sort_key = "{team}#{seen}")
)]
struct Ticket {
    #[dynamo(key_only)]
    tenant: String,
    #[dynamo(key_only)]
    id: u32,
    status: String,
    priority: u8,
    opened: EpochSeconds,
    owner: Option<String>,
    team: String,
    seen: u16,
    note: Option<String>,
}

fn ticket(id: u32) -> Ticket {
    Ticket {
        tenant: "a#b".into(),
        id,
        status: "open".into(),
        priority: 3,
        opened: EpochSeconds(1000 + u64::from(id)),
        owner: Some("ann".into()),
        team: "red".into(),
        seen: 0,
        note: None,
    }
}

/// What is stored is what a put of the same value stores, key attributes of indexes and all.
async fn is_as_if_put(db: &Dynamo, expected: &Ticket) {
    let request = db.get(expected.primary_key()).consistent().preview().unwrap();
    let answer = db.execute_raw(request).await.unwrap().body;
    let answer: serde_json::Value = serde_json::from_slice(&answer).unwrap();
    let put: serde_json::Value = serde_json::from_str(&Dynamo::preview_item(expected).unwrap()).unwrap();
    assert_eq!(answer["Item"], put);
    assert_eq!(db.get(expected.primary_key()).await.unwrap().as_ref(), Some(expected));
}

async fn created(db: &Dynamo) -> Ticket {
    db.create_tables(tablewright::tables![Ticket]).await.unwrap();
    db.create(&ticket(7)).await.unwrap();
    ticket(7)
}

#[tokio::test]
async fn the_fields_and_every_key_that_they_make_change_together() {
    for_each_backend(async |db| {
        let mut expected = created(&db).await;
        // The sort key of `by-status` has `opened`, and so has that of `by-opened`.
        let key = || Ticket::key("a#b", 7_u32);
        db.update(key())
            .set(|ticket| ticket.by_status_sort_key, (9_u8, EpochSeconds(5)))
            .set(|ticket| ticket.note, "raised")
            .await
            .unwrap();
        (expected.priority, expected.opened, expected.note) = (9, EpochSeconds(5), Some("raised".into()));
        is_as_if_put(&db, &expected).await;
        db.update(key()).set(|ticket| ticket.by_status_partition_key, ("done",)).await.unwrap();
        expected.status = "done".into();
        is_as_if_put(&db, &expected).await;
        let done = db.query(Ticket::query_by_status("done").priority().ge(9_u8)).await.unwrap();
        assert_eq!(done, [expected.clone()]);
        assert_eq!(db.query(Ticket::query_by_opened("a#b").opened().lt(EpochSeconds(6))).await.unwrap(), [expected]);
        assert_eq!(db.query(Ticket::query_by_status("open")).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn none_takes_the_item_out_of_a_sparse_index() {
    for_each_backend(async |db| {
        let mut expected = created(&db).await;
        let key = || Ticket::key("a#b", 7_u32);
        db.update(key()).set(|ticket| ticket.by_owner, (None,)).await.unwrap();
        expected.owner = None;
        is_as_if_put(&db, &expected).await;
        assert_eq!(db.query(Ticket::query_by_owner("ann")).await.unwrap(), []);
        db.update(key()).set(|ticket| ticket.by_owner, ("bob",)).await.unwrap();
        expected.owner = Some("bob".into());
        is_as_if_put(&db, &expected).await;
        assert_eq!(db.query(Ticket::query_by_owner("bob")).await.unwrap(), [expected]);
    })
    .await;
}

#[tokio::test]
async fn a_field_that_is_a_key_itself_and_feeds_another_changes_with_it() {
    for_each_backend(async |db| {
        let mut expected = created(&db).await;
        db.update(Ticket::key("a#b", 7_u32)).set(|ticket| ticket.by_native, ("blue", 4_u16)).await.unwrap();
        (expected.team, expected.seen) = ("blue".into(), 4);
        is_as_if_put(&db, &expected).await;
        assert_eq!(db.query(Ticket::query_by_native("blue").seen().eq(4_u16)).await.unwrap(), [expected]);
    })
    .await;
}

#[tokio::test]
async fn an_upsert_writes_the_keys_that_the_primary_key_makes() {
    for_each_backend(async |db| {
        db.create_tables(tablewright::tables![Ticket]).await.unwrap();
        db.upsert(Ticket::key("a#b", 7_u32))
            .set(|ticket| ticket.by_status_partition_key, ("open",))
            .set(|ticket| ticket.by_status_sort_key, (3_u8, EpochSeconds(1007)))
            .set(|ticket| ticket.by_owner, ("ann",))
            .set(|ticket| ticket.by_native, ("red", 0_u16))
            .await
            .unwrap();
        is_as_if_put(&db, &ticket(7)).await;
    })
    .await;
}

#[tokio::test]
async fn a_value_that_no_key_can_have_is_refused_before_it_is_sent() {
    let db = Dynamo::with_executor(tablewright::testing::Embedded::memory().unwrap());
    let update = db.update(Ticket::key("a", 7_u32)).set(|ticket| ticket.by_status_partition_key, ("",));
    let said = update.preview().unwrap_err().to_string();
    assert!(said.contains("`status`") && said.contains("STATUS#{status}") && said.contains("empty"), "{said}");
    let update = db.update(Ticket::key("a", 7_u32)).set(|ticket| ticket.by_native, ("", 4_u16));
    let said = update.preview().unwrap_err().to_string();
    assert!(said.contains("`team`"), "{said}");
}
