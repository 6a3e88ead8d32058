//! The exact request of each verb: what is sent is what `preview` shows.

use serde_json::{Value, json};
use tablewright::testing::Spy;
use tablewright::{Dynamo, Operation, Request};

use super::model::{Line, Order, OrderKeys, Reserved, order};

pub(super) fn db() -> Dynamo {
    let moment = std::time::UNIX_EPOCH + std::time::Duration::from_secs(777);
    Dynamo::builder().table_prefix("test-").clock(move || moment).executor(Spy::new())
}

pub(super) fn body(request: &Request) -> Value {
    serde_json::from_str(request.json()).expect("a request is JSON")
}

#[test]
fn create_needs_absence_and_stamps_both_times() {
    let request = db().create(&order("ann", 7)).preview().unwrap();
    assert_eq!(request.operation, Operation::PutItem);
    let body = body(&request);
    assert_eq!(body["TableName"], "test-orders");
    assert_eq!(body["ConditionExpression"], "attribute_not_exists(#n0)");
    assert_eq!(body["ExpressionAttributeNames"], json!({"#n0": "customer"}));
    assert_eq!(body["ReturnValuesOnConditionCheckFailure"], "ALL_OLD");
    assert_eq!(body["Item"]["created_at"], json!({"N": "777"}));
    assert_eq!(body["Item"]["updated_at"], json!({"N": "777"}));
    assert_eq!(body["Item"]["photo"], json!({"B": "AP8H"}));
    assert_eq!(body["Item"]["lines"]["L"][0]["M"]["sku"], json!({"S": "a\"b"}));
    assert!(body["Item"].get("note").is_none(), "an absent attribute is left out");
}

#[test]
fn put_replaces_and_keeps_the_creation_time() {
    let body = body(&db().put(&order("ann", 7)).preview().unwrap());
    assert!(body.get("ConditionExpression").is_none());
    assert_eq!(body["Item"]["created_at"], json!({"N": "1"}));
    assert_eq!(body["Item"]["updated_at"], json!({"N": "777"}));
}

#[test]
fn update_needs_presence_and_orders_its_clauses() {
    let request = db()
        .update(Order::key("ann", 7))
        .set(|o| o.status, "paid")
        .increment(|o| o.total, 3)
        .remove(|o| o.note)
        .set(|o| o.address.at(|a| a.zip), "10115")
        .append(|o| o.lines, [Line { sku: "z".into(), count: 9 }])
        .decrement(|o| o.counts.entry("x"), 2)
        .delete_elements(|o| o.tags, Some(["gift".to_owned()].into()))
        .preview()
        .unwrap();
    assert_eq!(request.operation, Operation::UpdateItem);
    let body = body(&request);
    assert_eq!(body["Key"], json!({"customer": {"S": "ann"}, "id": {"N": "7"}}));
    assert_eq!(
        body["UpdateExpression"],
        "SET #n0 = :v0, #n1.#n2 = :v1, #n3 = list_append(if_not_exists(#n3, :v2), :v3), \
         #n4.#n5 = if_not_exists(#n4.#n5, :v4) - :v5, #n6 = :v6 REMOVE #n7 ADD #n8 :v7 DELETE #n9 :v8"
    );
    assert_eq!(body["ConditionExpression"], "attribute_exists(#n10)");
    assert_eq!(body["ExpressionAttributeNames"]["#n2"], "zip-code");
    assert_eq!(body["ExpressionAttributeNames"]["#n6"], "updated_at");
    assert_eq!(body["ExpressionAttributeValues"][":v6"], json!({"N": "777"}));
    assert_eq!(body["ExpressionAttributeValues"][":v8"], json!({"SS": ["gift"]}));
}

#[test]
fn what_is_inside_of_documents_is_added_by_set() {
    let update = db()
        .update(Order::key("ann", 7))
        .increment(|o| o.counts.entry("x"), 2)
        .add_element(|o| o.tags, "new")
        .set(|o| o.updated_at, tablewright::EpochSeconds(5));
    let body = body(&update.preview().unwrap());
    assert_eq!(body["UpdateExpression"], "SET #n0.#n1 = if_not_exists(#n0.#n1, :v0) + :v1, #n2 = :v2 ADD #n3 :v3");
    assert_eq!(body["ExpressionAttributeValues"][":v3"], json!({"SS": ["new"]}));
}

#[test]
fn upsert_stamps_the_creation_only_once() {
    let body = body(&db().upsert(Order::key("ann", 7)).set(|o| o.paid, true).preview().unwrap());
    assert!(body.get("ConditionExpression").is_none());
    assert_eq!(body["UpdateExpression"], "SET #n0 = :v0, #n1 = if_not_exists(#n1, :v1), #n2 = :v1");
}

#[test]
fn an_update_that_sets_its_own_time_stamp_keeps_it() {
    let update = db().update(Order::key("ann", 7)).set(|o| o.updated_at, tablewright::EpochSeconds(5));
    let body = body(&update.preview().unwrap());
    assert_eq!(body["UpdateExpression"], "SET #n0 = :v0");
    assert_eq!(body["ExpressionAttributeValues"][":v0"], json!({"N": "5"}));
}

#[test]
fn setting_an_option_to_none_removes_it() {
    let body = body(&db().update(Order::key("ann", 7)).set(|o| o.note, None).preview().unwrap());
    assert_eq!(body["UpdateExpression"], "SET #n0 = :v0 REMOVE #n1");
}

#[test]
fn delete_and_get_name_the_key_alone() {
    let db = db();
    let delete = body(&db.delete(Reserved::key("x")).condition(|r| r.size.gt(3)).returning_old().preview().unwrap());
    assert_eq!(delete["Key"], json!({"name": {"S": "x"}}));
    assert_eq!(delete["ConditionExpression"], "#n0 > :v0");
    assert_eq!(delete["ReturnValues"], "ALL_OLD");
    let get = body(&db.get(Order::key("ann", 7)).consistent().read_as::<OrderKeys>().preview().unwrap());
    assert_eq!(get["ConsistentRead"], true);
    assert_eq!(get["ProjectionExpression"], "#n0, #n1, #n2");
}

#[test]
fn query_says_index_order_and_limits() {
    let query = db().query(Order::query_by_status("open").total().between(5, 10));
    let request = query.filter(|o| o.paid.eq(true)).descending().page_size(50).take(3).preview().unwrap();
    assert_eq!(request.operation, Operation::Query);
    let body = body(&request);
    assert_eq!(body["IndexName"], "by-status");
    assert_eq!(body["KeyConditionExpression"], "#n0 = :v0 AND #n1 BETWEEN :v1 AND :v2");
    assert_eq!(body["FilterExpression"], "#n2 = :v3");
    assert_eq!(body["ScanIndexForward"], false);
    assert_eq!(body["Limit"], 50, "with a filter the budget says nothing about the page");
}

#[test]
fn a_budget_without_a_filter_bounds_the_page() {
    let body = body(&db().query(Order::query("ann")).take(3).preview().unwrap());
    assert_eq!(body["Limit"], 3);
    assert!(body.get("ScanIndexForward").is_none());
}

#[test]
fn scan_takes_a_segment_and_may_filter_on_keys() {
    let request = db().scan::<Order>().filter(|o| o.customer.begins_with("a")).segment(1, 4).preview().unwrap();
    assert_eq!(request.operation, Operation::Scan);
    let body = body(&request);
    assert_eq!((&body["Segment"], &body["TotalSegments"]), (&json!(1), &json!(4)));
    assert_eq!(body["FilterExpression"], "begins_with(#n0, :v0)");
}

#[test]
fn every_name_is_aliased() {
    let update = db().update(Reserved::key("x")).set(|r| r.status, "s").set(|r| r.odd, 4).condition(|r| r.size.ne(2));
    let body = body(&update.preview().unwrap());
    for expression in ["UpdateExpression", "ConditionExpression"] {
        let text = body[expression].as_str().unwrap();
        assert!(!text.contains("status") && !text.contains("size") && !text.contains("a.b"), "{text}");
    }
    assert_eq!(body["ExpressionAttributeNames"]["#n1"], "a.b-c#d");
}
