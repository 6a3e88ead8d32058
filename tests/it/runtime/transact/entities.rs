//! Transactions on a table of several entities.

use tablewright::prelude::*;
use tablewright::{Dynamo, Error, InvalidRequest, tables};

use crate::runtime::backends::for_each_backend;

/// Rooms and their guests.
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(table = "hotel", partition_key = "pk", sort_key = "sk")]
pub enum Hotel {
    /// A room.
    Room(Room),
    /// A guest of a room.
    Guest(Guest),
}

/// A room.
#[derive(DynamoEntity, Debug, Clone, PartialEq)]
#[dynamo(table = Hotel, partition_key = "ROOM#{number}", sort_key = "ROOM")]
pub struct Room {
    #[dynamo(key_only)]
    pub number: u32,
    pub beds: i64,
}

/// A guest of a room.
#[derive(DynamoEntity, Debug, Clone, PartialEq)]
#[dynamo(table = Hotel, partition_key = "ROOM#{number}", sort_key = "GUEST#{name}")]
pub struct Guest {
    #[dynamo(key_only)]
    pub number: u32,
    #[dynamo(key_only)]
    pub name: String,
    pub nights: u32,
}

fn guest(name: &str) -> Guest {
    Guest { number: 7, name: name.into(), nights: 2 }
}

#[tokio::test]
async fn entities_of_one_table_are_written_and_read_together() {
    for_each_backend(async |db: Dynamo| {
        db.create_tables(tables![Hotel]).await.unwrap();
        db.create(&Room { number: 7, beds: 1 }).await.unwrap();
        let check_in = |name: &str| {
            let bed = db.update(Room::key(7)).decrement(|room| room.beds, 1).condition(|room| room.beds.ge(1));
            db.transact_write((bed, db.create(&guest(name))))
        };
        check_in("ann").await.unwrap();
        let error = check_in("bob").await.unwrap_err();
        let reasons = error.cancelled().unwrap().reasons();
        assert_eq!(reasons.len(), 1);
        assert_eq!(reasons[0].stored_as::<Room>().unwrap(), Some(Room { number: 7, beds: 0 }));
        assert_eq!(reasons[0].stored_as::<Hotel>().unwrap(), Some(Hotel::Room(Room { number: 7, beds: 0 })));
        let (room, ann, bob) =
            db.transact_get((Room::key(7), Guest::key(7, "ann"), Guest::key(7, "bob"))).await.unwrap();
        assert_eq!((room.unwrap().beds, ann, bob), (0, Some(guest("ann")), None));
    })
    .await;
}

#[tokio::test]
async fn one_item_is_found_under_the_entity_and_the_table() {
    let db = Dynamo::with_executor(tablewright::testing::Spy::new());
    let twice = db.transact_write((db.put(&Hotel::Guest(guest("ann"))), db.delete(Guest::key(7, "ann"))));
    let error = twice.await.unwrap_err();
    assert!(matches!(error, Error::Invalid(InvalidRequest::OneItemTwice { first: 0, second: 1, .. })), "{error}");
    db.transact_write((db.put(&Hotel::Guest(guest("ann"))), db.delete(Room::key(7)))).await.unwrap();
}
