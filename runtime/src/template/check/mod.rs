//! What constants are checked for while they are evaluated: a mistake stops the compilation with a message.

mod disjoint;
mod entity;
mod indexes;
mod message;
mod pair;
mod shards;
mod structure;
#[cfg(test)]
mod tests;
mod walk;

pub use disjoint::disjoint;
pub use entity::{check_entity, check_table};
pub use indexes::check_indexes;
pub(crate) use message::Message;
pub use pair::check_entities;
pub use structure::{check_collection, check_template};
