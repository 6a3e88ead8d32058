//! How often which class of fault happens.

use core::ops::Range;
use core::time::Duration;

use super::facts::Facts;
use super::fault::{Applied, Cancellation, Fault, Loss, Refused, Throttle};
use super::random::Random;

/// A class of faults, for [`Rates`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Class {
    /// The throttling codes.
    Throttled,
    /// The statuses 500, 502 and 503.
    ServerError,
    /// Resets, hangs, and answers that break or stall in the middle.
    Connection,
    /// Answers that are truncated, empty, not JSON, or not what their checksum says.
    Damaged,
    /// Conflicts with transactions, cancelled and unfinished transactions.
    Transaction,
    /// Expired credentials and a wrong clock.
    Credentials,
    /// Batches of which a part is unprocessed.
    Unprocessed,
    /// Short and empty pages.
    Page,
    /// Reads of an earlier state.
    Stale,
    /// Expired items that are still there.
    Expired,
    /// Split shards, expired iterators and trimmed records.
    Stream,
}

impl Class {
    const ALL: [Self; 11] = [
        Self::Throttled,
        Self::ServerError,
        Self::Connection,
        Self::Damaged,
        Self::Transaction,
        Self::Credentials,
        Self::Unprocessed,
        Self::Page,
        Self::Stale,
        Self::Expired,
        Self::Stream,
    ];
}

/// How often a request has a fault, and of which class.
///
/// ```
/// use tablewright::testing::{Class, Rates};
///
/// let rates = Rates::new(0.3).weight(Class::Connection, 4).weight(Class::Credentials, 0);
/// # let _ = rates;
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Rates {
    chance: f64,
    weights: [u32; Class::ALL.len()],
    late: f64,
    late_by: Range<Duration>,
}

impl Rates {
    /// A request has a fault with this chance, from 0 to 1, and every class that fits it is equally likely.
    ///
    /// Of the writes whose answer is lost a third is not applied, a third is applied before, and a third
    /// arrives between half a second and four and a half seconds late.
    #[must_use]
    pub const fn new(chance: f64) -> Self {
        let late_by = Duration::from_millis(500)..Duration::from_millis(4500);
        Self { chance, weights: [1; Class::ALL.len()], late: 1.0 / 3.0, late_by }
    }

    /// Sets how likely a class is, compared with the others, whose weight is 1 unless it is set.
    #[must_use]
    pub fn weight(mut self, class: Class, weight: u32) -> Self {
        if let Some(place) = self.weights.get_mut(class as usize) {
            *place = weight;
        }
        self
    }

    /// Sets the share of writes that arrive late, among those whose answer is lost, and how late they are.
    #[must_use]
    pub const fn late(mut self, share: f64, by: Range<Duration>) -> Self {
        self.late = share;
        self.late_by = by;
        self
    }

    /// Chooses a fault for a request.
    pub(super) fn draw(&self, random: &mut Random, facts: &Facts) -> Fault {
        if !random.chance(self.chance) {
            return Fault::None;
        }
        let weighed: Vec<(Class, u64)> = Class::ALL
            .into_iter()
            .zip(self.weights)
            .filter(|(class, _)| class.examples().iter().any(|fault| facts.fit(*fault)))
            .map(|(class, weight)| (class, u64::from(weight)))
            .collect();
        let mut left = random.below(weighed.iter().map(|(_, weight)| weight).sum());
        for (class, weight) in weighed {
            if left < weight {
                return self.of_class(class, random, facts);
            }
            left -= weight;
        }
        Fault::None
    }

    fn of_class(&self, class: Class, random: &mut Random, facts: &Facts) -> Fault {
        let fitting: Vec<Fault> = class.examples().iter().copied().filter(|fault| facts.fit(*fault)).collect();
        match random.one_of(&fitting).unwrap_or(Fault::None) {
            Fault::Lost(loss, _) => Fault::Lost(loss, self.applied(random)),
            // A mask leaves half unprocessed, or all.
            Fault::Unprocessed(_) => Fault::Unprocessed(if random.chance(0.2) { u64::MAX } else { random.next() }),
            Fault::Cancelled(reason, _) => Fault::Cancelled(reason, random.next() | 1),
            Fault::ShortPage(_) => Fault::ShortPage(u32::try_from(1 + random.below(4)).unwrap_or(1)),
            Fault::Stale(_) => Fault::Stale(u32::try_from(1 + random.below(4)).unwrap_or(1)),
            other => other,
        }
    }

    fn applied(&self, random: &mut Random) -> Applied {
        let drawn = random.unit();
        if drawn < self.late {
            Applied::Later(random.within(&self.late_by))
        } else if drawn < self.late + (1.0 - self.late) / 2.0 {
            Applied::Before
        } else {
            Applied::Never
        }
    }
}

impl Class {
    /// The faults of the class, before their numbers are drawn.
    const fn examples(self) -> &'static [Fault] {
        /// Whether it is applied is drawn later.
        macro_rules! lost {
            ($($loss:ident),*) => { &[$( Fault::Lost(Loss::$loss, Applied::Never) ),*] };
        }
        match self {
            Self::Throttled => &[
                Fault::Refused(Refused::ProvisionedThroughputExceeded(Throttle::Provisioned)),
                Fault::Refused(Refused::ProvisionedThroughputExceeded(Throttle::KeyRange)),
                Fault::Refused(Refused::Throttling(Throttle::OnDemandMaximum)),
                Fault::Refused(Refused::Throttling(Throttle::KeyRange)),
                Fault::Refused(Refused::RequestLimitExceeded(Throttle::Account)),
            ],
            Self::ServerError => lost![InternalServerError, BadGateway, ServiceUnavailable],
            Self::Connection => lost![Reset, Hang, BodyError, Stall],
            Self::Damaged => lost![Truncated, Empty, NotJson, WrongChecksum, FlippedByte],
            Self::Transaction => &[
                Fault::Refused(Refused::TransactionConflict),
                Fault::Refused(Refused::TransactionInProgress),
                Fault::Cancelled(Cancellation::Conflict, 0),
                Fault::Cancelled(Cancellation::Throttling, 0),
                Fault::Cancelled(Cancellation::ProvisionedThroughputExceeded, 0),
            ],
            Self::Credentials => &[Fault::Refused(Refused::ExpiredCredentials), Fault::Refused(Refused::ClockSkew)],
            Self::Unprocessed => &[Fault::Unprocessed(0)],
            Self::Page => &[Fault::ShortPage(1), Fault::EmptyPage],
            Self::Stale => &[Fault::Stale(1)],
            Self::Expired => &[Fault::ExpiredStay],
            Self::Stream => {
                &[Fault::ShardSplit, Fault::Refused(Refused::ExpiredIterator), Fault::Refused(Refused::TrimmedData)]
            }
        }
    }
}
