//! Time: the turn of the year, one instant twice, and every form of it that a table holds.

use messaging::app::Model;
use messaging::inbox::Inbox;
use messaging::people::{GroupId, Person};
use serde_json::{Value, json};
use tablewright::Error;

use crate::world::{MODELS, World, failed, number, record};

#[tokio::test]
async fn what_was_written_last_year_is_listed_on_new_years_day() {
    for model in MODELS {
        let world = World::new(model).await;
        world.set_clock("2023-12-31T23:59:59.999Z");
        let group = world.inbox().create_group(&Person::andrew(), &Person::bayko(), "old year").await.unwrap();
        world.set_clock("2024-01-01T00:00:00Z");
        assert_eq!(world.messages(group).await.len(), 1);
        world.assert_lists("old year").await;

        world.inbox().create_message(group, &Person::bayko(), "new year").await.unwrap();
        world.handle_all(&[world.record_of(1, "new year").await]).await;
        let shown: Vec<_> = world.messages(group).await.into_iter().map(|message| message.message).collect();
        assert_eq!(shown, ["new year", "old year"]);
        world.assert_lists("new year").await;
    }
}

#[tokio::test]
async fn two_messages_of_one_instant_are_two() {
    for model in MODELS {
        let (world, group) = World::with_group(model).await;
        for text in ["one", "two"] {
            world.inbox().create_message(group, &Person::andrew(), text).await.unwrap();
        }
        let shown: Vec<_> = world.messages(group).await.into_iter().map(|message| message.message).collect();
        assert_eq!(shown, ["two", "one", "first"]);

        // Whichever comes first, the lists end with the same one.
        let (one, two) = (world.record_of(1, "one").await, world.record_of(2, "two").await);
        world.handle_all(&[two.clone(), one.clone()]).await;
        world.assert_lists("two").await;
        world.handle_all(&[one, two]).await;
        world.assert_lists("two").await;
    }
}

#[tokio::test]
async fn two_conversations_of_one_instant_are_both_listed() {
    for model in MODELS {
        let world = World::new(model).await;
        let mut made = Vec::new();
        for text in ["a", "b"] {
            made.push(world.inbox().create_group(&Person::andrew(), &Person::bayko(), text).await.unwrap());
        }
        for user in [Person::andrew(), Person::bayko()] {
            let mut groups: Vec<_> = world.list(&user).await.into_iter().map(|listed| listed.group).collect();
            groups.reverse();
            assert_eq!(groups, made);
        }
    }
}

#[tokio::test]
async fn messages_of_one_instant_in_two_conversations_are_both_shown() {
    for model in MODELS {
        let world = World::new(model).await;
        let (andrew, bayko) = (Person::andrew(), Person::bayko());
        let mut groups = Vec::new();
        for text in ["a", "b"] {
            groups.push(world.inbox().create_group(&andrew, &bayko, text).await.unwrap());
        }
        world.set_clock("2024-01-01T12:00:00Z");
        for (group, text) in groups.iter().zip(["c", "d"]) {
            world.inbox().create_message(*group, &andrew, text).await.unwrap();
        }
        let (c, d) = (world.record_of(1, "c").await, world.record_of(2, "d").await);
        world.handle_all(&[c.clone(), d.clone()]).await;
        let before = world.raw().await;
        world.handle_all(&[d, c]).await;
        assert_eq!(world.raw().await, before, "the records again change nothing");
        for user in [&andrew, &bayko] {
            let mut shown: Vec<_> = world.list(user).await.into_iter().map(|listed| listed.last_message).collect();
            shown.sort_unstable();
            assert_eq!(shown, ["c", "d"], "{model:?}, {}", user.handle);
        }
        // The next message of the one that gave way has the very instant that its row took.
        world.set_clock("2024-01-01T12:00:00.000001Z");
        world.inbox().create_message(groups[1], &bayko, "e").await.unwrap();
        world.handle_all(&[world.record_of(3, "e").await]).await;
        let shown: Vec<_> = world.list(&bayko).await.into_iter().map(|listed| listed.last_message).collect();
        assert_eq!(shown, ["e", "c"], "{model:?}");
    }
}

/// A row of a conversation's list in the original table, as Python wrote it.
fn row(user: &Person, group: GroupId, at: &str) -> Value {
    json!({
        "pk": { "S": format!("GRP#{}", user.uuid) }, "sk": { "S": at },
        "message_group_uuid": { "S": group.to_string() }, "message": { "S": "first" },
        "user_uuid": { "S": user.uuid.to_string() }, "user_display_name": { "S": "N" }, "user_handle": { "S": "n" },
    })
}

/// A message in the original table, as Python wrote it.
fn message(group: GroupId, at: &str, text: &str) -> Value {
    json!({
        "pk": { "S": format!("MSG#{group}") }, "sk": { "S": at }, "message": { "S": text },
        "message_uuid": { "S": "6beb9bf8-0000-4000-8000-000000000000" },
        "user_uuid": { "S": Person::andrew().uuid.to_string() },
        "user_display_name": { "S": "Andrew Brown" }, "user_handle": { "S": "andrewbrown" },
    })
}

#[tokio::test]
async fn every_form_of_a_time_is_read_and_its_key_kept() {
    let world = World::new(Model::Original).await;
    let group = GroupId::new(&world.app.db);
    let forms = [
        ("2023-03-29T14:57:01", "2023-03-29T14:57:01Z"),
        ("2023-03-29T14:57:02+00:00", "2023-03-29T14:57:02Z"),
        ("2023-03-29T14:57:03.289734", "2023-03-29T14:57:03.289734Z"),
        ("2023-03-29T16:57:04.000000+02:00", "2023-03-29T14:57:04Z"),
    ];
    for (text, _) in forms {
        world.put_raw(&message(group, text, text)).await;
    }
    let before = world.raw().await;
    let mut shown = world.messages(group).await;
    shown.reverse();
    let shown: Vec<_> = shown.iter().map(|shown| (shown.message.as_str(), shown.created_at.to_string())).collect();
    let forms: Vec<_> = forms.iter().map(|(text, moment)| (*text, (*moment).to_owned())).collect();
    assert_eq!(shown, forms);
    assert_eq!(world.raw().await, before);
}

#[tokio::test]
async fn rows_are_moved_by_time_and_not_by_text() {
    let world = World::new(Model::Original).await;
    let group = GroupId::new(&world.app.db);
    // 12:00:00 in UTC, whose text is above that of the message at 12:30.
    for user in [Person::andrew(), Person::bayko()] {
        world.put_raw(&row(&user, group, "2023-03-29T14:00:00.000000+02:00")).await;
    }
    let late = message(group, "2023-03-29T12:30:00", "second");
    world.handle_all(&[record("INSERT", 1, &late)]).await;
    world.assert_lists("second").await;
    let keys: Vec<_> = world.raw().await.iter().map(|row| row["sk"]["S"].clone()).collect();
    assert_eq!(keys, ["2023-03-29T12:30:00"; 2], "the key is the message's, as it was found");

    // One moment in two forms: the text decides, whichever message comes first.
    let same = message(group, "2023-03-29T14:30:00+02:00", "again");
    world.handle_all(&[record("INSERT", 2, &same)]).await;
    world.assert_lists("again").await;
    world.handle_all(&[record("INSERT", 1, &late)]).await;
    world.assert_lists("again").await;
}

#[tokio::test]
async fn an_item_of_no_entity_is_an_error_and_its_record_comes_again() {
    for model in MODELS {
        let (world, group) = World::with_group(model).await;
        let foreign = json!({ "pk": { "S": "BAN#x" }, "sk": { "S": "2023" }, "message_uuid": { "S": "x" } });
        world.put_raw(&foreign).await;
        let error = match model {
            Model::Stable => world.app.db.scan::<messaging::stable::Messaging>().await.unwrap_err(),
            Model::Original => world.app.db.scan::<messaging::original::CruddurMessages>().await.unwrap_err(),
        };
        let table = world.app.db.name_of(model.table());
        assert!(error.to_string().contains(&*table), "{error}");
        assert!(!error.to_string().contains("BAN#x"), "no value is told: {error}");

        world.say(group, "second").await;
        let records = [record("INSERT", 1, &foreign), world.record_of(2, "second").await];
        assert_eq!(failed(&world.handle(&records).await), [number(1)]);
        world.assert_lists("second").await;
    }
}

#[tokio::test]
async fn who_is_no_member_writes_nothing() {
    let (world, group) = World::with_group(Model::Stable).await;
    let before = world.raw().await;
    let stranger = Person::new(GroupId::new(&world.app.db).0, "Nobody", "nobody");
    for (group, author) in [(group, &stranger), (GroupId::new(&world.app.db), &Person::andrew())] {
        let error = world.inbox().create_message(group, author, "hello").await.unwrap_err();
        assert!(matches!(error, Error::Cancelled(_)), "{error}");
    }
    assert_eq!(world.raw().await, before);
}

#[tokio::test]
async fn a_list_goes_on_where_a_part_of_it_ended() {
    for model in MODELS {
        let world = World::new(model).await;
        let mut groups = Vec::new();
        for second in 0..5 {
            world.set_clock(&format!("2024-01-01T00:00:0{second}Z"));
            groups.push(world.inbox().create_group(&Person::andrew(), &Person::bayko(), "first").await.unwrap());
        }
        groups.reverse();
        let mut texts = vec!["first".to_owned()];
        for number in 2..=5 {
            texts.push(world.say(groups[0], &number.to_string()).await.message);
        }
        texts.reverse();

        let (mut listed, mut shown, mut after, mut next) = (Vec::new(), Vec::new(), None, None);
        for left in [3, 1, 0] {
            let lists = world.inbox().conversations(Person::andrew().uuid, 2, after.take()).await.unwrap();
            let messages = world.inbox().conversation(groups[0], 2, next.take()).await.unwrap();
            listed.extend(lists.items.into_iter().map(|listed| listed.group));
            shown.extend(messages.items.into_iter().map(|shown| shown.message));
            (after, next) = (lists.next, messages.next);
            assert_eq!((after.is_some(), next.is_some()), (left > 0, left > 0), "{model:?}");
        }
        assert_eq!((listed, shown), (groups, texts), "{model:?}");
    }
}
