//! Which keys a batch read sends in which calls, and whose the answers are.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

use super::chunk::cut;
use super::fetch::{FetchSettings, KeyList};
use crate::codec::{DecodeError, DecodeProblem, Encoder, Piece, canonical_key};
use crate::exec::{Operation, Request};
use crate::expr::{Node, Substitutions};
use crate::request::get::unread_expiry;
use crate::schema::TableSchema;
use crate::{Error, Result, limit};

/// What is to be read: each key once, whatever its spelling and however often it is asked for.
pub(super) struct Plan {
    tables: Vec<(Arc<str>, &'static TableSchema)>,
    /// The tables' names, for spans and errors.
    pub(super) names: Arc<str>,
    pub(super) entity: &'static str,
    pub(super) wanted: Vec<Wanted>,
    by_key: HashMap<(usize, Box<str>), usize>,
    /// For each list and each of its keys, which of `wanted` it is.
    pub(super) places: Vec<Vec<usize>>,
}

pub(super) struct Wanted {
    table: usize,
    json: Box<str>,
}

impl Plan {
    pub(super) fn new(lists: Vec<KeyList>) -> Result<Self> {
        let mut plan = Self {
            tables: Vec::new(),
            names: Arc::from(""),
            entity: lists.first().map_or("an item", |list| list.entity),
            wanted: Vec::new(),
            by_key: HashMap::new(),
            places: Vec::new(),
        };
        for list in lists {
            let table = plan.table(&list);
            let mut places = Vec::with_capacity(list.keys.len());
            for json in list.keys {
                let canonical =
                    canonical_key(&json, list.schema).map_err(|e| Error::Decode(e.of_entity(list.entity)))?;
                let next = plan.wanted.len();
                let place = *plan.by_key.entry((table, canonical)).or_insert(next);
                if place == next {
                    plan.wanted.push(Wanted { table, json });
                }
                places.push(place);
            }
            plan.places.push(places);
        }
        let names: Vec<&str> = plan.tables.iter().map(|(name, _)| &**name).collect();
        plan.names = names.join(", ").into();
        Ok(plan)
    }

    fn table(&mut self, list: &KeyList) -> usize {
        let known = self.tables.iter().position(|(name, _)| *name == list.table);
        known.unwrap_or_else(|| {
            self.tables.push((Arc::clone(&list.table), list.schema));
            self.tables.len() - 1
        })
    }

    /// Which keys go into which call.
    pub(super) fn calls(&self) -> Vec<Range<usize>> {
        cut(self.wanted.iter().map(|wanted| wanted.json.len() + 1), limit::BATCH_GET_KEYS)
    }

    /// The request for these keys.
    pub(super) fn request(&self, keys: &BTreeSet<usize>, settings: &FetchSettings) -> Result<Request> {
        let wanted = || keys.iter().filter_map(|place| self.wanted.get(*place));
        let mut out = Encoder::with_capacity(256 + wanted().map(|wanted| wanted.json.len() + 1).sum::<usize>());
        out.raw("{\"RequestItems\":");
        let mut opening = "{\"";
        for (table, (name, schema)) in self.tables.iter().enumerate() {
            let mut separator = "\":{\"Keys\":[";
            for Wanted { json, .. } in wanted().filter(|wanted| wanted.table == table) {
                if separator != "," {
                    out.raw(opening);
                    out.text(name);
                }
                out.raw(separator);
                out.raw(json);
                separator = ",";
            }
            if separator == "," {
                out.raw("]");
                settings.write(&mut out, schema)?;
                out.raw("}");
                opening = ",\"";
            }
        }
        out.raw("},\"ReturnConsumedCapacity\":\"TOTAL\"}");
        let body = out.finish().map_err(Error::Encode)?;
        Ok(Request { operation: Operation::BatchGetItem, table: Arc::clone(&self.names), body: body.into() })
    }

    /// Which wanted key a piece of an answer is about.
    pub(super) fn place_of(&self, piece: Piece<'_>) -> Result<usize, DecodeError> {
        let table = self.tables.iter().position(|(name, _)| **name == *piece.table);
        let found = match table.and_then(|table| Some((table, self.tables.get(table)?.1))) {
            Some((table, schema)) => self.by_key.get(&(table, canonical_key(piece.json, schema)?)).copied(),
            None => None,
        };
        found.ok_or_else(|| not_asked_for(piece.offset))
    }
}

pub(super) fn not_asked_for(offset: usize) -> DecodeError {
    DecodeError::new(DecodeProblem::Malformed("an item that was not asked for"), offset)
}

impl FetchSettings {
    /// What follows a table's keys.
    fn write(&self, out: &mut Encoder, schema: &TableSchema) -> Result<()> {
        if self.consistent {
            out.raw(",\"ConsistentRead\":true");
        }
        if self.projection.is_empty() {
            return Ok(());
        }
        let mut nodes = self.projection.clone();
        // Without its key nobody could tell which item an answer is.
        for key in [Some(&schema.partition_key), schema.sort_key.as_ref()].into_iter().flatten() {
            let key = Node::attribute(key.name);
            if !nodes.contains(&key) {
                nodes.push(key);
            }
        }
        nodes.extend(unread_expiry(schema, self.include_expired, &nodes));
        let mut substitutions = Substitutions::default();
        out.raw(",\"ProjectionExpression\":\"");
        out.text(&substitutions.projection(&nodes)?);
        out.raw("\"");
        substitutions.write(out)
    }
}
