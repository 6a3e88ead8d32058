//! When a transaction is tried again, and when it stops.

use std::time::Duration;

use tablewright::{Dynamo, Error, Failure};

use super::Transfer;
use super::script::{Script, Step};

fn create(db: &Dynamo) -> tablewright::request::TransactWrite {
    db.transact_write(db.create(&Transfer { id: 7, amount: 5 }))
}

/// Milliseconds between the attempts.
fn gaps(script: &Script) -> Vec<u128> {
    let seen = script.seen();
    seen.windows(2).map(|pair| (pair[1].0 - pair[0].0).as_millis()).collect()
}

#[tokio::test(start_paused = true)]
async fn pauses_double_up_to_the_longest() {
    let (db, script) = Script::new(&[Step::Refuse("ThrottlingException"); 11]).await;
    create(&db).await.unwrap();
    let pauses = gaps(&script);
    // Half of each ceiling, rounded up by the timer.
    assert!(
        pauses[..7].iter().zip([25, 50, 100, 200, 400, 800, 1600]).all(|(gap, half)| gap.abs_diff(half) <= 1),
        "{pauses:?}"
    );
    assert!(pauses[7..].iter().all(|gap| gap.abs_diff(2500) <= 1), "{pauses:?}");
}

#[tokio::test(start_paused = true)]
async fn a_transaction_in_progress_is_asked_for_again_after_five_seconds() {
    let progress = Step::Refuse("TransactionInProgressException");
    let (db, script) = Script::new(&[Step::LoseAnswer, progress, progress]).await;
    create(&db).await.unwrap();
    let pauses = gaps(&script);
    assert_eq!(pauses.len(), 3);
    assert!(pauses[0] <= 26, "a lost answer is asked for soon: {pauses:?}");
    assert_eq!(pauses[0] + pauses[1], 5000, "5 seconds after the first attempt: {pauses:?}");
    assert!(pauses[2] <= 101, "and then as after any failure: {pauses:?}");
}

#[tokio::test(start_paused = true)]
async fn without_the_time_for_that_the_outcome_is_unknown() {
    let (db, script) = Script::new(&[Step::Refuse("TransactionInProgressException")]).await;
    let began = tokio::time::Instant::now();
    let error = create(&db).deadline(Duration::from_secs(4)).await.unwrap_err();
    assert_eq!((script.attempts(), began.elapsed()), (1, Duration::ZERO), "nobody waits for nothing");
    let Error::OutcomeUnknown(call) = error else { panic!("{error}") };
    call.transaction().unwrap().send().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn the_deadline_ends_an_attempt_that_hangs() {
    let (db, script) = Script::with(&[Step::Hang], |builder| builder.deadline(Duration::from_secs(9))).await;
    let began = tokio::time::Instant::now();
    let error = create(&db).await.unwrap_err();
    assert_eq!(began.elapsed().as_secs(), 9);
    assert_eq!(script.attempts(), 1);
    let Error::OutcomeUnknown(call) = error else { panic!("{error}") };
    assert!(matches!(call.failure(), Failure::TimedOut));
    let sent = call.transaction().unwrap().send().await;
    sent.unwrap();
    assert_eq!(db.get(Transfer::key(7)).await.unwrap(), Some(Transfer { id: 7, amount: 5 }));
}

#[tokio::test(start_paused = true)]
async fn throttling_that_lasts_is_an_error_that_says_so() {
    let (db, script) = Script::new(&[Step::Refuse("ThrottlingException"); 100]).await;
    let began = tokio::time::Instant::now();
    let error = create(&db).await.unwrap_err();
    assert!(matches!(error, Error::Throttled(_)), "{error}");
    assert!(began.elapsed() <= Duration::from_secs(30));
    assert!((10..=20).contains(&script.attempts()), "{}", script.attempts());
}
