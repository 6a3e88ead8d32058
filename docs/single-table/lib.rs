//! A chat on one table.

use tablewright::prelude::*;
use tablewright::stream::{BatchResponse, Change, StreamRecord, handle_batch};
use tablewright::{DynamoAs, Result};

/// Conversations, their members and their messages.
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(
    table = "chat",
    partition_key = "pk",
    sort_key = "sk",
    gsi(name = "by-recent", partition_key = "recent_pk", sort_key = "recent_sk"),
    stream = new_image
)]
pub enum Chat {
    Message(Message),
    Member(Member),
    Conversation(Conversation),
}

/// A user.
#[derive(DynamoAttribute, Debug, Clone, Copy, PartialEq, Eq)]
pub struct UserId(pub u64);

/// A conversation.
#[derive(DynamoAttribute, Debug, Clone, Copy, PartialEq, Eq)]
pub struct GroupId(pub u64);

/// A message. Its time and its id are both in its key: two messages of one instant are two items.
#[derive(DynamoEntity, Debug, Clone, PartialEq)]
#[dynamo(table = Chat, partition_key = "MSG#{group}", sort_key = "AT#{sent_at}#{id}")]
pub struct Message {
    #[dynamo(key_only)]
    pub group: GroupId,
    #[dynamo(key_only)]
    pub sent_at: EpochSeconds,
    #[dynamo(key_only)]
    pub id: u64,
    pub author: UserId,
    pub text: String,
}

/// A member of a conversation.
#[derive(DynamoEntity, Debug, Clone, PartialEq)]
#[dynamo(table = Chat, partition_key = "MSG#{group}", sort_key = "MEMBER#{user}")]
pub struct Member {
    #[dynamo(key_only)]
    pub group: GroupId,
    #[dynamo(key_only)]
    pub user: UserId,
}

/// A conversation in the list of one of its members.
#[derive(DynamoEntity, Debug, Clone, PartialEq)]
#[dynamo(
    table = Chat,
    partition_key = "GRP#{user}",
    sort_key = "{group}",
    index(name = "by-recent", partition_key = "GRP#{user}", sort_key = "{last_at}#{last_id}#{group}"),
    access(name = "inbox", index = "by-recent", partition(user), order = descending)
)]
pub struct Conversation {
    #[dynamo(key_only)]
    pub user: UserId,
    #[dynamo(key_only)]
    pub group: GroupId,
    pub last_at: EpochSeconds,
    pub last_id: u64,
    pub last_text: String,
}

/// A: the newest messages of a conversation.
pub async fn messages(db: &Dynamo, group: GroupId) -> Result<Vec<Message>> {
    db.query(Message::query(group)).descending().take(20).await
}

/// B: a user's conversations, the one with the newest message first.
pub async fn conversations(db: &Dynamo, user: UserId) -> Result<Vec<Conversation>> {
    db.query(Conversation::inbox(user)).take(20).await
}

/// A conversation of two with its first message: all of it, or nothing.
pub async fn begin(db: &Dynamo, users: [UserId; 2], first: &Message) -> Result<()> {
    let group = first.group;
    let (last_at, last_id, text) = (first.sent_at, first.id, &first.text);
    let lists = users.map(|user| Conversation { user, group, last_at, last_id, last_text: text.clone() });
    let lists = lists.map(|conversation| db.create(&conversation));
    let members = users.map(|user| db.create(&Member { group, user }));
    db.transact_write(lists).and(members).and(db.create(first)).await
}

/// A message, if its author is a member of the conversation.
pub async fn send(db: &Dynamo, message: &Message) -> Result<()> {
    let member = db.check_exists(Member::key(message.group, message.author));
    db.transact_write((db.create(message), member)).await
}

/// Brings the list of each member to a new message.
pub async fn handle(db: &DynamoAs<ListKeeper>, record: StreamRecord<Chat>) -> Result<()> {
    let Change::Insert { new: Chat::Message(message) } = record.change else { return Ok(()) };
    let (at, id) = (message.sent_at, message.id);
    for member in db.query(Member::query(message.group)).consistent().await? {
        db.update(Conversation::key(member.user, member.group))
            .set(|item| item.by_recent, (at, id))
            .set(|item| item.last_text, &message.text)
            .condition(|item| item.last_at.lt(at).or(item.last_at.eq(at).and(item.last_id.lt(id))))
            // Not met: the list shows this message, or a newer one.
            .if_met()
            .await?;
    }
    Ok(())
}

/// The same for the records that AWS Lambda delivers; what fails comes again.
pub async fn on_event(db: &Dynamo, event: &str) -> Result<BatchResponse> {
    let keeper = db.acting_as();
    Ok(handle_batch(event, async |record| handle(&keeper, record).await).await?.response())
}

tablewright::access! {
    /// What the handler does, and nothing else.
    pub role ListKeeper {
        Message: stream(insert);
        Member: query;
        Conversation: update;
    }
}
