//! Every script of one and of two faults for every operation on one item.

use std::time::{Duration, Instant};

use tablewright::testing::{Applied, Cancellation, Fault, Loss, Refused, Throttle};

use super::check::violations;
use super::op::Op;
use super::witness::MARK;
use super::world::{Level, Told, World, engine, paused};

const LATE: Applied = Applied::Later(Duration::from_secs(3));

/// The faults of an operation: on the wire without those losses that are like others there.
fn faults(op: Op, level: Level) -> Vec<Fault> {
    let mut faults = vec![
        Fault::None,
        Fault::Refused(Refused::ProvisionedThroughputExceeded(Throttle::Provisioned)),
        Fault::Refused(Refused::Throttling(Throttle::KeyRange)),
        Fault::Refused(Refused::RequestLimitExceeded(Throttle::Account)),
        Fault::Refused(Refused::ExpiredCredentials),
        Fault::Refused(Refused::ClockSkew),
    ];
    let losses: &[Loss] = match level {
        Level::Wire => &[
            Loss::InternalServerError,
            Loss::BadGateway,
            Loss::Reset,
            Loss::Hang,
            Loss::BodyError,
            Loss::Truncated,
            Loss::FlippedByte,
        ],
        _ => &Loss::ALL,
    };
    for loss in losses {
        faults.push(Fault::Lost(*loss, Applied::Before));
        if op.is_write() {
            faults.push(Fault::Lost(*loss, Applied::Never));
            faults.push(Fault::Lost(*loss, LATE));
        }
    }
    match op {
        Op::Query | Op::Count | Op::Scan | Op::Segments => faults.push(Fault::ShortPage(1)),
        Op::Get | Op::GetConsistent => {}
        Op::BatchGet | Op::BatchWrite | Op::BatchWriteStream => {
            faults.extend([0b01, 0b10, u64::MAX].map(Fault::Unprocessed));
        }
        Op::Transact | Op::Check | Op::Rekey | Op::TransactGet => {
            faults.extend(Cancellation::ALL.map(|reason| Fault::Cancelled(reason, 0b10)));
            if op.is_write() {
                faults.push(Fault::Refused(Refused::TransactionInProgress));
            }
        }
        _ => faults.push(Fault::Refused(Refused::TransactionConflict)),
    }
    faults
}

/// True if time is no matter, as in `.ci/run`: each call of the SDK takes a millisecond.
fn thorough() -> bool {
    std::env::var_os("TABLEWRIGHT_SCHEDULES").is_some()
}

/// Plays a script to an operation, and the rest of it to the same operation once more.
async fn play(world: &World, op: Op, script: &[Fault]) -> Told {
    world.faults.inject_all(script.iter().copied());
    let told = world.call(op, &format!("{MARK}first"), 0).await;
    if world.faults.left() > 0 {
        world.call(op, &format!("{MARK}second"), 1).await;
    }
    // What is still on its way arrives among what is done next.
    world.call(Op::GetConsistent, "", 0).await;
    world.call(Op::Add, &format!("{MARK}later"), 0).await;
    world.settle().await;
    world.call(Op::GetConsistent, "", 0).await;
    told
}

async fn every_script(op: Op, level: Level) -> usize {
    let faults = faults(op, level);
    let mut scripts: Vec<Vec<Fault>> = faults.iter().map(|fault| vec![*fault]).collect();
    if level == Level::Waist || thorough() || matches!(op, Op::Create | Op::Add | Op::GetConsistent | Op::Transact) {
        scripts.extend(faults.iter().flat_map(|first| faults.iter().map(|second| vec![*first, *second])));
    }
    let mut shared = engine().await;
    for (key, script) in scripts.iter().enumerate() {
        if key % 50 == 0 {
            shared = engine().await;
        }
        // A `create` is as interesting with the item as without it.
        let world = World::new(&shared, key as u64, level);
        let world = if op == Op::Create && key % 2 == 0 { world } else { world.with_item().await };
        let told = play(&world, op, script).await;
        if let (Level::Waist, [fault]) = (level, script.as_slice()) {
            says_so(op, *fault, &told);
        }
        let wrong = violations(&world);
        assert!(wrong.is_empty(), "{op:?} {level:?}, script {script:?}: {wrong:?}\n{}", world.faults.trace());
    }
    scripts.len()
}

/// The class of error that a fault has to be for the caller of an operation.
fn says_so(op: Op, fault: Fault, told: &Told) {
    if op.is_retried() {
        // It is tried again with its token, so that one fault never leaves anything open.
        assert!(!matches!(told, Told::Unknown(_)), "{op:?} with {fault} was told {told:?}");
        return;
    }
    let expected = match fault {
        Fault::Refused(
            Refused::ProvisionedThroughputExceeded(_) | Refused::Throttling(_) | Refused::RequestLimitExceeded(_),
        ) => "throttled",
        Fault::Refused(Refused::TransactionConflict) => "conflict",
        Fault::Refused(_) => "access_denied",
        Fault::Lost(..) if op.is_write() => "outcome_unknown",
        Fault::Lost(Loss::Truncated | Loss::Empty | Loss::NotJson | Loss::WrongChecksum | Loss::FlippedByte, _) => {
            "corrupt"
        }
        Fault::Lost(..) => "interrupted",
        _ => return,
    };
    match told {
        Told::NotApplied(class) | Told::Unknown(class) => assert_eq!(*class, expected, "{op:?} {fault}"),
        other => panic!("{op:?} with {fault} was told {other:?}"),
    }
}

fn all(level: Level) {
    for op in Op::ALL.iter().copied() {
        let begun = Instant::now();
        fastrand::seed(0);
        let scripts = paused(every_script(op, level));
        println!("| {op:?} | {} | {scripts} | 0 | {} s |", level.name(), begun.elapsed().as_secs());
    }
}

#[test]
fn every_script_at_the_waist() {
    all(Level::Waist);
}

#[test]
fn every_script_on_the_wire() {
    all(Level::Wire);
}
