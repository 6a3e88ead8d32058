//! Raw items, rest fields, and the conversions to and from other crates' items.

use std::collections::{BTreeMap, HashMap};

use aws_sdk_dynamodb::types::AttributeValue;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use tablewright::__private as rt;
use tablewright::codec::{Cursor, DecodeProblem, EncodeProblem, Encoder, FromItem, ToItem};
use tablewright::{Item, Value};

use super::generate;
use super::order::{Address, Order};
use super::wire::same_item;

/// What the derive writes for `{ id: u64, #[dynamo(rest)] rest: R }`.
#[derive(Debug, PartialEq)]
struct Kept<R> {
    id: u64,
    rest: R,
}

impl<R: for<'a> rt::UnknownAttributes<'a>> ToItem for Kept<R> {
    fn encode_item(&self, out: &mut Encoder) {
        out.attribute("\"id\":", &self.id);
        out.rest(&self.rest);
    }
}

impl<'a, R: rt::UnknownAttributes<'a>> FromItem<'a> for Kept<R> {
    fn decode_item(cursor: &mut Cursor<'a>) -> Result<Self, rt::DecodeError> {
        let mut f = (None, R::default());
        cursor.item(&mut |name, cursor| match name {
            "id" => cursor.attribute(&mut f.0),
            _ => cursor.unknown(&mut f.1, name),
        })?;
        Ok(Self { id: cursor.required(f.0, "id")?, rest: f.1 })
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rest_fields_keep_what_they_do_not_know(mut rest in generate::item(), id: u64) {
        rest.remove("id");
        let kept = Kept { id, rest: rest.clone() };
        let mut item = Item::from_entity(&kept).unwrap();
        prop_assert_eq!(item.len(), rest.len() + 1);
        prop_assert_eq!(item.decode::<Kept<Item>>().unwrap(), kept);
        prop_assert_eq!(item.decode::<Kept<HashMap<String, Value>>>().unwrap().rest.into_iter().collect::<Item>(), rest.clone());
        prop_assert_eq!(&item.decode::<Kept<BTreeMap<String, Value>>>().unwrap().rest, &rest.0);
        item.remove("id");
        prop_assert_eq!(item, rest);
    }

    #[test]
    fn items_convert_to_the_sdk_and_back(item in generate::item()) {
        let theirs: HashMap<String, AttributeValue> = item.clone().into();
        prop_assert!(same_item(&item, &theirs));
        prop_assert_eq!(Item::try_from(theirs).unwrap(), item);
    }

    #[test]
    fn items_convert_to_serde_dynamo_and_back(item in generate::item()) {
        let theirs: serde_dynamo::Item = item.clone().into();
        let sdk: HashMap<String, AttributeValue> = theirs.clone().into();
        prop_assert!(same_item(&item, &sdk));
        prop_assert_eq!(Item::try_from(theirs).unwrap(), item);
    }
}

#[test]
fn a_name_of_a_field_in_the_rest_is_refused() {
    let rest = Item::from_iter([("a{\"".to_owned(), Value::from("\"}{[\\")), ("id".to_owned(), Value::from(2))]);
    let error = Item::from_entity(&Kept { id: 1, rest: rest.clone() }).unwrap_err();
    assert_eq!(error.problem(), &EncodeProblem::NameTwice);
    let message = "attribute `id` cannot be stored: the rest field holds it too; take it out of the rest field, which is for other attributes";
    assert_eq!(error.to_string(), message);

    // Inside of other values, with brackets and quotes in the text before.
    struct Outer(Kept<Item>);
    impl ToItem for Outer {
        fn encode_item(&self, out: &mut Encoder) {
            out.attribute("\"id\":", &"\\\"{[");
            out.attribute("\"list\":", &vec![BTreeMap::from([("id", "]}\\")])]);
            out.attribute("\"inner\":", &Inner(&self.0));
        }
    }
    struct Inner<'a>(&'a Kept<Item>);
    impl rt::ToAttribute for Inner<'_> {
        type Kind = rt::kind::M;
        type ListKind = rt::kind::L;
        fn encode(&self, out: &mut Encoder) {
            out.document(self.0);
        }
    }
    let error = Item::from_entity(&Outer(Kept { id: 1, rest: rest.clone() })).unwrap_err();
    assert_eq!(error.path().to_string(), "inner.id");
    let mut rest = rest;
    rest.remove("id");
    assert!(Item::from_entity(&Outer(Kept { id: 1, rest })).is_ok());
}

#[test]
fn an_entity_is_an_item_and_back() {
    let address = Address { street: "1 \"x\"".into(), city: "é".into(), zip: String::new(), lat: -0.5 };
    let order = Order {
        pk: "C#1".into(),
        sk: "O#1".into(),
        customer: "c".into(),
        description: "d\n".into(),
        quantity: 3,
        price: 19.9,
        paid: true,
        coupon: None,
        tags: vec!["t".into()],
        address,
        labels: ["l".to_owned()].into(),
        payload: vec![1, 2],
    };
    let item = Item::from_entity(&order).unwrap();
    assert_eq!(item.get("quantity"), Some(&Value::from(3)));
    assert_eq!(item.get("coupon"), None);
    assert_eq!(item.decode::<Order>().unwrap(), order);
    let sdk: HashMap<String, AttributeValue> = item.clone().into();
    assert_eq!(serde_dynamo::from_item::<_, Order>(sdk).unwrap(), order);
    let mut item = item;
    item.insert("labels".into(), Value::Ss([].into()));
    let error = item.decode::<Order>().unwrap_err();
    assert!(matches!(error.problem(), DecodeProblem::Refused(_)), "{error}");
}

#[test]
fn a_foreign_item_that_is_none_says_where() {
    let number = AttributeValue::L(vec![AttributeValue::N("hunter2".into())]);
    let error = Item::try_from(HashMap::from([("a".to_owned(), number)])).unwrap_err();
    assert_eq!(error.to_string(), "attribute `a` cannot be stored: an N that is not a number");
    let number = serde_dynamo::AttributeValue::N(u128::MAX.to_string());
    let error = Value::try_from(number).unwrap_err();
    assert_eq!(error.problem(), &EncodeProblem::NumberTooLong);
}

#[test]
fn attributes_that_come_twice_are_an_error() {
    for json in [r#"{"a":{"S":""},"a":{"S":""}}"#, r#"{"m":{"M":{"a":{"S":""},"\u0061":{"S":""}}}}"#] {
        let mut cursor = Cursor::new(json.as_bytes()).unwrap();
        let error = Item::decode_item(&mut cursor).unwrap_err();
        assert_eq!(error.problem(), &DecodeProblem::Malformed("the same attribute twice"));
    }
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
enum Shape {
    Dot,
    Circle { radius: f64 },
    Path(Vec<(i32, i32)>),
}

#[test]
fn any_serde_type_is_stored_as_serde_dynamo_stores_it() {
    for shape in [Shape::Dot, Shape::Circle { radius: 0.5 }, Shape::Path(vec![(1, -2), (3, 4)])] {
        let mut out = Encoder::new();
        out.serde("\"shape\":", &shape);
        let json = [b"{", out.finish().unwrap().as_slice(), b"}"].concat();
        let item = Item::decode_item(&mut Cursor::new(&json).unwrap()).unwrap();
        let theirs: AttributeValue = serde_dynamo::to_attribute_value(&shape).unwrap();
        assert!(same_item(&item, &HashMap::from([("shape".to_owned(), theirs)])), "{item:?}");

        let mut slot = None;
        let value = &json[br#"{"shape":"#.len()..];
        Cursor::new(value).unwrap().serde(&mut slot).unwrap();
        assert_eq!(slot, Some(shape));
    }
}
