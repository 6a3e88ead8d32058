//! The types of attribute values, as Rust types: what decides which operators an attribute has.

use core::marker::PhantomData;

use crate::schema::KeyType;

/// The DynamoDB type of a Rust type's attribute value.
pub trait Kind {
    /// DynamoDB's name: `"S"`, `"N"`, `"SS"` …, or `"*"` where the value decides.
    const NAME: &'static str;
    /// True where the attribute may be absent.
    const OPTIONAL: bool = false;
    /// The same without the possibility of absence.
    type Base: Kind<Base = Self::Base>;
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $name:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub enum $kind {}

        impl Kind for $kind {
            const NAME: &'static str = $name;
            type Base = Self;
        }
    )*};
}

kinds! {
    /// A string.
    S = "S";
    /// An exact number.
    N = "N";
    /// A binary floating-point number, stored as a number. It is never a key.
    Float = "N";
    /// Binary.
    B = "B";
    /// A boolean.
    Bool = "BOOL";
    /// The explicit null.
    Null = "NULL";
    /// A map.
    M = "M";
    /// A list.
    L = "L";
    /// A set of strings.
    Ss = "SS";
    /// A set of numbers.
    Ns = "NS";
    /// A set of binaries.
    Bs = "BS";
    /// Any of the types: the value decides.
    Any = "*";
}

/// An attribute that may be absent.
#[derive(Debug, Clone, Copy)]
pub struct Optional<K>(PhantomData<K>);

impl<K: Kind> Kind for Optional<K> {
    const NAME: &'static str = K::NAME;
    const OPTIONAL: bool = true;
    type Base = K::Base;
}

/// An attribute that may be the explicit NULL, and so is never a key.
#[derive(Debug, Clone, Copy)]
pub struct OrNull<K>(PhantomData<K>);

impl<K: Kind> Kind for OrNull<K> {
    const NAME: &'static str = K::NAME;
    type Base = OrNull<K::Base>;
}

/// The kinds that a set's elements can have.
#[diagnostic::on_unimplemented(
    message = "a set cannot have elements of kind `{Self}`",
    label = "not strings, exact numbers or binary",
    note = "the elements of DynamoDB's sets are strings, exact numbers or binary; store others as a list: a `Vec`"
)]
pub trait ElementKind: Kind {
    /// The kind of the set.
    type Set: Kind;
}

impl ElementKind for S {
    type Set = Ss;
}
impl ElementKind for N {
    type Set = Ns;
}
impl ElementKind for B {
    type Set = Bs;
}

/// The kinds that a table's key attribute can have.
pub trait KeyKind: Kind {
    /// The type in the table's schema.
    const TYPE: KeyType;
}

impl KeyKind for S {
    const TYPE: KeyType = KeyType::S;
}
impl KeyKind for N {
    const TYPE: KeyType = KeyType::N;
}
impl KeyKind for B {
    const TYPE: KeyType = KeyType::B;
}

/// Kinds with an order: `<`, `<=`, `>`, `>=` and `between`.
#[diagnostic::on_unimplemented(
    message = "an attribute of kind `{Self}` has no order, so it cannot be compared with `<`, `>` or `between`",
    label = "not a string, number or binary",
    note = "strings, numbers and binary have an order; for others use `eq`, `ne` or `is_in`"
)]
pub trait Ordered {}
impl Ordered for S {}
impl Ordered for N {}
impl Ordered for Float {}
impl Ordered for B {}
impl Ordered for Any {}
#[diagnostic::do_not_recommend]
impl<K: Ordered> Ordered for OrNull<K> {}

/// Kinds with a beginning: `begins_with`.
#[diagnostic::on_unimplemented(
    message = "an attribute of kind `{Self}` has no `begins_with`",
    label = "not a string or binary",
    note = "only strings and binary begin with something; for numbers use `between`, `ge` or `lt`"
)]
pub trait Prefixed {}
impl Prefixed for S {}
impl Prefixed for B {}
impl Prefixed for Any {}
#[diagnostic::do_not_recommend]
impl<K: Prefixed> Prefixed for OrNull<K> {}

/// Kinds with a size: `size()`.
#[diagnostic::on_unimplemented(
    message = "an attribute of kind `{Self}` has no `size`",
    label = "not a string, binary, set, list or map",
    note = "DynamoDB measures strings, binary, sets, lists and maps"
)]
pub trait Sizable {}
impl Sizable for S {}
impl Sizable for B {}
impl Sizable for Ss {}
impl Sizable for Ns {}
impl Sizable for Bs {}
impl Sizable for L {}
impl Sizable for M {}
impl Sizable for Any {}
#[diagnostic::do_not_recommend]
impl<K: Sizable> Sizable for OrNull<K> {}

/// Kinds with arithmetic: `add`, `increment`, `decrement`.
#[diagnostic::on_unimplemented(
    message = "an attribute of kind `{Self}` has no arithmetic",
    label = "not a number",
    note = "`add`, `increment` and `decrement` need a number; replace other values with `set`"
)]
pub trait Numeric {}
impl Numeric for N {}
impl Numeric for Float {}
impl Numeric for Any {}
#[diagnostic::do_not_recommend]
impl<K: Numeric> Numeric for OrNull<K> {}

/// Kinds that are sets: `add_elements` and `delete_elements`.
#[diagnostic::on_unimplemented(
    message = "an attribute of kind `{Self}` is not a set",
    label = "not a set of strings, numbers or binary",
    note = "store the field as a `BTreeSet` or `HashSet` to add and delete single elements"
)]
pub trait SetKind {}
impl SetKind for Ss {}
impl SetKind for Ns {}
impl SetKind for Bs {}
impl SetKind for Any {}
#[diagnostic::do_not_recommend]
impl<K: SetKind> SetKind for OrNull<K> {}
