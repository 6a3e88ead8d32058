//! Transactions against a model, and under random faults.

use std::collections::BTreeMap;
use std::time::Duration;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::subsequence;
use tablewright::request::{Action, IntoAction};
use tablewright::{Dynamo, Error, tables};

use super::script::{Script, Step};
use super::{Account, account, balance, key};

/// What a transaction does with one account.
#[derive(Debug, Clone, Copy)]
enum Verb {
    Create(i64),
    Put(i64),
    Add(i64),
    Set(i64),
    Delete,
    DeleteFrom(i64),
    Check(i64),
}

type Model = BTreeMap<u64, i64>;

impl Verb {
    fn action(self, db: &Dynamo, number: u64) -> Action {
        match self {
            Self::Create(balance) => db.create(&account(number, balance)).into_action(),
            Self::Put(balance) => db.put(&account(number, balance)).into_action(),
            Self::Add(balance) => db.update(key(number)).increment(|a| a.balance, balance).into_action(),
            Self::Set(balance) => db.upsert(key(number)).set(|a| a.balance, balance).into_action(),
            Self::Delete => db.delete(key(number)).into_action(),
            Self::DeleteFrom(least) => db.delete(key(number)).condition(|a| a.balance.ge(least)).into_action(),
            Self::Check(least) => db.condition_check(key(number), |a| a.balance.ge(least)).into_action(),
        }
    }

    /// What becomes of the account, or nothing if a condition is not met.
    fn apply(self, stored: Option<i64>) -> Option<Option<i64>> {
        match (self, stored) {
            (Self::Create(balance), None) | (Self::Put(balance) | Self::Set(balance), _) => Some(Some(balance)),
            (Self::Add(more), Some(balance)) => Some(Some(balance + more)),
            (Self::Delete, _) => Some(None),
            (Self::DeleteFrom(least), Some(balance)) if balance >= least => Some(None),
            (Self::Check(least), Some(balance)) if balance >= least => Some(stored),
            _ => None,
        }
    }
}

fn verb() -> impl Strategy<Value = Verb> {
    let amount = -3_i64..4;
    prop_oneof![
        amount.clone().prop_map(Verb::Create),
        amount.clone().prop_map(Verb::Put),
        amount.clone().prop_map(Verb::Add),
        amount.clone().prop_map(Verb::Set),
        Just(Verb::Delete),
        amount.clone().prop_map(Verb::DeleteFrom),
        amount.prop_map(Verb::Check),
    ]
}

fn transaction() -> impl Strategy<Value = Vec<(u64, Verb)>> {
    subsequence((0..5_u64).collect::<Vec<_>>(), 1..=4).prop_shuffle().prop_flat_map(|numbers| {
        let count = numbers.len();
        vec(verb(), count).prop_map(move |verbs| numbers.iter().copied().zip(verbs).collect())
    })
}

/// Runs a transaction and the model of it, and compares what they say.
async fn run(db: &Dynamo, model: &mut Model, actions: &[(u64, Verb)]) {
    let sent =
        db.transact_write(actions.iter().map(|(number, verb)| verb.action(db, *number)).collect::<Vec<_>>()).await;
    let results: Vec<_> = actions.iter().map(|(number, verb)| verb.apply(model.get(number).copied())).collect();
    let failed: Vec<usize> = (0..results.len()).filter(|index| results[*index].is_none()).collect();
    if failed.is_empty() {
        sent.unwrap();
        for ((number, _), result) in actions.iter().zip(results) {
            match result.flatten() {
                Some(balance) => model.insert(*number, balance),
                None => model.remove(number),
            };
        }
    } else {
        let error = sent.unwrap_err();
        let reasons = error.cancelled().unwrap_or_else(|| panic!("{error}")).reasons();
        assert_eq!(reasons.iter().map(|reason| reason.index()).collect::<Vec<_>>(), failed);
        for reason in reasons {
            let stored = reason.stored_as::<Account>().unwrap().map(|account| account.balance);
            assert_eq!(stored, model.get(&actions[reason.index()].0).copied());
        }
    }
    let accounts = db.transact_get((0..5).map(key).collect::<Vec<_>>()).await.unwrap();
    let stored: Model = accounts.into_iter().flatten().map(|account| (account.number, account.balance)).collect();
    assert_eq!(stored, *model);
}

/// Runs with a paused clock.
fn paused(test: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
    runtime.block_on(test);
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        Just(Step::Pass),
        Just(Step::LoseAnswer),
        Just(Step::LoseRequest),
        (0..9_000_u64).prop_map(Step::Late),
        Just(Step::NotSent),
        Just(Step::Hang),
        Just(Step::Gateway(503)),
        Just(Step::CutOff),
        Just(Step::Refuse("ThrottlingException")),
        Just(Step::Refuse("TransactionInProgressException")),
        Just(Step::Refuse("ValidationException")),
        Just(Step::Cancel(&["TransactionConflict", "None"])),
        Just(Step::Cancel(&["None", "ConditionalCheckFailed"])),
    ]
}

/// Adds 1 under faults, and while the outcome is unknown and `patience` is left, again.
async fn add(steps: &[Step], attempts: u32, patience: u32) {
    let (db, _) = Script::new(steps).await;
    db.create(&account(1, 0)).await.unwrap();
    let mut policy = tablewright::RetryPolicy::default();
    policy.attempts = attempts;
    let add = db.update(key(1)).increment(|a| a.balance, 1);
    let mut sent = db.transact_write((add, db.create(&account(2, 0)))).retry_policy(policy).await;
    for _ in 0..patience {
        match sent {
            Err(Error::OutcomeUnknown(call)) => sent = call.transaction().expect("it can be sent again").send().await,
            _ => break,
        }
    }
    // Whatever is late has come then.
    tokio::time::sleep(Duration::from_secs(20)).await;
    let applied = balance(&db, 1).await.unwrap();
    assert_eq!(balance(&db, 2).await.map_or(0, |_| 1), applied, "all or nothing");
    match sent {
        Ok(()) => assert_eq!(applied, 1),
        Err(error) if error.is_definitely_not_applied() => assert_eq!(applied, 0, "{error}"),
        Err(error) => {
            assert!(matches!(error, Error::OutcomeUnknown(_)), "{error}");
            assert!(applied <= 1);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 80, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn transactions_do_what_the_model_does(transactions in vec(transaction(), 1..20)) {
        paused(async {
            let db = Dynamo::embedded().await.unwrap();
            db.create_tables(tables![Account]).await.unwrap();
            let mut model = Model::new();
            for actions in &transactions {
                run(&db, &mut model, actions).await;
            }
        });
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn under_faults_it_is_applied_once_and_the_error_is_true(
        steps in vec(step(), 0..8), attempts in 1..8_u32, patience in 0..3_u32,
    ) {
        paused(add(&steps, attempts, patience));
    }
}
