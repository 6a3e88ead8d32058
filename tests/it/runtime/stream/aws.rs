//! Streams through the SDK's client: where requests go, and what becomes of answers.

use tablewright::stream::MemoryCheckpoints;
use tablewright::{CallSettings, Dynamo, Error, Operation, Request, Response};

use super::super::canned::{Canned, Play, refusal, reply, reply_without_checksum};
use super::{Room, event, insert};

const STREAMS: [Operation; 4] =
    [Operation::ListStreams, Operation::DescribeStream, Operation::GetShardIterator, Operation::GetRecords];

fn request(operation: Operation) -> Request {
    Request { operation, table: "rooms".into(), body: r#"{"StreamArn":"arn"}"#.into() }
}

async fn play(operation: Operation, script: impl IntoIterator<Item = Play>) -> (Result<Response, Error>, usize) {
    let (canned, none) = (Canned::new(script), Canned::new([]));
    let db = Dynamo::builder().streams_client(canned.streams_client()).client(none.client());
    (db.execute_raw(request(operation)).await, canned.seen().len())
}

#[tokio::test]
async fn every_operation_reaches_its_own_target_at_the_endpoint_of_streams() {
    for operation in STREAMS {
        let canned = Canned::new([reply(200, "{}"), refusal(400, "ExpiredIteratorException")]);
        let db = Dynamo::builder().streams_client(canned.streams_client()).client(Canned::new([]).client());
        assert_eq!(db.execute_raw(request(operation)).await.unwrap().body, "{}", "{operation}");
        let refused = db.execute_raw(request(operation)).await.unwrap_err();
        assert!(matches!(&refused, Error::Refused(refusal) if refusal.code() == "ExpiredIteratorException"));
        for seen in canned.seen() {
            assert_eq!(seen.uri, "https://streams.dynamodb.eu-central-1.amazonaws.com/");
            assert_eq!(seen.header("x-amz-target"), Some(operation.target()));
            assert_eq!(operation.target(), format!("DynamoDBStreams_20120810.{operation}"));
            assert!(seen.header("authorization").unwrap().contains("eu-central-1/dynamodb/aws4_request"));
            assert_eq!(seen.body, request(operation).body);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn reading_again_is_safe_and_is_done() {
    for operation in STREAMS {
        let script = [Play::Break, refusal(400, "LimitExceededException"), reply(200, "{}")];
        let (result, sent) = play(operation, script).await;
        assert_eq!((result.unwrap().attempts, sent), (3, 3), "{operation}");
        let damaged = || reply_without_checksum(200, "<html>a proxy</html>");
        let (result, _) = play(operation, [damaged(), damaged(), damaged()]).await;
        assert!(matches!(result.unwrap_err(), Error::Corrupt(_)), "{operation}");
        let (result, _) = play(operation, [Play::Hang, Play::Hang, Play::Hang]).await;
        assert!(matches!(result.unwrap_err(), Error::Interrupted(_)), "{operation}");
    }
}

#[tokio::test(start_paused = true)]
async fn timeouts_and_attempts_are_the_handles() {
    let canned = Canned::new((0..9).map(|_| refusal(400, "ThrottlingException")));
    let mut settings = CallSettings::default();
    settings.attempts = 5;
    let builder = Dynamo::builder().call_settings(settings).streams_client(canned.streams_client());
    let error = builder.client(Canned::new([]).client()).execute_raw(request(Operation::GetRecords)).await.unwrap_err();
    assert!(matches!(error, Error::Throttled(_)), "{error}");
    assert_eq!(canned.seen().len(), 5);
}

#[tokio::test]
async fn a_poller_reads_tables_at_one_endpoint_and_streams_at_the_other() {
    let tables = Canned::new([reply(200, r#"{"Table":{"LatestStreamArn":"arn:aws:dynamodb:x"}}"#)]);
    let page = event([insert(1, 7, "a")]);
    let streams = Canned::new([
        reply(200, r#"{"StreamDescription":{"StreamStatus":"ENABLED","Shards":[{"ShardId":"s0"}]}}"#),
        reply(200, r#"{"ShardIterator":"i0"}"#),
        reply(200, &page),
    ]);
    let db = Dynamo::builder().streams_client(streams.streams_client()).client(tables.client());
    let mut poller = db.stream::<Room>().checkpoints(MemoryCheckpoints::new()).page_size(10).open().await.unwrap();
    let batch = poller.next_batch().await.unwrap().unwrap();
    assert_eq!(batch.records().len(), 1);
    assert_eq!(tables.seen().len(), 1);
    let bodies: Vec<_> =
        streams.seen().into_iter().map(|seen| String::from_utf8(seen.body.to_vec()).unwrap()).collect();
    assert_eq!(bodies[0], r#"{"StreamArn":"arn:aws:dynamodb:x"}"#);
    assert_eq!(bodies[1], r#"{"ShardId":"s0","ShardIteratorType":"TRIM_HORIZON","StreamArn":"arn:aws:dynamodb:x"}"#);
    assert_eq!(bodies[2], r#"{"Limit":10,"ShardIterator":"i0"}"#);
    assert!(!format!("{poller:?}").contains("north"));
}
