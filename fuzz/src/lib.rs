//! What is done with bytes that nobody expects. Each target panics where something is wrong.

mod bytes;
mod cursors;
mod decode;
mod hcl_text;
mod keys;
mod response;
mod row;
mod template;

pub use cursors::{cursor_decode, cursors};
pub use decode::{attribute_decode, number_parse};
pub use hcl_text::hcl_writer;
pub use keys::{key_parse, keys};
pub use response::response_decode;
pub use template::template_parse;

/// The HCL writer as it is, without the rest of its crate.
#[path = "../../terraform-gen/src/hcl/mod.rs"]
#[allow(dead_code, unused_imports, missing_docs, clippy::all)]
mod hcl;

/// A target with its name.
pub type Target = (&'static str, fn(&[u8]));

/// All targets.
pub const TARGETS: [Target; 7] = [
    ("response_decode", response_decode),
    ("attribute_decode", attribute_decode),
    ("key_parse", key_parse),
    ("number_parse", number_parse),
    ("cursor_decode", cursor_decode),
    ("template_parse", template_parse),
    ("hcl_writer", hcl_writer),
];
