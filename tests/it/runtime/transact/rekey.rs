//! Moving an item to another key: what guards it, what it says when it does not move, and what it sends.

use std::collections::BTreeMap;

use tablewright::prelude::*;
use tablewright::request::{Rekey, Rekeyed};
use tablewright::testing::Spy;
use tablewright::{Dynamo, EpochSeconds, Error, InvalidRequest, Value, tables};

use crate::runtime::backends::{for_each_backend, put_json};

/// A conversation in a user's list, under the time of its last message.
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(table = "tx-rows")]
struct Row {
    #[dynamo(partition_key)]
    user: u64,
    #[dynamo(sort_key)]
    at: u64,
    text: String,
    pinned: Option<bool>,
    #[dynamo(default)]
    moves: u64,
    score: Option<f64>,
    #[dynamo(created_at)]
    begun: EpochSeconds,
    #[dynamo(updated_at)]
    changed: EpochSeconds,
    #[dynamo(rest)]
    rest: BTreeMap<String, Value>,
}

fn row(at: u64, text: &str) -> Row {
    let (begun, changed) = (EpochSeconds(1), EpochSeconds(2));
    Row { user: 7, at, text: text.into(), pinned: None, moves: 0, score: None, begun, changed, rest: BTreeMap::new() }
}

/// The row as it is stored under its key.
async fn stored(db: &Dynamo, at: u64) -> Option<Row> {
    db.get(Row::key(7, at)).consistent().await.unwrap()
}

/// The times and texts of the rows that there are.
async fn rows(db: &Dynamo) -> Vec<(u64, String)> {
    let rows = db.query(Row::query(7)).consistent().await.unwrap();
    rows.into_iter().map(|row| (row.at, row.text)).collect()
}

/// An empty table with this row.
async fn with(db: &Dynamo, row: &Row) -> Row {
    db.create_tables(tables![Row]).await.unwrap();
    db.create(row).await.unwrap();
    stored(db, row.at).await.unwrap()
}

/// The places and codes of the reasons, and what is stored in the way of each.
fn reasons(error: &Error) -> Vec<(usize, &str, Option<Row>)> {
    let reasons = error.cancelled().unwrap_or_else(|| panic!("{error}")).reasons();
    reasons.iter().map(|reason| (reason.index(), reason.code(), reason.stored_as().unwrap())).collect()
}

const FAILED: &str = "ConditionalCheckFailed";

#[tokio::test]
async fn an_item_moves_with_everything_that_it_has() {
    for_each_backend(async |db: Dynamo| {
        let mut first = row(1, "first");
        first.rest.insert("colour".into(), Value::S("red".into()));
        let old = with(&db, &first).await;
        let new = Row { at: 2, text: "second".into(), pinned: Some(true), ..old.clone() };
        assert_eq!(db.rekey(&old, &new).await.unwrap(), Rekeyed::Moved);
        let moved = stored(&db, 2).await.unwrap();
        assert!(moved.changed >= old.changed);
        assert_eq!(moved, Row { changed: moved.changed, ..new });
        assert_eq!(moved.begun, old.begun, "a move is not a beginning");
        assert_eq!(stored(&db, 1).await, None);
    })
    .await;
}

#[tokio::test]
async fn only_the_item_that_was_read_moves() {
    for_each_backend(async |db: Dynamo| {
        let old = with(&db, &row(1, "first")).await;
        let stale = [
            Row { text: "other".into(), ..old.clone() },
            Row { pinned: Some(true), ..old.clone() },
            Row { moves: 3, ..old.clone() },
            Row { changed: EpochSeconds(3), ..old.clone() },
            Row { rest: BTreeMap::from([("colour".into(), Value::Null)]), ..old.clone() },
        ];
        for stale in stale {
            // To another key, and in place.
            for at in [2, 1] {
                let new = Row { at, text: "second".into(), ..stale.clone() };
                let error = db.rekey(&stale, &new).await.unwrap_err();
                assert!(error.is_definitely_not_applied());
                assert_eq!(reasons(&error), [(0, FAILED, Some(old.clone()))], "{stale:?}");
            }
        }
        // What the entity can have and the old item lacks is in the way as well.
        db.update(Row::key(7, 1)).set(|r| r.pinned, true).await.unwrap();
        let error = db.rekey(&old, &Row { at: 2, ..old.clone() }).await.unwrap_err();
        assert_eq!(reasons(&error), [(0, FAILED, stored(&db, 1).await)]);
        assert_eq!(rows(&db).await, [(1, "first".into())]);
    })
    .await;
}

#[tokio::test]
async fn what_is_gone_and_what_is_in_the_way_are_told_apart() {
    for_each_backend(async |db: Dynamo| {
        let here = with(&db, &row(1, "here")).await;
        let gone = row(3, "gone");
        let to = |at, from: &Row| Row { at, ..from.clone() };
        let error = db.rekey(&gone, &to(4, &gone)).await.unwrap_err();
        assert_eq!(reasons(&error), [(0, FAILED, None)]);
        let error = db.rekey(&gone, &to(3, &gone)).await.unwrap_err();
        assert_eq!(reasons(&error), [(0, FAILED, None)], "a move in place creates nothing");
        let error = db.rekey(&gone, &to(1, &gone)).await.unwrap_err();
        assert_eq!(reasons(&error), [(0, FAILED, None), (1, FAILED, Some(here.clone()))]);
        db.create(&row(2, "other")).await.unwrap();
        let error = db.rekey(&here, &to(2, &here)).await.unwrap_err();
        assert_eq!(reasons(&error), [(1, FAILED, stored(&db, 2).await)], "another item is not written over");
        let met = db.transact_write(db.rekey(&here, &to(2, &here))).if_met().await.unwrap();
        assert_eq!(met, None);
        assert_eq!(rows(&db).await, [(1, "here".into()), (2, "other".into())]);
    })
    .await;
}

#[tokio::test]
async fn a_move_again_moves_nothing() {
    for_each_backend(async |db: Dynamo| {
        let old = with(&db, &row(1, "first")).await;
        let new = Row { at: 2, text: "second".into(), ..old.clone() };
        assert_eq!(db.rekey(&old, &new).await.unwrap(), Rekeyed::Moved);
        let moved = stored(&db, 2).await;
        let error = db.rekey(&old, &new).await.unwrap_err();
        assert_eq!(reasons(&error), [(0, FAILED, None), (1, FAILED, moved.clone())], "it is there already");
        assert_eq!(rows(&db).await, [(2, "second".into())]);
        assert_eq!(stored(&db, 2).await, moved);
    })
    .await;
}

#[tokio::test]
async fn under_its_own_key_an_item_is_replaced() {
    for_each_backend(async |db: Dynamo| {
        let old = with(&db, &row(1, "first")).await;
        let new = Row { text: "second".into(), moves: 1, ..old.clone() };
        assert_eq!(db.rekey(&old, &new).await.unwrap(), Rekeyed::Moved);
        let replaced = stored(&db, 1).await.unwrap();
        assert_eq!(replaced, Row { changed: replaced.changed, ..new.clone() });
        let error = db.rekey(&old, &new).await.unwrap_err();
        assert_eq!(reasons(&error), [(0, FAILED, Some(replaced))]);
    })
    .await;
}

#[tokio::test]
async fn of_two_movers_one_moves() {
    for_each_backend(async |db: Dynamo| {
        let old = with(&db, &row(1, "first")).await;
        let [second, third] =
            [(2, "second"), (3, "third")].map(|(at, text)| Row { at, ..Row { text: text.into(), ..old.clone() } });
        let both = tokio::join!(db.rekey(&old, &second).into_future(), db.rekey(&old, &third).into_future());
        let (lost, left) = match both {
            (Ok(Rekeyed::Moved), Err(error)) => (error, (2, "second".to_owned())),
            (Err(error), Ok(Rekeyed::Moved)) => (error, (3, "third".to_owned())),
            both => panic!("{both:?}"),
        };
        assert_eq!(reasons(&lost), [(0, FAILED, None)]);
        assert_eq!(rows(&db).await, [left]);
    })
    .await;
}

#[tokio::test]
async fn backwards_nothing_is_sent() {
    let spy = Spy::new();
    let db = Dynamo::with_executor(spy.clone());
    let old = row(5, "fifth");
    for at in [4, 5] {
        let new = row(at, "earlier");
        assert_eq!(db.rekey(&old, &new).forward_by(|r| r.at).await.unwrap(), Rekeyed::NotForward);
        // In a list it has no actions, and of a list of such moves there is nothing to send.
        let moves = || db.transact_write(vec![db.rekey(&old, &new).forward_by(|r| r.at)]);
        moves().await.unwrap();
        assert_eq!(moves().and(()).if_met().await.unwrap(), Some(()));
        let empty = |error| assert!(matches!(error, Error::Invalid(InvalidRequest::EmptyTransaction)), "{error}");
        empty(moves().preview().unwrap_err());
        // Who asks for nothing at all has made a mistake.
        empty(db.transact_write(Vec::<Rekey<'_, Row>>::new()).await.unwrap_err());
        empty(db.transact_write(()).await.unwrap_err());
    }
    // What cannot be compared is not ahead, and each value that is given must be ahead.
    let (nan, six) = (Row { score: Some(f64::NAN), ..row(6, "sixth") }, row(6, "sixth"));
    assert_eq!(db.rekey(&old, &nan).forward_by(|r| r.score.unwrap_or_default()).await.unwrap(), Rekeyed::NotForward);
    let both = db.rekey(&old, &six).forward_by(|r| r.at).forward_by(|r| r.moves);
    assert_eq!(both.await.unwrap(), Rekeyed::NotForward);
    assert!(spy.requests().is_empty());
    let back = row(4, "back");
    let moves = vec![db.rekey(&old, &back).forward_by(|r| r.at), db.rekey(&old, &six).forward_by(|r| r.at)];
    let preview = db.transact_write(moves).preview().unwrap();
    assert_eq!(preview.json().matches(r#""TableName""#).count(), 2, "only the second one has actions: {preview:?}");
}

#[tokio::test]
async fn a_list_of_moves_is_all_or_nothing() {
    for_each_backend(async |db: Dynamo| {
        let old = with(&db, &row(1, "first")).await;
        let gone = row(3, "gone");
        let (new, back) = (Row { at: 2, ..old.clone() }, Row { at: 4, ..gone.clone() });
        let moves = || vec![db.rekey(&old, &new), db.rekey(&gone, &back)];
        let error = db.transact_write(moves()).await.unwrap_err();
        assert_eq!(reasons(&error), [(2, FAILED, None)]);
        assert_eq!(rows(&db).await, [(1, "first".into())]);
        // One item in two moves, as a chain would have it, is refused here.
        let error = db.transact_write(vec![db.rekey(&old, &new), db.rekey(&new, &back)]).await.unwrap_err();
        assert!(matches!(error, Error::Invalid(InvalidRequest::OneItemTwice { first: 1, second: 2, .. })), "{error}");
        let unpinned = db.rekey(&old, &new).condition(|r| r.pinned.eq(true));
        assert_eq!(reasons(&unpinned.await.unwrap_err()), [(0, FAILED, Some(old.clone()))]);
    })
    .await;
}

/// Puts an item as another program, or an older version of this one, wrote it.
async fn put_raw(db: &Dynamo, attributes: &str) {
    put_json::<Row>(db, &format!(r#"{{"user":{{"N":"7"}},"text":{{"S":"first"}},{attributes}}}"#)).await;
}

const STAMPS: &str = r#""begun":{"N":"1"},"changed":{"N":"2"}"#;

#[tokio::test]
async fn an_item_moves_that_is_read_by_its_defaults() {
    for_each_backend(async |db: Dynamo| {
        db.create_tables(tables![Row]).await.unwrap();
        // Before there was the attribute `moves`; and `NULL` is how some write that there is no value.
        put_raw(&db, &format!(r#""at":{{"N":"1"}},{STAMPS}"#)).await;
        put_raw(&db, &format!(r#""at":{{"N":"2"}},"pinned":{{"NULL":true}},"moves":{{"N":"0.0"}},{STAMPS}"#)).await;
        for at in [1, 2] {
            let old = stored(&db, at).await.unwrap();
            assert_eq!((old.pinned, old.moves), (None, 0));
            // The default is what it is read as; any other value was not read.
            let other = Row { moves: 9, ..old.clone() };
            let error = db.rekey(&other, &Row { at: 8, ..old.clone() }).await.unwrap_err();
            assert_eq!(reasons(&error), [(0, FAILED, Some(old.clone()))]);
            assert_eq!(db.rekey(&old, &Row { at: at + 10, ..old.clone() }).await.unwrap(), Rekeyed::Moved);
        }
        assert_eq!(rows(&db).await, [(11, "first".into()), (12, "first".into())]);
    })
    .await;
}

#[tokio::test]
async fn an_old_item_that_cannot_be_stored_guards_nothing_and_is_refused() {
    for_each_backend(async |db: Dynamo| {
        let old = with(&db, &row(1, "first")).await;
        for at in [1, 2] {
            let unread = Row { score: Some(f64::NAN), text: "other".into(), ..old.clone() };
            let error = db.rekey(&unread, &Row { at, ..old.clone() }).await.unwrap_err();
            assert!(matches!(error, Error::Encode(_)), "{error}");
        }
        assert_eq!(rows(&db).await, [(1, "first".into())]);
    })
    .await;
}

/// The units of a transaction, as the answer counts them.
async fn units(db: &Dynamo, transaction: tablewright::request::TransactWrite) -> f64 {
    let answer = db.execute_raw(transaction.preview().unwrap()).await.unwrap();
    let answer: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
    let consumed = answer["ConsumedCapacity"].as_array().unwrap();
    consumed.iter().map(|table| table["CapacityUnits"].as_f64().unwrap()).sum()
}

#[tokio::test]
async fn a_move_costs_two_units_for_each_kb_of_both_items() {
    let db = Dynamo::embedded().await.unwrap();
    let old = with(&db, &row(1, &"x".repeat(1500))).await;
    let new = Row { at: 2, text: "short".into(), ..old.clone() };
    assert_eq!(units(&db, db.transact_write(db.rekey(&old, &new))).await, 2.0 * 2.0 + 2.0);
    let old = stored(&db, 2).await.unwrap();
    let new = Row { text: "in place".into(), ..old.clone() };
    assert_eq!(units(&db, db.transact_write(db.rekey(&old, &new))).await, 2.0);
}

#[test]
fn a_move_prints_no_value() {
    let db = Dynamo::with_executor(Spy::new());
    let (old, new) = (row(1, "canary"), row(2, "canary"));
    assert_eq!(format!("{:?}", db.rekey(&old, &new)), r#"Rekey { entity: "Row", .. }"#);
}
