//! Answers to `.ban`, `.unban`, `.banned` and `.stats`.

use tablewright::{Dynamo, Result};

use super::{count, lines, place};
use crate::Speaker;
use crate::tables::{Bans, CommandUsage, Target};

/// How many commands the ranking shows.
const SHOWN: usize = 10;

pub(crate) async fn ban(db: &Dynamo, from: &Speaker, target: Target) -> Result<String> {
    let oneself = match &target {
        Target::User(handle) => *handle == from.handle,
        Target::Server(server) => *server == from.server,
    };
    if oneself {
        return Ok("You could not lift that ban yourself: ask somebody else, or ban from another server.".to_owned());
    }
    let whom = name(&target);
    Bans::ban(db, target).await?;
    Ok(format!("I don't answer {whom} any more."))
}

pub(crate) async fn unban(db: &Dynamo, target: Target) -> Result<String> {
    let whom = name(&target);
    Bans::unban(db, target).await?;
    Ok(format!("I answer {whom} again."))
}

pub(crate) async fn banned_users(db: &Dynamo) -> Result<String> {
    Ok(list("users", Bans::read(db).await?.users))
}

pub(crate) async fn banned_servers(db: &Dynamo) -> Result<String> {
    Ok(list("servers", Bans::read(db).await?.servers))
}

pub(crate) async fn stats(db: &Dynamo) -> Result<String> {
    let mut usage: Vec<(String, u64)> = CommandUsage::stored(db).await?.into_iter().collect();
    usage.sort_by_key(|(_, times)| core::cmp::Reverse(*times));
    let places = usage.iter().take(SHOWN).enumerate();
    let places = places.map(|(at, (command, times))| format!("{} .{command}: {}", place(at), count(*times, "time")));
    Ok(lines("Most used commands:", places))
}

fn name(target: &Target) -> String {
    match target {
        Target::User(handle) => handle.clone(),
        Target::Server(server) => format!("server {server}"),
    }
}

fn list(what: &str, banned: impl IntoIterator<Item = impl ToString>) -> String {
    let banned: Vec<String> = banned.into_iter().map(|one| one.to_string()).collect();
    match banned.as_slice() {
        [] => format!("No {what} are banned."),
        banned => format!("Banned {what}: {}", banned.join(", ")),
    }
}
