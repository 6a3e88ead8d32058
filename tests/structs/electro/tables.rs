//! Tables that exist already, as `cargo tablewright structs` found them.
//!
//! It is a file to work on: rename what has a better name, and narrow a type where the sample was poorer than the table. The
//! attributes' names, the key templates and the settings are what is stored. `cargo tablewright diff --against` compares them
//! with the tables, and changes nothing.

use tablewright::{DynamoEntity, DynamoTable, EpochSeconds, Item, Number};

/// The table `dev_adopted-electro`, from 7 sampled items.
///
/// | item | partition key | sort key |
/// |---|---|---|
/// | [`Employee`] | `$tasks#team_{team}` | `$employee_1#employee_{employee}` |
/// | [`Note`] | `$tasks#{tasks}` | `$note_1#{year}#{note}` |
/// | [`Task`] | `$tasks#team_{team}` | `$task_1#project_{project}#number_{number:05}` |
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(
    table = "adopted-electro",
    partition_key = "PK",
    sort_key = "SK",
    gsi(name = "GSI1", partition_key = "GSI1PK", sort_key = "GSI1SK"),
    gsi(name = "GSI2", partition_key = "GSI2PK", projection = include("title")),
    tag = "__edb_e__",
    billing = on_demand(max_read = 400, max_write = 100)
)]
pub enum AdoptedElectro {
    /// 2 sampled items.
    Employee(Employee),
    /// 2 sampled items.
    Note(Note),
    /// 3 sampled items.
    Task(Task),
    /// Items of none of these, which the sample had none of.
    #[dynamo(unknown)]
    Unknown(Item),
}

/// 2 sampled items.
#[derive(DynamoEntity, Debug, Clone, PartialEq)]
#[dynamo(
    table = AdoptedElectro,
    partition_key(template = "$tasks#team_{team}", raw),
    sort_key(template = "$employee_1#employee_{employee}", raw),
    index(
        name = "GSI1",
        partition_key(template = "$tasks#office_{office}", raw),
        sort_key(template = "$employee_1#employee_{employee}", raw)
    ),
    index(name = "GSI2", partition_key = "gsi2_pk", sparse),
    tag = "employee"
)]
pub struct Employee {
    /// In all 2.
    #[dynamo(rename = "__edb_v__")]
    pub edb_v: String,
    /// In all 2.
    pub employee: String,
    /// In all 2.
    pub office: String,
    /// In all 2, numbers from 87000 to 95000.5.
    pub salary: Number,
    /// In all 2.
    pub team: String,
    /// A key of the index `GSI2`, which no sampled item has.
    #[dynamo(rename = "GSI2PK")]
    pub gsi2_pk: Option<String>,
    /// Attributes that the sample had none of, so that writing an item back keeps them.
    #[dynamo(rest)]
    pub rest: Item,
}

/// 2 sampled items.
#[derive(DynamoEntity, Debug, Clone, PartialEq)]
#[dynamo(
    table = AdoptedElectro,
    partition_key(template = "$tasks#{tasks}", raw),
    sort_key(template = "$note_1#{year}#{note}", raw),
    tag = "note"
)]
pub struct Note {
    /// In the key alone.
    #[dynamo(key_only)]
    pub tasks: String,
    /// In the key alone.
    #[dynamo(key_only)]
    pub year: u64,
    /// In the key alone.
    #[dynamo(key_only)]
    pub note: u64,
    /// In all 2.
    #[dynamo(rename = "__edb_v__")]
    pub edb_v: String,
    /// In all 2.
    pub text: String,
    /// Attributes that the sample had none of, so that writing an item back keeps them.
    #[dynamo(rest)]
    pub rest: Item,
}

/// 3 sampled items.
#[derive(DynamoEntity, Debug, Clone, PartialEq)]
#[dynamo(
    table = AdoptedElectro,
    partition_key(template = "$tasks#team_{team}", raw),
    sort_key(template = "$task_1#project_{project}#number_{number:05}", raw),
    tag = "task"
)]
pub struct Task {
    /// In all 3.
    #[dynamo(rename = "__edb_v__")]
    pub edb_v: String,
    /// In all 3, whole numbers from 1 to 18.
    pub number: u64,
    /// In all 3, whole numbers from -3 to 8.
    pub points: i64,
    /// In all 3.
    pub project: String,
    /// In all 3.
    pub team: String,
    /// In all 3.
    pub title: String,
    /// In 1 of 3, the whole number 1900000000.
    #[dynamo(ttl)]
    pub ttl: Option<EpochSeconds>,
    /// Attributes that the sample had none of, so that writing an item back keeps them.
    #[dynamo(rest)]
    pub rest: Item,
}
