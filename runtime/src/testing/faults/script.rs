//! Which fault a request gets: the next of the script that fits, or a random one.

use std::collections::VecDeque;

use super::facts::Facts;
use super::fault::Fault;
use super::random::Random;
use super::rates::Rates;
use crate::Operation;

/// Where faults come from.
#[derive(Debug)]
pub(super) struct Script {
    /// Faults in order, each for any operation or for one.
    planned: VecDeque<(Option<Operation>, Fault)>,
    /// Used when the plan has none.
    rates: Option<Rates>,
    pub(super) seed: Option<u64>,
    pub(super) random: Random,
    pub(super) stopped: bool,
}

impl Script {
    pub(super) const fn new() -> Self {
        Self { planned: VecDeque::new(), rates: None, seed: None, random: Random::new(0), stopped: false }
    }

    pub(super) fn plan(&mut self, operation: Option<Operation>, fault: Fault) {
        self.planned.push_back((operation, fault));
        self.stopped = false;
    }

    pub(super) fn seed(&mut self, seed: u64, rates: Rates) {
        self.seed = Some(seed);
        self.random = Random::new(seed);
        self.rates = Some(rates);
        self.stopped = false;
    }

    /// The faults of the script that no request has had.
    pub(super) fn left(&self) -> usize {
        self.planned.len()
    }

    pub(super) fn choose(&mut self, facts: &Facts) -> Fault {
        if self.stopped {
            return Fault::None;
        }
        let fits =
            |(of, fault): &(Option<Operation>, Fault)| of.is_none_or(|of| of == facts.operation) && facts.fit(*fault);
        let place = self.planned.iter().position(fits);
        match (place.and_then(|place| self.planned.remove(place)), &self.rates) {
            (Some((_, fault)), _) => fault,
            (None, Some(rates)) => rates.draw(&mut self.random, facts),
            (None, None) => Fault::None,
        }
    }
}
