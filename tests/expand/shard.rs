/// What happened on a day.
#[derive(DynamoTable)]
#[dynamo(
    table = "events",
    partition_key = "DAY#{day}",
    sort_key = "{at}",
    shard = 16,
    gsi(name = "by-kind", partition_key = "KIND#{kind}", sort_key = "rank", shard = 4)
)]
pub struct Event {
    #[dynamo(key_only)]
    pub day: String,
    #[dynamo(key_only)]
    pub at: u64,
    pub kind: String,
    pub rank: u32,
}
