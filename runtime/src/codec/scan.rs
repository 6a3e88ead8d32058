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

/// True if none of the bytes is a `"`, a `\` or a control byte.
///
/// It looks at all of them, without a branch for each word, and at the end once more with the last eight bytes.
#[inline(always)]
pub(super) fn is_plain_text(bytes: &[u8]) -> bool {
    let Some(last) = bytes.last_chunk::<8>() else {
        return bytes.iter().all(|byte| !matches!(byte, b'"' | b'\\' | 0..=0x1f));
    };
    let (words, _) = bytes.as_chunks::<8>();
    let marks =
        words.iter().fold(special(u64::from_le_bytes(*last)), |marks, word| marks | special(u64::from_le_bytes(*word)));
    marks == 0
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_of_every_byte_is_found() {
        for length in 0..40 {
            for place in 0..length {
                for byte in 0..=u8::MAX {
                    let mut bytes = vec![b'x'; length];
                    bytes.iter_mut().skip(place).take(1).for_each(|each| *each = byte);
                    let plain = byte >= 0x20 && byte != b'"' && byte != b'\\';
                    assert_eq!(is_plain_text(&bytes), plain, "{byte} at {place} of {length}");
                    assert_eq!(end_of_plain_text(&bytes, 0), if plain { length } else { place });
                }
            }
        }
    }
}
