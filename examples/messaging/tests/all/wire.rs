//! What is between the app and its DynamoDB: it breaks, it counts, and it shows an index as it was.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::{env, fs};

use serde_json::Value;
use tablewright::testing::{BoxFuture, Embedded};
use tablewright::{Executor, Failure, Operation, Request, Response};
use tempfile::TempDir;

/// The variable that names a file with the app's tables, as Terraform made them; each wire leads to a copy of it.
const TABLES: &str = "TABLEWRIGHT_TEST_TABLES";

/// An embedded engine behind a wire that breaks when it is told to.
#[derive(Debug, Clone)]
pub(crate) struct Wire {
    engine: Embedded,
    /// The folder of the engine's file, which goes with the last wire to it.
    folder: Option<Arc<TempDir>>,
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    broken: Option<Break>,
    index: Index,
    seen: Option<Response>,
    write_units: f64,
    writes: usize,
    consistent_queries: usize,
    actions: BTreeSet<Action>,
}

/// What IAM is asked for a call: the action, the table and the index.
pub(crate) type Action = (String, String, Option<String>);

/// How writes fail until the wire is mended.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Break {
    /// How many writes still succeed.
    pub(crate) after: usize,
    /// Whether the writes that fail are applied, so that only their answers are lost.
    pub(crate) applied: bool,
}

/// What the next query of an index is answered with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Index {
    /// What is there.
    #[default]
    Current,
    /// What the last query that was not stale saw.
    Stale,
    /// Nothing: the rows are not in the index yet.
    Empty,
}

impl Wire {
    pub(crate) fn new() -> Self {
        let (engine, folder) = match env::var_os(TABLES) {
            Some(file) => {
                let folder = tempfile::tempdir().unwrap();
                let own = folder.path().join("tables.db");
                fs::copy(file, &own).unwrap();
                (Embedded::file(own).unwrap(), Some(Arc::new(folder)))
            }
            None => (Embedded::memory().unwrap(), None),
        };
        Self { engine, folder, state: Arc::default() }
    }

    /// True if the tables are there, and nobody needs to make them.
    pub(crate) fn has_tables(&self) -> bool {
        self.folder.is_some()
    }

    pub(crate) fn cut(&self, broken: Break) {
        self.with(|state| state.broken = Some(broken));
    }

    pub(crate) fn mend(&self) {
        self.with(|state| state.broken = None);
    }

    /// Shows the next query of an index something else than what is there.
    pub(crate) fn show(&self, index: Index) {
        self.with(|state| state.index = index);
    }

    /// True if the last thing that [`show`](Self::show) asked for was shown.
    pub(crate) fn was_shown(&self) -> bool {
        self.with(|state| state.index == Index::Current)
    }

    pub(crate) fn consistent_queries(&self) -> usize {
        self.with(|state| state.consistent_queries)
    }

    /// The writes that were answered, and their units, since this was asked last.
    pub(crate) fn take_writes(&self) -> (usize, f64) {
        self.with(|state| (core::mem::take(&mut state.writes), core::mem::take(&mut state.write_units)))
    }

    /// What IAM would have been asked since this was asked last.
    pub(crate) fn take_actions(&self) -> BTreeSet<Action> {
        self.with(|state| core::mem::take(&mut state.actions))
    }

    fn with<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        act(&mut self.state.lock().unwrap())
    }

    /// How this write fails, if it does.
    fn fails(&self) -> Option<Break> {
        self.with(|state| {
            let broken = state.broken.as_mut()?;
            if broken.after > 0 {
                broken.after -= 1;
                return None;
            }
            Some(*broken)
        })
    }

    async fn write(&self, request: Request) -> Result<Response, Failure> {
        match self.fails() {
            Some(broken) => {
                if broken.applied {
                    self.engine.execute(request).await?;
                }
                Err(Failure::ConnectionLost("the wire is cut".into()))
            }
            None => {
                let answer = self.engine.execute(request).await?;
                self.with(|state| {
                    state.writes += 1;
                    state.write_units += units(&answer);
                });
                Ok(answer)
            }
        }
    }

    async fn query_index(&self, request: Request) -> Result<Response, Failure> {
        let index = self.with(|state| core::mem::take(&mut state.index));
        match index {
            Index::Empty => {
                let body = r#"{"Items":[],"Count":0,"ScannedCount":0}"#.to_owned().into();
                Ok(Response { body, request_id: None, attempts: 1 })
            }
            Index::Stale => Ok(self.with(|state| state.seen.clone()).unwrap()),
            Index::Current => {
                let answer = self.engine.execute(request).await?;
                self.with(|state| state.seen = Some(answer.clone()));
                Ok(answer)
            }
        }
    }
}

impl Executor for Wire {
    fn execute(&self, request: Request) -> BoxFuture<'_, Result<Response, Failure>> {
        Box::pin(async move {
            let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
            self.with(|state| state.actions.extend(actions(request.operation, &body)));
            match request.operation {
                Operation::PutItem
                | Operation::UpdateItem
                | Operation::DeleteItem
                | Operation::BatchWriteItem
                | Operation::TransactWriteItems => self.write(request).await,
                Operation::Query if body["IndexName"].is_string() => self.query_index(request).await,
                Operation::Query if body["ConsistentRead"] == true => {
                    self.with(|state| state.consistent_queries += 1);
                    self.engine.execute(request).await
                }
                _ => self.engine.execute(request).await,
            }
        })
    }
}

/// A transaction needs the actions of its parts, each on the part's table.
fn actions(operation: Operation, body: &Value) -> Vec<Action> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    if operation != Operation::TransactWriteItems {
        return vec![(
            operation.as_str().to_owned(),
            text(&body["TableName"]).unwrap_or_default(),
            text(&body["IndexName"]),
        )];
    }
    let parts = body["TransactItems"].as_array().unwrap().iter().flat_map(|part| part.as_object().unwrap());
    let action =
        |verb: &str| if verb == "ConditionCheck" { "ConditionCheckItem".to_owned() } else { format!("{verb}Item") };
    parts.map(|(verb, part)| (action(verb), text(&part["TableName"]).unwrap(), None)).collect()
}

/// The capacity units of an answer: of one table, or of several.
fn units(answer: &Response) -> f64 {
    let body: Value = serde_json::from_slice(&answer.body).unwrap();
    let consumed = &body["ConsumedCapacity"];
    let tables = consumed.as_array().map_or_else(|| std::slice::from_ref(consumed), Vec::as_slice);
    tables.iter().map(|table| table["CapacityUnits"].as_f64().unwrap_or_default()).sum()
}
