//! The stream's handler as an AWS Lambda function.

use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use messaging::stable::handle;
use serde_json::value::RawValue;
use tablewright::Dynamo;
use tablewright::stream::{BatchResponse, handle_batch};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let db = Dynamo::from_env().await?;
    run(service_fn(async |event: LambdaEvent<Box<RawValue>>| on_event(&db, &event.payload).await)).await
}

/// Handles the records of one event. What fails is delivered again, and nothing that was handled is undone.
async fn on_event(db: &Dynamo, event: &RawValue) -> Result<BatchResponse, Error> {
    let report = handle_batch(event.get(), async |record| handle(db, record).await).await?;
    Ok(report.response())
}
