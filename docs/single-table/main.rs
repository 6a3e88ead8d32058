use chat::{Chat, GroupId, ListKeeper, Message, UserId};
use tablewright::prelude::*;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let db = Dynamo::embedded().await?;
    db.create_tables(tablewright::tables![Chat]).await?;

    let (ann, bob, group) = (UserId(1), UserId(2), GroupId(7));
    let sent_at = EpochSeconds(1_700_000_000);
    let question = Message { group, sent_at, id: 1, author: ann, text: "Tea?".into() };
    let answer = Message { group, sent_at, id: 2, author: bob, text: "At four.".into() };
    chat::begin(&db, [ann, bob], &question).await?;
    chat::send(&db, &answer).await?;

    // In AWS, Lambda calls the handler. Here a loop does.
    let keeper = db.acting_as::<ListKeeper>();
    keeper.stream::<Chat>().from_beginning().open().await?.drain(|record| chat::handle(&keeper, record)).await?;

    for message in chat::messages(&db, group).await? {
        println!("{:?} wrote {:?}", message.author, message.text);
    }
    let list = chat::conversations(&db, ann).await?;
    println!("last in {:?}: {:?}", list[0].group, list[0].last_text);
    Ok(())
}
