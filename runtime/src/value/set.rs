//! Sets of strings, exact numbers or binary. DynamoDB has no empty set: writing one is an error.

use core::hash::{BuildHasher, Hash};
use std::collections::{BTreeSet, HashSet};

use super::kind::{ElementKind, Kind};
use super::{FromAttribute, ToAttribute, kind};
use crate::codec::{Cursor, DecodeError, Encoder};

type Result<T> = core::result::Result<T, DecodeError>;
type SetOf<T> = <<T as ToAttribute>::Kind as ElementKind>::Set;

impl<T: ToAttribute<Kind: ElementKind>> ToAttribute for BTreeSet<T> {
    type Kind = SetOf<T>;
    type ListKind = kind::L;
    fn encode(&self, out: &mut Encoder) {
        out.set(SetOf::<T>::NAME, self);
    }
}

impl<'a, T> FromAttribute<'a> for BTreeSet<T>
where
    T: ToAttribute<Kind: ElementKind> + FromAttribute<'a> + Ord,
{
    fn decode(cursor: &mut Cursor<'a>) -> Result<Self> {
        let mut elements = Self::new();
        cursor.set(SetOf::<T>::NAME, &mut |cursor| {
            elements.insert(T::decode_element(cursor)?);
            Ok(())
        })?;
        Ok(elements)
    }
}

impl<T: ToAttribute<Kind: ElementKind>, S> ToAttribute for HashSet<T, S> {
    type Kind = SetOf<T>;
    type ListKind = kind::L;
    fn encode(&self, out: &mut Encoder) {
        out.unordered_set(SetOf::<T>::NAME, self);
    }
}

impl<'a, T, S> FromAttribute<'a> for HashSet<T, S>
where
    T: ToAttribute<Kind: ElementKind> + FromAttribute<'a> + Eq + Hash,
    S: BuildHasher + Default,
{
    fn decode(cursor: &mut Cursor<'a>) -> Result<Self> {
        let mut elements = Self::default();
        cursor.set(SetOf::<T>::NAME, &mut |cursor| {
            elements.insert(T::decode_element(cursor)?);
            Ok(())
        })?;
        Ok(elements)
    }
}
