//! The text of conditions: every operator, brackets where they are needed, and no brackets where they are not.

use serde_json::json;
use tablewright::expr::{InCondition, IntoCondition, RawCondition, RawUpdate};
use tablewright::{Entity, Error};

use super::model::Order;
use super::previews::{body, db};

type Paths = <Order as Entity>::Paths<InCondition>;

/// The condition's text.
fn text<C: IntoCondition<Order>>(condition: impl FnOnce(Paths) -> C) -> String {
    let body = body(&db().delete(Order::key("ann", 7)).condition(condition).preview().unwrap());
    body["ConditionExpression"].as_str().unwrap().to_owned()
}

#[test]
fn comparisons() {
    assert_eq!(text(|o| o.total.eq(1)), "#n0 = :v0");
    assert_eq!(text(|o| o.total.ne(1)), "#n0 <> :v0");
    assert_eq!(text(|o| o.total.lt(1)), "#n0 < :v0");
    assert_eq!(text(|o| o.total.le(1)), "#n0 <= :v0");
    assert_eq!(text(|o| o.total.gt(1)), "#n0 > :v0");
    assert_eq!(text(|o| o.total.ge(1)), "#n0 >= :v0");
    assert_eq!(text(|o| o.total.between(1, 2)), "#n0 BETWEEN :v0 AND :v1");
    assert_eq!(text(|o| o.total.is_in([1, 2, 3])), "#n0 IN (:v0, :v1, :v2)");
    assert_eq!(text(|o| o.created_at.lt_path(&o.updated_at)), "#n0 < #n1");
    assert_eq!(text(|o| o.created_at.eq_path(&o.updated_at)), "#n0 = #n1");
}

#[test]
fn none_is_absence() {
    assert_eq!(text(|o| o.note.eq(None)), "attribute_not_exists(#n0)");
    assert_eq!(text(|o| o.note.ne(None)), "attribute_exists(#n0)");
    assert_eq!(text(|o| o.note.eq(Some("x".to_owned()))), "#n0 = :v0");
    let ordered = db().delete(Order::key("ann", 7)).condition(|o| o.note.lt(None)).preview().unwrap_err();
    assert_eq!(
        ordered.to_string(),
        "attribute `note` of `Order` cannot be stored: `None` is absence, which is in no range; use `exists` or \
         `not_exists`; nothing was sent"
    );
    assert!(db().delete(Order::key("ann", 7)).condition(|o| o.note.is_in([None])).preview().is_err());
}

#[test]
fn none_in_a_list_is_a_stored_null() {
    #[derive(tablewright::DynamoTable)]
    #[dynamo(table = "slots")]
    struct Slots {
        #[dynamo(partition_key)]
        id: u64,
        slots: Vec<Option<u64>>,
        total: Option<u64>,
    }
    let update = db().update(Slots::key(1)).set(|s| s.slots.index(1), None).condition(|s| s.slots.index(1).eq(None));
    let body = body(&update.preview().unwrap());
    assert_eq!(body["UpdateExpression"], "SET #n0[1] = :v0");
    assert_eq!(body["ConditionExpression"], "attribute_exists(#n1) AND #n0[1] = :v0");
    assert_eq!(body["ExpressionAttributeValues"], json!({":v0": {"NULL": true}}));
    let nothing = db().update(Slots::key(1)).increment(|s| s.total, None).preview().unwrap_err();
    assert!(nothing.to_string().contains("attribute `total`"), "{nothing}");
}

#[test]
fn functions() {
    assert_eq!(text(|o| o.note.exists()), "attribute_exists(#n0)");
    assert_eq!(text(|o| o.note.not_exists()), "attribute_not_exists(#n0)");
    assert_eq!(text(|o| o.note.has_type("S")), "attribute_type(#n0, :v0)");
    assert_eq!(text(|o| o.note.begins_with("a")), "begins_with(#n0, :v0)");
    assert_eq!(text(|o| o.note.contains("a")), "contains(#n0, :v0)");
    assert_eq!(text(|o| o.tags.contains("new")), "contains(#n0, :v0)");
    assert_eq!(text(|o| o.lines.size().ge(2)), "size(#n0) >= :v0");
    assert_eq!(text(|o| o.photo.size().between(1, 9)), "size(#n0) BETWEEN :v0 AND :v1");
}

#[test]
fn paths_reach_into_documents_lists_and_maps() {
    assert_eq!(text(|o| o.address.at(|a| a.zip).eq("1")), "#n0.#n1 = :v0");
    assert_eq!(text(|o| o.lines.index(3).at(|l| l.sku).eq("1")), "#n0[3].#n1 = :v0");
    assert_eq!(text(|o| o.counts.entry("a.b c").gt(0)), "#n0.#n1 > :v0");
}

#[test]
fn joins_bracket_what_binds_less() {
    assert_eq!(
        text(|o| o.total.eq(1).or(o.total.eq(2)).and(o.paid.eq(true)).and(o.paid.ne(false))),
        "(#n0 = :v0 OR #n0 = :v1) AND #n1 = :v2 AND #n1 <> :v3"
    );
    assert_eq!(text(|o| !(o.total.eq(1).and(o.paid.eq(true)))), "NOT (#n0 = :v0 AND #n1 = :v1)");
    assert_eq!(text(|o| !!o.total.eq(1)), "#n0 = :v0");
    assert_eq!(text(|o| o.total.eq(1).and(!o.paid.eq(true))), "#n0 = :v0 AND NOT (#n1 = :v1)");
}

#[test]
fn equal_names_and_values_share_a_placeholder() {
    let delete = db().delete(Order::key("ann", 7)).condition(|o| o.total.eq(1).or(o.placed.eq(1)).or(o.total.gt(1)));
    let body = body(&delete.preview().unwrap());
    assert_eq!(body["ConditionExpression"], "#n0 = :v0 OR #n1 = :v0 OR #n0 > :v0");
    assert_eq!(body["ExpressionAttributeValues"], json!({":v0": {"N": "1"}}));
}

#[test]
fn several_conditions_must_all_be_met() {
    let update = db().update(Order::key("ann", 7)).set(|o| o.paid, true);
    let update = update.condition(|o| o.total.gt(1).or(o.total.lt(0))).condition(|o| o.paid.eq(false));
    let body = body(&update.preview().unwrap());
    assert_eq!(body["ConditionExpression"], "attribute_exists(#n2) AND (#n3 > :v2 OR #n3 < :v3) AND #n0 = :v4");
}

#[test]
fn raw_text_brings_its_names_and_values() {
    let raw = |o: Paths| {
        RawCondition::new("size(#s) > :least").name("#s", "status").value(":least", &3_u8).on().and(o.paid.eq(true))
    };
    let request = db().delete(Order::key("ann", 7)).condition(raw).preview().unwrap();
    let body = body(&request);
    assert_eq!(body["ConditionExpression"], "(size(#s) > :least) AND #n0 = :v0");
    assert_eq!(body["ExpressionAttributeNames"], json!({"#s": "status", "#n0": "paid"}));
    assert_eq!(body["ExpressionAttributeValues"][":least"], json!({"N": "3"}));
}

#[test]
fn raw_actions_join_their_clause() {
    let raw = RawUpdate::set("#a = :b").name("#a", "note").value(":b", "x");
    let remove = RawUpdate::remove("#t").name("#t", "tags");
    let body = body(&db().update(Order::key("ann", 7)).set(|o| o.paid, true).raw(raw).raw(remove).preview().unwrap());
    assert_eq!(body["UpdateExpression"], "SET #n0 = :v0, #n1 = :v1, #a = :b REMOVE #t");
}

#[test]
fn a_raw_action_on_a_time_stamp_wins() {
    let raw = RawUpdate::set("#u = :u").name("#u", "updated_at").value(":u", &5_u8);
    let body = body(&db().update(Order::key("ann", 7)).raw(raw).preview().unwrap());
    assert_eq!(body["UpdateExpression"], "SET #u = :u");
}

#[test]
fn raw_text_has_brackets_where_it_needs_them() {
    let raw = || RawCondition::new("paid = :p OR paid = :q").value(":p", &true).value(":q", &false);
    assert_eq!(text(|_| raw()), "paid = :p OR paid = :q");
    assert_eq!(text(|_| !raw().on()), "NOT (paid = :p OR paid = :q)");
    assert_eq!(text(|o| o.total.eq(1).and(raw())), "#n0 = :v0 AND (paid = :p OR paid = :q)");
    let bracketed = RawCondition::new("(paid = :p)").value(":p", &true);
    assert_eq!(text(|o| o.total.eq(1).and(bracketed)), "#n0 = :v0 AND (paid = :p)");
}

#[test]
fn placeholders_are_checked() {
    let long = format!("#{}", "x".repeat(255));
    for placeholder in ["a", "#", "#n0", "#a-b", "#a b", &long] {
        let raw = RawCondition::new("x").name(placeholder, "note");
        let error = db().delete(Order::key("ann", 7)).condition(|_| raw).preview().unwrap_err();
        assert!(error.to_string().contains("placeholder"), "{placeholder}: {error}");
        assert!(matches!(error, Error::Invalid(_)));
    }
    let twice = RawCondition::new("x").name("#a", "note").name("#a", "paid");
    assert!(db().delete(Order::key("ann", 7)).condition(|_| twice).preview().is_err());
}
