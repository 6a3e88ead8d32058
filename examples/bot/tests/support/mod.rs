//! Stores and users for the tests.

use std::path::Path;
use std::{env, fs};

use bot::tables::ServerId;
use bot::{Bot, Clock, Speaker};
use tablewright::testing::{BoxFuture, Embedded};
use tablewright::{Dynamo, Executor, Failure, Request, Response};
use tempfile::TempDir;

/// Where everybody is.
pub const SERVER: ServerId = ServerId(9001);

/// The variable that names a file with the bot's tables, as Terraform made them; each store begins with a copy of it.
const TABLES: &str = "TABLEWRIGHT_TEST_TABLES";

/// A store with the bot's tables, and its clock.
pub async fn store() -> (Dynamo, Clock) {
    let clock = Clock::default();
    clock.set("2026-05-01T09:00:00Z".parse().unwrap());
    let now = clock.clone();
    let builder = Dynamo::builder().clock(move || now.now());
    let db = match env::var_os(TABLES) {
        Some(file) => {
            let folder = tempfile::tempdir().unwrap();
            let db = builder.executor(Interleaved(copy(Path::new(&file), &folder), Some(folder)));
            db.verify_tables(bot::all_tables()).await.unwrap();
            db
        }
        None => {
            let db = builder.executor(Interleaved(Embedded::memory().unwrap(), None));
            db.create_tables(bot::all_tables()).await.unwrap();
            db
        }
    };
    (db, clock)
}

/// An engine that has what is in the file, in a folder of its own.
fn copy(file: &Path, folder: &TempDir) -> Embedded {
    let own = folder.path().join("tables.db");
    fs::copy(file, &own).unwrap();
    Embedded::file(own).unwrap()
}

/// Lets others come between any two requests, which makes every race happen that can. Its folder goes with it.
#[derive(Debug)]
struct Interleaved(Embedded, #[expect(dead_code, reason = "it is dropped last")] Option<TempDir>);

impl Executor for Interleaved {
    fn execute(&self, request: Request) -> BoxFuture<'_, Result<Response, Failure>> {
        Box::pin(async move {
            tokio::task::yield_now().await;
            self.0.execute(request).await
        })
    }
}

/// A user there.
pub fn user(handle: &str) -> Speaker {
    Speaker { server: SERVER, handle: handle.to_owned() }
}

/// What a bot on this store answers.
pub async fn say(db: &Dynamo, handle: &str, text: &str) -> String {
    Bot::new(db.clone()).answer(&user(handle), text).await.unwrap().unwrap_or_default()
}

/// What as many bots answer who are asked at once, each by another user.
pub async fn say_at_once(db: &Dynamo, users: usize, text: impl Fn(usize) -> String) -> Vec<String> {
    all((0..users).map(|n| {
        let (db, text) = (db.clone(), text(n));
        async move { say(&db, &format!("user{n}"), &text).await }
    }))
    .await
}

/// The outcomes of what is done at once.
pub async fn all<T: Send + 'static>(tasks: impl IntoIterator<Item: Future<Output = T> + Send + 'static>) -> Vec<T> {
    let tasks: Vec<_> = tasks.into_iter().map(tokio::spawn).collect();
    let mut outcomes = Vec::new();
    for task in tasks {
        outcomes.push(task.await.unwrap());
    }
    outcomes
}

/// Carries every request out, and loses the answer of each one that succeeded.
#[derive(Debug)]
pub struct LosesAnswers(pub Embedded);

impl Executor for LosesAnswers {
    fn execute(&self, request: Request) -> BoxFuture<'_, Result<Response, Failure>> {
        Box::pin(async move { self.0.execute(request).await.and(Err(Failure::TimedOut)) })
    }
}
