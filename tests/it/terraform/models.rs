//! Tables written by hand, as the derive would write them.

use tablewright::schema::{
    Billing, Capacity, EntitySchema, IndexKind, IndexProjection, IndexSchema, KeySchema, KeyType, PointInTimeRecovery,
    Source, StreamViewType, TableClass, TableSchema, TableSettings,
};

const fn source(module: &'static str, file: &'static str, line: u32) -> Source {
    Source { package: "shop-model", version: "0.3.1", module, file, line }
}

const fn string(name: &'static str) -> KeySchema {
    KeySchema::new(name, KeyType::S)
}

/// A table with a partition key and nothing else.
pub(super) const SETTINGS: TableSchema =
    TableSchema::new("settings", string("name"), None).with_source(source("shop_model", "src/lib.rs", 7));

/// A table with everything that the code can decide, except what only newer providers know.
pub(super) const ORDERS: TableSchema = TableSchema::new("orders", string("pk"), Some(string("sk")))
    .with_indexes(&[
        IndexSchema::new(
            "by_status",
            IndexKind::Global,
            &[string("status")],
            &[KeySchema::new("placed_at", KeyType::N)],
            IndexProjection::Include(&["total_cents", "customer"]),
        ),
        IndexSchema::new("by_customer", IndexKind::Global, &[string("customer")], &[], IndexProjection::KeysOnly)
            .with_sparse(true),
        IndexSchema::new(
            "by_time",
            IndexKind::Local,
            &[string("pk")],
            &[KeySchema::new("placed_at", KeyType::N)],
            IndexProjection::Include(&["total_cents", "status"]),
        ),
        IndexSchema::new(
            "by_digest",
            IndexKind::Local,
            &[string("pk")],
            &[KeySchema::new("digest", KeyType::B)],
            IndexProjection::All,
        ),
    ])
    .with_ttl("expires_at")
    .with_settings(
        TableSettings::new()
            .with_stream(StreamViewType::NewImage)
            .with_point_in_time_recovery(PointInTimeRecovery::Enabled { days: 7 })
            .with_deletion_protection(true)
            .with_billing(Billing::OnDemand { max: Some(Capacity { read: 4000, write: 1000 }) })
            .with_tags(&[("owner", "team ${shop}"), ("cost-center", "42")]),
    )
    .with_entities(&[
        EntitySchema::new("Customer", "Somebody who orders.", &[]),
        EntitySchema::new("Order", "What was ordered.", &[]),
    ])
    .with_source(source("shop_model::orders", "src/orders.rs", 12));

/// A provisioned table, one of whose indexes has capacity of its own.
pub(super) const EVENTS: TableSchema =
    TableSchema::new("audit-events.v2", string("tenant"), Some(KeySchema::new("at", KeyType::N)))
        .with_indexes(&[
            IndexSchema::new("by_actor", IndexKind::Global, &[string("actor")], &[], IndexProjection::All)
                .with_capacity(Capacity { read: 2, write: 20 }),
            IndexSchema::new("by_kind", IndexKind::Global, &[string("kind")], &[], IndexProjection::All),
        ])
        .with_settings(
            TableSettings::new()
                .with_billing(Billing::Provisioned(Capacity { read: 5, write: 10 }))
                .with_stream(StreamViewType::NewAndOldImages)
                .with_point_in_time_recovery(PointInTimeRecovery::Disabled)
                .with_deletion_protection(false)
                .with_table_class(TableClass::StandardInfrequentAccess),
        )
        .with_source(source("shop_model::audit", "src/audit.rs", 30));

/// A table of names that mean something to Terraform.
pub(super) const FOR: TableSchema = TableSchema::new("for", string("${pk}"), Some(string("%{ if true }\"\\")))
    .with_indexes(&[
        IndexSchema::new(
            "null",
            IndexKind::Global,
            &[string("größe")],
            &[],
            IndexProjection::Include(&["$${x}", "a b"]),
        ),
        IndexSchema::new(
            "2.local",
            IndexKind::Local,
            &[string("${pk}")],
            &[string("größe")],
            IndexProjection::Include(&["${y}"]),
        ),
    ])
    .with_ttl("~}\n")
    .with_settings(TableSettings::new().with_tags(&[("if", "%{ if }"), ("a \"b\"", "${c}")]));

/// A table whose name cannot be the name of a resource.
pub(super) const LOG: TableSchema = TableSchema::new("2024.log", string("pk"), None);

/// A table with a multi-attribute index key and warm throughput.
pub(super) const MATCHES: TableSchema = TableSchema::new("matches", string("match_id"), None)
    .with_indexes(&[IndexSchema::new(
        "by_tournament",
        IndexKind::Global,
        &[string("tournament_id"), string("region")],
        &[KeySchema::new("round", KeyType::N), string("bracket")],
        IndexProjection::All,
    )])
    .with_settings(TableSettings::new().with_warm_throughput(Capacity { read: 15_000, write: 5_000 }))
    .with_source(source("shop_model::matches", "src/matches.rs", 3));
