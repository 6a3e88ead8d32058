use std::collections::BTreeMap;

use tablewright::registry::Registry;
use tablewright::schema::{
    AttributeSchema, Billing, Capacity, EntityKey, EntitySchema, IndexKind, IndexProjection, IndexSchema, KeyPlace,
    KeySchema, KeySource, KeyTemplate, KeyType, PointInTimeRecovery, Segment, StreamViewType, TableClass, TableSchema,
    TableSettings,
};

use super::{Class, diff};
use crate::Snapshot;

const fn s(name: &'static str) -> KeySchema {
    KeySchema::new(name, KeyType::S)
}

const fn n(name: &'static str) -> KeySchema {
    KeySchema::new(name, KeyType::N)
}

const BY_STATUS: IndexSchema =
    IndexSchema::new("by-status", IndexKind::Global, &[s("status")], &[s("at")], IndexProjection::Include(&["total"]));
const BY_TIME: IndexSchema =
    IndexSchema::new("by-time", IndexKind::Local, &[s("pk")], &[n("at")], IndexProjection::All);

const fn attribute(name: &'static str, attribute_type: &'static str, optional: bool) -> AttributeSchema {
    AttributeSchema::new(name, name, attribute_type, optional)
}

const fn keys(text: &'static str, segments: &'static [Segment]) -> EntityKey {
    EntityKey::new(KeyPlace::Partition, KeySource::Template(KeyTemplate::new(text, segments)))
}

const ORDER: EntitySchema =
    EntitySchema::new("Order", "", &[attribute("total", "N", false), attribute("note", "S", true)])
        .with_tag("Order")
        .with_keys(&[keys("ORDER", &[Segment::Literal("ORDER")])]);

const SETTINGS: TableSettings = TableSettings::new()
    .with_stream(StreamViewType::NewImage)
    .with_point_in_time_recovery(PointInTimeRecovery::Enabled { days: 7 })
    .with_deletion_protection(true)
    .with_tags(&[("team", "red")]);

const ORDERS: TableSchema = TableSchema::new("orders", s("pk"), Some(s("sk")))
    .with_indexes(&[BY_STATUS, BY_TIME])
    .with_ttl("expires_at")
    .with_tag("type")
    .with_settings(SETTINGS)
    .with_entities(&[ORDER]);

type Mutation = (&'static str, fn(&mut TableSchema), Class);

fn leak<T: Clone>(values: &[T]) -> &'static [T] {
    values.to_vec().leak()
}

fn index(table: &mut TableSchema, place: usize, edit: impl FnOnce(&mut IndexSchema)) {
    let mut indexes = table.indexes.to_vec();
    edit(&mut indexes[place]);
    table.indexes = indexes.leak();
}

fn order(table: &mut TableSchema, edit: impl FnOnce(&mut EntitySchema)) {
    let mut order = ORDER;
    edit(&mut order);
    table.entities = leak(&[order]);
}

/// What real Terraform plans for the changes that it sees is in the comments.
const MUTATIONS: &[Mutation] = &[
    // delete, create
    ("partition key renamed", |table| table.partition_key = s("id"), Class::Replaces),
    ("sort key renamed", |table| table.sort_key = Some(s("id")), Class::Replaces),
    ("sort key removed", |table| table.sort_key = None, Class::Replaces),
    ("local index added", |table| table.indexes = leak(&[BY_STATUS, BY_TIME, renamed(BY_TIME)]), Class::Replaces),
    ("local index removed", |table| table.indexes = leak(&[BY_STATUS]), Class::Replaces),
    // no change, silently
    ("partition key of another type", |table| table.partition_key = n("pk"), Class::Impossible),
    ("sort key of another type", |table| table.sort_key = Some(n("sk")), Class::Impossible),
    ("global key of another type", |table| index(table, 0, |of| of.sort_key = leak(&[n("at")])), Class::Impossible),
    ("local key of another type", |table| index(table, 1, |of| of.sort_key = leak(&[s("at")])), Class::Impossible),
    ("local projection", |table| index(table, 1, |of| of.projection = IndexProjection::KeysOnly), Class::Impossible),
    // update in place
    ("global index added", |table| table.indexes = leak(&[BY_STATUS, BY_TIME, renamed(BY_STATUS)]), Class::Online),
    ("global index removed", |table| table.indexes = leak(&[BY_TIME]), Class::Online),
    ("global projection", |table| index(table, 0, |of| of.projection = IndexProjection::All), Class::IndexRebuild),
    (
        "global projection of more",
        |table| index(table, 0, |of| of.projection = IndexProjection::Include(&["total", "note"])),
        Class::IndexRebuild,
    ),
    ("global partition key", |table| index(table, 0, |of| of.partition_key = leak(&[s("x")])), Class::IndexRebuild),
    ("global sort key gone", |table| index(table, 0, |of| of.sort_key = &[]), Class::IndexRebuild),
    (
        "capacity of a global index",
        |table| index(table, 0, |of| of.capacity = Some(Capacity { read: 1, write: 1 })),
        Class::Online,
    ),
    ("stream of more", |table| table.settings.stream = Some(StreamViewType::NewAndOldImages), Class::StreamReset),
    ("stream gone", |table| table.settings.stream = None, Class::StreamReset),
    ("time to live by another attribute", |table| table.ttl = Some("until"), Class::TwoStep),
    ("time to live gone", |table| table.ttl = None, Class::Safe),
    ("recovery off", |table| table.settings.point_in_time_recovery = Some(PointInTimeRecovery::Disabled), Class::Safe),
    ("protection off", |table| table.settings.deletion_protection = Some(false), Class::Safe),
    ("class", |table| table.settings.table_class = TableClass::StandardInfrequentAccess, Class::Online),
    (
        "provisioned",
        |table| table.settings.billing = Billing::Provisioned(Capacity { read: 1, write: 1 }),
        Class::Online,
    ),
    (
        "limits",
        |table| table.settings.billing = Billing::OnDemand { max: Some(Capacity { read: 9, write: 9 }) },
        Class::Online,
    ),
    ("tags", |table| table.settings.tags = &[("team", "blue")], Class::Safe),
    ("warm", |table| table.settings.warm_throughput = Some(Capacity { read: 12_000, write: 4_000 }), Class::Online),
    // nothing that Terraform could see
    ("tag attribute", |table| table.tag = Some("kind"), Class::OrphansData),
    ("entity gone", |table| table.entities = &[], Class::OrphansData),
    ("entity new", |table| table.entities = leak(&[ORDER, EntitySchema::new("Line", "", &[])]), Class::Safe),
    ("tag of an entity", |table| order(table, |of| of.tag = Some("O")), Class::OrphansData),
    (
        "key template",
        |table| order(table, |of| of.keys = leak(&[keys("ORD", &[Segment::Literal("ORD")])])),
        Class::OrphansData,
    ),
    (
        "fields of a template",
        |table| order(table, |of| of.keys = leak(&[keys("{x}", &[Segment::Literal("ORDER")])])),
        Class::Safe,
    ),
    (
        "attribute of another type",
        |table| {
            order(table, |of| of.attributes = leak(&[attribute("total", "S", false), attribute("note", "S", true)]));
        },
        Class::OrphansData,
    ),
    ("attribute gone", |table| order(table, |of| of.attributes = leak(&[attribute("total", "N", false)])), Class::Safe),
    (
        "attribute required",
        |table| {
            order(table, |of| of.attributes = leak(&[attribute("total", "N", false), attribute("note", "S", false)]));
        },
        Class::TwoStep,
    ),
    (
        "attribute new and required",
        |table| order(table, |of| of.attributes = leak(&[of.attributes, &[attribute("x", "S", false)]].concat())),
        Class::TwoStep,
    ),
    (
        "attribute new and optional",
        |table| order(table, |of| of.attributes = leak(&[of.attributes, &[attribute("x", "S", true)]].concat())),
        Class::Safe,
    ),
];

fn renamed(mut index: IndexSchema) -> IndexSchema {
    index.name = "another";
    index
}

fn of(table: TableSchema) -> Registry {
    Registry::new([table]).unwrap()
}

#[test]
fn every_change_has_its_class() {
    let agreed = Snapshot::of(&of(ORDERS));
    assert_eq!(diff(&agreed, &of(ORDERS)), []);
    for (name, mutate, class) in MUTATIONS {
        let mut table = ORDERS;
        mutate(&mut table);
        let changes = diff(&agreed, &of(table));
        assert!(!changes.is_empty(), "{name}: no change");
        assert!(changes.iter().all(|change| change.class == *class), "{name} is {class}:\n{changes:#?}");
    }
}

#[test]
fn warm_throughput_never_becomes_less() {
    let warm = |read| {
        let settings = SETTINGS.with_warm_throughput(Capacity { read, write: 4_000 });
        of(ORDERS.with_settings(settings))
    };
    let classes = |from, to| diff(&Snapshot::of(&warm(from)), &warm(to)).iter().map(|of| of.class).collect::<Vec<_>>();
    assert_eq!(classes(20_000, 12_000), [Class::Replaces]);
    assert_eq!(classes(12_000, 20_000), [Class::Online]);
}

#[test]
fn a_rename_is_a_table_gone_and_a_table_new() {
    let mut other = ORDERS;
    other.name = "sales";
    let changes = diff(&Snapshot::of(&of(ORDERS)), &of(other));
    let found: BTreeMap<_, _> = changes.iter().map(|change| (&*change.table, change.class)).collect();
    assert_eq!(found, BTreeMap::from([("orders", Class::Deletes), ("sales", Class::Safe)]));
    assert_eq!(changes[0].class, Class::Deletes, "the worst comes first");
}

#[test]
fn a_snapshot_is_read_back_and_remembers() {
    let agreed = Snapshot::of(&of(ORDERS));
    let text = agreed.to_json();
    assert_eq!(Snapshot::from_json(&text), Ok(agreed.clone()));
    assert_eq!(Snapshot::from_json(&text).unwrap().to_json(), text);

    let mut without = ORDERS;
    without.ttl = None;
    let later = agreed.after(&of(without));
    assert_eq!(later.former_time_to_live("orders"), Some("expires_at"));
    assert_eq!(diff(&later, &of(without)), [], "what was accepted is no change");
    assert_eq!(diff(&later, &of(ORDERS)).iter().map(|of| of.class).collect::<Vec<_>>(), [Class::Online]);

    let mut sales = ORDERS;
    sales.name = "sales";
    let dropped = agreed.after(&of(sales));
    assert_eq!(dropped.dropped, BTreeMap::from([("orders".to_owned(), "orders".to_owned())]));
    assert_eq!(dropped.after(&of(sales)).dropped, dropped.dropped);
    assert!(dropped.after(&of(ORDERS)).dropped.keys().eq(["sales"]), "a table that comes back is not dropped");
}

#[test]
fn damaged_snapshots_are_refused() {
    let refused = |text: &str| Snapshot::from_json(text).unwrap_err();
    assert!(refused("{").starts_with("it is no JSON"));
    assert!(refused("{}").contains("no `format`"));
    assert!(refused("{\"format\":2}").contains("its format is 2"));
    assert!(refused("{\"format\":1,\"tables\":{\"a\":1}}").contains("table `a`"));
    assert!(refused("{\"format\":1,\"dropped\":{\"a\":1}}").contains("`a` in `dropped`"));
}

#[test]
fn a_change_says_where_what_and_what_to_do() {
    let mut table = ORDERS;
    table.source.file = "src/orders.rs";
    table.source.line = 12;
    table.settings.stream = None;
    let changes = diff(&Snapshot::of(&of(ORDERS)), &of(table));
    let text = changes[0].to_string();
    assert!(
        text.starts_with("STREAM-RESET  table `orders` (src/orders.rs:12): stream: gone\n              The stream"),
        "{text}"
    );
}
