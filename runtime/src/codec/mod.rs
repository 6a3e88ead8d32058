//! Items between DynamoDB's JSON and Rust values, with no attribute map between.
//!
//! [`Encoder`] writes attributes as the bytes of a request; [`Cursor`] reads them from the bytes of a response.
//! Both refuse nesting deeper than DynamoDB allows, before the stack can run out: 32 levels, where an attribute's own
//! value is the first. An item that has an attribute twice, which DynamoDB never sends, is an error.

mod attribute;
mod batch;
mod canonical;
mod cursor;
mod decode_error;
mod encode_attribute;
mod encode_error;
mod encoder;
mod failure;
mod item;
mod page;
mod path;
mod rest;
mod scalar;
mod scan;
mod size;
mod skip;
mod text;
mod transact;
mod writing;

pub(crate) use batch::{BatchPart, Piece, batch_pieces};
pub(crate) use canonical::canonical_key;
pub use cursor::Cursor;
pub use decode_error::{DecodeError, DecodeProblem};
pub use encode_error::{EncodeError, EncodeProblem};
pub use encoder::{Encoder, KeyPart, Stamp};
pub use failure::{ErrorShape, error_shape};
pub use item::{FromItem, ItemOwned, ToItem};
pub(crate) use page::{Left, decode_page_of, decode_unexpired, decode_unexpired_item};
pub use page::{ResponseShape, decode_item_response, decode_page};
pub(crate) use page::{is_key, missing_attributes, object_member, response_shape};
pub use path::AttributePath;
pub use rest::UnknownAttributes;
pub use size::item_size;
pub(crate) use size::largest_attribute;
pub(crate) use transact::{not_as_many, responses};
pub(crate) use writing::{Counted, IdSource, SINCE, Writing};
