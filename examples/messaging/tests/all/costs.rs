//! What one message costs, from the message itself to the lists of both readers.

use messaging::app::Model;

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
}
