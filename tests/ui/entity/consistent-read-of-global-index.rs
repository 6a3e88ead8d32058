// A global index is behind the table.

use tablewright::{Dynamo, DynamoEntity, DynamoTable};

#[derive(DynamoTable)]
#[dynamo(table = "shop", partition_key = "pk", sort_key = "sk", gsi(name = "by-name", partition_key = "gsi1pk"))]
enum Shop {
    User(User),
}

#[derive(DynamoEntity)]
#[dynamo(table = Shop, partition_key = "USER#{id}", sort_key = "PROFILE", index(name = "by-name", partition_key = "NAME#{name}"))]
struct User {
    id: u64,
    name: String,
}

fn read(db: &Dynamo) {
    let _ = db.query(User::query_by_name("ann")).consistent();
}

fn main() {}
