//! What is refused before anything is sent.

use tablewright::testing::Spy;
use tablewright::{Dynamo, Error, InvalidRequest, Number};

use super::{Account, Entry, Transfer, account, key};

fn message(transaction: &tablewright::request::TransactWrite) -> String {
    match transaction.preview() {
        Ok(_) => "nothing was refused".to_owned(),
        Err(error) => error.to_string(),
    }
}

fn spy() -> (Dynamo, Spy) {
    let spy = Spy::new();
    (Dynamo::builder().id_source(|| 1).executor(spy.clone()), spy)
}

#[test]
fn the_request_is_what_is_sent() {
    let epoch = || std::time::UNIX_EPOCH;
    let db = Dynamo::builder().id_source(|| 1).clock(epoch).table_prefix("p-").executor(Spy::new());
    let request = db
        .transact_write((
            db.create(&Transfer { id: 7, amount: 5 }),
            db.update(key(1)).increment(|a| a.balance, 5),
            db.delete(Transfer::key(8)),
            db.condition_check(key(2), |a| a.balance.gt(0)),
        ))
        .token("cause-1")
        .preview()
        .unwrap();
    assert_eq!(&*request.table, "p-tx-transfers, p-tx-accounts");
    assert_eq!(
        request.json(),
        concat!(
            r##"{"TransactItems":[{"Put":{"TableName":"p-tx-transfers","Item":{"id":{"N":"7"},"amount":{"N":"5"}},"##,
            r##""ConditionExpression":"attribute_not_exists(#n0)","ReturnValuesOnConditionCheckFailure":"ALL_OLD","##,
            r##""ExpressionAttributeNames":{"#n0":"id"}}},"##,
            r##"{"Update":{"TableName":"p-tx-accounts","Key":{"bank":{"S":"b"},"number":{"N":"1"}},"##,
            r##""UpdateExpression":"SET #n0 = :v0 ADD #n1 :v1","ConditionExpression":"attribute_exists(#n2)","##,
            r##""ReturnValuesOnConditionCheckFailure":"ALL_OLD","ExpressionAttributeNames":{"#n0":"changed","##,
            r##""#n1":"balance","#n2":"bank"},"ExpressionAttributeValues":{":v0":{"N":"0"},":v1":{"N":"5"}}}},"##,
            r##"{"Delete":{"TableName":"p-tx-transfers","Key":{"id":{"N":"8"}}}},"##,
            r##"{"ConditionCheck":{"TableName":"p-tx-accounts","Key":{"bank":{"S":"b"},"number":{"N":"2"}},"##,
            r##""ConditionExpression":"#n0 > :v0","ReturnValuesOnConditionCheckFailure":"ALL_OLD","##,
            r##""ExpressionAttributeNames":{"#n0":"balance"},"ExpressionAttributeValues":{":v0":{"N":"0"}}}}],"##,
            r##""ClientRequestToken":"cause-1","ReturnConsumedCapacity":"TOTAL"}"##
        )
    );
}

#[tokio::test]
async fn two_actions_are_not_on_one_item() {
    let (db, spy) = spy();
    let check = db.condition_check(key(1), |a| a.balance.gt(0));
    let twice = db.transact_write((db.put(&account(1, 0)), db.delete(Transfer::key(1)), check));
    assert_eq!(
        message(&twice),
        "actions 1 and 3 of the transaction are on one item of `Account`, and DynamoDB takes one action for each item; join \
         them into one; nothing was sent"
    );
    let error = twice.await.unwrap_err();
    assert!(error.is_definitely_not_applied());
    assert!(matches!(error, Error::Invalid(InvalidRequest::OneItemTwice { entity: "Account", first: 0, second: 2 })));
    assert!(spy.requests().is_empty(), "nothing was sent");
}

#[test]
fn numbers_of_keys_count_by_their_value() {
    let db = Dynamo::builder().table_name::<Entry>("tx-accounts").executor(Spy::new());
    let entry = |number: &str| Entry::key("b", number.parse::<Number>().unwrap());
    let of = |number: &str| message(&db.transact_write((db.delete(key(1000)), db.delete(entry(number)))));
    assert!(of("1e3").contains("actions 1 and 2 of the transaction are on one item of `Entry`"), "{}", of("1e3"));
    assert!(of("1000.0").contains("one item"));
    assert_eq!(of("1000.1"), "nothing was refused");
    let apart = db.transact_write((db.delete(Account::key("b1", 1)), db.delete(Account::key("b", 11))));
    assert_eq!(message(&apart), "nothing was refused");
}

#[test]
fn actions_are_one_to_a_hundred() {
    let (db, _) = spy();
    assert_eq!(
        message(&db.transact_write(())),
        "the transaction has no action; add one, or send nothing; nothing was sent"
    );
    let of = |count: u64| message(&db.transact_write((0..count).map(|n| db.delete(key(n))).collect::<Vec<_>>()));
    assert_eq!(of(100), "nothing was refused");
    assert_eq!(
        of(101),
        "the transaction has 101 actions and DynamoDB takes 100; what can be apart, send apart; nothing was sent"
    );
    let mut keys = 0..100;
    let array: [_; 100] = std::array::from_fn(|_| db.delete(key(keys.next().unwrap())));
    assert_eq!(message(&db.transact_write(array)), "nothing was refused");
}

#[test]
fn items_have_four_megabytes_together() {
    let (db, _) = spy();
    let big = |number: u64, bytes: usize| {
        let mut item = account(number, 0);
        item.note = Some("x".repeat(bytes));
        db.put(&item)
    };
    let sent = |last: usize| {
        let actions = (0..10).map(|number| big(number, 409_000)).chain([big(10, last)]);
        db.transact_write(actions.collect::<Vec<_>>()).preview()
    };
    let refused = sent(200_000).unwrap_err();
    let Error::Invalid(InvalidRequest::TransactionTooLarge { bytes, entity: "Account", largest: 9 }) = refused else {
        panic!("{refused}")
    };
    let most = 200_000 - (bytes - 4 * 1024 * 1024);
    assert!(sent(most).is_ok(), "although the JSON has more");
    assert_eq!(
        sent(most + 1).unwrap_err().to_string(),
        "the items of the transaction have 4194305 bytes together and DynamoDB takes 4194304; the largest is the `Account` \
         of action 10; nothing was sent"
    );
}

#[test]
fn an_action_that_cannot_be_sent_stops_all() {
    let (db, _) = spy();
    let empty = db.transact_write((db.delete(key(1)), db.update(Transfer::key(1))));
    assert_eq!(
        message(&empty),
        "the update of `Transfer` has no action; add `set`, `remove`, `increment` or another; nothing was sent"
    );
    assert_eq!(message(&db.transact_write(db.upsert(Transfer::key(1)))), message(&empty));
    assert_eq!(message(&db.transact_write(db.upsert(key(1)))), "nothing was refused", "time stamps are actions");
    let no_key = db.transact_write(db.delete(Account::key("", 1)));
    assert!(message(&no_key).contains("a key attribute cannot be empty"), "{}", message(&no_key));
}

#[test]
fn actions_are_of_one_handle() {
    let ((db, _), (other, _)) = (spy(), spy());
    assert_eq!(
        message(&db.transact_write((db.delete(key(1)), other.delete(Transfer::key(1))))),
        "an action on `Transfer` was made by another handle than the transaction; make all of them by one `Dynamo`; \
         nothing was sent"
    );
    assert_eq!(message(&db.transact_write(db.clone().delete(key(1)))), "nothing was refused");
}

#[test]
fn tokens_have_one_to_thirty_six_characters() {
    let (db, _) = spy();
    let of = |token: &str| message(&db.transact_write(db.delete(key(1))).token(token));
    assert_eq!(of(&"ä".repeat(36)), "nothing was refused");
    assert_eq!(of(""), "the client token has 0 characters and DynamoDB takes 1 to 36; nothing was sent");
    assert_eq!(of(&"a".repeat(37)), "the client token has 37 characters and DynamoDB takes 1 to 36; nothing was sent");
}
