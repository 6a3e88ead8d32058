use std::fs;
use std::io::{BufRead, Cursor, Read, Write};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use tablewright::registry::Registry;
use tablewright::schema::{KeySchema, KeyType, TableSchema};
use tablewright::testing::Embedded;

use super::{Line, Server, http, seed};
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

/// What a client sends, and what is written to it.
struct Wire(Cursor<Vec<u8>>, Vec<u8>);

impl Read for Wire {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        self.0.read(buffer)
    }
}

impl BufRead for Wire {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        self.0.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.0.consume(amount);
    }
}

impl Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.1.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn requests_are_read_one_after_another() {
    let text = "POST / HTTP/1.1\r\nhost: localhost:1\r\nX-AMZ-TARGET: A.Get\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\
                \r\n{}POST / HTTP/1.1\r\nConnection: close\r\n\r\n";
    let mut wire = Wire(Cursor::new(text.as_bytes().to_vec()), Vec::new());
    let first = http::read(&mut wire).unwrap().unwrap();
    assert_eq!((first.target.as_str(), first.body.as_slice(), first.stays), ("A.Get", b"{}".as_slice(), true));
    assert_eq!(wire.1, b"HTTP/1.1 100 Continue\r\n\r\n");
    assert!(!http::read(&mut wire).unwrap().unwrap().stays);
    assert_eq!(http::read(&mut wire).unwrap(), None);
    for damaged in [
        "POST / HTTP/1.1\r\nContent-Length: many\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nno colon\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\n{}",
        "POST / HTTP/1.1\r\nhost",
    ] {
        let mut wire = Wire(Cursor::new(damaged.as_bytes().to_vec()), Vec::new());
        assert!(http::read(&mut wire).is_err(), "{damaged}");
    }
}

#[test]
fn a_name_that_somebody_else_gives_is_not_this_machine() {
    for host in ["localhost:8000", "127.0.0.1:8000", "[::1]:8000", "127.0.0.1", ""] {
        assert!(http::names_this_machine(host), "{host}");
    }
    for host in ["evil.example:8000", "localhost.evil.example", "127.0.0.1.evil.example"] {
        assert!(!http::names_this_machine(host), "{host}");
    }
}
