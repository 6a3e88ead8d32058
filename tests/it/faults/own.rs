//! The faults themselves: what they look like, that a seed gives the same ones, and what their trace says.

use std::time::Duration;

use tablewright::testing::{Applied, Embedded, Fault, Faults, Loss, Rates, Refused, Throttle, Trace};
use tablewright::{CallSettings, Dynamo, Error, Operation, RetryPolicy};

use super::model::{Counter, State};
use super::op::Op;
use super::policies::{Policy, run};
use super::world::{Level, World, engine, paused};

async fn schedule(level: Level, seed: u64) -> Trace {
    let world = World::new(&engine().await, 1, level).with_item().await;
    world.faults.stale_reads_from(engine().await);
    world.faults.seeded(seed, Rates::new(0.4)).latency(Duration::from_millis(1)..Duration::from_millis(40));
    run(&world, Policy::OneOf(Op::ALL), seed).await;
    world.settle().await;
    world.faults.trace()
}

#[test]
fn a_seed_gives_the_same_trace() {
    for level in [Level::Waist, Level::Wire] {
        let traces = |seed| {
            fastrand::seed(seed);
            paused(schedule(level, seed))
        };
        for seed in 0..15 {
            let (first, second) = (traces(seed), traces(seed));
            assert_eq!(first.to_string(), second.to_string());
            assert_eq!(first, second);
            assert_ne!(first, traces(seed + 1));
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_trace_reads_like_a_story() {
    let faults = Faults::new(engine().await);
    let db = Dynamo::with_executor(faults.clone());
    let hot = Fault::Refused(Refused::Throttling(Throttle::KeyRange));
    faults.latency(Duration::from_millis(3)..Duration::from_millis(4));
    faults.inject_all([
        Fault::None,
        Fault::Lost(Loss::Hang, Applied::Later(Duration::from_secs(2))),
        hot,
        Fault::Lost(Loss::Reset, Applied::Never),
    ]);
    let key = || Counter::key(7);
    db.create(&Counter { id: 7, n: 1, by: "canary".into() }).await.unwrap();
    assert!(matches!(db.update(key()).increment(|c| c.n, 1).await, Err(Error::OutcomeUnknown(_))));
    assert!(matches!(db.delete(key()).await, Err(Error::Throttled(_))));
    assert!(matches!(db.get(key()).await, Err(Error::Interrupted(_))));
    tokio::time::timeout(Duration::from_millis(1), db.get(key()).into_future()).await.unwrap_err();
    assert!(matches!(db.create(&Counter { id: 7, n: 1, by: "canary".into() }).await, Err(Error::ConditionFailed(_))));
    faults.settle().await;
    assert_eq!(
        faults.trace().to_string(),
        "6 requests, 3 with a fault
      0 ms  #1   PutItem counters
      3 ms  #1   applied
      6 ms  #1   ended
      6 ms  #2   UpdateItem counters: no answer, applied 2000 ms later
   5012 ms  #2   ended
   5012 ms  #3   DeleteItem counters: refused with ThrottlingException
   5018 ms  #3   ended
   5018 ms  #4   GetItem counters: connection reset, not applied
   5024 ms  #4   ended
   5024 ms  #5   GetItem counters
   5025 ms  #5   dropped by the caller
   5025 ms  #6   PutItem counters
   5028 ms  #6   refused by the table: ConditionalCheckFailedException
   5031 ms  #6   ended
   7009 ms  #2   applied
"
    );
    assert_eq!(db.get(key()).await.unwrap().unwrap().n, 2);
}

#[tokio::test(start_paused = true)]
async fn a_script_waits_for_what_it_fits() {
    let faults = Faults::new(engine().await);
    let db = Dynamo::with_executor(faults.clone());
    faults.inject(Fault::ShortPage(1)).inject_into(Operation::DeleteItem, Fault::Refused(Refused::ClockSkew));
    db.put(&Counter { id: 1, n: 1, by: String::new() }).await.unwrap();
    db.get(Counter::key(1)).await.unwrap();
    assert_eq!(faults.left(), 2);
    let page = db.scan::<Counter>().page().await.unwrap();
    assert!(page.items.len() == 1 && !page.is_last(), "the page ends where the fault says");
    assert!(matches!(db.delete(Counter::key(1)).await, Err(Error::AccessDenied(_))));
    assert_eq!(faults.left(), 0);
    db.delete(Counter::key(1)).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_stale_read_shows_an_earlier_state() {
    let faults = Faults::new(Embedded::memory().unwrap());
    faults.stale_reads_from(Embedded::memory().unwrap());
    let db = Dynamo::with_executor(faults.clone());
    db.create_tables(tablewright::tables![Counter]).await.unwrap();
    for n in 1..=5 {
        db.put(&Counter { id: 1, n, by: String::new() }).await.unwrap();
    }
    faults.inject_all([Fault::Stale(3), Fault::None, Fault::Stale(1), Fault::Stale(4)]);
    let n = async |consistent: bool| {
        let get = db.get(Counter::key(1));
        if consistent { get.consistent().await } else { get.await }.unwrap().map(|counter| counter.n)
    };
    assert_eq!(n(true).await, Some(5), "a consistent read takes the second place of the script");
    assert_eq!(n(false).await, Some(2));
    assert_eq!(n(false).await, Some(4));
    let scanned = db.scan::<Counter>().await.unwrap();
    assert_eq!(scanned[0].n, 4, "the replica does not go back");
    assert_eq!(faults.left(), 0);
}

#[tokio::test(start_paused = true)]
async fn on_the_wire_a_loss_is_what_it_is_at_the_waist() {
    for loss in Loss::ALL {
        for (op, applied) in
            [(Op::Put, Applied::Before), (Op::Put, Applied::Never), (Op::GetConsistent, Applied::Before)]
        {
            let mut told = Vec::new();
            for level in [Level::Waist, Level::Wire] {
                let mut world = World::new(&engine().await, 1, level).with_item().await;
                let mut settings = CallSettings::default();
                settings.attempts = 1;
                if level == Level::Wire {
                    world.db = Dynamo::builder().call_settings(settings).client(world.faults.sdk_client());
                }
                world.faults.inject(Fault::Lost(loss, applied));
                let error = op.perform(&world, "canary-put", 4).await.unwrap_err();
                assert!(!error.to_string().contains("canary"), "{error}");
                told.push((error.class(), world.witness.stored()));
            }
            assert_eq!(told[0], told[1], "{loss:?} {op:?} {applied:?}");
            let expected = if (op, applied) == (Op::Put, Applied::Before) { Some(5) } else { Some(1) };
            assert_eq!(State::n(&told[0].1), expected, "{loss:?} {op:?} {applied:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn throttling_says_why() {
    let faults = Faults::new(engine().await);
    let hot = Fault::Refused(Refused::ProvisionedThroughputExceeded(Throttle::KeyRange));
    for (db, attempts) in
        [(Dynamo::with_executor(faults.clone()), 1), (Dynamo::builder().client(faults.sdk_client()), 3)]
    {
        faults.inject_all(vec![hot; attempts]);
        let error = db.delete(Counter::key(1)).await.unwrap_err();
        assert!(error.to_string().contains("TableWriteKeyRangeThroughputExceeded"), "{error}");
        let Error::Throttled(refusal) = &error else { panic!("{error}") };
        let [reason] = refusal.throttling_reasons().try_into().unwrap();
        assert!(reason.is_hot_key_range() && !reason.is_account(), "{reason:?}");
        assert!(reason.resource.ends_with(":table/counters") && reason.index().is_none(), "{reason:?}");
        assert_eq!(faults.left(), 0);
    }
}

#[tokio::test(start_paused = true)]
async fn an_unknown_outcome_says_what_to_read() {
    let faults = Faults::new(engine().await);
    let db = Dynamo::with_executor(faults.clone());
    let counter = Counter { id: 1, n: 1, by: "ann".into() };
    for applied in [Applied::Never, Applied::Before] {
        faults.inject(Fault::Lost(Loss::Reset, applied));
        let error = db.create(&counter).await.unwrap_err();
        assert!(error.to_string().contains("read the item to find out"), "{error}");
        let Error::OutcomeUnknown(call) = error else { panic!("{error}") };
        let expected = (applied == Applied::Before).then(|| counter.clone());
        assert_eq!(call.stored::<Counter>(&db).await.unwrap(), expected);
    }
    let writes = [db.update(Counter::key(1)).set(|c| c.n, 5).into_future(), db.delete(Counter::key(1)).into_future()];
    for (write, n) in writes.into_iter().zip([Some(5), None]) {
        faults.inject(Fault::Lost(Loss::Truncated, Applied::Before));
        let Err(Error::OutcomeUnknown(call)) = write.await else { panic!("the answer is lost") };
        assert_eq!(call.stored::<Counter>(&db).await.unwrap().map(|counter| counter.n), n);
    }
}

#[tokio::test(start_paused = true)]
async fn every_unknown_write_has_a_way_to_find_out() {
    let faults = Faults::new(engine().await);
    let mut policy = RetryPolicy::default();
    policy.attempts = 1;
    let db = Dynamo::builder().retry_policy(policy).executor(faults.clone());
    let counter = |n| Counter { id: 1, n, by: "ann".into() };
    let lose = || faults.inject(Fault::Lost(Loss::Reset, Applied::Before));
    // Writes of one item: what is stored.
    for (n, write) in [
        (1, db.put(&counter(1)).into_future()),
        (2, db.upsert(Counter::key(1)).increment(|c| c.n, 1).into_future()),
        (3, db.update(Counter::key(1)).increment(|c| c.n, 1).into_future()),
    ] {
        lose();
        let Err(Error::OutcomeUnknown(call)) = write.await else { panic!("the answer is lost") };
        assert_eq!(call.stored::<Counter>(&db).await.unwrap().map(|counter| counter.n), Some(n));
    }
    // Transactions, and moves, which are transactions: the same one again.
    let moved = Counter { id: 2, ..counter(4) };
    for transaction in [
        db.transact_write(vec![db.put(&counter(3))]).into_future(),
        db.transact_write(db.rekey(&counter(3), &moved)).into_future(),
    ] {
        lose();
        let Err(Error::OutcomeUnknown(call)) = transaction.await else { panic!("the answer is lost") };
        call.transaction().expect("it can be sent again").send().await.unwrap();
    }
    assert_eq!(db.get(Counter::key(2)).await.unwrap(), Some(moved));
    // Batches: the writes themselves, to write them again.
    lose();
    let report = db.batch_write().put(&counter(7)).delete(Counter::key(2)).await.unwrap();
    assert_eq!((report.written(), report.unknown().len()), (0, 2));
    let again = db.batch_write_iter(report.into_leftovers()).await.unwrap();
    assert_eq!(again.complete().unwrap(), 2);
    assert_eq!(db.get(Counter::key(1)).await.unwrap(), Some(counter(7)));
}
