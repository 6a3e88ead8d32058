use tablewright::prelude::*;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    total: u64,
}

async fn write(db: &Dynamo, sparkle: Sparkle) -> Result<(), tablewright::Error> {
    db.batch_write().delete(sparkle).await?.complete()?;
    Ok(())
}

fn main() {}
