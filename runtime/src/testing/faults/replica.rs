//! Earlier states of the tables, for reads that are not consistent.

use std::collections::VecDeque;
use std::sync::Arc;

use futures_util::lock::Mutex;

use crate::{Executor, Failure, Request, Response};

/// A second set of tables that is some writes behind the first.
#[derive(Debug)]
pub(super) struct Replica {
    executor: Arc<dyn Executor>,
    /// The writes that it has not had, oldest first. Whoever holds the lock is alone with both sets of tables.
    behind: Mutex<VecDeque<Request>>,
}

impl Replica {
    pub(super) fn new(executor: Arc<dyn Executor>) -> Self {
        Self { executor, behind: Mutex::default() }
    }

    /// Writes to the first set of tables, and takes note of what was written.
    pub(super) async fn write(&self, first: &dyn Executor, request: Request) -> Result<Response, Failure> {
        let mut behind = self.behind.lock().await;
        let answer = first.execute(request.clone()).await;
        if answer.is_ok() {
            behind.push_back(request);
        }
        answer
    }

    /// Reads what was there this many writes ago, or fewer if an earlier read was less behind.
    pub(super) async fn read(&self, request: Request, writes: u32) -> Result<Response, Failure> {
        let mut behind = self.behind.lock().await;
        // Tables are there at once: a read that finds none would be a fault that nobody asked for.
        let is_table = |request: &Request| !request.operation.has_items();
        while behind.len() > usize::try_from(writes).unwrap_or(usize::MAX) || behind.iter().any(is_table) {
            let Some(write) = behind.pop_front() else { break };
            self.executor.execute(write).await?;
        }
        self.executor.execute(request).await
    }
}
