//! Every kind of fault: by a script at both levels, and at random.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, UNIX_EPOCH};

use tablewright::prelude::*;
use tablewright::testing::{Applied, Cancellation, Class, Embedded, Fault, Faults, Rates, Refused, Throttle};
use tablewright::{CallSettings, Dynamo, DynamoBuilder, Operation, Request, RetryPolicy, tables};

use super::world::{handle, paused};

/// An item that has everything that faults need: a time to live, a sort key and a stream.
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(table = "leases", stream = new_image)]
struct Lease {
    #[dynamo(partition_key)]
    owner: String,
    #[dynamo(sort_key)]
    number: u64,
    #[dynamo(ttl)]
    until: EpochSeconds,
}

fn lease(number: u64) -> Lease {
    Lease { owner: "ann".into(), number, until: EpochSeconds(4_000_000_000) }
}

fn key(number: u64) -> tablewright::Key<Lease> {
    Lease::key("ann", number)
}

/// One attempt, so that each request shows its own fault.
fn once() -> DynamoBuilder {
    let (mut settings, mut policy) = (CallSettings::default(), RetryPolicy::default());
    settings.attempts = 1;
    policy.attempts = 1;
    handle().call_settings(settings).retry_policy(policy)
}

async fn with_table() -> Faults {
    let faults = Faults::new(Embedded::memory().unwrap());
    faults.stale_reads_from(Embedded::memory().unwrap());
    Dynamo::with_executor(faults.clone()).create_tables(tables![Lease]).await.unwrap();
    faults
}

fn both_levels(faults: &Faults) -> [Dynamo; 2] {
    [once().executor(faults.clone()), once().client(faults.sdk_client())]
}

#[test]
fn a_refusal_is_the_same_at_both_levels() {
    let single = [
        (Refused::ProvisionedThroughputExceeded(Throttle::Provisioned), "throttled"),
        (Refused::Throttling(Throttle::OnDemandMaximum), "throttled"),
        (Refused::RequestLimitExceeded(Throttle::Account), "throttled"),
        (Refused::TransactionConflict, "conflict"),
        (Refused::ExpiredCredentials, "access_denied"),
        (Refused::ClockSkew, "access_denied"),
    ];
    paused(async {
        let faults = with_table().await;
        for db in both_levels(&faults) {
            for (refused, class) in single {
                faults.inject(Fault::Refused(refused));
                let error = db.put(&lease(1)).await.unwrap_err();
                assert_eq!(error.class(), class, "{refused:?}");
                assert!(error.is_definitely_not_applied(), "{refused:?}");
                assert_eq!(db.get(key(1)).await.unwrap(), None, "{refused:?}");
            }
            for reason in Cancellation::ALL {
                faults.inject(Fault::Cancelled(reason, 0b10));
                let error = db.transact_write((db.put(&lease(1)), db.put(&lease(2)))).await.unwrap_err();
                let [reason] = error.cancelled().unwrap().reasons() else { panic!("one action has a reason: {error}") };
                assert_eq!((reason.index(), reason.code().is_empty()), (1, false), "{error}");
            }
            faults.inject(Fault::Refused(Refused::TransactionInProgress));
            let error = db.transact_write(vec![db.put(&lease(1))]).await.unwrap_err();
            assert_eq!(error.class(), "outcome_unknown", "an earlier attempt may still succeed");
            assert_eq!(db.get(key(1)).await.unwrap(), None);
            assert_eq!(faults.left(), 0);
        }
    });
}

#[test]
fn expired_items_stay_for_a_request_and_count_as_absent() {
    paused(async {
        for level in 0..2 {
            let now = Arc::new(AtomicU64::new(1_000));
            let clock = {
                let now = Arc::clone(&now);
                move || UNIX_EPOCH + Duration::from_secs(now.load(Ordering::Relaxed))
            };
            let faults = Faults::new(Embedded::memory_with_clock(clock.clone()).unwrap());
            let handles =
                [once().clock(clock.clone()).executor(faults.clone()), once().clock(clock).client(faults.sdk_client())];
            let db = &handles[level];
            db.create_tables(tables![Lease]).await.unwrap();
            let lease = |number| Lease { until: EpochSeconds(2_000), ..lease(number) };
            db.put(&lease(1)).await.unwrap();
            now.store(3_000, Ordering::Relaxed);
            faults.inject_all([Fault::ExpiredStay; 4]);
            assert_eq!(db.get(key(1)).include_expired().await.unwrap(), Some(lease(1)), "it is expired, and there");
            assert_eq!(db.get(key(1)).await.unwrap(), None, "nobody is shown it");
            assert_eq!(db.query(Lease::query("ann")).include_expired().await.unwrap().len(), 1);
            assert_eq!(db.query(Lease::query("ann")).await.unwrap(), []);
            assert_eq!(db.get(key(1)).include_expired().await.unwrap(), None, "it is removed at last");
            db.put(&lease(2)).await.unwrap();
            faults.inject(Fault::ExpiredStay);
            db.create(&lease(2)).await.unwrap();
            assert_eq!(faults.left(), 0);
        }
    });
}

#[test]
fn expired_items_stay_only_where_items_expire() {
    paused(async {
        let faults = Faults::new(super::world::engine().await);
        let db = Dynamo::with_executor(faults.clone());
        faults.inject(Fault::ExpiredStay);
        db.scan::<super::model::Counter>().await.unwrap();
        assert_eq!(faults.left(), 1);
    });
}

/// Does one thing of each operation; what becomes of it is the faults' matter.
async fn everything(db: &Dynamo) {
    let _ = db.batch_write().put(&lease(2)).put(&lease(3)).await;
    let _ = db.put(&lease(1)).await;
    let _ = db.update(key(1)).set(|l| l.until, EpochSeconds(9)).await;
    let _ = db.delete(key(1)).await;
    let _ = db.get(key(1)).await;
    let _ = db.query(Lease::query("ann")).page_size(1).await;
    let _ = db.scan::<Lease>().page_size(1).await;
    let _ = db.batch_get([key(1), key(2)]).await;
    let _ = db.transact_write((db.put(&lease(1)), db.delete(key(2)))).await;
    let _ = db.transact_get((key(1), key(3))).await;
    if let Ok(mut poller) = db.stream::<Lease>().attempts(1).open().await {
        let _ = poller.next_batch().await;
    }
    let iterator = Request {
        operation: Operation::GetShardIterator,
        table: "leases".into(),
        body: r#"{"StreamArn":"no","ShardId":"no","ShardIteratorType":"LATEST"}"#.into(),
    };
    let _ = db.execute_raw(iterator).await;
}

#[test]
fn every_class_has_its_faults_and_each_is_drawn() {
    let classes = [
        (Class::Throttled, 5),
        (Class::ServerError, 9),
        (Class::Connection, 12),
        (Class::Damaged, 15),
        (Class::Transaction, 5),
        (Class::Credentials, 2),
        (Class::Unprocessed, 1),
        (Class::Page, 2),
        (Class::Stale, 1),
        (Class::Expired, 1),
        (Class::Stream, 3),
    ];
    for (class, kinds) in classes {
        let others = classes.iter().filter(|(other, _)| *other != class);
        let rates = others.fold(Rates::new(0.5), |rates, (other, _)| rates.weight(*other, 0));
        let mut drawn = BTreeSet::new();
        for seed in 0..60 {
            fastrand::seed(seed);
            let trace = paused(async {
                let faults = with_table().await;
                faults.seeded(seed, rates.clone());
                everything(&once().executor(faults.clone())).await;
                faults.stop();
                faults.settle().await;
                faults.trace()
            });
            drawn.extend(trace.faults().filter(|fault| *fault != Fault::None).map(kind));
        }
        assert_eq!(drawn.len(), kinds, "{class:?}: {drawn:?}");
    }
}

/// A fault without its numbers.
fn kind(fault: Fault) -> String {
    match fault {
        Fault::Lost(loss, Applied::Later(_)) => format!("{loss}, later"),
        Fault::Unprocessed(_) => "unprocessed".to_owned(),
        Fault::ShortPage(_) => "short page".to_owned(),
        Fault::Stale(_) => "stale".to_owned(),
        Fault::Cancelled(reason, _) => format!("{reason:?}"),
        other => format!("{other:?}"),
    }
}
