use tablewright::prelude::*;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    total: u64,
}

async fn read(db: &Dynamo) -> Result<Vec<Option<Sparkle>>, tablewright::Error> {
    Ok(db.batch_get([Sparkle::key(1)]).await?)
}

fn main() {}
