//! Two keys are equal and ordered as their parts are.

use proptest::prelude::*;
use tablewright::__private::{KeyPart, KeyTemplate, Segment, WriteSegment, segment};
use time::{OffsetDateTime, UtcOffset};

use super::generate::{KINDS, cases, moment, shape_with_lists};

proptest! {
    #![proptest_config(cases())]

    /// Different lists of parts never give one key, and keys are ordered as the lists are.
    #[test]
    fn text_order_is_the_order_of_the_parts((shape, lists) in shape_with_lists(2)) {
        let keys: Vec<_> = lists.iter().map(|parts| shape.key(parts)).collect();
        prop_assert_eq!(keys[0].as_bytes().cmp(keys[1].as_bytes()), lists[0].cmp(&lists[1]), "{:?}", keys);
    }

    #[test]
    fn each_type_keeps_its_order(
        (kind, low, high) in (0..KINDS.len()).prop_flat_map(|n| (Just(KINDS[n]), KINDS[n].value(), KINDS[n].value()))
    ) {
        let template = KeyTemplate::new("{part}", vec![kind.segment("part")].leak());
        let key = |part: &dyn WriteSegment| template.render(&[("part", part)], KeyPart::Sort).unwrap().unwrap();
        prop_assert_eq!(key(&low).as_bytes().cmp(key(&high).as_bytes()), low.cmp(&high));
    }

    /// Whatever offset a moment is in, and whatever crate it is of, it has one text.
    #[test]
    fn a_moment_is_the_same_text_in_every_crate_and_offset(
        moments in [moment(), moment()],
        offsets in [-18 * 3600..=18 * 3600_i32, -18 * 3600..=18 * 3600_i32],
    ) {
        let texts = moments.iter().zip(offsets).map(|(moment, offset)| {
            let utc = OffsetDateTime::from_unix_timestamp_nanos(moment.as_nanosecond()).unwrap();
            let local = utc.checked_to_offset(UtcOffset::from_whole_seconds(offset).unwrap()).unwrap_or(utc);
            let chrono = chrono::DateTime::from_timestamp(
                moment.as_nanosecond().div_euclid(1_000_000_000) as i64,
                moment.as_nanosecond().rem_euclid(1_000_000_000) as u32,
            );
            let texts = [
                key::<jiff::Timestamp>(moment),
                key::<OffsetDateTime>(&local),
                key::<OffsetDateTime>(&utc),
                key::<chrono::DateTime<chrono::Utc>>(&chrono.unwrap()),
            ];
            prop_assert!(texts.windows(2).all(|pair| pair[0] == pair[1]), "{:?}", texts);
            Ok(texts[0].clone())
        });
        let texts = texts.collect::<Result<Vec<_>, TestCaseError>>()?;
        prop_assert_eq!(texts[0].cmp(&texts[1]), moments[0].cmp(&moments[1]));
    }
}

fn key<T: tablewright::template::KeySegment>(value: &T) -> Box<str> {
    let segments: &'static [Segment] = vec![segment::<T>("at")].leak();
    KeyTemplate::new("{at}", segments).render(&[("at", value)], KeyPart::Sort).unwrap().unwrap()
}

#[test]
fn years_that_would_break_the_order_are_refused() {
    let template = KeyTemplate::new("E#{at}", const { &[Segment::Literal("E#"), segment::<jiff::Timestamp>("at")] });
    let before = jiff::Timestamp::new(-62_167_219_201, 0).unwrap();
    let error = template.render(&[("at", &before)], KeyPart::Sort).unwrap_err();
    assert_eq!(
        error.to_string(),
        "field `at` cannot be a part of the key `E#{at}`: the year is outside of 0000 to 9999"
    );
}

#[test]
fn forms() {
    use super::generate::{Name, Rank};
    let forms: Vec<Box<str>> = vec![
        key(&7_u8),
        key(&7_u16),
        key(&7_u32),
        key(&7_u64),
        key(&7_usize),
        key(&7_u128),
        key(&-128_i8),
        key(&-1_i16),
        key(&0_i32),
        key(&-1_i64),
        key(&i128::MAX),
        key(&true),
        key(&'#'),
        key(&String::from("a#b")),
        key(&Name("é".into())),
        key(&Rank::Bravo),
        key(&uuid::Uuid::from_u128(0xABCD)),
        key(&tablewright::EpochSeconds(9)),
        key(&"2026-11-20T10:30:00.5+01:00".parse::<jiff::Timestamp>().unwrap()),
        key(&jiff::civil::date(2026, 1, 2)),
        key(&time::Date::from_ordinal_date(2026, 2).unwrap()),
        key(&chrono::NaiveDate::from_ymd_opt(2026, 1, 2).unwrap()),
    ];
    let expected = [
        "007",
        "00007",
        "0000000007",
        "00000000000000000007",
        "00000000000000000007",
        "000000000000000000000000000000000000007",
        "000",
        "32767",
        "2147483648",
        "09223372036854775807",
        "340282366920938463463374607431768211455",
        "1",
        "$c",
        "a$cb",
        "é",
        "071",
        "00000000-0000-0000-0000-00000000abcd",
        "00000000000000000009",
        "2026-11-20T09:30:00.500000000Z",
        "2026-01-02",
        "2026-01-02",
        "2026-01-02",
    ];
    assert_eq!(forms.iter().map(|form| &**form).collect::<Vec<_>>(), expected);
}
