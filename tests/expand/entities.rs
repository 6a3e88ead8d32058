/// Conversations and their messages.
#[derive(DynamoTable)]
#[dynamo(
    table = "messages",
    partition_key = "pk",
    sort_key = "sk",
    gsi(name = "by-author", partition_key = "author_pk", sort_key = "author_sk", projection = keys_only),
    stream = new_image
)]
pub enum Messages {
    Group(MessageGroup),
    Message(Message),
    #[dynamo(unknown)]
    Other(Item),
}
