//! The exact number.

use std::hash::{DefaultHasher, Hash, Hasher};

use proptest::prelude::*;
use tablewright::schema::KeyType;
use tablewright::value::KeyAttribute;
use tablewright::{Number, NumberError};

use super::generate::number_text;
use super::wire::normal;

fn hash(number: Number) -> u64 {
    let mut hasher = DefaultHasher::new();
    number.hash(&mut hasher);
    hasher.finish()
}

/// `mantissa × 10^exponent`, and the same as an integer of a common unit.
fn scaled() -> impl Strategy<Value = (Number, i128)> {
    (any::<i32>(), -12..=12_i32).prop_map(|(mantissa, exponent)| {
        let number = format!("{mantissa}E{exponent}").parse().unwrap();
        (number, i128::from(mantissa) * 10_i128.pow((exponent + 12) as u32))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn text_and_back_is_the_same_value(text in number_text()) {
        let number: Number = text.parse().unwrap();
        let written = number.to_string();
        prop_assert_eq!(normal(&written), normal(&text));
        prop_assert_eq!(written.parse(), Ok(number));
        prop_assert_eq!(hash(written.parse().unwrap()), hash(number));
    }

    #[test]
    fn order_is_that_of_the_values((a, integer_a) in scaled(), (b, integer_b) in scaled()) {
        prop_assert_eq!(a.cmp(&b), integer_a.cmp(&integer_b));
        prop_assert_eq!(a == b, integer_a == integer_b);
    }

    #[test]
    fn integers_return(a in any::<i64>(), b in -10_i128.pow(38) + 1..10_i128.pow(38), c: u64) {
        prop_assert_eq!(i64::try_from(Number::from(a)), Ok(a));
        prop_assert_eq!(i128::try_from(Number::try_from(b).unwrap()), Ok(b));
        prop_assert_eq!(Number::from(c).to_string(), c.to_string());
    }

    #[test]
    fn floats_return(float in any::<f64>().prop_filter("in range", |n| (1e-130..1e126).contains(&n.abs()))) {
        prop_assert_eq!(Number::try_from(float).unwrap().to_f64(), float);
    }
}

#[test]
fn one_form_for_each_value() {
    for (text, form) in [
        ("0", "0"),
        ("-0.0E5", "0"),
        ("1.50", "1.5"),
        ("15E-1", "1.5"),
        ("-100", "-100"),
        ("1E2", "100"),
        ("0.0000001", "0.0000001"),
        ("0.00000001", "1E-8"),
        ("-0.0000000123", "-1.23E-8"),
        ("12345678901234567890123456789012345678", "12345678901234567890123456789012345678"),
        ("1E37", "10000000000000000000000000000000000000"),
        ("1E38", "1E+38"),
        ("9.9999999999999999999999999999999999999E+125", "9.9999999999999999999999999999999999999E+125"),
        ("-1E-130", "-1E-130"),
    ] {
        assert_eq!(text.parse::<Number>().unwrap().to_string(), form);
    }
    assert_eq!(Number::default(), Number::ZERO);
    assert_eq!(format!("{:>6}|{:?}", Number::from(-5), Number::from(7)), "    -5|Number(7)");
}

#[test]
fn what_dynamodb_has_no_number_for() {
    use NumberError::{NotANumber, OutOfRange, TooLong};
    for (text, error) in [
        ("", NotANumber),
        ("1,5", NotANumber),
        ("Infinity", NotANumber),
        ("0x10", NotANumber),
        ("1E126", OutOfRange),
        ("-10E125", OutOfRange),
        ("9.9E-131", OutOfRange),
        ("1E2147483648", OutOfRange),
        ("1E-99999999999", OutOfRange),
        ("123456789012345678901234567890123456789", TooLong),
        ("1.00000000000000000000000000000000000001", TooLong),
    ] {
        assert_eq!(text.parse::<Number>(), Err(error), "{text}");
    }
    assert_eq!(Number::try_from(u128::MAX), Err(TooLong));
    assert_eq!(Number::try_from(f64::NAN), Err(NotANumber));
    assert_eq!(u8::try_from(Number::from(256)), Err(OutOfRange));
    assert_eq!(u8::try_from(Number::from(-1)), Err(OutOfRange));
    assert_eq!(i64::try_from("0.5".parse::<Number>().unwrap()), Err(OutOfRange));
    assert_eq!(TooLong.to_string(), "the number has more than 38 significant digits");
}

#[test]
fn it_is_a_key() {
    assert_eq!(<Number as KeyAttribute>::TYPE, KeyType::N);
    assert_eq!(<u128 as KeyAttribute>::TYPE, KeyType::N);
    assert_eq!(<uuid::Uuid as KeyAttribute>::TYPE, KeyType::S);
    assert_eq!(<bytes::Bytes as KeyAttribute>::TYPE, KeyType::B);
    assert_eq!(<[u8; 16] as KeyAttribute>::TYPE, KeyType::B);
}
