//! The Rust types of what was seen, and the documents inside of items.

use std::collections::BTreeMap;

use super::names::{FieldNames, TypeNames, pascal};
use super::seen::Seen;
use super::text::{Field, Struct, code};

/// As many members as a document may have before it is taken for a map.
const MEMBERS: usize = 60;

/// The types that were found so far.
pub(super) struct Types<'n> {
    pub(super) names: &'n mut TypeNames,
    /// The documents, in the order in which they were found.
    pub(super) documents: Vec<Struct>,
}

impl Types<'_> {
    /// The field of an attribute that was seen in some of so many items.
    pub(super) fn field(
        &mut self,
        owner: &str,
        attribute: &str,
        seen: &Seen,
        items: usize,
        fields: &mut FieldNames,
    ) -> Field {
        let mut remarks = Vec::new();
        let of_value = self.of(seen, &format!("{owner}{}", pascal(attribute)), &mut remarks);
        let type_name = if seen.count() < items { format!("Option<{of_value}>") } else { of_value };
        let mut docs = vec![presence(seen, items)];
        docs.append(&mut remarks);
        Field::of(fields.take(attribute), attribute, type_name, docs)
    }

    /// The type of all these values; a document is called by that name.
    fn of(&mut self, seen: &Seen, name: &str, remarks: &mut Vec<String>) -> String {
        let types = seen.types();
        let base = match types.as_slice() {
            [] => return "Value".to_owned(),
            [one] => self.of_one(one, seen, name, remarks),
            several => {
                remarks.push(conflict(several, seen));
                return "Value".to_owned();
            }
        };
        // What may be anything may be NULL too.
        if seen.count_of("NULL") > 0 && base != "Value" { format!("Nullable<{base}>") } else { base }
    }

    fn of_one(&mut self, kind: &str, seen: &Seen, name: &str, remarks: &mut Vec<String>) -> String {
        match kind {
            "S" => "String".to_owned(),
            "N" => number(seen).to_owned(),
            "B" => "Vec<u8>".to_owned(),
            "BOOL" => "bool".to_owned(),
            "SS" => "BTreeSet<String>".to_owned(),
            "NS" => format!("BTreeSet<{}>", number(seen)),
            "BS" => "BTreeSet<Vec<u8>>".to_owned(),
            "L" => {
                let element = seen.elements.as_deref().map(|elements| self.of(elements, name, remarks));
                format!("Vec<{}>", element.as_deref().unwrap_or("Value"))
            }
            _ if is_document(seen) => self.document(seen, name),
            _ => {
                let mut values = Seen::default();
                seen.members.values().for_each(|member| values.absorb(member));
                format!("BTreeMap<String, {}>", self.of(&values, name, remarks))
            }
        }
    }

    /// A struct for maps that have the same members.
    fn document(&mut self, seen: &Seen, name: &str) -> String {
        let name = self.names.take(name, &[]);
        let maps = seen.count_of("M");
        let mut fields = FieldNames::default();
        let mut members: Vec<Field> =
            seen.members.iter().map(|(member, seen)| self.field(&name, member, seen, maps, &mut fields)).collect();
        members.push(Field::rest(&mut fields));
        let docs = vec![format!("A map, of which there were {maps} in the items.")];
        self.documents.push(Struct::document(name.clone(), docs, members));
        name
    }
}

/// The integer that holds all numbers, or the exact number of DynamoDB.
pub(super) fn number(seen: &Seen) -> &'static str {
    seen.numbers.as_ref().and_then(super::seen::Numbers::integer).unwrap_or("Number")
}

/// True if the maps look like values of one struct: few names, which most of them have.
fn is_document(seen: &Seen) -> bool {
    let named = |name: &String| name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    let (maps, members) = (seen.count_of("M"), &seen.members);
    let present: usize = members.values().map(Seen::count).sum();
    (1..=MEMBERS).contains(&members.len()) && members.keys().all(named) && present * 2 >= maps * members.len()
}

/// `In 3 of 12 items, whole numbers from 1 to 7.`
pub(super) fn presence(seen: &Seen, items: usize) -> String {
    let count = seen.count();
    let mut text = match (count, items) {
        (1, 1) => "In the only item".to_owned(),
        _ if count == items => format!("In all {items}"),
        _ => format!("In {count} of {items}"),
    };
    match (&seen.numbers, seen.types().as_slice()) {
        (Some(numbers), ["N" | "NS"]) => {
            let what = if numbers.whole { "whole number" } else { "number" };
            text.push_str(&match (numbers.least, numbers.greatest) {
                (least, greatest) if least == greatest => format!(", the {what} {least}"),
                (least, greatest) => format!(", {what}s from {least} to {greatest}"),
            });
        }
        (_, []) => text.push_str(", NULL each time"),
        _ => {}
    }
    text.push('.');
    text
}

/// What types there were, and where. The values are nobody's business.
fn conflict(types: &[&str], seen: &Seen) -> String {
    let each: Vec<String> = types
        .iter()
        .filter_map(|kind| {
            let (count, key) = seen.kinds.get(kind)?;
            let times = if *count == 1 { "once".to_owned() } else { format!("{count} times") };
            Some(format!("{kind} {times} (first in {})", code(key)))
        })
        .collect();
    format!("Its values are of different types: {}.", each.join(", "))
}

/// The attributes that are seen in all items of a list of names.
pub(super) fn always(all: &BTreeMap<String, Seen>, items: usize) -> impl Iterator<Item = (&str, &Seen)> {
    all.iter().filter(move |(_, seen)| seen.count() == items).map(|(name, seen)| (name.as_str(), seen))
}
