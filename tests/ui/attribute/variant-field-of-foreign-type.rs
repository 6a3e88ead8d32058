// The fields of a variant have types that DynamoDB can store.

use tablewright::DynamoAttribute;

#[derive(DynamoAttribute)]
#[dynamo(tag = "type")]
enum Event {
    Joined { socket: std::net::TcpStream },
}

fn main() {}
