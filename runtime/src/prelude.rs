//! What most programs name: `use tablewright::prelude::*;`.

pub use crate::CollectionQuery as _;
pub use crate::{Dynamo, DynamoAttribute, DynamoEntity, DynamoTable, Entity, EpochSeconds};
