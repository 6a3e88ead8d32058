//! What can stand for an attribute's value in a key or an expression.

use std::borrow::Cow;
use std::sync::Arc;

use bytes::Bytes;
use tablewright::codec::Encoder;
use tablewright::value::Operand;
use tablewright::{Nullable, Number, Value};

fn written<T>(value: impl Operand<T>) -> String {
    let mut out = Encoder::new();
    value.encode_operand(&mut out);
    String::from_utf8(out.finish().unwrap()).unwrap()
}

#[test]
fn text() {
    let json = r#"{"S":"x"}"#;
    assert_eq!(written::<String>("x"), json);
    assert_eq!(written::<String>("x".to_owned()), json);
    assert_eq!(written::<String>(&"x".to_owned()), json);
    assert_eq!(written::<String>(Cow::Borrowed("x")), json);
    assert_eq!(written::<Option<String>>("x"), json);
    assert_eq!(written::<Option<String>>("x".to_owned()), json);
    assert_eq!(written::<Option<String>>(&"x".to_owned()), json);
    assert_eq!(written::<Option<String>>(Some("x".to_owned())), json);
    assert_eq!(written::<Cow<'_, str>>("x"), json);
    assert_eq!(written::<Cow<'_, str>>("x".to_owned()), json);
    assert_eq!(written::<Box<str>>("x"), json);
    assert_eq!(written::<Arc<str>>("x"), json);
    assert_eq!(written::<Option<Arc<str>>>("x"), json);
    assert_eq!(written::<Nullable<String>>("x"), json);
    assert_eq!(written::<Value>("x"), json);
    assert_eq!(written::<&str>("x"), json);
}

#[test]
fn integer_literals_need_no_suffix() {
    let json = r#"{"N":"1"}"#;
    assert_eq!(written::<u64>(1), json);
    assert_eq!(written::<u8>(1), json);
    assert_eq!(written::<i128>(1), json);
    assert_eq!(written::<Option<u64>>(1), json);
    assert_eq!(written::<Nullable<i16>>(1), json);
    assert_eq!(written::<Number>(1), json);
    assert_eq!(written::<Number>(Number::from(1)), json);
    assert_eq!(written::<Value>(1), json);
    assert_eq!(written::<u64>(&1), json);
    assert_eq!(written::<f64>(1.0), json);
}

#[test]
fn binary() {
    let json = r#"{"B":"AQI="}"#;
    assert_eq!(written::<Vec<u8>>(vec![1, 2]), json);
    assert_eq!(written::<Vec<u8>>(&[1_u8, 2][..]), json);
    assert_eq!(written::<Vec<u8>>(&[1, 2]), json);
    assert_eq!(written::<Option<Vec<u8>>>(b"\x01\x02"), json);
    assert_eq!(written::<Bytes>(Bytes::from_static(&[1, 2])), json);
    assert_eq!(written::<Bytes>(vec![1, 2]), json);
    assert_eq!(written::<Bytes>(&[1, 2]), json);
    assert_eq!(written::<Box<[u8]>>(&[1, 2]), json);
    assert_eq!(written::<[u8; 2]>([1, 2]), json);
    assert_eq!(written::<[u8; 2]>(&[1, 2]), json);
    assert_eq!(written::<Value>(vec![1, 2]), json);
}

#[test]
fn others() {
    assert_eq!(written::<bool>(true), r#"{"BOOL":true}"#);
    assert_eq!(written::<Value>(true), r#"{"BOOL":true}"#);
    assert_eq!(written::<Value>(Value::Null), r#"{"NULL":true}"#);
    assert_eq!(written::<Option<u8>>(None), r#"{"NULL":true}"#);
    assert_eq!(written::<Vec<String>>(vec!["x".to_owned()]), r#"{"L":[{"S":"x"}]}"#);
}
