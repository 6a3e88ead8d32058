//! What the values of an attribute were.

use std::collections::BTreeMap;

use serde_json::Value;
use tablewright::Number;

use super::items::{Attributes, typed};

/// The values of one attribute, or of the elements of a list.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// How many values there were of each type, and the key of the first item with one.
    pub(super) kinds: BTreeMap<&'static str, (usize, String)>,
    /// The numbers, alone or in sets.
    pub(super) numbers: Option<Numbers>,
    /// The members of the maps.
    pub(super) members: BTreeMap<String, Self>,
    /// The elements of the lists.
    pub(super) elements: Option<Box<Self>>,
}

/// Numbers that were seen.
#[derive(Debug, Clone)]
pub(super) struct Numbers {
    pub(super) least: Number,
    pub(super) greatest: Number,
    /// True if all are whole numbers in plain digits, which integers are written as too.
    pub(super) whole: bool,
}

impl Seen {
    /// The attributes of some items, which are named by their keys.
    pub(super) fn attributes<'i>(items: impl Iterator<Item = (&'i Attributes, String)>) -> BTreeMap<String, Self> {
        let mut all: BTreeMap<String, Self> = BTreeMap::new();
        for (item, key) in items {
            for (name, value) in item {
                all.entry(name.clone()).or_default().add(value, &key);
            }
        }
        all
    }

    fn add(&mut self, value: &Value, key: &str) {
        let Some((kind, inside)) = typed(value) else { return };
        self.kinds.entry(kind).or_insert_with(|| (0, key.to_owned())).0 += 1;
        match (kind, inside) {
            ("N", Value::String(number)) => self.add_number(number),
            ("NS", Value::Array(numbers)) => {
                numbers.iter().filter_map(Value::as_str).for_each(|number| self.add_number(number));
            }
            ("M", Value::Object(members)) => {
                for (name, value) in members {
                    self.members.entry(name.clone()).or_default().add(value, key);
                }
            }
            ("L", Value::Array(elements)) => {
                let seen = self.elements.get_or_insert_default();
                elements.iter().for_each(|element| seen.add(element, key));
            }
            _ => {}
        }
    }

    fn add_number(&mut self, text: &str) {
        let Ok(number) = text.parse::<Number>() else { return };
        let whole = text.parse::<i128>().is_ok_and(|whole| whole.to_string() == text);
        self.add_numbers(Numbers { least: number, greatest: number, whole });
    }

    fn add_numbers(&mut self, others: Numbers) {
        match &mut self.numbers {
            Some(numbers) => {
                numbers.least = numbers.least.min(others.least);
                numbers.greatest = numbers.greatest.max(others.greatest);
                numbers.whole &= others.whole;
            }
            None => self.numbers = Some(others),
        }
    }

    /// Adds what another attribute's values were.
    pub(super) fn absorb(&mut self, other: &Self) {
        for (kind, (count, key)) in &other.kinds {
            self.kinds.entry(kind).or_insert_with(|| (0, key.clone())).0 += count;
        }
        if let Some(theirs) = &other.numbers {
            self.add_numbers(theirs.clone());
        }
        for (name, member) in &other.members {
            self.members.entry(name.clone()).or_default().absorb(member);
        }
        if let Some(elements) = &other.elements {
            self.elements.get_or_insert_default().absorb(elements);
        }
    }

    /// How many values there were.
    pub(super) fn count(&self) -> usize {
        self.kinds.values().map(|(count, _)| count).sum()
    }

    /// How many values of that type there were.
    pub(super) fn count_of(&self, kind: &str) -> usize {
        self.kinds.get(kind).map_or(0, |(count, _)| *count)
    }

    /// The types but NULL.
    pub(super) fn types(&self) -> Vec<&'static str> {
        self.kinds.keys().copied().filter(|kind| *kind != "NULL").collect()
    }
}

impl Numbers {
    /// The smallest of the usual integers that holds all of them, if one does.
    pub(super) fn integer(&self) -> Option<&'static str> {
        let fits = |least: Number, greatest: Number| self.whole && least <= self.least && self.greatest <= greatest;
        if fits(Number::ZERO, Number::from(u64::MAX)) {
            Some("u64")
        } else if fits(Number::from(i64::MIN), Number::from(i64::MAX)) {
            Some("i64")
        } else {
            None
        }
    }
}
