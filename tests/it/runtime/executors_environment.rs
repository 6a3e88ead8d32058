//! What a handle takes from the environment, over a real socket.
//!
//! Each test runs this test binary once more as a child, because a process cannot change its own environment safely.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::process::Command;
use std::thread;

use tablewright::{Dynamo, Operation, Request, tables};

use super::model::Reserved;

const CHILD: &str = "runtime::executors_environment::in_the_child";
const IS_CHILD: &str = "TABLEWRIGHT_TEST_CHILD";
/// What the child is told to list instead of reading an item.
const STREAMS: &str = "streams";

/// Runs the child with these variables and no others of AWS: what it prints.
fn child(variables: &[(&str, &str)]) -> String {
    let mut command = Command::new(std::env::current_exe().expect("the test binary has a path"));
    command.args(["--exact", CHILD, "--nocapture"]);
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("AWS_") || name.to_string_lossy().starts_with("TABLEWRIGHT_") {
            command.env_remove(name);
        }
    }
    command.env(IS_CHILD, "yes").env("HOME", "/nonexistent").env("AWS_EC2_METADATA_DISABLED", "true");
    let output = command.envs(variables.iter().copied()).output().expect("the child runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
    text
}

#[tokio::test]
async fn in_the_child() {
    let Some(what) = std::env::var_os(IS_CHILD) else { return };
    let db = Dynamo::from_env().await.expect("the handle is made");
    let table = db.name_of(tables![Reserved][0]);
    let request = if what == STREAMS {
        Request { operation: Operation::ListStreams, table, body: "{}".into() }
    } else {
        let body = format!(r#"{{"TableName":"{table}","Key":{{"name":{{"S":"x"}}}}}}"#).into();
        Request { operation: Operation::GetItem, table, body }
    };
    match db.execute_raw(request).await {
        Ok(response) => println!("answer: {}", String::from_utf8_lossy(&response.body)),
        Err(error) => println!("error: {error}"),
    }
}

/// A server for one request: its address, and the request's head and body when it came.
fn server() -> (String, thread::JoinHandle<(String, String)>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = format!("http://{}", listener.local_addr().expect("the socket has an address"));
    let serve = move || {
        let (mut stream, _) = listener.accept().expect("a connection comes");
        let mut reader = BufReader::new(stream.try_clone().expect("the socket is cloned"));
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            assert_ne!(reader.read_line(&mut head).expect("the head comes"), 0);
        }
        let lower = head.to_lowercase();
        let length = lower.split("content-length: ").nth(1).and_then(|rest| rest.split("\r\n").next());
        let mut body = vec![0; length.and_then(|length| length.parse().ok()).expect("the body has a length")];
        reader.read_exact(&mut body).expect("the body comes");
        let answer = r#"{"Item":{"name":{"S":"x"}}}"#;
        write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{answer}", answer.len()).expect("it is answered");
        (lower, String::from_utf8(body).expect("the body is text"))
    };
    (address, thread::spawn(serve))
}

const KEYS: [(&str, &str); 2] = [("AWS_ACCESS_KEY_ID", "key-of-the-environment"), ("AWS_SECRET_ACCESS_KEY", "secret")];
const REGION: (&str, &str) = ("AWS_REGION", "eu-central-1");

#[test]
fn endpoint_region_credentials_and_prefix_come_from_the_environment() {
    let (address, request) = server();
    let endpoint = ("AWS_ENDPOINT_URL_DYNAMODB", address.as_str());
    let text = child(&[KEYS[0], KEYS[1], REGION, endpoint, ("TABLEWRIGHT_TABLE_PREFIX", "prod-")]);
    assert!(text.contains(r#"answer: {"Item":{"name":{"S":"x"}}}"#), "{text}");
    let (head, body) = request.join().expect("the server answered");
    assert!(head.contains("credential=key-of-the-environment/"), "{head}");
    assert!(head.contains("/eu-central-1/dynamodb/aws4_request"), "{head}");
    assert_eq!(body, r#"{"TableName":"prod-reserved.words","Key":{"name":{"S":"x"}}}"#);
}

#[test]
fn an_exact_table_name_comes_from_the_environment() {
    let (address, request) = server();
    let exact = ("TABLEWRIGHT_TABLE_RESERVED_WORDS", "words-7f3a");
    let prefix = ("TABLEWRIGHT_TABLE_PREFIX", "prod-");
    child(&[KEYS[0], KEYS[1], REGION, ("AWS_ENDPOINT_URL_DYNAMODB", &address), prefix, exact]);
    assert!(request.join().expect("the server answered").1.contains(r#""TableName":"words-7f3a""#));
}

#[test]
fn what_the_environment_lacks_is_named() {
    let text = child(&[REGION]);
    assert!(text.contains("no credentials were found: set `AWS_PROFILE`"), "{text}");
    assert!(text.contains("the request was not sent"), "{text}");
    let text = child(&KEYS);
    assert!(text.contains("no region is set: set `AWS_REGION`"), "{text}");
    println!("{text}");
}

#[test]
fn streams_are_read_where_the_tables_are() {
    let lists = (IS_CHILD, STREAMS);
    let (address, request) = server();
    let text = child(&[KEYS[0], KEYS[1], REGION, lists, ("AWS_ENDPOINT_URL_DYNAMODB", &address)]);
    assert!(text.contains("answer: "), "{text}");
    let (head, _) = request.join().expect("the server answered");
    assert!(head.contains("x-amz-target: dynamodbstreams_20120810.liststreams"), "{head}");

    // An endpoint of their own is taken, and so is one for all services.
    for variable in ["AWS_ENDPOINT_URL_DYNAMODB_STREAMS", "AWS_ENDPOINT_URL"] {
        let (address, request) = server();
        let elsewhere = ("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:9");
        child(&[KEYS[0], KEYS[1], REGION, lists, elsewhere, (variable, &address)]);
        assert!(request.join().expect("the server answered").0.contains("liststreams"));
    }
}
