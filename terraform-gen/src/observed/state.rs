//! What `terraform show -json` prints of a plan or of a state.

use serde_json::{Map, Value, json};

use super::{
    Action, Intent, Observed, ObservedTable, Types, elements, index, key, object, some_list, some_map, text, types,
};

const TYPE: &str = "aws_dynamodb_table";

/// The tables of a state.
pub(super) fn state(document: &Value) -> Observed {
    let mut tables = Vec::new();
    if let Some(root) = document.get("values").and_then(|values| values.get("root_module")) {
        module(root, &mut tables);
    }
    Observed { tables, intents: Vec::new(), is_complete: true }
}

fn module(module: &Value, tables: &mut Vec<ObservedTable>) {
    let resources = elements(module.get("resources")).filter(|resource| text(resource, "type") == Some(TYPE));
    tables.extend(resources.filter_map(|resource| table(resource, resource.get("values")?)));
    for child in elements(module.get("child_modules")) {
        self::module(child, tables);
    }
}

/// The tables before a plan, and what it does with them.
pub(super) fn plan(document: &Value) -> Observed {
    let changes = || elements(document.get("resource_changes")).filter(|change| text(change, "type") == Some(TYPE));
    let tables = changes().filter_map(|of| table(of, of.get("change")?.get("before")?)).collect();
    Observed { tables, intents: changes().filter_map(intent).collect(), is_complete: true }
}

fn table(resource: &Value, values: &Value) -> Option<ObservedTable> {
    Some(ObservedTable {
        name: text(values, "name")?.to_owned(),
        resource: text(resource, "name").map(str::to_owned),
        schema: schema(values),
    })
}

fn intent(resource: &Value) -> Option<Intent> {
    let change = resource.get("change")?;
    let actions: Vec<&str> = elements(change.get("actions")).filter_map(Value::as_str).collect();
    let action = match actions.as_slice() {
        ["create"] => Action::Create,
        ["delete"] => Action::Delete,
        ["update"] => Action::Update,
        ["forget"] => Action::Forget,
        ["create", "delete"] | ["delete", "create"] => Action::Replace(replaced_for(change)),
        _ => Action::Nothing,
    };
    let side = |name: &str| change.get(name).filter(|side| side.is_object());
    let name = ["before", "after"].into_iter().find_map(|name| text(side(name)?, "name"));
    let schema = |name: &str| side(name).map(schema).unwrap_or_default();
    Some(Intent {
        resource: text(resource, "name")?.to_owned(),
        name: name.unwrap_or_default().to_owned(),
        action,
        before: schema("before"),
        after: schema("after"),
    })
}

/// The arguments that cannot be changed in place.
fn replaced_for(change: &Value) -> Vec<String> {
    let paths = elements(change.get("replace_paths"));
    paths.filter_map(|path| elements(Some(path)).next()?.as_str().map(str::to_owned)).collect()
}

/// The one block of that kind, or nothing.
fn block<'v>(values: &'v Value, name: &str) -> Option<&'v Value> {
    elements(values.get(name)).next()
}

fn schema(values: &Value) -> Value {
    let types = types(values.get("attribute"), "name", "type");
    let of = |name: &str| text(values, name).map(|name| key(name, &types));
    let local = |index: &Value| (of("hash_key").into_iter().collect(), sort(index, &types));
    let time_to_live = block(values, "ttl")
        .filter(|ttl| text(ttl, "attribute_name").is_some())
        .map(|ttl| json!({ "attribute": ttl.get("attribute_name"), "enabled": ttl.get("enabled") }));
    let recovery = block(values, "point_in_time_recovery").map(|recovery| {
        let on = recovery.get("enabled") == Some(&Value::Bool(true));
        let days = recovery.get("recovery_period_in_days").and_then(Value::as_u64).filter(|days| *days > 0);
        if on { days.unwrap_or(35) } else { 0 }.into()
    });
    let stream = (values.get("stream_enabled") == Some(&Value::Bool(true))).then(|| values.get("stream_view_type"));
    let replicas =
        elements(values.get("replica")).filter_map(|replica| text(replica, "region_name")).map(str::to_owned);
    let encryption = block(values, "server_side_encryption").and_then(|block| text(block, "kms_key_arn"));
    object([
        ("partition_key", of("hash_key")),
        ("sort_key", of("range_key")),
        ("global_indexes", some_map(indexes(values, "global_secondary_index", |index| global(index, &types)))),
        ("local_indexes", some_map(indexes(values, "local_secondary_index", local))),
        ("time_to_live", time_to_live),
        ("stream", stream.flatten().cloned()),
        ("billing", text(values, "billing_mode").map(|mode| billing(values, mode))),
        ("class", Some(text(values, "table_class").unwrap_or("STANDARD").into())),
        ("deletion_protection", values.get("deletion_protection_enabled").cloned()),
        ("recovery_days", recovery),
        ("tags", values.get("tags").filter(|tags| tags.is_object()).cloned()),
        ("encryption", encryption.map(Value::from)),
        ("replicas", some_list(replicas.collect())),
    ])
}

fn billing(values: &Value, mode: &str) -> Value {
    let limits = block(values, "on_demand_throughput");
    object([
        ("mode", Some(mode.into())),
        ("max", limits.cloned()),
        ("read", values.get("read_capacity").filter(|_| mode == "PROVISIONED").cloned()),
        ("write", values.get("write_capacity").filter(|_| mode == "PROVISIONED").cloned()),
    ])
}

fn sort(index: &Value, types: &Types<'_>) -> Vec<Value> {
    text(index, "range_key").map(|name| key(name, types)).into_iter().collect()
}

/// The key of a global index, which the newer provider writes as blocks.
fn global(index: &Value, types: &Types<'_>) -> (Vec<Value>, Vec<Value>) {
    let part = |key_type: &str| -> Vec<Value> {
        let parts = elements(index.get("key_schema")).filter(|part| text(part, "key_type") == Some(key_type));
        parts.filter_map(|part| Some(key(text(part, "attribute_name")?, types))).collect()
    };
    let blocks = (part("HASH"), part("RANGE"));
    if blocks.0.is_empty() {
        let partition = text(index, "hash_key").map(|name| key(name, types)).into_iter().collect();
        return (partition, sort(index, types));
    }
    blocks
}

fn indexes(values: &Value, kind: &str, keys: impl Fn(&Value) -> (Vec<Value>, Vec<Value>)) -> Map<String, Value> {
    let described = elements(values.get(kind)).filter_map(|of| {
        let units = |name: &str| of.get(name).and_then(Value::as_u64).filter(|units| *units > 0);
        let capacity = units("read_capacity").zip(units("write_capacity"));
        let capacity = capacity.map(|(read, write)| json!({ "read": read, "write": write }));
        let projection = text(of, "projection_type");
        Some((text(of, "name")?.to_owned(), index(keys(of), projection, of.get("non_key_attributes"), capacity)))
    });
    described.collect()
}
