//! The DynamoDBs that the suite runs on.

use std::panic::AssertUnwindSafe;
use std::sync::Once;
use std::sync::atomic::{AtomicU32, Ordering};

use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};
use futures_util::FutureExt;
use tablewright::testing::Embedded;
use tablewright::{CallSettings, Dynamo, Entity, Operation, Request};

/// The variable that names a server to run the suite on as well.
pub(crate) const ENDPOINT: &str = "TABLEWRIGHT_TEST_ENDPOINT";

/// Runs a test on the embedded engine, on that engine through the SDK's client, and on a server if there is one.
///
/// Each run has a DynamoDB without tables to itself, and a failure names the backend that it happened on.
pub(crate) async fn for_each_backend(test: impl AsyncFn(Dynamo)) {
    let engine = || Embedded::memory().expect("the engine starts");
    on("embedded", test(Dynamo::with_executor(engine()))).await;
    let other = engine();
    let clients = Dynamo::builder().streams_client(other.sdk_streams_client()).client(other.sdk_client());
    on("sdk client on embedded", test(clients)).await;
    let Ok(endpoint) = std::env::var(ENDPOINT) else {
        static TOLD: Once = Once::new();
        TOLD.call_once(|| println!("skipped: {ENDPOINT} is not set, so the suite does not run on a server"));
        return;
    };
    let client = server_client(&endpoint);
    let prefix = unique_prefix();
    // The server shares the machine with the rest of the suite.
    let mut settings = CallSettings::default();
    settings.attempt_timeout = std::time::Duration::from_secs(60);
    settings.call_timeout = std::time::Duration::from_secs(120);
    let builder = Dynamo::builder().table_prefix(prefix.clone()).call_settings(settings);
    let db = builder.streams_client(server_streams_client(&endpoint)).client(client);
    let failed = AssertUnwindSafe(on(&endpoint, test(db.clone()))).catch_unwind().await.err();
    delete_tables(&db, &prefix).await;
    if let Some(failed) = failed {
        std::panic::resume_unwind(failed);
    }
}

async fn on(backend: &str, test: impl Future<Output = ()>) {
    if let Err(failed) = AssertUnwindSafe(test).catch_unwind().await {
        eprintln!("the test failed on this backend: {backend}");
        std::panic::resume_unwind(failed);
    }
}

/// Puts an item as it is, as another program wrote it.
pub(crate) async fn put_json<E: Entity>(db: &Dynamo, item: &str) {
    let table = db.table_name::<E>();
    let body = format!(r#"{{"TableName":"{table}","Item":{item}}}"#).into();
    db.execute_raw(Request { operation: Operation::PutItem, table, body }).await.expect("the item is put");
}

pub(crate) fn server_client(endpoint: &str) -> aws_sdk_dynamodb::Client {
    let config = aws_sdk_dynamodb::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static("us-east-1"))
        .endpoint_url(endpoint)
        .credentials_provider(Credentials::new("test", "test", None, None, "test"))
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .build();
    aws_sdk_dynamodb::Client::from_conf(config)
}

fn server_streams_client(endpoint: &str) -> aws_sdk_dynamodbstreams::Client {
    let config = aws_sdk_dynamodbstreams::Config::builder()
        .behavior_version(aws_sdk_dynamodbstreams::config::BehaviorVersion::latest())
        .region(Region::from_static("us-east-1"))
        .endpoint_url(endpoint)
        .credentials_provider(Credentials::new("test", "test", None, None, "test"))
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .build();
    aws_sdk_dynamodbstreams::Client::from_conf(config)
}

/// A prefix that no other test of this or another run has.
pub(crate) fn unique_prefix() -> String {
    static TESTS: AtomicU32 = AtomicU32::new(0);
    let since = std::time::UNIX_EPOCH.elapsed().expect("the clock is past 1970");
    format!("t{}-{}-{}-", std::process::id(), since.as_millis(), TESTS.fetch_add(1, Ordering::Relaxed))
}

async fn delete_tables(db: &Dynamo, prefix: &str) {
    let raw = |operation, body: serde_json::Value| {
        db.execute_raw(Request { operation, table: "".into(), body: body.to_string().into() })
    };
    // A prefix sorts just before the names that begin with it.
    let listed = raw(Operation::ListTables, serde_json::json!({ "ExclusiveStartTableName": prefix })).await;
    let listed = listed.expect("tables are listed").body;
    let listed: serde_json::Value = serde_json::from_slice(&listed).expect("the list is JSON");
    for name in listed["TableNames"].as_array().into_iter().flatten().filter_map(|name| name.as_str()) {
        if name.starts_with(prefix) {
            let _ = raw(Operation::DeleteTable, serde_json::json!({ "TableName": name })).await;
        }
    }
}
