use tablewright::prelude::*;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    total: u64,
}

#[derive(DynamoAttribute)]
struct Address {
    city: String,
}

async fn write(db: &Dynamo, address: Address) -> Result<(), tablewright::Error> {
    db.batch_write().put(&address).await?.complete()?;
    Ok(())
}

fn main() {}
