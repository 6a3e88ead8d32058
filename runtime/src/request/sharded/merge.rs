//! Rows of several sources, each in order, as one list in order.

use core::cmp::Ordering;
use std::collections::{BinaryHeap, VecDeque};

/// Merges the rows of sources that are read page by page: each row once, in the order of the keys.
///
/// Rows with equal keys are in the order of their sources, and of one source as it gives them. The descending order is the
/// exact reverse.
pub(super) struct Merge<K, R> {
    sources: Vec<Source<K, R>>,
    /// The sources without a first row: few while rows are given, so that an item costs no look at every source.
    waiting: Vec<usize>,
    /// The first row of each source that has one.
    fronts: BinaryHeap<Front<K, R>>,
    descending: bool,
}

struct Source<K, R> {
    /// The rows after the first.
    rows: VecDeque<(K, R)>,
    /// False for the sources in `waiting`.
    has_front: bool,
    rest: Rest<K>,
}

/// What a source has besides the rows that were added.
pub(super) enum Rest<K> {
    /// Anything.
    Unread,
    /// Rows after this key, if any.
    After(K),
    /// No row.
    Nothing,
}

/// The first row of a source; the greatest is the next of all.
struct Front<K, R> {
    key: K,
    source: usize,
    row: R,
    descending: bool,
}

impl<K: Ord, R> Merge<K, R> {
    /// So many sources that nothing was read of.
    pub(super) fn new(sources: usize, descending: bool) -> Self {
        let source = || Source { rows: VecDeque::new(), has_front: false, rest: Rest::Unread };
        let waiting = (0..sources).collect();
        let sources = core::iter::repeat_with(source).take(sources).collect();
        Self { sources, waiting, fronts: BinaryHeap::new(), descending }
    }

    /// Adds the next rows of a source, and what it has after them.
    pub(super) fn extend(&mut self, source: usize, rows: impl IntoIterator<Item = (K, R)>, rest: Rest<K>) {
        if let Some(of) = self.sources.get_mut(source) {
            of.rows.extend(rows);
            of.rest = rest;
            self.advance(source);
        }
    }

    /// The next row of all and its source. There is none while a source could still have an earlier one.
    pub(super) fn next(&mut self) -> Option<(usize, R)> {
        if self.waiting.iter().any(|source| self.blocks(*source)) {
            return None;
        }
        let Front { source, row, .. } = self.fronts.pop()?;
        if let Some(of) = self.sources.get_mut(source) {
            of.has_front = false;
            self.waiting.push(source);
        }
        self.advance(source);
        Some((source, row))
    }

    /// True if the next row of all cannot be told before more is read of this source.
    pub(super) fn blocks(&self, source: usize) -> bool {
        let Some(Source { has_front: false, rest, .. }) = self.sources.get(source) else { return false };
        match (rest, self.fronts.peek()) {
            (Rest::Nothing, _) => false,
            (Rest::Unread, _) | (_, None) => true,
            (Rest::After(key), Some(front)) => !self.is_before(&front.key, key),
        }
    }

    /// True if every row of a source that was added was given.
    pub(super) fn is_dry(&self, source: usize) -> bool {
        self.sources.get(source).is_none_or(|of| !of.has_front)
    }

    /// The key up to which every row was given, if nothing but more reading is needed for the next row.
    pub(super) fn reached(&self) -> Option<&K> {
        let waiting = self.sources.iter().filter(|of| !of.has_front).filter_map(|of| match &of.rest {
            Rest::After(key) => Some(key),
            Rest::Unread | Rest::Nothing => None,
        });
        waiting.reduce(|first, other| if self.is_before(other, first) { other } else { first })
    }

    /// True if there are no rows and will be none.
    pub(super) fn is_over(&self) -> bool {
        self.fronts.is_empty() && self.sources.iter().all(|of| matches!(of.rest, Rest::Nothing))
    }

    fn is_before(&self, one: &K, other: &K) -> bool {
        if self.descending { one > other } else { one < other }
    }

    /// Makes the next row of a source its front, if it has none.
    fn advance(&mut self, source: usize) {
        let Some(of) = self.sources.get_mut(source).filter(|of| !of.has_front) else { return };
        if let Some((key, row)) = of.rows.pop_front() {
            of.has_front = true;
            self.waiting.retain(|waiting| *waiting != source);
            self.fronts.push(Front { key, source, row, descending: self.descending });
        }
    }
}

impl<K: Ord, R> Ord for Front<K, R> {
    fn cmp(&self, other: &Self) -> Ordering {
        let forward = self.key.cmp(&other.key).then(self.source.cmp(&other.source));
        if self.descending { forward } else { forward.reverse() }
    }
}

impl<K: Ord, R> PartialOrd for Front<K, R> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<K: Ord, R> PartialEq for Front<K, R> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl<K: Ord, R> Eq for Front<K, R> {}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers of a seed, below a bound: `SplitMix64`.
    struct Random(u64);

    impl Random {
        fn below(&mut self, bound: u8) -> u8 {
            self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            u8::try_from((mixed >> 40) % u64::from(bound)).unwrap()
        }
    }

    /// A row: its key, and whether a filter leaves it.
    type Rows = VecDeque<(u8, usize, bool)>;

    /// Adds the next page of a source, as DynamoDB gives it: what a filter leaves, and where the page ended.
    fn read(merge: &mut Merge<u8, (u8, usize)>, source: usize, rows: &mut Rows, page: usize) {
        let read: Vec<_> = rows.drain(..page.min(rows.len())).collect();
        let rest = match read.last() {
            Some((key, ..)) if !rows.is_empty() => Rest::After(*key),
            _ => Rest::Nothing,
        };
        let left = read.into_iter().filter(|(.., left)| *left).map(|(key, place, _)| (key, (key, place)));
        merge.extend(source, left, rest);
    }

    #[test]
    fn every_row_comes_once_and_in_order() {
        for seed in 0..2_000 {
            let mut random = Random(seed);
            let (page, descending) = (1 + usize::from(random.below(4)), random.below(2) == 1);
            let mut rows: Vec<Rows> = Vec::new();
            let mut expected = Vec::new();
            for source in 0..random.below(9) {
                let count = usize::from(random.below(12));
                let mut of: Vec<_> = (0..count).map(|place| (random.below(20), place, random.below(2) == 1)).collect();
                of.sort_unstable();
                let left = of.iter().filter(|(.., left)| *left);
                expected.extend(left.map(|(key, place, _)| (*key, usize::from(source), *place)));
                if descending {
                    of.reverse();
                }
                rows.push(of.into());
            }
            expected.sort_unstable();
            if descending {
                expected.reverse();
            }
            let mut merge = Merge::new(rows.len(), descending);
            let mut found = Vec::new();
            while !merge.is_over() {
                let blocking: Vec<usize> = (0..rows.len()).filter(|source| merge.blocks(*source)).collect();
                assert!(!blocking.is_empty(), "seed {seed}: what is not over waits for something");
                for source in blocking {
                    read(&mut merge, source, &mut rows[source], page);
                }
                while let Some((source, (key, place))) = merge.next() {
                    found.push((key, source, place));
                }
                if let Some(reached) = merge.reached() {
                    let is_before = |key: u8| if descending { key > *reached } else { key < *reached };
                    let ahead = &expected[found.len()..];
                    assert!(!ahead.iter().any(|(key, ..)| is_before(*key)), "seed {seed}: what was reached is given");
                }
            }
            assert_eq!(found, expected, "seed {seed}");
        }
    }

    #[test]
    fn nothing_is_given_before_it_is_known_to_be_the_next() {
        let mut merge = Merge::new(2, false);
        merge.extend(0, [(1, "a"), (5, "c")], Rest::Nothing);
        assert_eq!(merge.next(), None, "the other source may have a 0");
        assert!(merge.blocks(1) && !merge.blocks(0));
        merge.extend(1, [], Rest::After(0));
        assert_eq!((merge.next(), merge.reached()), (None, Some(&0)), "an empty page is not the end");
        merge.extend(1, [(3, "b")], Rest::After(4));
        assert_eq!((merge.next(), merge.next()), (Some((0, "a")), Some((1, "b"))));
        assert_eq!((merge.next(), merge.reached()), (None, Some(&4)), "the other source may have another 4");
        merge.extend(1, [], Rest::After(6));
        assert_eq!((merge.next(), merge.next()), (Some((0, "c")), None), "the other source has nothing up to 6");
        assert!(!merge.is_over() && merge.blocks(1));
        merge.extend(1, [], Rest::Nothing);
        assert!(merge.is_over());
    }
}
