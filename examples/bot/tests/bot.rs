//! The bot on a DynamoDB in this process, and on one that fails.

use bot::tables::{
    Bans, CommandUsage, ItemTracker, LeagueTable, LoudTable, MatchResult, PlayTable, Played, RememberTable, ServerId,
    SparkleTable, Target, Threshold,
};
use bot::transcript::Transcript;
use bot::{Bot, Clock, Speaker};
use jiff::{SignedDuration, Timestamp};
use tablewright::testing::{Embedded, Spy};
use tablewright::{Dynamo, Error, Failure, Operation};

mod support;

use support::{LosesAnswers, SERVER, all, say, say_at_once, store, user};

#[tokio::test(flavor = "multi_thread")]
async fn one_of_many_who_remember_at_once_is_first_and_the_others_are_told() {
    let (db, _) = store().await;
    let answers = say_at_once(&db, 20, |n| format!(".remember meeting is at {n}")).await;
    let winners: Vec<&String> = answers.iter().filter(|answer| answer.starts_with("I'll remember")).collect();
    let [winner] = winners.as_slice() else { panic!("not one winner: {answers:?}") };
    let what = winner.strip_prefix("I'll remember that ").unwrap();
    for answer in answers.iter().filter(|answer| answer != winner) {
        assert!(answer.starts_with(&format!("I already remember that {what}")), "{answer}");
    }
    assert_eq!(say(&db, "ann", ".rem meeting").await, what);
}

#[tokio::test(flavor = "multi_thread")]
async fn sparkles_and_their_reasons_are_one() {
    let (db, _) = store().await;
    say_at_once(&db, 50, |n| format!(".sparkle @ann for reason {n}")).await;
    let item = SparkleTable::of(&db, SERVER, "ann").await.unwrap().unwrap();
    assert_eq!(item.total_sparkles, 50);
    let mut reasons: Vec<_> = item.sparkle_reasons.into_iter().filter_map(|reason| reason.why).collect();
    reasons.sort();
    reasons.dedup();
    assert_eq!(reasons.len(), 50);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cool_down_lets_one_through_and_one_again_after_the_pause() {
    let (db, clock) = store().await;
    let passed = async || {
        let answers = all((0..10).map(|_| {
            let db = db.clone();
            async move { say(&db, "cat", ".loud hello").await }
        }))
        .await;
        let (passed, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer == "📢 HELLO");
        assert!(refused.iter().all(|answer| answer.starts_with("Not so loud. Wait ")), "{refused:?}");
        passed.len()
    };
    assert_eq!(passed().await, 1);
    clock.wait(SignedDuration::from_hours(6) - SignedDuration::from_millis(1));
    assert_eq!(passed().await, 0);
    clock.wait(SignedDuration::from_millis(1));
    assert_eq!(passed().await, 1);
    assert_eq!(say(&db, "bob", ".loud hello").await, "📢 HELLO", "another user has another pause");
}

#[tokio::test]
async fn a_cool_down_lets_nobody_through_when_the_store_fails() {
    let throttled = Spy::new().refuse_to(Operation::UpdateItem, "ThrottlingException");
    let error = Bot::new(Dynamo::with_executor(throttled)).answer(&user("cat"), ".loud hello").await.unwrap_err();
    assert!(matches!(error, Error::Throttled(_)), "{error}");

    let lost = Spy::new().answer("{}").play(Err(Failure::TimedOut));
    let error = Bot::new(Dynamo::with_executor(lost)).answer(&user("cat"), ".loud hello").await.unwrap_err();
    assert!(matches!(error, Error::OutcomeUnknown(_)), "{error}");

    let absent = Dynamo::embedded().await.unwrap();
    let error = Bot::new(absent).answer(&user("cat"), ".loud hello").await.unwrap_err();
    assert!(matches!(error, Error::TableNotFound(_)), "{error}");
    assert!(!error.to_string().contains('\n'), "an error is one line: {error}");
}

#[tokio::test]
async fn a_search_queries_one_server_and_scans_nothing() {
    let spy = Spy::new();
    let db = Dynamo::with_executor(spy.clone());
    assert_eq!(say(&db, "ann", ".rem search cake").await, "I remember nothing like that on this server.");
    assert_eq!(spy.operations(), [Operation::GetItem, Operation::Query], "the bans, and the search");
    let requests = spy.requests();
    let search = requests.last().unwrap().json();
    assert!(search.contains(r##""KeyConditionExpression":"#n0 = :v0""##), "{search}");
    assert!(search.contains(r#"{"N":"9001"}"#), "{search}");
}

#[tokio::test]
async fn a_search_finds_the_best_first_and_no_other_servers_items() {
    let (db, _) = store().await;
    for line in ["cake is good", "cheese cake is better", "pie is no cake", "tea is hot"] {
        say(&db, "ann", &format!(".remember {line}")).await;
    }
    let other = Speaker { server: ServerId(1), handle: "ann".into() };
    Bot::new(db.clone()).answer(&other, ".remember cakes is elsewhere").await.unwrap();
    let keys = async |text: &str| {
        let found = RememberTable::search(&db, SERVER, text).await.unwrap();
        found.into_iter().map(|item| item.rem_key).collect::<Vec<_>>()
    };
    assert_eq!(keys("Cake").await, ["cake", "cheese cake", "pie"]);
    assert_eq!(keys("chese cake").await, ["cheese cake", "cake"]);
    assert_eq!(keys("").await, ["cake", "cheese cake", "pie", "tea"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn songs_at_once_all_count() {
    let (db, _) = store().await;
    let counted = all((0..60).map(|n| {
        let db = db.clone();
        async move { PlayTable::count(&db, SERVER, &format!("dj{}", n % 3), 100 + n).await }
    }));
    assert!(counted.await.iter().all(Result::is_ok));
    let stats = PlayTable::stats(&db, SERVER).await.unwrap();
    let seconds = (0..60).map(|n| 100 + n).sum();
    assert_eq!(stats.total, Played { songs: 60, seconds });
    assert_eq!(stats.djs.len(), 3);
    assert!(stats.djs.values().all(|played| played.songs == 20), "{stats:?}");
    assert_eq!(stats.djs.values().map(|played| played.seconds).sum::<u64>(), seconds);
    assert_eq!(stats.ranking()[0].0, "dj2", "as many songs, and the longest");
}

#[tokio::test(flavor = "multi_thread")]
async fn bans_at_once_all_hold_and_the_last_one_lifted_leaves_none() {
    let (db, _) = store().await;
    say_at_once(&db, 20, |n| match n % 2 {
        0 => format!(".ban user troll{n}"),
        _ => format!(".ban server {n}"),
    })
    .await;
    let bans = Bans::read(&db).await.unwrap();
    assert_eq!((bans.users.len(), bans.servers.len()), (10, 10));
    assert_eq!(say(&db, "troll0", ".help").await, "", "no answer to the banned");
    let target =
        |n: u64| if n.is_multiple_of(2) { Target::User(format!("troll{n}")) } else { Target::Server(ServerId(n)) };
    for n in 0..20 {
        Bans::unban(&db, target(n)).await.unwrap();
    }
    assert_eq!(Bans::read(&db).await.unwrap(), Bans::default());
    Bans::unban(&db, target(0)).await.unwrap();
    assert!(say(&db, "troll0", ".help").await.starts_with("What I know"));
}

#[tokio::test]
async fn a_server_id_keeps_its_64_bits() {
    let (db, _) = store().await;
    let far = Speaker { server: ServerId(u64::MAX), handle: "zoe".into() };
    let near = Speaker { server: ServerId(u64::MAX - 1), handle: "zoe".into() };
    let mut bot = Bot::new(db.clone());
    bot.answer(&far, ".remember place is far").await.unwrap();
    bot.answer(&near, ".remember place is near").await.unwrap();
    assert_eq!(bot.answer(&far, ".rem place").await.unwrap().unwrap(), "`place` is far.");
    bot.answer(&near, &format!(".ban server {}", u64::MAX)).await.unwrap();
    assert_eq!(bot.answer(&far, ".rem place").await.unwrap(), None);
    assert_eq!(bot.answer(&near, ".rem place").await.unwrap().unwrap(), "`place` is near.");
    assert_eq!(Bans::read(&db).await.unwrap().servers.first(), Some(&ServerId(u64::MAX)));
}

#[tokio::test(flavor = "multi_thread")]
async fn uses_of_commands_are_added_up_and_a_failed_flush_keeps_them() {
    let (db, _) = store().await;
    let mut usage = CommandUsage::default();
    usage.count("rem");
    usage.count("rem");
    let failing = Dynamo::with_executor(Spy::new().refuse("ThrottlingException"));
    assert!(usage.flush(&failing).await.is_err());
    usage.count("loud");
    usage.flush(&db).await.unwrap();
    usage.flush(&db).await.unwrap();
    let stored = CommandUsage::stored(&db).await.unwrap();
    assert_eq!(stored.into_iter().collect::<Vec<_>>(), [("loud".to_owned(), 1), ("rem".to_owned(), 2)]);

    let flushed = all((0..20).map(|_| {
        let db = db.clone();
        async move {
            let mut usage = CommandUsage::default();
            usage.count("rem");
            usage.flush(&db).await
        }
    }));
    assert!(flushed.await.iter().all(Result::is_ok));
    assert_eq!(CommandUsage::stored(&db).await.unwrap()["rem"], 22);
}

#[tokio::test]
async fn a_flush_whose_answer_was_lost_counts_once() {
    let engine = Embedded::memory().unwrap();
    let db = Dynamo::with_executor(engine.clone());
    db.create_tables(bot::all_tables()).await.unwrap();
    let losing = Dynamo::with_executor(LosesAnswers(engine));
    let mut usage = CommandUsage::default();
    for times in 1..=3 {
        usage.count("rem");
        // The first flush makes the item, the later ones find it; each is applied, and each answer is lost.
        for _ in 0..5 {
            let _ = usage.flush(&losing).await;
        }
        assert_eq!(CommandUsage::stored(&db).await.unwrap()["rem"], times);
    }
}

#[tokio::test]
async fn a_match_counts_once_and_the_streaks_exclude_each_other() {
    let (db, clock) = store().await;
    let of = |item: Option<LeagueTable>| item.map(|item| (item.win_streak, item.loss_streak));
    let told = async |result, name| of(LeagueTable::result(&db, SERVER, "bob", result, name).await.unwrap());
    assert_eq!(told(MatchResult::Win, None).await, None, "nobody watches bob");
    assert_eq!(LeagueTable::new(SERVER, "bob", "Bobinator").watch(&db).await.unwrap(), None);
    let first = LeagueTable::new(SERVER, "bob", "Other").watch(&db).await.unwrap().unwrap();
    assert_eq!(first.summoner_name, "Bobinator");
    clock.wait(SignedDuration::from_secs(60));
    assert_eq!(told(MatchResult::Win, Some("m1")).await, Some((1, 0)));
    assert_eq!(told(MatchResult::Win, Some("m1")).await, Some((1, 0)));
    assert_eq!(told(MatchResult::Win, None).await, Some((2, 0)));
    assert_eq!(told(MatchResult::Loss, Some("m2")).await, Some((0, 1)));
    let item = LeagueTable::view(&db, SERVER, "bob").await.unwrap().unwrap();
    assert_eq!(item.created_at, "2026-05-01T09:00:00Z".parse::<Timestamp>().unwrap());
    assert_eq!(item.updated_at, "2026-05-01T09:01:00Z".parse::<Timestamp>().unwrap());
    assert_eq!(item.last_match.as_deref(), Some("m2"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alert_comes_once_however_many_bring_the_price() {
    let (db, _) = store().await;
    for (item, threshold) in [("gpu", "20000"), ("coin", "10.5%")] {
        let tracker = ItemTracker {
            server_id: SERVER,
            item: item.into(),
            threshold: threshold.parse::<Threshold>().unwrap(),
            first_price: None,
            channel: "#market".into(),
            handle: "cat".into(),
        };
        tracker.track(&db).await.unwrap();
    }
    assert_eq!(ItemTracker::price(&db, SERVER, "gpu", 19_999).await.unwrap(), None);
    assert_eq!(ItemTracker::price(&db, SERVER, "coin", 1_000).await.unwrap(), None);
    assert_eq!(ItemTracker::price(&db, SERVER, "coin", 896).await.unwrap(), None);
    assert_eq!(ItemTracker::price(&db, SERVER, "nothing", 1).await.unwrap(), None);
    for (item, price) in [("gpu", 20_000), ("coin", 895)] {
        let answers = say_at_once(&db, 10, |_| format!(".price {item} {price}")).await;
        assert_eq!(answers.iter().filter(|answer| answer.starts_with("🔔 #market: @cat")).count(), 1, "{answers:?}");
    }
    assert_eq!(ItemTracker::tracked(&db, SERVER).await.unwrap(), []);
}

#[tokio::test]
async fn times_are_stored_so_that_they_sort() {
    let clock = Clock::default();
    clock.set("2026-05-01T09:00:00Z".parse().unwrap());
    let spy = Spy::new();
    let db = Dynamo::builder().clock(move || clock.now()).executor(spy.clone());
    <LoudTable as bot::tables::CoolDown>::pass(&db, SERVER, "cat").await.unwrap();
    let body = spy.requests()[0].json().to_owned();
    assert!(body.contains("2026-05-01T03:00:00") && body.contains("2026-05-01T09:00:00"), "{body}");
}

#[tokio::test]
async fn the_transcript_comes_out_as_expected() {
    let (db, clock) = store().await;
    let transcript: Transcript = include_str!("../transcript.txt").parse().unwrap();
    let mut out = Vec::new();
    transcript.play(&mut Bot::new(db), &clock, SERVER, &mut out).await.unwrap();
    let out = String::from_utf8(out).unwrap();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/transcript.out");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(path, &out).unwrap();
    }
    let expected = std::fs::read_to_string(path).unwrap_or_default();
    assert!(out == expected, "set UPDATE_GOLDEN=1 to accept this as {path}:\n{out}");
}
