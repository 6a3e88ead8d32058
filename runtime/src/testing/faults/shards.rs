//! Shards that split, over an engine whose streams have one shard each.
//!
//! A split closes the shard at the last record that it has. What comes after it is in two children, by the key; a second
//! split closes both, and each has one child.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::facts::set;
use crate::Operation;

/// The splits of each shard of the engine: the sequence number of the last record before each of them.
#[derive(Debug, Default)]
pub(super) struct Shards(BTreeMap<String, Vec<String>>);

/// A shard as callers see it: one of the engine's, or a part of it after some splits.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Part {
    shard: String,
    splits: usize,
    half: u32,
}

impl Part {
    /// The part with this name: `shard`, or `shard-splits-half`.
    fn of_name(name: &str) -> Self {
        let parse = || {
            let (rest, half) = name.rsplit_once("+")?;
            let (shard, splits) = rest.rsplit_once("+")?;
            Some(Self { shard: shard.to_owned(), splits: splits.parse().ok()?, half: half.parse().ok()? })
        };
        parse().unwrap_or_else(|| Self { shard: name.to_owned(), splits: 0, half: 0 })
    }

    fn name(&self) -> String {
        if self.splits == 0 { self.shard.clone() } else { format!("{}+{}+{}", self.shard, self.splits, self.half) }
    }

    fn parent(&self) -> Option<Self> {
        let splits = self.splits.checked_sub(1)?;
        Some(Self { splits, half: if splits == 0 { 0 } else { self.half }, ..self.clone() })
    }
}

impl Shards {
    pub(super) const fn new() -> Self {
        Self(BTreeMap::new())
    }

    /// Splits the shard that an iterator reads, whose last record has this sequence number.
    pub(super) fn split(&mut self, part: &Part, last: &str) {
        let splits = self.0.entry(part.shard.clone()).or_default();
        // A part that is closed already has no split of its own.
        if splits.len() == part.splits {
            splits.push(last.to_owned());
        }
    }

    fn splits(&self, shard: &str) -> &[String] {
        self.0.get(shard).map_or(&[], Vec::as_slice)
    }

    /// The engine's request for a caller's, and the part of a shard that it is about.
    pub(super) fn request(&self, operation: Operation, body: &Value) -> (Value, Option<Part>) {
        let mut asked = body.clone();
        let text = |name: &str| body.get(name).and_then(Value::as_str);
        let part = match operation.as_str() {
            "GetShardIterator" => text("ShardId").map(Part::of_name),
            "GetRecords" => {
                text("ShardIterator").and_then(|iterator| iterator.split_once('|')).map(|(name, iterator)| {
                    set(&mut asked, "ShardIterator", iterator);
                    Part::of_name(name)
                })
            }
            // All of them are listed, and cut to size in the answer.
            "DescribeStream" => {
                set(&mut asked, "ExclusiveStartShardId", Value::Null);
                set(&mut asked, "ShardFilter", Value::Null);
                None
            }
            _ => None,
        };
        if let (Some(part), "GetShardIterator") = (&part, operation.as_str()) {
            set(&mut asked, "ShardId", part.shard.as_str());
            let before = part.splits.checked_sub(1).and_then(|place| self.splits(&part.shard).get(place));
            if let (Some(before), Some("TRIM_HORIZON")) = (before, text("ShardIteratorType")) {
                set(&mut asked, "ShardIteratorType", "AFTER_SEQUENCE_NUMBER");
                set(&mut asked, "SequenceNumber", before.as_str());
            }
        }
        (asked, part)
    }

    /// The caller's answer for the engine's.
    pub(super) fn answer(&self, operation: Operation, asked: &Value, part: Option<&Part>, answer: &mut Value) {
        match (operation.as_str(), part) {
            ("GetShardIterator", Some(part)) => label(answer, "ShardIterator", part),
            ("GetRecords", Some(part)) => self.records(part, answer),
            ("DescribeStream", _) => self.describe(asked, answer),
            _ => {}
        }
    }

    /// Leaves the records of this part, and ends with its last one.
    fn records(&self, part: &Part, answer: &mut Value) {
        let splits = self.splits(&part.shard);
        let last = splits.get(part.splits);
        let Some(records) = answer.get_mut("Records").and_then(Value::as_array_mut) else { return };
        let beyond = |record: &Value| last.is_some_and(|last| after(sequence_number(record), last));
        let at_end = last.is_some() && (records.is_empty() || records.iter().any(beyond));
        records.retain(|record| !beyond(record) && (part.splits == 0 || half_of(record) == part.half));
        if at_end {
            set(answer, "NextShardIterator", Value::Null);
        } else {
            label(answer, "NextShardIterator", part);
        }
    }

    /// Adds the children to the shards, and cuts the list to what is asked for.
    fn describe(&self, asked: &Value, answer: &mut Value) {
        let Some(shards) = answer.pointer_mut("/StreamDescription/Shards").and_then(Value::as_array_mut) else {
            return;
        };
        let listed = shards.iter().flat_map(|shard| self.parts(shard)).collect::<Vec<_>>();
        let text = |value: &Value, name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
        let start = text(asked, "ExclusiveStartShardId");
        let first =
            start.and_then(|start| listed.iter().position(|shard| text(shard, "ShardId").as_ref() == Some(&start)));
        let parent = asked.get("ShardFilter").and_then(|filter| text(filter, "ShardId"));
        let wanted = |shard: &Value| parent.is_none() || text(shard, "ParentShardId") == parent;
        *shards = listed.into_iter().skip(first.map_or(0, |first| first + 1)).filter(wanted).collect();
    }

    /// The parts of one of the engine's shards.
    fn parts(&self, shard: &Value) -> Vec<Value> {
        let name = shard.get("ShardId").and_then(Value::as_str).unwrap_or_default();
        let splits = self.splits(name);
        let of = |count: usize, half| Part { shard: name.to_owned(), splits: count, half };
        let halves = (1..=splits.len()).flat_map(|count| [of(count, 0), of(count, 1)]);
        let mut parts = Vec::new();
        for part in core::iter::once(of(0, 0)).chain(halves) {
            let mut described = shard.clone();
            set(&mut described, "ShardId", part.name());
            if let Some(parent) = part.parent() {
                set(&mut described, "ParentShardId", parent.name());
            }
            let begins = part.splits.checked_sub(1).and_then(|place| splits.get(place));
            let mut range = shard.get("SequenceNumberRange").cloned().unwrap_or_else(|| json!({}));
            for (member, number) in
                [("StartingSequenceNumber", begins), ("EndingSequenceNumber", splits.get(part.splits))]
            {
                if let Some(number) = number {
                    set(&mut range, member, number.as_str());
                }
            }
            set(&mut described, "SequenceNumberRange", range);
            parts.push(described);
        }
        parts
    }
}

/// Puts the part's name before an iterator, if there is one.
fn label(answer: &mut Value, member: &str, part: &Part) {
    if let Some(iterator) = answer.get(member).and_then(Value::as_str) {
        let labelled = format!("{}|{iterator}", part.name());
        set(answer, member, labelled);
    }
}

/// The sequence number of a record.
pub(super) fn sequence_number(record: &Value) -> &str {
    record.pointer("/dynamodb/SequenceNumber").and_then(Value::as_str).unwrap_or_default()
}

/// True if one sequence number is greater than another; they are whole numbers of any length.
fn after(one: &str, other: &str) -> bool {
    let number = |text: &str| {
        let digits = text.trim_start_matches('0');
        (digits.len(), digits.to_owned())
    };
    number(one) > number(other)
}

/// Which child has the records of a key.
fn half_of(record: &Value) -> u32 {
    let keys = record.pointer("/dynamodb/Keys").map(Value::to_string).unwrap_or_default();
    crc32fast::hash(keys.as_bytes()) & 1
}
