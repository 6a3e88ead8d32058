//! What each write does with the values of its item.

use tablewright::prelude::*;
use tablewright::request::IntoAction;
use tablewright::stream::Batch;
use tablewright::{Error, tables};

use super::super::backends::{for_each_backend, put_json};
use super::*;

#[tokio::test]
async fn a_value_belongs_to_one_item() {
    for_each_backend(async |db: Dynamo| {
        users(&db).await;
        db.create(&user(1, "ann@x", 1)).await.unwrap();
        db.create(&user(2, "", 2)).await.unwrap();
        db.create(&User { team: "blue".into(), ..user(3, "", 1) }).await.unwrap();
        assert_eq!(violated(db.create(&user(4, "ann@x", 4)).await), "email");
        assert_eq!(violated(db.create(&user(4, "bob@x", 1)).await), "no");
        assert_eq!(violated(db.put(&user(4, "ann@x", 4)).await), "email");
        assert_eq!(violated(db.update(User::key(2)).set(|u| u.email, "ann@x".to_owned()).await), "email");
        assert_eq!(violated(db.update(User::key(3)).set(|u| u.team, "red").await), "no", "the scope counts");
        let missing = db.update(User::key(9)).set(|u| u.email, "new@x".to_owned()).await.unwrap_err();
        assert!(missing.condition_failed().is_some(), "{missing:?}");
        let there = db.create(&user(1, "ann@x", 1)).await.unwrap_err();
        let stored: Option<User> = there.condition_failed().unwrap().stored().unwrap();
        assert_eq!(stored, Some(user(1, "ann@x", 1)), "an item that is there is no violation");
        assert_eq!(exact(&db).await.len(), 3);
    })
    .await;
}

#[tokio::test]
async fn a_value_is_given_up_when_its_item_changes_or_goes() {
    for_each_backend(async |db: Dynamo| {
        users(&db).await;
        db.put(&user(1, "ann@x", 1)).await.unwrap();
        db.put(&user(1, "ann@y", 1)).await.unwrap();
        db.create(&user(2, "ann@x", 2)).await.unwrap();
        exact(&db).await;
        db.update(User::key(2)).remove(|u| u.email).set(|u| u.number, 3_u32).await.unwrap();
        db.update(User::key(1)).set(|u| u.email, "ann@x".to_owned()).await.unwrap();
        db.create(&user(3, "", 2)).await.unwrap();
        db.upsert(User::key(3)).set(|u| u.email, "ann@y".to_owned()).await.unwrap();
        assert_eq!(exact(&db).await.len(), 3);
        db.update(User::key(3)).increment(|u| u.visits, 1).await.unwrap();
        let visits = db.update(User::key(3)).increment(|u| u.visits, 1).returning_new().await.unwrap().visits;
        assert_eq!(visits, 2, "an update of other attributes is what it always is");
        db.delete(User::key(1)).condition(|u| u.visits.eq(0)).await.unwrap();
        db.delete(User::key(1)).await.unwrap();
        db.delete(User::key(77)).await.unwrap();
        let refused = db.delete(User::key(3)).condition(|u| u.visits.eq(0)).await.unwrap_err();
        assert!(refused.condition_failed().is_some(), "{refused:?}");
        assert_eq!(exact(&db).await.len(), 2);
        db.create(&user(4, "ann@x", 1)).await.unwrap();
        exact(&db).await;
    })
    .await;
}

#[tokio::test]
async fn transactions_take_values_too() {
    for_each_backend(async |db: Dynamo| {
        users(&db).await;
        db.transact_write((db.create(&user(1, "a@x", 1)), db.create(&user(2, "b@x", 2)))).await.unwrap();
        let taken =
            db.transact_write((db.create(&user(3, "c@x", 3)), db.create(&user(4, "b@x", 4)))).await.unwrap_err();
        let reasons = taken.cancelled().unwrap().reasons();
        assert_eq!(reasons.len(), 1);
        assert_eq!(
            (reasons[0].index(), reasons[0].unique_attribute(), reasons[0].entity()),
            (1, Some("email"), Some("User"))
        );
        assert!(taken.to_string().contains("action 2 of 2 of `User` needs a value of `email`"), "{taken}");
        let same = db.transact_write((db.create(&user(5, "s@x", 5)), db.create(&user(6, "s@x", 6)))).await;
        assert_eq!(violated(same), "email");
        let twice = db
            .transact_write((
                db.create(&user(5, "s@x", 5)),
                db.check_exists(User::key(1)),
                db.create(&user(5, "t@x", 6)),
            ))
            .await;
        assert!(
            matches!(twice, Err(Error::Invalid(tablewright::InvalidRequest::OneItemTwice { first: 0, second: 2, .. }))),
            "{twice:?}"
        );
        for action in [db.put(&user(1, "z@x", 1)).into_action(), db.delete(User::key(1)).into_action()] {
            let error = db.transact_write(action).await.unwrap_err();
            assert!(error.to_string().contains("has to read the stored item first"), "{error}");
        }
        db.transact_write(db.update(User::key(1)).increment(|u| u.visits, 1)).await.unwrap();
        assert_eq!(exact(&db).await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn values_move_with_their_item() {
    for_each_backend(async |db: Dynamo| {
        users(&db).await;
        let old = user(1, "a@x", 1);
        db.create(&old).await.unwrap();
        db.create(&user(2, "b@x", 2)).await.unwrap();
        let new = user(3, "a@x", 4);
        let _ = db.rekey(&old, &new).await.unwrap();
        assert_eq!(exact(&db).await.len(), 2);
        let other = User { email: Some("b@x".into()), ..new.clone() };
        assert!(matches!(db.rekey(&new, &other).await, Err(Error::Cancelled(_))), "the value is another item's");
        let other = User { email: Some("c@x".into()), ..new.clone() };
        let _ = db.rekey(&new, &other).await.unwrap();
        assert_eq!(exact(&db).await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn what_would_leave_a_value_unknown_is_refused() {
    let db = Dynamo::embedded().await.unwrap();
    users(&db).await;
    db.create(&user(1, "a@x", 1)).await.unwrap();
    let changes = [
        db.update(User::key(1)).increment(|u| u.number, 1).await,
        db.update(User::key(1)).raw(tablewright::expr::RawUpdate::set("email = #t").name("#t", "team")).await,
    ];
    for change in changes {
        let error = change.unwrap_err();
        assert!(error.to_string().contains("decides what is unique"), "{error}");
    }
    let error = db.put(&user(1, "b@x", 1)).returning_old().await.unwrap_err();
    assert!(error.to_string().contains("gives no item back"), "{error}");
    let long = db.create(&user(2, &"x".repeat(2040), 2)).await.unwrap_err();
    assert!(long.to_string().contains("`email` of `User`") && !long.to_string().contains("xxx"), "{long}");
    exact(&db).await;
}

#[tokio::test]
async fn versions_hold_where_values_are_unique() {
    for_each_backend(async |db: Dynamo| {
        db.create_tables(tables![Membership]).await.unwrap();
        let new = |id: u64, email: &str| Membership { id, email: email.into(), joined: 5, version: 0 };
        let first = db.create(&new(1, "a@x")).returning_new().await.unwrap();
        let second = db.put(&Membership { email: "b@x".into(), ..first.clone() }).returning_new().await.unwrap();
        assert_eq!(second.version, first.version + 1);
        let stale = db.put(&Membership { email: "c@x".into(), ..first.clone() }).await.unwrap_err();
        let stored: Option<Membership> = stale.condition_failed().unwrap().stored().unwrap();
        assert_eq!(stored.as_ref(), Some(&second), "nothing was written");
        let stale = db.update(&first).set(|it| it.email, "c@x").await.unwrap_err();
        assert!(stale.condition_failed().is_some(), "{stale:?}");
        let unsaid = db.update(Membership::key(1)).set(|it| it.email, "c@x").await.unwrap_err();
        assert!(unsaid.to_string().contains("the update says none"), "{unsaid}");
        db.update(&second).set(|it| it.email, "c@x").await.unwrap();
        let third = db.get(Membership::key(1)).await.unwrap().unwrap();
        assert_eq!((third.version, &*third.email), (second.version + 1, "c@x"));
        let changed = db.put(&Membership { joined: 6, email: "d@x".into(), ..third.clone() }).await.unwrap_err();
        assert!(changed.condition_failed().is_some(), "{changed:?}");
        // What the failed writes wanted is free, and what the others gave up as well.
        for (id, email) in [(2, "a@x"), (3, "b@x"), (4, "d@x")] {
            db.create(&new(id, email)).await.unwrap();
        }
        assert!(db.delete(&second).await.unwrap_err().condition_failed().is_some());
        assert!(matches!(db.create(&new(5, "c@x")).await, Err(Error::UniqueViolated { .. })));
        db.delete(&third).await.unwrap();
        db.create(&new(5, "c@x")).await.unwrap();
        let fifth = db.get(Membership::key(5)).await.unwrap().unwrap();
        db.transact_write(db.create(&new(6, "e@x"))).await.unwrap();
        let _ = db.rekey(&fifth, &Membership { id: 7, ..fifth.clone() }).await.unwrap();
        assert_eq!(db.scan::<Membership>().consistent().count().await.unwrap(), 5);
    })
    .await;
}

/// Items that were written by others have no reservations, and get them when they are put.
#[tokio::test]
async fn items_of_before_get_their_values_when_they_are_put() {
    let db = Dynamo::embedded().await.unwrap();
    users(&db).await;
    let item = r#"{"pk":{"S":"USER#00000000000000000001"},"id":{"N":"1"},"email":{"S":"a@x"},"team":{"S":"red"},"no":{"N":"1"},"visits":{"N":"0"}}"#;
    put_json::<User>(&db, item).await;
    let read = db.get(User::key(1)).await.unwrap().unwrap();
    db.put(&read).await.unwrap();
    exact(&db).await;
    db.update(User::key(1)).set(|u| u.number, 1_u32).await.unwrap();
    exact(&db).await;
}

#[tokio::test]
async fn entities_of_one_table_have_values_of_their_own() {
    for_each_backend(async |db: Dynamo| {
        db.create_tables(tables![Shop]).await.unwrap();
        let customer = |id: u64, email: &str| Customer { id, email: email.into() };
        db.create(&customer(1, "a@x")).await.unwrap();
        db.create(&Supplier { id: 1, at: 5, email: "a@x".into() }).await.unwrap();
        let taken = db.create(&Shop::from(customer(2, "a@x"))).await;
        assert!(matches!(taken, Err(Error::UniqueViolated { entity: "Customer", attribute: "email" })), "{taken:?}");
        db.put(&Shop::from(customer(1, "b@x"))).await.unwrap();
        db.create(&customer(3, "a@x")).await.unwrap();
        assert_eq!(db.scan::<Shop>().consistent().await.unwrap().len(), 3);
        assert_eq!(db.scan::<Shop>().count().await.unwrap(), 3);
        assert_eq!(db.scan::<Customer>().count().await.unwrap(), 2);
        db.delete(Supplier::key(1, 5)).await.unwrap();
        db.create(&Supplier { id: 2, at: 6, email: "a@x".into() }).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn values_of_every_type_are_told_apart() {
    for_each_backend(async |db: Dynamo| {
        db.create_tables(tables![File]).await.unwrap();
        let file = |folder: &str, id: i64, name: &[u8], kind: Option<&str>| File {
            folder: folder.into(),
            id,
            name: name.into(),
            kind: kind.map(Into::into),
        };
        db.create(&file("a", 1, b"#", None)).await.unwrap();
        db.create(&file("a", 2, b"#", Some(""))).await.unwrap();
        db.create(&file("a#", 3, b"", None)).await.unwrap();
        db.create(&file("a", 4, b"", Some("#"))).await.unwrap();
        db.create(&file("b", 1, b"#", None)).await.unwrap();
        assert!(matches!(db.create(&file("a", 5, b"#", None)).await, Err(Error::UniqueViolated { .. })));
        assert_eq!(db.scan::<File>().await.unwrap().len(), 5);
        assert_eq!(db.query(File::query("a")).await.unwrap().len(), 3);
        // The key is any text, but for that which is kept for the reservations.
        let reserved = db.put(&file("~unique##name", 0, b"x", None)).await.unwrap_err();
        assert!(reserved.to_string().contains("are kept for the items that reserve"), "{reserved}");
        let reserved = db.upsert(File::key("~unique#", 0)).set(|f| f.kind, "x".to_owned()).await;
        assert!(reserved.is_err(), "{reserved:?}");
    })
    .await;
}

/// The stream tells of the reservations as well; nobody is to see them.
#[tokio::test]
async fn a_stream_leaves_reservations_out() {
    let record = |key: &str, number: u32| {
        let image = r#"{"pk":{"S":"USER#1"},"id":{"N":"1"},"team":{"S":"red"},"no":{"N":"1"},"visits":{"N":"0"}}"#;
        format!(
            r#"{{"eventName":"INSERT","eventID":"{number}","dynamodb":{{"SequenceNumber":"{number}","Keys":{{"pk":{{"S":"{key}"}}}},"NewImage":{image}}}}}"#
        )
    };
    let event = format!(r#"{{"Records":[{},{}]}}"#, record("~unique##no#Sred#N1", 100), record("USER#1", 101));
    let batch: Batch<User> = Batch::from_event(event).unwrap();
    assert_eq!(batch.records().len(), 1);
    let report = batch.handle(async |_| Ok::<_, std::convert::Infallible>(())).await;
    assert!(format!("{report:?}").contains("handled: 1"), "{report:?}");
}
