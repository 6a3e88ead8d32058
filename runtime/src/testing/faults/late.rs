//! Writes that arrive after their caller was told that something is wrong.

use core::time::Duration;
use std::sync::Arc;

use tokio::time::Instant;

use super::state::Inner;
use crate::Request;

/// Applies a write after a while, whatever becomes of its caller.
pub(super) fn send(inner: &Arc<Inner>, number: u32, request: Request, after: Duration) {
    let due = Instant::now() + after;
    inner.with(|state| state.late.push(due));
    let inner = Arc::clone(inner);
    tokio::spawn(async move {
        tokio::time::sleep_until(due).await;
        // What becomes of it is in the trace; there is nobody to tell.
        let _ = inner.apply(number, request).await;
        inner.with(|state| {
            if let Some(place) = state.late.iter().position(|other| *other == due) {
                state.late.swap_remove(place);
            }
        });
    });
}

/// Waits until no write is on its way.
pub(super) async fn settle(inner: &Inner) {
    while let Some(due) = inner.with(|state| state.late.iter().max().copied()) {
        // The write's own task has to run after its time has come.
        tokio::time::sleep_until(due + Duration::from_millis(1)).await;
    }
}
