//! Indexes that do not carry every attribute.

use tablewright::Item;
use tablewright::prelude::*;

use crate::runtime::backends::for_each_backend;

#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(
    table = "players",
    rename_all = "camelCase",
    gsi(name = "by-team", partition_key = "team", sort_key = "score", sparse, projection = include("nick_name"), reads = Ranked),
    lsi(name = "by-score", sort_key = "score", projection = keys_only)
)]
struct Player {
    #[dynamo(partition_key)]
    league: String,
    #[dynamo(sort_key)]
    user_id: u64,
    team: Option<String>,
    score: u64,
    nick_name: Option<String>,
    biography: String,
}

/// A player as the index `by-team` carries one: not every attribute that it carries is of interest.
#[derive(DynamoAttribute, Debug, Clone, PartialEq)]
#[dynamo(rename_all = "camelCase")]
struct Ranked {
    user_id: u64,
    score: u64,
    nick_name: Option<String>,
}

fn player(user_id: u64, team: Option<&str>, nick: Option<&str>) -> Player {
    let [team, nick_name] = [team, nick].map(|text| text.map(str::to_owned));
    Player { league: "l".into(), user_id, team, score: 1000 - user_id, nick_name, biography: "long".into() }
}

#[tokio::test]
async fn the_items_of_a_narrow_index_are_of_its_type() {
    for_each_backend(async |db| {
        db.create_tables(tablewright::tables![Player]).await.unwrap();
        for item in [player(1, Some("red"), Some("ann")), player(2, Some("red"), None), player(3, None, None)] {
            db.create(&item).await.unwrap();
        }
        let ranked: Vec<Ranked> = db.query(Player::query_by_team("red").score().gt(0_u64)).await.unwrap();
        let ann = Ranked { user_id: 1, score: 999, nick_name: Some("ann".into()) };
        assert_eq!(ranked, [Ranked { user_id: 2, score: 998, nick_name: None }, ann.clone()]);
        let page = db.query(Player::query_by_team("red")).descending().take(1).page().await.unwrap();
        assert_eq!(page.items, [ann]);
        let untyped: Vec<Item> = db.query(Player::query_by_score("l")).consistent().await.unwrap();
        assert_eq!(untyped.len(), 3);
        let typed = db.query(Player::query_by_score("l")).read_as::<Keys>().await.unwrap();
        assert_eq!(typed.iter().map(|keys| keys.score).collect::<Vec<_>>(), [997, 998, 999]);
    })
    .await;
}

#[derive(DynamoAttribute, Debug)]
struct Keys {
    score: u64,
}

#[tokio::test]
async fn hydrating_gives_the_whole_items_in_the_order_of_the_index() {
    for_each_backend(async |db| {
        db.create_tables(tablewright::tables![Player]).await.unwrap();
        // More than one batch of keys, and some items that are not asked for.
        let players: Vec<Player> = (0..130_u64).map(|id| player(id, Some("red"), None)).collect();
        for item in &players {
            db.put(item).await.unwrap();
        }
        db.put(&player(97, Some("blue"), None)).await.unwrap();
        let red = db.query(Player::query_by_team("red")).hydrate().await.unwrap();
        let mut expected: Vec<Player> = players.into_iter().filter(|player| player.user_id != 97).collect();
        expected.reverse();
        assert_eq!(red, expected);
        let top = db.query(Player::query_by_team("red")).descending().take(3).hydrate().await.unwrap();
        assert_eq!(top.iter().map(|player| player.user_id).collect::<Vec<_>>(), [0, 1, 2]);
        assert_eq!(db.query(Player::query_by_team("none")).hydrate().await.unwrap(), []);
    })
    .await;
}
