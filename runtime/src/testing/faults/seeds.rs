//! The seeds of a test: some, more, or one that is replayed.

use core::ops::Range;

/// Names the one seed that is run.
const SEED: &str = "TABLEWRIGHT_SEED";
/// Says how many seeds are run instead of what the test says.
const SCHEDULES: &str = "TABLEWRIGHT_SCHEDULES";

/// The seeds of a test, in order.
#[derive(Debug, Clone)]
pub struct Seeds(Range<u64>);

/// The seeds from 0 on, this many.
///
/// With `TABLEWRIGHT_SEED` in the environment it is that one, to replay a schedule that failed; with
/// `TABLEWRIGHT_SCHEDULES` it is that many, for a longer run.
#[must_use]
pub fn seeds(schedules: u64) -> Seeds {
    let number = |name| std::env::var(name).ok().and_then(|text| text.trim().parse().ok());
    Seeds::choose(schedules, number(SEED), number(SCHEDULES))
}

impl Seeds {
    fn choose(schedules: u64, seed: Option<u64>, instead: Option<u64>) -> Self {
        Self(match seed {
            Some(seed) => seed..seed.saturating_add(1),
            None => 0..instead.unwrap_or(schedules),
        })
    }
}

impl Iterator for Seeds {
    type Item = u64;

    fn next(&mut self) -> Option<u64> {
        self.0.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_goes_first() {
        assert_eq!(Seeds::choose(3, None, None).collect::<Vec<_>>(), [0, 1, 2]);
        assert_eq!(Seeds::choose(3, None, Some(5)).count(), 5);
        assert_eq!(Seeds::choose(3, Some(42), Some(5)).collect::<Vec<_>>(), [42]);
    }
}
