//! Reading many items by their keys: what all of `batch_get` does, knowing nothing of entities.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::stream::{self, StreamExt};

use super::plan::{Plan, not_asked_for};
use super::{Used, may_pass};
use crate::codec::{BatchPart, DecodeError, batch_pieces, response_shape};
use crate::exec::Response;
use crate::expr::Node;
use crate::request::call::send;
use crate::request::{Retries, RetryPolicy};
use crate::schema::TableSchema;
use crate::{Dynamo, Error, Result};

/// Keys of the items of one table, as JSON.
#[derive(Clone)]
pub(crate) struct KeyList {
    pub(crate) table: Arc<str>,
    pub(crate) schema: &'static TableSchema,
    pub(crate) entity: &'static str,
    pub(crate) keys: Vec<Box<str>>,
}

/// How keys are read.
#[derive(Clone)]
pub(crate) struct FetchSettings {
    pub(crate) consistent: bool,
    /// The attributes to read; all if there are none. The key's are read in any case.
    pub(crate) projection: Vec<Node>,
    /// How many calls may run at a time.
    pub(crate) concurrency: usize,
    pub(crate) policy: RetryPolicy,
    pub(crate) include_expired: bool,
}

/// What became of one key.
#[derive(Clone)]
pub(crate) enum RawAnswer {
    /// The item, as DynamoDB's JSON.
    Item(Bytes),
    /// There is no item under the key.
    Absent,
    /// The key was not read, so that nothing is known of it.
    Unread,
}

/// What became of all keys: as many lists as there were, with an answer for each key in its place.
pub(crate) struct Fetched {
    pub(crate) answers: Vec<Vec<RawAnswer>>,
    /// The tables' names.
    pub(crate) tables: Arc<str>,
    pub(crate) used: Used,
    /// The error that left keys unread, if it was one.
    pub(crate) cause: Option<Error>,
}

/// Reads the items of all keys, with as many calls as that takes.
///
/// # Errors
/// What no repetition would change, such as a table that does not exist. What was throttled or lost its way until attempts
/// or time were used up is no error here: its keys are [`RawAnswer::Unread`].
pub(crate) async fn fetch(db: &Dynamo, lists: Vec<KeyList>, settings: &FetchSettings) -> Result<Fetched> {
    let plan = Plan::new(lists)?;
    let retries = db.begin(settings.policy);
    let mut answers = vec![RawAnswer::Unread; plan.wanted.len()];
    let (mut used, mut cause) = (Used::default(), None);
    {
        let calls = plan.calls().into_iter().map(|call| Call::new(db, &plan, settings, call, retries.clone()).run());
        let mut running = stream::iter(calls).buffer_unordered(settings.concurrency.max(1));
        while let Some(done) = running.next().await {
            let done = done?;
            for (wanted, answer) in done.answers {
                if let Some(place) = answers.get_mut(wanted) {
                    *place = answer;
                }
            }
            used.add(done.used);
            cause = cause.or(done.cause);
        }
    }
    let of_list = |list: &Vec<usize>| list.iter().filter_map(|place| answers.get(*place).cloned()).collect();
    Ok(Fetched { answers: plan.places.iter().map(of_list).collect(), tables: plan.names, used, cause })
}

/// The keys of one call, which is repeated with what it leaves.
struct Call<'p> {
    db: &'p Dynamo,
    plan: &'p Plan,
    settings: &'p FetchSettings,
    pending: BTreeSet<usize>,
    retries: Retries,
    done: Done,
}

/// What one call and its repetitions read. Keys that are not in it are unread.
#[derive(Default)]
struct Done {
    answers: Vec<(usize, RawAnswer)>,
    used: Used,
    cause: Option<Error>,
}

impl<'p> Call<'p> {
    fn new(db: &'p Dynamo, plan: &'p Plan, settings: &'p FetchSettings, keys: Range<usize>, retries: Retries) -> Self {
        Self { db, plan, settings, pending: keys.collect(), retries, done: Done::default() }
    }

    async fn run(mut self) -> Result<Done> {
        while !self.retries.is_over() {
            let request = self.plan.request(&self.pending, self.settings)?;
            let Some(answer) = self.retries.attempt(send(self.db, request, self.plan.entity, None)).await else {
                break;
            };
            self.done.used.calls += 1;
            match answer {
                Ok(response) => {
                    let left =
                        self.take(&response).map_err(|error| Error::Decode(error.of_entity(self.plan.entity)))?;
                    if left.is_empty() {
                        self.done.cause = None;
                        return Ok(self.done);
                    }
                    if left.len() < self.pending.len() {
                        self.retries.progress();
                    }
                    self.pending = left;
                }
                Err(error) if may_pass(&error) => self.done.cause = Some(error),
                Err(error) => return Err(error),
            }
            if !self.retries.pause().await {
                break;
            }
        }
        Ok(self.done)
    }

    /// Takes an answer: items that are there, keys that are left, and of all the others that there is no item.
    fn take(&mut self, response: &Response) -> Result<BTreeSet<usize>, DecodeError> {
        let mut items = Vec::new();
        let mut left = BTreeSet::new();
        let mut absent = self.pending.clone();
        batch_pieces(&response.body, &mut |piece| {
            let place = self.plan.place_of(piece)?;
            if !absent.remove(&place) {
                return Err(not_asked_for(piece.offset));
            }
            if piece.part == BatchPart::Item {
                let item = response.body.slice(piece.offset..piece.offset + piece.json.len());
                items.push((place, RawAnswer::Item(item)));
            } else {
                left.insert(place);
            }
            Ok(())
        })?;
        self.done.used.units += response_shape(&response.body)?.capacity_units.unwrap_or(0.0);
        self.done.answers.extend(items);
        self.done.answers.extend(absent.into_iter().map(|place| (place, RawAnswer::Absent)));
        Ok(left)
    }
}
