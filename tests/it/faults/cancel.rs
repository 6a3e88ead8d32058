//! Callers who give up: the future of every operation is dropped at every place where it waits.

use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use tablewright::testing::{Applied, Fault, Loss, Refused, Throttle};

use super::check::violations;
use super::op::Op;
use super::witness::MARK;
use super::world::{Level, Told, World, engine, paused, told};

/// Polls a future so often and drops it then; `None` if it was not done.
pub(super) async fn poll_times<F: Future>(future: F, times: u32) -> Option<F::Output> {
    let mut future = pin!(future);
    let mut polled = 0;
    std::future::poll_fn(|context| {
        if polled == times {
            return Poll::Ready(None);
        }
        polled += 1;
        let poll = future.as_mut().poll(context).map(Some);
        if poll.is_pending() && polled == times {
            // There is no further poll to wait for.
            return Poll::Ready(None);
        }
        poll
    })
    .await
}

/// Cancels an operation at each poll until it ends before that, and gives how many places that were.
async fn at_every_await(op: Op, level: Level, script: &[Fault]) -> u32 {
    let engine = engine().await;
    for polls in 0.. {
        let world = World::new(&engine, u64::from(polls), level).with_item().await;
        world.faults.latency(Duration::from_millis(2)..Duration::from_millis(9)).inject_all(script.iter().copied());
        let tag = format!("{MARK}cancelled");
        let begun = world.begin(op, &tag, 0);
        let result = poll_times(op.perform(&world, &tag, 0), polls).await;
        let done = result.is_some();
        world.log(begun, result.map_or(Told::Cancelled, told));
        assert_eq!(world.faults.in_flight(), 0, "{op:?} {level:?} {script:?}: a request outlives its caller");

        // The handle goes on as if nothing had happened.
        world.faults.stop();
        assert!(matches!(world.call(Op::GetConsistent, "", 0).await, Told::Found(_)));
        world.call(Op::Add, &format!("{MARK}next"), 0).await;
        world.settle().await;
        let wrong = violations(&world);
        assert!(wrong.is_empty(), "{op:?} {level:?} {script:?}, {polls} polls: {wrong:?}\n{}", world.faults.trace());
        let tasks = tokio::runtime::Handle::current().metrics().num_alive_tasks();
        assert_eq!(tasks, 0, "{op:?} {level:?} {script:?}, {polls} polls: a task outlives its caller");
        if done {
            return polls;
        }
    }
    unreachable!("an operation ends")
}

fn scripts() -> [Vec<Fault>; 5] {
    let throttled = Fault::Refused(Refused::Throttling(Throttle::Provisioned));
    let late = Applied::Later(Duration::from_secs(2));
    [
        vec![],
        vec![throttled, throttled],
        vec![Fault::Lost(Loss::Reset, Applied::Before)],
        vec![throttled, Fault::Lost(Loss::Hang, late)],
        vec![Fault::Lost(Loss::Stall, Applied::Before), throttled],
    ]
}

fn every_operation(level: Level) {
    let mut places = 0;
    for op in Op::ALL.iter().copied() {
        for script in scripts() {
            fastrand::seed(0);
            places += paused(at_every_await(op, level, &script));
        }
    }
    println!("{} operations, {}: cancelled at {places} places", Op::ALL.len(), level.name());
    assert!(places > 65, "each operation waits somewhere");
}

#[test]
fn at_every_await_at_the_waist() {
    every_operation(Level::Waist);
}

#[test]
fn at_every_await_on_the_wire() {
    every_operation(Level::Wire);
}
