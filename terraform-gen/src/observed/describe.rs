//! What `DescribeTable`, `DescribeTimeToLive` and `DescribeContinuousBackups` answer.

use serde_json::{Map, Value, json};

use super::{Observed, ObservedTable, Types, elements, index, key, object, some_list, some_map, text, types};

/// Tables from documents one after another. What follows a table's description belongs to that table.
pub(super) fn tables(documents: &[Value]) -> Result<Observed, String> {
    let mut tables: Vec<ObservedTable> = Vec::new();
    for document in documents {
        if let Some(described) = document.get("Table").or_else(|| document.get("TableDescription")) {
            tables.push(table(described)?);
        } else if document.get("TableName").is_some() {
            tables.push(table(document)?);
        } else {
            let table = tables.last_mut().ok_or(UNKNOWN)?;
            add(table, document)?;
        }
    }
    if tables.is_empty() {
        return Err(UNKNOWN.to_owned());
    }
    Ok(Observed { tables, ..Observed::default() })
}

const UNKNOWN: &str = "it is neither the output of `terraform show -json` nor of `aws dynamodb describe-table`";

fn table(table: &Value) -> Result<ObservedTable, String> {
    let name = text(table, "TableName").ok_or("a table in it has no `TableName`")?;
    let types = types(table.get("AttributeDefinitions"), "AttributeName", "AttributeType");
    let keys = |key_type: &str| keys(table, key_type, &types);
    let partition = keys("HASH").into_iter().next();
    let stream =
        table.get("StreamSpecification").filter(|stream| stream.get("StreamEnabled") == Some(&Value::Bool(true)));
    let replicas = elements(table.get("Replicas")).filter_map(|replica| text(replica, "RegionName")).map(str::to_owned);
    let schema = object([
        ("partition_key", Some(partition.ok_or_else(|| format!("table `{name}` in it has no partition key"))?)),
        ("sort_key", keys("RANGE").into_iter().next()),
        ("global_indexes", some_map(indexes(table.get("GlobalSecondaryIndexes"), &types))),
        ("local_indexes", some_map(indexes(table.get("LocalSecondaryIndexes"), &types))),
        // It is in another answer.
        ("time_to_live", Some(Value::Null)),
        ("stream", stream.and_then(|stream| stream.get("StreamViewType")).cloned()),
        ("billing", billing(table)),
        ("class", Some(class(table).into())),
        ("deletion_protection", table.get("DeletionProtectionEnabled").cloned()),
        ("encryption", table.get("SSEDescription").and_then(|sse| sse.get("KMSMasterKeyArn")).cloned()),
        ("replicas", some_list(replicas.collect())),
    ]);
    Ok(ObservedTable { name: name.to_owned(), resource: None, schema })
}

fn class(table: &Value) -> &str {
    table.get("TableClassSummary").and_then(|summary| text(summary, "TableClass")).unwrap_or("STANDARD")
}

fn billing(table: &Value) -> Option<Value> {
    let mode = table.get("BillingModeSummary").and_then(|summary| text(summary, "BillingMode"));
    if let Some(capacity) = capacity(table).filter(|_| mode != Some("PAY_PER_REQUEST")) {
        let unit = |unit: &str| capacity.get(unit).cloned();
        return Some(object([("mode", Some("PROVISIONED".into())), ("read", unit("read")), ("write", unit("write"))]));
    }
    let most = table.get("OnDemandThroughput").map(|most| {
        let units = |name: &str| most.get(name).and_then(Value::as_u64);
        json!({
            "max_read_request_units": units("MaxReadRequestUnits"),
            "max_write_request_units": units("MaxWriteRequestUnits"),
        })
    });
    mode.map(|mode| object([("mode", Some(mode.into())), ("max", most)]))
}

/// The units of a table or of an index that pays for capacity.
fn capacity(of: &Value) -> Option<Value> {
    let units = |name: &str| of.get("ProvisionedThroughput")?.get(name)?.as_u64().filter(|units| *units > 0);
    let (read, write) = units("ReadCapacityUnits").zip(units("WriteCapacityUnits"))?;
    Some(json!({ "read": read, "write": write }))
}

/// The attributes of a key schema that have that part in it.
fn keys(of: &Value, key_type: &str, types: &Types<'_>) -> Vec<Value> {
    elements(of.get("KeySchema"))
        .filter(|element| text(element, "KeyType") == Some(key_type))
        .filter_map(|element| Some(key(text(element, "AttributeName")?, types)))
        .collect()
}

fn indexes(list: Option<&Value>, types: &Types<'_>) -> Map<String, Value> {
    let described = elements(list).filter_map(|of| {
        let projection = of.get("Projection");
        let (kind, attributes) = (
            projection.and_then(|projection| text(projection, "ProjectionType")),
            projection.and_then(|projection| projection.get("NonKeyAttributes")),
        );
        Some((
            text(of, "IndexName")?.to_owned(),
            index((keys(of, "HASH", types), keys(of, "RANGE", types)), kind, attributes, capacity(of)),
        ))
    });
    described.collect()
}

/// Adds what another answer says of the table.
fn add(table: &mut ObservedTable, document: &Value) -> Result<(), String> {
    let Some(schema) = table.schema.as_object_mut() else { return Ok(()) };
    if let Some(description) = document.get("TimeToLiveDescription") {
        schema.remove("time_to_live");
        let on = matches!(text(description, "TimeToLiveStatus"), Some("ENABLED" | "ENABLING"));
        if let (true, Some(attribute)) = (on, text(description, "AttributeName")) {
            schema.insert("time_to_live".to_owned(), json!({ "attribute": attribute, "enabled": true }));
        }
    } else if let Some(description) = document.get("ContinuousBackupsDescription") {
        let recovery = description.get("PointInTimeRecoveryDescription").unwrap_or(&Value::Null);
        let on = text(recovery, "PointInTimeRecoveryStatus") == Some("ENABLED");
        let days = recovery.get("RecoveryPeriodInDays").and_then(Value::as_u64).unwrap_or(35);
        schema.insert("recovery_days".to_owned(), if on { days } else { 0 }.into());
    } else if let Some(tags) = document.get("Tags") {
        let tags =
            elements(Some(tags)).filter_map(|tag| Some((text(tag, "Key")?.to_owned(), tag.get("Value")?.clone())));
        schema.insert("tags".to_owned(), Value::Object(tags.collect()));
    } else {
        return Err(UNKNOWN.to_owned());
    }
    Ok(())
}
