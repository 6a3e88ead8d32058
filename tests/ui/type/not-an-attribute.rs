// A field has a type that DynamoDB can store.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    socket: std::net::TcpStream,
}

fn main() {}
