//! One `BatchWriteItem`, repeated with what it leaves.

use std::sync::Arc;

use super::report::Unwritten;
use super::{Used, may_pass};
use crate::codec::{DecodeError, DecodeProblem, Encoder, batch_pieces, canonical_key, response_shape};
use crate::exec::{Operation, Request, Response};
use crate::request::call::send;
use crate::request::rate::RateLimit;
use crate::request::{Retries, RetryPolicy};
use crate::{Dynamo, Error, Result, capacity};

/// The writes of one call, each of another item.
pub(super) struct WriteCall<'e> {
    db: &'e Dynamo,
    rate: Option<&'e RateLimit>,
    /// The calls before, where all calls share one deadline; otherwise it begins when this call may.
    retries: Option<Retries>,
    policy: RetryPolicy,
    pending: Vec<Pending>,
    done: CallDone,
}

struct Pending {
    write: Unwritten,
    /// An earlier attempt may have done it.
    uncertain: bool,
}

/// What became of the writes of one call.
#[derive(Default)]
pub(super) struct CallDone {
    pub(super) written: Vec<Unwritten>,
    /// How many of those were sent again after an answer was lost.
    pub(super) repeated: u64,
    pub(super) unprocessed: Vec<Unwritten>,
    pub(super) unknown: Vec<Unwritten>,
    pub(super) used: Used,
    pub(super) cause: Option<Error>,
}

impl<'e> WriteCall<'e> {
    pub(super) fn new(
        db: &'e Dynamo,
        rate: Option<&'e RateLimit>,
        retries: Option<Retries>,
        policy: RetryPolicy,
        writes: Vec<Unwritten>,
    ) -> Self {
        let pending = writes.into_iter().map(|write| Pending { write, uncertain: false }).collect();
        Self { db, rate, retries, policy, pending, done: CallDone::default() }
    }

    /// Writes, and repeats what is left as long as that may help.
    pub(super) async fn run(mut self) -> CallDone {
        // The rate holds back how many calls begin; repetitions are slowed by their pauses.
        let mut admitted = match self.rate {
            Some(rate) => Some(rate.admit(self.least_units()).await),
            None => None,
        };
        let mut retries = self.retries.take().unwrap_or_else(|| self.db.begin(self.policy));
        while !self.pending.is_empty() && !retries.is_over() {
            let before = self.pending.len();
            match self.attempt(&retries).await {
                Ok(units) => match (admitted.take(), self.rate) {
                    (Some(admitted), _) => admitted.settle(units),
                    (None, Some(rate)) => rate.owe(units),
                    (None, None) => {}
                },
                Err(error) => {
                    let goes_on = may_pass(&error);
                    self.done.cause = Some(error);
                    if !goes_on {
                        break;
                    }
                }
            }
            if self.pending.len() < before {
                retries.progress();
            }
            if !self.pending.is_empty() && !retries.pause().await {
                break;
            }
        }
        self.finish()
    }

    /// Sends what is pending once, takes what was written from it, and gives the write units that were used.
    async fn attempt(&mut self, retries: &Retries) -> Result<f64> {
        let request = request(self.pending.iter().map(|pending| &pending.write))?;
        let entity = self.pending.first().map_or("an item", |pending| pending.write.request.entity);
        // If this is dropped while it is on its way, nobody is told anything.
        let Some(answer) = retries.attempt(send(self.db, request, entity, None)).await else {
            self.mark_uncertain();
            return Ok(0.0);
        };
        self.done.used.calls += 1;
        let taken =
            answer.and_then(|response| self.take(&response).map_err(|error| Error::Decode(error.of_entity(entity))));
        match &taken {
            Ok(_) => self.done.cause = None,
            Err(error) if error.is_definitely_not_applied() => {}
            Err(_) => self.mark_uncertain(),
        }
        taken
    }

    fn mark_uncertain(&mut self) {
        for pending in &mut self.pending {
            pending.uncertain = true;
        }
    }

    /// The write units that the pending writes use at least, without indexes and larger items before.
    fn least_units(&self) -> f64 {
        let units = |pending: &Pending| match &pending.write.request {
            request if request.deletes => 1.0,
            request => capacity::write_units(None, Some(capacity::json_bytes(request.json.as_bytes()))),
        };
        self.pending.iter().map(units).sum()
    }

    /// Takes an answer: what it does not list is written. Gives the write units that were used.
    fn take(&mut self, response: &Response) -> Result<f64, DecodeError> {
        let mut left = vec![false; self.pending.len()];
        batch_pieces(&response.body, &mut |piece| {
            let is_it = |pending: &Pending| -> Result<bool, DecodeError> {
                let request = &pending.write.request;
                Ok(*request.table == *piece.table && request.key == canonical_key(piece.json, request.schema)?)
            };
            for (pending, left) in self.pending.iter().zip(&mut left) {
                if !*left && is_it(pending)? {
                    *left = true;
                    return Ok(());
                }
            }
            let problem = DecodeProblem::Malformed("an unprocessed item that was not sent");
            Err(DecodeError::new(problem, piece.offset))
        })?;
        let units = response_shape(&response.body)?.capacity_units.unwrap_or(0.0);
        self.done.used.units += units;
        let mut left = left.into_iter();
        for pending in core::mem::take(&mut self.pending) {
            if left.next() == Some(true) {
                self.pending.push(pending);
            } else {
                self.done.repeated += u64::from(pending.uncertain);
                self.done.written.push(pending.write);
            }
        }
        Ok(units)
    }

    fn finish(mut self) -> CallDone {
        for Pending { write, uncertain } in self.pending {
            if uncertain { &mut self.done.unknown } else { &mut self.done.unprocessed }.push(write);
        }
        self.done
    }
}

/// The request for these writes, table by table in the order in which they come.
pub(super) fn request<'w>(writes: impl Iterator<Item = &'w Unwritten> + Clone) -> Result<Request> {
    let mut tables: Vec<Arc<str>> = Vec::new();
    for write in writes.clone() {
        if !tables.contains(&write.request.table) {
            tables.push(Arc::clone(&write.request.table));
        }
    }
    let mut out = Encoder::with_capacity(256 + writes.clone().map(|write| write.request.bytes()).sum::<usize>());
    out.raw("{\"RequestItems\":{");
    for (place, table) in tables.iter().enumerate() {
        out.raw(if place > 0 { "],\"" } else { "\"" });
        out.text(table);
        let mut opening = "\":[";
        for write in writes.clone().filter(|write| write.request.table == *table) {
            out.raw(opening);
            let request = &write.request;
            out.raw(if request.deletes { "{\"DeleteRequest\":{\"Key\":" } else { "{\"PutRequest\":{\"Item\":" });
            out.raw(&request.json);
            out.raw("}}");
            opening = ",";
        }
    }
    out.raw("]},\"ReturnConsumedCapacity\":\"TOTAL\"}");
    let body = out.finish().map_err(Error::Encode)?;
    Ok(Request { operation: Operation::BatchWriteItem, table: tables.join(", ").into(), body: body.into() })
}
