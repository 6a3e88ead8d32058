//! The item that everybody writes, and each thing that can be done to it.

use serde_json::Value;
use tablewright::prelude::*;
use tablewright::{Error, Result};

/// A counter, with the mark of who wrote it last.
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(table = "counters")]
pub(super) struct Counter {
    #[dynamo(partition_key)]
    pub(super) id: u64,
    pub(super) n: u64,
    pub(super) by: String,
}

/// The counter that transactions on another one also write.
pub(super) const fn partner(id: u64) -> u64 {
    id + (1 << 40)
}

/// What is stored, or nothing.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(super) struct State(pub(super) Option<(u64, String)>);

impl State {
    /// The state that an answer of `GetItem` shows.
    pub(super) fn read(answer: &Value) -> Self {
        let item = &answer["Item"];
        let n = item["n"]["N"].as_str().and_then(|n| n.parse().ok());
        Self(item["by"]["S"].as_str().map(|by| (n.unwrap_or(0), by.to_owned())))
    }

    fn of(counter: Option<Counter>) -> Self {
        Self(counter.map(|counter| (counter.n, counter.by)))
    }

    pub(super) fn n(&self) -> Option<u64> {
        self.0.as_ref().map(|(n, _)| *n)
    }
}

/// Every operation on one item, as a caller writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Op {
    Create,
    Put,
    PutReturningOld,
    /// Sets attributes of an item that is there: applying it twice is the same as once.
    Set,
    /// Adds to a number of an item that is there.
    Add,
    /// Sets the number one up if it is what was read before.
    Guarded,
    Upsert,
    UpsertAdd,
    Delete,
    Get,
    GetConsistent,
    Query,
    Scan,
    /// Adds to the number of the item and of its partner, together.
    Transact,
    TransactGet,
}

impl Op {
    pub(super) const ALL: [Self; 15] = [
        Self::Create,
        Self::Put,
        Self::PutReturningOld,
        Self::Set,
        Self::Add,
        Self::Guarded,
        Self::Upsert,
        Self::UpsertAdd,
        Self::Delete,
        Self::Get,
        Self::GetConsistent,
        Self::Query,
        Self::Scan,
        Self::Transact,
        Self::TransactGet,
    ];

    pub(super) const fn is_write(self) -> bool {
        !matches!(self, Self::Get | Self::GetConsistent | Self::Query | Self::Scan | Self::TransactGet)
    }

    /// True for a read that must show what is stored while it runs.
    pub(super) const fn is_consistent(self) -> bool {
        matches!(self, Self::GetConsistent | Self::Query | Self::TransactGet)
    }

    /// True for what the handle's retry policy tries again.
    pub(super) const fn is_transaction(self) -> bool {
        matches!(self, Self::Transact | Self::TransactGet)
    }

    /// Does it to the counter `id`; a write leaves `tag` behind, and a guarded one needs the number to be `expected`.
    pub(super) async fn perform(self, db: &Dynamo, id: u64, tag: &str, expected: u64) -> Result<Option<State>, Error> {
        let key = || Counter::key(id);
        let item = || Counter { id, n: expected + 1, by: tag.to_owned() };
        match self {
            Self::Create => db.create(&item()).await?,
            Self::Put => db.put(&item()).await?,
            Self::PutReturningOld => drop(db.put(&item()).returning_old().await?),
            Self::Set => db.update(key()).set(|c| c.n, expected + 1).set(|c| c.by, tag).await?,
            Self::Add => db.update(key()).increment(|c| c.n, 1).set(|c| c.by, tag).await?,
            Self::Guarded => {
                let update = db.update(key()).set(|c| c.n, expected + 1).set(|c| c.by, tag);
                update.condition(|c| c.n.eq(expected)).await?;
            }
            Self::Upsert => db.upsert(key()).set(|c| c.n, expected + 1).set(|c| c.by, tag).await?,
            Self::UpsertAdd => db.upsert(key()).increment(|c| c.n, 1).set(|c| c.by, tag).await?,
            // The condition always holds: it is there to carry the mark.
            Self::Delete => db.delete(key()).condition(|c| c.by.ne(tag)).await?,
            Self::Get => return Ok(Some(State::of(db.get(key()).await?))),
            Self::GetConsistent => return Ok(Some(State::of(db.get(key()).consistent().await?))),
            Self::Query => return Ok(Some(State::of(db.query(Counter::query(id)).consistent().one().await?))),
            Self::Scan => {
                let scan = db.scan::<Counter>().filter(|c| c.id.eq(id));
                return Ok(Some(State::of(scan.await?.pop())));
            }
            Self::Transact => {
                let add = |id| db.upsert(Counter::key(id)).increment(|c| c.n, 1).set(|c| c.by, tag);
                db.transact_write((add(id), add(partner(id)))).await?;
            }
            Self::TransactGet => {
                let (counter, _) = db.transact_get((key(), Counter::key(partner(id)))).await?;
                return Ok(Some(State::of(counter)));
            }
        }
        Ok(None)
    }
}
