//! What transactions do, on every backend.

use tablewright::request::{Action, IntoAction};
use tablewright::{Dynamo, Error, tables};

use super::{Account, Transfer, account, balance, key};
use crate::runtime::backends::for_each_backend;

async fn with_accounts(db: &Dynamo) {
    db.create_tables(tables![Account, Transfer]).await.expect("the tables are made");
    db.create(&account(1, 100)).await.unwrap();
    db.create(&account(2, 0)).await.unwrap();
}

#[tokio::test]
async fn every_verb_is_an_action() {
    for_each_backend(async |db: Dynamo| {
        with_accounts(&db).await;
        db.create(&account(3, 3)).await.unwrap();
        db.create(&account(4, 4)).await.unwrap();
        db.transact_write((
            db.create(&Transfer { id: 7, amount: 5 }),
            db.put(&account(2, 22)).condition(|a| a.balance.eq(0)),
            db.update(key(1)).decrement(|a| a.balance, 5).set(|a| a.note, "paid").condition(|a| a.balance.ge(5)),
            db.upsert(key(5)).set(|a| a.balance, 55),
            db.delete(key(3)).condition(|a| a.balance.eq(3)),
            db.condition_check(key(4), |a| a.balance.eq(4)).condition(|a| a.note.not_exists()),
        ))
        .await
        .unwrap();
        let balances = [balance(&db, 1).await, balance(&db, 2).await, balance(&db, 3).await, balance(&db, 5).await];
        assert_eq!(balances, [Some(95), Some(22), None, Some(55)]);
        assert_eq!(balance(&db, 4).await, Some(4));
        assert_eq!(db.get(Transfer::key(7)).consistent().await.unwrap(), Some(Transfer { id: 7, amount: 5 }));
        let first = db.get(key(1)).consistent().await.unwrap().unwrap();
        assert_eq!(first.note.as_deref(), Some("paid"));
    })
    .await;
}

#[tokio::test]
async fn time_stamps_are_those_of_single_writes() {
    let now = std::sync::Arc::new(std::sync::atomic::AtomicU64::new(1000));
    let clock = std::sync::Arc::clone(&now);
    let second = move || {
        std::time::UNIX_EPOCH + std::time::Duration::from_secs(clock.load(std::sync::atomic::Ordering::Relaxed))
    };
    let db = Dynamo::builder().clock(second).embedded().await.unwrap();
    with_accounts(&db).await;
    now.store(2000, std::sync::atomic::Ordering::Relaxed);
    let actions = (
        db.create(&account(3, 0)),
        db.put(&account(2, 0)),
        db.update(key(1)).set(|a| a.balance, 1),
        db.upsert(key(5)).set(|a| a.balance, 1),
    );
    db.transact_write(actions).await.unwrap();
    let mut stamps = Vec::new();
    for number in [3, 2, 1, 5] {
        let account = db.get(key(number)).await.unwrap().unwrap();
        stamps.push((account.opened.0, account.changed.0));
    }
    // `put` keeps what the item says of its creation, as a single `put` does.
    assert_eq!(stamps, [(2000, 2000), (1, 2000), (1000, 2000), (2000, 2000)]);
}

#[tokio::test]
async fn a_cancelled_transaction_says_why_for_each_action() {
    for_each_backend(async |db: Dynamo| {
        with_accounts(&db).await;
        let error = db
            .transact_write((
                db.create(&account(1, 0)),
                db.create(&Transfer { id: 7, amount: 5 }),
                db.update(key(9)).set(|a| a.balance, 1),
                db.condition_check(key(2), |a| a.balance.gt(0)),
            ))
            .await
            .unwrap_err();
        assert!(error.is_definitely_not_applied());
        assert_eq!(
            error.to_string(),
            "the transaction was cancelled and nothing was written: action 1 of 4, `create` of `Account`, did not meet its \
             condition: an item with this key is there already; action 3 of 4, `update` of `Account`, did not meet its \
             condition: there is no item with this key; action 4 of 4, `condition_check` of `Account`, did not meet its \
             condition"
        );
        let cancelled = error.cancelled().expect("it was cancelled");
        assert!(cancelled.is_condition_failed() && !cancelled.is_conflict());
        let reasons: Vec<_> = cancelled.reasons().iter().map(|r| (r.index(), r.entity(), r.code())).collect();
        let code = "ConditionalCheckFailed";
        assert_eq!(reasons, [(0, Some("Account"), code), (2, Some("Account"), code), (3, Some("Account"), code)]);
        let stored = |index: usize| cancelled.reason(index).unwrap().stored_as::<Account>().unwrap();
        assert_eq!(stored(0).map(|account| account.balance), Some(100));
        assert_eq!(stored(2), None);
        assert_eq!(stored(3).map(|account| account.number), Some(2));
        assert!(cancelled.reason(1).is_none());
        assert!(cancelled.reasons()[0].stored_as::<Transfer>().is_err(), "an account is no transfer");
        assert_eq!(db.get(Transfer::key(7)).consistent().await.unwrap(), None, "nothing was written");
        assert_eq!(balance(&db, 1).await, Some(100));
    })
    .await;
}

#[tokio::test]
async fn conditions_that_are_not_met_can_be_an_answer() {
    for_each_backend(async |db: Dynamo| {
        with_accounts(&db).await;
        let take = |amount: i64| {
            let from = db.update(key(1)).decrement(|a| a.balance, amount).condition(move |a| a.balance.ge(amount));
            db.transact_write((from, db.update(key(2)).increment(|a| a.balance, amount)))
        };
        assert_eq!(take(60).if_met().await.unwrap(), Some(()));
        assert_eq!(take(60).if_met().await.unwrap(), None);
        assert_eq!((balance(&db, 1).await, balance(&db, 2).await), (Some(40), Some(60)));
    })
    .await;
}

#[tokio::test]
async fn actions_are_made_at_run_time() {
    for_each_backend(async |db: Dynamo| {
        with_accounts(&db).await;
        let mut actions: Vec<Action> = (10..14).map(|number| db.put(&account(number, 1)).into_action()).collect();
        actions.push(db.create(&Transfer { id: 1, amount: 1 }).into_action());
        let mut transaction = db.transact_write(actions).and([db.delete(key(1)), db.delete(key(2))]);
        transaction.extend((20..22).map(|number| db.put(&account(number, 2))));
        transaction.and(db.put(&account(30, 3))).await.unwrap();
        let mut balances = Vec::new();
        for number in [1, 2, 10, 13, 20, 21, 30] {
            balances.push(balance(&db, number).await);
        }
        assert_eq!(balances, [None, None, Some(1), Some(1), Some(2), Some(2), Some(3)]);
    })
    .await;
}

#[tokio::test]
async fn an_item_moves_to_another_key() {
    for_each_backend(async |db: Dynamo| {
        with_accounts(&db).await;
        let mut moved = account(7, 100);
        moved.note = Some("moved".into());
        let rekey = || (db.delete(key(1)).condition(|a| a.balance.eq(100)), db.create(&moved));
        db.transact_write(rekey()).await.unwrap();
        assert_eq!((balance(&db, 1).await, balance(&db, 7).await), (None, Some(100)));
        let again = db.transact_write(rekey()).await.unwrap_err();
        assert_eq!(again.cancelled().unwrap().reasons().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_token_is_applied_once() {
    for_each_backend(async |db: Dynamo| {
        with_accounts(&db).await;
        db.create(&Transfer { id: 7, amount: 0 }).await.unwrap();
        let token = format!("{:x}", db.new_id());
        let add = || db.transact_write(db.update(Transfer::key(7)).increment(|t| t.amount, 5)).token(&*token);
        add().await.unwrap();
        add().await.unwrap();
        assert_eq!(db.get(Transfer::key(7)).consistent().await.unwrap().unwrap().amount, 5);
        let other = db.transact_write(db.delete(Transfer::key(7))).token(&*token).await.unwrap_err();
        let Error::Refused(refusal) = &other else { panic!("{other}") };
        assert_eq!(refusal.code(), "IdempotentParameterMismatchException");
        assert!(other.is_definitely_not_applied());
    })
    .await;
}

#[tokio::test]
async fn a_table_that_is_not_there_is_named() {
    for_each_backend(async |db: Dynamo| {
        db.create_tables(tables![Transfer]).await.unwrap();
        let actions = (db.put(&Transfer { id: 1, amount: 1 }), db.put(&account(1, 1)), db.delete(Transfer::key(2)));
        let error = db.transact_write(actions).await.unwrap_err();
        let Error::TableNotFound(refusal) = &error else { panic!("{error:?}") };
        let names = format!("{}, {}", db.table_name::<Transfer>(), db.table_name::<Account>());
        assert_eq!(refusal.table(), names);
        assert_eq!(db.get(Transfer::key(1)).consistent().await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn of_transactions_at_once_all_or_none_are_seen() {
    for_each_backend(async |db: Dynamo| {
        with_accounts(&db).await;
        let transfers = (0..20).map(|n| {
            let db = db.clone();
            tokio::spawn(async move {
                let (from, to) = if n % 2 == 0 { (1, 2) } else { (2, 1) };
                let take = db.update(key(from)).decrement(|a| a.balance, 30).condition(|a| a.balance.ge(30));
                db.transact_write((take, db.update(key(to)).increment(|a| a.balance, 30))).if_met().await.unwrap()
            })
        });
        for done in transfers.collect::<Vec<_>>() {
            done.await.unwrap();
        }
        let sum = balance(&db, 1).await.unwrap() + balance(&db, 2).await.unwrap();
        assert_eq!(sum, 100);
    })
    .await;
}
