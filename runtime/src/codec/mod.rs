//! Items between DynamoDB's JSON and Rust values, with no attribute map between.
//!
//! [`Encoder`] writes attributes as the bytes of a request; [`Cursor`] reads them from the bytes of a response.
//! Both refuse nesting deeper than DynamoDB allows, before the stack can run out.

mod cursor;
mod encoder;
mod error;
mod item;
mod page;
mod rest;
mod scan;

pub use cursor::Cursor;
pub use encoder::{Encoder, KeyPart, Stamp};
pub use error::{AttributePath, DecodeError, DecodeProblem, EncodeError, EncodeProblem};
pub use item::{Fill, FromItem, ItemOwned, ToItem};
pub(crate) use page::{ResponseShape, decode_item_response, decode_page};
pub use rest::UnknownAttributes;
