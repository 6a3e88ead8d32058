//! Items are told apart by their keys, or by their tag.

use proptest::prelude::*;
use tablewright::__private::{
    Cursor, EntityKey, EntitySchema, Identity, KeyPart, KeyPlace, KeySchema, KeySource, KeyTemplate, KeyType,
    PrimaryParts, Segment, TableSchema, disjoint, segment,
};

use super::generate::{cases, shape_with_lists};

proptest! {
    #![proptest_config(cases())]

    /// Templates that are said to have no key in common have none, and each knows its own keys.
    #[test]
    fn disjoint_templates_share_no_key((one, ours) in shape_with_lists(4), (other, theirs) in shape_with_lists(4)) {
        for (shape, lists) in [(&one, &ours), (&other, &theirs)] {
            for parts in lists {
                prop_assert!(shape.template.parse(&shape.key(parts)).is_ok());
            }
        }
        if disjoint(&KeySource::Template(one.template), &KeySource::Template(other.template)) {
            for parts in &ours {
                prop_assert!(other.template.parse(&one.key(parts)).is_err(), "{}", one.key(parts));
            }
            for parts in &theirs {
                prop_assert!(one.template.parse(&other.key(parts)).is_err(), "{}", other.key(parts));
            }
        }
    }
}

const USER: KeyTemplate = KeyTemplate::new("USER#{id}", &[Segment::Literal("USER#"), segment::<String>("id")]);
const PROFILE: KeyTemplate = KeyTemplate::new("PROFILE", &[Segment::Literal("PROFILE")]);
const ORDER: KeyTemplate = KeyTemplate::new(
    "ORDER#{number}#{id}",
    &[Segment::Literal("ORDER#"), segment::<u32>("number"), Segment::Literal("#"), segment::<String>("id")],
);
const BY_NUMBER: KeyTemplate = KeyTemplate::raw(
    "{number}.{id}",
    &[
        tablewright::__private::raw_segment::<u32>("number", tablewright::__private::RawFormat::Plain),
        Segment::Literal("."),
        segment::<String>("id"),
    ],
);

const fn keys(sort: KeyTemplate) -> [EntityKey; 2] {
    [
        EntityKey::new(KeyPlace::Partition, KeySource::Template(USER)),
        EntityKey::new(KeyPlace::Sort, KeySource::Template(sort)),
    ]
}

const TABLE: TableSchema =
    TableSchema::new("app", KeySchema::new("pk", KeyType::S), Some(KeySchema::new("sk", KeyType::S))).with_entities(&[
        EntitySchema::new("User", "", &[]).with_keys(&keys(PROFILE)).with_tag("user"),
        EntitySchema::new("Order", "", &[])
            .with_keys(&keys(ORDER))
            .with_tag("order")
            .with_upgrades(&[EntitySchema::new("OrderV1", "", &[]).with_keys(&keys(ORDER)).with_tag("order1")]),
    ]);

fn identify(table: &TableSchema, item: &str) -> Identity {
    Cursor::new(item.as_bytes()).unwrap().identify(table).unwrap()
}

#[test]
fn an_item_is_known_by_its_keys() {
    for (item, identity) in [
        (r#"{"sk":{"S":"PROFILE"},"pk":{"S":"USER#a"},"x":{"L":[{"N":"1"}]}}"#, Identity::Entity(0)),
        (r#"{"pk":{"S":"USER#a"},"sk":{"S":"ORDER#0000000007#a"}}"#, Identity::Entity(1)),
        (r#"{"pk":{"S":"USER#a"},"sk":{"S":"ORDER#7#a"}}"#, Identity::Unknown),
        (r#"{"pk":{"S":"TEAM#a"},"sk":{"S":"PROFILE"}}"#, Identity::Unknown),
        (r#"{"pk":{"S":"USER#a"},"sk":{"N":"7"}}"#, Identity::Unknown),
        (r#"{"pk":{"S":"USER#a"}}"#, Identity::Unknown),
        (r#"{"pk":{"S":"USER#a"},"sk":{"NULL":true}}"#, Identity::Unknown),
        ("{}", Identity::Unknown),
    ] {
        assert_eq!(identify(&TABLE, item), identity, "{item}");
    }
    assert!(Cursor::new(br#"{"pk":{"S":"USER#a"}"#).unwrap().identify(&TABLE).is_err());
}

#[test]
fn a_tag_says_the_entity_and_its_version() {
    let table = TABLE.with_tag("type");
    let item = |tag: &str| format!(r#"{{"pk":{{"S":"USER#a"}},"sk":{{"S":"PROFILE"}},"type":{{"S":"{tag}"}}}}"#);
    assert_eq!(identify(&table, &item("order")), Identity::Entity(1));
    assert_eq!(identify(&table, &item("order1")), Identity::Older { entity: 1, upgrade: 0 });
    assert_eq!(identify(&table, &item("team")), Identity::Unknown);
    assert_eq!(identify(&table, r#"{"pk":{"S":"USER#a"},"sk":{"S":"PROFILE"}}"#), Identity::Entity(0));
}

#[test]
fn the_fields_of_a_key_fill_templates_of_indexes() {
    let order = &TABLE.entities[1];
    let key = r#"{"pk":{"S":"USER#a$cb"},"sk":{"S":"ORDER#0000000007#a$cb"}}"#;
    let parts = PrimaryParts::read(&TABLE, order, key).unwrap();
    assert_eq!(BY_NUMBER.render(&parts.values(), KeyPart::Sort), Ok(Some("7.a#b".into())));
    assert!(PrimaryParts::read(&TABLE, order, r#"{"pk":{"S":"USER#a"},"sk":{"S":"PROFILE"}}"#).is_err());
    assert!(!format!("{parts:?}").contains("a#b"));

    static NATIVE: [EntityKey; 2] = [
        EntityKey::new(
            KeyPlace::Partition,
            KeySource::Field { field: "number", attribute: "pk", key_type: KeyType::N, optional: false },
        ),
        EntityKey::new(
            KeyPlace::IndexSort { index: "by-number", position: 0 },
            KeySource::Template(KeyTemplate::new("{number}", &[segment::<u32>("number").stored::<u32>()])),
        ),
    ];
    let table = TableSchema::new("native", KeySchema::new("pk", KeyType::N), None);
    let native = EntitySchema::new("Native", "", &[]).with_keys(&NATIVE);
    let parts = PrimaryParts::read(&table, &native, r#"{"pk":{"N":"7"}}"#).unwrap();
    let template = NATIVE[1].template().unwrap();
    assert_eq!(template.render(&parts.values(), KeyPart::Sort), Ok(Some("0000000007".into())));
}
