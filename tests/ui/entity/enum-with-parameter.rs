// A table is one type.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "shop", partition_key = "pk")]
enum Shop<T> {
    User(T),
}

fn main() {}
