/// A message.
#[derive(DynamoEntity)]
#[dynamo(
    table = Messages,
    partition_key = "MSG#{group}",
    sort_key = "{created_at}#{id}",
    index(name = "by-author", partition_key = "AUTHOR#{author}", sort_key = "{created_at}#{id}")
)]
pub struct Message {
    #[dynamo(key_only)]
    pub group: String,
    #[dynamo(key_only)]
    pub created_at: u64,
    pub id: u32,
    pub author: u64,
    pub text: String,
    pub note: Option<String>,
}
