//! Tables that exist already, as `cargo tablewright structs` found them.
//!
//! It is a file to work on: rename what has a better name, and narrow a type where the sample was poorer than the table. The
//! attributes' names, the key templates and the settings are what is stored. `cargo tablewright diff --against` compares them
//! with the tables, and changes nothing.

use tablewright::{DynamoAttribute, DynamoEntity, DynamoTable, Item};

/// The table `adopted-messaging`, from 7 sampled items.
///
/// | item | partition key | sort key |
/// |---|---|---|
/// | [`Grp`] | `GRP#{grp}` | any |
/// | [`At`] | `MSG#{msg}` | `AT#{at}#{at_2}` |
/// | [`Member`] | `MSG#{msg}` | `MEMBER#{member}` |
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(
    table = "adopted-messaging",
    partition_key = "pk",
    sort_key = "sk",
    gsi(
        name = "by-recent",
        partition_key = "recent_pk",
        sort_key = "recent_sk"
    ),
    stream = new_image
)]
pub enum AdoptedMessaging {
    /// 2 sampled items.
    Grp(Grp),
    /// 3 sampled items.
    At(At),
    /// 2 sampled items.
    Member(Member),
    /// Items of none of these, which the sample had none of.
    #[dynamo(unknown)]
    Unknown(Item),
}

/// 2 sampled items.
#[derive(DynamoEntity, Debug, Clone, PartialEq)]
#[dynamo(
    table = AdoptedMessaging,
    partition_key = "GRP#{grp}",
    index(
        name = "by-recent",
        partition_key = "GRP#{grp}",
        sort_key = "{last_message_at}#{sk}"
    )
)]
pub struct Grp {
    /// In the key alone.
    #[dynamo(key_only)]
    pub grp: String,
    /// The sort key.
    #[dynamo(sort_key)]
    pub sk: String,
    /// In all 2.
    pub last_message: String,
    /// In all 2.
    pub last_message_at: String,
    /// In all 2.
    pub last_message_uuid: String,
    /// In all 2.
    pub other: GrpOther,
    /// Attributes that the sample had none of, so that writing an item back keeps them.
    #[dynamo(rest)]
    pub rest: Item,
}

/// 3 sampled items.
#[derive(DynamoEntity, Debug, Clone, PartialEq)]
#[dynamo(
    table = AdoptedMessaging,
    partition_key = "MSG#{msg}",
    sort_key = "AT#{at}#{at_2}"
)]
pub struct At {
    /// In the key alone.
    #[dynamo(key_only)]
    pub msg: String,
    /// In the key alone.
    #[dynamo(key_only)]
    pub at: String,
    /// In the key alone.
    #[dynamo(key_only)]
    pub at_2: String,
    /// In all 3.
    pub author: AtAuthor,
    /// In all 3.
    pub message: String,
    /// Attributes that the sample had none of, so that writing an item back keeps them.
    #[dynamo(rest)]
    pub rest: Item,
}

/// 2 sampled items.
#[derive(DynamoEntity, Debug, Clone, PartialEq)]
#[dynamo(
    table = AdoptedMessaging,
    partition_key = "MSG#{msg}",
    sort_key = "MEMBER#{member}"
)]
pub struct Member {
    /// In the key alone.
    #[dynamo(key_only)]
    pub msg: String,
    /// In the key alone.
    #[dynamo(key_only)]
    pub member: String,
    /// Attributes that the sample had none of, so that writing an item back keeps them.
    #[dynamo(rest)]
    pub rest: Item,
}

/// A map, of which there were 2 in the items.
#[derive(DynamoAttribute, Debug, Clone, PartialEq)]
pub struct GrpOther {
    /// In all 2.
    pub display_name: String,
    /// In all 2.
    pub handle: String,
    /// In all 2.
    pub uuid: String,
    /// Attributes that the sample had none of, so that writing an item back keeps them.
    #[dynamo(rest)]
    pub rest: Item,
}

/// A map, of which there were 3 in the items.
#[derive(DynamoAttribute, Debug, Clone, PartialEq)]
pub struct AtAuthor {
    /// In all 3.
    pub display_name: String,
    /// In all 3.
    pub handle: String,
    /// In all 3.
    pub uuid: String,
    /// Attributes that the sample had none of, so that writing an item back keeps them.
    #[dynamo(rest)]
    pub rest: Item,
}
