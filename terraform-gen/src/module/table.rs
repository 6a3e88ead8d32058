//! `table_<label>.tf`: one table.

use tablewright::schema::{IndexSchema, KeySchema, PointInTimeRecovery, StreamViewType};

use super::lifecycle;
use crate::hcl::{Body, Expr, quoted};
use crate::options::{Options, Provider};
use crate::plan::TablePlan;

pub(super) fn file(table: &TablePlan<'_>, options: &Options) -> Body {
    Body::new().comment(&about(table)).block(
        "resource",
        &["aws_dynamodb_table", &table.label],
        resource(table, options),
    )
}

/// Which Rust types are stored in the table. No line numbers: they change with every edit above.
fn about(table: &TablePlan<'_>) -> String {
    let schema = table.schema;
    let mut text = format!("Table `{}`", schema.name);
    if !schema.source.module.is_empty() {
        text.push_str(&format!(", declared in `{}`", schema.source.module));
    }
    let entities: Vec<String> = schema.entities.iter().map(|entity| format!("`{}`", entity.name)).collect();
    if !entities.is_empty() {
        text.push_str(&format!(", stores {}", entities.join(", ")));
    }
    text.push('.');
    text
}

fn resource(table: &TablePlan<'_>, options: &Options) -> Body {
    let schema = table.schema;
    let settings = schema.settings;
    let (stream_enabled, stream_view_type) = stream(settings.stream);
    let key = table.key();
    let mut body = Body::new()
        // The name's characters are checked, so that nothing of it is a template.
        .set("name", Expr::raw(format!("\"${{var.name_prefix}}{}\"", schema.stored_name())))
        .set("hash_key", Expr::text(schema.partition_key.name))
        .set_some("range_key", schema.sort_key.map(|sort| Expr::text(sort.name)))
        .set("billing_mode", Expr::raw(format!("local.billing_mode[{key}]")))
        .set("read_capacity", capacity(&key, "read"))
        .set("write_capacity", capacity(&key, "write"))
        .set("table_class", Expr::text(settings.table_class.as_str()))
        .set("stream_enabled", stream_enabled)
        .set("stream_view_type", stream_view_type)
        .set("deletion_protection_enabled", deletion_protection(settings.deletion_protection))
        .set("tags", tags(settings.tags));
    for attribute in schema.key_attributes() {
        body = body.block("attribute", &[], attribute_block(attribute));
    }
    for index in &table.global {
        body = body.block("global_secondary_index", &[], global_index(table, index, options.provider));
    }
    for index in &table.local {
        body = body.block("local_secondary_index", &[], local_index(index));
    }
    body = on_demand_throughput(body, &key);
    if let Some(warm) = settings.warm_throughput {
        let units = Body::new()
            .set("read_units_per_second", Expr::number(warm.read))
            .set("write_units_per_second", Expr::number(warm.write));
        body = body.block("warm_throughput", &[], units);
    }
    let former = options.snapshot.as_ref().and_then(|snapshot| snapshot.former_time_to_live(schema));
    body.block("ttl", &[], ttl(schema.ttl, former))
        .block("point_in_time_recovery", &[], recovery(settings.point_in_time_recovery))
        .block("server_side_encryption", &[], encryption())
        .block("dynamic", &["replica"], replica())
        .block("timeouts", &[], timeouts())
        .block("lifecycle", &[], lifecycle::block(table, options))
}

fn capacity(key: &str, unit: &str) -> Expr {
    Expr::raw(format!("local.capacity[{key}].{unit}"))
}

/// Replicas need a stream with both images, so they switch it on where the code declares none.
fn stream(declared: Option<StreamViewType>) -> (Expr, Expr) {
    let both = quoted(StreamViewType::NewAndOldImages.as_str());
    match declared {
        Some(StreamViewType::NewAndOldImages) => (Expr::bool(true), Expr::raw(both)),
        Some(view) => {
            let declared = quoted(view.as_str());
            (Expr::bool(true), Expr::raw(format!("length(var.replicas) > 0 ? {both} : {declared}")))
        }
        None => (Expr::raw("length(var.replicas) > 0"), Expr::raw(format!("length(var.replicas) > 0 ? {both} : null"))),
    }
}

fn deletion_protection(declared: Option<bool>) -> Expr {
    declared.map_or_else(|| Expr::raw("var.deletion_protection_enabled"), Expr::bool)
}

fn tags(declared: &[(&str, &str)]) -> Expr {
    if declared.is_empty() {
        return Expr::raw("var.tags");
    }
    let mut sorted = declared.to_vec();
    sorted.sort_unstable();
    let entries = sorted.into_iter().map(|(key, value)| (quoted(key), Expr::text(value))).collect();
    Expr::Object(entries).wrap("merge(var.tags, ", ")")
}

fn attribute_block(attribute: KeySchema) -> Body {
    Body::new().set("name", Expr::text(attribute.name)).set("type", Expr::text(attribute.key_type.as_str()))
}

fn global_index(table: &TablePlan<'_>, index: &IndexSchema, provider: Provider) -> Body {
    let key = table.index_key(index);
    let mut body = Body::new().set("name", Expr::text(index.name));
    if provider == Provider::Aws5 {
        body = body
            .set_some("hash_key", index.partition_key.first().map(|part| Expr::text(part.name)))
            .set_some("range_key", index.sort_key.first().map(|part| Expr::text(part.name)));
    }
    body = projection(body, index)
        .set("read_capacity", capacity(&key, "read"))
        .set("write_capacity", capacity(&key, "write"));
    if provider == Provider::Aws6 {
        let hash = index.partition_key.iter().map(|part| (part, "HASH"));
        let range = index.sort_key.iter().map(|part| (part, "RANGE"));
        for (part, key_type) in hash.chain(range) {
            let part = Body::new().set("attribute_name", Expr::text(part.name)).set("key_type", Expr::text(key_type));
            body = body.block("key_schema", &[], part);
        }
    }
    on_demand_throughput(body, &key)
}

fn local_index(index: &IndexSchema) -> Body {
    let body = Body::new()
        .set("name", Expr::text(index.name))
        .set_some("range_key", index.sort_key.first().map(|part| Expr::text(part.name)));
    projection(body, index)
}

fn projection(body: Body, index: &IndexSchema) -> Body {
    let included = sorted(index.projection.non_key_attributes());
    let list = (!included.is_empty()).then(|| Expr::texts(included));
    body.set("projection_type", Expr::text(index.projection.as_str())).set_some("non_key_attributes", list)
}

/// The attributes of a projection, which has no order.
pub(super) fn sorted(attributes: &[&'static str]) -> Vec<&'static str> {
    let mut attributes = attributes.to_vec();
    attributes.sort_unstable();
    attributes
}

fn on_demand_throughput(body: Body, key: &str) -> Body {
    let content = Body::new()
        .set("max_read_request_units", Expr::raw("on_demand_throughput.value.max_read"))
        .set("max_write_request_units", Expr::raw("on_demand_throughput.value.max_write"));
    let dynamic =
        Body::new().set("for_each", Expr::raw(format!("local.on_demand_limits[{key}]"))).block("content", &[], content);
    body.block("dynamic", &["on_demand_throughput"], dynamic)
}

/// AWS wants the attribute's name to switch time to live off, so that a former one stays.
fn ttl(attribute: Option<&str>, former: Option<&str>) -> Body {
    Body::new()
        .set_some("attribute_name", attribute.or(former).map(Expr::text))
        .set("enabled", Expr::bool(attribute.is_some()))
}

fn recovery(declared: Option<PointInTimeRecovery>) -> Body {
    match declared {
        Some(PointInTimeRecovery::Disabled) => Body::new().set("enabled", Expr::bool(false)),
        Some(PointInTimeRecovery::Enabled { days }) => {
            Body::new().set("enabled", Expr::bool(true)).set("recovery_period_in_days", Expr::number(u64::from(days)))
        }
        None => Body::new().set("enabled", Expr::raw("var.point_in_time_recovery.enabled")).set(
            "recovery_period_in_days",
            Expr::raw("var.point_in_time_recovery.enabled ? var.point_in_time_recovery.recovery_period_in_days : null"),
        ),
    }
}

fn encryption() -> Body {
    Body::new().set("enabled", Expr::raw("var.kms_key_arn != null")).set("kms_key_arn", Expr::raw("var.kms_key_arn"))
}

fn replica() -> Body {
    let mut content = Body::new().set("region_name", Expr::raw("replica.key"));
    for argument in ["kms_key_arn", "point_in_time_recovery", "propagate_tags"] {
        content = content.set(argument, Expr::raw(format!("replica.value.{argument}")));
    }
    Body::new().set("for_each", Expr::raw("var.replicas")).block("content", &[], content)
}

fn timeouts() -> Body {
    ["create", "update", "delete"]
        .into_iter()
        .fold(Body::new(), |body, step| body.set(step, Expr::raw(format!("var.timeouts.{step}"))))
}
