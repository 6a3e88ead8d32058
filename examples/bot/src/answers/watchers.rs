//! Answers to the commands of the league watcher and the item watcher.

use tablewright::{Dynamo, Result};

use super::{count, date, lines};
use crate::Speaker;
use crate::tables::{ItemTracker, LeagueTable, MatchResult, Threshold};

const NOT_WATCHED: &str = "I don't watch you. Say `.add me to league watcher as <summoner>`.";

pub(crate) async fn watch(db: &Dynamo, from: &Speaker, summoner: &str) -> Result<String> {
    let item = LeagueTable::new(from.server, &from.handle, summoner);
    Ok(match item.watch(db).await? {
        None => format!("I watch {} as {summoner} from now on.", from.handle),
        Some(known) => format!(
            "I already watch {} as {}. Say `.remove me from league watcher` first.",
            from.handle, known.summoner_name
        ),
    })
}

pub(crate) async fn unwatch(db: &Dynamo, from: &Speaker) -> Result<String> {
    Ok(match LeagueTable::unwatch(db, from.server, &from.handle).await? {
        Some(known) => format!("I don't watch {} any more.", known.summoner_name),
        None => NOT_WATCHED.to_owned(),
    })
}

pub(crate) async fn view(db: &Dynamo, from: &Speaker) -> Result<String> {
    let Some(known) = LeagueTable::view(db, from.server, &from.handle).await? else {
        return Ok(NOT_WATCHED.to_owned());
    };
    let mentions = if known.bot_can_at_me { "on" } else { "off" };
    let mut facts = vec![
        format!("summoner  {}", known.summoner_name),
        format!("since     {}", date(known.created_at)),
        format!("streak    {}", streak(&known)),
        format!("mentions  {mentions}"),
    ];
    facts.extend(known.last_match.map(|name| format!("last      {name}")));
    Ok(lines(format!("What I know of {}:", from.handle), facts))
}

pub(crate) async fn match_result(
    db: &Dynamo,
    from: &Speaker,
    result: MatchResult,
    name: Option<&str>,
) -> Result<String> {
    Ok(match LeagueTable::result(db, from.server, &from.handle, result, name).await? {
        Some(known) => {
            let mention = if known.bot_can_at_me { "@" } else { "" };
            format!("{mention}{}: {}", from.handle, streak(&known))
        }
        None => NOT_WATCHED.to_owned(),
    })
}

pub(crate) async fn mention(db: &Dynamo, from: &Speaker, may: bool) -> Result<String> {
    Ok(match (LeagueTable::mention(db, from.server, &from.handle, may).await?, may) {
        (true, true) => "I'll mention you.".to_owned(),
        (true, false) => "I won't mention you.".to_owned(),
        (false, _) => NOT_WATCHED.to_owned(),
    })
}

fn streak(known: &LeagueTable) -> String {
    match (known.win_streak, known.loss_streak) {
        (0, 0) => "no matches yet".to_owned(),
        (wins, 0) => format!("🔥 {} in a row", count(wins.into(), "win")),
        (_, 1) => "🧊 1 loss in a row".to_owned(),
        (_, losses) => format!("🧊 {losses} losses in a row"),
    }
}

pub(crate) async fn track(
    db: &Dynamo,
    from: &Speaker,
    item: String,
    threshold: Threshold,
    channel: String,
) -> Result<String> {
    let done = format!("I'll tell {channel} {}.", when(&item, threshold));
    let handle = from.handle.clone();
    let tracker = ItemTracker { server_id: from.server, item, threshold, first_price: None, channel, handle };
    Ok(match tracker.track(db).await? {
        None => done,
        Some(first) => {
            let ItemTracker { item, threshold, channel, handle, .. } = first;
            format!(
                "{handle} already waits until {channel} is told {}. Say `.untrack {item}` first.",
                when(&item, threshold)
            )
        }
    })
}

pub(crate) async fn untrack(db: &Dynamo, from: &Speaker, item: &str) -> Result<String> {
    Ok(match ItemTracker::untrack(db, from.server, item).await? {
        Some(tracker) => format!("I don't wait for {} any more.", tracker.item),
        None => format!("Nobody waits for {item}. `.tracked` lists what is waited for."),
    })
}

pub(crate) async fn tracked(db: &Dynamo, from: &Speaker) -> Result<String> {
    let trackers = ItemTracker::tracked(db, from.server).await?;
    if trackers.is_empty() {
        return Ok("Nobody waits for anything. Say `.track <item> at <price or percent> in <channel>`.".to_owned());
    }
    let each = trackers.iter().map(|tracker| {
        let first = tracker.first_price.map(|price| format!(", first price {price}")).unwrap_or_default();
        format!("{} at {} in {} for {}{first}", tracker.item, tracker.threshold, tracker.channel, tracker.handle)
    });
    Ok(lines("Waiting for:", each))
}

pub(crate) async fn price(db: &Dynamo, from: &Speaker, item: &str, price: u64) -> Result<String> {
    Ok(match ItemTracker::price(db, from.server, item, price).await? {
        Some(alert) => {
            format!(
                "🔔 {}: @{} {} is at {price} (alert at {})",
                alert.channel, alert.handle, alert.item, alert.threshold
            )
        }
        None => format!("{item} is at {price}."),
    })
}

fn when(item: &str, threshold: Threshold) -> String {
    match threshold {
        Threshold::Price { at_least } => format!("when {item} is at {at_least} or more"),
        Threshold::Percent { .. } => format!("when {item} has moved by {threshold}"),
    }
}
