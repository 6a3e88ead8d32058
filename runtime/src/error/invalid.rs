//! What is wrong with a request that was not sent.

use core::fmt;

/// What is wrong with a request that was not sent.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidRequest {
    /// An expression is longer than 4 KB.
    ExpressionTooLong {
        /// Which expression, in AWS's words.
        expression: &'static str,
        /// Its length in bytes.
        bytes: usize,
    },
    /// An expression has more than 300 operators and functions.
    TooManyOperators {
        /// Which expression, in AWS's words.
        expression: &'static str,
        /// How many it has.
        operators: usize,
    },
    /// `is_in` has no value, or more than 100.
    InOperands {
        /// The attribute.
        attribute: Box<str>,
        /// How many values.
        operands: usize,
    },
    /// A placeholder of a raw expression is longer than 255 bytes or not a name after `#` or `:`.
    Placeholder {
        /// The placeholder.
        placeholder: Box<str>,
    },
    /// The item is larger than 400 KB.
    ItemTooLarge {
        /// The entity.
        entity: &'static str,
        /// The size in bytes, as DynamoDB counts it.
        bytes: usize,
        /// The largest attribute.
        largest: Box<str>,
    },
    /// Names and values of the expressions have more than 2 MB.
    SubstitutionsTooLarge {
        /// Their size in bytes.
        bytes: usize,
    },
    /// An update has no action.
    EmptyUpdate {
        /// The entity.
        entity: &'static str,
    },
    /// Two actions of an update name one attribute, or one inside of the other.
    OverlappingPaths {
        /// The first path.
        first: Box<str>,
        /// The second path.
        second: Box<str>,
    },
    /// Two writes of a batch are of one item.
    WrittenTwice {
        /// The entity.
        entity: &'static str,
        /// The place of the first write, from 0.
        first: usize,
        /// The place of the second write, from 0.
        second: usize,
    },
    /// A transaction has no action.
    EmptyTransaction,
    /// A transaction has more than 100 actions.
    TooManyActions {
        /// How many it has.
        actions: usize,
    },
    /// Two actions of a transaction are on one item.
    OneItemTwice {
        /// The entity.
        entity: &'static str,
        /// The place of the first action, from 0.
        first: usize,
        /// The place of the second action, from 0.
        second: usize,
    },
    /// The items of a transaction have more than 4 MB together.
    TransactionTooLarge {
        /// Their size in bytes, as DynamoDB counts it.
        bytes: usize,
        /// The entity of the largest.
        entity: &'static str,
        /// The place of the action with the largest, from 0.
        largest: usize,
    },
    /// An action of a transaction was made by another handle, so its table may be elsewhere.
    OtherHandle {
        /// The entity.
        entity: &'static str,
    },
    /// A handle that is kept to a role was given something that the role does not allow.
    NotAllowed {
        /// The role.
        role: &'static str,
        /// The operation, as `access!` names it.
        verb: &'static str,
        /// The entity.
        entity: &'static str,
    },
    /// The client token of a transaction is empty or has more than 36 characters.
    ClientToken {
        /// How many it has.
        characters: usize,
    },
    /// A transaction was given a write of an entity with unique attributes that needs to know what is stored.
    UniqueUnknown {
        /// The method that it was made with.
        verb: &'static str,
        /// The entity.
        entity: &'static str,
    },
    /// An update changes a unique attribute in a way that leaves its value unknown.
    UniqueChanged {
        /// The entity.
        entity: &'static str,
        /// The attribute.
        attribute: &'static str,
    },
    /// A write of a unique attribute is to give an item back.
    UniqueReturned {
        /// The entity.
        entity: &'static str,
    },
    /// A write of an item with a version says no version.
    VersionNotSaid {
        /// The entity.
        entity: &'static str,
        /// The method.
        verb: &'static str,
    },
    /// An update sets the version, or the attribute beside it, which only writes themselves do.
    VersionSet {
        /// The entity.
        entity: &'static str,
        /// The attribute.
        attribute: &'static str,
    },
    /// An update changes an attribute that is set once.
    WrittenOnce {
        /// The entity.
        entity: &'static str,
        /// The attribute.
        attribute: &'static str,
    },
    /// A setting of the request is out of its range.
    Setting {
        /// What is set, and to what it can be set.
        reason: Box<str>,
    },
}

impl fmt::Display for InvalidRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ExpressionTooLong { expression, bytes } => {
                write!(f, "the {expression} expression has {bytes} bytes and DynamoDB takes 4096; use fewer conditions")
            }
            Self::TooManyOperators { expression, operators } => {
                write!(f, "the {expression} expression has {operators} operators and functions and DynamoDB takes 300")
            }
            Self::InOperands { attribute, operands } => write!(
                f,
                "`is_in` on `{attribute}` has {operands} values and DynamoDB takes 1 to 100; join several with `or`"
            ),
            Self::Placeholder { placeholder } => write!(
                f,
                "the placeholder `{placeholder}` cannot be used: it is `#` or `:` with letters, digits and `_`, 255 bytes at most, not \
                 like `#n0` or `:v0`, and used once in a request"
            ),
            Self::ItemTooLarge { entity, bytes, largest } => write!(
                f,
                "the item of `{entity}` has {bytes} bytes and DynamoDB takes 409600; its largest attribute is `{largest}`"
            ),
            Self::SubstitutionsTooLarge { bytes } => {
                write!(f, "the values of the expressions have {bytes} bytes and DynamoDB takes 2097152")
            }
            Self::EmptyUpdate { entity } => {
                write!(f, "the update of `{entity}` has no action; add `set`, `remove`, `increment` or another")
            }
            Self::OverlappingPaths { first, second } => write!(
                f,
                "the expression names `{first}` and `{second}`, of which one contains the other; DynamoDB takes one of \
                 them"
            ),
            Self::WrittenTwice { entity, first, second } => write!(
                f,
                "writes {} and {} of the batch are of one item of `{entity}`, and a batch has no order; write it once, or add \
                 `.last_wins()` to send only the later one",
                first + 1,
                second + 1
            ),
            Self::EmptyTransaction => f.write_str("the transaction has no action; add one, or send nothing"),
            Self::TooManyActions { actions } => {
                write!(f, "the transaction has {actions} actions and DynamoDB takes 100; what can be apart, send apart")
            }
            Self::OneItemTwice { entity, first, second } => write!(
                f,
                "actions {} and {} of the transaction are on one item of `{entity}`, and DynamoDB takes one action for each \
                 item; join them into one",
                first + 1,
                second + 1
            ),
            Self::TransactionTooLarge { bytes, entity, largest } => write!(
                f,
                "the items of the transaction have {bytes} bytes together and DynamoDB takes 4194304; the largest is the \
                 `{entity}` of action {}",
                largest + 1
            ),
            Self::OtherHandle { entity } => write!(
                f,
                "an action on `{entity}` was made by another handle than the transaction; make all of them by one `Dynamo`"
            ),
            Self::NotAllowed { role, verb, entity } => write!(
                f,
                "the role `{role}` may not `{verb}` `{entity}`; write `{entity}: {verb}` in its `access!`, so that its policy allows \
                 it too"
            ),
            Self::ClientToken { characters } => {
                write!(f, "the client token has {characters} characters and DynamoDB takes 1 to 36")
            }
            Self::UniqueUnknown { verb, entity } => write!(
                f,
                "`{verb}` of `{entity}` changes unique attributes and has to read the stored item first, which a transaction of \
                 others cannot; await it by itself, or use `create` or `rekey`"
            ),
            Self::UniqueChanged { entity, attribute } => write!(
                f,
                "attribute `{attribute}` of `{entity}` decides what is unique, so an update can only `set` it to a value or \
                 `remove` it"
            ),
            Self::UniqueReturned { entity } => write!(
                f,
                "a write of `{entity}` that changes unique attributes is a transaction, which gives no item back; leave out \
                 `returning_…` and read the item"
            ),
            Self::VersionNotSaid { entity, verb } => write!(
                f,
                "`{entity}` has a version and the {verb} says none: give it the item that was read, `db.{verb}(&item)`, or add \
                 `.expect_version(…)` or `.any_version()`"
            ),
            Self::VersionSet { entity, attribute } => write!(
                f,
                "the update sets `{attribute}` of `{entity}`, which every write counts up by itself; say the version that the item \
                 has by `.expect_version(…)`"
            ),
            Self::WrittenOnce { entity, attribute } => write!(
                f,
                "the update changes `{attribute}` of `{entity}`, which is `write_once`; `set_if_not_exists` sets it where it is absent"
            ),
            Self::Setting { reason } => f.write_str(reason),
        }
    }
}
