//! The code beside tables that exist: what `DescribeTable` answers is what the code declares, or the difference is named.

use serde_json::json;
use tablewright::Dynamo;
use tablewright::registry::Registry;
use tablewright::schema::{IndexProjection, KeySchema, KeyType, TableSchema};
use tablewright::testing::Embedded;
use tablewright_terraform::{Change, Class, diff_with};

use super::models::{EVENTS, ORDERS, SETTINGS};

/// What the command line of AWS prints of these tables.
async fn described(tables: &[TableSchema]) -> String {
    let engine = Embedded::memory().unwrap();
    let leaked: Vec<&'static TableSchema> = tables.iter().map(|table| &*Box::leak(Box::new(*table))).collect();
    Dynamo::with_executor(engine.clone()).create_tables(leaked).await.unwrap();
    let ask = |operation: &str, table: &str| {
        let (status, answer) = engine.call(operation, json!({ "TableName": table }).to_string().as_bytes());
        assert_eq!(status, 200, "{operation}");
        String::from_utf8(answer.to_vec()).unwrap()
    };
    let operations = ["DescribeTable", "DescribeTimeToLive", "DescribeContinuousBackups"];
    let answers = tables.iter().flat_map(|table| operations.map(|operation| ask(operation, table.stored_name())));
    answers.collect::<Vec<_>>().join("\n")
}

fn compared(text: &str, tables: &[TableSchema]) -> Vec<Change> {
    diff_with(text, &Registry::new(tables.iter().copied()).unwrap(), "").unwrap()
}

#[tokio::test]
async fn created_tables_are_what_the_code_declares() {
    let tables = [EVENTS, ORDERS, SETTINGS, SETTINGS_WITH_TTL];
    assert_eq!(compared(&described(&tables).await, &tables), []);
}

const SETTINGS_WITH_TTL: TableSchema =
    TableSchema::new("expiring", KeySchema::new("id", KeyType::S), None).with_ttl("expires_at");

#[tokio::test]
async fn differences_from_a_table_that_exists_have_their_class() {
    let text = described(&[ORDERS, SETTINGS_WITH_TTL]).await;
    let classes = |table: TableSchema| {
        let changes = compared(&text, &[table]);
        changes.iter().map(|change| change.class).max()
    };
    let mut orders = ORDERS;
    let mut indexes = ORDERS.indexes.to_vec();
    indexes[0].projection = IndexProjection::KeysOnly;
    orders.indexes = indexes.leak();
    assert_eq!(classes(orders), Some(Class::IndexRebuild));
    orders = ORDERS;
    orders.settings.stream = None;
    assert_eq!(classes(orders), Some(Class::StreamReset));
    orders = ORDERS;
    orders.partition_key = KeySchema::new(ORDERS.partition_key.name, KeyType::N);
    assert_eq!(classes(orders), Some(Class::Impossible));
    let mut expiring = SETTINGS_WITH_TTL;
    expiring.ttl = Some("until");
    assert_eq!(classes(expiring), Some(Class::TwoStep));
    expiring.ttl = None;
    assert_eq!(classes(expiring), Some(Class::Safe));
    let mut renamed = SETTINGS_WITH_TTL;
    renamed.name = "sessions";
    renamed.settings.renamed_from = Some("expiring");
    assert_eq!(classes(renamed), None, "the table is found under the name that it kept");
}

#[test]
fn what_is_no_description_is_refused() {
    let registry = Registry::new([SETTINGS]).unwrap();
    let refused = |text: &str| diff_with(text, &registry, "").unwrap_err();
    assert!(refused("{").starts_with("it is no JSON"));
    for text in ["", "{}", "[]", "{\"TimeToLiveDescription\":{}}", "1"] {
        assert!(refused(text).contains("neither the output of"), "{text}");
    }
    assert!(refused("{\"Table\":{}}").contains("no `TableName`"));
}
