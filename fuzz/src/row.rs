//! An entity for everything that is decoded, and a handle whose answers are given.

use std::cell::RefCell;
use std::fmt;

use bytes::Bytes;
use tablewright::codec::{Cursor, FromItem, ToItem, decode_item_response};
use tablewright::prelude::*;
use tablewright::request::RetryPolicy;
use tablewright::testing::BoxFuture;
use tablewright::{Executor, Failure, Item, Number, Request, Response, ServiceFailure, Value};

/// An item with an attribute of each kind.
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(table = "rows", stream = new_and_old_images)]
pub(crate) struct Row {
    #[dynamo(partition_key)]
    id: u64,
    #[dynamo(sort_key)]
    at: String,
    pub(crate) amount: i128,
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
pub(crate) fn encoded<T: ToItem>(item: &T) -> Option<Vec<u8>> {
    Dynamo::preview_item(item).ok().map(String::into_bytes)
}

/// An item that was read is written, and is the same when it is read again.
pub(crate) fn written_again(item: &Item) {
    let Some(json) = encoded(item) else { return };
    let mut cursor = Cursor::new(&json).expect("what is written has a size that is read");
    let read = Item::decode_item(&mut cursor).expect("what is written is read");
    assert_eq!(&read, item);
}

/// What the handle of this thread gets for an answer to every request.
#[derive(Clone)]
pub(crate) enum Canned {
    Done(Bytes),
    Refused(Bytes),
}

impl Canned {
    fn answer(&self) -> Result<Response, Failure> {
        match self {
            Self::Done(body) => Ok(Response { body: body.clone(), request_id: None, attempts: 1 }),
            Self::Refused(body) => Err(Failure::Service(ServiceFailure::from_body(400, body.clone(), None))),
        }
    }
}

struct Answers;

impl Executor for Answers {
    fn execute(&self, request: Request) -> BoxFuture<'_, Result<Response, Failure>> {
        let whole = decode_item_response::<Item>(&request.body, "no member");
        assert!(whole.is_ok(), "{} is sent", request.json());
        Box::pin(core::future::ready(ANSWER.with_borrow(Canned::answer)))
    }
}

impl fmt::Debug for Answers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Answers")
    }
}

thread_local! {
    static ANSWER: RefCell<Canned> = const { RefCell::new(Canned::Done(Bytes::new())) };
    // Made once: a target is called some million times.
    static HANDLE: (tokio::runtime::Runtime, Dynamo) = {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime starts");
        let mut policy = RetryPolicy::default();
        policy.attempts = 1;
        (runtime, Dynamo::builder().retry_policy(policy).executor(Answers))
    };
}

/// Makes calls, each of which gets this answer.
pub(crate) fn with_handle(answer: Canned, calls: impl AsyncFnOnce(&Dynamo)) {
    ANSWER.set(answer);
    HANDLE.with(|(runtime, db)| runtime.block_on(calls(db)));
}
