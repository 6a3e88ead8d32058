//! What each problem of writing says, and of types of the user's own: where, what is wrong, and what to do.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use tablewright::codec::{Cursor, DecodeProblem, EncodeError, EncodeProblem, Encoder, FromItem, ToItem};
use tablewright::value::ToAttribute;
use tablewright::{Adapter, Item, Value};

use super::{decode, encode};

#[track_caller]
fn refused<T: ToAttribute>(value: T, problem: EncodeProblem, message: &str) {
    let error = encode(&BTreeMap::from([("a", value)])).unwrap_err();
    assert_eq!(error.problem(), &problem);
    assert_eq!(error.to_string(), format!("attribute `a` cannot be stored: {message}"));
    assert_eq!(error.path().to_string(), "a");
}

#[test]
fn floats_that_are_no_numbers() {
    let message = "the float is NaN or infinite, which DynamoDB has no number for";
    refused(f64::NAN, EncodeProblem::NotFinite, message);
    refused(f32::INFINITY, EncodeProblem::NotFinite, message);
}

#[test]
fn numbers_that_are_too_long_or_too_large() {
    let message = "the number has more than 38 significant digits";
    refused(u128::MAX, EncodeProblem::NumberTooLong, message);
    refused(i128::MIN, EncodeProblem::NumberTooLong, message);
    let message = "the number is outside ±1E-130 to ±9.9999999999999999999999999999999999999E+125";
    refused(1e126, EncodeProblem::NumberOutOfRange, message);
    refused(-1e-131, EncodeProblem::NumberOutOfRange, message);
    assert!(encode(&(10_u128.pow(38) * 3)).is_ok());
}

#[test]
fn empty_sets() {
    let message = "the set is empty; make the field an `Option` and store `None` instead";
    refused(BTreeSet::<String>::new(), EncodeProblem::EmptySet, message);
    refused(std::collections::HashSet::<u8>::new(), EncodeProblem::EmptySet, message);
    refused(Value::Bs(BTreeSet::new()), EncodeProblem::EmptySet, message);
}

#[test]
fn nesting() {
    let message = "values are nested deeper than 32 levels, counting the attribute itself";
    let deep = (0..40).fold(Value::Null, |value, _| Value::L(vec![value]));
    let error = encode(&deep).unwrap_err();
    assert_eq!(error.to_string(), format!("attribute `{}` cannot be stored: {message}", "[0]".repeat(32)));
    let json = r#"{"L":["#.repeat(40) + &"]}".repeat(40);
    let error = decode::<Value>(&json).unwrap_err();
    assert_eq!(error.problem(), &DecodeProblem::TooDeep);
    assert_eq!(error.to_string(), format!("attribute `{}` cannot be read: {message}", "[0]".repeat(32)));
}

/// An item with one key attribute.
struct Keyed<T>(T);

impl<T: ToAttribute> ToItem for Keyed<T> {
    fn encode_item(&self, out: &mut Encoder) {
        out.index_key("\"the\\\"key\":", &self.0, tablewright::codec::KeyPart::Sort);
    }
}

fn key_error<T: ToAttribute>(key: T) -> Option<EncodeError> {
    Item::from_entity(&Keyed(key)).err()
}

#[test]
fn keys() {
    let message = "attribute `the\"key` cannot be stored: a key attribute cannot be empty";
    assert_eq!(key_error("").unwrap().to_string(), message);
    assert_eq!(key_error(Vec::<u8>::new()).unwrap().to_string(), message);
    assert_eq!(key_error(Some(Value::Null)).unwrap().problem(), &EncodeProblem::EmptyKey);
    let error = key_error("é".repeat(513)).unwrap();
    assert_eq!(error.problem(), &EncodeProblem::KeyTooLong { bytes: 1026, limit: 1024 });
    assert_eq!(
        error.to_string(),
        "attribute `the\"key` cannot be stored: the key has 1026 bytes and DynamoDB takes 1024"
    );
    assert_eq!(key_error(vec![0_u8; 1025]).unwrap().problem(), &EncodeProblem::KeyTooLong { bytes: 1025, limit: 1024 });
    // The limit counts the value, not its JSON.
    for fits in ["\u{1}".repeat(1024), "é".repeat(512), "a".into()] {
        assert_eq!(key_error(fits), None);
    }
    assert_eq!(key_error(vec![0_u8; 1024]), None);
    assert_eq!(key_error(u64::MAX), None);
    assert_eq!(key_error(None::<u8>), None);
}

struct Even;

impl Adapter<u8> for Even {
    type Stored = u8;
    fn store(value: &u8) -> Result<u8, String> {
        if value.is_multiple_of(2) { Ok(*value) } else { Err("the number is odd".into()) }
    }
    fn load(stored: u8) -> Result<u8, String> {
        Self::store(&stored)
    }
}

#[test]
fn refusals_of_adapters() {
    let mut out = Encoder::new();
    out.adapted::<Even, u8>("\"n\":", &3);
    let error = out.finish().unwrap_err();
    assert_eq!(error.problem(), &EncodeProblem::Refused("the number is odd".into()));
    assert_eq!(error.to_string(), "attribute `n` cannot be stored: the number is odd");

    let error = Cursor::new(br#"{"N":"3"}"#).unwrap().adapted::<Even, u8>(&mut None).unwrap_err();
    assert_eq!(error.problem(), &DecodeProblem::Refused("the number is odd".into()));
    assert_eq!(error.to_string(), "a value cannot be read: the number is odd");
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Settings {
    secret: String,
}

#[test]
fn refusals_of_serde_do_not_quote_the_value() {
    let mut out = Encoder::new();
    out.serde("\"n\":", &BTreeMap::from([((1, 2), 3)]));
    let error = out.finish().unwrap_err();
    let rust_type = std::any::type_name::<BTreeMap<(i32, i32), i32>>();
    assert_eq!(error.problem(), &EncodeProblem::Serde { rust_type });
    let message = format!(
        "attribute `n` cannot be stored: `serde_dynamo` has no attribute value for this value of `{rust_type}`"
    );
    assert_eq!(error.to_string(), message);

    let mut slot = None::<Settings>;
    let error = Cursor::new(br#"{"S":"hunter2"}"#).unwrap().serde(&mut slot).unwrap_err();
    let rust_type = std::any::type_name::<Settings>();
    assert_eq!(error.problem(), &DecodeProblem::Serde { rust_type });
    assert_eq!(
        error.to_string(),
        format!("a value cannot be read: `serde_dynamo` cannot make a `{rust_type}` of the value")
    );
    assert!(!format!("{error:?}").contains("hunter2"));
}

#[test]
fn errors_do_not_hold_values() {
    let secret = "hunter2".repeat(200);
    let error = key_error(secret.as_str()).unwrap();
    assert!(!format!("{error:?} {error}").contains("hunter2"));
    let error = Item::decode_item(&mut Cursor::new(br#"{"a":{"hunter2":1}}"#).unwrap()).unwrap_err();
    assert!(!format!("{error:?} {error}").contains("hunter2"));
}
