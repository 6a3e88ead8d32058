//! The actions of a transaction as one value: a tuple, an array or a `Vec`.

use super::action::{Action, ConditionCheck, IntoAction};
use crate::entity::Entity;
use crate::request::{Delete, Put, Update};

/// The actions of a transaction: one action, a tuple of up to 16, an array of up to 100, a `Vec` of any, or `()` for none.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an action of a transaction, or a list of them",
    label = "not an action, or a list of them",
    note = "give it `db.create`, `db.put`, `db.update`, `db.upsert`, `db.delete` and `db.condition_check`, without `.await` and \
            without `returning_…`: a tuple of up to 16 of them, or an array of up to 100 or a `Vec` of actions of one type, \
            which `.into_action()` makes of them all"
)]
pub trait IntoActions {
    /// Adds the actions to the list.
    #[doc(hidden)]
    fn add_to(self, list: &mut ActionList);
}

/// Actions, while they are collected.
#[doc(hidden)]
#[derive(Debug, Default)]
pub struct ActionList {
    pub(super) actions: Vec<Action>,
    /// Something was asked for that needs no action.
    pub(super) nothing_to_do: bool,
}

/// Says that a transaction can have so many actions.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a transaction has at most 100 actions",
    label = "more than 100 actions",
    note = "DynamoDB takes no more; put what need not be together into several transactions"
)]
pub trait InOneTransaction {}

/// A number of actions.
#[doc(hidden)]
#[derive(Debug)]
pub struct Count<const N: usize>;

macro_rules! in_one_transaction {
    ($($count:literal)*) => {$(
        #[diagnostic::do_not_recommend]
        impl InOneTransaction for Count<$count> {}
    )*};
}

in_one_transaction! {
    0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 40 41 42
    43 44 45 46 47 48 49 50 51 52 53 54 55 56 57 58 59 60 61 62 63 64 65 66 67 68 69 70 71 72 73 74 75 76 77 78 79 80 81 82
    83 84 85 86 87 88 89 90 91 92 93 94 95 96 97 98 99 100
}

// One action by itself. An `impl` for all of them would hide from messages which element of a tuple is none.
macro_rules! single {
    ($($action:ty $(, $entity:ident)?;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl$(<$entity: Entity>)? IntoActions for $action {
            fn add_to(self, list: &mut ActionList) {
                list.actions.push(self.into_action());
            }
        }
    )*};
}

single! {
    Action;
    Put<E>, E;
    Update<E>, E;
    Delete<E>, E;
    ConditionCheck<E>, E;
}

impl IntoActions for () {
    fn add_to(self, _: &mut ActionList) {}
}

impl<A: IntoAction> IntoActions for Vec<A> {
    fn add_to(self, list: &mut ActionList) {
        list.actions.extend(self.into_iter().map(IntoAction::into_action));
    }
}

impl<A: IntoAction, const N: usize> IntoActions for [A; N]
where
    Count<N>: InOneTransaction,
{
    fn add_to(self, list: &mut ActionList) {
        list.actions.extend(self.into_iter().map(IntoAction::into_action));
    }
}

macro_rules! tuples {
    () => {};
    ($first:ident $($more:ident)*) => {
        impl<$first: IntoAction, $($more: IntoAction),*> IntoActions for ($first, $($more,)*) {
            #[allow(non_snake_case)]
            fn add_to(self, list: &mut ActionList) {
                let ($first, $($more,)*) = self;
                list.actions.extend([$first.into_action(), $($more.into_action()),*]);
            }
        }
        tuples!($($more)*);
    };
}

tuples!(A B C D E F G H I J K L M N O P);
