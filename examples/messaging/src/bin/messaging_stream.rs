//! The stream's handler as an AWS Lambda function.

use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use messaging::lambda::on_event;
use serde_json::value::RawValue;
use tablewright::Dynamo;

#[tokio::main]
async fn main() -> Result<(), Error> {
    let db = Dynamo::from_env().await?;
    run(service_fn(async |event: LambdaEvent<Box<RawValue>>| on_event(&db, &event.payload).await.map_err(Error::from)))
        .await
}
