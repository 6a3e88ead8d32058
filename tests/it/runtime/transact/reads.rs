//! `transact_get`: items as they are at one moment, in the shape and order of the question.

use tablewright::prelude::*;
use tablewright::testing::Spy;
use tablewright::{Dynamo, Error, InvalidRequest, tables};

use super::script::{Script, Step};
use super::{Account, Transfer, account, key};
use crate::runtime::backends::for_each_backend;

/// A part of an account.
#[derive(DynamoAttribute, Debug, Clone, PartialEq)]
struct Balance {
    balance: i64,
}

async fn with_items(db: &Dynamo) {
    db.create_tables(tables![Account, Transfer]).await.unwrap();
    for number in 1..=3 {
        db.create(&account(number, i64::try_from(number).unwrap() * 10)).await.unwrap();
    }
    db.create(&Transfer { id: 7, amount: 5 }).await.unwrap();
}

#[tokio::test]
async fn the_answer_has_the_shape_of_the_question() {
    for_each_backend(async |db: Dynamo| {
        with_items(&db).await;
        let (third, transfer, missing, balance) = db
            .transact_get((
                key(3),
                Transfer::key(7),
                Transfer::key(8),
                db.get(key(1)).read_as::<Balance>().consistent(),
            ))
            .await
            .unwrap();
        assert_eq!(third.map(|account| account.balance), Some(30));
        assert_eq!((transfer, missing), (Some(Transfer { id: 7, amount: 5 }), None));
        assert_eq!(balance, Some(Balance { balance: 10 }));

        let list = db.transact_get(vec![key(2), key(9), key(1)]).await.unwrap();
        let balances: Vec<_> = list.iter().map(|account| account.as_ref().map(|account| account.balance)).collect();
        assert_eq!(balances, [Some(20), None, Some(10)]);
        let [second, first] = db.transact_get([key(2), key(1)]).await.unwrap();
        assert_eq!((second.unwrap().number, first.unwrap().number), (2, 1));
        let (only,) = db.transact_get((Transfer::key(7),)).await.unwrap();
        assert_eq!(only.unwrap().amount, 5);
    })
    .await;
}

#[tokio::test]
async fn a_transaction_of_reads_sees_all_of_a_transaction_of_writes_or_nothing() {
    for_each_backend(async |db: Dynamo| {
        with_items(&db).await;
        let moves = (0..20).map(|_| {
            let db = db.clone();
            tokio::spawn(async move {
                let take = db.update(key(1)).decrement(|a| a.balance, 1);
                db.transact_write((take, db.update(key(2)).increment(|a| a.balance, 1))).await.unwrap();
                let (first, second) = db.transact_get((key(1), key(2))).await.unwrap();
                first.unwrap().balance + second.unwrap().balance
            })
        });
        for sum in moves.collect::<Vec<_>>() {
            assert_eq!(sum.await.unwrap(), 30);
        }
    })
    .await;
}

#[tokio::test]
async fn an_item_of_another_shape_is_an_error_that_names_the_entity() {
    let answer = r#"{"Responses":[{"Item":{"id":{"N":"7"},"amount":{"S":"5"}}}]}"#;
    let db = Dynamo::with_executor(Spy::new().answer(answer));
    let error = db.transact_get((Transfer::key(7),)).await.unwrap_err();
    assert_eq!(error.to_string(), "attribute `amount` of `Transfer` cannot be read: expected type N, found type S");
}

#[tokio::test]
async fn the_request_is_what_is_sent() {
    let spy = Spy::new();
    let db = Dynamo::with_executor(spy.clone());
    let reads = db.transact_get((Transfer::key(7), db.get(key(1)).read_as::<Balance>()));
    let preview = reads.preview().unwrap();
    assert_eq!(reads.await.unwrap(), (None, None), "a spy without a script has no items");
    assert_eq!(spy.requests(), std::slice::from_ref(&preview));
    assert_eq!(&*preview.table, "tx-transfers, tx-accounts");
    assert_eq!(
        preview.json(),
        concat!(
            r##"{"TransactItems":[{"Get":{"TableName":"tx-transfers","Key":{"id":{"N":"7"}}}},"##,
            r##"{"Get":{"TableName":"tx-accounts","Key":{"bank":{"S":"b"},"number":{"N":"1"}},"##,
            r##""ProjectionExpression":"#n0","ExpressionAttributeNames":{"#n0":"balance"}}}],"##,
            r##""ReturnConsumedCapacity":"TOTAL"}"##
        )
    );
}

#[tokio::test]
async fn limits_are_checked_before_sending() {
    let spy = Spy::new();
    let db = Dynamo::with_executor(spy.clone());
    let twice = db.transact_get(vec![key(1), key(2), key(1)]).await.unwrap_err();
    assert!(matches!(twice, Error::Invalid(InvalidRequest::OneItemTwice { entity: "Account", first: 0, second: 2 })));
    let many = db.transact_get((0..101).map(key).collect::<Vec<_>>()).await.unwrap_err();
    assert!(matches!(many, Error::Invalid(InvalidRequest::TooManyActions { actions: 101 })));
    assert!(db.transact_get((Account::key("", 1),)).await.is_err());
    let other = Dynamo::with_executor(Spy::new());
    assert!(db.transact_get((key(1), other.get(key(2)))).await.is_err());
    assert_eq!(db.transact_get(Vec::<tablewright::Key<Account>>::new()).await.unwrap(), []);
    assert!(spy.requests().is_empty(), "nothing was sent");
    let all = db.transact_get((0..100).map(key).collect::<Vec<_>>()).await.unwrap();
    assert_eq!(all.len(), 100);
}

#[tokio::test]
async fn what_was_not_answered_is_not_absent() {
    for answer in ["{}", r#"{"Responses":[{}]}"#, r#"{"Responses":[{},{},{}]}"#] {
        let db = Dynamo::with_executor(Spy::new().answer(answer));
        let error = db.transact_get((key(1), key(2))).await.unwrap_err();
        assert!(matches!(error, Error::Decode(_)), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn conflicts_and_lost_answers_are_read_again() {
    use Step::*;
    let steps = [
        Cancel(&["TransactionConflict", "None"]),
        LoseAnswer,
        CutOff,
        Gateway(503),
        Refuse("ThrottlingException"),
        Cancel(&["None", "ProvisionedThroughputExceeded"]),
    ];
    let (db, script) = Script::new(&steps).await;
    db.create(&account(1, 10)).await.unwrap();
    let (first, second) = db.transact_get((key(1), key(2))).await.unwrap();
    assert_eq!((first.map(|account| account.balance), second), (Some(10), None));
    assert_eq!((script.attempts(), script.left()), (steps.len() + 1, 0));
}

#[tokio::test(start_paused = true)]
async fn what_lasts_is_an_error_of_a_read() {
    let play = async |step| {
        let mut policy = tablewright::RetryPolicy::default();
        policy.attempts = 3;
        let (db, script) = Script::with(&[step; 9], |builder| builder.retry_policy(policy)).await;
        (db.transact_get((key(1), key(2))).await.unwrap_err(), script.attempts())
    };
    let (error, attempts) = play(Step::Cancel(&["None", "TransactionConflict"])).await;
    assert_eq!(attempts, 3);
    assert_eq!(
        error.to_string(),
        "the transaction was cancelled and nothing was read: action 2 of 2, `get` of `Account`, met another write of the \
         same item, each time it was tried"
    );
    assert!(matches!(play(Step::LoseAnswer).await, (Error::Interrupted(_), 3)));
    assert!(matches!(play(Step::CutOff).await, (Error::Corrupt(_), 3)));
    assert!(matches!(play(Step::Cancel(&["ValidationError"])).await, (Error::Cancelled(_), 1)));
    assert!(matches!(play(Step::NotSent).await, (Error::Unreachable(_), 1)));
    let (error, _) = play(Step::Hang).await;
    assert!(matches!(error, Error::Interrupted(_)), "{error}");
}
