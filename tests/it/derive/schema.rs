//! The schema that a table has.

use tablewright::schema::{
    Billing, Capacity, IndexKind, IndexProjection, KeySchema, KeyType, PointInTimeRecovery, StreamViewType, TableClass,
};
use tablewright::{DynamoTable, Entity, EpochSeconds};

/// Stars that people gave,
/// counted per server.
///
/// The rest of the documentation is not in the schema.
#[derive(DynamoTable)]
#[dynamo(
    table = "schema-sparkle",
    rename_all = "camelCase",
    gsi(name = "by-team", partition_key = "team_name", sort_key = "total", sparse, projection = keys_only, read = 3, write = 2),
    gsi(name = "by-total", partition_key = "total", projection = include("note_text"), read = 1, write = 1),
    lsi(name = "recent", sort_key = "updated_at"),
    billing = provisioned(read = 5, write = 4),
    stream = new_and_old_images,
    point_in_time_recovery = true,
    deletion_protection = true,
    table_class = standard_infrequent_access,
    warm_throughput(read = 12000, write = 4000),
    tags(team = "red", "cost-center" = "42"),
    renamed_from = "purchases"
)]
pub struct Sparkle {
    #[dynamo(partition_key)]
    server_id: u64,
    #[dynamo(sort_key, rename = "handle")]
    person: String,
    team_name: Option<String>,
    total: u64,
    note_text: Option<String>,
    #[dynamo(updated_at)]
    updated_at: EpochSeconds,
    #[dynamo(ttl)]
    expires_at: Option<EpochSeconds>,
    #[dynamo(skip)]
    _cache: u8,
}

#[test]
fn keys_and_settings_are_those_of_the_attributes() {
    let table = Sparkle::TABLE;
    assert_eq!(table.name, "schema-sparkle");
    assert_eq!(table.partition_key, KeySchema::new("serverId", KeyType::N));
    assert_eq!(table.sort_key, Some(KeySchema::new("handle", KeyType::S)));
    assert_eq!(table.ttl, Some("expiresAt"));
    let settings = table.settings;
    assert_eq!(settings.billing, Billing::Provisioned(Capacity { read: 5, write: 4 }));
    assert_eq!(settings.stream, Some(StreamViewType::NewAndOldImages));
    assert_eq!(settings.point_in_time_recovery, Some(PointInTimeRecovery::Enabled { days: 35 }));
    assert_eq!(settings.deletion_protection, Some(true));
    assert_eq!(settings.table_class, TableClass::StandardInfrequentAccess);
    assert_eq!(settings.warm_throughput, Some(Capacity { read: 12000, write: 4000 }));
    assert_eq!(settings.tags, [("cost-center", "42"), ("team", "red")]);
    assert_eq!(settings.renamed_from, Some("purchases"));
}

#[test]
fn indexes_name_attributes_where_the_struct_names_fields() {
    let [by_team, by_total, recent] = Sparkle::TABLE.indexes else { panic!("three indexes are declared") };
    assert_eq!((by_team.name, by_team.kind, by_team.sparse), ("by-team", IndexKind::Global, true));
    assert_eq!(by_team.partition_key, [KeySchema::new("teamName", KeyType::S)]);
    assert_eq!(by_team.sort_key, [KeySchema::new("total", KeyType::N)]);
    assert_eq!(by_team.projection, IndexProjection::KeysOnly);
    assert_eq!(by_team.capacity, Some(Capacity { read: 3, write: 2 }));
    assert_eq!((by_total.sparse, by_total.sort_key), (false, &[][..]));
    assert_eq!(by_total.projection, IndexProjection::Include(&["noteText"]));
    assert_eq!((recent.kind, recent.projection), (IndexKind::Local, IndexProjection::All));
    assert_eq!(recent.partition_key, [KeySchema::new("serverId", KeyType::N)]);
    assert_eq!(recent.sort_key, [KeySchema::new("updatedAt", KeyType::N)]);
}

#[test]
fn the_entity_lists_its_attributes_in_the_order_of_the_fields() {
    let [entity] = Sparkle::TABLE.entities else { panic!("a struct is one entity") };
    assert_eq!((entity.name, entity.doc), ("Sparkle", "Stars that people gave, counted per server."));
    let attributes: Vec<_> =
        entity.attributes.iter().map(|a| (a.name, a.field, a.attribute_type, a.optional)).collect();
    let expected = [
        ("serverId", "server_id", "N", false),
        ("handle", "person", "S", false),
        ("teamName", "team_name", "S", true),
        ("total", "total", "N", false),
        ("noteText", "note_text", "S", true),
        ("updatedAt", "updated_at", "N", false),
        ("expiresAt", "expires_at", "N", true),
    ];
    assert_eq!(attributes, expected);
}

#[test]
fn the_source_is_where_the_derive_stands() {
    let source = Sparkle::TABLE.source;
    assert_eq!(source.package, "tablewright-tests");
    assert!(source.module.ends_with("derive::schema"), "{}", source.module);
    assert!(source.file.ends_with("schema.rs"), "{}", source.file);
    assert!(source.line > 0);
}

#[test]
fn what_is_not_written_is_left_to_the_environment() {
    #[derive(DynamoTable)]
    #[dynamo(table = "schema-plain")]
    struct Plain {
        #[dynamo(partition_key)]
        _id: String,
    }
    let table = Plain::TABLE;
    assert_eq!((table.sort_key, table.indexes, table.ttl), (None, &[][..], None));
    assert_eq!(table.settings, tablewright::schema::TableSettings::new());
}
