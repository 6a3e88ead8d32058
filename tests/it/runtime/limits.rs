//! Limits that are checked before anything is sent.

use tablewright::Error;
use tablewright::expr::RawCondition;

use super::model::{Order, Reserved, order};
use super::previews::db;

fn message<T>(result: Result<T, Error>) -> String {
    match result {
        Ok(_) => "nothing was refused".to_owned(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn keys_are_not_empty_and_not_too_long() {
    assert_eq!(
        message(db().get(Reserved::key("")).preview()),
        "attribute `name` of `Reserved` cannot be stored: a key attribute cannot be empty; nothing was sent"
    );
    assert_eq!(
        message(db().get(Reserved::key("é".repeat(1025))).preview()),
        "attribute `name` of `Reserved` cannot be stored: the key has 2050 bytes and DynamoDB takes 2048; nothing was sent"
    );
    assert!(db().get(Reserved::key("é".repeat(1024))).preview().is_ok());
    assert!(db().get(Reserved::key("\"".repeat(2048))).preview().is_ok(), "escapes do not count");
    let mut bad = order("ann", 1);
    bad.status = Some(String::new());
    assert_eq!(
        message(db().put(&bad).preview()),
        "attribute `status` of `Order` cannot be stored: a key attribute cannot be empty; nothing was sent"
    );
    let update = db().update(Order::key("ann", 1)).set(|o| o.status, "");
    assert!(message(update.preview()).contains("`status`"));
    #[derive(tablewright::DynamoTable)]
    #[dynamo(table = "songs", gsi(name = "by-title", partition_key = "artist", sort_key = "title"))]
    struct Song {
        #[dynamo(partition_key)]
        id: u64,
        artist: String,
        title: String,
    }
    let long = db().update(Song::key(1)).set(|s| s.title, "x".repeat(1025)).set(|s| s.artist, "x".repeat(1025));
    assert_eq!(
        message(long.preview()),
        "attribute `title` of `Song` cannot be stored: the key has 1025 bytes and DynamoDB takes 1024; nothing was sent"
    );
    assert!(message(db().query(Order::query("")).preview()).contains("`customer`"));
}

#[test]
fn expressions_are_bounded() {
    let many = db().delete(Order::key("ann", 1)).condition(|o| o.total.is_in(0..101));
    assert_eq!(
        message(many.preview()),
        "`is_in` on `total` has 101 values and DynamoDB takes 1 to 100; join several with `or`; nothing was sent"
    );
    let none = db().delete(Order::key("ann", 1)).condition(|o| o.total.is_in([0; 0]));
    assert!(message(none.preview()).contains("0 values"));

    let or = |operators: i64| {
        db().delete(Order::key("ann", 1))
            .condition(|o| (1..operators / 2).fold(o.total.eq(0), |all, n| all.or(o.total.eq(n % 5))))
    };
    assert!(or(300).preview().is_ok());
    assert_eq!(
        message(or(304).preview()),
        "the condition expression has 303 operators and functions and DynamoDB takes 300; nothing was sent"
    );
    let long = RawCondition::new("x".repeat(4097));
    assert_eq!(
        message(db().delete(Order::key("ann", 1)).condition(|_| long).preview()),
        "the condition expression has 4097 bytes and DynamoDB takes 4096; use fewer conditions; nothing was sent"
    );
    let large = db().delete(Order::key("ann", 1)).condition(|o| o.note.eq("x".repeat(3 << 20)));
    assert!(message(large.preview()).contains("DynamoDB takes 2097152"));
}

#[test]
fn updates_act_once_on_each_attribute() {
    let nothing = db().update(Reserved::key("x"));
    assert!(message(nothing.preview()).contains("the update of `Reserved` has no action"));
    let twice = db().update(Order::key("ann", 1)).set(|o| o.total, 1).increment(|o| o.total, 2);
    assert!(message(twice.preview()).contains("the expression names `total` and `total`"));
    let inside = db()
        .update(Order::key("ann", 1))
        .set(|o| o.address.at(|a| a.zip), "1")
        .set(|o| o.address, super::model::Address { zip: "2".into(), city: None });
    assert!(message(inside.preview()).contains("`address.zip-code` and `address`"));
}

#[test]
fn items_have_at_most_400_kilobytes() {
    let mut large = order("ann", 1);
    large.photo = vec![0; 400 * 1024];
    let text = message(db().put(&large).preview());
    assert!(text.starts_with("the item of `Order` has ") && text.contains("largest attribute is `photo`"), "{text}");
    // Base64 makes the request larger than the item: what counts is the item.
    large.photo = vec![0; 399 * 1024];
    assert!(db().put(&large).preview().is_ok());
}

#[test]
fn settings_have_ranges() {
    assert!(message(db().scan::<Order>().segment(4, 4).preview()).contains("segment 4 of 4"));
    assert!(message(db().scan::<Order>().page_size(0).preview()).contains("`page_size` is 0"));
    assert!(message(db().scan::<Order>().max_pages(0).preview()).contains("`max_pages` is 0"));
}

#[test]
fn unstorable_values_name_their_attribute() {
    let update = db().update(Order::key("ann", 1)).delete_elements(|o| o.tags, Some([].into()));
    assert!(message(update.preview()).contains("attribute `tags` of `Order` cannot be stored: the set is empty"));
}
