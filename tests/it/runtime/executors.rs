//! What the AWS executor makes of answers, failures and repeated attempts.

use std::error::Error as _;
use std::time::Duration;

use tablewright::{CallSettings, Dynamo, Error, Failure, Operation, Request, Response};

use super::canned::{Canned, Play, crc32, pieces, play as as_is, refusal, reply, reply_without_checksum, response};

const ITEM: &str = r#"{"Item":{"id":{"N":"7"},"text":{"S":"a longer text, so that it comes in pieces"}}}"#;

pub(super) fn request(operation: Operation, body: &str) -> Request {
    Request { operation, table: "notes".into(), body: body.to_owned().into() }
}

pub(super) fn get() -> Request {
    request(Operation::GetItem, r#"{"TableName":"notes","Key":{"id":{"N":"7"}}}"#)
}

pub(super) fn put() -> Request {
    request(Operation::PutItem, r#"{"TableName":"notes","Item":{"id":{"N":"7"}}}"#)
}

pub(super) fn increment() -> Request {
    let body = r#"{"TableName":"notes","Key":{"id":{"N":"7"}},"UpdateExpression":"ADD n :one"}"#;
    request(Operation::UpdateItem, body)
}

/// Plays a script to one request: the result, and how many requests came.
pub(super) async fn play(request: Request, script: impl IntoIterator<Item = Play>) -> (Result<Response, Error>, usize) {
    play_with(CallSettings::default(), request, script).await
}

/// The same for a handle that repeats writes where that leaves the same item.
async fn play_repeating(request: Request, script: impl IntoIterator<Item = Play>) -> (Result<Response, Error>, usize) {
    let mut settings = CallSettings::default();
    settings.repeat_writes = true;
    play_with(settings, request, script).await
}

async fn play_with(
    settings: CallSettings,
    request: Request,
    script: impl IntoIterator<Item = Play>,
) -> (Result<Response, Error>, usize) {
    let canned = Canned::new(script);
    let result = Dynamo::builder().call_settings(settings).client(canned.client()).execute_raw(request).await;
    (result, canned.seen().len())
}

/// An error and what is behind it, as a program prints it.
pub(super) fn text(error: &Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(&format!(" / {error}"));
        cause = error.source();
    }
    text
}

#[tokio::test]
async fn our_bytes_go_out_signed_by_the_sdk_and_come_back_as_they_are() {
    let canned = Canned::new([reply(200, ITEM)]);
    let db = Dynamo::builder().client(canned.client());
    let response = db.execute_raw(get()).await.unwrap();
    assert_eq!(response.body, ITEM);
    assert_eq!(response.attempts, 1);
    assert_eq!(response.request_id.as_deref(), Some("REQUEST1"));
    let seen = canned.seen();
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].method, "POST");
    assert_eq!(seen[0].uri, "https://dynamodb.eu-central-1.amazonaws.com/");
    assert_eq!(seen[0].body, get().body);
    assert_eq!(seen[0].header("content-type"), Some("application/x-amz-json-1.0"));
    assert_eq!(seen[0].header("x-amz-target"), Some("DynamoDB_20120810.GetItem"));
    assert_eq!(seen[0].header("content-length"), Some(get().body.len().to_string().as_str()));
    assert!(seen[0].header("authorization").unwrap().contains("eu-central-1/dynamodb/aws4_request"));
}

#[tokio::test]
async fn every_operation_reaches_its_own_target() {
    use Operation::*;
    for operation in [
        GetItem,
        PutItem,
        UpdateItem,
        DeleteItem,
        Query,
        Scan,
        CreateTable,
        UpdateTable,
        DescribeTable,
        DeleteTable,
        ListTables,
        UpdateTimeToLive,
        DescribeTimeToLive,
        UpdateContinuousBackups,
        DescribeContinuousBackups,
    ] {
        let canned = Canned::new([reply(200, "{}"), refusal(400, "ValidationException")]);
        let db = Dynamo::builder().client(canned.client());
        let body = r#"{"TableName":"notes"}"#;
        assert_eq!(db.execute_raw(request(operation, body)).await.unwrap().body, "{}", "{operation}");
        let refused = db.execute_raw(request(operation, body)).await.unwrap_err();
        assert!(matches!(&refused, Error::Refused(refusal) if refusal.code() == "ValidationException"), "{refused}");
        for seen in canned.seen() {
            assert_eq!(seen.header("x-amz-target"), Some(operation.target()));
            assert_eq!(seen.body, body);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn throttled_attempts_are_repeated_with_the_same_body() {
    let throttled = || refusal(400, "ProvisionedThroughputExceededException");
    let canned = Canned::new([throttled(), throttled(), reply(200, "{}")]);
    let response = Dynamo::builder().client(canned.client()).execute_raw(increment()).await.unwrap();
    assert_eq!(response.attempts, 3);
    let seen = canned.seen();
    assert_eq!(seen.len(), 3);
    assert!(seen.iter().all(|seen| seen.body == increment().body));
}

#[tokio::test(start_paused = true)]
async fn attempts_are_the_handles_and_not_the_clients() {
    let canned = Canned::new((0..9).map(|_| refusal(400, "ThrottlingException")));
    let mut settings = CallSettings::default();
    settings.attempts = 5;
    let db = Dynamo::builder().call_settings(settings).client(canned.client());
    let error = db.execute_raw(put()).await.unwrap_err();
    assert!(matches!(error, Error::Throttled(_)), "{error}");
    assert_eq!(canned.seen().len(), 5);

    settings.attempts = 1;
    let db = Dynamo::builder().call_settings(settings).client(canned.client());
    assert!(db.execute_raw(put()).await.is_err());
    assert_eq!(canned.seen().len(), 6);
}

#[tokio::test(start_paused = true)]
async fn a_transaction_conflict_is_repeated() {
    let (result, sent) = play(increment(), [refusal(400, "TransactionConflictException"), reply(200, "{}")]).await;
    assert_eq!(result.unwrap().attempts, 2);
    assert_eq!(sent, 2);
}

#[tokio::test]
async fn a_body_may_come_in_pieces() {
    let checksum = crc32(ITEM.as_bytes()).to_string();
    let body = response(200, pieces(ITEM, 7, None), &[("x-amz-crc32", &checksum)]);
    let (result, _) = play(get(), [as_is(body)]).await;
    assert_eq!(result.unwrap().body, ITEM);
}

type Playing = dyn Fn() -> Play;

/// Answers with status 200 that are not what DynamoDB sent.
fn damaged() -> Vec<(&'static str, Box<Playing>)> {
    let with = |headers: &'static [(&'static str, &'static str)], body: &'static str| {
        as_is(response(200, body.into(), headers))
    };
    vec![
        ("checksum", Box::new(move || with(&[("x-amz-crc32", "1")], ITEM))),
        ("empty", Box::new(|| reply_without_checksum(200, ""))),
        ("empty with its checksum", Box::new(|| reply(200, ""))),
        ("cut off", Box::new(|| reply_without_checksum(200, &ITEM[..ITEM.len() - 1]))),
        ("shorter than its length", Box::new(move || with(&[("content-length", "900")], ITEM))),
        ("html", Box::new(|| reply_without_checksum(200, "<html>a proxy</html>"))),
        ("a list", Box::new(|| reply_without_checksum(200, "[]"))),
        ("more after the object", Box::new(|| reply_without_checksum(200, "{}{}"))),
    ]
}

#[tokio::test(start_paused = true)]
async fn a_damaged_answer_is_never_an_absent_item() {
    for (what, damaged) in damaged() {
        let (result, sent) = play(get(), [damaged(), damaged(), damaged()]).await;
        let error = result.unwrap_err();
        assert!(matches!(error, Error::Corrupt(_)), "{what}: {error}");
        assert_eq!(sent, 3, "{what}");
        let (result, _) = play(get(), [damaged(), reply(200, ITEM)]).await;
        assert_eq!(result.unwrap().body, ITEM, "{what}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_write_is_not_repeated_when_it_may_have_been_applied() {
    type Loss = fn() -> Play;
    let losses: [(&str, Loss); 5] = [
        ("hang", || Play::Hang),
        ("break", || Play::Break),
        ("server error", || refusal(500, "InternalServerError")),
        ("proxy", || reply_without_checksum(502, "<html>bad gateway</html>")),
        ("cut off body", || as_is(response(200, pieces("{\"Attributes\":{}}", 4, Some(8)), &[]))),
    ];
    for (what, loss) in losses {
        let played = [
            play(increment(), [loss()]).await,
            play(put(), [loss()]).await,
            play_repeating(increment(), [loss()]).await,
        ];
        for (result, sent) in played {
            let error = result.unwrap_err();
            assert!(matches!(error, Error::OutcomeUnknown(_)), "{what}: {error}");
            assert!(!error.is_definitely_not_applied());
            assert_eq!(sent, 1, "{what}");
        }
        // A plain put gives the same item however often it is applied, which is enough where the handle says so.
        let (result, sent) = play_repeating(put(), [loss(), reply(200, "{}")]).await;
        assert_eq!(result.unwrap().attempts, 2, "{what}");
        assert_eq!(sent, 2, "{what}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_refusal_after_a_lost_answer_does_not_say_that_nothing_was_written() {
    for code in ["ConditionalCheckFailedException", "ValidationException", "AccessDeniedException"] {
        let (result, sent) = play_repeating(put(), [Play::Break, refusal(400, code)]).await;
        let error = result.unwrap_err();
        assert!(!error.is_definitely_not_applied(), "{code}");
        let Error::OutcomeUnknown(call) = &error else { panic!("{error}") };
        assert!(matches!(call.failure(), Failure::Undecided(_)), "{error}");
        assert!(error.to_string().contains("an earlier attempt got no sound answer"), "{error}");
        assert!(error.to_string().contains(code), "{error}");
        assert_eq!(sent, 2);
    }
    // Of a read there is nothing to be unsure about, and an earlier refusal leaves nothing behind.
    let (result, _) = play(get(), [Play::Break, refusal(400, "ValidationException")]).await;
    assert!(matches!(result.unwrap_err(), Error::Refused(_)));
    let script = [refusal(400, "ThrottlingException"), refusal(400, "ConditionalCheckFailedException")];
    assert!(matches!(play(put(), script).await.0.unwrap_err(), Error::ConditionFailed(_)));
    let script = [Play::Break, Play::Refuse, Play::Refuse];
    assert!(matches!(play_repeating(put(), script).await.0.unwrap_err(), Error::OutcomeUnknown(_)));
}

#[tokio::test(start_paused = true)]
async fn a_call_ends_when_its_time_is_over() {
    let begun = tokio::time::Instant::now();
    let (result, sent) = play(get(), [Play::Hang, Play::Hang, Play::Hang]).await;
    assert!(matches!(result.unwrap_err(), Error::Interrupted(_)));
    assert_eq!(sent, 3);
    assert!(begun.elapsed() <= Duration::from_secs(15), "{:?}", begun.elapsed());

    let mut settings = CallSettings::default();
    settings.call_timeout = Duration::from_secs(2);
    let canned = Canned::new([Play::Hang]);
    let error = Dynamo::builder().call_settings(settings).client(canned.client()).execute_raw(put()).await.unwrap_err();
    assert!(matches!(error, Error::OutcomeUnknown(_)), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_call_that_runs_out_of_time_between_attempts_reports_the_last_refusal() {
    let mut settings = CallSettings::default();
    settings.call_timeout = Duration::from_millis(1);
    settings.attempts = 9;
    let canned = Canned::new((0..9).map(|_| refusal(400, "ThrottlingException")));
    let error = Dynamo::builder().call_settings(settings).client(canned.client()).execute_raw(put()).await.unwrap_err();
    assert!(matches!(error, Error::Throttled(_)), "{error}");
}
