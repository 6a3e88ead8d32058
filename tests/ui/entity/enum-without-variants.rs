// A table has entities.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "shop", partition_key = "pk")]
enum Shop {}

fn main() {}
