//! Answers to `.remember`, `.rem` and `.forget`.

use tablewright::{Dynamo, Result};

use super::{count, lines};
use crate::Speaker;
use crate::tables::RememberTable;

/// How many things a search shows.
const SHOWN: usize = 20;

pub(crate) async fn remember(db: &Dynamo, from: &Speaker, rem_key: String, rem_value: String) -> Result<String> {
    let done = format!("I'll remember that `{rem_key}` is {rem_value}.");
    let item = RememberTable { discord_server_id: from.server, rem_key, rem_value };
    Ok(match item.remember(db).await? {
        None => done,
        Some(first) => {
            format!("I already remember that `{0}` is {1}. Say `.forget {0}` first.", first.rem_key, first.rem_value)
        }
    })
}

pub(crate) async fn recall(db: &Dynamo, from: &Speaker, key: &str) -> Result<String> {
    Ok(match RememberTable::recall(db, from.server, key).await? {
        Some(item) => format!("`{}` is {}.", item.rem_key, item.rem_value),
        None => format!("I don't remember `{key}`. Try `.rem search {key}`."),
    })
}

pub(crate) async fn forget(db: &Dynamo, from: &Speaker, key: &str) -> Result<String> {
    Ok(match RememberTable::forget(db, from.server, key).await? {
        Some(item) => format!("I forgot that `{}` is {}.", item.rem_key, item.rem_value),
        None => format!("I don't remember `{key}`, so there is nothing to forget."),
    })
}

pub(crate) async fn search(db: &Dynamo, from: &Speaker, text: &str) -> Result<String> {
    let found = RememberTable::search(db, from.server, text).await?;
    if found.is_empty() {
        return Ok("I remember nothing like that on this server.".to_owned());
    }
    let all = found.len();
    let shown = found.into_iter().take(SHOWN).map(|item| format!("`{}` is {}", item.rem_key, item.rem_value));
    let more = (all > SHOWN).then(|| format!("… and {} more", all - SHOWN));
    Ok(lines(format!("I remember {}:", count(all as u64, "thing")), shown.chain(more)))
}
