//! Shards: which one of a partition key's an item is in, and how the key says it.

use super::{KeyMismatch, SegmentError};
use crate::codec::{Cursor, DecodeError, DecodeProblem};
use crate::schema::{EntityKey, KeyPlace, KeyTemplate, Segment, TableSchema};

/// The most shards that a key has: two hexadecimal digits say which, whatever their number, so that a key with more shards
/// than before keeps its form.
pub const MOST_SHARDS: u16 = 256;

/// Which of so many shards the item of a text is in: that of an item's sort key, for the table's partition key.
///
/// It is stored data and never changes, so that other programs can calculate it too: the CRC-32 of the bytes (that of zlib),
/// mixed by the last steps of `MurmurHash3`, and the remainder of its division by the number of shards. A CRC alone would leave
/// shards empty where few bits of the texts differ, because it is linear. In Python:
///
/// ```python
/// def shard(text, shards):
///     h = zlib.crc32(text.encode())
///     h = (h ^ h >> 16) * 0x85EBCA6B & 0xFFFFFFFF
///     h = (h ^ h >> 13) * 0xC2B2AE35 & 0xFFFFFFFF
///     return (h ^ h >> 16) % shards
/// ```
///
/// ```
/// use tablewright::template::shard;
///
/// assert_eq!(shard("2026-11-29T09:30:00.000000000Z#a", 16), 0x0c);
/// assert_eq!(shard("", 16), 0x00);
/// ```
#[must_use]
pub fn shard(text: &str, shards: u16) -> u8 {
    let mut hash = crc32fast::hash(text.as_bytes());
    hash = (hash ^ (hash >> 16)).wrapping_mul(0x85eb_ca6b);
    hash = (hash ^ (hash >> 13)).wrapping_mul(0xc2b2_ae35);
    hash ^= hash >> 16;
    let shard = hash % u32::from(shards.clamp(1, MOST_SHARDS));
    u8::try_from(shard).unwrap_or(u8::MAX)
}

/// The digits of a shard, as a key has them.
pub(crate) fn digits(shard: u8) -> String {
    format!("{shard:02x}")
}

/// The shard at the start of a text, and what follows.
pub(super) fn split(text: &str) -> Option<(u8, &str)> {
    let (digits, rest) = text.split_at_checked(2)?;
    let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    let shard = digits.bytes().all(is_digit).then(|| u8::from_str_radix(digits, 16).ok())?;
    Some((shard?, rest))
}

impl KeyTemplate {
    /// How many shards the key has, if it has several.
    #[must_use]
    pub const fn shards(&self) -> Option<u16> {
        match self.segments {
            [.., Segment::Shard(shards)] => Some(*shards),
            _ => None,
        }
    }

    /// The shard of the item with that text, which is the table's sort key or, for an index, the primary key.
    pub(crate) fn shard_of(&self, text: Option<&str>) -> Option<u8> {
        Some(shard(text?, self.shards()?))
    }

    /// The template without its shard.
    #[must_use]
    pub(crate) const fn unsharded(mut self) -> Self {
        if let [stem @ .., Segment::Literal(_), Segment::Shard(_)] = self.segments {
            self.segments = stem;
        }
        self
    }

    /// The template as a person reads it: `DAY#{day} in 16 shards`.
    #[must_use]
    pub fn described(&self) -> String {
        match self.shards() {
            Some(shards) => format!("{} in {shards} shards", self.text),
            None => self.text.to_owned(),
        }
    }
}

/// How many shards the table's own partition key has, as an entity makes it.
pub(crate) fn table_shards(keys: &[EntityKey]) -> Option<(&KeyTemplate, u16)> {
    let template = keys.iter().find(|key| key.place == KeyPlace::Partition)?.template()?;
    Some((template, template.shards()?))
}

impl Cursor<'_> {
    /// Refuses the item that the cursor is before if it is in another shard of the table than its sort key says: it was
    /// written with another number of shards, and could not be found by its key.
    ///
    /// An item that was read without its keys is let through.
    ///
    /// # Errors
    /// If it is in another shard, or if the response is malformed.
    #[doc(hidden)]
    pub fn in_its_shard(&self, table: &TableSchema, keys: &[EntityKey]) -> Result<(), DecodeError> {
        let (Some((template, shards)), Some(sort_key)) = (table_shards(keys), table.sort_key) else { return Ok(()) };
        let (mut partition, mut sort) = (None, None);
        let mut cursor = self.clone();
        cursor.expect(b'{', "expected an item")?;
        let mut first = true;
        while let Some(name) = cursor.member(&mut first)? {
            let mut inside = cursor.clone();
            if name == table.partition_key.name && inside.open_any()? == "S" {
                partition = Some(inside.string()?);
            } else if name == sort_key.name && inside.open_any()? == "S" {
                sort = Some(inside.string()?);
            }
            cursor.skip()?;
        }
        let (Some(partition), Some(sort)) = (partition, sort) else { return Ok(()) };
        match template.parse(&partition) {
            Ok(parsed) if parsed.shard() != Some(shard(&sort, shards)) => {
                self.problem(DecodeProblem::Key(template.elsewhere(shards)))
            }
            // What is not of the template is reported where the key is read.
            _ => Ok(()),
        }
    }
}

impl KeyTemplate {
    /// The error about a key with another shard than its sort key says.
    #[cold]
    fn elsewhere(&self, shards: u16) -> KeyMismatch {
        let reason =
            format!("the item's sort key is of another one of {shards} shards: it was written with another number");
        KeyMismatch::of_shard(self.text, Some(SegmentError::new(reason)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shard_of_a_text_never_changes() {
        let texts = ["", "a", "b", "a#1", "00000000001700000000#a$c1", "2026-11-29T09:30:00.000000000Z#a", "é", "😀"];
        let of = |shards| texts.map(|text| shard(text, shards));
        assert_eq!(of(2), [0, 1, 0, 1, 0, 0, 1, 0]);
        assert_eq!(of(16), [0, 7, 12, 5, 4, 12, 5, 14]);
        assert_eq!(of(100), [0, 11, 24, 73, 20, 64, 65, 14]);
        assert_eq!(of(256), [0, 183, 60, 213, 84, 44, 37, 142]);
        assert_eq!((of(0), of(1), shard("a", u16::MAX)), ([0; 8], [0; 8], shard("a", 256)), "no shard is out of range");
    }

    #[test]
    fn digits_are_two_and_in_lower_case() {
        for shard in 0..=u8::MAX {
            assert_eq!(split(&format!("{}x", digits(shard))), Some((shard, "x")));
        }
        for text in ["", "0", "0G", "0A", "+1", " 1", "é"] {
            assert_eq!(split(text), None, "{text}");
        }
    }

    /// How far the numbers of items in the shards are from equal ones: about 0 for chance, in standard deviations.
    fn unevenness(texts: impl Iterator<Item = String>, shards: u16) -> f64 {
        let mut found = vec![0_u32; usize::from(shards)];
        let mut all = 0.0;
        for text in texts {
            found[usize::from(shard(&text, shards))] += 1;
            all += 1.0;
        }
        let (expected, freedom) = (all / f64::from(shards), f64::from(shards) - 1.0);
        let chi_square: f64 = found.iter().map(|found| (f64::from(*found) - expected).powi(2) / expected).sum();
        (chi_square - freedom) / (2.0 * freedom).sqrt()
    }

    #[test]
    fn sequential_sort_keys_are_in_all_shards_alike() {
        let sequences: [(&str, fn(u32) -> String); 6] = [
            ("numbers", |i| format!("{i:05}")),
            ("seconds", |i| format!("{:020}", 1_700_000_000 + i)),
            ("whole seconds in milliseconds", |i| format!("{:020}", 1_700_000_000_000 + 1000 * u64::from(i))),
            ("two parts", |i| format!("{:010}#{:05}", i / 10, i % 10)),
            ("hexadecimal, every 16th", |i| format!("{:08x}", 16 * i)),
            ("moments of a day", |i| format!("2026-11-29T{:02}:{:02}:{:02}.000000000Z", i / 3600, i / 60 % 60, i % 60)),
        ];
        for (name, text) in sequences {
            for shards in [2, 3, 7, 8, 10, 16, 64, 100, 256] {
                let unevenness = unevenness((0..20_000).map(text), shards);
                assert!(unevenness < 4.0, "{name}, {shards} shards: {unevenness}");
            }
        }
    }
}
