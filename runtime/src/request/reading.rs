//! A query or scan on its way, of one place or of the shards of a partition key.

use bytes::Bytes;

use super::cursor::PageCursor;
use super::page::{Page, PageBytes};
use super::pages::Progress;
use super::read_parts::ReadParts;
use super::sharded::{Fan, Round};
use crate::codec::{Cursor, ItemOwned};
use crate::exec::Request;
use crate::{Error, Result};

/// A read on its way.
pub(super) enum Reading {
    One(Box<Progress>),
    Shards(Box<Fan>),
}

impl ReadParts {
    pub(super) fn first_request(&self) -> Result<Request> {
        self.check_page()?;
        match Reading::start(self.clone())? {
            Reading::One(progress) => progress.first_request(),
            Reading::Shards(fan) => match fan.first() {
                Some((progress, limit)) => progress.request(limit, false),
                // A key in shards has at least two.
                None => Err(crate::CursorError::Damaged.into()),
            },
        }
    }
}

impl Reading {
    pub(super) fn start(parts: ReadParts) -> Result<Self> {
        Ok(match parts.shards() {
            Some(shards) => Self::Shards(Box::new(Fan::start(parts, shards)?)),
            None => Self::One(Box::new(Progress::start(parts)?)),
        })
    }

    /// True if there is no page to read any more.
    pub(super) const fn is_done(&self) -> bool {
        match self {
            Self::One(progress) => progress.done,
            Self::Shards(fan) => fan.done,
        }
    }

    /// Where the read goes on, if there is more.
    pub(super) fn cursor(&self) -> Result<Option<PageCursor>> {
        match self {
            Self::One(progress) => progress.cursor(),
            Self::Shards(fan) => fan.cursor(),
        }
    }

    /// The next page, no larger than the budget leaves; `exact` asks for no more than that, so that a cursor fits.
    pub(super) async fn next<T: ItemOwned>(&mut self, exact: bool) -> Result<Page<T>> {
        match self {
            Self::One(progress) => progress.next(exact).await,
            Self::Shards(fan) => {
                let round = fan.next(exact, false).await?;
                let cursor = if exact { fan.cursor()? } else { None };
                page_of(round, fan.parts.entity, cursor)
            }
        }
    }

    /// The same of a read that ends where its budgets do, and gives no cursor.
    pub(super) async fn next_of_all<T: ItemOwned>(&mut self) -> Result<Page<T>> {
        match self {
            Self::One(progress) => progress.next(false).await,
            Self::Shards(fan) => {
                let everything = fan.parts.take.is_none() && fan.parts.max_pages.is_none();
                let round = fan.next(false, everything).await?;
                page_of(round, fan.parts.entity, None)
            }
        }
    }
}

fn page_of<T: ItemOwned>(round: Round, entity: &'static str, cursor: Option<PageCursor>) -> Result<Page<T>> {
    let item = |item: &Bytes| T::decode_item(&mut Cursor::new(item)?);
    let items: core::result::Result<Vec<T>, _> = round.items.iter().map(item).collect();
    let items = items.map_err(|error| Error::Decode(error.of_entity(entity)))?;
    Ok(Page { items, cursor, scanned: round.scanned, capacity_units: round.capacity_units, unknown: round.unknown })
}

/// One page as bytes.
pub(super) async fn page_bytes(parts: ReadParts) -> Result<PageBytes> {
    parts.check_page()?;
    match Reading::start(parts)? {
        Reading::One(progress) => progress.page_bytes().await,
        Reading::Shards(mut fan) => {
            let round = fan.next(true, false).await?;
            // The items of several answers become those of one.
            let mut body = b"{\"Items\":[".to_vec();
            for (place, item) in round.items.iter().enumerate() {
                body.extend_from_slice(if place > 0 { b"," } else { b"" });
                body.extend_from_slice(item);
            }
            body.extend_from_slice(b"]}");
            let (entity, whose) = (fan.parts.entity, fan.parts.whose);
            Ok(PageBytes { body: body.into(), entity, whose, cursor: fan.cursor()? })
        }
    }
}
