//! One type of items: what its primary key and its keys in indexes are made of.

use std::collections::{BTreeMap, BTreeSet};

use super::component::{akin, components, do_differ, hint, label};
use super::is_text;
use super::shape::{Separators, Shape, Side, separator};
use super::template::{Form, Part, Piece, Source, Template};
use super::values::{digits, is_canonical, is_moment, is_year};
use crate::structs::described::{Index, Key, Table};
use crate::structs::items::{Attributes, number, string};
use crate::structs::names::snake;
use crate::structs::seen::Seen;
use crate::structs::tag::is_candidate;
use crate::structs::types;

/// Bytes that a text needs to be taken for an attribute's value by one example alone.
const TELLING: usize = 6;

/// A type of items.
#[derive(Debug)]
pub(in crate::structs) struct Group {
    /// The places of its items in the sample.
    pub(in crate::structs) places: Vec<usize>,
    pub(in crate::structs) partition: Form,
    pub(in crate::structs) sort: Option<Form>,
    /// The values that are in keys alone.
    pub(in crate::structs) alone: Vec<Alone>,
    /// The indexes that the items are in.
    pub(in crate::structs) indexes: BTreeMap<String, Placement>,
    /// The labels in the partition key and in the sort key.
    pub(in crate::structs) labels: (Vec<String>, Vec<String>),
}

/// A value that no attribute holds.
#[derive(Debug)]
pub(in crate::structs) struct Alone {
    /// What it may be called.
    pub(in crate::structs) hint: String,
    pub(in crate::structs) whole: bool,
    /// The text in the key of each item.
    values: Vec<String>,
}

/// How items are in an index.
#[derive(Debug)]
pub(in crate::structs) struct Placement {
    pub(in crate::structs) partition: Vec<Form>,
    pub(in crate::structs) sort: Vec<Form>,
    /// True if some items of the type are not in it.
    pub(in crate::structs) sparse: bool,
}

/// The items of one type while their keys are taken apart.
pub(super) struct Grouping<'g> {
    table: &'g Table,
    items: &'g [&'g Attributes],
    seen: &'g BTreeMap<String, Seen>,
    alone: Vec<Alone>,
    /// The attributes of the primary key that are fields.
    fields: Vec<&'g str>,
}

impl<'g> Grouping<'g> {
    pub(super) fn new(table: &'g Table, items: &'g [&'g Attributes], seen: &'g BTreeMap<String, Seen>) -> Self {
        Self { table, items, seen, alone: Vec::new(), fields: Vec::new() }
    }

    pub(super) fn group(mut self, shape: &Shape, separators: Separators, places: Vec<usize>) -> Result<Group, String> {
        let table = self.table;
        let partition = self.primary(&table.partition_key, &shape.partition, separators.partition)?;
        let sort = match (&table.sort_key, &shape.sort) {
            (Some(key), Some(side)) => Some(self.primary(key, side, separators.sort)?),
            (Some(_), None) => Some(Form::Field),
            (None, _) => None,
        };
        let forms = core::iter::once(&partition).chain(&sort);
        let fields = table.keys().zip(forms).filter(|(_, form)| matches!(form, Form::Field));
        self.fields = fields.map(|(key, _)| key.name.as_str()).collect();
        let mut made = BTreeMap::new();
        let mut indexes = BTreeMap::new();
        for index in &table.indexes {
            if let Some(placement) = self.placement(index, &mut made) {
                indexes.insert(index.name.clone(), placement);
            }
        }
        let labels = |side: Option<&Side>| side.into_iter().flatten().flatten().cloned().collect();
        let labels = (labels(Some(&shape.partition)), labels(shape.sort.as_ref()));
        Ok(Group { places, partition, sort, alone: self.alone, indexes, labels })
    }

    /// The texts of a key attribute, if every item has it.
    fn texts(&self, key: &Key) -> Option<Vec<&'g str>> {
        self.items.iter().map(|item| string(item.get(&key.name))).collect()
    }

    fn primary(&mut self, key: &Key, side: &Side, separator: char) -> Result<Form, String> {
        let texts = self.texts(key).unwrap_or_default();
        if let [None] = side.as_slice()
            && self.attribute(&texts, None, &key.name).is_none()
        {
            return Ok(Form::Field);
        }
        let components = components(&texts, side.len(), separator)
            .ok_or_else(|| format!("the values of `{}` have different forms", key.name))?;
        let form = self.template(&key.name, &components, side, separator, true);
        form.ok_or_else(|| format!("the values of `{}` have an empty part", key.name))
    }

    /// The template of these components. Where values may not be new ones, they have to be known.
    fn template(
        &mut self,
        key: &str,
        components: &[Vec<&'g str>],
        side: &Side,
        separator: char,
        may_add: bool,
    ) -> Option<Form> {
        let (mut pieces, mut is_canonical_key) = (Vec::new(), separator == '#');
        let mut label: Option<&str> = None;
        let mut used: Vec<Source> = Vec::new();
        for (place, (values, own)) in components.iter().zip(side).enumerate() {
            if place > 0 {
                pieces.push(Piece::Literal(separator.to_string()));
            }
            if let Some(own) = own {
                pieces.push(Piece::Literal(own.clone()));
                label = Some(own);
                continue;
            }
            if values.iter().all(|value| value.is_empty()) {
                continue;
            }
            let found = self.attribute(values, label, key).or_else(|| self.known(values, &used));
            let (prefix, part) = match found {
                Some(found) if !used.contains(&found.1.source) => found,
                _ if may_add => (String::new(), self.add(values, label, key, place + 1 == components.len())?),
                _ => return None,
            };
            let texts = values.iter().map(|value| value.get(prefix.len()..).unwrap_or_default());
            is_canonical_key &= part.whole || texts.clone().all(is_canonical);
            used.push(part.source.clone());
            pieces.extend([Piece::Literal(prefix), Piece::Part(part)]);
        }
        Some(Form::Template(Template::new(pieces, is_canonical_key)))
    }

    /// The attribute whose values these are, after a text that is the same in all.
    fn attribute(&self, values: &[&str], label: Option<&str>, key: &str) -> Option<(String, Part)> {
        let differ = do_differ(values);
        let is_akin = |name: &str| label.is_some_and(|label| akin(label, name));
        let mut candidates: Vec<(bool, bool, &str)> = types::always(self.seen, self.items.len())
            .filter(|(name, _)| *name != key && !is_candidate(name))
            .filter(|(name, _)| self.fields.contains(name) || !self.table.is_key(name))
            .map(|(name, _)| (!is_akin(name), self.table.index_key(name).is_some(), name))
            .collect();
        candidates.sort_unstable();
        candidates.into_iter().find_map(|(other, _, name)| {
            let (prefix, part) = self.text_of(name, values).or_else(|| self.number_of(name, values))?;
            let telling = differ || !other || values.iter().all(|value| value.len() - prefix.len() >= TELLING);
            telling.then_some((prefix, part))
        })
    }

    fn text_of(&self, name: &str, values: &[&str]) -> Option<(String, Part)> {
        let mut prefixes = BTreeSet::new();
        for (item, value) in self.items.iter().zip(values) {
            let text = string(item.get(name)).filter(|text| !text.is_empty())?;
            prefixes.insert(value.strip_suffix(text)?);
        }
        let prefix = prefixes.pop_first().filter(|_| prefixes.is_empty())?;
        let ends = prefix.chars().next_back().is_none_or(|last| !last.is_alphanumeric());
        let part = Part { source: Source::Attribute(name.to_owned()), whole: false, zeros: None };
        ends.then(|| (prefix.to_owned(), part))
    }

    fn number_of(&self, name: &str, values: &[&str]) -> Option<(String, Part)> {
        let prefix = values.first()?.trim_end_matches(|c: char| c.is_ascii_digit());
        let numbers = values.iter().map(|value| value.strip_prefix(prefix)).collect::<Option<Vec<&str>>>()?;
        let zeros = digits(&numbers)?;
        for (item, value) in self.items.iter().zip(numbers) {
            let number: u64 = number(item.get(name))?.parse().ok()?;
            if value.parse() != Ok(number) {
                return None;
            }
        }
        let ends = prefix.chars().next_back().is_none_or(|last| !last.is_alphanumeric());
        let part = Part { source: Source::Attribute(name.to_owned()), whole: true, zeros };
        ends.then(|| (prefix.to_owned(), part))
    }

    /// A value that another key of the items has alone.
    fn known(&self, values: &[&str], used: &[Source]) -> Option<(String, Part)> {
        // Where there is one value only, it may be the same by accident.
        if !do_differ(values) && !values.iter().all(|value| value.len() >= TELLING) {
            return None;
        }
        let same = |alone: &Alone| alone.values.iter().map(String::as_str).eq(values.iter().copied());
        let place = self
            .alone
            .iter()
            .enumerate()
            .position(|(place, alone)| same(alone) && !used.contains(&Source::Alone(place)))?;
        let whole = self.alone.get(place)?.whole;
        let zeros = if whole { digits(values)? } else { None };
        Some((String::new(), Part { source: Source::Alone(place), whole, zeros }))
    }

    /// A value that is in the key alone.
    fn add(&mut self, values: &[&str], label: Option<&str>, key: &str, is_last: bool) -> Option<Part> {
        if values.iter().any(|value| value.is_empty()) {
            return None;
        }
        let number = digits(values);
        let all = |is: fn(&str) -> bool| values.iter().all(|value| is(value));
        let hint = match label {
            _ if all(is_moment) => "at".to_owned(),
            _ if all(is_year) && !is_last => "year".to_owned(),
            Some(label) if !hint(label).is_empty() => hint(label),
            _ => snake(key),
        };
        let values = values.iter().map(|value| (*value).to_owned()).collect();
        self.alone.push(Alone { hint, whole: number.is_some(), values });
        let source = Source::Alone(self.alone.len() - 1);
        Some(Part { source, whole: number.is_some(), zeros: number.flatten() })
    }

    /// How the items are in an index, if they are.
    fn placement(&self, index: &Index, made: &mut BTreeMap<String, Form>) -> Option<Placement> {
        let has = |key: &Key| self.table.is_key(&key.name) || self.seen.contains_key(&key.name);
        if !index.keys().all(has) {
            return None;
        }
        let mut sparse = false;
        let mut side = |keys: &[Key]| -> Vec<Form> {
            keys.iter()
                .map(|key| {
                    sparse |= self.seen.get(&key.name).is_none_or(|seen| seen.count() < self.items.len());
                    self.index_key(key, keys.len() == 1, made)
                })
                .collect()
        };
        let partition = if index.is_global { side(&index.partition_key) } else { vec![] };
        let sort = side(&index.sort_key);
        Some(Placement { partition, sort, sparse })
    }

    fn index_key(&self, key: &Key, is_alone: bool, made: &mut BTreeMap<String, Form>) -> Form {
        if self.table.partition_key.name == key.name {
            return Form::Own("partition_key");
        }
        if self.table.is_key(&key.name) {
            return Form::Own("sort_key");
        }
        let form = made.get(&key.name).cloned();
        let form = form.or_else(|| self.index_template(key).filter(|_| is_alone && is_text(key)));
        let form = form.unwrap_or(Form::Field);
        made.insert(key.name.clone(), form.clone());
        form
    }

    /// The template of an index's key, if every item has the key and everything in it is known.
    fn index_template(&self, key: &Key) -> Option<Form> {
        let texts = self.texts(key)?;
        let separator = separator(&texts);
        let several = texts.first()?.split(separator).count();
        let components = components(&texts, several, separator)?;
        let is_value = |values: &[&str]| self.attribute(values, None, &key.name).is_some();
        let side: Side = components
            .iter()
            .enumerate()
            .map(|(place, values)| label(values, place == 0 && several > 1).filter(|_| place == 0 || !is_value(values)))
            .collect();
        if side.len() == 1 && side.iter().all(Option::is_none) {
            return None;
        }
        let mut copy = Self::new(self.table, self.items, self.seen);
        copy.alone = self.alone.iter().map(Alone::copy).collect();
        copy.fields.clone_from(&self.fields);
        copy.template(&key.name, &components, &side, separator, false)
    }
}

impl Alone {
    fn copy(&self) -> Self {
        Self { hint: self.hint.clone(), whole: self.whole, values: self.values.clone() }
    }
}
