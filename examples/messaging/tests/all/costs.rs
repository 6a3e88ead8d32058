//! What one message costs, from the message itself to the lists of both readers.

use messaging::app::Model;
use messaging::inbox::Inbox;

use crate::world::World;

/// The write units of a message, and of what its record changes.
async fn measure(model: Model) -> [f64; 2] {
    let (world, group) = World::with_group(model).await;
    world.wire.take_writes();
    world.say(group, "second").await;
    let (_, message) = world.wire.take_writes();
    let record = world.record_of(1, "second").await;
    world.handle_all(core::slice::from_ref(&record)).await;
    let (_, lists) = world.wire.take_writes();
    // The record again writes nothing.
    world.handle_all(&[record]).await;
    assert_eq!(world.wire.take_writes(), (0, 0.0));
    [message, lists]
}

#[tokio::test]
async fn a_message_in_a_conversation_of_two() {
    let measured = [measure(Model::Stable).await, measure(Model::Original).await];
    assert_eq!(measured, [[4.0, 6.0], [1.0, 12.0]]);
    let readme = include_str!("../../README.md");
    for (model, [message, lists]) in ["stable keys", "the keys that are there already"].iter().zip(measured) {
        let row = format!("| {model} | {message} | {lists} |");
        assert!(readme.contains(&row), "the README has no {row}");
    }
}

#[tokio::test]
async fn a_list_costs_what_it_shows() {
    for model in [Model::Stable, Model::Original] {
        let (world, group) = World::with_group(model).await;
        for _ in 0..40 {
            world.say(group, "a message of the usual length, as people write them to each other").await;
        }
        let part = world.inbox().conversation(group, 20, None).await.unwrap();
        assert_eq!(part.items.len(), 20);
        assert!(part.capacity_units <= 1.0, "{model:?}: {}", part.capacity_units);
    }
}
