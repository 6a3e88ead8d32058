//! What each problem of reading says: where, what is wrong, and what to do.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use tablewright::__private::decode_page;
use tablewright::Number;
use tablewright::codec::{Cursor, DecodeError, DecodeProblem};
use tablewright::value::FromAttribute;

use super::decode;
use super::order::Order;

#[track_caller]
fn unread<'a, T: FromAttribute<'a> + std::fmt::Debug>(json: &'a str, problem: DecodeProblem, message: &str) {
    let error = decode::<T>(json).unwrap_err();
    assert_eq!(error.problem(), &problem);
    assert_eq!(error.to_string(), format!("a value cannot be read: {message}"));
}

#[test]
fn wrong_types() {
    for (name, json) in [
        ("S", r#"{"S":"hunter2"}"#),
        ("B", r#"{"B":"AA=="}"#),
        ("BOOL", r#"{"BOOL":true}"#),
        ("NULL", r#"{"NULL":true}"#),
        ("M", r#"{"M":{}}"#),
        ("L", r#"{"L":[]}"#),
        ("SS", r#"{"SS":["x"]}"#),
        ("NS", r#"{"NS":["1"]}"#),
        ("BS", r#"{"BS":["AA=="]}"#),
    ] {
        let problem = || DecodeProblem::WrongType { expected: "N", found: name.into() };
        unread::<u64>(json, problem(), &format!("expected type N, found type {name}"));
        unread::<f64>(json, problem(), &format!("expected type N, found type {name}"));
        unread::<Number>(json, problem(), &format!("expected type N, found type {name}"));
    }
    let wrong = |expected| DecodeProblem::WrongType { expected, found: "N".into() };
    let number = r#"{"N":"1"}"#;
    unread::<String>(number, wrong("S"), "expected type S, found type N");
    unread::<Vec<u8>>(number, wrong("B"), "expected type B, found type N");
    unread::<bool>(number, wrong("BOOL"), "expected type BOOL, found type N");
    unread::<Vec<u16>>(number, wrong("L"), "expected type L, found type N");
    unread::<BTreeMap<String, u8>>(number, wrong("M"), "expected type M, found type N");
    unread::<BTreeSet<String>>(number, wrong("SS"), "expected type SS, found type N");
    unread::<BTreeSet<u8>>(number, wrong("NS"), "expected type NS, found type N");
    unread::<BTreeSet<Vec<u8>>>(number, wrong("BS"), "expected type BS, found type N");
    unread::<Option<String>>(number, wrong("S"), "expected type S, found type N");
}

#[test]
fn numbers_that_do_not_fit() {
    #[track_caller]
    fn check<T: for<'a> FromAttribute<'a> + std::fmt::Debug>(rust_type: &'static str, texts: &[&str]) {
        for text in texts {
            let problem = DecodeProblem::NumberDoesNotFit { rust_type };
            unread::<T>(
                format!(r#"{{"N":"{text}"}}"#).leak(),
                problem,
                &format!("the number does not fit `{rust_type}`"),
            );
        }
    }
    check::<u8>("u8", &["256", "-1", "5.5", "1E3", "0.1", "99999999999999999999", "1E-5"]);
    check::<i8>("i8", &["128", "-129", "-1.5"]);
    check::<u64>("u64", &["18446744073709551616", "-1", "1E20"]);
    check::<i64>("i64", &["9223372036854775808", "-9223372036854775809"]);
    check::<u128>("u128", &["-1", "1E39", "0.5"]);
    check::<i128>("i128", &["2E38", "-2E38"]);
    check::<f32>("f32", &["1E39", "-1E100"]);
    check::<rust_decimal::Decimal>("Decimal", &["1E-29", "79228162514264337593543950336", "1E29"]);
}

#[test]
fn text_that_cannot_be_borrowed() {
    let problem = DecodeProblem::CannotBorrow { instead: "Cow<'a, str>" };
    unread::<&str>(r#"{"S":"a\nb"}"#, problem, "the value cannot be borrowed from the response; use `Cow<'a, str>`");
    assert_eq!(decode::<Cow<'_, str>>(r#"{"S":"a\nb"}"#).unwrap(), "a\nb");
}

#[test]
fn unparsable_values() {
    let message = |expected| format!("the value is not {expected}");
    let check = |expected| (DecodeProblem::Unparsable { expected }, message(expected));
    let (problem, message) = check("a UUID");
    unread::<uuid::Uuid>(r#"{"S":"hunter2"}"#, problem, &message);
    let (problem, message) = check("a URL");
    unread::<url::Url>(r#"{"S":"hunter2"}"#, problem, &message);
    let (problem, message) = check("as long as the field's array");
    unread::<[u8; 3]>(r#"{"B":"AA=="}"#, problem.clone(), &message);
    unread::<[u16; 3]>(r#"{"L":[{"N":"1"}]}"#, problem, &message);
    let (problem, message) = check("a moment of RFC 3339, such as 2026-11-20T09:30:00Z");
    unread::<jiff::Timestamp>(r#"{"S":"yesterday"}"#, problem.clone(), &message);
    unread::<time::OffsetDateTime>(r#"{"S":"yesterday"}"#, problem.clone(), &message);
    unread::<chrono::DateTime<chrono::Utc>>(r#"{"S":"yesterday"}"#, problem, &message);
    let (problem, message) = check("a date of ISO 8601, such as 2026-11-20");
    unread::<jiff::civil::Date>(r#"{"S":"2026-02-30"}"#, problem.clone(), &message);
    unread::<time::Date>(r#"{"S":"2026-02-30"}"#, problem.clone(), &message);
    unread::<chrono::NaiveDate>(r#"{"S":"2026-02-30"}"#, problem, &message);
}

#[test]
fn unknown_variants() {
    let error = Cursor::new(b"{}").unwrap().unknown_variant(&["Red", "Blue"]);
    assert_eq!(error.problem(), &DecodeProblem::UnknownVariant { expected: &["Red", "Blue"] });
    assert_eq!(error.to_string(), "a value cannot be read: the text is none of the variants Red, Blue");
}

fn page_error(body: &str) -> DecodeError {
    decode_page::<Order>(body.as_bytes()).unwrap_err()
}

#[test]
fn missing_attributes() {
    let error = page_error(r#"{"Items":[{"pk":{"S":"x"}}]}"#).of_entity("Order");
    assert_eq!(error.problem(), &DecodeProblem::Missing);
    let message = "attribute `sk` of `Order` cannot be read: the item does not have it; make the field an `Option` or give it `#[dynamo(default)]`";
    assert_eq!(error.to_string(), message);
}

#[test]
fn the_path_goes_through_lists_and_maps() {
    let error = page_error(r#"{"Items":[{"tags":{"L":[{"S":"a"},{"N":"1"}]}}]}"#);
    assert_eq!(error.to_string(), "attribute `tags[1]` cannot be read: expected type S, found type N");
    let error = page_error(r#"{"Items":[{"address":{"M":{"lat":{"N":"x"}}}}]}"#);
    assert_eq!(
        error.to_string(),
        "attribute `address.lat` cannot be read: the response is not DynamoDB's JSON (an N that is not a number at byte 42)"
    );
    assert_eq!(error.offset(), 42);
    let error = decode::<BTreeMap<String, Vec<u16>>>(r#"{"M":{"a\"b":{"L":[{"N":"1"},{"N":"-1"}]}}}"#).unwrap_err();
    assert_eq!(error.path().to_string(), "a\"b[1]");
    let error = decode::<BTreeSet<u8>>(r#"{"NS":["1","x"]}"#).unwrap_err();
    assert_eq!(error.path().to_string(), "[1]");
}

#[test]
fn malformed_responses() {
    for (body, what) in [
        ("", "an empty body"),
        ("[]", "expected `{`"),
        ("{", "expected a string"),
        (r#"{"Items":[]"#, "expected `,` or the end of a list or object"),
        (r#"{"Items":[]}x"#, "bytes after the end of the response"),
        (r#"{"Items" []}"#, "expected `:`"),
        (r#"{"Count":"x"}"#, "a count that is not a number"),
        (r#"{"Count":tru}"#, "expected a value"),
        (r#"{"x":01x}"#, "expected `,` or the end of a list or object"),
        (r#"{"x":[1 2]}"#, "expected `,` or the end of a list or object"),
        (r#"{"x":[1,]}"#, "expected a value"),
        (r#"{"x":{"a":1,}}"#, "expected a member's name"),
        (r#"{"x":{"a"1}}"#, "expected `:`"),
        (r#"{"x":[1}}"#, "expected `,` or the end of a list or object"),
        (r#"{"x":-}"#, "expected a digit"),
        (r#"{"x":"\q"}"#, "an unknown escape"),
        (r#"{"x":"\u12"}"#, "a \\u escape without four hexadecimal digits"),
        (r#"{"x":"\ud83d"}"#, "a surrogate without its pair"),
        (r#"{"x":"\ud83dA"}"#, "a surrogate without its pair"),
        (r#"{"x":"\udc00"}"#, "a surrogate without its pair"),
        ("{\"x\":\"a\nb\"}", "unterminated string"),
        (r#"{"Items":[5]}"#, "expected an item"),
        (r#"{"Items":[{"pk":5}]}"#, "expected an attribute value"),
        (r#"{"Items":[{"pk":{}}]}"#, "expected a string"),
        (r#"{"Items":[{"pk":{"X":"hunter2"}}]}"#, "an attribute value of no known type"),
        (r#"{"Items":[{"pk":{"S":5}}]}"#, "expected a string"),
        (r#"{"Items":[{"pk":{"S":"a","N":"1"}}]}"#, "expected the end of an attribute value"),
        (r#"{"Items":[{"pk":{"S":"a"},"pk":{"S":"b"}}]}"#, "the same attribute twice"),
        (r#"{"Items":[{"payload":{"B":"A=="}}]}"#, "binary that is not base64"),
        (r#"{"Items":[{"paid":{"BOOL":1}}]}"#, "expected `true` or `false`"),
        (r#"{"Items":[{"labels":{"SS":["a"}]}}]}"#, "expected `,` or the end of a list or object"),
        (r#"{"Items":[{"labels":{"SS":[{"S":"a"}]}}]}"#, "expected a string"),
    ] {
        let error = page_error(body);
        assert_eq!(error.problem(), &DecodeProblem::Malformed(what), "{body}");
        let message =
            format!("cannot be read: the response is not DynamoDB's JSON ({what} at byte {})", error.offset());
        assert!(error.to_string().ends_with(&message), "{error}");
        assert!(!format!("{error:?}").contains("hunter2"));
    }
    let error = decode_page::<Order>(b"{\"x\":\"\xff\"}").unwrap_err();
    assert_eq!(error.to_string(), "a value cannot be read: the response is not DynamoDB's JSON (not UTF-8 at byte 6)");
    for bare in [r#"{"NS":[{"N":"1"}]}"#, r#"{"NS":["1"}]}"#, r#"{"NS":[1]}"#, r#"{"NS":["1" "2"]}"#, r#"{"NS":["1"]"#]
    {
        assert!(decode::<BTreeSet<u8>>(bare).is_err(), "{bare}");
    }
    for float in ["NaN", "inf", "infinity", "", "1_0", "0x1", "1e", "."] {
        assert!(decode::<f64>(&format!(r#"{{"N":"{float}"}}"#)).is_err(), "{float}");
        assert!(decode::<f32>(&format!(r#"{{"N":"{float}"}}"#)).is_err(), "{float}");
        assert!(decode::<i32>(&format!(r#"{{"N":"{float}"}}"#)).is_err(), "{float}");
    }
}

#[test]
fn the_tag_of_an_enum() {
    let cursor = Cursor::new(br#"{"a":{"L":[{"M":{}}]},"kind":{"S":"x"}}"#).unwrap();
    assert_eq!(cursor.tag("kind").unwrap(), "x");
    assert_eq!(cursor.offset(), 0);
    assert_eq!(cursor.tag("a").unwrap_err().path().to_string(), "a");
    assert_eq!(cursor.tag("b").unwrap_err().problem(), &DecodeProblem::Missing);
}
