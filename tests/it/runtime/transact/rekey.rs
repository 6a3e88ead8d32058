//! Moves of items to other keys: one item before, one item after, and never an older one.

use tablewright::prelude::*;
use tablewright::request::Rekeyed;
use tablewright::testing::Embedded;
use tablewright::{Dynamo, Error, tables};

use super::script::{Script, Step};
use super::{Account, account, key};
use crate::runtime::backends::for_each_backend;
use crate::runtime::flaky::Random;

/// A conversation in a user's list, under the time of its last message.
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(table = "tx-rows", partition_key = "USER#{user}", sort_key = "{at}")]
struct Row {
    #[dynamo(key_only)]
    user: u64,
    #[dynamo(key_only)]
    at: u64,
    text: String,
    note: Option<String>,
}

fn row(at: u64, text: &str) -> Row {
    Row { user: 7, at, text: text.into(), note: None }
}

async fn rows(db: &Dynamo) -> Vec<Row> {
    db.query(Row::query(7_u64)).consistent().await.unwrap()
}

async fn with_row(db: &Dynamo) -> Row {
    db.create_tables(tables![Row]).await.unwrap();
    let old = row(10, "old");
    db.create(&old).await.unwrap();
    old
}

fn is_cancelled(moved: &Result<Rekeyed, Error>) -> bool {
    matches!(moved, Err(Error::Cancelled(_)))
}

#[tokio::test]
async fn an_item_is_under_its_new_key_and_no_longer_under_the_old_one() {
    for_each_backend(async |db| {
        let old = with_row(&db).await;
        let new = row(20, "new");
        assert_eq!(db.rekey(&old, &new).forward_by(|row| row.at).await.unwrap(), Rekeyed::Moved);
        assert_eq!(rows(&db).await, [new.clone()]);
        // The same event again: what it would move is not there any more.
        assert!(is_cancelled(&db.rekey(&old, &new).forward_by(|row| row.at).await));
        let other = row(5, "backwards, since nothing forbids it");
        assert_eq!(db.rekey(&new, &other).await.unwrap(), Rekeyed::Moved);
        assert_eq!(rows(&db).await, [other]);
    })
    .await;
}

#[tokio::test]
async fn nothing_is_sent_for_an_event_that_is_late_or_comes_again() {
    let engine = Embedded::memory().unwrap();
    let old = with_row(&Dynamo::with_executor(engine.clone())).await;
    let spy = tablewright::testing::Spy::new();
    let db = Dynamo::with_executor(spy.clone());
    for at in [9, 10] {
        let moved = db.rekey(&old, &row(at, "late")).forward_by(|row| row.at).await;
        assert_eq!(moved.unwrap(), Rekeyed::NotForward);
    }
    assert_eq!(spy.requests().len(), 0);
    // In a list the others move.
    let db = Dynamo::with_executor(engine);
    let second = Row { user: 8, ..old.clone() };
    db.create(&second).await.unwrap();
    let (late, new) = (row(9, "late"), Row { at: 11, ..second.clone() });
    let moves = [(&old, &late), (&second, &new)].map(|(old, new)| db.rekey(old, new).forward_by(|row| row.at));
    db.transact_write(Vec::from(moves)).await.unwrap();
    assert_eq!(rows(&db).await, [old]);
    assert_eq!(db.query(Row::query(8_u64)).await.unwrap(), [new]);
}

#[tokio::test]
async fn a_move_of_what_is_not_stored_so_changes_nothing() {
    for_each_backend(async |db| {
        let old = with_row(&db).await;
        let new = row(20, "new");
        let noted = Row { note: Some("read".into()), ..old.clone() };
        for wrong in [row(10, "other"), noted, row(11, "old")] {
            assert!(is_cancelled(&db.rekey(&wrong, &new).await), "{wrong:?}");
        }
        db.update(old.primary_key()).set(|row| row.note, "read").await.unwrap();
        assert!(is_cancelled(&db.rekey(&old, &new).await), "a note that the move would lose");
        let stored = rows(&db).await;
        assert_eq!(stored.len(), 1);
        // Something is under the new key.
        db.create(&new).await.unwrap();
        assert!(is_cancelled(&db.rekey(&stored[0], &Row { text: "mine".into(), ..new.clone() }).await));
        assert_eq!(rows(&db).await, [stored[0].clone(), new.clone()]);
        let Err(Error::Cancelled(cancelled)) = db.rekey(&stored[0], &new).condition(|row| row.text.eq("x")).await
        else {
            panic!("two conditions fail");
        };
        assert_eq!(cancelled.reasons().iter().filter(|reason| reason.is_condition_failed()).count(), 2);
        // The item is gone: it does not come back.
        db.delete(new.primary_key()).await.unwrap();
        db.delete(old.primary_key()).await.unwrap();
        assert!(is_cancelled(&db.rekey(&stored[0], &new).await));
        assert_eq!(rows(&db).await, []);
    })
    .await;
}

#[tokio::test]
async fn a_move_to_its_own_key_is_a_guarded_replacement() {
    for_each_backend(async |db| {
        let old = with_row(&db).await;
        let new = row(10, "new");
        assert_eq!(db.rekey(&old, &new).await.unwrap(), Rekeyed::Moved);
        assert_eq!(rows(&db).await, [new.clone()]);
        assert!(is_cancelled(&db.rekey(&old, &row(10, "other")).await));
        assert_eq!(rows(&db).await, [new]);
    })
    .await;
}

#[tokio::test]
async fn several_moves_happen_together_or_not_at_all() {
    for_each_backend(async |db| {
        let first = with_row(&db).await;
        let second = Row { user: 8, ..first.clone() };
        db.create(&second).await.unwrap();
        let moved = |old: &Row| Row { at: 20, ..old.clone() };
        let (to_first, to_second) = (moved(&first), moved(&second));
        let stale = Row { text: "stale".into(), ..second.clone() };
        let moves = vec![db.rekey(&first, &to_first), db.rekey(&stale, &to_second)];
        assert!(matches!(db.transact_write(moves).await, Err(Error::Cancelled(_))));
        assert_eq!(rows(&db).await, [first.clone()]);
        db.transact_write(vec![db.rekey(&first, &to_first), db.rekey(&second, &to_second)]).await.unwrap();
        assert_eq!(rows(&db).await, [to_first]);
        assert_eq!(db.query(Row::query(8_u64)).await.unwrap(), [to_second]);
    })
    .await;
}

/// Movers that read and move in any order: there is one row at each moment, and in the end the newest.
#[tokio::test]
async fn movers_at_once_leave_one_row_with_the_newest_text() {
    for seed in 0..20 {
        let db = Dynamo::with_executor(Embedded::memory().unwrap());
        let mut random = Random::new(seed);
        let mut best = with_row(&db).await.at;
        let mut read: Vec<Option<Row>> = vec![None; 4];
        for step in 0..60 {
            let mover = usize::try_from(random.below(4)).unwrap();
            let Some(old) = read[mover].take() else {
                read[mover] = rows(&db).await.pop();
                continue;
            };
            let new = row(1 + random.below(40), &format!("step {step}"));
            match db.rekey(&old, &new).forward_by(|row| row.at).await {
                Ok(Rekeyed::Moved) => {
                    assert!(new.at > best, "seed {seed}: back from {best} to {}", new.at);
                    best = new.at;
                }
                Ok(Rekeyed::NotForward) | Err(Error::Cancelled(_)) => {}
                Err(error) => panic!("{error}"),
            }
            let rows = rows(&db).await;
            assert_eq!(rows.iter().map(|row| row.at).collect::<Vec<_>>(), [best], "seed {seed}");
        }
        assert!(best > 10, "seed {seed} moved nothing");
    }
}

#[tokio::test(start_paused = true)]
async fn a_move_whose_answer_is_lost_happens_once() {
    for steps in [&[Step::LoseAnswer][..], &[Step::LoseRequest, Step::LoseAnswer], &[Step::CutOff], &[Step::Hang]] {
        let (db, script) = Script::new(steps).await;
        db.create(&account(1, 100)).await.unwrap();
        let old = db.get(key(1)).await.unwrap().unwrap();
        let new = Account { number: 2, ..old.clone() };
        assert_eq!(db.rekey(&old, &new).await.unwrap(), Rekeyed::Moved, "{steps:?}");
        let all = db.query(Account::query("b")).await.unwrap();
        assert_eq!(all.iter().map(|account| (account.number, account.balance)).collect::<Vec<_>>(), [(2, 100)]);
        assert_eq!((script.attempts(), script.left()), (steps.len() + 1, 0), "{steps:?}");
    }
}
