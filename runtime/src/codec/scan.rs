//! Finds the byte that ends a run of plain string text, eight bytes at a time.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// A word whose high bits mark the bytes that are a quote, a backslash or a control character.
///
/// The lowest mark is exact; marks above it may be false, which does not matter to a search for the first.
#[inline(always)]
const fn special(word: u64) -> u64 {
    let quote = word ^ (ONES * 0x22);
    let backslash = word ^ (ONES * 0x5c);
    ((quote.wrapping_sub(ONES) & !quote)
        | (backslash.wrapping_sub(ONES) & !backslash)
        | (word.wrapping_sub(ONES * 0x20) & !word))
        & HIGH
}

/// The place of the first `"`, `\` or control byte at or after `start`, or the length of `bytes`.
#[inline(always)]
pub(super) fn end_of_plain_text(bytes: &[u8], start: usize) -> usize {
    let mut place = start;
    while let Some(word) = bytes.get(place..).and_then(<[u8]>::first_chunk::<8>) {
        let marks = special(u64::from_le_bytes(*word));
        if marks != 0 {
            return place + (marks.trailing_zeros() / 8) as usize;
        }
        place += 8;
    }
    while let Some(byte) = bytes.get(place) {
        if matches!(byte, b'"' | b'\\' | 0..=0x1f) {
            return place;
        }
        place += 1;
    }
    place
}
