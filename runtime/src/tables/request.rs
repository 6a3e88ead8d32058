//! The requests that make tables, as JSON.

use serde_json::{Value, json};

use crate::exec::Operation;
use crate::schema::{
    Billing, Capacity, IndexKind, IndexProjection, IndexSchema, KeySchema, PointInTimeRecovery, TableClass, TableSchema,
};

impl TableSchema {
    /// The requests that make the table under this full name, as JSON and in the order in which they are sent:
    /// `CreateTable`, and where the schema asks for it `UpdateTimeToLive` and `UpdateContinuousBackups`.
    ///
    /// [`Dynamo::create_tables`](crate::Dynamo::create_tables) sends them; this is for other tools.
    #[must_use]
    pub fn create_requests(&self, name: &str) -> Vec<(Operation, String)> {
        let mut requests = vec![(Operation::CreateTable, create_table(self, name).to_string())];
        if let Some(attribute) = self.ttl {
            requests.push((Operation::UpdateTimeToLive, time_to_live(name, attribute).to_string()));
        }
        if let Some(PointInTimeRecovery::Enabled { days }) = self.settings.point_in_time_recovery {
            requests.push((Operation::UpdateContinuousBackups, recovery(name, days).to_string()));
        }
        requests
    }
}

/// A request that only names its table.
pub(super) fn of_table(name: &str) -> Value {
    json!({ "TableName": name })
}

pub(super) fn time_to_live(name: &str, attribute: &str) -> Value {
    json!({ "TableName": name, "TimeToLiveSpecification": { "Enabled": true, "AttributeName": attribute } })
}

pub(super) fn recovery(name: &str, days: u8) -> Value {
    let specification = json!({ "PointInTimeRecoveryEnabled": true, "RecoveryPeriodInDays": days });
    json!({ "TableName": name, "PointInTimeRecoverySpecification": specification })
}

/// The `CreateTable` of a schema.
pub(super) fn create_table(schema: &TableSchema, name: &str) -> Value {
    let settings = &schema.settings;
    let attribute = |key: &KeySchema| json!({ "AttributeName": key.name, "AttributeType": key.key_type.as_str() });
    let sort_key: Vec<KeySchema> = schema.sort_key.into_iter().collect();
    let mut request = json!({
        "TableName": name,
        "AttributeDefinitions": schema.key_attributes().iter().map(attribute).collect::<Vec<_>>(),
        "KeySchema": key_schema(&[schema.partition_key], &sort_key),
    });
    let mut set = |member: &str, value: Value| {
        if let Some(members) = request.as_object_mut() {
            members.insert(member.to_owned(), value);
        }
    };
    match settings.billing {
        Billing::OnDemand { max } => {
            set("BillingMode", "PAY_PER_REQUEST".into());
            if let Some(max) = max {
                set(
                    "OnDemandThroughput",
                    json!({ "MaxReadRequestUnits": max.read, "MaxWriteRequestUnits": max.write }),
                );
            }
        }
        Billing::Provisioned(capacity) => {
            set("BillingMode", "PROVISIONED".into());
            set("ProvisionedThroughput", provisioned(capacity));
        }
    }
    for (member, kind) in [("GlobalSecondaryIndexes", IndexKind::Global), ("LocalSecondaryIndexes", IndexKind::Local)] {
        let of_kind = schema.indexes.iter().filter(|index| index.kind == kind);
        let indexes: Vec<Value> = of_kind.map(|index| create_index(index, settings.billing)).collect();
        if !indexes.is_empty() {
            set(member, indexes.into());
        }
    }
    if let Some(view) = settings.stream {
        set("StreamSpecification", json!({ "StreamEnabled": true, "StreamViewType": view.as_str() }));
    }
    if settings.table_class != TableClass::Standard {
        set("TableClass", settings.table_class.as_str().into());
    }
    if let Some(protected) = settings.deletion_protection {
        set("DeletionProtectionEnabled", protected.into());
    }
    if let Some(warm) = settings.warm_throughput {
        set("WarmThroughput", json!({ "ReadUnitsPerSecond": warm.read, "WriteUnitsPerSecond": warm.write }));
    }
    if !settings.tags.is_empty() {
        let tag = |(key, value): &(&str, &str)| json!({ "Key": key, "Value": value });
        set("Tags", settings.tags.iter().map(tag).collect::<Vec<_>>().into());
    }
    request
}

fn create_index(index: &IndexSchema, billing: Billing) -> Value {
    let mut request = json!({
        "IndexName": index.name,
        "KeySchema": key_schema(index.partition_key, index.sort_key),
        "Projection": projection(index.projection),
    });
    // An index that says nothing about its capacity has the table's.
    if let (IndexKind::Global, Billing::Provisioned(table), Some(members)) =
        (index.kind, billing, request.as_object_mut())
    {
        members.insert("ProvisionedThroughput".to_owned(), provisioned(index.capacity.unwrap_or(table)));
    }
    request
}

fn key_schema(partition_key: &[KeySchema], sort_key: &[KeySchema]) -> Value {
    let element = |role| move |key: &KeySchema| json!({ "AttributeName": key.name, "KeyType": role });
    partition_key.iter().map(element("HASH")).chain(sort_key.iter().map(element("RANGE"))).collect()
}

fn projection(projection: IndexProjection) -> Value {
    match projection {
        IndexProjection::Include(attributes) => json!({ "ProjectionType": "INCLUDE", "NonKeyAttributes": attributes }),
        IndexProjection::All | IndexProjection::KeysOnly => json!({ "ProjectionType": projection.as_str() }),
    }
}

fn provisioned(capacity: Capacity) -> Value {
    json!({ "ReadCapacityUnits": capacity.read, "WriteCapacityUnits": capacity.write })
}
