use std::panic::catch_unwind;

use super::disjoint::disjoint;
use super::pair::{Conflict, conflict, shape_conflict};
use super::structure::{Flaw, flaw};
use super::{check_collection, check_entities, check_entity, check_table, check_template};
use crate::schema::{
    AttributeSchema, EntityKey, EntitySchema, IndexKind, IndexProjection, IndexSchema, KeyPlace, KeySchema, KeySource,
    KeyTemplate, KeyType, RawFormat, Segment, SegmentClass, SegmentForm, TableSchema,
};
use crate::template::{KeySegment, SegmentError, SegmentText, raw_segment, segment};

/// Text as an encoded template: `{t…}` is text, `{n…}` a `u16`, `{b…}` a `bool` and `{o…}` an optional text.
fn template(text: &'static str) -> KeyTemplate {
    KeyTemplate::new(text, segments(text, false))
}

fn raw(text: &'static str) -> KeyTemplate {
    KeyTemplate::raw(text, segments(text, true))
}

fn segments(text: &'static str, raw: bool) -> &'static [Segment] {
    let mut segments = Vec::new();
    for piece in text.split_inclusive(['{', '}']) {
        let segment = match piece.strip_suffix('}') {
            Some(field) if raw => match field.split_once(':') {
                Some((field, "03")) => raw_segment::<u16>(field, RawFormat::Zeros(3)),
                Some((field, _)) => raw_segment::<String>(field, RawFormat::Lower),
                None => raw_segment::<String>(field, RawFormat::Plain),
            },
            Some(field) => match field.as_bytes().first() {
                Some(b'n') => segment::<u16>(field),
                Some(b'b') => segment::<bool>(field),
                Some(b'o') => segment::<Option<String>>(field),
                _ => segment::<String>(field),
            },
            None => match piece.trim_end_matches('{') {
                "" => continue,
                literal => Segment::Literal(literal),
            },
        };
        segments.push(segment);
    }
    segments.leak()
}

fn source(text: &'static str) -> KeySource {
    match text.strip_prefix("raw ") {
        Some(text) => KeySource::Template(raw(text)),
        None => KeySource::Template(template(text)),
    }
}

fn field(attribute: &'static str, key_type: KeyType) -> KeySource {
    KeySource::Field { field: "id", attribute, key_type, optional: false }
}

fn entity(name: &'static str, partition: KeySource, sort: KeySource) -> EntitySchema {
    let keys = vec![EntityKey::new(KeyPlace::Partition, partition), EntityKey::new(KeyPlace::Sort, sort)];
    EntitySchema::new(name, "", &[]).with_keys(keys.leak())
}

fn with_key(entity: EntitySchema, key: EntityKey) -> EntitySchema {
    entity.with_keys([entity.keys, &[key]].concat().leak())
}

const TABLE: TableSchema =
    TableSchema::new("messages", KeySchema::new("pk", KeyType::S), Some(KeySchema::new("sk", KeyType::S)))
        .with_indexes(&[IndexSchema::new(
            "by-recent",
            IndexKind::Global,
            &[KeySchema::new("gsi1pk", KeyType::S)],
            &[KeySchema::new("sk", KeyType::S)],
            IndexProjection::All,
        )]);

/// The message that a check stops the compilation with.
fn stops(check: impl FnOnce() + std::panic::UnwindSafe) -> String {
    let payload = catch_unwind(check).expect_err("the check passed");
    payload.downcast_ref::<String>().cloned().expect("a formatted message")
}

#[test]
fn variable_parts_must_be_closed() {
    for sound in ["{t}", "A#{t}", "A{t}", "{t}#", "{t}#{u}", "{n}{t}", "{n}{b}", "{n}-{t}#x{u}", "A", "É#{t}", "a b"] {
        assert_eq!(flaw(&template(sound)), None, "{sound}");
    }
    for (text, field) in [("{t}{n}", "t"), ("{t}-{u}", "t"), ("{n}#{t}x", "t"), ("{o}.", "o")] {
        assert_eq!(flaw(&template(text)), Some(Flaw::Unclosed(field)), "{text}");
    }
    assert_eq!(flaw(&template("")), Some(Flaw::Empty));
    for sound in ["{t}-{u}", "{t}", "A{t}x", "{n:03}{t}"] {
        assert_eq!(flaw(&raw(sound)), None, "{sound}");
    }
    assert_eq!(flaw(&raw("{t}{u}")), Some(Flaw::Unclosed("t")));
    assert_eq!(flaw(&raw("{t}{n:03}")), Some(Flaw::Unclosed("t")));
    assert_eq!(flaw(&KeyTemplate::new("{n:03}", raw("{n:03}").segments)), Some(Flaw::Format("n")));
}

/// A type whose form says that it writes separators.
struct Separators;

impl KeySegment for Separators {
    const FORM: SegmentForm = SegmentForm::Fixed { width: 3, class: SegmentClass::of("ab#") };
    fn write_segment(&self, _: &mut SegmentText) -> Result<(), SegmentError> {
        Ok(())
    }
    fn parse_segment(_: &str) -> Result<Self, SegmentError> {
        Ok(Self)
    }
}

#[test]
fn forms_have_no_separators() {
    let segments = vec![segment::<Separators>("s")].leak();
    assert_eq!(flaw(&KeyTemplate::new("{s}", segments)), Some(Flaw::Form("s")));
}

#[test]
fn templates_that_never_meet() {
    for (a, b) in [
        ("GRP#{t}", "MSG#{t}"),
        ("A", "B"),
        ("PROFILE", "{n}#{t}"),
        ("PROFILE", "P#{t}"),
        ("{t}", "{t}#{u}"),
        ("{t}#{u}", "{t}#{u}#"),
        ("{n}", "{n}{b}"),
        ("{n}", "123"),
        ("{n}", "1234x"),
        ("{t}#A", "{t}#B"),
        ("X{t}", "Y{t}"),
        ("{b}", "2"),
        ("{t}", "a b"),
        ("A{t}", "A"),
        ("ABC", "ABC{t}"),
        ("{n}x", "{n}y"),
        ("{n}#{t}", "{b}#{t}"),
        ("raw USER-{t}", "GROUP-{t}"),
        ("raw {t}.a", "raw {t}.b"),
        ("raw {n:03}", "raw {n:03}{n:03}"),
        ("raw A#{t}", "B#{t}"),
        ("É", "È"),
    ] {
        assert!(disjoint(&source(a), &source(b)), "{a} and {b}");
        assert!(disjoint(&source(b), &source(a)), "{b} and {a}");
    }
}

#[test]
fn templates_that_may_meet() {
    for (a, b) in [
        ("{t}", "{u}"),
        ("{t}", "A"),
        ("A{t}", "AB{u}"),
        ("{n}", "00123"),
        ("{n}{t}", "{t}"),
        ("{t}#{u}", "A#{u}"),
        ("{b}", "1"),
        ("raw {t}", "A#{t}"),
        ("raw {t}#A", "raw {t}#{u}"),
        ("raw A{t}A", "raw AA{t}A"),
        ("raw {n:03}", "raw {t}"),
        ("{t}", "a$cb"),
        ("A", "A"),
    ] {
        assert!(!disjoint(&source(a), &source(b)), "{a} and {b}");
        assert!(!disjoint(&source(b), &source(a)), "{b} and {a}");
    }
    assert!(!disjoint(&source("A"), &field("pk", KeyType::S)));
}

#[test]
fn entities_that_may_have_one_key_are_named_with_what_to_change() {
    let group = entity("Group", source("USER#{tuser}"), source("{tgroup}"));
    let note = entity("Note", source("USER#{tuser}"), source("NOTE#{tnote}"));
    let profile = entity("Profile", source("USER#{tuser}"), source("PROFILE"));
    let team = entity("Team", source("USER#{tteam}"), source("PROFILE"));
    assert_eq!(conflict(&TABLE, &group, &note), None);
    assert_eq!(conflict(&TABLE, &group, &profile), Some(Conflict::SameKey));
    assert_eq!(
        stops(move || check_table(&TABLE.with_entities(vec![note, group, profile].leak()))),
        "`Group` (key `USER#{tuser}`, `{tgroup}`) and `Profile` (key `USER#{tuser}`, `PROFILE`) can have the same primary \
         key in table `messages`: `{tgroup}` and `PROFILE` are the first segments where they could differ; put a \
         different literal before each"
    );
    assert_eq!(
        stops(move || check_entities(&TABLE, &profile, &team)),
        "`Profile` (key `USER#{tuser}`, `PROFILE`) and `Team` (key `USER#{tteam}`, `PROFILE`) can have the same primary \
         key in table `messages`: `{tuser}` and `{tteam}` are the first segments where they could differ; put a \
         different literal before each"
    );
    let native = entity("Native", field("pk", KeyType::S), source("PROFILE"));
    assert!(stops(move || check_entities(&TABLE, &native, &profile)).contains("a key that is a field can be anything"));
    check_table(&TABLE.with_entities(vec![group, note].leak()));
}

#[test]
fn entities_agree_on_the_types_of_keys() {
    let text = entity("Text", source("A#{t}"), source("A"));
    let number = entity("Number", source("B#{t}"), field("sk", KeyType::N));
    assert_eq!(conflict(&TABLE, &text, &number), Some(Conflict::KeyType(KeyPlace::Sort)));
    assert_eq!(
        stops(move || check_entities(&TABLE, &text, &number)),
        "`Text` and `Number` disagree on the type of the sort key: S from `A`, N from field `id`; an attribute that is a \
         key has one type in all items of a table"
    );
    assert_eq!(
        stops(move || check_entity(&TABLE, &number)),
        "`Number`: the sort key is of type N from field `id`, and attribute `sk` of table `messages` is of type S: make it \
         text, `\"{id}\"` as a key template above the struct"
    );
}

#[test]
fn keys_are_the_tables() {
    let plain = entity("Plain", source("A#{t}"), source("A"));
    check_entity(&TABLE, &plain);
    let place = KeyPlace::IndexPartition { index: "by-recent", position: 0 };
    check_entity(&TABLE, &with_key(plain, EntityKey::new(place, source("ALL"))));
    let place = KeyPlace::IndexSort { index: "by-recent", position: 0 };
    check_entity(&TABLE, &with_key(plain, EntityKey::new(place, KeySource::TableSortKey)));
    let place = KeyPlace::IndexPartition { index: "by-group", position: 0 };
    let unknown = with_key(plain, EntityKey::new(place, source("ALL")));
    check_entity(&TABLE, &unknown);
    let table = TABLE.with_entities(vec![unknown].leak());
    assert_eq!(
        stops(move || crate::entity::check::index_is_known(&table, "Plain", "by-group")),
        "`Plain`: table `messages` has no index `by-group`; it has `by-recent`"
    );
    let renamed = entity("Renamed", field("user", KeyType::S), source("A"));
    assert_eq!(
        stops(move || check_entity(&TABLE, &renamed)),
        "`Renamed`: field `id` is the partition key, whose attribute is `pk` in table `messages`: write \
         `#[dynamo(rename = \"pk\")]` on the field"
    );
    let simple = TableSchema::new("simple", KeySchema::new("pk", KeyType::S), None);
    let expected = "`Plain`: table `simple` has no sort key: leave it out here, or write `sort_key = \"sk\"` above the table's \
                    enum";
    assert_eq!(stops(move || check_entity(&simple, &plain)), expected);
    let optional = entity("Optional", source("A#{o}"), source("A"));
    assert!(stops(move || check_entity(&TABLE, &optional)).contains("every item has a primary key"));
}

#[test]
fn what_a_raw_format_loses_is_stored() {
    let lost = entity("Lost", source("raw A#{t:lower}"), source("A"));
    assert!(stops(move || check_entity(&TABLE, &lost)).contains("`t` is stored in the key alone"));
    let attributes = vec![AttributeSchema::new("name", "t", "S", false)].leak();
    check_entity(&TABLE, &EntitySchema { attributes, ..lost });
}

#[test]
fn shapes_of_an_entity_need_a_tag_or_keys_of_their_own() {
    let now = entity("Group", source("A#{t}"), source("{n}"));
    let old = entity("GroupV1", source("A#{t}"), source("{n}"));
    let tagged = TABLE.with_tag("type");
    assert_eq!(shape_conflict(&TABLE, &now, &old), Some(Conflict::SameShape));
    assert_eq!(shape_conflict(&tagged, &now.with_tag("Group"), &old.with_tag("GroupV1")), None);
    assert_eq!(shape_conflict(&tagged, &now.with_tag("G"), &old.with_tag("G")), Some(Conflict::SameTag));
    assert_eq!(conflict(&tagged, &now.with_tag("Group"), &old.with_tag("GroupV1")), Some(Conflict::SameKey));
    let upgraded = now.with_upgrades(vec![old].leak());
    assert_eq!(
        stops(move || check_entity(&TABLE, &upgraded)),
        "`Group` (key `A#{t}`, `{n}`) and `GroupV1` (key `A#{t}`, `{n}`) can have the same primary key; nothing tells the \
         two shapes apart: write `tag = \"…\"` on the table `messages`"
    );
    let other = entity("Other", source("A#{t}"), source("B"));
    let moved = entity("Moved", source("M#{t}"), source("{n}")).with_upgrades(vec![now].leak());
    check_entities(&TABLE, &other, &moved);
    let other = entity("Other", source("A#{t}"), source("{t}"));
    let message = stops(move || check_entities(&TABLE, &other, &moved));
    assert!(message.starts_with("`Other` (key `A#{t}`, `{t}`) and `Group` (key `A#{t}`, `{n}`)"), "{message}");
}

#[test]
fn a_collection_ends_with_a_separator() {
    let order = template("ORDER#{n}#{t}");
    assert_eq!([0, 1, 2].map(|parts| order.is_closed_after(parts)), [true, true, false]);
    assert!(template("ORDER#{n}#{t}#").is_closed_after(2));
    assert!(!template("{n}-{t}").is_closed_after(1));
    check_collection(&order, 1);
    assert!(stops(move || check_collection(&order, 2)).ends_with("write `#` at its end"));
    assert!(stops(|| check_template(&template("{t}x"))).starts_with("key template `{t}x`: `{t}` can have any length"));
}
