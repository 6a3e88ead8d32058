use tablewright::prelude::*;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    total: u64,
}

async fn write(db: &Dynamo, keys: Vec<tablewright::Key<Sparkle>>) -> Result<(), tablewright::Error> {
    db.batch_write_iter(keys).await?.complete()?;
    Ok(())
}

fn main() {}
