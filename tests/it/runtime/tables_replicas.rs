//! Tables with replicas, which keep the last write, whichever version it was for.

use serde_json::{Value, json};
use tablewright::prelude::*;
use tablewright::testing::{BoxFuture, Embedded};
use tablewright::{Error, Executor, Failure, Operation, Request, Response, tables};

#[derive(DynamoTable)]
#[dynamo(table = "plain")]
struct Plain {
    #[dynamo(partition_key)]
    id: u64,
}

#[derive(DynamoTable)]
#[dynamo(table = "bound")]
struct Bound {
    #[dynamo(partition_key)]
    id: u64,
    #[dynamo(version)]
    version: u64,
}

#[derive(DynamoTable)]
#[dynamo(table = "asked-for")]
struct AskedFor {
    #[dynamo(partition_key)]
    id: u64,
    #[dynamo(version(global_tables))]
    version: u64,
}

/// Says of every table that it has a replica.
#[derive(Debug)]
struct Replicated(Embedded);

impl Executor for Replicated {
    fn execute(&self, request: Request) -> BoxFuture<'_, Result<Response, Failure>> {
        Box::pin(async move {
            let describes = request.operation == Operation::DescribeTable;
            let mut response = self.0.execute(request).await?;
            if describes {
                let mut body: Value = serde_json::from_slice(&response.body).unwrap();
                body["Table"]["Replicas"] = json!([{ "RegionName": "eu-west-1", "ReplicaStatus": "ACTIVE" }]);
                response.body = body.to_string().into();
            }
            Ok(response)
        })
    }
}

#[tokio::test]
async fn a_table_with_versions_has_none_unless_the_struct_says_so() {
    let engine = Embedded::memory().unwrap();
    let alone = Dynamo::with_executor(engine.clone());
    let db = Dynamo::with_executor(Replicated(engine));
    alone.create_tables(tables![Plain, Bound, AskedFor]).await.unwrap();
    alone.verify_tables(tables![Plain, Bound, AskedFor]).await.unwrap();
    db.verify_tables(tables![Plain, AskedFor]).await.unwrap();
    for refused in [db.verify_tables(tables![Bound]).await, db.ensure_tables(tables![Bound]).await] {
        let Err(error @ Error::SchemaMismatch(_)) = refused else { panic!("{refused:?}") };
        let said = "; replicas of items with a version: expected none, found eu-west-1";
        assert!(error.to_string().ends_with(said), "{error}");
    }
}
