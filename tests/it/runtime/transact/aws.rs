//! What the AWS executor does with transactions: our bytes, our token, and no retry that would break either.

use std::time::Duration;

use tablewright::{Dynamo, Error, Operation, Request};

use super::Transfer;
use crate::runtime::canned::{Canned, Play, refusal, reply};

fn raw(body: &str) -> Request {
    Request { operation: Operation::TransactWriteItems, table: "t".into(), body: body.to_owned().into() }
}

async fn attempts(request: Request, script: impl IntoIterator<Item = Play>) -> (Option<Error>, usize) {
    let canned = Canned::new(script);
    let sent = Dynamo::builder().client(canned.client()).execute_raw(request).await;
    (sent.err(), canned.seen().len())
}

#[tokio::test(start_paused = true)]
async fn the_bytes_are_ours_in_every_attempt() {
    let cancelled = concat!(
        r#"{"__type":"x#TransactionCanceledException","CancellationReasons":"#,
        r#"[{"Code":"TransactionConflict","Message":"m"},{"Code":"None"}]}"#
    );
    let progress = || refusal(400, "TransactionInProgressException");
    let script =
        [Play::Break, refusal(500, "InternalServerError"), progress(), reply(400, cancelled), reply(200, "{}")];
    let canned = Canned::new(script);
    let db = Dynamo::builder().jitter(|| 0).client(canned.client());
    let transaction = db.transact_write((db.create(&Transfer { id: 1, amount: 1 }), db.delete(Transfer::key(2))));
    let preview = transaction.preview().unwrap();
    let began = tokio::time::Instant::now();
    transaction.await.unwrap();
    let seen = canned.seen();
    assert_eq!(seen.len(), 5);
    assert!(seen.iter().all(|seen| seen.body == preview.body), "the SDK adds no token of its own");
    assert_eq!(seen[0].header("x-amz-target"), Some("DynamoDB_20120810.TransactWriteItems"));
    assert!(began.elapsed() >= Duration::from_secs(5), "what is in progress gets the time to end");
}

#[tokio::test(start_paused = true)]
async fn a_transaction_in_progress_is_left_to_whoever_waits_longer() {
    let token = raw(r#"{"TransactItems":[],"ClientRequestToken":"a"}"#);
    let (error, attempts) = attempts(token, [refusal(400, "TransactionInProgressException")]).await;
    assert!(matches!(error, Some(Error::OutcomeUnknown(_))), "{error:?}");
    assert_eq!(attempts, 1);
}

#[tokio::test(start_paused = true)]
async fn without_a_token_a_lost_answer_is_not_asked_for_again() {
    let without = raw(r#"{"TransactItems":[{"Put":{"Item":{"ClientRequestToken":{"S":"a"}}}}]}"#);
    for lost in [Play::Break, refusal(500, "InternalServerError")] {
        let (error, attempts) = attempts(without.clone(), [lost]).await;
        assert!(matches!(error, Some(Error::OutcomeUnknown(_))), "{error:?}");
        assert_eq!(attempts, 1);
    }
    let with = raw(r#"{"TransactItems":[],"ClientRequestToken":"a"}"#);
    let (error, attempts) = attempts(with, [Play::Break, reply(200, "{}")]).await;
    assert!(error.is_none());
    assert_eq!(attempts, 2);
}

#[tokio::test(start_paused = true)]
async fn a_refusal_after_a_lost_answer_leaves_the_outcome_open() {
    let canned = Canned::new([Play::Break, refusal(400, "ValidationException")]);
    let db = Dynamo::builder().client(canned.client());
    let error = db.transact_write(db.create(&Transfer { id: 1, amount: 1 })).await.unwrap_err();
    let Error::OutcomeUnknown(call) = &error else { panic!("{error}") };
    assert!(call.transaction().is_some());
    assert_eq!(canned.seen().len(), 2);
}
