//! The forms that a record's time comes in.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The time that a JSON value is: seconds since 1970 as a number, with a fraction or an exponent as some servers write
/// them, or ISO 8601 in UTC, as some tools do. `None` for what is neither.
pub(super) fn read(json: &str) -> Option<SystemTime> {
    match json.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
        Some(text) => iso(text),
        None => seconds(json.parse().ok()?),
    }
}

fn seconds(seconds: f64) -> Option<SystemTime> {
    UNIX_EPOCH.checked_add(Duration::try_from_secs_f64(seconds).ok()?)
}

/// `2026-11-21T09:30:00Z`, perhaps with a fraction of the second, and perhaps with `+00:00` instead of the `Z`.
fn iso(text: &str) -> Option<SystemTime> {
    let (date, time) = text.split_once('T')?;
    let time = time.strip_suffix('Z').or_else(|| time.strip_suffix("+00:00"))?;
    let [year, month, day] = parts::<i64>(date, '-')?;
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let [hour, minute, second] = parts::<i64>(time, ':')?;
    let healthy = (1970..=9999).contains(&year)
        && (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && (0..24).contains(&hour)
        && (0..60).contains(&minute)
        && (0..=60).contains(&second);
    if !healthy || fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let whole = ((days(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
    let fraction: f64 = format!("0.{fraction}").parse().ok()?;
    UNIX_EPOCH
        .checked_add(Duration::from_secs(u64::try_from(whole).ok()?) + Duration::try_from_secs_f64(fraction).ok()?)
}

fn parts<T: core::str::FromStr>(text: &str, separator: char) -> Option<[T; 3]> {
    let mut parts = text.split(separator).map(|part| part.parse().ok());
    let three = [parts.next()??, parts.next()??, parts.next()??];
    parts.next().is_none().then_some(three)
}

/// Days from 1 January 1970 to a day of the Gregorian calendar, counted in years that begin in March.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leap_days = year / 4 - year / 100 + year / 400;
    let of_year = (153 * month + 2) / 5 + day - 1;
    year * 365 + leap_days + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    fn since(json: &str) -> Option<f64> {
        read(json).map(|time| time.duration_since(UNIX_EPOCH).unwrap().as_secs_f64())
    }

    #[test]
    fn numbers_are_seconds() {
        assert_eq!(since("1479499740"), Some(1_479_499_740.0));
        assert_eq!(since("1.47949974E9"), Some(1_479_499_740.0));
        assert_eq!(since("1479499740.5"), Some(1_479_499_740.5));
        assert_eq!(since("0"), Some(0.0));
    }

    #[test]
    fn text_is_iso_8601() {
        assert_eq!(since(r#""1970-01-01T00:00:00Z""#), Some(0.0));
        assert_eq!(since(r#""2016-11-18T20:09:00Z""#), Some(1_479_499_740.0));
        assert_eq!(since(r#""2016-11-18T20:09:00.250+00:00""#), Some(1_479_499_740.25));
        assert_eq!(since(r#""2000-02-29T23:59:59Z""#), Some(951_868_799.0));
        assert_eq!(since(r#""2000-03-01T00:00:00Z""#), Some(951_868_800.0));
        assert_eq!(since(r#""2100-03-01T00:00:00Z""#), Some(4_107_542_400.0));
    }

    #[test]
    fn what_is_neither_is_nothing() {
        for json in ["null", "-1", "1e400", r#""soon""#, r#""2016-11-18""#, r#""2016-13-18T20:09:00Z""#, "{}", "true"] {
            assert_eq!(since(json), None, "{json}");
        }
        for json in [r#""2016-11-18T20:09:00+01:00""#, r#""2016-11-18T20:09:00.Z""#, r#""2016-11-18T20:09Z""#, r#"""#] {
            assert_eq!(since(json), None, "{json}");
        }
    }
}
