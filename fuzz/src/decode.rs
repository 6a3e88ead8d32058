//! What comes from DynamoDB, or from whoever holds a cursor.

use std::cell::RefCell;
use std::fmt;

use tablewright::codec::{Cursor, FromItem, ToItem, decode_item_response, decode_page, error_shape};
use tablewright::prelude::*;
use tablewright::request::{PageCursor, RetryPolicy, ScanCheckpoint};
use tablewright::testing::BoxFuture;
use tablewright::{Executor, Failure, Item, Number, Request, Response, Value};

/// An item with an attribute of each kind.
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(table = "rows")]
struct Row {
    #[dynamo(partition_key)]
    id: u64,
    #[dynamo(sort_key)]
    at: String,
    amount: i128,
    ratio: Option<f64>,
    exact: Option<Number>,
    bytes: Option<Vec<u8>>,
    tags: Option<std::collections::BTreeSet<String>>,
    parts: Option<Vec<Part>>,
    any: Option<Value>,
    yes: Option<bool>,
}

#[derive(DynamoAttribute, Debug, Clone, PartialEq)]
struct Part {
    name: String,
    number: Option<u8>,
}

/// The JSON of an item.
fn encoded<T: ToItem>(item: &T) -> Option<Vec<u8>> {
    Dynamo::preview_item(item).ok().map(String::into_bytes)
}

/// Answers of every shape: whatever is read from one is written and read again.
pub fn response_decode(data: &[u8]) {
    let _ = error_shape(data);
    let _ = decode_item_response::<Row>(data, "Item");
    let _ = decode_page::<Row>(data);
    if let Ok((Some(item), _)) = decode_item_response::<Item>(data, "Item") {
        written_again(&item);
    }
    if let Ok((items, _)) = decode_page::<Item>(data) {
        items.iter().for_each(written_again);
    }
    over_handle(data);
}

fn written_again(item: &Item) {
    let Some(json) = encoded(item) else { return };
    let mut cursor = Cursor::new(&json).expect("what is written has a size that is read");
    let read = Item::decode_item(&mut cursor).expect("what is written is read");
    assert_eq!(&read, item);
}

/// The answers that only calls read.
fn over_handle(data: &[u8]) {
    with_handle(data, async |db| {
        let key = || Row::key(1, "a");
        let _ = db.get(key()).await;
        let _ = db.query(Row::query(1)).page().await;
        let _ = db.batch_get([key()]).await.map(|items| items.complete());
        let _ = db.transact_get((key(), Row::key(1, "b"))).await;
        let _ = db.delete(key()).returning_old().await;
        let _ = db.batch_write().delete(key()).await;
    });
}

/// Whatever is read of one attribute is written and read again.
pub fn attribute_decode(data: &[u8]) {
    let mut body = b"{\"Item\":{\"a\":".to_vec();
    body.extend_from_slice(data);
    body.extend_from_slice(b"}}");
    if let Ok((Some(item), _)) = decode_item_response::<Item>(&body, "Item") {
        written_again(&item);
    }
    let mut body = b"{\"Item\":{\"id\":{\"N\":\"1\"},\"at\":{\"S\":\"a\"},\"amount\":{\"N\":\"1\"},\"any\":".to_vec();
    body.extend_from_slice(data);
    body.extend_from_slice(b"}}");
    if let Ok((Some(row), _)) = decode_item_response::<Row>(&body, "Item") {
        // An empty set, for one, is read and is refused when it is to be stored.
        let Some(json) = encoded(&row) else { return };
        let mut body = b"{\"Item\":".to_vec();
        body.extend_from_slice(&json);
        body.push(b'}');
        let (again, _) = decode_item_response::<Row>(&body, "Item").expect("what is written is read");
        assert_eq!(again.as_ref(), Some(&row));
    }
}

/// A number that is read is written as the same number.
pub fn number_parse(data: &[u8]) {
    let Ok(text) = core::str::from_utf8(data) else { return };
    let Ok(number) = text.parse::<Number>() else { return };
    let written = number.to_string();
    assert!(written.len() <= 200, "{text} is written as {written}");
    let again: Number = written.parse().expect("what is written is read");
    assert_eq!(again, number, "{text}");
    assert_eq!(again.to_string(), written);
    let _ = number.to_f64();
}

/// Text that somebody gives for a cursor or a checkpoint is one, or an error.
pub fn cursor_decode(data: &[u8]) {
    let Ok(text) = core::str::from_utf8(data) else { return };
    with_handle(br#"{"Items":[],"Count":0,"ScannedCount":0}"#, async |db| {
        let _ = PageCursor::from_text(text).segment();
        let query = db.query(Row::query(1)).after(PageCursor::from_text(text));
        let _ = query.page().await;
        let scan = db.scan::<Row>().after(PageCursor::from_text(text));
        let _ = scan.page().await;
        let _ = db.scan::<Row>().segments(2).after(ScanCheckpoint::from_text(text)).await;
    });
}

/// Cursors as they are, to begin with.
#[must_use]
pub fn cursors() -> Vec<Vec<u8>> {
    let mut cursors = Vec::new();
    let page = br#"{"Items":[],"Count":0,"ScannedCount":0,"LastEvaluatedKey":{"id":{"N":"1"},"at":{"S":"a"}}}"#;
    with_handle(page, async |db| {
        let queried = db.query(Row::query(1)).max_pages(1).page().await;
        let scanned = db.scan::<Row>().max_pages(1).page().await;
        for page in [queried, scanned].into_iter().flatten() {
            cursors.extend(page.cursor.map(|cursor| cursor.as_str().as_bytes().to_vec()));
        }
    });
    cursors
}

/// Answers everything with the same bytes.
struct Canned(Vec<u8>);

impl Executor for Canned {
    fn execute(&self, _: Request) -> BoxFuture<'_, Result<Response, Failure>> {
        let body = self.0.clone().into();
        Box::pin(core::future::ready(Ok(Response { body, request_id: None, attempts: 1 })))
    }
}

impl fmt::Debug for Canned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Canned")
    }
}

fn with_handle(answer: &[u8], calls: impl AsyncFnOnce(Dynamo)) {
    thread_local! {
        static RUNTIME: RefCell<tokio::runtime::Runtime> = RefCell::new(
            tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime starts")
        );
    }
    let mut policy = RetryPolicy::default();
    policy.attempts = 1;
    let db = Dynamo::builder().retry_policy(policy).executor(Canned(answer.to_vec()));
    RUNTIME.with_borrow(|runtime| runtime.block_on(calls(db)));
}
