//! Which attribute types can be keys.

use super::ToAttribute;
use super::kind::{KeyKind, Kind};
use crate::schema::{KeySchema, KeyType};

/// A type that can be a table's key attribute: a string, an exact number or binary, and always present.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a key attribute",
    label = "not a string, an exact number or binary",
    note = "a key attribute is stored as S, N or B: text, an integer, a decimal, bytes, or a newtype or unit enum of \
            them; floats, booleans, documents, collections and `Option`s cannot be keys of a table"
)]
pub trait KeyAttribute: ToAttribute {
    /// The type in the table's schema.
    const TYPE: KeyType;
}

#[diagnostic::do_not_recommend]
impl<T: ToAttribute<Kind: KeyKind>> KeyAttribute for T {
    const TYPE: KeyType = <T::Kind as KeyKind>::TYPE;
}

/// A type that can be an index's key attribute: as for a table, but it may be optional.
///
/// An item without the attribute is not in the index: the index is sparse.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a key attribute of an index",
    label = "not a string, an exact number or binary",
    note = "a key attribute is stored as S, N or B: text, an integer, a decimal, bytes, or a newtype or unit enum of \
            them, or an `Option` of one for a sparse index; floats, booleans, documents and collections cannot be keys"
)]
pub trait IndexKeyAttribute: ToAttribute {
    /// The type in the index's schema.
    const TYPE: KeyType;
    /// True if the attribute may be absent, so that the index is sparse.
    const OPTIONAL: bool;
    /// Both.
    #[doc(hidden)]
    const KEY: IndexKeyType = IndexKeyType { key_type: Self::TYPE, optional: Self::OPTIONAL };
}

/// The type of a field that is a key attribute of an index.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct IndexKeyType {
    key_type: KeyType,
    optional: bool,
}

impl IndexKeyType {
    /// The key attribute of that name, and whether items may lack it.
    #[must_use]
    pub const fn named(self, name: &'static str) -> (KeySchema, bool) {
        (KeySchema::new(name, self.key_type), self.optional)
    }
}

#[diagnostic::do_not_recommend]
impl<T: ToAttribute<Kind: Kind<Base: KeyKind>>> IndexKeyAttribute for T {
    const TYPE: KeyType = <<T::Kind as Kind>::Base as KeyKind>::TYPE;
    const OPTIONAL: bool = <T::Kind as Kind>::OPTIONAL;
}
