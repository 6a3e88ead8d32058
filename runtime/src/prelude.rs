//! What most programs name: `use tablewright::prelude::*;`.

pub use crate::{Dynamo, DynamoAttribute, DynamoTable, Entity, EpochSeconds};
