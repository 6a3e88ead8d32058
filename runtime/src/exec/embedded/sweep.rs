//! When expired items are removed: before a call, unless they are to stay for it.

use core::cell::Cell;
#[cfg(feature = "testing")]
use core::{future::poll_fn, pin::pin};

thread_local! {
    static STAY: Cell<bool> = const { Cell::new(false) };
}

/// True if expired items stay for the call that begins on this thread.
pub(super) fn is_held() -> bool {
    STAY.get()
}

/// Runs calls for which expired items stay, as they may on DynamoDB for days.
#[cfg(feature = "testing")]
pub(crate) async fn hold<F: Future>(calls: F) -> F::Output {
    let mut calls = pin!(calls);
    poll_fn(|context| {
        let _restored = Held(STAY.replace(true));
        calls.as_mut().poll(context)
    })
    .await
}

/// What was said before, which holds again when this is dropped.
#[cfg(feature = "testing")]
struct Held(bool);

#[cfg(feature = "testing")]
impl Drop for Held {
    fn drop(&mut self) {
        STAY.set(self.0);
    }
}
