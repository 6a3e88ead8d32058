//! Values of items are in nothing that is printed: no `Debug`, no `Display`, no error, no span and no event of ours.

use std::error::Error as _;
use std::fmt::{Debug, Display};

use tablewright::prelude::*;
use tablewright::request::IntoAction;
use tablewright::stream::Batch;
use tablewright::testing::Embedded;
use tablewright::{Adapter, CursorSeal, Error, Executor, Operation, Request, tables};

use super::spans::traced;

const CANARY: &str = "CANARY-1f9c4e";

/// A secret that is read from text, by a type that quotes what it refuses.
#[derive(Clone, PartialEq)]
struct Token(String);

struct Tokens;

impl Adapter<Token> for Tokens {
    type Stored = String;
    fn store(token: &Token) -> Result<String, String> {
        if token.0.contains('!') { Err(format!("`{}` has a mark", token.0)) } else { Ok(token.0.clone()) }
    }
    fn load(stored: String) -> Result<Token, String> {
        if stored.contains('!') { Err(format!("`{stored}` has a mark")) } else { Ok(Token(stored)) }
    }
}

#[derive(DynamoAttribute, Clone, PartialEq)]
struct Contact {
    kind: String,
    #[dynamo(sensitive)]
    phone: String,
}

#[derive(DynamoTable, Clone, PartialEq)]
#[dynamo(
    table = "canaries",
    partition_key = "OWNER#{owner}",
    sort_key = "NO#{no}",
    gsi(name = "by-note", partition_key = "note"),
    stream = new_and_old_images
)]
struct Canary {
    #[dynamo(sensitive)]
    owner: String,
    no: u32,
    #[dynamo(sensitive, unique)]
    email: String,
    #[dynamo(sensitive, with = Tokens)]
    token: Token,
    #[dynamo(sensitive)]
    contact: Contact,
    other: Contact,
    #[dynamo(sensitive)]
    note: String,
    count: u64,
}

fn canary(no: u32) -> Canary {
    let contact = Contact { kind: "home".into(), phone: CANARY.into() };
    Canary {
        owner: CANARY.into(),
        no,
        email: format!("{CANARY}-{no}"),
        token: Token(CANARY.into()),
        contact: contact.clone(),
        other: contact,
        note: CANARY.into(),
        count: 7,
    }
}

fn key(no: u32) -> tablewright::Key<Canary> {
    Canary::key(CANARY, no)
}

/// Everything that was printed.
#[derive(Default)]
struct Seen(Vec<String>);

impl Seen {
    fn debug(&mut self, value: &dyn Debug) {
        self.0.push(format!("{value:?} {value:#?}"));
    }

    fn display(&mut self, value: &dyn Display) {
        self.0.push(value.to_string());
    }

    fn error<T>(&mut self, result: Result<T, Error>) -> Error {
        let Err(error) = result else { panic!("this fails") };
        self.debug(&error);
        self.display(&error);
        let mut source = error.source();
        while let Some(cause) = source {
            self.debug(&cause);
            self.display(&cause);
            source = cause.source();
        }
        error
    }
}

#[tokio::test]
async fn nothing_prints_a_value() {
    let before = traced();
    assert!(!before.contains(CANARY));
    let mut seen = Seen::default();
    let seal = CursorSeal::new(*b"CANARY-1f9c4e-is-32-bytes-long!!");
    seen.debug(&seal);
    for db in [
        Dynamo::embedded().await.unwrap(),
        Dynamo::builder().cursor_seal(seal.clone()).client(Embedded::memory().unwrap().sdk_client()),
    ] {
        db.create_tables(tables![Canary]).await.unwrap();
        calls(&db, &mut seen).await;
        refusals(&db, &mut seen).await;
    }
    streams(&mut seen).await;
    for printed in &seen.0 {
        assert!(!printed.contains(CANARY), "{printed}");
    }
    let told = traced();
    assert!(told.contains("canaries"), "the calls are traced");
    assert!(!told.contains(CANARY), "{}", told.lines().find(|line| line.contains(CANARY)).unwrap_or_default());
}

async fn calls(db: &Dynamo, seen: &mut Seen) {
    let item = canary(1);
    seen.debug(&item);
    seen.debug(&(key(1), &item.contact));
    assert!(format!("{item:?}").contains("email: <redacted>") && format!("{item:?}").contains("count: 7"), "{item:?}");
    assert!(format!("{item:?}").contains(r#"kind: "home""#), "a document prints what is not sensitive: {item:?}");
    let create = db.create(&item);
    seen.debug(&create);
    create.await.unwrap();
    for no in 2..5 {
        db.put(&canary(no)).await.unwrap();
    }
    let query = db.query(Canary::query(CANARY)).filter(|it| it.note.eq(CANARY)).take(2);
    seen.debug(&query);
    seen.debug(&query.preview().unwrap());
    let page = query.page().await.unwrap();
    seen.debug(&page);
    seen.debug(&page.cursor);
    let got = db.get(key(1)).await.unwrap();
    seen.debug(&got);
    let batch = db.batch_get([key(1), key(9)]).await.unwrap();
    seen.debug(&batch);
    seen.debug(&batch.into_answers());
    let update = db.update(key(1)).set(|it| it.note, CANARY).condition(|it| it.count.eq(7));
    seen.debug(&update);
    update.await.unwrap();
    let transaction = db.transact_write((db.create(&canary(9)), db.check_exists(key(1)))).freeze().unwrap();
    seen.debug(&transaction);
    seen.debug(transaction.request());
    transaction.send().await.unwrap();
    let pages = db.scan::<Canary>().segments(2).pages();
    seen.debug(&pages);
    seen.debug(&pages.checkpoint());
    seen.debug(&db);
}

async fn refusals(db: &Dynamo, seen: &mut Seen) {
    let there = seen.error(db.create(&canary(1)).await);
    seen.debug(&there.condition_failed().unwrap().stored::<Canary>().unwrap());
    seen.error(db.create(&Canary { no: 77, ..canary(1) }).await);
    seen.error(db.update(key(1)).set(|it| it.count, 8_u64).condition(|it| it.note.eq("another")).await);
    let both = [db.create(&canary(1)).into_action(), db.create(&Canary { no: 78, ..canary(2) }).into_action()];
    let cancelled = seen.error(db.transact_write(both).await);
    seen.debug(&cancelled.cancelled().unwrap().reasons());
    seen.error(db.get(Canary::key(CANARY.repeat(400), 1)).await);
    seen.error(db.put(&Canary { token: Token(format!("{CANARY}!")), ..canary(1) }).await);
    seen.error(db.update(key(1)).set(|it| it.note, CANARY).set(|it| it.note, CANARY).await);
    // What DynamoDB refuses, it may quote.
    let table = db.table_name::<Canary>();
    let raw = |operation, rest: &str| {
        let body = format!(r#"{{"TableName":"{table}",{rest}}}"#);
        db.execute_raw(Request { operation, table: table.clone(), body: body.into() })
    };
    seen.error(raw(Operation::PutItem, &format!(r#""Item":{{"pk":{{"N":"{CANARY}"}}}}"#)).await);
    let item = |no: u32, token: &str, count: &str| {
        format!(
            r#""Item":{{"pk":{{"S":"OWNER#{CANARY}"}},"sk":{{"S":"NO#{no:010}"}},"owner":{{"S":"{CANARY}"}},"no":{{"N":"{no}"}},
               "email":{{"S":"{CANARY}"}},"token":{token},"contact":{{"M":{{"kind":{{"S":"a"}},"phone":{{"S":"{CANARY}"}}}}}},
               "other":{{"M":{{"kind":{{"S":"a"}},"phone":{{"S":"{CANARY}"}}}}}},"note":{{"S":"{CANARY}"}},"count":{count}}}"#
        )
    };
    let refused = format!(r#"{{"S":"{CANARY}!"}}"#);
    for (no, token, count) in
        [(50, &*refused, r#"{"N":"1"}"#), (51, r#"{"N":"1"}"#, r#"{"N":"1"}"#), (52, r#"{"S":"x"}"#, &*refused)]
    {
        raw(Operation::PutItem, &item(no, token, count)).await.unwrap();
        let error = seen.error(db.get(key(no)).await);
        assert!(matches!(error, Error::Decode(_)), "{error:?}");
    }
    let other = Dynamo::with_executor(Lost);
    seen.error(other.put(&Canary { no: 1, ..canary(1) }).await);
    seen.error(other.query(Canary::query(CANARY)).await);
}

async fn streams(seen: &mut Seen) {
    let record = |token: &str| {
        format!(
            r#"{{"eventName":"INSERT","eventID":"1","dynamodb":{{"SequenceNumber":"7","Keys":{{"pk":{{"S":"OWNER#{CANARY}"}},
               "sk":{{"S":"NO#0000000001"}}}},"NewImage":{{"token":{{"S":"{token}"}}}}}}}}"#
        )
    };
    let event = format!(r#"{{"Records":[{}]}}"#, record(&format!("{CANARY}!")));
    let batch: Batch<Canary> = Batch::from_event(event).unwrap();
    seen.debug(&batch);
    let report = batch.handle(async |_| Ok::<_, std::convert::Infallible>(())).await;
    seen.debug(&report);
    seen.error(Batch::<Canary>::from_event(format!(r#"{{"Records":[{{"{CANARY}"#)));
}

/// A connection that breaks, and says what it was about.
#[derive(Debug)]
struct Lost;

impl Executor for Lost {
    fn execute(
        &self,
        request: Request,
    ) -> tablewright::testing::BoxFuture<'_, Result<tablewright::Response, tablewright::Failure>> {
        Box::pin(async move {
            let refused = format!(r#"{{"__type":"x#ValidationException","message":"{CANARY}"}}"#);
            let failure = tablewright::ServiceFailure::from_body(400, refused.into(), None);
            Err(match request.operation {
                Operation::Query => tablewright::Failure::Service(failure),
                _ => tablewright::Failure::TimedOut,
            })
        })
    }
}
