// The embedded engine is behind a feature, which is named where it is off.

use tablewright::Dynamo;

async fn run() {
    let _ = Dynamo::embedded().await;
    let _ = Dynamo::embedded_file("bot.db").await;
}

fn main() {}
