//! What the components of keys are that are no labels: values of attributes, numbers, ids, moments, or text.

/// True if every text of this form is written in a key as it is, so that our own keys look the same.
pub(super) fn is_canonical(text: &str) -> bool {
    is_uuid(text) || is_ulid(text) || is_moment(text) || is_digest(text)
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(place, byte)| match place {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
        })
}

fn is_ulid(text: &str) -> bool {
    text.len() == 26 && text.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
}

fn is_digest(text: &str) -> bool {
    text.len() >= 32 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// A date, or a date with a time: `2026-11-20`, `2026-11-20T09:30:00.5Z`.
pub(super) fn is_moment(text: &str) -> bool {
    let (date, time) = text.split_at_checked(10).unwrap_or((text, ""));
    let is_date = date.len() == 10
        && date.bytes().enumerate().all(|(place, byte)| match place {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    let is_time = time.is_empty()
        || time.starts_with('T') && time.bytes().all(|byte| byte.is_ascii_digit() || b"T:.+-Z".contains(&byte));
    is_date && is_time
}

/// A four-digit number that looks like a year.
pub(super) fn is_year(text: &str) -> bool {
    text.len() == 4 && is_digits(text) && (text.starts_with("19") || text.starts_with("20"))
}

pub(super) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// How numbers are written: with zeros up to that width, or without; nothing if they are not all numbers of one way.
pub(super) fn digits(values: &[&str]) -> Option<Option<u8>> {
    if !values.iter().all(|value| is_digits(value) && value.parse::<u64>().is_ok()) {
        return None;
    }
    let padded = |value: &&&str| value.len() > 1 && value.starts_with('0');
    if !values.iter().any(|value| padded(&value)) {
        return Some(None);
    }
    let width = values.first().map_or(0, |value| value.len());
    let same = values.iter().all(|value| value.len() == width);
    u8::try_from(width).ok().filter(|width| same && *width <= 20).map(Some)
}

#[cfg(test)]
mod tests {
    use super::{digits, is_canonical, is_moment};

    #[test]
    fn numbers_have_one_way_to_be_written() {
        assert_eq!(digits(&["7", "12", "0"]), Some(None));
        assert_eq!(digits(&["007", "012"]), Some(Some(3)));
        assert_eq!(digits(&["007", "12"]), None);
        assert_eq!(digits(&["7", "x"]), None);
        assert_eq!(digits(&["99999999999999999999"]), None, "it is no u64");
        assert_eq!(digits(&["00000000000000000007"]), Some(Some(20)));
    }

    #[test]
    fn ids_and_moments_are_the_same_in_our_keys() {
        for text in
            ["085ef82f-5b51-4b5e-9d3c-2c1b6b0f4a11", "01ARZ3NDEKTSV4RRFFQ69G5FAV", "2023-03-29T14:57:01.964857+00:00"]
        {
            assert!(is_canonical(text), "{text}");
        }
        for text in ["085EF82F-5B51-4B5E-9D3C-2C1B6B0F4A11", "ann", "2023-03-29 14:57", "a b", ""] {
            assert!(!is_canonical(text), "{text}");
        }
        assert!(is_moment("2026-11-20") && !is_moment("2026-11") && !is_moment("2026-11-20#7"));
    }
}
