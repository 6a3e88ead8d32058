//! What a query or scan reads and how, and the part of the request that is the same on every page.

use std::sync::Arc;

use super::body::Body;
use super::cursor::PageCursor;
use super::origin::Origin;
use super::seal::CursorSeal;
use crate::entity::{Expiry, Whose};
use crate::error::InvalidRequest;
use crate::exec::Operation;
use crate::expr::{Expr, Node, Substitutions};
use crate::query::KeyCondition;
use crate::{Dynamo, Result};

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
    pub(super) seal: Option<CursorSeal>,
    pub(super) tenant: Option<Arc<str>>,
    pub(super) include_expired: bool,
}

/// The parts of the request that stay the same from page to page.
pub(super) struct Rendered {
    /// The members from the table's name on, without the closing brace.
    pub(super) json: Box<str>,
    pub(super) origin: Origin,
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
            seal: db.cursor_seal(),
            tenant: None,
            include_expired: false,
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

    /// What has expired by now and is to be left out, and whether a filter can do that.
    ///
    /// An index that does not carry the expiry knows nothing of it.
    pub(super) fn expiry(&self) -> Option<(Expiry, bool)> {
        let table = self.whose.table();
        let expiry = Expiry::of(table, self.db.now()).filter(|_| !self.include_expired)?;
        let index = self.index.and_then(|index| table.index(index));
        if index.is_some_and(|index| !table.carries(index, expiry.attribute)) {
            return None;
        }
        // A query's filter cannot name the keys of what is queried.
        let keys = index.filter(|_| self.operation == Operation::Query);
        let mut keys = keys.into_iter().flat_map(|index| index.partition_key.iter().chain(index.sort_key));
        Some((expiry, !keys.any(|key| key.name == expiry.attribute)))
    }

    /// True if items must be looked at before they count.
    pub(super) fn looks(&self) -> bool {
        self.whose.looks() || matches!(self.expiry(), Some((_, false)))
    }

    /// The request but for the place to go on from; `hidden` is what the filter leaves out besides.
    pub(super) fn render(&self, hidden: Option<Expiry>) -> Result<Rendered> {
        self.check()?;
        let (mut body, mut substitutions) = self.selection(None)?;
        // A cursor is for the same items in the same order; what is read of them, and how, may change. So may the time.
        let origin = {
            let mut fixed = Body::new(&self.table, 0);
            fixed.substitutions(&substitutions)?;
            self.origin([body.written(), fixed.written()])
        };
        if let Some(expiry) = hidden {
            (body, substitutions) = self.selection(Some(expiry.is_ahead()))?;
        }
        if self.consistent {
            body.json("ConsistentRead", "true");
        }
        if !self.projection.is_empty() {
            body.text("ProjectionExpression", &substitutions.projection(&self.projected())?);
        }
        body.substitutions(&substitutions)?;
        Ok(Rendered { json: body.into_members(), origin })
    }

    /// What says which items are read, and in which order.
    fn selection(&self, filter: Option<Expr>) -> Result<(Body, Substitutions)> {
        let mut body = Body::new(&self.table, 256);
        let mut substitutions = Substitutions::default();
        if let Some(index) = self.index {
            body.text("IndexName", index);
        }
        if let Some(condition) = &self.key_condition {
            body.text("KeyConditionExpression", &substitutions.key_condition(condition)?);
        }
        let filters: Vec<Expr> = self.filters.iter().cloned().chain(filter).collect();
        if !filters.is_empty() {
            let filter = substitutions.condition("filter", &Expr::all(filters));
            body.text("FilterExpression", &filter.map_err(|error| error.of_entity(self.entity))?);
        }
        if self.descending {
            body.json("ScanIndexForward", "false");
        }
        if let Some((segment, total)) = self.segment {
            body.json("Segment", &segment.to_string());
            body.json("TotalSegments", &total.to_string());
        }
        Ok((body, substitutions))
    }

    fn origin(&self, query: [&[u8]; 2]) -> Origin {
        let place = [Some(&*self.table), self.index, self.tenant.as_deref()];
        let binding = self.seal.as_ref().map(|seal| seal.bind(&self.db, place, &query));
        Origin { fingerprint: crc32fast::hash(&query.concat()), binding }
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
            _ if self.tenant.is_some() && self.seal.is_none() => {
                "`cursor_tenant` without a seal: only sealed cursors are bound to a tenant, by `cursor_seal` of the handle's \
                 builder or of the read"
                    .to_owned()
            }
            _ => return Ok(()),
        };
        Err(InvalidRequest::Setting { reason: reason.into() }.into())
    }

    /// Refuses a page of no items, which says nothing about what comes after it.
    pub(super) fn check_page(&self) -> Result<()> {
        match self.take {
            Some(0) => Err(InvalidRequest::Setting { reason: "`take` is 0; a page has at least 1 item".into() }.into()),
            _ => Ok(()),
        }
    }
}
