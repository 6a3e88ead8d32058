//! Movers of one item that read and move it in any order.

use tablewright::prelude::*;
use tablewright::request::Rekeyed;
use tablewright::testing::Embedded;
use tablewright::{Dynamo, Error, tables};

use crate::runtime::flaky::Random;

/// A conversation in a user's list, under the time of its last message.
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(table = "tx-rows", partition_key = "USER#{user}", sort_key = "{at}")]
struct Row {
    #[dynamo(key_only)]
    user: u64,
    #[dynamo(key_only)]
    at: u64,
    text: String,
    note: Option<String>,
}

fn row(at: u64, text: &str) -> Row {
    Row { user: 7, at, text: text.into(), note: None }
}

async fn rows(db: &Dynamo) -> Vec<Row> {
    db.query(Row::query(7_u64)).consistent().await.unwrap()
}

async fn with_row(db: &Dynamo) -> Row {
    db.create_tables(tables![Row]).await.unwrap();
    let old = row(10, "old");
    db.create(&old).await.unwrap();
    old
}

/// Movers that read and move in any order: there is one row at each moment, and in the end the newest.
#[tokio::test]
async fn movers_at_once_leave_one_row_with_the_newest_text() {
    for seed in 0..20 {
        let db = Dynamo::with_executor(Embedded::memory().unwrap());
        let mut random = Random::new(seed);
        let mut best = with_row(&db).await.at;
        let mut read: Vec<Option<Row>> = vec![None; 4];
        for step in 0..60 {
            let mover = usize::try_from(random.below(4)).unwrap();
            let Some(old) = read[mover].take() else {
                read[mover] = rows(&db).await.pop();
                continue;
            };
            let new = row(1 + random.below(40), &format!("step {step}"));
            match db.rekey(&old, &new).forward_by(|row| row.at).await {
                Ok(Rekeyed::Moved) => {
                    assert!(new.at > best, "seed {seed}: back from {best} to {}", new.at);
                    best = new.at;
                }
                Ok(Rekeyed::NotForward) | Err(Error::Cancelled(_)) => {}
                Err(error) => panic!("{error}"),
            }
            let rows = rows(&db).await;
            assert_eq!(rows.iter().map(|row| row.at).collect::<Vec<_>>(), [best], "seed {seed}");
        }
        assert!(best > 10, "seed {seed} moved nothing");
    }
}
