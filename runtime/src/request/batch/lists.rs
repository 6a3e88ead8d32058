//! Keys of several entities in one batch.

use std::time::SystemTime;
use std::vec::IntoIter;

use super::fetch::{KeyList, RawAnswer};
use super::items::{Answer, Answers, decode};
use crate::codec::ItemOwned;
use crate::entity::Entity;
use crate::key::IntoKey;
use crate::{Dynamo, Result};

/// Keys of several entities: a tuple of two to six lists, `(keys_of_a, keys_of_b)`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a tuple of lists of keys",
    label = "expected `(keys_of_a, keys_of_b)`, up to six lists",
    note = "each list is of the keys of one entity: `([Note::key(1)], [User::key(7), User::key(8)])`; keys of one entity alone \
            are read with `db.batch_get(keys)`"
)]
pub trait KeyLists {
    /// The answers: one list for each list of keys.
    type Answers: Answers;
    #[doc(hidden)]
    fn into_lists(self, db: &Dynamo) -> Result<Lists>;
    #[doc(hidden)]
    fn decode(answers: RawLists) -> Result<Self::Answers>;
}

/// Keys as JSON.
#[doc(hidden)]
#[derive(Clone)]
pub struct Lists(pub(super) Vec<KeyList>);

/// Answers as JSON.
#[doc(hidden)]
pub struct RawLists {
    pub(super) answers: IntoIter<Vec<RawAnswer>>,
    /// The moment at which items have expired that are not to be read.
    pub(super) expired_at: Option<SystemTime>,
}

/// The keys of one entity as JSON.
pub(super) fn list<K: IntoKey>(db: &Dynamo, keys: impl IntoIterator<Item = K>) -> Result<KeyList> {
    let keys: Result<Vec<Box<str>>, _> = keys.into_iter().map(|key| key.into_key().into_json()).collect();
    let (schema, entity) = (K::Entity::TABLE, K::Entity::NAME);
    Ok(KeyList { table: db.name_of(schema), schema, entity, keys: keys? })
}

macro_rules! of_tuples {
    ($(($($list:ident $entity:ident $place:tt),*))*) => {$(
        impl<$($list, $entity),*> KeyLists for ($($list,)*)
        where
            $($list: IntoIterator<Item: IntoKey<Entity = $entity>>, $entity: Entity + ItemOwned,)*
        {
            type Answers = ($(Vec<Answer<$entity>>,)*);
            fn into_lists(self, db: &Dynamo) -> Result<Lists> {
                Ok(Lists(vec![$(list(db, self.$place)?),*]))
            }
            fn decode(mut answers: RawLists) -> Result<Self::Answers> {
                Ok(($(decode::<$entity, $entity>(answers.answers.next().unwrap_or_default(), answers.expired_at)?,)*))
            }
        }
    )*};
}

of_tuples! {
    (A EA 0, B EB 1)
    (A EA 0, B EB 1, C EC 2)
    (A EA 0, B EB 1, C EC 2, D ED 3)
    (A EA 0, B EB 1, C EC 2, D ED 3, E EE 4)
    (A EA 0, B EB 1, C EC 2, D ED 3, E EE 4, F EF 5)
}
