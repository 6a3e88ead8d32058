//! Key templates of sampled items: a type of items for each shape of keys, and what its keys are made of.

mod component;
mod group;
mod shape;
mod template;
mod values;

use std::collections::BTreeMap;

use tablewright::__private::KeyPart;

use super::described::{Key, KeyKind, Table};
use super::items::{Attributes, string};
use super::seen::Seen;
use super::text::code;
use group::Grouping;
pub(super) use group::{Group, Placement};
pub(super) use template::{Form, Source, Template, differ};

/// The types of items in a table that has several, or whose keys are at least made of something.
///
/// # Errors
/// Why keys are better left as they are; nothing where they are values as in any other table.
pub(super) fn groups(
    table: &Table,
    items: &[Attributes],
    key_of: impl Fn(usize) -> String,
) -> Result<Vec<Group>, Option<String>> {
    if items.is_empty() {
        return Err(None);
    }
    let is_mixed = |keys: &[Key]| keys.len() > 1 && keys.iter().any(|key| table.is_key(&key.name));
    if let Some(index) = table.indexes.iter().find(|of| is_mixed(&of.partition_key) || is_mixed(&of.sort_key)) {
        return Err(Some(format!("the index {} has a key of the table among several attributes", code(&index.name))));
    }
    let (separators, shapes) = shape::shapes(table, items)?;
    let mut groups = Vec::new();
    for (shape, places) in shapes {
        let chosen: Vec<&Attributes> = places.iter().filter_map(|place| items.get(*place)).collect();
        let seen = Seen::attributes(places.iter().zip(&chosen).map(|(place, item)| (*item, key_of(*place))));
        groups.push(Grouping::new(table, &chosen, &seen).group(&shape, separators, places.clone()).map_err(Some)?);
    }
    for (place, group) in groups.iter().enumerate() {
        verify(table, group, items, &key_of).map_err(Some)?;
        for other in groups.iter().skip(place + 1) {
            if !told_apart(group, other) {
                let text = |group: &Group| match group.places.len() {
                    1 => format!("the item {}", code(&key_of(first(group)))),
                    several => format!("{several} items like {}", code(&key_of(first(group)))),
                };
                return Err(Some(format!(
                    "the keys of {} and of {} do not tell these types of items apart",
                    text(group),
                    text(other)
                )));
            }
        }
    }
    Ok(groups)
}

fn first(group: &Group) -> usize {
    group.places.first().copied().unwrap_or_default()
}

fn told_apart(a: &Group, b: &Group) -> bool {
    let sorts = a.sort.as_ref().zip(b.sort.as_ref());
    differ(&a.partition, &b.partition) || sorts.is_some_and(|(a, b)| differ(a, b))
}

/// That the runtime makes every sampled key with the group's templates.
fn verify(table: &Table, group: &Group, items: &[Attributes], key_of: &impl Fn(usize) -> String) -> Result<(), String> {
    let made = group.made(table);
    let schemas: BTreeMap<&String, _> =
        made.iter().map(|(name, (template, side))| (name, (*template, template.to_schema(), *side))).collect();
    for place in &group.places {
        let Some(item) = items.get(*place) else { continue };
        for (name, (template, schema, side)) in &schemas {
            let Some(text) = string(item.get(name.as_str())) else { continue };
            if !template.reproduces(schema, text, *side) {
                let key = code(&key_of(*place));
                return Err(format!(
                    "the key attribute {} of the item {key} is not one that a template makes",
                    code(name)
                ));
            }
        }
    }
    Ok(())
}

impl Group {
    /// The attributes that templates make, each with its template.
    pub(super) fn made<'g>(&'g self, table: &'g Table) -> BTreeMap<String, (&'g Template, KeyPart)> {
        let mut made = BTreeMap::new();
        for (key, form, side) in self.forms(table) {
            if let Form::Template(template) = form {
                made.insert(key.name.clone(), (template, side));
            }
        }
        made
    }

    /// The key attributes of the table and of the indexes that the items are in, and where each comes from.
    fn forms<'g>(&'g self, table: &'g Table) -> Vec<(&'g Key, &'g Form, KeyPart)> {
        let mut forms = vec![(&table.partition_key, &self.partition, KeyPart::Partition)];
        forms.extend(table.sort_key.as_ref().zip(self.sort.as_ref()).map(|(key, form)| (key, form, KeyPart::Sort)));
        for index in &table.indexes {
            let Some(Placement { partition, sort, .. }) = self.indexes.get(&index.name) else { continue };
            forms.extend(index.partition_key.iter().zip(partition).map(|(key, form)| (key, form, KeyPart::Partition)));
            forms.extend(index.sort_key.iter().zip(sort).map(|(key, form)| (key, form, KeyPart::Sort)));
        }
        forms
    }
}

/// True if keys can be text made of something.
pub(super) fn is_text(key: &Key) -> bool {
    key.of == KeyKind::Text
}
