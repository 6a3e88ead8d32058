use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tablewright::registry::Registry;
use tablewright::schema::{KeySchema, KeyType, TableSchema};
use tablewright::testing::Embedded;

use super::{Line, Server, Serving, run, seed};
use crate::observed::Endpoint;

const ORDERS: TableSchema = TableSchema::new("orders", KeySchema::new("id", KeyType::S), None);

fn create(engine: &Embedded) {
    let request = json!({
        "TableName": "orders", "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [{ "AttributeName": "id", "AttributeType": "S" }],
        "KeySchema": [{ "AttributeName": "id", "KeyType": "HASH" }],
    });
    assert_eq!(engine.call("CreateTable", request.to_string().as_bytes()).0, 200);
}

#[test]
fn a_client_finds_the_engine_and_the_log_what_it_cost() {
    let engine = Embedded::memory().unwrap();
    create(&engine);
    let lines: Arc<Mutex<Vec<Line>>> = Arc::default();
    let log = Arc::clone(&lines);
    let log = Box::new(move |line: &Line| log.lock().unwrap().push(line.clone()));
    let server = Server::start(engine, "127.0.0.1:0".parse().unwrap(), Some(log)).unwrap();
    let client = Endpoint::of_url(&server.url()).unwrap();
    let item = json!({ "TableName": "orders", "Item": { "id": { "S": "1" } } });
    assert_eq!(client.call("PutItem", &item).unwrap(), (200, json!({})), "capacity that was not asked for");
    let get = |more: Value| {
        let mut get = json!({ "TableName": "orders", "Key": { "id": { "S": "1" } } });
        get.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        client.call("GetItem", &get).unwrap().1
    };
    assert_eq!(get(json!({})), json!({ "Item": { "id": { "S": "1" } } }));
    assert!(get(json!({ "ReturnConsumedCapacity": "TOTAL" })).get("ConsumedCapacity").is_some());
    let (status, refused) = client.call("NoSuchThing", &json!({})).unwrap();
    assert!(status == 400 && refused["__type"].as_str().unwrap().contains("UnknownOperation"), "{refused}");
    let said: Vec<String> = lines.lock().unwrap().iter().map(ToString::to_string).collect();
    let starts = ["PutItem orders 200 1 units ", "GetItem orders 200 0.5 units ", "GetItem orders 200 0.5 units "];
    assert!(said.iter().zip(starts).all(|(line, start)| line.starts_with(start)), "{said:?}");
    assert!(said[3].starts_with("NoSuchThing - 400 "), "{said:?}");
}

#[test]
fn seeds_are_put_or_named() {
    let engine = Embedded::memory().unwrap();
    create(&engine);
    let registry = Registry::new([ORDERS]).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let put = || seed::put(&engine, &registry, folder.path(), "").map_err(|failure| failure.to_string());
    fs::write(folder.path().join("orders.jsonl"), "{\"id\":{\"S\":\"1\"}}\n\n{\"id\":{\"S\":\"2\"}}\n").unwrap();
    fs::write(folder.path().join("notes.txt"), "not items").unwrap();
    assert_eq!(put(), Ok(2));
    fs::write(folder.path().join("orders.jsonl"), "{\"id\":{\"S\":\"1\"}}\n{\"name\":{\"S\":\"2\"}}\n").unwrap();
    assert!(put().unwrap_err().contains("line 2: "));
    fs::write(folder.path().join("other.jsonl"), "").unwrap();
    fs::write(folder.path().join("orders.jsonl"), "").unwrap();
    assert!(put().unwrap_err().contains("named after no table"));
}

/// Sends bytes over one connection, and gives everything that comes back until the server ends it.
fn sent(server: &Server, text: &str) -> String {
    let mut stream = TcpStream::connect(server.url().trim_start_matches("http://")).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    // A server that refuses a head reads no more of it.
    let _ = stream.write_all(text.as_bytes());
    let mut said = String::new();
    stream.read_to_string(&mut said).unwrap();
    said.to_lowercase()
}

fn serving(port: u16, file: Option<PathBuf>, seed: Option<PathBuf>) -> Serving {
    Serving { port, address: [127, 0, 0, 1].into(), file, seed, prefix: "dev-".to_owned(), log: false }
}

#[test]
fn a_command_that_cannot_serve_says_why_and_writes_nothing() {
    let registry = Registry::new([ORDERS]).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (file, seed) = (folder.path().join("state.db"), folder.path().join("seed"));
    fs::create_dir(&seed).unwrap();
    fs::write(seed.join("orders.jsonl"), "{\"id\":{\"S\":\"1\"}}\n{\"id\":\"2\"}\n").unwrap();
    let server = empty_server();
    let taken: SocketAddr = server.url().trim_start_matches("http://").parse().unwrap();
    let said = |asked: &Serving| run(&registry, asked).unwrap_err().to_string();

    let busy = said(&serving(taken.port(), Some(file.clone()), Some(seed.clone())));
    assert!(
        busy.starts_with(&format!("cannot listen on {taken}: ")) && busy.contains("`--port 0` takes a free one"),
        "{busy}"
    );
    assert!(!file.exists(), "a server that does not start has made no file");
    let plain = said(&serving(0, None, Some(seed)));
    assert!(plain.contains("orders.jsonl`, line 2: "), "{plain}");
    let absent = said(&serving(0, None, Some(folder.path().join("absent"))));
    assert!(absent.starts_with("cannot read folder `"), "{absent}");
    let directory = said(&serving(0, Some(folder.path().to_owned()), None));
    assert!(directory.contains("is a directory"), "{directory}");
}

fn empty_server() -> Server {
    Server::start(Embedded::memory().unwrap(), "127.0.0.1:0".parse().unwrap(), None).unwrap()
}

#[test]
fn a_connection_carries_requests_until_it_is_closed() {
    let server = empty_server();
    let said = sent(
        &server,
        "POST / HTTP/1.1\r\nhost: localhost:1\r\nX-AMZ-TARGET: DynamoDB_20120810.ListTables\r\nContent-Length: 2\r\n\
         Expect: 100-continue\r\n\r\n{}GET / HTTP/1.1\r\nHost: [::1]:1\r\n\r\nPOST / HTTP/1.1\r\nHost: 127.0.0.1\r\n\
         X-Amz-Target: DynamoDB_20120810.ListTables\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n\
         2\r\n{}\r\n0\r\n\r\n",
    );
    assert!(said.starts_with("http/1.1 100 continue\r\n\r\nhttp/1.1 200 ok\r\n"), "{said}");
    assert_eq!(said.matches("http/1.1 200 ok").count(), 3, "{said}");
    assert_eq!(said.matches("{\"tablenames\":[]}").count(), 2, "{said}");
    assert!(said.contains("{\"server\":\"tablewright\"}"), "{said}");
    let checksum = format!("x-amz-crc32: {}\r\n", crc32fast::hash(b"{\"TableNames\":[]}"));
    assert_eq!(said.matches(&checksum).count(), 2, "{said}");
    assert!(said.contains("x-amzn-requestid: local000000000000001\r\n"), "{said}");
}

#[test]
fn what_no_client_of_dynamodb_sends_is_refused() {
    let server = empty_server();
    for (text, status) in [
        ("POST / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", "403 forbidden"),
        ("GET / HTTP/1.1\r\nHost: evil.example:8000\r\nConnection: close\r\n\r\n", "403 forbidden"),
        ("PUT / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "405 method not allowed"),
        ("POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "400 bad request"),
        (
            "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 33554433\r\nConnection: close\r\n\r\n",
            "413 payload too large",
        ),
        ("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: many\r\n\r\n", "400 bad request"),
        ("POST / HTTP/1.1\r\nno colon\r\n\r\n", "400 bad request"),
        ("hello\r\n\r\n", "400 bad request"),
    ] {
        let said = sent(&server, text);
        assert!(said.starts_with(&format!("http/1.1 {status}\r\n")), "{text}: {said}");
    }
    let unnamed = sent(&server, "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assert!(unnamed.contains("unknownoperationexception"), "{unnamed}");
}

#[test]
fn a_dropped_server_ends_its_connections_and_frees_its_address() {
    let server = empty_server();
    let address = server.url().trim_start_matches("http://").to_owned();
    let mut idle = TcpStream::connect(&address).unwrap();
    idle.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    idle.read_exact(&mut [0]).unwrap();
    let started = Instant::now();
    drop(server);
    assert!(started.elapsed() < Duration::from_secs(4), "it waited for a connection that asks for nothing");
    idle.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    idle.read_to_end(&mut Vec::new()).unwrap();
    assert!(TcpStream::connect(&address).is_err(), "it listens");
}
