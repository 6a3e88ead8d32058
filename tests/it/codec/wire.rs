//! Values of the AWS SDK beside ours, compared without our conversions.

use std::collections::{BTreeSet, HashMap};

use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use tablewright::{Item, Value};

/// A number's sign, digits and the power of ten of its first digit, by nothing but cutting its text.
pub fn normal(text: &str) -> (bool, String, i64) {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let unsigned = mantissa.trim_start_matches(['+', '-']);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let digits = format!("{whole}{fraction}");
    let significant = digits.trim_start_matches('0');
    if significant.is_empty() {
        return (false, String::new(), 0);
    }
    let zeros = digits.len() - significant.len();
    let first = exponent.parse::<i64>().unwrap() + whole.len() as i64 - 1 - zeros as i64;
    (mantissa.starts_with('-'), significant.trim_end_matches('0').to_owned(), first)
}

fn same_set<A, B: Ord>(
    ours: impl IntoIterator<Item = A>,
    theirs: impl IntoIterator<Item = A>,
    by: impl Fn(A) -> B,
) -> bool {
    let ours: BTreeSet<B> = ours.into_iter().map(&by).collect();
    ours == theirs.into_iter().map(by).collect()
}

pub fn same_value(ours: &Value, theirs: &AttributeValue) -> bool {
    match (ours, theirs) {
        (Value::S(a), AttributeValue::S(b)) => a == b,
        (Value::N(a), AttributeValue::N(b)) => normal(&a.to_string()) == normal(b),
        (Value::B(a), AttributeValue::B(b)) => a == b.as_ref(),
        (Value::Bool(a), AttributeValue::Bool(b)) => a == b,
        (Value::Null, AttributeValue::Null(true)) => true,
        (Value::M(a), AttributeValue::M(b)) => {
            a.len() == b.len() && a.iter().all(|(name, a)| b.get(name).is_some_and(|b| same_value(a, b)))
        }
        (Value::L(a), AttributeValue::L(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_value(a, b)),
        (Value::Ss(a), AttributeValue::Ss(b)) => same_set(a, b, String::as_str),
        (Value::Ns(a), AttributeValue::Ns(b)) => {
            same_set(a.iter().map(ToString::to_string), b.iter().cloned(), |text| normal(&text))
        }
        (Value::Bs(a), AttributeValue::Bs(b)) => {
            same_set(a.iter().map(Vec::as_slice), b.iter().map(Blob::as_ref), <[u8]>::to_vec)
        }
        _ => false,
    }
}

pub fn same_item(ours: &Item, theirs: &HashMap<String, AttributeValue>) -> bool {
    ours.len() == theirs.len() && ours.iter().all(|(name, a)| theirs.get(name).is_some_and(|b| same_value(a, b)))
}

/// The SDK's value, with numbers in another notation than ours.
pub fn sdk_value(value: &Value) -> AttributeValue {
    let notation = |text: String| match normal(&text) {
        (_, digits, _) if digits.is_empty() => "-0.0E7".to_owned(),
        (negative, digits, first) => format!("{}0.{digits}E{:+}", if negative { "-" } else { "" }, first + 1),
    };
    match value {
        Value::S(text) => AttributeValue::S(text.clone()),
        Value::N(number) => AttributeValue::N(notation(number.to_string())),
        Value::B(bytes) => AttributeValue::B(Blob::new(bytes.clone())),
        Value::Bool(value) => AttributeValue::Bool(*value),
        Value::Null => AttributeValue::Null(true),
        Value::M(entries) => AttributeValue::M(entries.iter().map(|(name, v)| (name.clone(), sdk_value(v))).collect()),
        Value::L(values) => AttributeValue::L(values.iter().map(sdk_value).collect()),
        Value::Ss(elements) => AttributeValue::Ss(elements.iter().cloned().collect()),
        Value::Ns(elements) => AttributeValue::Ns(elements.iter().map(|n| notation(n.to_string())).collect()),
        Value::Bs(elements) => AttributeValue::Bs(elements.iter().map(|b| Blob::new(b.clone())).collect()),
    }
}
