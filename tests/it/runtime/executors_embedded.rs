//! What the embedded engine adds to the one it is made of.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, UNIX_EPOCH};

use aws_sdk_dynamodb::types::AttributeValue;
use aws_smithy_runtime_api::client::http::{HttpClient, HttpConnector, HttpConnectorSettings};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_smithy_types::body::SdkBody;
use serde_json::{Value, json};
use tablewright::testing::Embedded;
use tablewright::{Dynamo, Error, Operation, Request};

use super::canned::crc32;

pub(super) fn call(engine: &Embedded, operation: &str, body: Value) -> (u16, Value) {
    let (status, answer) = engine.call(operation, body.to_string().as_bytes());
    (status, serde_json::from_slice(&answer).expect("the answer is JSON"))
}

pub(super) fn done(engine: &Embedded, operation: &str, body: Value) -> Value {
    let (status, answer) = call(engine, operation, body);
    assert_eq!(status, 200, "{operation}: {answer}");
    answer
}

pub(super) fn refused(engine: &Embedded, operation: &str, body: Value) -> String {
    let (status, answer) = call(engine, operation, body);
    assert_eq!(status, 400, "{operation}: {answer}");
    answer["__type"].as_str().expect("an error has a type").rsplit('#').next().unwrap_or_default().to_owned()
}

pub(super) fn with_table(engine: &Embedded) {
    let capacity = json!({ "ReadCapacityUnits": 5, "WriteCapacityUnits": 5 });
    let key = |name: &str| json!([{ "AttributeName": name, "KeyType": "HASH" }]);
    done(
        engine,
        "CreateTable",
        json!({
            "TableName": "notes",
            "AttributeDefinitions": [
                { "AttributeName": "id", "AttributeType": "S" }, { "AttributeName": "tag", "AttributeType": "S" },
            ],
            "KeySchema": key("id"),
            "ProvisionedThroughput": capacity,
            "GlobalSecondaryIndexes": [{
                "IndexName": "by-tag", "KeySchema": key("tag"), "Projection": { "ProjectionType": "ALL" },
                "ProvisionedThroughput": capacity,
            }],
        }),
    );
}

pub(super) fn memory_with_table() -> Embedded {
    let engine = Embedded::memory().unwrap();
    with_table(&engine);
    engine
}

pub(super) fn notes() -> Value {
    json!({ "TableName": "notes" })
}

#[test]
fn an_update_that_makes_an_item_has_no_old_one() {
    let engine = memory_with_table();
    let update = |returns: &str| {
        json!({
            "TableName": "notes", "Key": { "id": { "S": "x" } }, "UpdateExpression": "SET n = :n",
            "ExpressionAttributeValues": { ":n": { "N": "1" } }, "ReturnValues": returns,
        })
    };
    assert_eq!(done(&engine, "UpdateItem", update("ALL_OLD")).get("Attributes"), None);
    let old = json!({ "id": { "S": "x" }, "n": { "N": "1" } });
    assert_eq!(done(&engine, "UpdateItem", update("ALL_OLD"))["Attributes"], old);
    done(&engine, "PutItem", json!({ "TableName": "notes", "Item": { "id": { "S": "x" } } }));
    let only_its_key = done(&engine, "UpdateItem", update("ALL_OLD"));
    assert_eq!(only_its_key["Attributes"], json!({ "id": { "S": "x" } }));
}

#[test]
fn operations_of_servers_are_known_and_others_are_not() {
    let engine = memory_with_table();
    done(&engine, "DescribeLimits", json!({}));
    done(&engine, "ListStreams", json!({}));
    let insert = r#"INSERT INTO "notes" VALUE {'id': 'x'}"#;
    done(&engine, "ExecuteStatement", json!({ "Statement": insert }));
    assert_eq!(done(&engine, "Scan", notes())["Count"], 1);
    assert_eq!(refused(&engine, "CreateBackup", notes()), "UnknownOperationException");
    assert_eq!(refused(&engine, "", json!({})), "UnknownOperationException");
    let (status, _) = engine.call("GetItem", b"not JSON");
    assert_eq!(status, 400);
}

#[test]
fn errors_have_the_class_that_dynamodb_gives_them() {
    let engine = memory_with_table();
    let put = |item: Value| json!({ "TableName": "notes", "Item": item });
    let number = json!({ "id": { "S": "x" }, "n": { "N": "1".repeat(39) } });
    assert_eq!(refused(&engine, "PutItem", put(number)), "ValidationException");
    assert_eq!(refused(&engine, "PutItem", json!({ "TableName": 7, "Item": {} })), "SerializationException");
    assert_eq!(refused(&engine, "PutItem", put(json!({ "id": { "S": 7 } }))), "SerializationException");
    assert_eq!(refused(&engine, "GetItem", json!({ "TableName": "absent", "Key": {} })), "ResourceNotFoundException");
}

#[test]
fn no_expression_ends_the_process() {
    let engine = memory_with_table();
    let put = |condition: String| {
        let value = json!({ ":v": { "N": "1" } });
        let body = json!({
            "TableName": "notes", "Item": { "id": { "S": "x" } }, "ConditionExpression": condition,
            "ExpressionAttributeValues": value,
        });
        call(&engine, "PutItem", body).0
    };
    for condition in [
        format!("{}a = :v{}", "(".repeat(2000), ")".repeat(2000)),
        format!("{}a = :v{}", "NOT (".repeat(600), ")".repeat(600)),
        format!("{}a = :v", "NOT ".repeat(1000)),
        // The most that DynamoDB takes, and more than it does.
        format!("a = :v{}", " OR a = :v".repeat(149)),
        format!("a=:v{}", " AND a=:v".repeat(450)),
        "(".repeat(100_000),
    ] {
        assert_eq!(put(condition), 400);
    }
    // The same in escapes, which the engine's JSON reader takes away.
    let escaped = r"\u0028".repeat(2000);
    let body = format!(r#"{{"TableName":"notes","Item":{{"id":{{"S":"x"}}}},"ConditionExpression":"{escaped}"}}"#);
    assert_eq!(engine.call("PutItem", body.as_bytes()).0, 400);
    let update = json!({
        "TableName": "notes", "Key": { "id": { "S": "x" } },
        "UpdateExpression": format!("SET a = {}:v{}", "(".repeat(2000), ")".repeat(2000)),
        "ExpressionAttributeValues": { ":v": { "N": "1" } },
    });
    call(&engine, "UpdateItem", update);
    let deep = format!("{}{}", r#"{"L":["#.repeat(500), "]}".repeat(500));
    let body = format!(r#"{{"TableName":"notes","Item":{{"id":{{"S":"x"}},"deep":{deep}}}}}"#);
    assert_eq!(engine.call("PutItem", body.as_bytes()).0, 400);
}

#[tokio::test]
async fn items_expire_by_the_handles_clock() {
    let now = Arc::new(AtomicU64::new(1_000_000));
    let clock = Arc::clone(&now);
    let db = Dynamo::builder()
        .clock(move || UNIX_EPOCH + Duration::from_secs(clock.load(Ordering::Relaxed)))
        .embedded()
        .await
        .unwrap();
    let raw = async |operation, mut body: Value| {
        body["TableName"] = "notes".into();
        let body = body.to_string().into();
        let response = db.execute_raw(Request { operation, table: "notes".into(), body }).await.unwrap();
        serde_json::from_slice::<Value>(&response.body).unwrap()
    };
    let table = json!({
        "AttributeDefinitions": [{ "AttributeName": "id", "AttributeType": "S" }],
        "KeySchema": [{ "AttributeName": "id", "KeyType": "HASH" }], "BillingMode": "PAY_PER_REQUEST",
    });
    raw(Operation::CreateTable, table).await;
    let ttl = json!({ "TimeToLiveSpecification": { "Enabled": true, "AttributeName": "until" } });
    raw(Operation::UpdateTimeToLive, ttl).await;
    let item = json!({ "Item": { "id": { "S": "x" }, "until": { "N": "1000060" } } });
    raw(Operation::PutItem, item).await;
    assert_eq!(raw(Operation::Scan, json!({})).await["Count"], 1);
    now.store(1_000_059, Ordering::Relaxed);
    assert_eq!(raw(Operation::Scan, json!({})).await["Count"], 1);
    now.store(1_000_061, Ordering::Relaxed);
    assert_eq!(raw(Operation::Scan, json!({})).await["Count"], 0);
}

#[tokio::test]
async fn a_file_keeps_its_tables() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("tables.db");
    let item = json!({ "TableName": "notes", "Item": { "id": { "S": "x" } } });
    {
        let engine = Embedded::file(&path).unwrap();
        with_table(&engine);
        let client = engine.sdk_client();
        client.put_item().table_name("notes").item("id", AttributeValue::S("y".to_owned())).send().await.unwrap();
        done(&engine, "PutItem", item);
    }
    let db = Dynamo::embedded_file(&path).await.unwrap();
    let body = notes().to_string().into();
    let scanned = db.execute_raw(Request { operation: Operation::Scan, table: "notes".into(), body }).await.unwrap();
    assert_eq!(serde_json::from_slice::<Value>(&scanned.body).unwrap()["Count"], 2);
}

#[tokio::test]
async fn a_file_that_cannot_be_had_is_named() {
    let directory = tempfile::tempdir().unwrap();
    let text = directory.path().join("text.db");
    std::fs::write(&text, "this is not a database, and it is long enough to be looked at as one").unwrap();
    for (path, what) in [
        (text.clone(), "cannot be opened"),
        (directory.path().to_owned(), "is a directory"),
        (directory.path().join("absent").join("tables.db"), "its directory does not exist"),
    ] {
        let error = Dynamo::embedded_file(&path).await.unwrap_err();
        assert!(matches!(error, Error::Invalid(_)), "{error}");
        assert!(error.to_string().contains(&format!("`{}`", path.display())), "{error}");
        assert!(error.to_string().contains(what), "{error}");
    }
    assert_eq!(std::fs::read_to_string(&text).unwrap().len(), 68, "the file was left alone");
}

#[tokio::test]
async fn answers_to_the_sdk_have_a_checksum() {
    let engine = memory_with_table();
    let components = RuntimeComponentsBuilder::for_tests().build().unwrap();
    let connector = engine.http_client().http_connector(&HttpConnectorSettings::builder().build(), &components);
    let mut request = HttpRequest::new(SdkBody::from(notes().to_string()));
    request.headers_mut().insert("x-amz-target", "DynamoDB_20120810.Scan");
    let response = connector.call(request).await.unwrap();
    let body = response.body().bytes().unwrap();
    assert_eq!(response.headers().get("x-amz-crc32"), Some(crc32(body).to_string().as_str()));
    assert_eq!(response.headers().get("content-length"), Some(body.len().to_string().as_str()));
    assert!(response.headers().get("x-amzn-requestid").is_some());
}

#[test]
fn nothing_comes_after_the_one_item_of_a_partition_key() {
    let engine = memory_with_table();
    done(&engine, "PutItem", json!({ "TableName": "notes", "Item": { "id": { "S": "a" }, "tag": { "S": "x" } } }));
    let query = |more: Value| {
        let mut query = json!({
            "TableName": "notes", "KeyConditionExpression": "id = :id", "ExpressionAttributeValues": { ":id": { "S": "a" } },
        });
        query.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        done(&engine, "Query", query)
    };
    let first = query(json!({ "Limit": 1 }));
    assert_eq!((&first["Count"], &first["LastEvaluatedKey"]), (&json!(1), &json!({ "id": { "S": "a" } })));
    let after = json!({ "Limit": 1, "ExclusiveStartKey": first["LastEvaluatedKey"] });
    assert_eq!(query(after), json!({ "Items": [], "Count": 0, "ScannedCount": 0 }));
    let after = json!({ "Select": "COUNT", "ExclusiveStartKey": first["LastEvaluatedKey"] });
    assert_eq!(query(after), json!({ "Count": 0, "ScannedCount": 0 }));
}
