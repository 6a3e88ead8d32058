//! What the callers of a schedule do: three of them, four operations each, on one item.

use std::time::Duration;

use futures_util::future::join_all;

use super::op::Op;
use super::witness::MARK;
use super::world::{Told, World};

/// A way to write one item that several callers share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Policy {
    /// Each operation is one of these.
    OneOf(&'static [Op]),
    /// Reads, and writes if nothing has changed since; a conflict is read and tried again as a new operation.
    Guarded,
    /// As `Guarded`, but the repetitions are taken for one operation, as if a conflict said that nothing was applied.
    NaiveVersion,
}

const CLIENTS: u64 = 3;
const OPERATIONS: u64 = 4;

/// Numbers for the callers, which don't depend on the faults'.
pub(super) struct Dice(fastrand::Rng);

impl Dice {
    fn new(seed: u64, client: u64) -> Self {
        Self(fastrand::Rng::with_seed(seed.wrapping_mul(CLIENTS + 1).wrapping_add(client + 1)))
    }

    async fn pause(&mut self) {
        tokio::time::sleep(Duration::from_millis(self.0.u64(0..60))).await;
    }
}

/// Lets all callers do what the policy says.
pub(super) async fn run(world: &World, policy: Policy, seed: u64) {
    join_all((0..CLIENTS).map(|client| caller(world, policy, seed, client, OPERATIONS))).await;
}

/// One caller, so many operations.
pub(super) async fn caller(world: &World, policy: Policy, seed: u64, client: u64, operations: u64) {
    let mut dice = Dice::new(seed, client);
    for number in 0..operations {
        dice.pause().await;
        let tag = format!("{MARK}{client}.{number}");
        match policy {
            Policy::OneOf(ops) => {
                let op = ops[dice.0.usize(0..ops.len())];
                world.call(op, &tag, number).await;
            }
            Policy::Guarded => guarded(world, &mut dice, |again| format!("{tag}.{again}")).await,
            Policy::NaiveVersion => guarded(world, &mut dice, |_| tag.clone()).await,
        }
    }
}

async fn guarded(world: &World, dice: &mut Dice, tag: impl Fn(u32) -> String) {
    for again in 0..4 {
        let Told::Found(found) = world.call(Op::GetConsistent, "", 0).await else { return };
        let Some(expected) = found.n() else { return };
        match world.call(Op::Guarded, &tag(again), expected).await {
            Told::ConditionFailed => dice.pause().await,
            _ => return,
        }
    }
}
