//! What a live table says about itself.

use serde_json::Value;

use crate::schema::{IndexKind, PointInTimeRecovery};

/// The answer to `DescribeTable`.
#[derive(Debug)]
pub(crate) struct Description(Value);

/// An index of a live table.
#[derive(Debug)]
pub(crate) struct LiveIndex<'a> {
    pub(crate) kind: IndexKind,
    pub(crate) name: &'a str,
    index: &'a Value,
}

/// Which of the two parts of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeyPartRole {
    Partition,
    Sort,
}

impl Description {
    pub(super) fn of(mut answer: Value) -> Result<Self, &'static str> {
        match answer.get_mut("Table").map(Value::take) {
            Some(table @ Value::Object(_)) => Ok(Self(table)),
            _ => Err("the answer describes no table"),
        }
    }

    /// True if the table and all its global indexes can be used.
    pub(super) fn is_active(&self) -> bool {
        let indexes = list(&self.0, "GlobalSecondaryIndexes");
        text(&self.0, "TableStatus") == Some("ACTIVE")
            && indexes.iter().all(|index| matches!(text(index, "IndexStatus"), None | Some("ACTIVE")))
    }

    /// The key attributes in that role, each with its type: `id (N)`.
    pub(crate) fn key(&self, role: KeyPartRole) -> Vec<String> {
        self.key_of(&self.0, role)
    }

    /// The key attributes of an index in that role.
    pub(crate) fn index_key(&self, index: &LiveIndex<'_>, role: KeyPartRole) -> Vec<String> {
        self.key_of(index.index, role)
    }

    fn key_of(&self, of: &Value, role: KeyPartRole) -> Vec<String> {
        let role = match role {
            KeyPartRole::Partition => "HASH",
            KeyPartRole::Sort => "RANGE",
        };
        let in_role = list(of, "KeySchema").iter().filter(|element| text(element, "KeyType") == Some(role));
        in_role.filter_map(|element| text(element, "AttributeName")).map(|name| self.with_type(name)).collect()
    }

    fn with_type(&self, attribute: &str) -> String {
        let mut definitions = list(&self.0, "AttributeDefinitions").iter();
        let definition = definitions.find(|definition| text(definition, "AttributeName") == Some(attribute));
        let attribute_type = definition.and_then(|definition| text(definition, "AttributeType")).unwrap_or("?");
        format!("{attribute} ({attribute_type})")
    }

    pub(crate) fn indexes(&self) -> impl Iterator<Item = LiveIndex<'_>> {
        [("GlobalSecondaryIndexes", IndexKind::Global), ("LocalSecondaryIndexes", IndexKind::Local)]
            .into_iter()
            .flat_map(|(member, kind)| list(&self.0, member).iter().map(move |index| (kind, index)))
            .map(|(kind, index)| LiveIndex { kind, name: text(index, "IndexName").unwrap_or_default(), index })
    }

    /// What the stream carries, if there is one.
    pub(crate) fn stream(&self) -> Option<&str> {
        let stream = self.0.get("StreamSpecification")?;
        let enabled = stream.get("StreamEnabled").and_then(Value::as_bool).unwrap_or(false);
        text(stream, "StreamViewType").filter(|_| enabled)
    }

    /// The billing mode, which tables that never had another than the first do not tell.
    pub(crate) fn billing_mode(&self) -> &str {
        self.0.get("BillingModeSummary").and_then(|summary| text(summary, "BillingMode")).unwrap_or("PROVISIONED")
    }

    pub(crate) fn table_class(&self) -> &str {
        self.0.get("TableClassSummary").and_then(|summary| text(summary, "TableClass")).unwrap_or("STANDARD")
    }

    /// The regions of its replicas.
    pub(crate) fn replicas(&self) -> impl Iterator<Item = &str> {
        list(&self.0, "Replicas").iter().filter_map(|replica| text(replica, "RegionName"))
    }

    pub(crate) fn deletion_protection(&self) -> bool {
        self.0.get("DeletionProtectionEnabled").and_then(Value::as_bool).unwrap_or(false)
    }
}

impl LiveIndex<'_> {
    /// The projection: its type, and the attributes that it names, sorted.
    pub(crate) fn projection(&self) -> (&str, Vec<&str>) {
        let Some(projection) = self.index.get("Projection") else { return ("none", Vec::new()) };
        let mut attributes: Vec<&str> = list(projection, "NonKeyAttributes").iter().filter_map(Value::as_str).collect();
        attributes.sort_unstable();
        (text(projection, "ProjectionType").unwrap_or("none"), attributes)
    }
}

/// The attribute in an answer to `DescribeTimeToLive`, if time to live is on.
pub(super) fn time_to_live(answer: &Value) -> Option<String> {
    let description = answer.get("TimeToLiveDescription")?;
    let on = matches!(text(description, "TimeToLiveStatus"), Some("ENABLED" | "ENABLING"));
    text(description, "AttributeName").filter(|_| on).map(str::to_owned)
}

/// What an answer to `DescribeContinuousBackups` says.
pub(super) fn recovery(answer: &Value) -> PointInTimeRecovery {
    let description = answer
        .get("ContinuousBackupsDescription")
        .and_then(|description| description.get("PointInTimeRecoveryDescription"));
    match description {
        Some(description) if text(description, "PointInTimeRecoveryStatus") == Some("ENABLED") => {
            let days = description.get("RecoveryPeriodInDays").and_then(Value::as_u64);
            PointInTimeRecovery::Enabled { days: days.and_then(|days| u8::try_from(days).ok()).unwrap_or(35) }
        }
        _ => PointInTimeRecovery::Disabled,
    }
}

fn text<'a>(value: &'a Value, member: &str) -> Option<&'a str> {
    value.get(member).and_then(Value::as_str)
}

fn list<'a>(value: &'a Value, member: &str) -> &'a [Value] {
    value.get(member).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}
