//! Generated text, numbers and values, with the odd ones often.

use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::{btree_map, btree_set, vec};
use proptest::prelude::*;
use tablewright::{Item, Number, Value};

/// Text with escapes, controls, and characters of each length in UTF-8 and UTF-16.
///
/// A character is one number and not a choice of strategies, which would take most of the tests' time.
pub fn text() -> impl Strategy<Value = String> {
    vec(any::<u16>(), 0..20).prop_map(|codes| codes.into_iter().map(character).collect())
}

fn character(code: u16) -> char {
    const ODD: [char; 26] = [
        '"',
        '\\',
        '/',
        '\u{0}',
        '\u{8}',
        '\u{c}',
        '\n',
        '\r',
        '\t',
        '\u{1f}',
        '\u{7f}',
        'é',
        '\u{2028}',
        '\u{d7ff}',
        '\u{e000}',
        '\u{fffd}',
        '😀',
        '\u{10ffff}',
        '{',
        '}',
        '[',
        ']',
        ':',
        ',',
        'ß',
        '€',
    ];
    match code {
        0..40_000 => char::from(b' ' + (code % 95) as u8),
        40_000..55_000 => ODD[usize::from(code) % ODD.len()],
        _ => char::from_u32(u32::from(code - 55_000) * 105).unwrap_or('x'),
    }
}

/// The text of a number that DynamoDB takes, in any notation.
pub fn number_text() -> impl Strategy<Value = String> {
    let digits = (1..=9_u8, vec(0..=9_u8, 0..38)).prop_map(|(first, others)| {
        [first].into_iter().chain(others).map(|digit| char::from(b'0' + digit)).collect::<String>()
    });
    let number = (
        any::<bool>(),
        digits,
        any::<prop::sample::Index>(),
        -130..=125_i32,
        prop::sample::select(vec!["e", "E", "E+"]),
    );
    let number = number.prop_map(|(negative, digits, point, first_digit, letter)| {
        let point = point.index(digits.len() + 1);
        let (whole, fraction) = digits.split_at(point);
        let exponent = first_digit - point as i32 + 1;
        let letter = if exponent < 0 { letter.trim_end_matches('+') } else { letter };
        let whole = if whole.is_empty() { "0" } else { whole };
        let point = if fraction.is_empty() { "" } else { "." };
        format!("{}{whole}{point}{fraction}{letter}{exponent}", if negative { "-" } else { "" })
    });
    prop_oneof![4 => number, 3 => any::<i64>().prop_map(|n| n.to_string()), 1 => Just("0".to_owned()), 1 => Just("-0.00".to_owned())]
}

pub fn number() -> impl Strategy<Value = Number> {
    number_text().prop_map(|text| text.parse().unwrap())
}

pub fn bytes() -> impl Strategy<Value = Vec<u8>> {
    vec(any::<u8>(), 0..12)
}

/// A value of any type, with lists and maps a few levels deep.
pub fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        4 => text().prop_map(Value::S),
        4 => number().prop_map(Value::N),
        1 => bytes().prop_map(Value::B),
        1 => any::<bool>().prop_map(Value::Bool),
        1 => Just(Value::Null),
        1 => btree_set(text(), 1..4).prop_map(Value::Ss),
        1 => btree_set(number(), 1..4).prop_map(Value::Ns),
        1 => btree_set(bytes(), 1..4).prop_map(Value::Bs),
    ];
    leaf.prop_recursive(4, 12, 4, |value| {
        prop_oneof![vec(value.clone(), 0..4).prop_map(Value::L), btree_map(text(), value, 0..4).prop_map(Value::M)]
    })
}

pub fn item() -> impl Strategy<Value = Item> {
    let flat = btree_map(text(), value(), 0..5).prop_map(Item);
    // Now and then as deep as DynamoDB goes: a value inside of 31 lists and maps.
    let deep = (vec(any::<bool>(), 31), value_leaf()).prop_map(|(levels, leaf)| {
        let value = levels.into_iter().fold(leaf, |value, map| {
            if map { Value::M(BTreeMap::from([("k".to_owned(), value)])) } else { Value::L(vec![value]) }
        });
        Item(BTreeMap::from([("deep".to_owned(), value)]))
    });
    prop_oneof![40 => flat, 1 => deep]
}

fn value_leaf() -> impl Strategy<Value = Value> {
    prop_oneof![
        text().prop_map(Value::S),
        number().prop_map(Value::N),
        Just(Value::L(Vec::new())),
        Just(Value::M(BTreeMap::new())),
        Just(Value::Ss(BTreeSet::from(["x".to_owned()]))),
    ]
}
