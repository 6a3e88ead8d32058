//! How much fits one call.

use crate::limit;

/// What the names of tables and members of a request take at most, beside its keys or items.
const FRAME_BYTES: usize = 64 * 1024;

/// A call while it is filled.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    items: usize,
    bytes: usize,
}

impl Room {
    /// The room of a call that takes so many keys or items, and 16 MB.
    pub(super) const fn of(items: usize) -> Self {
        Self { items, bytes: limit::BATCH_BYTES - FRAME_BYTES }
    }

    /// Takes room for one more of so many bytes, if there is any.
    pub(super) const fn take(&mut self, bytes: usize) -> bool {
        if self.items == 0 || self.bytes < bytes {
            return false;
        }
        self.items -= 1;
        self.bytes -= bytes;
        true
    }
}

/// Cuts a list into calls, given the bytes of each of its elements.
pub(super) fn cut(sizes: impl IntoIterator<Item = usize>, items: usize) -> Vec<core::ops::Range<usize>> {
    let mut calls = Vec::new();
    let (mut start, mut end) = (0, 0);
    let mut room = Room::of(items);
    for bytes in sizes {
        if !room.take(bytes) {
            if end > start {
                calls.push(start..end);
                start = end;
            }
            room = Room::of(items);
            if !room.take(bytes) {
                // What is too large for any call has one to itself, and is refused there.
                room = Room::of(0);
            }
        }
        end += 1;
    }
    if end > start {
        calls.push(start..end);
    }
    calls
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_cut_by_count_and_by_bytes() {
        let ends = |sizes: &[usize]| cut(sizes.iter().copied(), 25).iter().map(|call| call.end).collect::<Vec<_>>();
        assert_eq!(ends(&[]), [0; 0]);
        assert_eq!(ends(&[1; 25]), [25]);
        assert_eq!(ends(&[1; 106]), [25, 50, 75, 100, 106]);
        let megabytes = 1024 * 1024;
        assert_eq!(ends(&[6 * megabytes; 5]), [2, 4, 5]);
        assert_eq!(ends(&[1, 20 * megabytes, 1]), [1, 2, 3]);
    }
}
