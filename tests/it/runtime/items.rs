//! Single items on every backend: what each verb does, and what it says when it cannot.

use tablewright::{Dynamo, EpochSeconds, Error, tables};

use super::backends::{for_each_backend, put_json};
use super::model::{Line, Order, OrderKeys, Reserved, order};

async fn with_tables(db: &Dynamo) {
    db.create_tables(tables![Order, Reserved]).await.expect("the tables are made");
}

/// The item as it is stored: with the handle's times.
async fn stored(db: &Dynamo, id: u64) -> Option<Order> {
    db.get(Order::key("ann", id)).consistent().await.expect("the item is read")
}

#[tokio::test]
async fn an_item_comes_back_as_it_was_written() {
    for_each_backend(async |db: Dynamo| {
        with_tables(&db).await;
        let item = order("ann", 7);
        db.create(&item).await.unwrap();
        let back = stored(&db, 7).await.unwrap();
        assert_eq!(back.created_at, back.updated_at);
        assert_eq!(Order { created_at: EpochSeconds(1), updated_at: EpochSeconds(2), ..back }, item);
        assert_eq!(stored(&db, 8).await, None);
        let keys = db.get(Order::key("ann", 7)).read_as::<OrderKeys>().await.unwrap();
        assert_eq!(keys, Some(OrderKeys { customer: "ann".into(), id: 7, total: 35 }));
    })
    .await;
}

#[tokio::test]
async fn create_refuses_a_second_item_and_shows_the_first() {
    for_each_backend(async |db: Dynamo| {
        with_tables(&db).await;
        db.create(&order("ann", 7)).await.unwrap();
        let mut second = order("ann", 7);
        second.total = -1;
        let error = db.create(&second).await.unwrap_err();
        assert!(error.is_definitely_not_applied());
        let failed = error.condition_failed().expect("the condition failed");
        let first: Option<Order> = failed.stored().unwrap();
        assert_eq!(first.unwrap().total, 35);
        assert_eq!(
            error.to_string(),
            "the condition of PutItem on `Order` was not met; nothing was written: if this was `create`, an item with \
             this key is there already"
        );
        assert!(!format!("{error:?}").contains("80331"), "no value is printed");
        assert_eq!(stored(&db, 7).await.unwrap().total, 35);
    })
    .await;
}

#[tokio::test]
async fn put_replaces_and_can_give_back_the_old_item() {
    for_each_backend(async |db: Dynamo| {
        with_tables(&db).await;
        assert_eq!(db.put(&order("ann", 7)).returning_old().await.unwrap(), None);
        let mut second = order("ann", 7);
        second.note = Some("line\nbreak \u{1F980} \"quoted\"".into());
        let old = db.put(&second).returning_old().await.unwrap().unwrap();
        assert_eq!(old.note, None);
        assert_eq!(stored(&db, 7).await.unwrap().note, second.note);
        let refused = db.put(&second).condition(|o| o.note.eq("other")).await;
        assert!(matches!(refused, Err(Error::ConditionFailed(_))));
    })
    .await;
}

#[tokio::test]
async fn update_changes_what_it_names() {
    for_each_backend(async |db: Dynamo| {
        with_tables(&db).await;
        db.create(&order("ann", 7)).await.unwrap();
        let changed = db
            .update(Order::key("ann", 7))
            .set(|o| o.status, None)
            .increment(|o| o.total, 10)
            .set(|o| o.address.at(|a| a.city), "Köln")
            .append(|o| o.lines, [Line { sku: "last".into(), count: 9 }])
            .decrement(|o| o.counts.entry("new"), 3)
            .add_elements(|o| o.tags, Some(["more".to_owned()].into()))
            .set_if_not_exists(|o| o.note, "first")
            .returning_new()
            .await
            .unwrap();
        assert_eq!((changed.status, changed.total), (None, 45));
        assert_eq!(changed.address.city.as_deref(), Some("Köln"));
        assert_eq!(changed.address.zip, "80331");
        assert_eq!(changed.lines.last().map(|line| line.count), Some(9));
        assert_eq!(changed.lines.len(), 3);
        assert_eq!(changed.counts.get("new"), Some(&-3));
        assert_eq!(changed.tags.unwrap().len(), 3);
        assert_eq!(changed.note.as_deref(), Some("first"));

        let removed = db.update(Order::key("ann", 7)).remove(|o| o.lines.index(0)).remove(|o| o.counts.entry("x"));
        let before = removed.returning_old().await.unwrap().unwrap();
        assert_eq!(before.lines.len(), 3);
        let after = stored(&db, 7).await.unwrap();
        assert_eq!((after.lines.len(), after.counts.len()), (2, 1));
    })
    .await;
}

#[tokio::test]
async fn update_needs_the_item_and_upsert_does_not() {
    for_each_backend(async |db: Dynamo| {
        with_tables(&db).await;
        let error = db.update(Reserved::key("x")).set(|r| r.size, 3).await.unwrap_err();
        assert!(error.to_string().contains("`update` needs the item to exist"), "{error}");
        assert_eq!(error.condition_failed().unwrap().stored::<Reserved>().unwrap(), None);
        assert_eq!(db.get(Reserved::key("x")).await.unwrap(), None, "nothing was made");

        let made =
            db.upsert(Reserved::key("x")).set(|r| r.size, 3).set(|r| r.status, "ok").returning_old().await.unwrap();
        assert_eq!(made, None);
        let item = db.get(Reserved::key("x")).consistent().await.unwrap().unwrap();
        assert_eq!(item, Reserved { name: "x".into(), status: "ok".into(), size: 3, odd: None });
        let changed = db.update(Reserved::key("x")).set(|r| r.odd, 1).returning_updated_new().await.unwrap();
        assert_eq!(changed.len(), 1);
        let failed = db.update(Reserved::key("x")).set(|r| r.size, 4).condition(|r| r.size.gt(5)).await.unwrap_err();
        let stored: Reserved = failed.condition_failed().unwrap().stored().unwrap().unwrap();
        assert_eq!(stored.size, 3);
    })
    .await;
}

#[tokio::test]
async fn a_condition_that_is_not_met_can_be_an_answer() {
    for_each_backend(async |db: Dynamo| {
        with_tables(&db).await;
        assert_eq!(db.create(&order("ann", 7)).or_stored().await.unwrap(), None);
        let stored = db.create(&order("ann", 7)).or_stored().await.unwrap().unwrap();
        assert_eq!(stored.total, 35);
        let sell =
            |least| db.update(Order::key("ann", 7)).decrement(|o| o.total, 30).condition(move |o| o.total.ge(least));
        assert_eq!(sell(30).if_met().await.unwrap(), Some(()));
        assert_eq!(sell(30).if_met().await.unwrap(), None);
        assert_eq!(db.delete(Order::key("ann", 7)).condition(|o| o.total.eq(9)).if_met().await.unwrap(), None);
        let tagged = db.update(Order::key("ann", 7)).delete_element(|o| o.tags, "gift").returning_new().await.unwrap();
        assert_eq!(tagged.tags, Some(["new".to_owned()].into()));
    })
    .await;
}

#[tokio::test]
async fn a_condition_on_an_item_that_is_not_there_is_no_success() {
    for_each_backend(async |db: Dynamo| {
        with_tables(&db).await;
        let refused = db.put(&order("ann", 7)).condition(|o| o.total.eq(1)).or_stored().await;
        assert!(matches!(refused, Err(Error::ConditionFailed(_))), "{refused:?}");
        assert_eq!(stored(&db, 7).await, None);
    })
    .await;
}

#[tokio::test]
async fn raw_actions_are_executed_beside_typed_ones() {
    for_each_backend(async |db: Dynamo| {
        with_tables(&db).await;
        db.create(&order("ann", 7)).await.unwrap();
        let raw = tablewright::expr::RawUpdate::set("#note = :text").name("#note", "note").value(":text", "raw");
        let changed = db.update(Order::key("ann", 7)).set(|o| o.paid, true).raw(raw).returning_new().await.unwrap();
        assert_eq!((changed.paid, changed.note.as_deref()), (true, Some("raw")));
        let bracketed = tablewright::expr::RawCondition::new("(#p = :p)").name("#p", "paid").value(":p", &true);
        db.delete(Order::key("ann", 7)).condition(|o| o.total.gt(0).and(bracketed)).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn delete_is_quiet_about_what_is_not_there() {
    for_each_backend(async |db: Dynamo| {
        with_tables(&db).await;
        db.delete(Order::key("ann", 7)).await.unwrap();
        db.create(&order("ann", 7)).await.unwrap();
        let refused = db.delete(Order::key("ann", 7)).condition(|o| o.paid.eq(true)).await;
        assert!(matches!(refused, Err(Error::ConditionFailed(_))));
        let old = db.delete(Order::key("ann", 7)).returning_old().await.unwrap();
        assert_eq!(old.map(|order| order.id), Some(7));
        assert_eq!(stored(&db, 7).await, None);
    })
    .await;
}

#[tokio::test]
async fn of_many_creators_one_wins() {
    for_each_backend(async |db: Dynamo| {
        with_tables(&db).await;
        let tries = (0..20).map(|n| {
            let mut item = order("ann", 7);
            item.total = n;
            let db = db.clone();
            tokio::spawn(async move { db.create(&item).await.is_ok() })
        });
        let mut winners = 0;
        for winner in tries.collect::<Vec<_>>() {
            winners += u32::from(winner.await.unwrap());
        }
        assert_eq!(winners, 1);
    })
    .await;
}

#[tokio::test]
async fn increments_all_count() {
    for_each_backend(async |db: Dynamo| {
        with_tables(&db).await;
        db.create(&order("ann", 0)).await.unwrap();
        let tries = (0..20).map(|_| {
            let db = db.clone();
            tokio::spawn(async move { db.update(Order::key("ann", 0)).increment(|o| o.total, 1).await })
        });
        for done in tries.collect::<Vec<_>>() {
            done.await.unwrap().unwrap();
        }
        assert_eq!(stored(&db, 0).await.unwrap().total, 20);
    })
    .await;
}

#[tokio::test]
async fn an_item_of_another_shape_is_an_error_that_names_the_attribute() {
    for_each_backend(async |db: Dynamo| {
        with_tables(&db).await;
        put_json::<Reserved>(&db, r#"{"name":{"S":"x"},"status":{"N":"5"},"size":{"N":"1"}}"#).await;
        let error = db.get(Reserved::key("x")).await.unwrap_err();
        assert_eq!(error.to_string(), "attribute `status` of `Reserved` cannot be read: expected type S, found type N");
    })
    .await;
}

#[tokio::test]
async fn a_table_that_is_not_there_says_how_to_make_it() {
    for_each_backend(async |db: Dynamo| {
        let error = db.get(Reserved::key("x")).await.unwrap_err();
        assert!(matches!(error, Error::TableNotFound(_)), "{error:?}");
        assert!(error.to_string().contains("db.create_tables"), "{error}");
    })
    .await;
}
