use tablewright::prelude::*;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    total: u64,
}

async fn write(db: &Dynamo) -> Result<(), tablewright::Error> {
    db.delete(1).await
}

fn main() {}
