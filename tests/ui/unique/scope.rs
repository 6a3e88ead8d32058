// A scope is made of other fields.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "users")]
struct User {
    #[dynamo(partition_key)]
    id: String,
    tenant: String,
    #[dynamo(unique(scope = tennant))]
    email: String,
    #[dynamo(unique(scope = name))]
    name: String,
    #[dynamo(unique(scope(tenant, tenant)))]
    phone: String,
    #[dynamo(unique(scope))]
    handle: String,
    #[dynamo(unique(scop = tenant))]
    nick: String,
    #[dynamo(unique = tenant)]
    number: String,
}

fn main() {}
