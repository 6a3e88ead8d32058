//! The Lambda function: its answers, and its binary against a runtime API of this test.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};

use messaging::lambda::on_event;
use serde_json::json;

use crate::world::{MODELS, World, number, record};

#[tokio::test]
async fn an_event_is_handled_and_answered_with_what_failed() {
    for model in MODELS {
        let (world, group) = World::with_group(model).await;
        world.say(group, "second").await;
        let foreign = json!({ "pk": { "S": "BAN#x" }, "sk": { "S": "2023" } });
        let event = json!({ "Records": [record("INSERT", 1, &foreign), world.record_of(2, "second").await] });
        let response = on_event(&world.app.db, model, &event.to_string()).await.unwrap();
        let expected = json!({ "batchItemFailures": [{ "itemIdentifier": number(1) }] });
        assert_eq!(serde_json::to_value(&response).unwrap(), expected);
        world.assert_lists("second").await;
    }
}

#[tokio::test]
async fn what_is_no_event_of_a_stream_fails_the_whole_call() {
    for model in MODELS {
        let (world, _) = World::with_group(model).await;
        assert!(on_event(&world.app.db, model, r#"{"hello":"world"}"#).await.is_err());
    }
}

/// The function as a process, which ends with the test.
struct Function(Child);

impl Drop for Function {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A request of the function: its first line and its body.
fn read(stream: &TcpStream) -> (String, String) {
    let mut reader = BufReader::new(stream);
    let (mut first, mut length) = (String::new(), 0);
    reader.read_line(&mut first).unwrap();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        let line = line.trim().to_ascii_lowercase();
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        if line.is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    (first.trim().to_owned(), String::from_utf8(body).unwrap())
}

fn answer(mut stream: &TcpStream, status: &str, headers: &str, body: &str) {
    let length = body.len();
    write!(stream, "HTTP/1.1 {status}\r\n{headers}Connection: close\r\nContent-Length: {length}\r\n\r\n{body}")
        .unwrap();
}

/// What the binary answers to an event: the path that it posts to, and the body.
fn invoke(event: &str) -> (String, String) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let child = Command::new(env!("CARGO_BIN_EXE_messaging-stream"))
        .env_clear()
        .env("AWS_LAMBDA_RUNTIME_API", listener.local_addr().unwrap().to_string())
        .env("AWS_LAMBDA_FUNCTION_NAME", "messaging-stream")
        .env("AWS_LAMBDA_FUNCTION_VERSION", "1")
        .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128")
        .env("AWS_REGION", "eu-central-1")
        .env("AWS_ACCESS_KEY_ID", "local")
        .env("AWS_SECRET_ACCESS_KEY", "local")
        .env("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:9")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let _function = Function(child);
    let (next, _) = listener.accept().unwrap();
    assert_eq!(read(&next).0, "GET /2018-06-01/runtime/invocation/next HTTP/1.1");
    let headers = "Content-Type: application/json\r\nLambda-Runtime-Aws-Request-Id: 1\r\n\
        Lambda-Runtime-Deadline-Ms: 9999999999999\r\nLambda-Runtime-Invoked-Function-Arn: arn:aws:lambda:x\r\n";
    answer(&next, "200 OK", headers, event);
    drop(next);
    loop {
        let (stream, _) = listener.accept().unwrap();
        let (first, body) = read(&stream);
        if first.starts_with("POST") {
            answer(&stream, "202 Accepted", "", "");
            return (first, body);
        }
    }
}

#[test]
fn the_binary_reads_raw_events_and_answers_them() {
    let item = json!({ "pk": { "S": "MSG#x" }, "sk": { "S": "y" } });
    let event = json!({ "Records": [record("REMOVE", 1, &item), record("INSERT", 2, &item)] });
    let (path, body) = invoke(&event.to_string());
    assert_eq!(path, "POST /2018-06-01/runtime/invocation/1/response HTTP/1.1");
    assert!(body.contains(&format!(r#"{{"itemIdentifier":"{}"}}"#, number(2))), "{body}");

    let (path, _) = invoke(r#"{"Records":7}"#);
    assert_eq!(path, "POST /2018-06-01/runtime/invocation/1/error HTTP/1.1");
}

#[test]
fn a_model_that_there_is_not_ends_the_binary() {
    let output =
        Command::new(env!("CARGO_BIN_EXE_messaging-stream")).env("MESSAGING_MODEL", "orignal").output().unwrap();
    assert!(!output.status.success());
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains("MESSAGING_MODEL is `orignal`; it is `stable` or `original`"), "{error}");
}
