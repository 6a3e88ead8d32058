//! A table of several entities: an enum, and a struct for each type of items.

use std::collections::{BTreeMap, BTreeSet};

use super::described::{Index, Key, Table};
use super::items::Attributes;
use super::keys::{Form, Group, Placement, Source, Template};
use super::names::{FieldNames, plain as unmarked};
use super::plain::{about, any_field, key_field, unseen};
use super::seen::Seen;
use super::tag;
use super::text::{Body, Entry, Field, Struct, code, index_members, literal};
use super::types::Types;

/// The enum, and its entities.
pub(super) fn structures(
    table: &Table,
    items: &[Attributes],
    groups: &[Group],
    key_of: impl Fn(usize) -> String,
    types: &mut Types<'_>,
) -> Vec<Struct> {
    let places: Vec<Vec<usize>> = groups.iter().map(|group| group.places.clone()).collect();
    let tag = tag::find(table, &places, items);
    let indexes: Vec<&str> = table.indexes.iter().map(|index| index.name.as_str()).collect();
    let name = types.names.take(&table.name, &indexes);
    let named = entity_names(groups, tag.as_ref().map(|(_, texts)| texts.as_slice()));
    let everywhere: Vec<BTreeMap<String, Seen>> = groups
        .iter()
        .map(|group| {
            let item = |place: &usize| Some((items.get(*place)?, key_of(*place)));
            Seen::attributes(group.places.iter().filter_map(item))
        })
        .collect();
    let all: BTreeSet<&String> = everywhere.iter().flat_map(BTreeMap::keys).collect();
    let mut entities = Vec::new();
    for (place, ((group, seen), text)) in groups.iter().zip(&everywhere).zip(&named).enumerate() {
        let own = types.names.take(text, &indexes);
        let tag = tag.as_ref().and_then(|(attribute, texts)| Some((attribute.as_str(), texts.get(place)?.as_str())));
        let names = FieldNames::without(indexes.iter().flat_map(|index| index_members(index)));
        let entity = Entity { table, group, seen, tag, names, fields: Vec::new() };
        entities.push(entity.structure(&name, own, burden(table, groups, place, &all), types));
    }
    let enumeration = enumeration(table, name, items.len(), tag.as_ref().map(|(attribute, _)| attribute), &entities);
    let structs = entities.into_iter().map(|(structure, _)| structure);
    core::iter::once(enumeration).chain(structs).collect()
}

/// What an entity takes over because no other can: indexes that no sampled item is in, and time to live.
struct Burden<'t> {
    indexes: Vec<&'t Index>,
    ttl: Option<&'t str>,
}

fn burden<'t>(table: &'t Table, groups: &[Group], place: usize, all: &BTreeSet<&String>) -> Burden<'t> {
    let is_empty = |index: &&Index| !groups.iter().any(|group| group.indexes.contains_key(&index.name));
    Burden {
        indexes: table.indexes.iter().filter(is_empty).filter(|_| place == 0).collect(),
        ttl: table.ttl.as_deref().filter(|ttl| !all.iter().any(|name| name.as_str() == *ttl)),
    }
}

/// A name for each group: its tag, or the labels of its keys.
fn entity_names(groups: &[Group], tags: Option<&[String]>) -> Vec<String> {
    if let Some(tags) = tags {
        return tags.to_vec();
    }
    let short = |group: &Group| {
        let (partition, sort) = &group.labels;
        sort.last().or_else(|| partition.last()).cloned().unwrap_or_default()
    };
    let partition = |group: &Group| group.labels.0.last().cloned().unwrap_or_default();
    let long = |group: &Group| [group.labels.0.join("_"), group.labels.1.join("_")].join("_");
    let differ = |names: &[String]| {
        let different: BTreeSet<String> = names.iter().map(|name| super::names::snake(name)).collect();
        different.len() == names.len() && !different.contains("")
    };
    let choices = [
        groups.iter().map(short).collect::<Vec<_>>(),
        groups.iter().map(partition).collect(),
        groups.iter().map(long).collect(),
    ];
    let chosen = choices.iter().find(|names| differ(names)).or(choices.last()).cloned().unwrap_or_default();
    chosen
        .into_iter()
        .map(|name| if super::names::snake(&name).is_empty() { "Entity".to_owned() } else { name })
        .collect()
}

fn enumeration(
    table: &Table,
    name: String,
    items: usize,
    tag: Option<&String>,
    entities: &[(Struct, [String; 2])],
) -> Struct {
    let mut docs = vec![about(table, items)];
    docs.extend(["| item | partition key | sort key |".to_owned(), "|---|---|---|".to_owned()]);
    docs.extend(
        entities.iter().map(|(entity, [partition, sort])| format!("| [`{}`] | {partition} | {sort} |", entity.name)),
    );
    docs.extend(table.remarks());
    let mut entries = vec![Entry::text("table", &table.name), Entry::text("partition_key", &table.partition_key.name)];
    entries.extend(table.sort_key.as_ref().map(|key| Entry::text("sort_key", &key.name)));
    entries.extend(table.indexes.iter().map(|index| table.index(index, str::to_owned, false)));
    entries.extend(tag.map(|tag| Entry::text("tag", tag)));
    entries.extend(table.settings());
    let variants = entities
        .iter()
        .map(|(entity, _)| (entity.name.clone(), entity.docs.first().cloned().unwrap_or_default()))
        .collect();
    Struct { name, docs, derive: "DynamoTable", entries, body: Body::Variants(variants) }
}

/// An entity while it is written.
struct Entity<'e> {
    table: &'e Table,
    group: &'e Group,
    seen: &'e BTreeMap<String, Seen>,
    /// The attribute that names the type of an item, and the name.
    tag: Option<(&'e str, &'e str)>,
    names: FieldNames,
    fields: Vec<Field>,
}

impl<'e> Entity<'e> {
    /// The struct, and its primary key as documentation shows it.
    fn structure(
        mut self,
        home: &str,
        name: String,
        burden: Burden<'_>,
        types: &mut Types<'_>,
    ) -> (Struct, [String; 2]) {
        let count = self.group.places.len();
        let alone = self.alone();
        for (key, form, mark) in self.primary() {
            if matches!(form, Form::Field) {
                self.fields.push(key_field(&key.name, key.of, self.seen, count, mark, &mut self.names));
            }
        }
        let made = self.group.made(self.table);
        for (attribute, seen) in self.seen {
            let is_tag = self.tag.is_some_and(|(tag, _)| tag == attribute);
            if !is_tag && !self.table.is_key(attribute) && !made.contains_key(attribute) {
                let field = any_field(self.table, &name, attribute, seen, count, types, &mut self.names);
                self.fields.push(field);
            }
        }
        let missing = Table {
            indexes: burden.indexes.iter().map(|index| (*index).clone()).collect(),
            ttl: burden.ttl.map(str::to_owned),
            ..self.table.clone()
        };
        let mut added = unseen(&missing, self.seen, &mut self.names);
        // What an index carries is named by the enum, and needs no field.
        added.retain(|field| field.type_name != "Option<Value>");
        self.fields.append(&mut added);
        let (entries, shown) = self.entries(home, &name, &alone, &burden);
        self.fields.push(Field::rest(&mut self.names));
        let docs = vec![match count {
            1 => "1 sampled item.".to_owned(),
            several => format!("{several} sampled items."),
        }];
        let body = Body::Fields(self.fields);
        (Struct { name, docs, derive: "DynamoEntity", entries, body }, shown)
    }

    fn primary(&self) -> Vec<(&'e Key, &'e Form, &'static str)> {
        let (table, group) = (self.table, self.group);
        let forms = core::iter::once(&group.partition).chain(&group.sort);
        table
            .keys()
            .zip(forms)
            .zip(["partition_key", "sort_key"])
            .map(|((key, form), mark)| (key, form, mark))
            .collect()
    }

    /// The fields of values that are in keys alone; their names.
    fn alone(&mut self) -> Vec<String> {
        let mut names = Vec::new();
        for alone in &self.group.alone {
            // An attribute of the same name keeps it.
            let taken = self.seen.keys().any(|attribute| super::names::snake(attribute) == alone.hint);
            let hint = if taken { format!("{}_key", alone.hint) } else { alone.hint.clone() };
            let name = self.names.take(&hint);
            let type_name = if alone.whole { "u64" } else { "String" };
            let docs = vec!["In the key alone.".to_owned()];
            self.fields.push(Field::key_only(name.clone(), type_name, docs));
            names.push(name);
        }
        names
    }

    fn entries(&self, home: &str, name: &str, alone: &[String], burden: &Burden<'_>) -> (Vec<Entry>, [String; 2]) {
        let field = |source: &Source| match source {
            Source::Alone(place) => alone.get(*place).map_or("", |name| unmarked(name)).to_owned(),
            Source::Attribute(attribute) => self.field_of(attribute),
        };
        let mut entries = vec![Entry::word(format!("table = {home}"))];
        let mut shown = [String::new(), String::new()];
        for ((_, form, word), shown) in self.primary().into_iter().zip(&mut shown) {
            match form {
                Form::Template(template) => {
                    let text = template.text(field);
                    *shown = code(&text).replace('|', "\\|");
                    entries.push(keyed(word, template, &text, false));
                }
                Form::Field | Form::Own(_) => *shown = "any".to_owned(),
            }
        }
        for index in &self.table.indexes {
            if let Some(placement) = self.group.indexes.get(&index.name) {
                entries.push(self.placed(index, placement, &field));
            } else if burden.indexes.iter().any(|own| own.name == index.name) {
                entries.push(self.burdened(index, &field));
            }
        }
        entries.extend(self.tag.filter(|(_, tag)| *tag != name).map(|(_, tag)| Entry::text("tag", tag)));
        (entries, shown)
    }

    /// The field of an attribute, as templates and indexes name it.
    fn field_of(&self, attribute: &str) -> String {
        let is_it = |field: &&Field| field.attribute.as_deref() == Some(attribute);
        self.fields.iter().find(is_it).map_or("", |field| unmarked(&field.name)).to_owned()
    }

    fn placed(&self, index: &Index, placement: &Placement, field: &impl Fn(&Source) -> String) -> Entry {
        let mut entries = vec![Entry::text("name", &index.name)];
        let sides = [
            ("partition_key", &index.partition_key, &placement.partition),
            ("sort_key", &index.sort_key, &placement.sort),
        ];
        for (word, keys, forms) in sides {
            match forms.as_slice() {
                [] => {}
                [Form::Template(template)] => entries.push(keyed(word, template, &template.text(field), true)),
                [Form::Own(own)] => entries.push(Entry::word(format!("{word} = {own}"))),
                _ => {
                    let names: Vec<String> = keys.iter().map(|key| self.field_of(&key.name)).collect();
                    entries.push(Entry::texts(word, &names));
                }
            }
        }
        if placement.sparse {
            entries.push(Entry::word("sparse"));
        }
        Entry::List("index", entries)
    }

    /// An index that no sampled item is in: the one that could be.
    fn burdened(&self, index: &Index, field: &impl Fn(&Source) -> String) -> Entry {
        let made = self.group.made(self.table);
        let own = |name: &str| {
            let place = self.table.keys().position(|key| key.name == name);
            place.and_then(|place| ["partition_key", "sort_key"].get(place).copied())
        };
        let mut entries = vec![Entry::text("name", &index.name)];
        let partition = if index.is_global { index.partition_key.as_slice() } else { &[] };
        for (word, keys) in [("partition_key", partition), ("sort_key", index.sort_key.as_slice())] {
            match keys {
                [] => {}
                [key] if made.contains_key(&key.name) && own(&key.name).is_none() => {
                    entries.extend(made.get(&key.name).map(|(of, _)| keyed(word, of, &of.text(field), true)));
                }
                [key] if own(&key.name).is_some() => {
                    entries.push(Entry::word(format!("{word} = {}", own(&key.name).unwrap_or_default())));
                }
                keys => {
                    let names: Vec<String> = keys.iter().map(|key| self.field_of(&key.name)).collect();
                    entries.push(Entry::texts(word, &names));
                }
            }
        }
        entries.push(Entry::word("sparse"));
        Entry::List("index", entries)
    }
}

/// A key by a template. In an index, text without a field would be the name of one.
fn keyed(word: &'static str, template: &Template, text: &str, in_index: bool) -> Entry {
    let needs_words = template.raw || in_index && template.parts().next().is_none();
    if !needs_words {
        return Entry::text(word, text);
    }
    let mut entries = vec![Entry::word(format!("template = {}", literal(text)))];
    entries.extend(template.raw.then(|| Entry::word("raw")));
    Entry::List(word, entries)
}
