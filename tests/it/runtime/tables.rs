//! Tables made, verified and deleted from their schemas, on every backend.

use std::sync::Arc;

use serde_json::{Value, json};
use tablewright::schema::{
    Billing, Capacity, IndexKind, IndexProjection, IndexSchema, KeySchema, KeyType, PointInTimeRecovery,
    StreamViewType, TableClass, TableSchema, TableSettings,
};
use tablewright::testing::Spy;
use tablewright::{Dynamo, Error, Operation, Request, SchemaMismatch};

use super::backends::for_each_backend;
use super::model::Reserved;

const CUSTOMER: KeySchema = KeySchema::new("customer", KeyType::S);
const NUMBER: KeySchema = KeySchema::new("number", KeyType::N);
const PLACED: KeySchema = KeySchema::new("placed", KeyType::N);
const STATUS: KeySchema = KeySchema::new("status", KeyType::S);

/// A table with everything that a schema can have, billed on demand.
static RICH: TableSchema = TableSchema::new("rich", CUSTOMER, Some(NUMBER))
    .with_indexes(&[
        IndexSchema::new(
            "by-status",
            IndexKind::Global,
            &[STATUS],
            &[PLACED],
            IndexProjection::Include(&["total", "note"]),
        ),
        IndexSchema::new("by-number", IndexKind::Global, &[NUMBER], &[], IndexProjection::All),
        IndexSchema::new("recent", IndexKind::Local, &[CUSTOMER], &[PLACED], IndexProjection::KeysOnly),
    ])
    .with_ttl("expires_at")
    .with_settings(
        TableSettings::new()
            .with_stream(StreamViewType::NewAndOldImages)
            .with_point_in_time_recovery(PointInTimeRecovery::Enabled { days: 35 })
            .with_table_class(TableClass::StandardInfrequentAccess)
            .with_tags(&[("owner", "shop"), ("stage", "test")]),
    );

static PROVISIONED: TableSchema = TableSchema::new("provisioned", CUSTOMER, None)
    .with_indexes(&[
        IndexSchema::new("by-status", IndexKind::Global, &[STATUS], &[], IndexProjection::All)
            .with_capacity(Capacity { read: 3, write: 4 }),
        IndexSchema::new("by-number", IndexKind::Global, &[NUMBER], &[], IndexProjection::All),
    ])
    .with_settings(
        TableSettings::new()
            .with_billing(Billing::Provisioned(Capacity { read: 5, write: 6 }))
            .with_point_in_time_recovery(PointInTimeRecovery::Disabled)
            .with_deletion_protection(false),
    );

fn request(operation: Operation, table: Arc<str>, mut body: Value) -> Request {
    body["TableName"] = (&*table).into();
    Request { operation, table, body: body.to_string().into() }
}

async fn raw(db: &Dynamo, operation: Operation, schema: &'static TableSchema, body: Value) -> Result<Value, Error> {
    let response = db.execute_raw(request(operation, db.name_of(schema), body)).await?;
    Ok(serde_json::from_slice(&response.body).expect("the answer is JSON"))
}

fn mismatch(result: Result<(), Error>) -> SchemaMismatch {
    match result {
        Err(Error::SchemaMismatch(mismatch)) => *mismatch,
        other => panic!("{other:?}"),
    }
}

/// What differs, each as `what: expected, found`.
fn differences(result: Result<(), Error>) -> Vec<String> {
    let each = mismatch(result).differences;
    each.iter().map(|each| format!("{}: {}, {}", each.what, each.expected, each.found)).collect()
}

#[tokio::test]
async fn a_made_table_is_as_its_schema_says() {
    for_each_backend(async |db: Dynamo| {
        db.create_tables([&RICH, &PROVISIONED]).await.unwrap();
        db.verify_tables([&RICH, &PROVISIONED]).await.unwrap();
        db.ensure_tables([&RICH, &PROVISIONED]).await.unwrap();
        let live = raw(&db, Operation::DescribeTable, &PROVISIONED, json!({})).await.unwrap();
        assert_eq!(live["Table"]["ProvisionedThroughput"]["WriteCapacityUnits"], 6);
        let capacity = |name: &str| {
            let indexes = live["Table"]["GlobalSecondaryIndexes"].as_array().unwrap();
            let index = indexes.iter().find(|index| index["IndexName"] == name).unwrap();
            (
                index["ProvisionedThroughput"]["ReadCapacityUnits"].as_u64(),
                index["ProvisionedThroughput"]["WriteCapacityUnits"].as_u64(),
            )
        };
        assert_eq!(capacity("by-status"), (Some(3), Some(4)));
        assert_eq!(capacity("by-number"), (Some(5), Some(6)), "an index has the table's capacity if it says nothing");
    })
    .await;
}

#[tokio::test]
async fn a_second_creation_is_refused_and_points_to_ensure() {
    for_each_backend(async |db: Dynamo| {
        db.create_tables([&PROVISIONED]).await.unwrap();
        let error = db.create_tables([&RICH, &PROVISIONED]).await.unwrap_err();
        assert!(error.is_definitely_not_applied());
        let expected = format!(
            "table `{}` is there already; use `db.ensure_tables(…)` to make only what is missing and to check the rest",
            db.name_of(&PROVISIONED)
        );
        assert_eq!(error.to_string(), expected);
        assert!(matches!(db.verify_tables([&RICH]).await, Err(Error::TableNotFound(_))), "nothing was made");
        db.ensure_tables([&RICH, &PROVISIONED]).await.unwrap();
        db.verify_tables([&RICH, &PROVISIONED]).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn every_difference_of_a_live_table_is_listed() {
    static OTHER: TableSchema = TableSchema::new("rich", KeySchema::new("customer", KeyType::N), None)
        .with_indexes(&[
            IndexSchema::new("by-status", IndexKind::Global, &[STATUS], &[], IndexProjection::Include(&["note"])),
            IndexSchema::new("recent", IndexKind::Local, &[CUSTOMER], &[PLACED], IndexProjection::All),
            IndexSchema::new("by-place", IndexKind::Global, &[PLACED], &[], IndexProjection::All),
        ])
        .with_settings(
            TableSettings::new()
                .with_billing(Billing::Provisioned(Capacity { read: 1, write: 1 }))
                .with_point_in_time_recovery(PointInTimeRecovery::Disabled)
                .with_deletion_protection(true),
        );
    for_each_backend(async |db: Dynamo| {
        db.create_tables([&RICH]).await.unwrap();
        let expected = [
            "partition key: customer (N), customer (S)",
            "sort key: none, number (N)",
            "sort key of index by-status: none, placed (N)",
            "projection of index by-status: INCLUDE, note, INCLUDE, note, total",
            "projection of index recent: ALL, KEYS_ONLY",
            "index by-place: global, none",
            "index by-number: none, global",
            "stream: none, NEW_AND_OLD_IMAGES",
            "time-to-live attribute: none, expires_at",
            "billing mode: PROVISIONED, PAY_PER_REQUEST",
            "table class: STANDARD, STANDARD_INFREQUENT_ACCESS",
            "deletion protection: on, off",
            "point-in-time recovery: off, 35 days",
        ];
        assert_eq!(differences(db.verify_tables([&OTHER]).await), expected);
        assert_eq!(differences(db.ensure_tables([&OTHER]).await), expected);
        let mismatch = mismatch(db.verify_tables([&OTHER]).await);
        assert_eq!(&*mismatch.table, &*db.name_of(&RICH));
        db.verify_tables([&RICH]).await.expect("ensuring changed nothing");
    })
    .await;
}

#[tokio::test]
async fn a_deleted_table_is_gone_and_a_protected_one_stays() {
    for_each_backend(async |db: Dynamo| {
        let missing = db.delete_table::<Reserved>().await.unwrap_err();
        assert!(matches!(missing, Error::TableNotFound(_)), "{missing}");
        db.create_tables(tablewright::tables![Reserved]).await.unwrap();
        let schema = tablewright::tables![Reserved][0];
        let protect = |on: bool| json!({ "DeletionProtectionEnabled": on });
        raw(&db, Operation::UpdateTable, schema, protect(true)).await.unwrap();
        let protected = db.delete_table::<Reserved>().await.unwrap_err();
        assert!(matches!(protected, Error::Refused(_)), "{protected}");
        assert!(protected.to_string().to_lowercase().contains("protect"), "{protected}");
        raw(&db, Operation::UpdateTable, schema, protect(false)).await.unwrap();
        db.delete_table::<Reserved>().await.unwrap();
        assert!(matches!(db.verify_tables([schema]).await, Err(Error::TableNotFound(_))));
    })
    .await;
}

fn description(table: &str, index: &str) -> String {
    let indexes = json!([{ "IndexName": "by-number", "IndexStatus": index }]);
    json!({ "Table": { "TableStatus": table, "GlobalSecondaryIndexes": indexes } }).to_string()
}

#[tokio::test(start_paused = true)]
async fn a_table_is_awaited_with_its_indexes() {
    static PLAIN: TableSchema = TableSchema::new("plain", CUSTOMER, None);
    let spy = Spy::new()
        .refuse("ResourceNotFoundException")
        .answer("{}")
        .refuse("ResourceNotFoundException")
        .answer(description("CREATING", "CREATING"))
        .answer(description("ACTIVE", "CREATING"))
        .answer(description("ACTIVE", "ACTIVE"));
    Dynamo::with_executor(spy.clone()).create_tables([&PLAIN]).await.unwrap();
    use Operation::{CreateTable, DescribeTable};
    assert_eq!(
        spy.operations(),
        [DescribeTable, CreateTable, DescribeTable, DescribeTable, DescribeTable, DescribeTable]
    );
}

#[tokio::test(start_paused = true)]
async fn waiting_ends_at_the_deadline() {
    static PLAIN: TableSchema = TableSchema::new("plain", CUSTOMER, None);
    let mut spy = Spy::new().refuse("ResourceNotFoundException").answer("{}");
    for _ in 0..500 {
        spy = spy.answer(description("CREATING", "CREATING"));
    }
    let waited = Dynamo::with_executor(spy).create_tables([&PLAIN]).await;
    assert_eq!(
        mismatch(waited).to_string(),
        "table `plain` is not as its struct says; state after 10 minutes: expected active, with all its indexes, found \
         still changing"
    );
}

#[tokio::test]
async fn the_request_carries_every_setting() {
    static MAXIMAL: TableSchema = TableSchema::new("maximal", CUSTOMER, None).with_settings(
        TableSettings::new()
            .with_billing(Billing::OnDemand { max: Some(Capacity { read: 100, write: 50 }) })
            .with_warm_throughput(Capacity { read: 12_000, write: 4_000 })
            .with_deletion_protection(true)
            .with_tags(&[("owner", "shop")]),
    );
    let spy = Spy::new().refuse("ResourceNotFoundException").answer("{}").answer(description("ACTIVE", "ACTIVE"));
    Dynamo::with_executor(spy.clone()).create_tables([&MAXIMAL]).await.unwrap();
    let sent: Value = serde_json::from_str(spy.requests()[1].json()).unwrap();
    let expected = json!({
        "TableName": "maximal",
        "AttributeDefinitions": [{ "AttributeName": "customer", "AttributeType": "S" }],
        "KeySchema": [{ "AttributeName": "customer", "KeyType": "HASH" }],
        "BillingMode": "PAY_PER_REQUEST",
        "OnDemandThroughput": { "MaxReadRequestUnits": 100, "MaxWriteRequestUnits": 50 },
        "WarmThroughput": { "ReadUnitsPerSecond": 12_000, "WriteUnitsPerSecond": 4_000 },
        "DeletionProtectionEnabled": true,
        "Tags": [{ "Key": "owner", "Value": "shop" }],
    });
    assert_eq!(sent, expected);
}
