//! What goes wrong between a message and the lists of its readers. After each: one row for each user, the newest text.

use serde_json::json;

use crate::wire::{Break, Index};
use crate::world::{MODELS, World, failed, number, record};
use messaging::app::Model;

#[tokio::test]
async fn a_message_reaches_both_lists() {
    for model in MODELS {
        let (world, group) = World::with_group(model).await;
        world.assert_lists("first").await;
        world.say(group, "second").await;
        world.assert_lists("first").await;
        world.handle_all(&[world.record_of(1, "second").await]).await;
        world.assert_lists("second").await;
    }
}

#[tokio::test]
async fn a_crash_before_any_write_leaves_the_rows_for_the_retry() {
    for model in MODELS {
        for applied in [false, true] {
            let (world, group) = World::with_group(model).await;
            world.say(group, "second").await;
            let record = world.record_of(1, "second").await;

            world.wire.cut(Break { after: 0, applied });
            assert_eq!(failed(&world.handle(core::slice::from_ref(&record)).await), [number(1)]);
            world.wire.mend();
            // The original model moves both rows or none; the stable one changes one after the other, and loses neither.
            match (model, applied) {
                (_, false) => world.assert_lists("first").await,
                (Model::Original, true) => world.assert_lists("second").await,
                (Model::Stable, true) => {}
            }

            world.handle_all(&[record]).await;
            world.assert_lists("second").await;
        }
    }
}

#[tokio::test]
async fn a_crash_between_two_members_is_completed_by_the_retry() {
    for applied in [false, true] {
        let (world, group) = World::with_group(Model::Stable).await;
        world.say(group, "second").await;
        let record = world.record_of(1, "second").await;
        world.wire.cut(Break { after: 1, applied });
        assert_eq!(failed(&world.handle(core::slice::from_ref(&record)).await), [number(1)]);
        world.wire.mend();
        world.handle_all(&[record]).await;
        world.assert_lists("second").await;
    }
}

#[tokio::test]
async fn an_older_record_that_comes_late_changes_nothing() {
    for model in MODELS {
        let (world, group) = World::with_group(model).await;
        world.say(group, "second").await;
        world.say(group, "third").await;
        let (second, third) = (world.record_of(1, "second").await, world.record_of(2, "third").await);
        world.handle_all(&[third]).await;
        let before = world.raw().await;
        world.handle_all(&[second]).await;
        world.handle_all(&[world.record_of(3, "first").await]).await;
        assert_eq!(world.raw().await, before);
        world.assert_lists("third").await;
    }
}

#[tokio::test]
async fn every_record_of_a_batch_is_handled() {
    for model in MODELS {
        let (world, group) = World::with_group(model).await;
        let mut records = Vec::new();
        for (sequence, text) in (1..).zip(["second", "third", "fourth"]) {
            world.say(group, text).await;
            records.push(world.record_of(sequence, text).await);
        }
        world.handle_all(&records).await;
        world.assert_lists("fourth").await;

        // A batch comes again, whole, and in another order.
        let before = world.raw().await;
        world.handle_all(&records).await;
        records.reverse();
        world.handle_all(&records).await;
        assert_eq!(world.raw().await, before);
    }
}

#[tokio::test]
async fn one_failure_does_not_stop_another_conversation() {
    for model in MODELS {
        let (world, group) = World::with_group(model).await;
        world.say(group, "second").await;
        let good = world.record_of(2, "second").await;
        // A message under the id of no conversation, as a handle that was taken for an id made one.
        let mut lost = good.clone();
        let nobody = json!({ "S": "MSG#00000000-0000-4000-8000-000000000000" });
        lost["dynamodb"]["NewImage"]["pk"] = nobody.clone();
        lost["dynamodb"]["Keys"]["pk"] = nobody;
        lost["dynamodb"]["SequenceNumber"] = json!(number(1));
        assert_eq!(failed(&world.handle(&[lost, good]).await), [number(1)]);
        world.assert_lists("second").await;
    }
}

#[tokio::test]
async fn a_stale_index_doubles_nothing() {
    let (world, group) = World::with_group(Model::Original).await;
    world.say(group, "second").await;
    world.handle_all(&[world.record_of(1, "second").await]).await;
    world.say(group, "third").await;
    let third = world.record_of(2, "third").await;

    // The index still shows the rows where they were before the second message.
    world.wire.show(Index::Stale);
    let reads = world.wire.consistent_queries();
    world.handle_all(&[third]).await;
    assert!(world.wire.was_shown());
    assert_eq!(world.wire.consistent_queries(), reads + 2, "the table itself was read, once for each row");
    world.assert_lists("third").await;
}

#[tokio::test]
async fn a_stale_index_does_not_bring_back_an_old_row() {
    let (world, group) = World::with_group(Model::Original).await;
    world.say(group, "second").await;
    world.say(group, "third").await;
    let (second, third) = (world.record_of(1, "second").await, world.record_of(2, "third").await);
    world.handle_all(&[third]).await;
    let before = world.raw().await;
    // The second message comes late, and the index shows the rows where they were before both.
    world.wire.show(Index::Stale);
    world.handle_all(&[second]).await;
    assert!(world.wire.was_shown());
    assert_eq!(world.raw().await, before);
}

#[tokio::test]
async fn rows_that_are_not_in_the_index_yet_fail_and_come_again() {
    let (world, group) = World::with_group(Model::Original).await;
    world.say(group, "second").await;
    let record = world.record_of(1, "second").await;
    world.wire.show(Index::Empty);
    assert_eq!(failed(&world.handle(core::slice::from_ref(&record)).await), [number(1)]);
    assert!(world.wire.was_shown());
    world.assert_lists("first").await;
    world.handle_all(&[record]).await;
    world.assert_lists("second").await;
}

#[tokio::test]
async fn the_stable_handler_reads_no_index() {
    let (world, group) = World::with_group(Model::Stable).await;
    world.say(group, "second").await;
    let record = world.record_of(1, "second").await;
    world.wire.show(Index::Empty);
    world.handle_all(&[record]).await;
    assert!(!world.wire.was_shown());
    world.wire.show(Index::Current);
    world.assert_lists("second").await;
}

#[tokio::test]
async fn deletions_and_the_rows_of_lists_are_nothing_to_handle() {
    for model in MODELS {
        let (world, _) = World::with_group(model).await;
        let before = world.raw().await;
        let records: Vec<_> = (1..)
            .zip(&before)
            .flat_map(|(place, item)| {
                let row = item["pk"]["S"].as_str().unwrap().starts_with("GRP#");
                [record("REMOVE", place, item), record(if row { "MODIFY" } else { "REMOVE" }, 100 + place, item)]
            })
            .collect();
        world.wire.take_writes();
        world.handle_all(&records).await;
        assert_eq!(world.wire.take_writes().0, 0);
        assert_eq!(world.raw().await, before);
    }
}
