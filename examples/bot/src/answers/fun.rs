//! Answers to `.loud`, `.tts`, `.sparkle`, `.show sparkles` and `.play`.

use jiff::SignedDuration;
use tablewright::{Dynamo, Result};

use super::{count, date, duration, lines, place};
use crate::Speaker;
use crate::tables::{CoolDown, LoudTable, Pass, PlayTable, Played, SparkleTable, TtsTable};

/// How many sparkles of a user are shown, newest first.
const REASONS_SHOWN: usize = 5;

pub(crate) async fn loud(db: &Dynamo, from: &Speaker, text: &str) -> Result<String> {
    Ok(match LoudTable::pass(db, from.server, &from.handle).await? {
        Pass::Go => format!("📢 {}", text.to_uppercase()),
        Pass::Wait(left) => format!("Not so loud. Wait {}.", duration(left)),
    })
}

pub(crate) async fn tts(db: &Dynamo, from: &Speaker, text: &str) -> Result<String> {
    Ok(match TtsTable::pass(db, from.server, &from.handle).await? {
        Pass::Go => format!("🔊 “{text}”"),
        Pass::Wait(left) => format!("One after the other. Wait {}.", duration(left)),
    })
}

pub(crate) async fn sparkle(db: &Dynamo, from: &Speaker, to: &str, why: Option<String>) -> Result<String> {
    if to == from.handle {
        return Ok("Sparkles are for others.".to_owned());
    }
    let item = SparkleTable::give(db, from.server, to, &from.handle, why).await?;
    Ok(format!("✨ {to} has {} now.", count(item.total_sparkles, "sparkle")))
}

pub(crate) async fn sparkles_of(db: &Dynamo, from: &Speaker, handle: &str) -> Result<String> {
    let Some(item) = SparkleTable::of(db, from.server, handle).await? else {
        return Ok(format!("{handle} has no sparkles yet. Say `.sparkle @{handle}`."));
    };
    let newest = item.sparkle_reasons.iter().rev().take(REASONS_SHOWN).map(|reason| {
        let why = reason.why.as_deref().map(|why| format!(": {why}")).unwrap_or_default();
        format!("✨ {}, {}{why}", reason.from, date(reason.at))
    });
    Ok(lines(format!("{handle} has {}:", count(item.total_sparkles, "sparkle")), newest))
}

pub(crate) async fn sparkles(db: &Dynamo, from: &Speaker) -> Result<String> {
    let ranking = SparkleTable::ranking(db, from.server).await?;
    if ranking.is_empty() {
        return Ok("Nobody has sparkles yet. Say `.sparkle @somebody`.".to_owned());
    }
    let places = ranking
        .iter()
        .enumerate()
        .map(|(at, item)| format!("{} {}: {}", place(at), item.discord_handle, count(item.total_sparkles, "sparkle")));
    Ok(lines("Most sparkles:", places))
}

pub(crate) async fn play(db: &Dynamo, from: &Speaker, song: &str, seconds: u64) -> Result<String> {
    PlayTable::count(db, from.server, &from.handle, seconds).await?;
    Ok(format!("🎵 {song} ({}:{:02})", seconds / 60, seconds % 60))
}

pub(crate) async fn play_stats(db: &Dynamo, from: &Speaker) -> Result<String> {
    let stats = PlayTable::stats(db, from.server).await?;
    if stats.total.songs == 0 {
        return Ok("Nothing was played here yet. Say `.play <song>`.".to_owned());
    }
    let best = stats.ranking().into_iter().take(3).enumerate();
    let best = best.map(|(at, (dj, played))| format!("{} {dj}: {}", place(at), amount(played)));
    Ok(lines(format!("{} on this server. The best DJs:", amount(stats.total)), best))
}

fn amount(played: Played) -> String {
    let time = SignedDuration::from_secs(i64::try_from(played.seconds).unwrap_or(i64::MAX));
    format!("{}, {}", count(played.songs, "song"), duration(time))
}
