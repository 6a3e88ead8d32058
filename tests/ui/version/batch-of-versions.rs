// A batch has no conditions, so nothing would keep it from overwriting a newer version.

use tablewright::prelude::*;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    #[dynamo(version)]
    version: u64,
}

async fn write(db: &Dynamo, sparkle: Sparkle) -> Result<(), tablewright::Error> {
    db.batch_write().put(&sparkle).await?.complete()?;
    Ok(())
}

fn main() {}
