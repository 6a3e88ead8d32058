//! A messaging app on one DynamoDB table.
//!
//! [`stable`] is the model to begin with, [`original`] adopts a table that is there already. Both answer the same questions,
//! [`Inbox`](inbox::Inbox), and both have a handler of the table's stream.

pub mod app;
pub mod follow;
pub mod inbox;
pub mod lambda;
pub mod original;
pub mod people;
pub mod seed;
pub mod stable;
pub mod store;
pub mod units;
