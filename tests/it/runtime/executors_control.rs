//! What the embedded engine adds to the one it is made of: the operations by which tables are changed.

use serde_json::{Value, json};
use tablewright::testing::Embedded;

use super::executors_embedded::{call, done, memory_with_table, notes, refused, with_table};

/// Capacity and limits of the index.
type Shown = (u64, u64, Option<u64>, Option<u64>);

fn index(table: &Value) -> Shown {
    let index = &table["GlobalSecondaryIndexes"][0];
    let (capacity, limits) = (&index["ProvisionedThroughput"], &index["OnDemandThroughput"]);
    let units = |name: &str| capacity[name].as_u64().unwrap();
    let (read, write) = (limits["MaxReadRequestUnits"].as_u64(), limits["MaxWriteRequestUnits"].as_u64());
    (units("ReadCapacityUnits"), units("WriteCapacityUnits"), read, write)
}

fn capacity(read: u64, write: u64) -> Value {
    json!({ "ReadCapacityUnits": read, "WriteCapacityUnits": write })
}

/// A request that changes the table in one way, and its index in another.
fn change(mut table: Value, index: Value) -> Value {
    table["TableName"] = "notes".into();
    if !index.is_null() {
        let mut index = index;
        index["IndexName"] = "by-tag".into();
        table["GlobalSecondaryIndexUpdates"] = json!([{ "Update": index }]);
    }
    table
}

/// The index after a change, of which the answer and the next description say the same.
fn changed(engine: &Embedded, table: Value, of_index: Value) -> Shown {
    let answer = done(engine, "UpdateTable", change(table, of_index));
    let described = index(&done(engine, "DescribeTable", notes())["Table"]);
    assert_eq!(index(&answer["TableDescription"]), described);
    described
}

fn why(engine: &Embedded, operation: &str, body: Value) -> String {
    let (status, answer) = call(engine, operation, body);
    assert_eq!(status, 400, "{operation}: {answer}");
    answer["message"].as_str().unwrap().to_owned()
}

#[test]
fn an_index_has_the_capacity_that_was_last_set() {
    let engine = memory_with_table();
    assert_eq!(changed(&engine, json!({}), json!({ "ProvisionedThroughput": capacity(8, 9) })), (8, 9, None, None));
    let on_demand = json!({ "BillingMode": "PAY_PER_REQUEST" });
    assert_eq!(changed(&engine, on_demand, Value::Null), (0, 0, None, None));
    let refused = why(&engine, "UpdateTable", change(json!({}), json!({ "ProvisionedThroughput": capacity(8, 9) })));
    assert_eq!(
        refused,
        "One or more parameter values were invalid: Neither ReadCapacityUnits nor WriteCapacityUnits can be specified \
         for index: by-tag when BillingMode is PAY_PER_REQUEST"
    );
    let provisioned = json!({ "BillingMode": "PROVISIONED", "ProvisionedThroughput": capacity(3, 4) });
    assert_eq!(changed(&engine, provisioned, json!({ "ProvisionedThroughput": capacity(1, 2) })), (1, 2, None, None));
}

#[test]
fn an_index_that_is_added_has_its_capacity() {
    let engine = memory_with_table();
    let delete =
        json!({ "TableName": "notes", "GlobalSecondaryIndexUpdates": [{ "Delete": { "IndexName": "by-tag" } }] });
    done(&engine, "UpdateTable", delete);
    let create = json!({
        "TableName": "notes",
        "AttributeDefinitions": [{ "AttributeName": "tag", "AttributeType": "S" }],
        "GlobalSecondaryIndexUpdates": [{ "Create": {
            "IndexName": "by-tag", "KeySchema": [{ "AttributeName": "tag", "KeyType": "HASH" }],
            "Projection": { "ProjectionType": "KEYS_ONLY" }, "ProvisionedThroughput": capacity(6, 7),
        } }],
    });
    assert_eq!(index(&done(&engine, "UpdateTable", create)["TableDescription"]), (6, 7, None, None));
}

#[test]
fn limits_of_an_index_are_changed_one_by_one_and_lifted() {
    let engine = memory_with_table();
    let limits = |limits: Value| json!({ "OnDemandThroughput": limits });
    let refused = why(&engine, "UpdateTable", change(json!({}), limits(json!({ "MaxReadRequestUnits": 5 }))));
    assert!(refused.contains("MaxReadRequestUnits for OnDemandThroughput cannot be specified"), "{refused}");
    assert!(refused.ends_with("when the table BillingMode is PROVISIONED"), "{refused}");
    let on_demand = json!({ "BillingMode": "PAY_PER_REQUEST" });
    let both = limits(json!({ "MaxReadRequestUnits": 5, "MaxWriteRequestUnits": 6 }));
    assert_eq!(changed(&engine, on_demand.clone(), both), (0, 0, Some(5), Some(6)));
    let one = limits(json!({ "MaxReadRequestUnits": 7 }));
    assert_eq!(changed(&engine, json!({}), one), (0, 0, Some(7), Some(6)), "the other limit stays");
    let lifted = limits(json!({ "MaxWriteRequestUnits": -1 }));
    assert_eq!(changed(&engine, json!({}), lifted), (0, 0, Some(7), None));
    for units in [json!(0), json!(-2)] {
        let refused = why(&engine, "UpdateTable", change(json!({}), limits(json!({ "MaxReadRequestUnits": units }))));
        assert!(refused.ends_with("outside of valid range"), "{refused}");
    }
    let provisioned = json!({ "BillingMode": "PROVISIONED", "ProvisionedThroughput": capacity(3, 4) });
    changed(&engine, provisioned, json!({ "ProvisionedThroughput": capacity(1, 2) }));
    assert_eq!(changed(&engine, on_demand, Value::Null), (0, 0, None, None), "another billing mode forgets limits");
}

#[test]
fn changes_of_what_is_not_there_are_refused() {
    let engine = memory_with_table();
    let limits = json!({ "IndexName": "absent", "OnDemandThroughput": { "MaxReadRequestUnits": 5 } });
    let of_index = json!({ "TableName": "notes", "GlobalSecondaryIndexUpdates": [{ "Update": limits }] });
    assert_eq!(refused(&engine, "UpdateTable", of_index), "ValidationException");
    let of_table = json!({ "TableName": "absent", "BillingMode": "PAY_PER_REQUEST" });
    assert_eq!(refused(&engine, "UpdateTable", of_table), "ResourceNotFoundException");
}

#[test]
fn time_to_live_ends_under_its_own_name() {
    let engine = memory_with_table();
    let switch = |enabled: bool, name: &str| json!({ "TableName": "notes", "TimeToLiveSpecification": { "Enabled": enabled, "AttributeName": name } });
    done(&engine, "UpdateTimeToLive", switch(true, "until"));
    assert_eq!(
        why(&engine, "UpdateTimeToLive", switch(false, "expires")),
        "TimeToLive is active on a different AttributeName: current AttributeName is until"
    );
    let described = done(&engine, "DescribeTimeToLive", notes());
    assert_eq!(described["TimeToLiveDescription"]["TimeToLiveStatus"], "ENABLED");
    done(&engine, "UpdateTimeToLive", switch(false, "until"));
    let described = done(&engine, "DescribeTimeToLive", notes());
    assert_eq!(described["TimeToLiveDescription"]["TimeToLiveStatus"], "DISABLED");
}

#[test]
fn recovery_is_remembered_for_the_life_of_a_table() {
    let engine = memory_with_table();
    let recovery = |engine: &Embedded| {
        let answer = done(engine, "DescribeContinuousBackups", notes());
        let recovery = &answer["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"];
        (recovery["PointInTimeRecoveryStatus"].as_str().unwrap().to_owned(), recovery["RecoveryPeriodInDays"].as_u64())
    };
    let switch =
        |specification: Value| json!({ "TableName": "notes", "PointInTimeRecoverySpecification": specification });
    assert_eq!(recovery(&engine), ("DISABLED".to_owned(), None));
    let on = switch(json!({ "PointInTimeRecoveryEnabled": true, "RecoveryPeriodInDays": 7 }));
    done(&engine, "UpdateContinuousBackups", on);
    assert_eq!(recovery(&engine.clone()), ("ENABLED".to_owned(), Some(7)), "clones share their tables");
    let long = switch(json!({ "PointInTimeRecoveryEnabled": true, "RecoveryPeriodInDays": 36 }));
    assert_eq!(refused(&engine, "UpdateContinuousBackups", long), "ValidationException");
    assert_eq!(refused(&engine, "UpdateContinuousBackups", switch(json!({}))), "ValidationException");
    done(&engine, "DeleteTable", notes());
    assert_eq!(refused(&engine, "DescribeContinuousBackups", notes()), "ResourceNotFoundException");
    with_table(&engine);
    assert_eq!(recovery(&engine), ("DISABLED".to_owned(), None), "a new table of the name has its own");
    let other = memory_with_table();
    assert_eq!(recovery(&other), ("DISABLED".to_owned(), None), "engines share nothing");
}
