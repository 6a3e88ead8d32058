//! The keys of a transaction that reads, as one value, and the items of its answer in the same shape.

use core::fmt;

use super::action::{Part, PartName};
use super::list::{Count, InOneTransaction};
use crate::codec::{ItemOwned, decode_unexpired_item};
use crate::entity::{Entity, Expiry};
use crate::key::Key;
use crate::request::Get;
use crate::request::target::{Target, Whole};
use crate::{Dynamo, Error, Result};

/// What a transaction can read: a key, or `db.get(key).read_as::<T>()` for some of the item's attributes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read in a transaction",
    label = "not a key",
    note = "give it `Entity::key(…)`, or `db.get(Entity::key(…)).read_as::<T>()` for some of the attributes, without `.await`"
)]
pub trait IntoGet {
    /// The Rust type of the item.
    type Item: ItemOwned + Send + 'static;

    /// The read.
    #[doc(hidden)]
    fn into_get(self, db: &Dynamo) -> GetPart;
}

/// What a transaction reads, and the items in the same shape: a tuple of up to 16 keys gives a tuple of `Option`s, an array of
/// up to 100 keys of one entity an array, a `Vec` of them a `Vec`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list of keys that a transaction can read",
    label = "not a list of keys",
    note = "give it a tuple of up to 16 keys of any entities, `(A::key(…), B::key(…))`, or an array of up to 100 or a `Vec` of \
            keys of one entity"
)]
pub trait IntoGets {
    /// The items, each of them `None` if it is not there.
    type Items: Send + 'static;

    /// Adds the reads to the list.
    #[doc(hidden)]
    fn add_to(self, db: &Dynamo, list: &mut Vec<GetPart>);

    /// Reads the items of the answer.
    #[doc(hidden)]
    fn read(responses: &mut Responses<'_>) -> Result<Self::Items>;
}

/// One read of a transaction.
#[doc(hidden)]
#[derive(Debug)]
pub struct GetPart {
    pub(super) part: Part,
    /// What has expired and is to be left out.
    pub(super) expiry: Option<Expiry>,
}

/// The items of an answer in the order of the keys.
#[doc(hidden)]
pub struct Responses<'a>(std::vec::IntoIter<((PartName, Option<Expiry>), Option<&'a str>)>);

impl<'a> Responses<'a> {
    /// The items of an answer's body, which has one for each read; of no body for no read.
    pub(super) fn new(body: &'a [u8], gets: &[GetPart]) -> Result<Self> {
        let Some(first) = gets.first() else { return Ok(Self(Vec::new().into_iter())) };
        let responses = crate::codec::responses(body, gets.len());
        let responses = responses.map_err(|error| Error::Decode(error.of_entity(first.part.name.entity)))?;
        let named: Vec<_> = gets.iter().map(|get| (get.part.name, get.expiry)).zip(responses).collect();
        Ok(Self(named.into_iter()))
    }

    fn next<T: ItemOwned>(&mut self) -> Result<Option<T>> {
        let Some(((name, expiry), Some(json))) = self.0.next() else { return Ok(None) };
        let item = decode_unexpired_item(json.as_bytes(), expiry);
        item.map_err(|error| Error::Decode(error.of_entity(name.entity)))
    }

    fn rest<T: ItemOwned>(&mut self) -> Result<Vec<Option<T>>> {
        let count = self.0.len();
        (0..count).map(|_| self.next()).collect()
    }
}

impl fmt::Debug for Responses<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Responses({})", self.0.len())
    }
}

impl<E: Entity + ItemOwned + Send + 'static> IntoGet for Key<E> {
    type Item = E;
    fn into_get(self, db: &Dynamo) -> GetPart {
        IntoGet::into_get(Get::<E, Whole>::new(db.clone(), self), db)
    }
}

impl<E: Entity, T: Target<E>> IntoGet for Get<E, T> {
    type Item = T::Item;
    fn into_get(self, _: &Dynamo) -> GetPart {
        // Every read of a transaction is consistent.
        let (members, expiry) = (self.members(false), self.expiry());
        GetPart { part: Part::new::<E>("get", self.db, self.table, members), expiry }
    }
}

impl<G: IntoGet> IntoGets for Vec<G> {
    type Items = Vec<Option<G::Item>>;
    fn add_to(self, db: &Dynamo, list: &mut Vec<GetPart>) {
        list.extend(self.into_iter().map(|get| get.into_get(db)));
    }
    fn read(responses: &mut Responses<'_>) -> Result<Self::Items> {
        responses.rest()
    }
}

impl<G: IntoGet, const N: usize> IntoGets for [G; N]
where
    Count<N>: InOneTransaction,
{
    type Items = [Option<G::Item>; N];
    fn add_to(self, db: &Dynamo, list: &mut Vec<GetPart>) {
        list.extend(self.into_iter().map(|get| get.into_get(db)));
    }
    fn read(responses: &mut Responses<'_>) -> Result<Self::Items> {
        // There are as many responses as keys.
        responses.rest()?.try_into().map_err(|_| Error::Decode(crate::codec::not_as_many()))
    }
}

macro_rules! tuples {
    () => {};
    ($first:ident $($more:ident)*) => {
        impl<$first: IntoGet, $($more: IntoGet),*> IntoGets for ($first, $($more,)*) {
            type Items = (Option<$first::Item>, $(Option<$more::Item>,)*);
            #[allow(non_snake_case)]
            fn add_to(self, db: &Dynamo, list: &mut Vec<GetPart>) {
                let ($first, $($more,)*) = self;
                list.extend([$first.into_get(db), $($more.into_get(db)),*]);
            }
            fn read(responses: &mut Responses<'_>) -> Result<Self::Items> {
                Ok((responses.next::<$first::Item>()?, $(responses.next::<$more::Item>()?,)*))
            }
        }
        tuples!($($more)*);
    };
}

tuples!(A B C D E F G H I J K L M N O P);
