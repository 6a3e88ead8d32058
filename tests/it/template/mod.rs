//! Key templates: what the encoding promises, as properties of random templates and values.

mod engine;
mod generate;
mod identity;
mod limits;
mod order;
mod parse;
mod ranges;
mod raw;
