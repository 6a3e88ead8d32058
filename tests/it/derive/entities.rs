//! Tables of several entities.

use tablewright::prelude::*;
use tablewright::{Error, Item, Value};

/// Conversations and their messages.
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(
    table = "entity-messages",
    partition_key = "pk",
    sort_key = "sk",
    gsi(name = "by-recent", partition_key = "recent_pk", sort_key = "recent_sk"),
    gsi(name = "by-group", partition_key = "group", sort_key = "sk", projection = keys_only),
    stream = new_and_old_images
)]
pub enum Messages {
    /// A conversation in a user's list.
    Group(MessageGroup),
    /// A message.
    Message(Message),
}

/// A conversation in a user's list.
#[derive(DynamoEntity, Debug, Clone, PartialEq)]
#[dynamo(
    table = Messages,
    partition_key = "GRP#{user}",
    sort_key = "{group_id}",
    index(name = "by-recent", partition_key = "GRP#{user}", sort_key = "{last_message_at}#{group_id}"),
    index(name = "by-group", partition_key = "group", sort_key = sort_key)
)]
pub struct MessageGroup {
    #[dynamo(key_only)]
    pub user: u64,
    #[dynamo(key_only)]
    pub group_id: String,
    pub last_message_at: EpochSeconds,
    pub group: String,
    pub note: Option<String>,
}

/// A message.
#[derive(DynamoEntity, Debug, Clone, PartialEq)]
#[dynamo(table = Messages, partition_key = "MSG#{group}", sort_key = "{created_at}#{id}")]
pub struct Message {
    #[dynamo(key_only)]
    pub group: String,
    pub created_at: EpochSeconds,
    #[dynamo(key_only)]
    pub id: u32,
    pub text: String,
}

fn group(user: u64, id: &str) -> MessageGroup {
    MessageGroup { user, group_id: id.into(), last_message_at: EpochSeconds(5), group: id.to_owned(), note: None }
}

fn message(group: &str, at: u64, id: u32) -> Message {
    Message { group: group.into(), created_at: EpochSeconds(at), id, text: format!("number {id}") }
}

#[test]
fn keys_and_index_keys_are_made_of_fields() {
    assert_eq!(
        Dynamo::preview_item(&group(7, "a#b")).unwrap(),
        r#"{"pk":{"S":"GRP#00000000000000000007"},"sk":{"S":"a$cb"},"last_message_at":{"N":"5"},"group":{"S":"a#b"},"recent_pk":{"S":"GRP#00000000000000000007"},"recent_sk":{"S":"00000000000000000005#a$cb"}}"#
    );
}

#[test]
fn the_key_is_that_of_the_item() {
    let item = message("g", 3, 9);
    assert!(Message::key("g", EpochSeconds(3), 9_u32) == item.primary_key());
    assert!(Message::key("g", EpochSeconds(3), 8_u32) != item.primary_key());
}

#[test]
fn the_table_has_its_entities_and_indexes() {
    let table = Messages::TABLE;
    assert_eq!(table, Message::TABLE);
    assert_eq!(table.entities.iter().map(|entity| entity.name).collect::<Vec<_>>(), ["MessageGroup", "Message"]);
    let keys: Vec<_> = table.key_attributes().iter().map(|key| key.name).collect();
    assert_eq!(keys, ["group", "pk", "recent_pk", "recent_sk", "sk"]);
    assert!(table.index("by-recent").unwrap().sparse);
}

async fn filled() -> Dynamo {
    // Both enums read one table here, each as it knows it.
    let db = Dynamo::builder().table_name::<Strays>("entity-messages").embedded().await.unwrap();
    db.create_tables(tablewright::tables![Messages]).await.unwrap();
    db.put(&group(1, "g")).await.unwrap();
    db.put(&Messages::from(group(1, "h"))).await.unwrap();
    for id in 0..5 {
        db.put(&message("g", u64::from(10 - id), id)).await.unwrap();
    }
    db
}

#[tokio::test]
async fn items_come_back_as_they_were() {
    let db = filled().await;
    assert_eq!(db.get(MessageGroup::key(1_u64, "h")).await.unwrap(), Some(group(1, "h")));
    let stored = db.get(Message::key("g", EpochSeconds(10), 0_u32)).await.unwrap();
    assert_eq!(stored, Some(message("g", 10, 0)));
    let messages: Vec<Message> = db.query(Message::query("g")).await.unwrap();
    assert_eq!(messages.iter().map(|message| message.id).collect::<Vec<_>>(), [4, 3, 2, 1, 0]);
}

#[tokio::test]
async fn a_scan_of_the_table_gives_the_enum_and_groups_it() {
    let db = filled().await;
    let all: Vec<Messages> = db.scan::<Messages>().await.unwrap();
    let grouped: MessagesByEntity = all.into_iter().collect();
    assert_eq!((grouped.group.len(), grouped.message.len()), (2, 5));
    assert_eq!(db.scan::<Message>().await.unwrap().len(), 5);
    assert_eq!(db.scan::<MessageGroup>().count().await.unwrap(), 2);
    assert_eq!(db.scan::<Messages>().count().await.unwrap(), 7);
    assert_eq!(db.scan::<Message>().take(3).await.unwrap().len(), 3);
}

#[tokio::test]
async fn an_item_of_no_entity_is_an_error_or_is_counted() {
    let db = filled().await;
    let mut stray = Item::from_entity(&message("g", 1, 1)).unwrap();
    stray.insert("pk".into(), Value::from("ELSE#1"));
    db.put(&Strays::Other(stray)).await.unwrap();
    let error = db.scan::<Messages>().await.unwrap_err();
    let Error::Decode(error) = error else { panic!("{error}") };
    assert!(error.to_string().contains("`Message` (`MSG#{group}` and `{created_at}#{id}`)"), "{error}");
    assert!(!error.to_string().contains("ELSE"), "{error}");
    assert!(matches!(db.scan::<Message>().await, Err(Error::Decode(_))));
    let page = db.scan::<Message>().skip_unknown().page().await.unwrap();
    assert_eq!((page.items.len(), page.unknown), (5, 1));
    let page = db.scan::<Messages>().skip_unknown().page().await.unwrap();
    assert_eq!((page.items.len(), page.unknown), (7, 1));
}

/// A table with a place for items of no entity.
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(table = "entity-strays", partition_key = "pk", sort_key = "sk")]
pub enum Strays {
    /// A profile.
    Profile(Profile),
    /// Something else.
    #[dynamo(unknown)]
    Other(Item),
}

/// A profile.
#[derive(DynamoEntity, Debug, Clone, PartialEq)]
#[dynamo(table = Strays, partition_key = "USER#{id}", sort_key = "PROFILE")]
pub struct Profile {
    #[dynamo(key_only)]
    pub id: u64,
    pub name: String,
}

#[tokio::test]
async fn items_of_no_entity_can_be_kept() {
    let db = filled().await;
    db.put(&Profile { id: 3, name: "ann".into() }).await.unwrap();
    let all: StraysByEntity = db.scan::<Strays>().await.unwrap().into_iter().collect();
    assert_eq!((all.profile.len(), all.unknown.len()), (1, 7));
    assert_eq!(db.scan::<Profile>().await.unwrap().len(), 1);
    let key = Strays::Other(all.unknown.into_iter().next().unwrap()).primary_key();
    db.delete(key).await.unwrap();
    assert_eq!(db.scan::<Strays>().count().await.unwrap(), 7);
}

#[tokio::test]
async fn a_struct_can_be_a_table_with_templates() {
    let db = Dynamo::embedded().await.unwrap();
    db.create_tables(tablewright::tables![Account]).await.unwrap();
    let account = Account { id: 7, email: Some("a@b".into()), name: "ann".into() };
    db.create(&account).await.unwrap();
    assert_eq!(db.get(Account::key(7_u64)).await.unwrap(), Some(account.clone()));
    assert_eq!(db.query(Account::query_by_email("a@b")).await.unwrap(), [account]);
    assert_eq!(
        Dynamo::preview_item(&Account { id: 7, email: None, name: "ann".into() }).unwrap(),
        r#"{"pk":{"S":"ACCOUNT#00000000000000000007"},"sk":{"S":"PROFILE"},"name":{"S":"ann"}}"#
    );
}

/// An account.
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(
    table = "entity-accounts",
    partition_key = "ACCOUNT#{id}",
    sort_key = "PROFILE",
    gsi(name = "by-email", partition_key = "EMAIL#{email}", sparse)
)]
pub struct Account {
    #[dynamo(key_only)]
    pub id: u64,
    pub email: Option<String>,
    pub name: String,
}
