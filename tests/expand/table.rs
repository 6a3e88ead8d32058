/// Stars that people gave.
#[derive(DynamoTable)]
#[dynamo(
    table = "sparkle",
    gsi(name = "by-team", partition_key = "team", sort_key = "total", sparse, projection = keys_only),
    stream = new_image
)]
pub struct Sparkle {
    #[dynamo(partition_key)]
    pub server: u64,
    #[dynamo(sort_key)]
    pub handle: String,
    pub team: Option<String>,
    pub total: u64,
    #[dynamo(updated_at)]
    pub updated_at: EpochSeconds,
    #[dynamo(default)]
    pub address: Address,
    #[dynamo(skip)]
    pub cache: u32,
}
