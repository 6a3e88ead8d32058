//! `query` and `scan`: the requests, page after page. Compiled once for all entities but for decoding.

use super::body::Body;
use super::call::send;
use super::cursor::PageCursor;
use super::page::{Page, PageBytes};
use super::read_parts::{ReadParts, Rendered};
use super::reading::Reading;
use crate::codec::{DecodeError, FromItem, ItemOwned, Left, ResponseShape, decode_page_of, response_shape};
use crate::exec::{Request, Response};
use crate::{Error, Result};

/// A read on its way: what is left of its budgets and where it goes on.
pub(super) struct Progress {
    pub(super) parts: ReadParts,
    rendered: Rendered,
    next_key: Option<Box<str>>,
    read: usize,
    pages: u32,
    /// True after a page with items that are left out: of other entities, or expired.
    mixed: bool,
    pub(super) done: bool,
}

impl Progress {
    pub(super) fn start(mut parts: ReadParts) -> Result<Self> {
        let expiry = parts.expiry();
        let (hidden, looked_at) = match expiry {
            Some((expiry, true)) => (Some(expiry), None),
            Some((expiry, false)) => (None, Some(expiry)),
            None => (None, None),
        };
        parts.whose = parts.whose.without(looked_at);
        let rendered = parts.render(hidden)?;
        let next_key = match &parts.start {
            Some(cursor) => Some(cursor.open(&rendered.origin, parts.segment)?.into()),
            None => None,
        };
        let done = parts.take == Some(0);
        Ok(Self { parts, rendered, next_key, read: 0, pages: 0, mixed: false, done })
    }

    /// The same read after an item with that key, if one is given.
    pub(super) fn start_after(parts: ReadParts, key: Option<Box<str>>) -> Result<Self> {
        Ok(Self { next_key: key, ..Self::start(parts)? })
    }

    /// The same read with a result budget and a page count.
    pub(super) fn with_budgets(mut self, (take, max_pages): (Option<usize>, Option<u32>)) -> Self {
        (self.parts.take, self.parts.max_pages) = (take, max_pages);
        self.done |= take == Some(0);
        self
    }

    /// The key of the item after which it goes on.
    pub(super) fn position(&self) -> Option<Box<str>> {
        self.next_key.clone()
    }

    /// The request that is sent first.
    pub(super) fn first_request(&self) -> Result<Request> {
        self.request(self.limit(), false)
    }

    /// The items that the budget leaves.
    fn left(&self) -> Option<usize> {
        self.parts.take.map(|take| take.saturating_sub(self.read))
    }

    /// The page size to ask for: never more than the budget leaves, where neither a filter nor items that are left out make
    /// that a guess.
    pub(super) fn limit(&self) -> Option<u32> {
        let budget = self.left().filter(|_| self.parts.filters.is_empty() && !self.mixed);
        self.bounded_limit(budget)
    }

    fn bounded_limit(&self, budget: Option<usize>) -> Option<u32> {
        bounded(budget, self.parts.page_size)
    }

    pub(super) fn request(&self, limit: Option<u32>, count_only: bool) -> Result<Request> {
        let mut body = Body::of_members(&self.rendered.json);
        if let Some(limit) = limit {
            body.json("Limit", &limit.to_string());
        }
        if count_only {
            body.text("Select", "COUNT");
        }
        if let Some(key) = &self.next_key {
            body.json("ExclusiveStartKey", key);
        }
        body.finish(self.parts.operation, &self.parts.table)
    }

    pub(super) async fn fetch(&mut self, limit: Option<u32>, count_only: bool) -> Result<Response> {
        let request = self.request(limit, count_only)?;
        let response = send(&self.parts.db, request, self.parts.entity, self.parts.index).await?;
        self.pages += 1;
        Ok(response)
    }

    /// Takes note of a page; afterwards `done` says whether there is another one to read.
    pub(super) fn advance(&mut self, shape: ResponseShape, items: usize) {
        self.read += items;
        self.next_key = shape.last_key;
        self.done = self.next_key.is_none()
            || self.left() == Some(0)
            || self.parts.max_pages.is_some_and(|most| self.pages >= most);
    }

    pub(super) fn cursor(&self) -> Result<Option<PageCursor>> {
        let cursor = |key| PageCursor::seal(&self.rendered.origin, self.parts.segment, key);
        Ok(self.next_key.as_deref().map(cursor).transpose()?)
    }

    pub(super) fn decode<'a, T: FromItem<'a>>(&self, response: &'a Response) -> Result<(Vec<T>, ResponseShape, Left)> {
        decode_page_of(&response.body, &self.parts.whose).map_err(|error| self.error(error))
    }

    /// The error about an answer that cannot be read.
    #[cold]
    pub(super) fn error(&self, error: DecodeError) -> Error {
        Error::Decode(error.of_entity(self.parts.entity))
    }

    /// The next page, no larger than the budget leaves; `exact` asks for no more than that, so that a cursor fits.
    pub(super) async fn next<T: ItemOwned>(&mut self, exact: bool) -> Result<Page<T>> {
        let limit = if exact { self.bounded_limit(self.left()) } else { self.limit() };
        let response = self.fetch(limit, false).await?;
        let (mut items, shape, left) = self.decode::<T>(&response)?;
        self.mixed |= left.others + left.unknown > 0 || shape.scanned > items.len() as u64;
        if let Some(budget) = self.left() {
            items.truncate(budget);
        }
        let (scanned, capacity_units) = (shape.scanned, shape.capacity_units.unwrap_or(0.0));
        self.advance(shape, items.len());
        Ok(Page { items, cursor: self.cursor()?, scanned, capacity_units, unknown: left.unknown })
    }

    /// The next page as bytes.
    pub(super) async fn page_bytes(mut self) -> Result<PageBytes> {
        let limit = self.bounded_limit(self.left());
        let response = self.fetch(limit, false).await?;
        let (entity, whose) = (self.parts.entity, self.parts.whose);
        let shape = response_shape(&response.body).map_err(|error| self.error(error))?;
        self.advance(shape, 0);
        Ok(PageBytes { body: response.body, entity, whose, cursor: self.cursor()? })
    }
}

/// The page size to ask for: what a budget leaves, and what was said.
pub(super) fn bounded(budget: Option<usize>, page_size: Option<u32>) -> Option<u32> {
    let budget = budget.map(|left| u32::try_from(left).unwrap_or(u32::MAX));
    let limit = match (budget, page_size) {
        (Some(budget), Some(size)) => Some(budget.min(size)),
        (budget, size) => budget.or(size),
    };
    // `Limit` is a signed number of 32 bits, and a page is much smaller.
    limit.map(|limit| limit.min(i32::MAX.unsigned_abs()))
}

/// All items, up to the budgets.
pub(super) async fn collect<T: ItemOwned>(parts: ReadParts) -> Result<Vec<T>> {
    let mut reading = Reading::start(parts)?;
    let mut items = Vec::new();
    while !reading.is_done() {
        let page = reading.next_of_all::<T>().await?;
        if items.is_empty() {
            items = page.items;
        } else {
            items.extend(page.items);
        }
    }
    Ok(items)
}

/// One page, or as many as `max_pages` says, as one.
pub(super) async fn page<T: ItemOwned>(mut parts: ReadParts) -> Result<Page<T>> {
    parts.check_page()?;
    parts.max_pages.get_or_insert(1);
    let mut reading = Reading::start(parts)?;
    let mut whole = Page { cursor: reading.cursor()?, ..Page::default() };
    while !reading.is_done() {
        let page = reading.next::<T>(true).await?;
        whole.items.extend(page.items);
        whole.cursor = page.cursor;
        whole.scanned += page.scanned;
        whole.capacity_units += page.capacity_units;
        whole.unknown += page.unknown;
    }
    Ok(whole)
}
