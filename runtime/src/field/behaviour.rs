//! What generated code calls for a version, and for an id that is made.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::codec::Encoder;
use crate::schema::VersionSchema;
use crate::value::ToAttribute;
use crate::value::kind::{Kind, Numeric};

/// A field that holds the version of an item.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a version",
    label = "not a number that every write counts up",
    note = "a `version` field is a `u64`, or an `i64`, `u32` or `i32`; an item without a version has version 0"
)]
pub trait VersionField: ToAttribute {
    /// The greatest version.
    const GREATEST: u64;

    /// The version; `None` if it is negative.
    fn version(&self) -> Option<u64>;

    /// Writes the version and the ids of the last writes.
    fn write(&self, schema: &'static VersionSchema, out: &mut Encoder) {
        out.version(self.version(), Self::GREATEST, schema);
    }
}

/// Checks that the greatest version of a type is beyond the microseconds since 1970.
#[track_caller]
pub const fn counts_microseconds(greatest: u64) {
    assert!(
        greatest > u32::MAX as u64,
        "the first version is the time in microseconds: make the version a `u64` or `i64`, or write `version(starts_at = 1)`"
    );
}

macro_rules! versions {
    ($($integer:ty: $greatest:literal)*) => {$(
        impl VersionField for $integer {
            const GREATEST: u64 = $greatest;
            fn version(&self) -> Option<u64> {
                u64::try_from(*self).ok()
            }
        }
    )*};
}

versions! {
    u64: 18_446_744_073_709_551_615
    i64: 9_223_372_036_854_775_807
    u32: 4_294_967_295
    i32: 2_147_483_647
}

/// A field that is counted.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a counter",
    label = "not a number",
    note = "a `counter` field is an integer, a `Number` or an `Option` of one"
)]
pub trait CounterField {}

#[diagnostic::do_not_recommend]
impl<T: ToAttribute> CounterField for T where <T::Kind as Kind>::Base: Numeric {}

/// Checks that a type can be counted.
pub const fn counter<T: CounterField>() {}

/// The id of an item that is made when it is created, in the format `F`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an id that is made for a new item",
    label = "not an id",
    note = "an `id` field is a `String`, or a `uuid::Uuid` where it is `id = \"uuid-v7\"` and the feature `uuid` is on"
)]
pub trait IdField<F>: Sized {
    /// The id that was given, or a new one for a new item that has none.
    #[must_use]
    fn given(&self, out: &mut Encoder) -> Self;
}

/// A UUID of version 7: the time in milliseconds, and 74 bits of the handle's id source.
#[derive(Debug)]
pub enum UuidV7 {}

/// A ULID: the time in milliseconds, and 80 bits of the handle's id source.
#[derive(Debug)]
pub enum Ulid {}

impl IdField<UuidV7> for String {
    fn given(&self, out: &mut Encoder) -> Self {
        given(self, self.is_empty(), out, |now, random| hyphenated(uuid_v7(now, random)))
    }
}

impl IdField<Ulid> for String {
    fn given(&self, out: &mut Encoder) -> Self {
        given(self, self.is_empty(), out, |now, random| crockford(ulid(now, random)))
    }
}

#[cfg(feature = "uuid")]
impl IdField<UuidV7> for uuid::Uuid {
    fn given(&self, out: &mut Encoder) -> Self {
        given(self, self.is_nil(), out, |now, random| Self::from_u128(uuid_v7(now, random)))
    }
}

fn given<T: Clone>(id: &T, is_missing: bool, out: &mut Encoder, make: impl FnOnce(SystemTime, u128) -> T) -> T {
    if !is_missing {
        return id.clone();
    }
    match out.made_id() {
        Some((now, random)) => make(now, random),
        None => id.clone(),
    }
}

/// The milliseconds since 1970 in the 48 bits that both formats have for them.
fn milliseconds(now: SystemTime) -> u128 {
    let since = now.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis());
    (since & 0xffff_ffff_ffff) << 80
}

fn uuid_v7(now: SystemTime, random: u128) -> u128 {
    const RANDOM: u128 = (0xfff << 64) | (u128::MAX >> 66);
    milliseconds(now) | (7 << 76) | (2 << 62) | (random & RANDOM)
}

fn ulid(now: SystemTime, random: u128) -> u128 {
    milliseconds(now) | (random & (u128::MAX >> 48))
}

fn hyphenated(id: u128) -> String {
    let digits = format!("{id:032x}");
    let mut text = String::with_capacity(36);
    for (place, digit) in digits.chars().enumerate() {
        if matches!(place, 8 | 12 | 16 | 20) {
            text.push('-');
        }
        text.push(digit);
    }
    text
}

/// 26 characters of 5 bits each.
fn crockford(id: u128) -> String {
    const DIGITS: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let digit = |place: u32| {
        let bits = usize::try_from((id >> (place * 5)) & 31).unwrap_or(0);
        DIGITS.chars().nth(bits).unwrap_or('0')
    };
    (0..26).rev().map(digit).collect()
}

#[cfg(test)]
mod tests {
    use core::time::Duration;

    use super::*;

    #[test]
    fn ids_are_in_the_order_of_their_moments_and_have_their_format() {
        let at = |milliseconds: u64| UNIX_EPOCH + Duration::from_millis(milliseconds);
        // The example of RFC 9562, appendix A.6.
        let id = hyphenated(uuid_v7(at(0x017f_22e2_79b0), 0x0cc3_18c4_dc0c_0c07_398f));
        assert_eq!(id, "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
        // The time of the ULID specification's example.
        assert!(crockford(ulid(at(1_469_918_176_385), u128::MAX)).starts_with("01ARYZ6S41"));
        assert_eq!(crockford(ulid(at(0), 0)), "0".repeat(26));
        assert_eq!(crockford(u128::MAX), "7ZZZZZZZZZZZZZZZZZZZZZZZZZ");
        let mut before = (String::new(), String::new());
        for (moment, random) in (0..2000_u64).map(|step| (at(step * 997_331), u128::MAX / 3 * u128::from(step % 4))) {
            let ids = (hyphenated(uuid_v7(moment, random)), crockford(ulid(moment, random)));
            assert!(ids.0 > before.0 && ids.1 > before.1);
            let (version, variant) = (ids.0.chars().nth(14), ids.0.chars().nth(19));
            assert!(version == Some('7') && matches!(variant, Some('8' | '9' | 'a' | 'b')), "{}", ids.0);
            before = ids;
        }
    }
}
