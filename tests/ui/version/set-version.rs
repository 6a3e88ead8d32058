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
    db.update(&sparkle).set(|item| item.version, 7).await?;
    db.update(&sparkle).increment(|item| item.version, 1).await
}

fn main() {}
