//! Rows of several sources, each in order, as one list in order.

use core::cmp::Ordering;
use std::collections::{BinaryHeap, VecDeque};

/// Merges the rows of sources that are read page by page: each row once, in the order of the keys.
///
/// Rows with equal keys are in the order of their sources, and of one source as it gives them. The descending order is the
/// exact reverse.
pub(super) struct Merge<K, R> {
    sources: Vec<Source<K, R>>,
    /// The first row of each source that has one.
    fronts: BinaryHeap<Front<K, R>>,
    descending: bool,
}

struct Source<K, R> {
    /// The rows after the first.
    rows: VecDeque<(K, R)>,
    has_front: bool,
    ended: bool,
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
        let source = || Source { rows: VecDeque::new(), has_front: false, ended: false };
        let sources = core::iter::repeat_with(source).take(sources).collect();
        Self { sources, fronts: BinaryHeap::new(), descending }
    }

    /// Adds the next rows of a source, and whether they are the last.
    pub(super) fn extend(&mut self, source: usize, rows: impl IntoIterator<Item = (K, R)>, ended: bool) {
        if let Some(of) = self.sources.get_mut(source) {
            of.rows.extend(rows);
            of.ended = ended;
            self.advance(source);
        }
    }

    /// The next row of all and its source. There is none while a source could still have an earlier one.
    pub(super) fn next(&mut self) -> Option<(usize, R)> {
        if (0..self.sources.len()).any(|source| self.is_dry(source)) {
            return None;
        }
        let Front { source, row, .. } = self.fronts.pop()?;
        if let Some(of) = self.sources.get_mut(source) {
            of.has_front = false;
        }
        self.advance(source);
        Some((source, row))
    }

    /// True if a source has more rows than were added.
    pub(super) fn is_dry(&self, source: usize) -> bool {
        self.sources.get(source).is_some_and(|of| !of.has_front && !of.ended)
    }

    /// True if every row of a source that was added was given.
    pub(super) fn is_empty(&self, source: usize) -> bool {
        self.sources.get(source).is_none_or(|of| !of.has_front)
    }

    /// True if every source has ended, whether its rows were given or not.
    pub(super) fn has_ended(&self, source: usize) -> bool {
        self.sources.get(source).is_none_or(|of| of.ended)
    }

    /// True if there are no rows and will be none.
    pub(super) fn is_over(&self) -> bool {
        self.fronts.is_empty() && self.sources.iter().all(|of| of.ended)
    }

    /// Makes the next row of a source its front, if it has none.
    fn advance(&mut self, source: usize) {
        let Some(of) = self.sources.get_mut(source).filter(|of| !of.has_front) else { return };
        if let Some((key, row)) = of.rows.pop_front() {
            of.has_front = true;
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
    use proptest::prelude::*;

    /// Reads sources in pages of some sizes, and gives what was merged.
    fn merged(sources: &[Vec<u8>], page: usize, descending: bool) -> Vec<(u8, usize, usize)> {
        let mut rows: Vec<VecDeque<(u8, usize)>> = sources
            .iter()
            .map(|keys| {
                let mut rows: Vec<_> = keys.iter().copied().enumerate().map(|(place, key)| (key, place)).collect();
                rows.sort_unstable();
                if descending {
                    rows.reverse();
                }
                rows.into()
            })
            .collect();
        let mut merge = Merge::new(rows.len(), descending);
        let mut found = Vec::new();
        while !merge.is_over() {
            for (source, rows) in rows.iter_mut().enumerate() {
                if merge.is_dry(source) {
                    // Every other page is empty, as one that a filter left nothing of.
                    let size = if found.len() % 2 == 0 { page } else { page - 1 };
                    let read: Vec<_> =
                        rows.drain(..size.min(rows.len())).map(|(key, place)| (key, (key, place))).collect();
                    merge.extend(source, read, rows.is_empty());
                }
            }
            while let Some((source, (key, place))) = merge.next() {
                found.push((key, source, place));
            }
            if page == 1 && found.len() % 2 == 1 {
                // A page of nothing forever would never end.
                for (source, rows) in
                    rows.iter_mut().enumerate().filter(|(source, _)| merge.is_dry(*source)).collect::<Vec<_>>()
                {
                    let read: Vec<_> =
                        rows.drain(..1.min(rows.len())).map(|(key, place)| (key, (key, place))).collect();
                    merge.extend(source, read, rows.is_empty());
                }
            }
        }
        found
    }

    proptest! {
        #[test]
        fn every_row_comes_once_and_in_order(
            sources in proptest::collection::vec(proptest::collection::vec(0..20_u8, 0..12), 0..9),
            page in 1..5_usize,
            descending in any::<bool>(),
        ) {
            let found = merged(&sources, page, descending);
            let mut expected: Vec<_> = sources
                .iter()
                .enumerate()
                .flat_map(|(source, keys)| keys.iter().copied().enumerate().map(move |(place, key)| (key, source, place)))
                .collect();
            expected.sort_unstable();
            if descending {
                expected.reverse();
            }
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn nothing_is_given_before_it_is_known_to_be_the_next() {
        let mut merge = Merge::new(2, false);
        merge.extend(0, [(1, "a"), (5, "c")], true);
        assert_eq!(merge.next(), None, "the other source may have a 0");
        assert!(merge.is_dry(1) && !merge.is_dry(0));
        merge.extend(1, [], false);
        assert_eq!(merge.next(), None, "an empty page is not the end");
        merge.extend(1, [(3, "b")], false);
        assert_eq!((merge.next(), merge.next()), (Some((0, "a")), Some((1, "b"))));
        assert_eq!(merge.next(), None, "the other source may have a 4");
        merge.extend(1, [], true);
        assert_eq!((merge.next(), merge.next()), (Some((0, "c")), None));
        assert!(merge.is_over());
    }
}
