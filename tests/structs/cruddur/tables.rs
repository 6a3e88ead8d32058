//! Tables that exist already, as `cargo tablewright structs` found them.
//!
//! It is a file to work on: rename what has a better name, and narrow a type where the sample was poorer than the table. The
//! attributes' names, the key templates and the settings are what is stored. `cargo tablewright diff --against` compares them
//! with the tables, and changes nothing.

use tablewright::{DynamoEntity, DynamoTable, Item};

/// The table `adopted-cruddur`, from 4 sampled items.
///
/// | item | partition key | sort key |
/// |---|---|---|
/// | [`Grp`] | `GRP#{grp}` | any |
/// | [`Msg`] | `MSG#{msg}` | any |
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(
    table = "adopted-cruddur",
    partition_key = "pk",
    sort_key = "sk",
    gsi(
        name = "message-group-sk-index",
        partition_key = "message_group_uuid",
        sort_key = "sk"
    ),
    stream = new_image
)]
pub enum AdoptedCruddur {
    /// 2 sampled items.
    Grp(Grp),
    /// 2 sampled items.
    Msg(Msg),
    /// Items of none of these, which the sample had none of.
    #[dynamo(unknown)]
    Unknown(Item),
}

/// 2 sampled items.
#[derive(DynamoEntity, Debug, Clone, PartialEq)]
#[dynamo(
    table = AdoptedCruddur,
    partition_key = "GRP#{grp}",
    index(
        name = "message-group-sk-index",
        partition_key = "message_group_uuid",
        sort_key = sort_key
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
    pub message: String,
    /// In all 2.
    pub message_group_uuid: String,
    /// In all 2.
    pub user_display_name: String,
    /// In all 2.
    pub user_handle: String,
    /// In all 2.
    pub user_uuid: String,
    /// Attributes that the sample had none of, so that writing an item back keeps them.
    #[dynamo(rest)]
    pub rest: Item,
}

/// 2 sampled items.
#[derive(DynamoEntity, Debug, Clone, PartialEq)]
#[dynamo(table = AdoptedCruddur, partition_key = "MSG#{msg}")]
pub struct Msg {
    /// In the key alone.
    #[dynamo(key_only)]
    pub msg: String,
    /// The sort key.
    #[dynamo(sort_key)]
    pub sk: String,
    /// In all 2.
    pub message: String,
    /// In all 2.
    pub message_uuid: String,
    /// In all 2.
    pub user_display_name: String,
    /// In all 2.
    pub user_handle: String,
    /// In all 2.
    pub user_uuid: String,
    /// Attributes that the sample had none of, so that writing an item back keeps them.
    #[dynamo(rest)]
    pub rest: Item,
}
