use tablewright::prelude::*;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle", gsi(name = "by-author", partition_key = "author"))]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    #[dynamo(write_once)]
    author: String,
    #[dynamo(write_once)]
    team: Option<String>,
}

async fn write(db: &Dynamo) -> Result<(), tablewright::Error> {
    db.update(Sparkle::key(1)).set(|item| item.author, "ann").await?;
    db.update(Sparkle::key(1)).remove(|item| item.team).await?;
    // This is what it may do.
    db.update(Sparkle::key(1)).set_if_not_exists(|item| item.team, "red").await
}

fn main() {}
