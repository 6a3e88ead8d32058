//! Each thing that can be done to the item.

use futures_util::TryStreamExt;
use tablewright::request::WriteReport;
use tablewright::{Error, Result};

use super::model::{ANCHOR, Counter, State, nowhere, partner};
use super::world::{Told, World};

macro_rules! operations {
    ($($(#[$doc:meta])* $op:ident),* $(,)?) => {
        /// Every operation on one item, as a caller writes it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub(super) enum Op {$(
            $(#[$doc])*
            $op,
        )*}

        impl Op {
            pub(super) const ALL: &[Self] = &[$( Self::$op ),*];
        }
    };
}

operations! {
    Create,
    CreateOrStored,
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
    /// Counts the items of a partition key.
    Count,
    Scan,
    /// A scan in segments side by side.
    Segments,
    BatchGet,
    /// Puts the item and deletes its partner.
    BatchWrite,
    BatchWriteStream,
    /// Adds to the number of the item and of its partner, together.
    Transact,
    /// The same, if one item is there and another is not.
    Check,
    TransactGet,
    /// Moves the item to the partner's key, or back.
    Rekey,
}

impl Op {
    pub(super) const fn is_write(self) -> bool {
        !matches!(
            self,
            Self::Get
                | Self::GetConsistent
                | Self::Query
                | Self::Count
                | Self::Scan
                | Self::Segments
                | Self::BatchGet
                | Self::TransactGet
        )
    }

    /// True for a read that must show what is stored while it runs.
    pub(super) const fn is_consistent(self) -> bool {
        matches!(self, Self::GetConsistent | Self::Query | Self::Count | Self::BatchGet | Self::TransactGet)
    }

    /// True for what is cancelled as a whole.
    pub(super) const fn is_transaction(self) -> bool {
        matches!(self, Self::Transact | Self::Check | Self::TransactGet | Self::Rekey)
    }

    /// True for what the handle's retry policy tries again.
    pub(super) const fn is_retried(self) -> bool {
        self.is_transaction() || self.is_batch() || matches!(self, Self::Segments)
    }

    pub(super) const fn is_batch(self) -> bool {
        matches!(self, Self::BatchGet | Self::BatchWrite | Self::BatchWriteStream)
    }

    /// True for what is sent again although it may have been applied, which its documentation says.
    pub(super) const fn is_repeated(self) -> bool {
        self.is_batch() && self.is_write()
    }

    /// Does it to the world's item; a write leaves `tag` behind, and a guarded one needs the number to be `expected`.
    pub(super) async fn perform(self, world: &World, tag: &str, expected: u64) -> Result<Told, Error> {
        let (db, id) = (&world.db, world.key);
        let key = || Counter::key(id);
        let item = || Counter { id, n: expected + 1, by: tag.to_owned() };
        let add = |id| db.upsert(Counter::key(id)).increment(|c| c.n, 1).set(|c| c.by, tag);
        let found = |counter| Ok(Told::Found(State::of(counter)));
        match self {
            Self::Create => db.create(&item()).await?,
            // The stored item instead of a failed condition.
            Self::CreateOrStored => {
                if db.create(&item()).or_stored().await?.is_some() {
                    return Ok(Told::ConditionFailed);
                }
            }
            Self::Put => db.put(&item()).await?,
            Self::PutReturningOld => drop(db.put(&item()).returning_old().await?),
            Self::Set => db.update(key()).set(|c| c.n, expected + 1).set(|c| c.by, tag).await?,
            Self::Add => db.update(key()).increment(|c| c.n, 1).set(|c| c.by, tag).await?,
            Self::Guarded => {
                let update = db.update(key()).set(|c| c.n, expected + 1).set(|c| c.by, tag);
                update.condition(|c| c.n.eq(expected)).await?;
            }
            Self::Upsert => db.upsert(key()).set(|c| c.n, expected + 1).set(|c| c.by, tag).await?,
            Self::UpsertAdd => add(id).await?,
            // The condition always holds: it is there to carry the mark.
            Self::Delete => db.delete(key()).condition(|c| c.by.ne(tag)).await?,
            Self::Get => return found(db.get(key()).await?),
            Self::GetConsistent => return found(db.get(key()).consistent().await?),
            Self::Query => return found(db.query(Counter::query(id)).consistent().one().await?),
            Self::Count => {
                let count = db.query(Counter::query(id)).consistent().count().await?;
                return Ok(Told::Counted(count));
            }
            Self::Scan => return found(db.scan::<Counter>().filter(|c| c.id.eq(id)).await?.pop()),
            Self::Segments => {
                let scan = db.scan::<Counter>().filter(|c| c.id.eq(id)).segments(2);
                let mut counters: Vec<Counter> = scan.stream().try_collect().await?;
                return found(counters.pop());
            }
            Self::BatchGet => {
                let counters = db.batch_get([key()]).consistent().await?.complete()?;
                return found(counters.into_iter().next().flatten());
            }
            Self::BatchWrite => {
                return reported(db.batch_write().put(&item()).delete(Counter::key(partner(id))).await?);
            }
            Self::BatchWriteStream => return reported(db.batch_write_iter([item()]).await?),
            Self::Transact => db.transact_write((add(id), add(partner(id)))).await?,
            Self::Check => {
                let checks = (db.check_exists(Counter::key(ANCHOR)), db.check_absent(Counter::key(nowhere(id))));
                db.transact_write((add(id), add(partner(id)), checks.0, checks.1)).await?;
            }
            Self::TransactGet => {
                let (counter, _) = db.transact_get((key(), Counter::key(partner(id)))).await?;
                return found(counter);
            }
            Self::Rekey => return rekey(world, tag).await,
        }
        Ok(Told::Done)
    }
}

/// Moves the item to where it is not; whoever moves it knows where it is.
async fn rekey(world: &World, tag: &str) -> Result<Told> {
    let places = [world.key, partner(world.key)];
    let there = places.into_iter().zip(world.witness.both()).find_map(|(id, state)| Some((id, state.0?)));
    let Some((id, (n, by))) = there else { return Ok(Told::NotApplied("nowhere")) };
    let old = Counter { id, n, by };
    let new = Counter { id: if id == places[0] { places[1] } else { places[0] }, n: n + 1, by: tag.to_owned() };
    let moved = world.db.rekey(&old, &new).await?;
    assert_eq!(moved, tablewright::request::Rekeyed::Moved);
    Ok(Told::Done)
}

/// What a batch says about its first write.
fn reported(report: WriteReport) -> Result<Told> {
    super::world::holds_no_value(&report);
    let first = |writes: &[tablewright::request::Unwritten]| writes.iter().any(|write| write.position() == 0);
    Ok(match (first(report.unprocessed()), first(report.unknown())) {
        (true, false) => Told::NotApplied(report.cause().map_or("unprocessed", Error::class)),
        (false, true) => Told::Unknown("unknown"),
        (false, false) => Told::Done,
        (true, true) => panic!("a write is both unprocessed and unknown"),
    })
}
