//! The roles say exactly what the code does: with less it would be refused, with more it could do what it need not.

use std::collections::BTreeSet;

use messaging::app::Model;
use messaging::inbox::Inbox;
use messaging::original::{OriginalApp, RowMover};
use messaging::people::Person;
use messaging::stable::{App, ListKeeper};
use tablewright::Role;
use tablewright::schema::{RoleOperation, RoleSchema};

use crate::wire::{Action, Index};
use crate::world::{MODELS, World};

/// What the generated policy lets a role do with items.
fn allowed(world: &World, role: &RoleSchema) -> BTreeSet<Action> {
    assert!(role.grants.iter().all(|grant| grant.table == world.app.model.table().name));
    let table = world.app.db.name_of(world.app.model.table());
    let items = role.grants.iter().filter(|grant| !matches!(grant.operation, RoleOperation::Stream(_)));
    let actions = items.flat_map(|grant| grant.operation.actions().iter().map(move |action| (*action, grant.index)));
    actions.map(|(action, index)| (action.to_owned(), table.to_string(), index.map(str::to_owned))).collect()
}

#[tokio::test]
async fn a_handler_does_what_its_role_may_do() {
    for (model, role) in [(Model::Stable, ListKeeper::SCHEMA), (Model::Original, RowMover::SCHEMA)] {
        let (world, group) = World::with_group(model).await;
        let mut done = BTreeSet::new();
        for (sequence, text) in (1..).zip(["second", "third"]) {
            world.say(group, text).await;
            let record = world.record_of(sequence, text).await;
            world.wire.show(if sequence == 1 { Index::Current } else { Index::Stale });
            world.wire.take_actions();
            world.handle_all(&[record]).await;
            done.append(&mut world.wire.take_actions());
        }
        assert_eq!(done, allowed(&world, role), "{}", role.name);
    }
}

#[tokio::test]
async fn the_app_does_what_its_role_may_do() {
    for model in MODELS {
        let role = if model == Model::Stable { App::SCHEMA } else { OriginalApp::SCHEMA };
        let world = World::new(model).await;
        world.wire.take_actions();
        let group = world.inbox().create_group(&Person::andrew(), &Person::bayko(), "first").await.unwrap();
        world.say(group, "second").await;
        world.messages(group).await;
        world.list(&Person::bayko()).await;
        assert_eq!(world.wire.take_actions(), allowed(&world, role), "{}", role.name);
    }
}
