use std::collections::BTreeMap;

use tablewright::registry::Registry;
use tablewright::schema::{
    AttributeSchema, Capacity, EntityKey, EntitySchema, IndexKind, IndexProjection, IndexSchema, KeyPlace, KeySchema,
    KeySource, KeyTemplate, KeyType, PointInTimeRecovery, Segment, StreamViewType, TableSchema, TableSettings,
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

/// Changes that Terraform cannot see; what it sees is tested together with it.
const MUTATIONS: &[Mutation] = &[
    (
        "capacity of a global index",
        |table| index(table, 0, |of| of.capacity = Some(Capacity { read: 1, write: 1 })),
        Class::Online,
    ),
    ("warm", |table| table.settings.warm_throughput = Some(Capacity { read: 12_000, write: 4_000 }), Class::Online),
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
fn a_declared_rename_is_one_table() {
    let mut sales = ORDERS;
    sales.name = "sales";
    sales.settings = SETTINGS.with_renamed_from("orders");
    let agreed = Snapshot::of(&of(ORDERS));
    let changes = diff(&agreed, &of(sales));
    assert!(matches!(changes.as_slice(), [one] if one.class == Class::Safe && &*one.what == "name"), "{changes:#?}");
    let moved = agreed.after(&of(sales));
    assert!(moved.dropped.is_empty());
    assert_eq!(moved.moved, BTreeMap::from([("orders".to_owned(), "sales".to_owned())]));
    assert_eq!(Snapshot::default().after(&of(sales)).moved, moved.moved, "also for a table that was never agreed on");
    assert_eq!(diff(&moved, &of(sales)), []);

    let mut deals = sales;
    deals.name = "deals";
    let chain = moved.after(&of(deals)).moved;
    let pairs: Vec<_> = chain.iter().map(|(from, to)| (from.as_str(), to.as_str())).collect();
    assert_eq!(pairs, [("orders", "sales"), ("sales", "deals")]);

    sales.settings = SETTINGS;
    assert_eq!(diff(&moved, &of(sales)).iter().map(|of| of.class).collect::<Vec<_>>(), [Class::Replaces]);
    let back = moved.after(&of(ORDERS));
    assert_eq!(back.moved, BTreeMap::from([("sales".to_owned(), "orders".to_owned())]));
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
    assert_eq!(later.former_time_to_live(&ORDERS), Some("expires_at"));
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

#[test]
fn indexes_that_change_together_change_in_steps() {
    let mut table = ORDERS;
    let mut second = BY_STATUS;
    second.name = "second";
    second.partition_key = leak(&[s("second")]);
    table.indexes = leak(&[second, BY_TIME]);
    let changes = diff(&Snapshot::of(&of(ORDERS)), &of(table));
    assert_eq!(
        super::steps(&changes),
        [
            "Steps for table `orders`:\n  1. apply the new indexes `second`, with `by-status` still declared: AWS fills one at \
          a time, and Terraform waits for each up to `timeouts.update`;\n  2. deploy the program that queries the new \
          indexes;\n  3. remove `by-status` from the code and apply"
        ]
    );
    table.indexes = leak(&[BY_TIME]);
    assert_eq!(super::steps(&diff(&Snapshot::of(&of(ORDERS)), &of(table))), Vec::<String>::new());
}
