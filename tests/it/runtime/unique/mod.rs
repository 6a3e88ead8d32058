//! Unique attributes: who has a value, who gets it, and what is left of it.

mod sequences;
mod values;

use std::collections::BTreeMap;

use tablewright::prelude::*;
use tablewright::{Error, Operation, Request, Value, tables};

#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(
    table = "users",
    partition_key = "USER#{id}",
    gsi(name = "by-team", partition_key = "team"),
    stream = new_and_old_images
)]
struct User {
    id: u64,
    #[dynamo(unique)]
    email: Option<String>,
    team: String,
    /// Several teams may have a member of one number.
    #[dynamo(unique(scope = team), rename = "no")]
    number: u32,
    visits: u64,
}

#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(table = "shop", partition_key = "pk", sort_key = "sk")]
enum Shop {
    Customer(Customer),
    Supplier(Supplier),
}

#[derive(DynamoEntity, Debug, Clone, PartialEq)]
#[dynamo(table = Shop, partition_key = "CUSTOMER#{id}", sort_key = "PROFILE")]
struct Customer {
    id: u64,
    #[dynamo(unique)]
    email: String,
}

#[derive(DynamoEntity, Debug, Clone, PartialEq)]
#[dynamo(table = Shop, partition_key = "SUPPLIER#{id}", sort_key = "AT#{at}")]
struct Supplier {
    id: u64,
    at: u64,
    #[dynamo(unique)]
    email: String,
}

/// A partition key that is any text, and a number after it.
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(table = "files")]
struct File {
    #[dynamo(partition_key)]
    folder: String,
    #[dynamo(sort_key)]
    id: i64,
    #[dynamo(unique(scope(folder, kind)))]
    name: Vec<u8>,
    kind: Option<String>,
}

/// A version, a value that is set once, and a unique one: each write carries the conditions of all three.
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(table = "members", partition_key = "MEMBER#{id}")]
struct Membership {
    id: u64,
    #[dynamo(unique)]
    email: String,
    #[dynamo(write_once)]
    joined: u64,
    #[dynamo(version)]
    version: u64,
}

fn user(id: u64, email: &str, number: u32) -> User {
    User { id, email: (!email.is_empty()).then(|| email.into()), team: "red".into(), number, visits: 0 }
}

async fn users(db: &Dynamo) {
    db.create_tables(tables![User]).await.unwrap();
}

fn violated(result: Result<(), Error>) -> &'static str {
    match result {
        Err(error @ Error::UniqueViolated { entity: "User", attribute }) => {
            assert!(error.is_definitely_not_applied() && error.class() == "unique_violated");
            assert!(error.to_string().contains(&format!("`{attribute}` of `User`")), "{error}");
            attribute
        }
        other => panic!("{other:?}"),
    }
}

/// Everything that the table holds: the owner of each reserved value, and the items.
async fn stored(db: &Dynamo) -> (BTreeMap<String, Value>, Vec<User>) {
    let body = format!(r#"{{"TableName":"{}"}}"#, db.table_name::<User>());
    let request = Request { operation: Operation::Scan, table: "users".into(), body: body.into() };
    let body: serde_json::Value = serde_json::from_slice(&db.execute_raw(request).await.unwrap().body).unwrap();
    let (mut reserved, mut items) = (BTreeMap::new(), 0);
    for item in body["Items"].as_array().unwrap() {
        let key = item["pk"]["S"].as_str().unwrap();
        match key.strip_prefix("~unique#") {
            Some(value) => {
                let owner = item["~owner"]["M"]["pk"]["S"].as_str().unwrap();
                assert!(reserved.insert(value.to_owned(), Value::from(owner)).is_none());
            }
            None => items += 1,
        }
    }
    let users = db.scan::<User>().consistent().await.unwrap();
    assert_eq!(users.len(), items, "a scan gives the items and nothing else");
    (reserved, users)
}

/// Each value of each item is reserved for it, and nothing else is reserved.
async fn exact(db: &Dynamo) -> Vec<User> {
    let (reserved, users) = stored(db).await;
    let mut expected = BTreeMap::new();
    for user in &users {
        let owner = Value::from(format!("USER#{:020}", user.id).as_str());
        let email = user.email.as_ref().map(|email| format!("#email#S{email}"));
        for value in email.into_iter().chain([format!("#no#S{}#N{}", user.team, user.number)]) {
            assert!(expected.insert(value.clone(), owner.clone()).is_none(), "{value} twice");
        }
    }
    assert_eq!(reserved, expected);
    users
}
