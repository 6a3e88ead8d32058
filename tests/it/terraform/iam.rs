//! What IAM is asked for the calls of a program, and what a generated policy allows.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use serde_json::Value;
use tablewright::registry::Registry;
use tablewright::schema::TableSchema;
use tablewright::testing::{BoxFuture, Embedded};
use tablewright::{Executor, Failure, Operation, Request, Response, Role};
use tablewright_terraform::{Options, generate};

/// An action of IAM, the table, and its index or its stream.
pub(super) type Asked = (String, String, String);

/// The engine, and what IAM would have been asked.
#[derive(Clone, Debug)]
pub(super) struct Iam {
    engine: Embedded,
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    asked: BTreeSet<Asked>,
    loses: bool,
}

impl Iam {
    pub(super) fn new() -> Self {
        Self { engine: Embedded::memory().unwrap(), state: Arc::default() }
    }

    /// What was asked since this was called last.
    pub(super) fn take(&self) -> BTreeSet<Asked> {
        core::mem::take(&mut self.state.lock().unwrap().asked)
    }

    /// The answer of the next write does not come.
    pub(super) fn lose_an_answer(&self) {
        self.state.lock().unwrap().loses = true;
    }
}

impl Executor for Iam {
    fn execute(&self, request: Request) -> BoxFuture<'_, Result<Response, Failure>> {
        Box::pin(async move {
            let loses = {
                let mut state = self.state.lock().unwrap();
                state.asked.extend(actions(&request));
                writes_an_item(request.operation) && core::mem::take(&mut state.loses)
            };
            let answer = self.engine.execute(request).await?;
            if loses { Err(Failure::TimedOut) } else { Ok(answer) }
        })
    }
}

const fn writes_an_item(operation: Operation) -> bool {
    matches!(operation, Operation::PutItem | Operation::UpdateItem | Operation::DeleteItem)
}

fn actions(request: &Request) -> BTreeSet<Asked> {
    let body: Value = serde_json::from_slice(&request.body).unwrap();
    let text = |value: &Value, member: &str| value[member].as_str().unwrap_or_default().to_owned();
    match request.operation {
        Operation::TransactWriteItems | Operation::TransactGetItems => {
            let each = body["TransactItems"].as_array().unwrap().iter().flat_map(|item| item.as_object().unwrap());
            let item = |(name, of): (&String, &Value)| {
                let action =
                    if name == "ConditionCheck" { "ConditionCheckItem".to_owned() } else { format!("{name}Item") };
                (action, text(of, "TableName"), String::new())
            };
            each.map(item).collect()
        }
        Operation::BatchGetItem | Operation::BatchWriteItem => {
            let tables = body["RequestItems"].as_object().unwrap().keys();
            tables.map(|table| (request.operation.to_string(), table.clone(), String::new())).collect()
        }
        Operation::DescribeStream | Operation::GetShardIterator | Operation::GetRecords => {
            [(request.operation.to_string(), "asked-plain".to_owned(), "stream".to_owned())].into()
        }
        operation => [(operation.to_string(), text(&body, "TableName"), text(&body, "IndexName"))].into(),
    }
}

/// What the generated policy allows a role, from the text of `iam.tf`.
pub(super) fn allowed<R: Role>(tables: [TableSchema; 3]) -> BTreeSet<Asked> {
    let registry = Registry::new(tables).unwrap();
    let registry = registry.with_roles([*R::SCHEMA]).unwrap();
    let module = generate(&registry, &Options::new("asked", "0.1.0")).unwrap();
    let mut allowed = BTreeSet::new();
    let mut listed: Vec<String> = Vec::new();
    for line in module.file("iam.tf").unwrap().lines().skip_while(|line| !line.contains("policies = {")) {
        let quoted = || line.split('"').skip(1).step_by(2);
        if line.contains(" Action ") {
            listed = quoted().map(|action| action.strip_prefix("dynamodb:").unwrap().to_owned()).collect();
        } else if line.contains(" Resource ") {
            for resource in line[line.find('[').unwrap() + 1..line.rfind(']').unwrap()].split(", ") {
                let (_, rest) = resource.split_once("aws_dynamodb_table.").unwrap();
                let (table, rest) = rest.split_once('.').unwrap();
                let part = if rest == "stream_arn" {
                    "stream"
                } else {
                    rest.rsplit_once("/index/").map_or("", |(_, name)| name)
                };
                let each =
                    listed.iter().map(|action| (action.clone(), table.into(), part.trim_end_matches('"').into()));
                allowed.extend(each);
            }
        }
    }
    allowed
}
