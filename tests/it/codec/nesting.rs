//! Depth: 32 levels, and no body or value that exhausts the stack.

use tablewright::__private::{decode_item_response, decode_page, error_shape, item_size};
use tablewright::codec::{Cursor, DecodeProblem, EncodeProblem};
use tablewright::{Item, Value};

use super::order::Order;
use super::{decode, encode};

fn nested(levels: usize, leaf: Value) -> Value {
    (0..levels).fold(leaf, |value, _| Value::L(vec![value]))
}

fn nested_json(levels: usize, leaf: &str) -> String {
    let maps = levels / 2;
    let lists = levels - maps;
    r#"{"M":{"a":"#.repeat(maps) + &r#"{"L":["#.repeat(lists) + leaf + &"]}".repeat(lists) + &"}}".repeat(maps)
}

#[test]
fn a_value_inside_31_others_is_the_deepest() {
    let leaf = Value::Bool(true);
    assert!(encode(&nested(31, leaf.clone())).is_ok());
    assert!(encode(&nested(31, Value::L(Vec::new()))).is_ok());
    assert_eq!(encode(&nested(32, leaf)).unwrap_err().problem(), &EncodeProblem::TooDeep);
    assert_eq!(encode(&nested(1000, Value::Null)).unwrap_err().problem(), &EncodeProblem::TooDeep);

    for deepest in [nested_json(31, r#"{"S":""}"#), nested_json(32, ""), nested_json(31, r#"{"M":{ }}"#)] {
        assert!(decode::<Value>(&deepest).is_ok(), "{deepest}");
    }
    for too_deep in [nested_json(32, r#"{"S":""}"#), nested_json(33, ""), nested_json(100_000, r#"{"S":""}"#)] {
        assert_eq!(decode::<Value>(&too_deep).unwrap_err().problem(), &DecodeProblem::TooDeep);
    }
}

#[test]
fn what_nothing_reads_may_be_as_deep_but_never_exhausts_the_stack() {
    let deep = nested_json(60, r#"{"S":""}"#);
    assert!(Cursor::new(deep.as_bytes()).unwrap().skip().is_ok());
    for unread in ["[".repeat(1_000_000), r#"{"a":"#.repeat(1_000_000), nested_json(100_000, "")] {
        assert!(Cursor::new(unread.as_bytes()).unwrap().skip().is_err());
        for body in
            [format!(r#"{{"Items":[{{"x":{unread}"#), format!(r#"{{"Items":{unread}"#), format!(r#"{{"y":{unread}"#)]
        {
            assert!(decode_page::<Order>(body.as_bytes()).is_err());
            assert!(decode_page::<Item>(body.as_bytes()).is_err());
            assert!(decode_item_response::<Item>(body.as_bytes(), "Item").is_err());
            assert_eq!(error_shape(body.as_bytes()).code, None);
            assert!(item_size(body.as_bytes()) < 1000);
        }
        assert!(Cursor::new(unread.as_bytes()).unwrap().tag("kind").is_err());
        assert!(decode::<Option<u8>>(&unread).is_err());
    }
}
