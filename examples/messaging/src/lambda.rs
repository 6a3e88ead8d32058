//! The stream's handler as a function of AWS Lambda gets it: an event's JSON in, and out what has to come again.

use serde_json::value::RawValue;
use tablewright::stream::{BatchResponse, handle_batch};
use tablewright::{Dynamo, Result};

use crate::stable::handle;

/// Handles the records of one event. What fails is delivered again, and nothing that was handled is undone.
///
/// # Errors
/// If this is no event of a stream; Lambda delivers the whole batch again then.
pub async fn on_event(db: &Dynamo, event: &RawValue) -> Result<BatchResponse> {
    let report = handle_batch(event.get(), async |record| handle(db, record).await).await?;
    Ok(report.response())
}
