#[derive(DynamoTable)]
#[dynamo(table = "sparkle", stream = new_images)]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    #[dynamo(sort_key)]
    handle: String,
}
