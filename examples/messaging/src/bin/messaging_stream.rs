//! The stream's handler as an AWS Lambda function. `MESSAGING_MODEL` is `stable`, as without it, or `original`.

use std::env::{VarError, var};

use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use messaging::app::Model;
use messaging::lambda::on_event;
use serde_json::value::RawValue;
use tablewright::Dynamo;

#[tokio::main]
async fn main() -> Result<(), Error> {
    let model = match var("MESSAGING_MODEL") {
        Ok(model) => model.parse().map_err(|reason| format!("MESSAGING_MODEL is `{model}`; {reason}"))?,
        Err(VarError::NotPresent) => Model::Stable,
        Err(error) => return Err(error.into()),
    };
    let db = Dynamo::from_env().await?;
    run(service_fn(async |event: LambdaEvent<Box<RawValue>>| {
        on_event(&db, model, event.payload.get()).await.map_err(Error::from)
    }))
    .await
}
