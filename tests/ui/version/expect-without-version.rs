use tablewright::prelude::*;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    total: u64,
}

async fn write(db: &Dynamo) -> Result<(), tablewright::Error> {
    db.update(Sparkle::key(1)).expect_version(3).set(|item| item.total, 7).await
}

fn main() {}
