//! Every value type reads back what it wrote.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::fmt::Debug;
use std::sync::Arc;

use bytes::Bytes;
use proptest::collection::{btree_map, btree_set, hash_map, hash_set, vec};
use proptest::prelude::*;
use tablewright::value::{FromAttribute, Kind, ToAttribute};
use tablewright::{EpochSeconds, Nullable, Number, Value};

use super::generate::{bytes, number, text, value};
use super::{decode, encode};

fn returns<T>(value: T) -> Result<(), TestCaseError>
where
    T: ToAttribute + for<'a> FromAttribute<'a> + PartialEq + Debug,
{
    let json = encode(&value).map_err(|error| TestCaseError::fail(error.to_string()))?;
    let name = <T::Kind as Kind>::NAME;
    prop_assert!(
        name == "*" || json.starts_with(&format!("{{\"{name}\":")) || json == r#"{"NULL":true}"#,
        "{} as {}",
        json,
        name
    );
    let read = decode::<T>(&json).map_err(|error| TestCaseError::fail(format!("{error} in {json}")))?;
    prop_assert_eq!(read, value);
    Ok(())
}

macro_rules! round_trips {
    ($($name:ident: $strategy:expr;)*) => {
        proptest! {
            #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]
            $(
                #[test]
                fn $name(value in $strategy) {
                    returns(value)?;
                }
            )*
        }
    };
}

fn float() -> impl Strategy<Value = f64> {
    any::<f64>().prop_filter("a number of DynamoDB", |n| *n == 0.0 || (1e-130..1e126).contains(&n.abs()))
}

round_trips! {
    u8s: any::<u8>();
    u16s: any::<u16>();
    u32s: any::<u32>();
    u64s: any::<u64>();
    usizes: any::<usize>();
    u128s: 0..10_u128.pow(38);
    i8s: any::<i8>();
    i16s: any::<i16>();
    i32s: any::<i32>();
    i64s: any::<i64>();
    isizes: any::<isize>();
    i128s: -10_i128.pow(38) + 1..10_i128.pow(38);
    f64s: float();
    f32s: any::<f32>().prop_filter("a number", |n| n.is_finite());
    short_floats: (any::<i32>(), 0..9_i32).prop_map(|(n, decimals)| f64::from(n) / 10_f64.powi(decimals));
    numbers: number();
    booleans: any::<bool>();
    strings: text();
    boxed_strings: text().prop_map(Box::<str>::from);
    shared_strings: text().prop_map(Arc::<str>::from);
    byte_vectors: bytes();
    byte_deques: (bytes(), bytes()).prop_map(|(front, back)| {
        let mut deque = VecDeque::from(back);
        front.into_iter().for_each(|byte| deque.push_front(byte));
        deque
    });
    byte_arrays: any::<[u8; 7]>();
    byte_boxes: bytes().prop_map(Vec::into_boxed_slice);
    bytes_of_bytes: bytes().prop_map(Bytes::from);
    cows_of_bytes: bytes().prop_map(Cow::<'static, [u8]>::Owned);
    lists: vec(text(), 0..5);
    lists_of_lists: vec(vec(any::<u32>(), 0..3), 0..3);
    lists_of_binary: vec(bytes(), 0..4);
    lists_of_options: vec(prop::option::of(any::<i16>()), 0..5);
    deques: vec(any::<u16>(), 0..5).prop_map(VecDeque::from);
    arrays: any::<[i64; 3]>();
    boxed_slices: vec(text(), 0..5).prop_map(Vec::into_boxed_slice);
    string_sets: btree_set(text(), 1..5);
    hashed_string_sets: hash_set(text(), 1..5);
    number_sets: btree_set(any::<u64>(), 1..5);
    exact_sets: btree_set(number(), 1..5);
    long_integer_sets: hash_set(-10_i128.pow(38) + 1..10_i128.pow(38), 1..5);
    binary_sets: btree_set(bytes(), 1..5);
    hashed_binary_sets: hash_set(bytes().prop_map(Bytes::from), 1..5);
    array_sets: btree_set(any::<[u8; 4]>(), 1..5);
    maps: btree_map(text(), any::<u8>(), 0..5);
    hashed_maps: hash_map(text(), vec(any::<bool>(), 0..3), 0..5);
    maps_of_options: btree_map(text().prop_map(Box::<str>::from), prop::option::of(text()), 0..5);
    options: prop::option::of(text());
    options_of_options: prop::option::of(prop::option::of(any::<u8>())).prop_filter("present", Option::is_some);
    nullables: prop::option::of(text()).prop_map(Nullable::from);
    nullable_options: any::<u8>().prop_map(|n| Nullable::Value(Some(n)));
    boxes: any::<u64>().prop_map(Box::new);
    shared: text().prop_map(Arc::new);
    moments: any::<u64>().prop_map(EpochSeconds);
    values: value();
    options_of_values: value().prop_map(Some);
}

proptest! {
    #[test]
    fn references_write_what_they_refer_to(text in text(), list in vec(any::<u16>(), 0..4)) {
        prop_assert_eq!(encode(&text.as_str()), encode(&text));
        prop_assert_eq!(encode(&list.as_slice()), encode(&list));
        let json = encode(&Cow::Borrowed(text.as_str())).unwrap();
        prop_assert_eq!(decode::<Cow<'_, str>>(&json), Ok(Cow::Borrowed(text.as_str())));
    }

    #[test]
    fn text_without_escapes_is_borrowed(text in "[ !#-\\[\\]-~é😀]{0,30}") {
        let json = encode(&text).unwrap();
        prop_assert_eq!(decode::<&str>(&json), Ok(text.as_str()));
        prop_assert!(matches!(decode::<Cow<'_, str>>(&json), Ok(Cow::Borrowed(_))));
        let json = encode(&BTreeSet::from([&text])).unwrap();
        prop_assert_eq!(decode::<BTreeSet<&str>>(&json), Ok(BTreeSet::from([text.as_str()])));
    }
}

#[test]
fn the_wire_type_follows_from_the_rust_type() {
    assert_eq!(encode(&7_u8).unwrap(), r#"{"N":"7"}"#);
    assert_eq!(encode(&[7_u8, 8]).unwrap(), r#"{"B":"Bwg="}"#);
    assert_eq!(encode(&[7_i8, 8]).unwrap(), r#"{"L":[{"N":"7"},{"N":"8"}]}"#);
    assert_eq!(encode(&vec![Some(7_u8), None]).unwrap(), r#"{"L":[{"N":"7"},{"NULL":true}]}"#);
    assert_eq!(
        encode(&BTreeMap::from([("a", Some(1)), ("b", None)])).unwrap(),
        r#"{"M":{"a":{"N":"1"},"b":{"NULL":true}}}"#
    );
    assert_eq!(encode(&BTreeSet::from([2, 1])).unwrap(), r#"{"NS":["1","2"]}"#);
    assert_eq!(encode(&Nullable::<u8>::Null).unwrap(), r#"{"NULL":true}"#);
    assert_eq!(encode("a\"\\/\u{1}é😀").unwrap(), r#"{"S":"a\"\\/\u0001é😀"}"#);
    for (float, text) in
        [(1.0, "1"), (-0.0, "0"), (0.1, "0.1"), (1e21, "1e+21"), (-1.5e-7, "-1.5e-7"), (1e-130, "1e-130")]
    {
        assert_eq!(encode(&float).unwrap(), format!(r#"{{"N":"{text}"}}"#));
    }
    assert_eq!(encode(&0.1_f32).unwrap(), r#"{"N":"0.1"}"#);
}

#[test]
fn hash_order_never_shows() {
    let names: Vec<String> = (0..50).map(|n| format!("name{n:02}")).collect();
    let map: HashMap<&str, u8> = names.iter().map(|name| (name.as_str(), 1)).collect();
    let sorted: BTreeMap<&str, u8> = map.clone().into_iter().collect();
    assert_eq!(encode(&map), encode(&sorted));
    let set: HashSet<&String> = names.iter().collect();
    assert_eq!(encode(&set), encode(&set.iter().copied().collect::<BTreeSet<_>>()));
}

#[test]
fn the_explicit_null_is_told_apart_where_asked() {
    let null = r#"{"NULL":true}"#;
    assert_eq!(decode::<Option<u8>>(null), Ok(None));
    assert_eq!(decode::<Option<Nullable<u8>>>(null), Ok(Some(Nullable::Null)));
    assert_eq!(decode::<Option<Value>>(null), Ok(Some(Value::Null)));
    assert_eq!(decode::<Option<Box<u8>>>(null), Ok(None));
    assert_eq!(decode::<Nullable<u8>>(r#"{"N":"1"}"#), Ok(Nullable::Value(1)));
    for spaced in ["{ \"NULL\" : true }", "{\"\\u004eULL\":true}", "{\n\t\"NULL\":\ttrue}"] {
        assert_eq!(decode::<Option<u8>>(spaced), Ok(None), "{spaced}");
        assert_eq!(decode::<Value>(spaced), Ok(Value::Null), "{spaced}");
    }
    assert!(decode::<Option<u8>>(r#"{"NULL":false}"#).is_err());
    assert!(decode::<Value>(r#"{"NULL":null}"#).is_err());
    assert_eq!(<Option<Nullable<u8>> as FromAttribute>::absent(), Some(None));
}

#[test]
fn numbers_of_any_notation_are_exact_integers() {
    for text in ["100", "1E+2", "100.0", "0.1E3", "1e2", "10000e-2", "+100", "000100", "1.00E2"] {
        let json = format!(r#"{{"N":"{text}"}}"#);
        assert_eq!(decode::<u8>(&json), Ok(100), "{text}");
        assert_eq!(decode::<i128>(&json), Ok(100), "{text}");
        assert_eq!(decode::<Number>(&json), Ok(Number::from(100)), "{text}");
        assert_eq!(decode::<f64>(&json), Ok(100.0), "{text}");
        assert_eq!(decode::<f32>(&json), Ok(100.0), "{text}");
    }
    assert_eq!(decode::<u64>(r#"{"N":"18446744073709551615"}"#), Ok(u64::MAX));
    assert_eq!(decode::<i64>(r#"{"N":"-9223372036854775808"}"#), Ok(i64::MIN));
    assert_eq!(decode::<i64>(r#"{"N":"-9223372036854775808.0"}"#), Ok(i64::MIN));
    assert_eq!(decode::<u64>(r#"{"N":"9007199254740993E0"}"#), Ok(9_007_199_254_740_993));
    assert_eq!(decode::<u8>(r#"{"N":"-0"}"#), Ok(0));
    assert_eq!(decode::<u128>(r#"{"N":"1E38"}"#), Ok(10_u128.pow(38)));
}
