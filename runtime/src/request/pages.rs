//! `query` and `scan`: the requests, page after page. Compiled once for all entities but for decoding.

use std::sync::Arc;

use super::body::Body;
use super::call::send;
use super::cursor::PageCursor;
use super::page::{Page, PageBytes};
use crate::codec::{FromItem, ItemOwned, Left, ResponseShape, decode_page_of, response_shape};
use crate::entity::Whose;
use crate::error::InvalidRequest;
use crate::exec::{Operation, Request, Response};
use crate::expr::{Expr, Node, Substitutions};
use crate::query::KeyCondition;
use crate::{Dynamo, Error, Result};

/// What a query or scan reads and how.
#[derive(Clone)]
pub(super) struct ReadParts {
    pub(super) db: Dynamo,
    pub(super) table: Arc<str>,
    pub(super) entity: &'static str,
    pub(super) whose: Whose,
    pub(super) operation: Operation,
    pub(super) index: Option<&'static str>,
    pub(super) key_condition: Option<KeyCondition>,
    pub(super) filters: Vec<Expr>,
    pub(super) projection: Vec<Node>,
    pub(super) consistent: bool,
    pub(super) descending: bool,
    pub(super) segment: Option<(u32, u32)>,
    pub(super) take: Option<usize>,
    pub(super) page_size: Option<u32>,
    pub(super) max_pages: Option<u32>,
    pub(super) start: Option<PageCursor>,
}

/// The parts of the request that stay the same from page to page.
pub(super) struct Rendered {
    /// The members from the table's name on, without the closing brace.
    json: Box<str>,
    pub(super) fingerprint: u32,
}

/// A read on its way: what is left of its budgets and where it goes on.
pub(super) struct Progress {
    pub(super) parts: ReadParts,
    rendered: Rendered,
    next_key: Option<Box<str>>,
    read: usize,
    pages: u32,
    /// True after a page with items of other entities.
    mixed: bool,
    pub(super) done: bool,
}

impl ReadParts {
    pub(super) fn new(
        db: Dynamo,
        table: Arc<str>,
        (entity, whose): (&'static str, Whose),
        operation: Operation,
        index: Option<&'static str>,
    ) -> Self {
        Self {
            db,
            table,
            entity,
            whose,
            operation,
            index,
            key_condition: None,
            filters: Vec::new(),
            projection: Vec::new(),
            consistent: false,
            descending: false,
            segment: None,
            take: None,
            page_size: None,
            max_pages: None,
            start: None,
        }
    }

    pub(super) fn first_request(&self) -> Result<Request> {
        self.check_page()?;
        let progress = Progress::start(self.clone())?;
        progress.request(progress.limit(), false)
    }

    pub(super) fn render(&self) -> Result<Rendered> {
        self.check()?;
        let mut body = Body::new(&self.table, 256);
        let mut substitutions = Substitutions::default();
        if let Some(index) = self.index {
            body.text("IndexName", index);
        }
        if let Some(condition) = &self.key_condition {
            body.text("KeyConditionExpression", &substitutions.key_condition(condition)?);
        }
        if let Some(filter) = self.filter() {
            let filter = substitutions.condition("filter", &filter).map_err(|error| error.of_entity(self.entity))?;
            body.text("FilterExpression", &filter);
        }
        if self.descending {
            body.json("ScanIndexForward", "false");
        }
        if let Some((segment, total)) = self.segment {
            body.json("Segment", &segment.to_string());
            body.json("TotalSegments", &total.to_string());
        }
        // A cursor is for the same items in the same order; what is read of them, and how, may change.
        let fingerprint = {
            let mut fixed = Body::new(&self.table, 0);
            fixed.substitutions(&substitutions)?;
            crc32fast::hash(&[body.written(), fixed.written()].concat())
        };
        if self.consistent {
            body.json("ConsistentRead", "true");
        }
        if !self.projection.is_empty() {
            body.text("ProjectionExpression", &substitutions.projection(&self.projected())?);
        }
        body.substitutions(&substitutions)?;
        Ok(Rendered { json: body.into_members(), fingerprint })
    }

    /// What is asked for, and what tells items of several entities apart.
    fn projected(&self) -> Vec<Node> {
        let mut nodes = self.projection.clone();
        for name in self.whose.attributes(self.index) {
            if !nodes.iter().any(|node| node.root() == name) {
                nodes.push(Node::attribute(name));
            }
        }
        nodes
    }

    fn check(&self) -> Result<()> {
        let reason = match (self.page_size, self.max_pages, self.segment) {
            (Some(0), _, _) => "`page_size` is 0; a page has at least 1 item".to_owned(),
            (_, Some(0), _) => "`max_pages` is 0; a read has at least 1 page".to_owned(),
            (_, _, Some((segment, total))) if segment >= total || total > 1_000_000 => {
                format!("segment {segment} of {total}: segments count from 0, and there are 1 to 1000000 of them")
            }
            _ => return Ok(()),
        };
        Err(InvalidRequest::Setting { reason: reason.into() }.into())
    }

    /// Refuses a page of no items, which says nothing about what comes after it.
    fn check_page(&self) -> Result<()> {
        match self.take {
            Some(0) => Err(InvalidRequest::Setting { reason: "`take` is 0; a page has at least 1 item".into() }.into()),
            _ => Ok(()),
        }
    }

    fn filter(&self) -> Option<Expr> {
        match self.filters.as_slice() {
            [] => None,
            [only] => Some(only.clone()),
            several => Some(Expr::Join("AND", several.to_vec())),
        }
    }
}

impl Progress {
    pub(super) fn start(parts: ReadParts) -> Result<Self> {
        let rendered = parts.render()?;
        let next_key = match &parts.start {
            Some(cursor) => Some(cursor.open(rendered.fingerprint, parts.segment)?.into()),
            None => None,
        };
        let done = parts.take == Some(0);
        Ok(Self { parts, rendered, next_key, read: 0, pages: 0, mixed: false, done })
    }

    /// The items that the budget leaves.
    fn left(&self) -> Option<usize> {
        self.parts.take.map(|take| take.saturating_sub(self.read))
    }

    /// The page size to ask for: never more than the budget leaves, where neither a filter nor other entities make that a
    /// guess.
    pub(super) fn limit(&self) -> Option<u32> {
        let budget = self.left().filter(|_| self.parts.filters.is_empty() && !self.mixed);
        self.bounded_limit(budget)
    }

    fn bounded_limit(&self, budget: Option<usize>) -> Option<u32> {
        let budget = budget.map(|left| u32::try_from(left).unwrap_or(u32::MAX));
        let limit = match (budget, self.parts.page_size) {
            (Some(budget), Some(size)) => Some(budget.min(size)),
            (budget, size) => budget.or(size),
        };
        // `Limit` is a signed number of 32 bits, and a page is much smaller.
        limit.map(|limit| limit.min(i32::MAX.unsigned_abs()))
    }

    fn request(&self, limit: Option<u32>, count_only: bool) -> Result<Request> {
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

    fn cursor(&self) -> Option<PageCursor> {
        self.next_key.as_deref().map(|key| PageCursor::seal(self.rendered.fingerprint, self.parts.segment, key))
    }

    pub(super) fn decode<'a, T: FromItem<'a>>(&self, response: &'a Response) -> Result<(Vec<T>, ResponseShape, Left)> {
        decode_page_of(&response.body, &self.parts.whose)
            .map_err(|error| Error::Decode(error.of_entity(self.parts.entity)))
    }

    /// The next page, no larger than the budget leaves; `exact` asks for no more than that, so that a cursor fits.
    pub(super) async fn next<T: ItemOwned>(&mut self, exact: bool) -> Result<Page<T>> {
        let limit = if exact { self.bounded_limit(self.left()) } else { self.limit() };
        let response = self.fetch(limit, false).await?;
        let (mut items, shape, left) = self.decode::<T>(&response)?;
        self.mixed |= left.others + left.unknown > 0;
        if let Some(budget) = self.left() {
            items.truncate(budget);
        }
        let (scanned, capacity_units) = (shape.scanned, shape.capacity_units.unwrap_or(0.0));
        self.advance(shape, items.len());
        Ok(Page { items, cursor: self.cursor(), scanned, capacity_units, unknown: left.unknown })
    }
}

/// All items, up to the budgets.
pub(super) async fn collect<T: ItemOwned>(parts: ReadParts) -> Result<Vec<T>> {
    let mut progress = Progress::start(parts)?;
    let mut items = Vec::new();
    while !progress.done {
        let page = progress.next::<T>(false).await?;
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
    let mut progress = Progress::start(parts)?;
    let mut whole = Page { cursor: progress.cursor(), ..Page::default() };
    while !progress.done {
        let page = progress.next::<T>(true).await?;
        whole.items.extend(page.items);
        whole.cursor = page.cursor;
        whole.scanned += page.scanned;
        whole.capacity_units += page.capacity_units;
        whole.unknown += page.unknown;
    }
    Ok(whole)
}

pub(super) async fn page_bytes(parts: ReadParts) -> Result<PageBytes> {
    parts.check_page()?;
    let mut progress = Progress::start(parts)?;
    let limit = progress.bounded_limit(progress.left());
    let response = progress.fetch(limit, false).await?;
    let (entity, whose) = (progress.parts.entity, progress.parts.whose);
    let shape = response_shape(&response.body).map_err(|error| Error::Decode(error.of_entity(entity)))?;
    progress.advance(shape, 0);
    Ok(PageBytes { body: response.body, entity, whose, cursor: progress.cursor() })
}
