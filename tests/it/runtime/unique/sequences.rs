//! Sequences of writes, several writers, and answers that are lost.

use std::collections::BTreeMap;

use proptest::prelude::*;
use tablewright::prelude::*;
use tablewright::testing::{Applied, Embedded, Fault, Faults, Loss};
use tablewright::{Error, Operation, RetryPolicy};

use super::*;

/// Lost answers and requests: the transaction is applied once or not at all, and the reservations are always exact.
#[tokio::test(start_paused = true)]
async fn lost_answers_leave_values_exact() {
    let late = Applied::Later(std::time::Duration::from_secs(2));
    let losses = [Applied::Never, Applied::Before, late].map(|applied| Fault::Lost(Loss::Reset, applied));
    for fault in losses {
        for operation in [Operation::TransactWriteItems, Operation::GetItem] {
            let faults = Faults::new(Embedded::memory().unwrap());
            let db = Dynamo::builder().executor(faults.clone());
            users(&db).await;
            db.create(&user(1, "a@x", 1)).await.unwrap();
            faults.inject_into(operation, fault);
            settle(db.create(&user(2, "b@x", 2)).await);
            exact(&db).await;
            faults.inject_into(operation, fault);
            settle(db.put(&user(1, "c@x", 3)).await);
            exact(&db).await;
            faults.inject_into(operation, fault);
            settle(db.update(User::key(1)).set(|u| u.email, "d@x".to_owned()).await);
            exact(&db).await;
            faults.inject_into(operation, fault);
            settle(db.delete(User::key(1)).await);
            exact(&db).await;
        }
    }
}

/// A read that got no answer is the only failure: transactions are tried again until their outcome is certain.
fn settle(result: Result<(), Error>) {
    assert!(matches!(result, Ok(()) | Err(Error::Interrupted(_))), "{result:?}");
}

#[derive(Debug, Clone)]
enum Step {
    Create(u64, Option<u8>, u8),
    Put(u64, Option<u8>, u8),
    Email(u64, Option<u8>),
    Number(u64, u8),
    Delete(u64),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let (id, email, number) = (0..4_u64, prop::option::of(0..3_u8), 0..3_u8);
    let step = prop_oneof![
        (id.clone(), email.clone(), number.clone()).prop_map(|(id, email, number)| Step::Create(id, email, number)),
        (id.clone(), email.clone(), number.clone()).prop_map(|(id, email, number)| Step::Put(id, email, number)),
        (id.clone(), email).prop_map(|(id, email)| Step::Email(id, email)),
        (id.clone(), number).prop_map(|(id, number)| Step::Number(id, number)),
        id.prop_map(Step::Delete),
    ];
    prop::collection::vec(step, 1..24)
}

async fn take(db: &Dynamo, step: &Step) -> Result<(), Error> {
    let email = |email: &Option<u8>| email.map_or(String::new(), |email| format!("{email}@x"));
    match step {
        Step::Create(id, at, number) => db.create(&user(*id, &email(at), (*number).into())).await,
        Step::Put(id, at, number) => db.put(&user(*id, &email(at), (*number).into())).await,
        Step::Email(id, None) => db.update(User::key(*id)).remove(|u| u.email).await,
        Step::Email(id, at) => db.update(User::key(*id)).set(|u| u.email, email(at)).await,
        Step::Number(id, number) => db.update(User::key(*id)).set(|u| u.number, u32::from(*number)).await,
        Step::Delete(id) => db.delete(User::key(*id)).await,
    }
}

fn run(test: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap().block_on(test);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// What the writes do is what a list of users with two rules says, and the reservations are exact after each.
    #[test]
    fn any_writes_keep_the_rules(steps in steps()) {
        run(async {
            let db = Dynamo::embedded().await.unwrap();
            users(&db).await;
            let mut model: BTreeMap<u64, User> = BTreeMap::new();
            for step in &steps {
                let after = model_of(&model, step);
                let result = take(&db, step).await;
                match (&after, &result) {
                    (Ok(after), Ok(())) => model = after.clone(),
                    (Err(Rule::Taken), Err(Error::UniqueViolated { .. })) => {}
                    (Err(Rule::Presence), Err(Error::ConditionFailed(_))) => {}
                    _ => panic!("{step:?} of {model:?}: {result:?}"),
                }
                let stored: BTreeMap<u64, User> = exact(&db).await.into_iter().map(|user| (user.id, user)).collect();
                assert_eq!(stored, model);
            }
        });
    }

    /// Writers that run into each other leave what one of them wrote, and exact reservations.
    #[test]
    fn writers_that_meet_keep_the_rules(first in steps(), second in steps(), third in steps(), seed in any::<u64>()) {
        run(async {
            let faults = Faults::new(Embedded::memory().unwrap());
            faults.latency(std::time::Duration::from_millis(1)..std::time::Duration::from_millis(9));
            faults.seeded(seed, tablewright::testing::Rates::new(0.0));
            let mut policy = RetryPolicy::default();
            policy.attempts = 50;
            policy.deadline = std::time::Duration::from_secs(600);
            let db = Dynamo::builder().retry_policy(policy).executor(faults);
            users(&db).await;
            let writer = async |steps: &Vec<Step>| {
                for step in steps {
                    match take(&db, step).await {
                        Ok(()) | Err(Error::UniqueViolated { .. } | Error::ConditionFailed(_)) => {}
                        Err(other) => panic!("{step:?}: {other:?}"),
                    }
                }
            };
            futures_util::join!(writer(&first), writer(&second), writer(&third));
            exact(&db).await;
        });
    }
}

/// Which rule refuses a write.
#[derive(Debug)]
enum Rule {
    Taken,
    Presence,
}

fn model_of(users: &BTreeMap<u64, User>, step: &Step) -> Result<BTreeMap<u64, User>, Rule> {
    let mut after = users.clone();
    let email = |email: &Option<u8>| email.map(|email| format!("{email}@x"));
    let written = match step {
        Step::Create(id, ..) if users.contains_key(id) => return Err(Rule::Presence),
        Step::Email(id, _) | Step::Number(id, _) if !users.contains_key(id) => return Err(Rule::Presence),
        Step::Create(id, at, number) | Step::Put(id, at, number) => {
            let new = User { email: email(at), ..user(*id, "", (*number).into()) };
            after.insert(*id, new);
            *id
        }
        Step::Email(id, at) => {
            after.entry(*id).and_modify(|user| user.email = email(at));
            *id
        }
        Step::Number(id, number) => {
            after.entry(*id).and_modify(|user| user.number = (*number).into());
            *id
        }
        Step::Delete(id) => {
            after.remove(id);
            return Ok(after);
        }
    };
    let own = &after[&written];
    let taken = after.values().filter(|other| other.id != written).any(|other| {
        (other.email.is_some() && other.email == own.email) || (&other.team, other.number) == (&own.team, own.number)
    });
    if taken { Err(Rule::Taken) } else { Ok(after) }
}

#[test]
fn the_schema_names_what_is_unique() {
    use tablewright::Entity;
    let unique = User::TABLE.entities[0].unique;
    let named: Vec<_> = unique.iter().map(|unique| (unique.attribute, unique.scope)).collect();
    assert_eq!(named, [("email", &[][..]), ("no", &["team"][..])]);
}
