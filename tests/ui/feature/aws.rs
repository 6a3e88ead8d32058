// Calls to AWS are behind a feature, which is named where it is off.

use tablewright::Dynamo;

async fn run() {
    let _ = Dynamo::from_env().await;
}

fn main() {}
