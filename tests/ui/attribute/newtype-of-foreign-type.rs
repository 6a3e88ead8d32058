// The field of a newtype has a type that DynamoDB can store.

use tablewright::DynamoAttribute;

#[derive(DynamoAttribute)]
struct Connection(std::net::TcpStream);

fn main() {}
