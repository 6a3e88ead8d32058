//! DynamoDB tables from Rust structs.
#![allow(clippy::module_name_repetitions)]

pub mod registry;
pub mod schema;
