//! Two entities of a table: their items must be told apart, and agree on the types of keys.

use super::disjoint::disjoint;
use super::entity::{key_of, key_type};
use super::message::{Message, same};
use super::shards::shard_conflict;
use crate::schema::{EntitySchema, KeyPlace, KeySource, Segment, SegmentForm, TableSchema};

/// What is wrong between two entities of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Conflict {
    /// They can have the same primary key.
    SameKey,
    /// They disagree on the type of the key at that place.
    KeyType(KeyPlace),
    /// They can have the same partition key there, but for the number of its shards.
    Shards(KeyPlace),
    /// They have the same value of the tag.
    SameTag,
    /// Both are shapes of one entity, and nothing tells them apart.
    SameShape,
}

/// Checks that items of two entities of a table cannot have the same primary key, and that they agree on the types of the
/// keys and differ in their tags.
#[track_caller]
pub const fn check_entities(table: &TableSchema, first: &EntitySchema, second: &EntitySchema) {
    stop_at(conflict(table, first, second), table, first, second);
    let mut older = first.upgrades;
    while let [upgrade, rest @ ..] = older {
        stop_at(conflict(table, upgrade, second), table, upgrade, second);
        older = rest;
    }
    let mut older = second.upgrades;
    while let [upgrade, rest @ ..] = older {
        stop_at(conflict(table, first, upgrade), table, first, upgrade);
        older = rest;
    }
}

/// Checks that the shapes of an entity, which may have the same keys, are told apart.
#[track_caller]
pub(super) const fn check_shapes(table: &TableSchema, entity: &EntitySchema) {
    let mut older = entity.upgrades;
    while let [upgrade, rest @ ..] = older {
        stop_at(shape_conflict(table, entity, upgrade), table, entity, upgrade);
        let mut others = rest;
        while let [other, after @ ..] = others {
            stop_at(shape_conflict(table, upgrade, other), table, upgrade, other);
            others = after;
        }
        older = rest;
    }
}

#[track_caller]
const fn stop_at(conflict: Option<Conflict>, table: &TableSchema, first: &EntitySchema, second: &EntitySchema) {
    if let Some(conflict) = conflict {
        message(conflict, table, first, second).stop();
    }
}

/// The first conflict between two entities.
pub(crate) const fn conflict(table: &TableSchema, a: &EntitySchema, b: &EntitySchema) -> Option<Conflict> {
    // An entity with a mistake, which is reported where it is, has no keys.
    if a.keys.is_empty() || b.keys.is_empty() {
        return None;
    }
    let types = type_conflict(a, b);
    if types.is_some() {
        return types;
    }
    if let Some(place) = shard_conflict(a, b) {
        return Some(Conflict::Shards(place));
    }
    if !told_apart(a, b) {
        return Some(Conflict::SameKey);
    }
    match (table.tag, a.tag, b.tag) {
        (Some(_), Some(x), Some(y)) if same(x, y) => Some(Conflict::SameTag),
        _ => None,
    }
}

/// The first conflict between two shapes of one entity.
pub(crate) const fn shape_conflict(table: &TableSchema, a: &EntitySchema, b: &EntitySchema) -> Option<Conflict> {
    if a.keys.is_empty() || b.keys.is_empty() {
        return None;
    }
    let types = type_conflict(a, b);
    if types.is_some() || told_apart(a, b) {
        return types;
    }
    match (table.tag, a.tag, b.tag) {
        (Some(_), Some(x), Some(y)) if same(x, y) => Some(Conflict::SameTag),
        (Some(_), Some(_), Some(_)) => None,
        _ => Some(Conflict::SameShape),
    }
}

const fn told_apart(a: &EntitySchema, b: &EntitySchema) -> bool {
    differ(a, b, KeyPlace::Partition) || differ(a, b, KeyPlace::Sort)
}

const fn differ(a: &EntitySchema, b: &EntitySchema, place: KeyPlace) -> bool {
    match (key_of(a, place), key_of(b, place)) {
        (Some(x), Some(y)) => disjoint(&x.source, &y.source),
        _ => false,
    }
}

const fn type_conflict(a: &EntitySchema, b: &EntitySchema) -> Option<Conflict> {
    let mut keys = a.keys;
    while let [key, rest @ ..] = keys {
        if let Some(other) = key_of(b, key.place)
            && let (Some(x), Some(y)) = (key_type(&key.source), key_type(&other.source))
            && x as u8 != y as u8
        {
            return Some(Conflict::KeyType(key.place));
        }
        keys = rest;
    }
    None
}

const fn message(conflict: Conflict, table: &TableSchema, a: &EntitySchema, b: &EntitySchema) -> Message {
    let message = Message::new();
    match conflict {
        Conflict::SameTag => message.all(&[
            "`",
            a.name,
            "` and `",
            b.name,
            "` have the same tag \"",
            match a.tag {
                Some(tag) => tag,
                None => "",
            },
            "\" in table `",
            table.name,
            "`: write `tag = \"…\"` on one of them",
        ]),
        Conflict::KeyType(place) => types(message, place, a, b),
        Conflict::Shards(place) => {
            let message = message.all(&["`", a.name, "` and `", b.name, "` can have the same value of "]);
            let message =
                super::entity::place(message, place).all(&[" in table `", table.name, "`, in different numbers "]);
            message.add(
                "of shards, so that a query of the item collection would not find all of it: write the same `shard = …` for \
                 both, or begin their templates with different literals",
            )
        }
        Conflict::SameShape => keys(message, a, b).all(&[
            "; nothing tells the two shapes apart: write `tag = \"…\"` on the table `",
            table.name,
            "`",
        ]),
        Conflict::SameKey => {
            let message = keys(message, a, b).all(&[" in table `", table.name, "`: "]);
            first_difference(message, a, b)
        }
    }
}

const fn types(message: Message, place: KeyPlace, a: &EntitySchema, b: &EntitySchema) -> Message {
    let (Some(x), Some(y)) = (key_of(a, place), key_of(b, place)) else { return message };
    let (Some(of_x), Some(of_y)) = (key_type(&x.source), key_type(&y.source)) else { return message };
    let message = message.all(&["`", a.name, "` and `", b.name, "` disagree on the type of "]);
    let message = super::entity::place(message, place).all(&[": ", of_x.as_str(), " from "]).source(&x.source);
    let message = message.all(&[", ", of_y.as_str(), " from "]).source(&y.source);
    message.add("; an attribute that is a key has one type in all items of a table")
}

/// The two primary keys that can be the same.
const fn keys(message: Message, a: &EntitySchema, b: &EntitySchema) -> Message {
    let message = message.all(&["`", a.name, "` (key "]);
    let message = primary(message, a).all(&[") and `", b.name, "` (key "]);
    primary(message, b).add(") can have the same primary key")
}

const fn primary(message: Message, entity: &EntitySchema) -> Message {
    let message = match key_of(entity, KeyPlace::Partition) {
        Some(key) => message.source(&key.source),
        None => message,
    };
    match key_of(entity, KeyPlace::Sort) {
        Some(key) => message.add(", ").source(&key.source),
        None => message,
    }
}

/// The first segments where the keys could differ, and what to write instead.
const fn first_difference(message: Message, a: &EntitySchema, b: &EntitySchema) -> Message {
    // Partition keys of one kind are those of an item collection, whose items differ in their sort keys.
    let (partition, sort) = (KeyPlace::Partition, KeyPlace::Sort);
    let mut tries: &[(KeyPlace, bool)] = &[(partition, true), (sort, true), (partition, false), (sort, false)];
    let mut field = false;
    while let [(place, of_kind), rest @ ..] = tries {
        tries = rest;
        let (Some(x), Some(y)) = (key_of(a, *place), key_of(b, *place)) else { continue };
        match (&x.source, &y.source) {
            (KeySource::Template(x), KeySource::Template(y)) => {
                if let Some((x, y)) = difference(x.segments, y.segments, *of_kind) {
                    let message = message.segment(x).add(" and ").segment(y);
                    return message
                        .add(" are the first segments where they could differ; put a different literal before each");
                }
            }
            _ => field = true,
        }
    }
    message.add(match field {
        true => "a key that is a field can be anything; make it a template that begins with a literal of its own",
        false => "the two templates are the same; begin each with a literal of its own",
    })
}

/// The first segments that are not the same literal; of those, two fields of one kind say the same unless kinds do not
/// matter.
const fn difference(
    xs: &'static [Segment],
    ys: &'static [Segment],
    of_kind: bool,
) -> Option<(&'static Segment, &'static Segment)> {
    let (mut xs, mut ys) = (xs, ys);
    while let ([x, x_rest @ ..], [y, y_rest @ ..]) = (xs, ys) {
        let same = match (x, y) {
            (Segment::Literal(one), Segment::Literal(other)) => same(one, other),
            (Segment::Part(one), Segment::Part(other)) => of_kind && same_form(one.form, other.form),
            _ => false,
        };
        if !same {
            return Some((x, y));
        }
        (xs, ys) = (x_rest, y_rest);
    }
    None
}

const fn same_form(a: SegmentForm, b: SegmentForm) -> bool {
    match (a, b) {
        (SegmentForm::Text, SegmentForm::Text) => true,
        (SegmentForm::Fixed { width: x, class: of_x }, SegmentForm::Fixed { width: y, class: of_y }) => {
            x == y && of_x.bits() == of_y.bits()
        }
        _ => false,
    }
}
