//! Transactions of a role: its actions, and what it reads.

use super::{DynamoAs, Role, allow};
use crate::codec::ItemOwned;
use crate::entity::Entity;
use crate::expr::{InCondition, IntoCondition};
use crate::key::Key;
use crate::request::{
    Action, ConditionCheck, Delete, Get, IntoActions, IntoGets, Put, Rekey, TransactGet, TransactWrite, Update,
};

impl<R: Role> DynamoAs<R> {
    /// As [`Dynamo::transact_write`](crate::Dynamo::transact_write), of actions that the role allows, whichever handle made
    /// them.
    ///
    /// An [`Action`] no longer has the type that says what it does: the transaction with one that the role does not allow is
    /// [`InvalidRequest::NotAllowed`](crate::InvalidRequest::NotAllowed), and is not sent.
    pub fn transact_write<A: IntoActions + ActionsOf<R>>(&self, actions: A) -> TransactWrite {
        self.db.transact_write(actions)
    }

    /// As [`Dynamo::transact_get`](crate::Dynamo::transact_get), for roles with `get` of each of the entities.
    pub fn transact_get<L: IntoGets + GetsOf<R>>(&self, keys: L) -> TransactGet<L> {
        self.db.transact_get(keys)
    }

    /// As [`Dynamo::rekey`](crate::Dynamo::rekey), for roles with `rekey`.
    pub fn rekey<'i, E: Entity + ItemOwned + allow::RekeyBy<R>>(&self, old: &'i E, new: &'i E) -> Rekey<'i, E> {
        self.db.rekey(old, new)
    }

    /// As [`Dynamo::check_exists`](crate::Dynamo::check_exists), for roles with `check`.
    pub fn check_exists<E: Entity + allow::CheckBy<R>>(&self, key: Key<E>) -> ConditionCheck<E> {
        self.db.check_exists(key)
    }

    /// As [`Dynamo::check_absent`](crate::Dynamo::check_absent), for roles with `check`.
    pub fn check_absent<E: Entity + allow::CheckBy<R>>(&self, key: Key<E>) -> ConditionCheck<E> {
        self.db.check_absent(key)
    }

    /// As [`Dynamo::condition_check`](crate::Dynamo::condition_check), for roles with `check`.
    pub fn condition_check<E: Entity + allow::CheckBy<R>, C: IntoCondition<E>>(
        &self,
        key: Key<E>,
        condition: impl FnOnce(E::Paths<InCondition>) -> C,
    ) -> ConditionCheck<E> {
        self.db.condition_check(key, condition)
    }
}

/// Says that a role may do all these actions of a transaction.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an action of a transaction, or a list of them",
    label = "not an action, or a list of them"
)]
pub trait ActionsOf<R> {}

/// Says that a role may read all these items in a transaction.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list of keys that a transaction can read",
    label = "not a list of keys"
)]
pub trait GetsOf<R> {}

impl<R> ActionsOf<R> for Action {}
impl<R: allow::PutAction<E>, E> ActionsOf<R> for Put<E> {}
impl<R: allow::UpdateAction<E>, E> ActionsOf<R> for Update<E> {}
impl<R: allow::Delete<E>, E> ActionsOf<R> for Delete<E> {}
impl<R: allow::Check<E>, E> ActionsOf<R> for ConditionCheck<E> {}
impl<R: allow::Rekey<E>, E> ActionsOf<R> for Rekey<'_, E> {}

impl<R: allow::Get<E>, E> GetsOf<R> for Key<E> {}
impl<R: allow::Get<E>, E, T> GetsOf<R> for Get<E, T> {}

macro_rules! lists {
    ($trait:ident) => {
        impl<R, A: $trait<R>> $trait<R> for Vec<A> {}
        impl<R, A: $trait<R>, const N: usize> $trait<R> for [A; N] {}
        lists!($trait: A B C D E F G H I J K L M N O P);
    };
    ($trait:ident:) => {
        impl<R> $trait<R> for () {}
    };
    ($trait:ident: $first:ident $($more:ident)*) => {
        impl<Role, $first: $trait<Role>, $($more: $trait<Role>),*> $trait<Role> for ($first, $($more,)*) {}
        lists!($trait: $($more)*);
    };
}

lists!(ActionsOf);
lists!(GetsOf);
