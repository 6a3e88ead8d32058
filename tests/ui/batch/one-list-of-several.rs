use tablewright::prelude::*;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    total: u64,
}

async fn read(db: &Dynamo) -> Result<(), tablewright::Error> {
    let _ = db.batch_get_all([Sparkle::key(1)]).await?;
    Ok(())
}

fn main() {}
