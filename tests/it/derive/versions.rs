//! Entities told apart by tags, older shapes of them, and settings of a table of several.

use tablewright::codec::{Cursor, FromItem};
use tablewright::prelude::*;
use tablewright::schema::StreamViewType;
use tablewright::stream::Streamed;
use tablewright::{Error, Item, Value};

/// People and their orders, with a tag on each item.
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(table = "entity-shop", partition_key = "pk", sort_key = "sk", tag = "kind", stream = new_and_old_images)]
pub enum Shop {
    /// A person.
    Person(Person),
    /// An order.
    Order(Order),
}

/// A person.
#[derive(DynamoEntity, Debug, Clone, PartialEq)]
#[dynamo(
    table = Shop,
    partition_key = "PERSON#{id}",
    sort_key = "PROFILE",
    tag = "person-2",
    upgrades(PersonV1, PersonV0)
)]
pub struct Person {
    #[dynamo(key_only)]
    pub id: u64,
    pub first: String,
    pub last: String,
    #[dynamo(ttl)]
    pub expires: Option<EpochSeconds>,
}

/// A person as it was stored at first: told apart by its tag.
#[derive(DynamoEntity, Debug, Clone, PartialEq)]
#[dynamo(table = Shop, partition_key = "PERSON#{id}", sort_key = "PROFILE", tag = "person")]
pub struct PersonV1 {
    #[dynamo(key_only)]
    pub id: u64,
    #[dynamo(alias = "full_name")]
    pub name: String,
}

/// A person as it was stored before that: told apart by its key.
#[derive(DynamoEntity, Debug, Clone, PartialEq)]
#[dynamo(
    table = Shop,
    partition_key(template = "user/{id:06}", raw),
    sort_key(template = "profile", raw),
    tag = "user"
)]
pub struct PersonV0 {
    #[dynamo(key_only)]
    pub id: u64,
}

/// An order.
#[derive(DynamoEntity, Debug, Clone, PartialEq)]
#[dynamo(table = Shop, partition_key = "PERSON#{person}", sort_key = "ORDER#{number}")]
pub struct Order {
    #[dynamo(key_only)]
    pub person: u64,
    #[dynamo(key_only)]
    pub number: u32,
    #[dynamo(ttl)]
    pub expires: EpochSeconds,
}

impl TryFrom<PersonV1> for Person {
    type Error = &'static str;
    fn try_from(older: PersonV1) -> Result<Self, Self::Error> {
        let (first, last) = older.name.split_once(' ').ok_or("the name has no last name")?;
        Ok(Self { id: older.id, first: first.to_owned(), last: last.to_owned(), expires: None })
    }
}

impl From<PersonV0> for Person {
    fn from(older: PersonV0) -> Self {
        Self { id: older.id, first: String::new(), last: String::new(), expires: None }
    }
}

fn person(id: u64) -> Person {
    Person { id, first: "Ann".into(), last: "Lee".into(), expires: None }
}

fn older(id: u64) -> PersonV1 {
    PersonV1 { id, name: "Ann Lee".into() }
}

async fn shop() -> Dynamo {
    let db = Dynamo::embedded().await.unwrap();
    db.create_tables(tablewright::tables![Shop]).await.unwrap();
    db
}

#[test]
fn the_tag_is_written_where_the_table_has_one() {
    let item = Item::from_entity(&person(1)).unwrap();
    assert_eq!(item.get("kind"), Some(&Value::from("person-2")));
    assert_eq!(Item::from_entity(&Shop::from(person(1))).unwrap(), item);
    assert_eq!(
        Dynamo::preview_item(&PersonV0 { id: 7 }).unwrap(),
        r#"{"pk":{"S":"user/000007"},"sk":{"S":"profile"},"kind":{"S":"user"}}"#
    );
}

#[tokio::test]
async fn older_shapes_are_read_as_the_entity() {
    let db = shop().await;
    db.put(&older(1)).await.unwrap();
    db.put(&PersonV0 { id: 2 }).await.unwrap();
    db.put(&person(3)).await.unwrap();
    db.put(&Order { person: 3, number: 1, expires: EpochSeconds(9) }).await.unwrap();
    assert_eq!(db.get(Person::key(1_u64)).await.unwrap(), Some(person(1)));
    let mut people = db.scan::<Person>().await.unwrap();
    people.sort_by_key(|person| person.id);
    assert_eq!(people.iter().map(|person| person.id).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(db.scan::<PersonV1>().await.unwrap(), [older(1)]);
    let all: ShopByEntity = db.scan::<Shop>().await.unwrap().into_iter().collect();
    assert_eq!((all.person.len(), all.order.len()), (3, 1));
}

#[tokio::test]
async fn an_older_shape_that_cannot_become_the_entity_is_an_error() {
    let db = shop().await;
    db.put(&PersonV1 { id: 1, name: "Ann".into() }).await.unwrap();
    let error = db.get(Person::key(1_u64)).await.unwrap_err();
    let Error::Decode(error) = error else { panic!("{error}") };
    assert!(error.to_string().contains("the name has no last name"), "{error}");
}

#[test]
fn an_item_without_the_tag_is_told_by_its_key() {
    let json = r#"{"sk":{"S":"ORDER#0000000002"},"pk":{"S":"PERSON#00000000000000000003"},"expires":{"N":"9"}}"#;
    let item = Shop::decode_item(&mut Cursor::new(json.as_bytes()).unwrap()).unwrap();
    assert_eq!(item, Shop::Order(Order { person: 3, number: 2, expires: EpochSeconds(9) }));
}

#[test]
fn an_attribute_is_read_under_its_older_name() {
    let json = r#"{"pk":{"S":"PERSON#00000000000000000001"},"sk":{"S":"PROFILE"},"full_name":{"S":"Ann Lee"}}"#;
    assert_eq!(PersonV1::decode_item(&mut Cursor::new(json.as_bytes()).unwrap()).unwrap(), older(1));
}

#[test]
fn a_key_that_lacks_its_part_is_an_error_without_values() {
    let json = r#"{"pk":{"S":"PERSON#secret"},"sk":{"S":"PROFILE"},"name":{"S":"Ann Lee"}}"#;
    let error = PersonV1::decode_item(&mut Cursor::new(json.as_bytes()).unwrap()).unwrap_err().to_string();
    assert!(error.contains("PERSON#{id}") && !error.contains("secret"), "{error}");
    let json = r#"{"sk":{"S":"PROFILE"},"name":{"S":"Ann Lee"}}"#;
    let error = PersonV1::decode_item(&mut Cursor::new(json.as_bytes()).unwrap()).unwrap_err().to_string();
    assert!(error.contains("`pk`") || error.contains("`id`"), "{error}");
}

#[test]
fn the_table_has_what_the_enum_and_its_entities_say() {
    let table = <Shop as Entity>::TABLE;
    assert_eq!(
        (table.ttl, table.tag, table.settings.stream),
        (Some("expires"), Some("kind"), Some(StreamViewType::NewAndOldImages))
    );
    let person = table.entities.first().unwrap();
    assert_eq!(person.tag, Some("person-2"));
    assert_eq!(person.upgrades.iter().map(|older| older.name).collect::<Vec<_>>(), ["PersonV1", "PersonV0"]);
    assert_eq!(<Shop as Streamed>::TABLE, table);
}
