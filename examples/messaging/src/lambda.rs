//! The stream's handler as a function of AWS Lambda gets it: an event's JSON in, and out what has to come again.

use tablewright::stream::{BatchResponse, handle_batch};
use tablewright::{Dynamo, Result};

use crate::app::Model;
use crate::{original, stable};

/// Handles the records of one event of the model's table. What fails is delivered again, and nothing that was handled is
/// undone.
///
/// # Errors
/// If this is no event of a stream; Lambda delivers the whole batch again then.
pub async fn on_event(db: &Dynamo, model: Model, event: &str) -> Result<BatchResponse> {
    Ok(match model {
        Model::Stable => {
            let keeper = db.acting_as();
            handle_batch(event, async |record| stable::handle(&keeper, record).await).await?.response()
        }
        Model::Original => {
            let mover = db.acting_as();
            handle_batch(event, async |record| original::handle(&mover, record).await).await?.response()
        }
    })
}
