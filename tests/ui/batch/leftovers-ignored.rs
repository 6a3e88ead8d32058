use tablewright::prelude::*;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    total: u64,
}

#[deny(unused_must_use)]
async fn write(db: &Dynamo, sparkles: Vec<Sparkle>) -> Result<(), tablewright::Error> {
    db.batch_write().put_all(&sparkles).await?;
    Ok(())
}

#[deny(unused_must_use)]
async fn read(db: &Dynamo) -> Result<(), tablewright::Error> {
    db.batch_get([Sparkle::key(1)]).await?;
    Ok(())
}

fn main() {}
