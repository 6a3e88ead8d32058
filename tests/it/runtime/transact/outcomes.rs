//! What becomes of a transaction whose attempts fail: it is applied once, and the error tells the truth.

use std::future::IntoFuture;
use std::task::Poll;

use tablewright::{Dynamo, Error, Failure, Operation};

use super::script::{Script, Step};
use super::{Account, Transfer, account, balance, key};

/// Adds 5 to account 1, unless that would make more than 50.
fn add(db: &Dynamo) -> tablewright::request::TransactWrite {
    let add = db.update(key(1)).increment(|a| a.balance, 5).condition(|a| a.balance.le(45));
    db.transact_write((add, db.create(&Transfer { id: 7, amount: 5 })))
}

/// The two tables with account 1 at zero, and the transaction played by this script.
async fn play(steps: &[Step]) -> (Dynamo, Script, Result<(), Error>) {
    let (db, script) = Script::new(steps).await;
    db.create(&account(1, 0)).await.unwrap();
    let sent = add(&db).await;
    (db, script, sent)
}

#[tokio::test(start_paused = true)]
async fn what_passes_by_itself_is_tried_again_with_the_same_bytes() {
    use Step::*;
    let passing: [&[Step]; 9] = [
        &[LoseAnswer],
        &[LoseRequest, LoseAnswer],
        &[Hang],
        &[Gateway(502), Gateway(503)],
        &[CutOff],
        &[Cancel(&["TransactionConflict", "None"]), LoseAnswer, Cancel(&["None", "ThrottlingError"])],
        &[Refuse("ThrottlingException"), Refuse("ProvisionedThroughputExceededException")],
        &[Refuse("TransactionInProgressException")],
        &[LoseAnswer, NotSent, NotSent, Refuse("TransactionInProgressException")],
    ];
    for steps in passing {
        let mut policy = tablewright::RetryPolicy::default();
        policy.deadline = std::time::Duration::from_secs(300);
        let (db, script) = Script::with(steps, |builder| builder.retry_policy(policy)).await;
        db.create(&account(1, 0)).await.unwrap();
        let sent = add(&db).await;
        sent.unwrap_or_else(|error| panic!("{steps:?}: {error}"));
        assert_eq!(balance(&db, 1).await, Some(5), "{steps:?}: applied once");
        assert_eq!((script.attempts(), script.left()), (steps.len() + 1, 0), "{steps:?}");
        let seen = script.seen();
        assert!(seen.iter().all(|(_, request)| *request == seen[0].1), "{steps:?}: the bytes stay the same");
    }
}

#[tokio::test(start_paused = true)]
async fn the_token_is_made_once() {
    let ids = std::sync::Arc::new(std::sync::atomic::AtomicU64::new(0x2a));
    let next = move || u128::from(ids.fetch_add(1, std::sync::atomic::Ordering::Relaxed));
    let (db, script) = Script::with(&[Step::LoseAnswer, Step::LoseAnswer], |builder| builder.id_source(next)).await;
    db.create(&account(1, 0)).await.unwrap();
    let transaction = add(&db);
    let preview = transaction.preview().unwrap();
    assert_eq!(transaction.client_token(), "0000000000000000000000000000002a");
    assert!(preview.json().contains(r#""ClientRequestToken":"0000000000000000000000000000002a""#));
    transaction.await.unwrap();
    assert_eq!(script.attempts(), 3);
    assert!(script.seen().iter().all(|(_, request)| *request == preview));
    assert_eq!(add(&db).client_token(), "0000000000000000000000000000002b", "the next one has another");
}

#[tokio::test(start_paused = true)]
async fn conditions_and_refusals_are_not_tried_again() {
    use Step::*;
    for step in [
        Cancel(&["TransactionConflict", "ConditionalCheckFailed"]),
        Cancel(&["ValidationError", "None"]),
        Cancel(&["None", "ItemCollectionSizeLimitExceeded"]),
        Refuse("ValidationException"),
        Refuse("AccessDeniedException"),
        Refuse("IdempotentParameterMismatchException"),
        NotSent,
    ] {
        let (db, script, sent) = play(&[step]).await;
        let error = sent.unwrap_err();
        assert!(error.is_definitely_not_applied(), "{step:?}: {error}");
        assert_eq!(script.attempts(), 1, "{step:?}");
        assert_eq!(balance(&db, 1).await, Some(0), "{step:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn nothing_was_applied_only_if_that_holds_for_every_attempt() {
    use Step::*;
    let open: [&[Step]; 4] = [
        &[LoseRequest, Cancel(&["ConditionalCheckFailed", "None"])],
        &[LoseAnswer, Cancel(&["TransactionConflict", "None"]), Refuse("ValidationException")],
        &[Gateway(500), Refuse("ExpiredTokenException")],
        &[Refuse("TransactionInProgressException"), Cancel(&["ConditionalCheckFailed"])],
    ];
    for steps in open {
        let (db, script, sent) = play(steps).await;
        let error = sent.unwrap_err();
        assert!(!error.is_definitely_not_applied(), "{steps:?}: {error}");
        let Error::OutcomeUnknown(call) = &error else { panic!("{steps:?}: {error}") };
        assert!(matches!(call.failure(), Failure::Undecided(_)), "{steps:?}");
        assert_eq!(script.attempts(), steps.len(), "{steps:?}");
        // Whoever goes on with it finds out, or applies it.
        let transaction = call.transaction().expect("the error holds the transaction");
        assert_eq!(*transaction.request(), script.seen()[0].1);
        transaction.send().await.unwrap();
        transaction.send().await.unwrap();
        assert_eq!(balance(&db, 1).await, Some(5), "{steps:?}: applied once");
    }
}

#[tokio::test(start_paused = true)]
async fn the_message_says_how_to_go_on() {
    let (db, _, sent) = play(&[Step::LoseAnswer, Step::Cancel(&["ConditionalCheckFailed", "None"])]).await;
    let error = sent.unwrap_err();
    assert_eq!(
        error.to_string(),
        "TransactWriteItems on table `tx-accounts, tx-transfers`: an earlier attempt got no sound answer, and the last one \
         failed: DynamoDB answered TransactionCanceledException; the transaction may or may not have been applied: send it again \
         within 10 minutes (`CallFailure::transaction`) to apply it if it was not, and to find out"
    );
    assert_eq!(error.class(), "outcome_unknown");
    let Error::OutcomeUnknown(call) = error else { panic!("{error}") };
    assert_eq!(call.transaction().map(|transaction| transaction.token().len()), Some(32));
    let shown = format!("{:?} {call:?}", call.transaction());
    assert!(!shown.contains("balance"), "{shown}");
    drop(db);
}

#[tokio::test(start_paused = true)]
async fn a_conflict_that_lasts_is_a_cancellation() {
    let conflict = Step::Cancel(&["TransactionConflict", "None"]);
    let mut policy = tablewright::RetryPolicy::default();
    policy.attempts = 4;
    let (db, script) = Script::with(&[conflict; 9], |builder| builder.retry_policy(policy)).await;
    let error = add(&db).await.unwrap_err();
    assert_eq!(script.attempts(), 4);
    assert!(error.is_definitely_not_applied() && error.cancelled().unwrap().is_conflict());
    assert_eq!(
        error.to_string(),
        "the transaction was cancelled and nothing was written: action 1 of 2, `update` of `Account`, met another write of \
         the same item, each time it was tried"
    );
    assert_eq!(error.cancelled().unwrap().request_id(), Some("REQUEST7"));
    policy.attempts = 1;
    assert!(add(&db).retry_policy(policy).await.is_err());
    assert_eq!(script.attempts(), 5);
}

#[tokio::test(start_paused = true)]
async fn what_may_have_been_applied_is_remembered() {
    use Step::*;
    let steps = [LoseAnswer, Refuse("ValidationException"), Refuse("AccessDeniedException"), NotSent];
    let mut policy = tablewright::RetryPolicy::default();
    policy.attempts = 1;
    let (db, script) = Script::with(&steps, |builder| builder.retry_policy(policy)).await;
    db.create(&account(1, 0)).await.unwrap();
    let transaction = add(&db).freeze().unwrap();
    for _ in steps {
        let error = transaction.send().await.unwrap_err();
        assert!(matches!(error, Error::OutcomeUnknown(_)), "the first attempt was applied: {error}");
    }
    assert_eq!(script.left(), 0);
    let (db, _) = Script::with(&[Refuse("ValidationException")], |builder| builder).await;
    let transaction = add(&db).freeze().unwrap();
    assert!(matches!(transaction.send().await, Err(Error::Refused(_))), "no attempt was applied");
}

#[tokio::test(start_paused = true)]
async fn a_token_that_may_be_forgotten_is_not_sent() {
    let minutes = |minutes: u64| tokio::time::sleep(std::time::Duration::from_secs(60 * minutes));
    let conflict = Step::Refuse("ValidationException");
    let (db, script) = Script::new(&[conflict, conflict, Step::Pass]).await;
    db.create(&account(1, 0)).await.unwrap();
    let transaction = add(&db).freeze().unwrap();
    for _ in 0..2 {
        transaction.send().await.unwrap_err();
        minutes(20).await;
    }
    transaction.send().await.expect("nothing was applied, so that the token does not matter");
    minutes(9).await;
    transaction.send().await.unwrap();
    minutes(1).await;
    let error = transaction.send().await.unwrap_err();
    assert_eq!(script.attempts(), 4);
    assert!(!error.is_definitely_not_applied());
    assert_eq!(
        error.to_string(),
        "TransactWriteItems on table `tx-accounts, tx-transfers`: an earlier attempt got no sound answer, and the last one \
         failed: the request was not sent: its first attempt is more than 10 minutes ago, so DynamoDB may have forgotten its token \
         and would apply it again; the write may or may not have been applied: read the item \
         to find out before writing again"
    );
    assert_eq!(balance(&db, 1).await, Some(5));
}

/// Polls a future so many times and drops it; `None` if it was not ready.
async fn polled<F: Future>(future: F, mut times: u32) -> Option<F::Output> {
    let mut future = Box::pin(future);
    std::future::poll_fn(|context| {
        if times == 0 {
            return Poll::Ready(None);
        }
        times -= 1;
        future.as_mut().poll(context).map(Some)
    })
    .await
}

/// Wherever the future is dropped, sending the frozen transaction again applies it once.
#[tokio::test(start_paused = true)]
async fn a_dropped_transaction_leaves_no_false_state() {
    use Step::*;
    let steps = [Cancel(&["TransactionConflict", "None"]), LoseRequest, LoseAnswer, Gateway(502), CutOff];
    let mut polls = 0;
    loop {
        let (db, script) = Script::new(&steps).await;
        db.create(&account(1, 0)).await.unwrap();
        let transaction = add(&db).freeze().unwrap();
        let sent = polled(transaction.send(), polls).await;
        let played = script.attempts();
        let applied = balance(&db, 1).await.unwrap();
        assert!(applied == 0 || (applied == 5 && played >= 3), "after {polls} polls");
        let again = transaction.send().await;
        assert!(again.is_ok(), "after {polls} polls: {again:?}");
        assert_eq!(balance(&db, 1).await, Some(5), "after {polls} polls: applied once");
        assert_eq!(db.get(Transfer::key(7)).await.unwrap().map(|transfer| transfer.amount), Some(5));
        match sent {
            Some(sent) => break sent.unwrap(),
            None => polls += 1,
        }
    }
    assert!(polls >= 3 * steps.len() as u32, "{polls} places to drop it at");
}

/// A transaction whose future is never polled sends nothing, nor does one that is only built.
#[tokio::test]
async fn what_is_not_awaited_is_not_sent() {
    let (db, script) = Script::new(&[]).await;
    let frozen = add(&db).freeze().unwrap();
    drop(frozen.send());
    drop(add(&db).into_future());
    assert_eq!(script.attempts(), 0);
}

#[tokio::test]
async fn a_raw_transaction_has_the_same_errors() {
    let (db, script) = Script::new(&[Step::Cancel(&["None", "ConditionalCheckFailed"])]).await;
    let mut request = add(&db).preview().unwrap();
    let error = db.execute_raw(request.clone()).await.unwrap_err();
    assert_eq!(error.cancelled().unwrap().reason(1).unwrap().entity(), None);
    assert_eq!(
        error.to_string(),
        "the transaction was cancelled and nothing was written: action 2 of 2 did not meet its condition"
    );
    request.operation = Operation::TransactWriteItems;
    assert_eq!(script.attempts(), 1, "and nothing is tried again");
    let (db, _) = Script::new(&[Step::Refuse("TransactionInProgressException")]).await;
    let error = db.execute_raw(request).await.unwrap_err();
    assert!(matches!(error, Error::OutcomeUnknown(_)), "{error}");
}

#[tokio::test]
async fn actions_print_no_values() {
    let (db, _) = Script::new(&[]).await;
    let mut item = account(1, 0);
    item.note = Some("canary".into());
    let check = db.condition_check(Account::key("canary", 1), |a| a.note.eq("canary"));
    let transaction = db.transact_write((db.put(&item), check));
    assert_eq!(
        format!("{:?}", transaction.token("t")),
        "TransactWrite { actions: [put of Account, condition_check of Account], token: \"t\", .. }"
    );
}
