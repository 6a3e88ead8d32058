//! Who writes: the ids, and what a message says of its author.

use core::fmt;
use core::str::FromStr;

use tablewright::{Dynamo, DynamoAttribute};
use uuid::Uuid;

/// An id that is a UUID, with a type of its own, so that a user is never taken for a conversation.
macro_rules! ids {
    ($($(#[$doc:meta])* $id:ident,)*) => {$(
        $(#[$doc])*
        #[derive(DynamoAttribute, Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $id(pub Uuid);

        impl $id {
            /// A new id, from the handle's id source.
            #[must_use]
            pub fn new(db: &Dynamo) -> Self {
                Self(uuid::Builder::from_random_bytes(db.new_id().to_be_bytes()).into_uuid())
            }
        }

        impl fmt::Display for $id {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl FromStr for $id {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )*};
}

ids! {
    /// A user.
    UserId,
    /// A conversation.
    GroupId,
    /// A message.
    MessageId,
}

/// What is shown of a user beside their messages.
#[derive(DynamoAttribute, Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The user.
    pub uuid: UserId,
    /// The name that is shown.
    pub display_name: String,
    /// The name that is typed.
    pub handle: String,
}

impl Person {
    /// The user with this id and these names.
    #[must_use]
    pub fn new(uuid: Uuid, display_name: &str, handle: &str) -> Self {
        Self { uuid: UserId(uuid), display_name: display_name.into(), handle: handle.into() }
    }

    /// The first person of the example's conversation.
    #[must_use]
    pub fn andrew() -> Self {
        Self::new(Uuid::from_u128(0x085e_f82f_31c0_4cd5_a5a6_5bfe_0c21_0b35), "Andrew Brown", "andrewbrown")
    }

    /// The second person of the example's conversation.
    #[must_use]
    pub fn bayko() -> Self {
        Self::new(Uuid::from_u128(0xc64b_8453_fe6e_4d51_8d27_4d4e_a2f7_6a5e), "Andrew Bayko", "bayko")
    }

    /// The person of that handle, among those that the example knows.
    #[must_use]
    pub fn of_handle(handle: &str) -> Option<Self> {
        [Self::andrew(), Self::bayko()].into_iter().find(|person| person.handle == handle)
    }
}
