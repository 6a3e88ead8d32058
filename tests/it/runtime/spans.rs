//! What a call tells `tracing`: the operation and what it used, and no value of an item.

use std::io::Write;
use std::sync::{Arc, LazyLock, Mutex};

use tablewright::tables;
use tracing_subscriber::fmt::MakeWriter;

use super::model::{Order, order};

#[derive(Clone, Default)]
struct Sink(Arc<Mutex<Vec<u8>>>);

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Sink {
    type Writer = Self;
    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// What every call of the process has told since this was asked first.
pub(super) fn traced() -> String {
    static SINK: LazyLock<Sink> = LazyLock::new(|| {
        let sink = Sink::default();
        let subscriber = tracing_subscriber::fmt()
            .with_env_filter("tablewright=trace")
            .with_span_events(tracing_subscriber::fmt::format::FmtSpan::FULL)
            .with_ansi(false)
            .with_writer(sink.clone())
            .finish();
        // For the whole process: a subscriber of one thread misses spans that other threads have met without it.
        tracing::subscriber::set_global_default(subscriber).expect("this is the only subscriber");
        sink
    });
    String::from_utf8(SINK.0.lock().unwrap().clone()).unwrap()
}

#[tokio::test]
async fn spans_name_the_call_and_print_no_value() {
    let _ = traced();
    let db = tablewright::Dynamo::builder().table_prefix("spans-").embedded().await.unwrap();
    db.create_tables(tables![Order]).await.unwrap();
    let mut item = order("canary-customer", 7);
    item.note = Some("canary-note".into());
    db.create(&item).await.unwrap();
    let error = db.create(&item).await.unwrap_err();
    let _ = db.query(Order::query_by_status("open")).filter(|o| o.note.eq("canary-note")).await.unwrap();
    let both = (db.put(&item), db.condition_check(Order::key("canary-other", 1), |o| o.note.eq("canary-note")));
    let cancelled = db.transact_write(both).await.unwrap_err();
    db.transact_write(db.put(&item)).token("token-7").await.unwrap();
    assert!(db.transact_get((Order::key("canary-customer", 7),)).await.unwrap().0.is_some());
    let text = traced();
    let ours: Vec<&str> = text.lines().filter(|line| line.contains("table=\"spans-orders\"")).collect();
    for told in
        ["operation=\"PutItem\"", "attempts=1", "capacity_units=", "index=\"by-status\"", "error=\"condition_failed\""]
    {
        assert!(ours.iter().any(|line| line.contains(told)), "{told} in {ours:?}");
    }
    for (operation, told) in [
        ("TransactWriteItems", "error=\"cancelled\""),
        ("TransactWriteItems", "capacity_units="),
        ("TransactGetItems", "capacity_units=2"),
    ] {
        let of = format!("operation=\"{operation}\"");
        assert!(ours.iter().any(|line| line.contains(&of) && line.contains(told)), "{told} in {ours:?}");
    }
    assert!(!text.contains("canary"), "{text}");
    assert!(!format!("{error:?} {error} {cancelled:?} {cancelled}").contains("canary"));
}

#[tokio::test]
async fn a_reason_that_may_quote_a_value_is_given_on_request_only() {
    let body = r#"{"__type":"com.amazon.coral.validate#ValidationException","message":"bad value canary"}"#;
    let refusal = || tablewright::Failure::Service(tablewright::ServiceFailure::from_body(400, body.into(), None));
    let spy = tablewright::testing::Spy::new().play(Err(refusal())).play(Err(refusal()));
    let db = tablewright::Dynamo::with_executor(spy);
    for error in [db.put(&order("ann", 1)).await.unwrap_err(), db.scan::<Order>().await.unwrap_err()] {
        assert!(!format!("{error} {error:?}").contains("canary"), "{error}");
        let tablewright::Error::Refused(refusal) = error else { panic!("{error}") };
        assert_eq!((refusal.code(), refusal.message()), ("ValidationException", "bad value canary"));
    }
}
