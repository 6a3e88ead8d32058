/// An account.
#[derive(DynamoTable)]
#[dynamo(table = "account")]
pub struct Account {
    #[dynamo(partition_key, id = "uuid-v7")]
    pub id: String,
    #[dynamo(write_once)]
    pub owner: String,
    #[dynamo(counter)]
    pub visits: u64,
    #[dynamo(version)]
    pub version: u64,
}
