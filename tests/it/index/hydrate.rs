//! Whole items of a narrow index, while the table changes between the query and the fetch.

use serde_json::{Value, json};
use tablewright::prelude::*;
use tablewright::testing::{BoxFuture, Embedded};
use tablewright::{Executor, Failure, Operation, Request, Response};

#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(table = "jobs", gsi(name = "by-state", partition_key = "state", sort_key = "id", projection = keys_only))]
struct Job {
    #[dynamo(partition_key)]
    id: u32,
    state: String,
    note: String,
}

fn job(id: u32, note: &str) -> Job {
    Job { id, state: "open".into(), note: note.into() }
}

/// An engine whose index lags: after each query one item is deleted, one is changed, and one is listed twice.
#[derive(Debug)]
struct Lagging(Embedded);

impl Executor for Lagging {
    fn execute(&self, request: Request) -> BoxFuture<'_, Result<Response, Failure>> {
        Box::pin(async move {
            let is_query = request.operation == Operation::Query;
            let mut response = self.0.execute(request).await?;
            if is_query {
                let write = |operation, body: Value| {
                    let request = Request { operation, table: "jobs".into(), body: body.to_string().into() };
                    self.0.execute(request)
                };
                write(Operation::DeleteItem, json!({ "TableName": "jobs", "Key": { "id": { "N": "1" } } })).await?;
                let changed = json!({ "id": { "N": "2" }, "state": { "S": "done" }, "note": { "S": "changed" } });
                write(Operation::PutItem, json!({ "TableName": "jobs", "Item": changed })).await?;
                let mut body: Value = serde_json::from_slice(&response.body).unwrap();
                let items = body["Items"].as_array_mut().unwrap();
                let twice = items[0].clone();
                items.push(twice);
                response.body = body.to_string().into();
            }
            Ok(response)
        })
    }
}

#[tokio::test]
async fn the_items_are_as_the_table_has_them() {
    let db = Dynamo::with_executor(Lagging(Embedded::memory().unwrap()));
    db.create_tables(tablewright::tables![Job]).await.unwrap();
    for id in 0..4 {
        db.create(&job(id, "new")).await.unwrap();
    }
    let found = db.query(Job::query_by_state("open")).hydrate().await.unwrap();
    let changed = Job { state: "done".into(), ..job(2, "changed") };
    // An index that is written while it is read can list an item twice; it is one item all the same.
    assert_eq!(found, [job(0, "new"), changed, job(3, "new"), job(0, "new")]);
}
