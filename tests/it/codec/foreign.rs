//! Types of other crates.

use std::time::{Duration, UNIX_EPOCH};

use proptest::prelude::*;
use rust_decimal::Decimal;
use tablewright::codec::EncodeProblem;
use tablewright::{EpochSeconds, FromClock, Number};
use url::Url;
use uuid::Uuid;

use super::{decode, encode};

/// Seconds of the years 0000 to 9999, and nanoseconds.
fn moment() -> impl Strategy<Value = (i64, u32)> {
    (-62_167_219_200..=253_402_300_799_i64, 0..1_000_000_000_u32)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_crates_of_time_write_the_same_text_and_its_order_is_time(a in moment(), b in moment()) {
        let jiff = |(seconds, nanos): (i64, u32)| jiff::Timestamp::new(seconds, nanos as i32).unwrap();
        let chrono = |(seconds, nanos)| chrono::DateTime::from_timestamp(seconds, nanos).unwrap();
        let time = |(seconds, nanos): (i64, u32)| {
            time::OffsetDateTime::from_unix_timestamp(seconds).unwrap().replace_nanosecond(nanos).unwrap()
        };
        let [text_a, text_b] = [a, b].map(|moment| encode(&jiff(moment)).unwrap());
        prop_assert_eq!(text_a.len(), r#"{"S":"2026-11-20T09:30:00.000000000Z"}"#.len());
        prop_assert_eq!(&text_a, &encode(&chrono(a)).unwrap());
        prop_assert_eq!(&text_a, &encode(&time(a)).unwrap());
        prop_assert_eq!(text_a.cmp(&text_b), a.cmp(&b));
        prop_assert_eq!(decode(&text_a), Ok(jiff(a)));
        prop_assert_eq!(decode(&text_a), Ok(chrono(a)));
        prop_assert_eq!(decode(&text_a), Ok(time(a)));
        let (day_a, day_b) = (encode(&chrono(a).date_naive()).unwrap(), encode(&chrono(b).date_naive()).unwrap());
        prop_assert_eq!(day_a.cmp(&day_b), chrono(a).date_naive().cmp(&chrono(b).date_naive()));
        prop_assert_eq!(&day_a, &encode(&time(a).date()).unwrap());
        prop_assert_eq!(decode(&day_a), Ok(chrono(a).date_naive()));
        prop_assert_eq!(decode(&day_a), Ok(time(a).date()));
        let date = jiff::tz::Offset::UTC.to_datetime(jiff(a)).date();
        prop_assert_eq!(&day_a, &encode(&date).unwrap());
        prop_assert_eq!(decode(&day_a), Ok(date));
    }

    #[test]
    fn decimals_are_exact(digits in -(1_i128 << 96) + 1..1_i128 << 96, scale in 0..=28_u32) {
        let decimal = Decimal::from_i128_with_scale(digits, scale);
        let json = encode(&decimal).unwrap();
        prop_assert_eq!(decode(&json), Ok(decimal));
        prop_assert_eq!(decode::<Number>(&json).unwrap().to_string().parse(), Ok(decimal));
    }

    #[test]
    fn uuids_are_text(id: u128) {
        let id = Uuid::from_u128(id);
        let json = encode(&id).unwrap();
        prop_assert_eq!(&json, &format!(r#"{{"S":"{id}"}}"#));
        prop_assert_eq!(decode(&json), Ok(id));
    }
}

#[test]
fn other_spellings_of_a_moment_are_read() {
    for text in ["2026-11-20T09:30:00Z", "2026-11-20T10:30:00+01:00", "2026-11-20T09:30:00.0Z"] {
        let json = format!(r#"{{"S":"{text}"}}"#);
        let seconds = 1_795_167_000;
        assert_eq!(decode::<jiff::Timestamp>(&json).unwrap().as_second(), seconds);
        assert_eq!(decode::<chrono::DateTime<chrono::Utc>>(&json).unwrap().timestamp(), seconds);
        let moment = decode::<time::OffsetDateTime>(&json).unwrap();
        assert_eq!((moment.unix_timestamp(), moment.offset()), (seconds, time::UtcOffset::UTC));
    }
}

#[test]
fn years_that_would_break_the_order_are_refused() {
    let problem = EncodeProblem::Refused("the year is outside of 0000 to 9999".into());
    assert_eq!(encode(&jiff::civil::date(-1, 1, 1)).unwrap_err().problem(), &problem);
    assert_eq!(encode(&jiff::Timestamp::MIN).unwrap_err().problem(), &problem);
    assert_eq!(encode(&chrono::DateTime::<chrono::Utc>::MAX_UTC).unwrap_err().problem(), &problem);
    assert_eq!(encode(&chrono::NaiveDate::MIN).unwrap_err().problem(), &problem);
    assert_eq!(encode(&time::Date::MIN).unwrap_err().problem(), &problem);
}

#[test]
fn a_leap_second_returns() {
    let text = "2016-12-31T23:59:60.250000000Z";
    let json = format!(r#"{{"S":"{text}"}}"#);
    let moment: chrono::DateTime<chrono::Utc> = decode(&json).unwrap();
    assert_eq!(encode(&moment).unwrap(), json);
}

#[test]
fn the_clock_fills_in_each_type() {
    let now = UNIX_EPOCH + Duration::new(1_795_167_000, 5);
    assert_eq!(EpochSeconds::from_clock(now), EpochSeconds(1_795_167_000));
    let text = r#"{"S":"2026-11-20T09:30:00.000000005Z"}"#;
    assert_eq!(encode(&jiff::Timestamp::from_clock(now)).unwrap(), text);
    assert_eq!(encode(&chrono::DateTime::<chrono::Utc>::from_clock(now)).unwrap(), text);
    assert_eq!(encode(&time::OffsetDateTime::from_clock(now)).unwrap(), text);
    assert_eq!(Option::<EpochSeconds>::from_clock(now), Some(EpochSeconds(1_795_167_000)));
    let before = UNIX_EPOCH - Duration::from_nanos(1);
    assert_eq!(encode(&jiff::Timestamp::from_clock(before)).unwrap(), r#"{"S":"1969-12-31T23:59:59.999999999Z"}"#);
    assert_eq!(EpochSeconds::from_clock(before), EpochSeconds(0));
}

#[test]
fn urls_are_text() {
    let url: Url = "https://example.com/a?b=%22".parse().unwrap();
    let json = encode(&url).unwrap();
    assert_eq!(json, r#"{"S":"https://example.com/a?b=%22"}"#);
    assert_eq!(decode(&json), Ok(url));
}
