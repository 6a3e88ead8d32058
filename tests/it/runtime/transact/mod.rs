//! Transactions.

mod aws;
mod entities;
mod limits;
mod moves;
mod outcomes;
mod properties;
mod reads;
mod rekey;
mod rekey_faults;
mod script;
mod waits;
mod writes;

use tablewright::prelude::*;
use tablewright::{EpochSeconds, Number};

/// An account, whose balance a transaction moves.
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(table = "tx-accounts")]
pub(super) struct Account {
    #[dynamo(partition_key)]
    pub(super) bank: String,
    #[dynamo(sort_key)]
    pub(super) number: u64,
    pub(super) balance: i64,
    pub(super) note: Option<String>,
    #[dynamo(created_at)]
    pub(super) opened: EpochSeconds,
    #[dynamo(updated_at)]
    pub(super) changed: EpochSeconds,
}

/// An account under a key of another Rust type, for a handle that has both in one table.
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(table = "tx-entries")]
pub(super) struct Entry {
    #[dynamo(partition_key)]
    pub(super) bank: String,
    #[dynamo(sort_key)]
    pub(super) number: Number,
}

/// A transfer between accounts.
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(table = "tx-transfers")]
pub(super) struct Transfer {
    #[dynamo(partition_key)]
    pub(super) id: u64,
    pub(super) amount: i64,
}

pub(super) fn account(number: u64, balance: i64) -> Account {
    let (opened, changed) = (EpochSeconds(1), EpochSeconds(2));
    Account { bank: "b".into(), number, balance, note: None, opened, changed }
}

pub(super) fn key(number: u64) -> tablewright::Key<Account> {
    Account::key("b", number)
}

pub(super) async fn balance(db: &Dynamo, number: u64) -> Option<i64> {
    db.get(key(number)).consistent().await.unwrap().map(|account| account.balance)
}
