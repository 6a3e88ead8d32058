use tablewright::prelude::*;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    #[dynamo(counter)]
    total: u64,
}

async fn write(db: &Dynamo, sparkle: Sparkle) -> Result<(), tablewright::Error> {
    db.update(Sparkle::key(1)).set(|item| item.total, 7).await?;
    db.batch_write().put(&sparkle).await?.complete()?;
    // This is what it may do.
    db.update(Sparkle::key(1)).increment(|item| item.total, 7).await
}

fn main() {}
