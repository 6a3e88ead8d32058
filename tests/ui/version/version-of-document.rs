use tablewright::DynamoAttribute;

#[derive(DynamoAttribute)]
struct Address {
    #[dynamo(version)]
    version: u64,
    #[dynamo(counter)]
    visits: u64,
}

fn main() {}
