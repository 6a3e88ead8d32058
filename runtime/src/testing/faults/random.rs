//! Random numbers that are the same for the same seed, on every machine and in every release.

use core::ops::Range;
use core::time::Duration;

/// `SplitMix64`, whose numbers are good enough to choose faults with.
#[derive(Debug, Clone)]
pub(super) struct Random(u64);

impl Random {
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(super) const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to, but not including, `end`.
    pub(super) const fn below(&mut self, end: u64) -> u64 {
        // The modulus favours small numbers by less than one in 2^50 for the ends that are asked for.
        if end == 0 { 0 } else { self.next() % end }
    }

    /// True with this chance.
    pub(super) fn chance(&mut self, chance: f64) -> bool {
        self.unit() < chance
    }

    /// A number from 0 up to, but not including, 1.
    #[expect(clippy::cast_precision_loss, reason = "53 bits are what a double holds")]
    pub(super) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// One of these, or `None` if there is none.
    pub(super) fn one_of<T: Copy>(&mut self, choices: &[T]) -> Option<T> {
        let place = self.below(choices.len() as u64);
        choices.get(usize::try_from(place).unwrap_or(0)).copied()
    }

    /// A number of milliseconds in this range.
    pub(super) fn within(&mut self, range: &Range<Duration>) -> Duration {
        let length = range.end.saturating_sub(range.start).as_millis();
        let more = self.below(u64::try_from(length).unwrap_or(u64::MAX));
        range.start + Duration::from_millis(more)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_of_a_seed_stay_the_same() {
        let mut random = Random::new(0);
        // The first numbers of the published reference implementation for seed 0.
        assert_eq!(random.next(), 0xE220_A839_7B1D_CDAF);
        assert_eq!(random.next(), 0x6E78_9E6A_A1B9_65F4);
        assert_eq!(random.next(), 0x06C4_5D18_8009_454F);
    }

    #[test]
    fn chances_are_kept() {
        let mut random = Random::new(7);
        let hits = (0..10_000).filter(|_| random.chance(0.3)).count();
        assert!((2_800..3_200).contains(&hits), "{hits}");
        assert_eq!(random.one_of::<u8>(&[]), None);
        let range = Duration::from_millis(5)..Duration::from_millis(9);
        assert!((0..100).all(|_| range.contains(&random.within(&range))));
    }
}
