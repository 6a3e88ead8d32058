//! The AWS executor where nothing is sent, and what its errors say.

use aws_sdk_dynamodb::config::{BehaviorVersion, Region};
use tablewright::{Dynamo, Error, Operation};

use super::canned::{Canned, Play, refusal, reply};
use super::executors::{get, increment, play, put, request, text};

#[tokio::test]
async fn a_refused_connection_is_not_a_sent_request() {
    // A port that was free a moment ago.
    let address = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let config = Canned::default().client().config().to_builder().endpoint_url(format!("http://{address}"));
    let client = config.http_client(aws_smithy_http_client::Builder::new().build_http()).build();
    let db = Dynamo::builder().client(aws_sdk_dynamodb::Client::from_conf(client));
    let error = db.execute_raw(increment()).await.unwrap_err();
    assert!(matches!(error, Error::Unreachable(_)), "{}", text(&error));
    assert!(error.is_definitely_not_applied());
    assert!(error.to_string().contains("nothing listens at the endpoint"), "{error}");
}

#[tokio::test]
async fn a_name_that_does_not_resolve_is_not_a_sent_request() {
    let config = Canned::default().client().config().to_builder().endpoint_url("http://nowhere.invalid");
    let client = config.http_client(aws_smithy_http_client::Builder::new().build_http()).build();
    let db = Dynamo::builder().client(aws_sdk_dynamodb::Client::from_conf(client));
    let error = db.execute_raw(increment()).await.unwrap_err();
    assert!(matches!(error, Error::Unreachable(_)), "{}", text(&error));
    assert!(error.to_string().contains("does not resolve"), "{error}");
}

#[tokio::test]
async fn no_value_of_an_item_is_in_an_error() {
    let body = r#"{"TableName":"notes","Item":{"id":{"S":"canary"}}}"#;
    let config = Canned::default().client().config().to_builder();
    let without_scheme = aws_sdk_dynamodb::Client::from_conf(config.endpoint_url("localhost:8000").build());
    let error =
        Dynamo::builder().client(without_scheme).execute_raw(request(Operation::PutItem, body)).await.unwrap_err();
    assert!(error.to_string().contains("begin it with `http://` or `https://`"), "{error}");
    let Error::Unreachable(call) = &error else { panic!("{error}") };
    let failure = format!("{:?}", call.failure());
    let refused =
        Canned::new([reply(400, r#"{"__type":"x#ConditionalCheckFailedException","Item":{"id":{"S":"canary"}}}"#)]);
    let refused = Dynamo::builder().client(refused.client()).execute_raw(request(Operation::PutItem, body)).await;
    let lost = Canned::new([Play::Break, Play::Break, Play::Break]);
    let lost = Dynamo::builder().client(lost.client()).execute_raw(request(Operation::PutItem, body)).await;
    for text in [format!("{error:?} {}", text(&error)), failure, format!("{refused:?}"), format!("{lost:?}")] {
        assert!(!text.contains("canary"), "{text}");
    }
}

#[tokio::test]
async fn missing_credentials_and_regions_say_what_to_set() {
    let bare = || aws_sdk_dynamodb::Config::builder().behavior_version(BehaviorVersion::latest());
    let without_credentials = bare().region(Region::from_static("eu-central-1")).build();
    let db = Dynamo::builder().client(aws_sdk_dynamodb::Client::from_conf(without_credentials));
    let error = db.execute_raw(put()).await.unwrap_err();
    assert!(matches!(error, Error::Unreachable(_)), "{}", text(&error));
    assert!(error.to_string().contains("no credentials were found: set `AWS_PROFILE`"), "{error}");

    let keys = aws_sdk_dynamodb::config::Credentials::new("key", "secret", None, None, "test");
    let without_region = bare().credentials_provider(keys).build();
    let db = Dynamo::builder().client(aws_sdk_dynamodb::Client::from_conf(without_region));
    let error = db.execute_raw(put()).await.unwrap_err();
    assert!(matches!(error, Error::Unreachable(_)), "{}", text(&error));
    assert!(error.to_string().contains("no region is set: set `AWS_REGION`"), "{error}");
}

#[tokio::test]
async fn a_missing_table_says_how_to_make_it() {
    let (result, _) = play(get(), [refusal(400, "ResourceNotFoundException")]).await;
    let error = result.unwrap_err();
    assert!(matches!(error, Error::TableNotFound(_)), "{error}");
    assert!(error.to_string().contains("`notes`"), "{error}");
    assert!(error.to_string().contains("make it with `db.create_tables(…)`"), "{error}");
    assert!(error.to_string().contains("(request REQUEST1)"), "{error}");
}
