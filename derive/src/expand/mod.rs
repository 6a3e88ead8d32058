//! Writes the code: constant data and one-line calls into the runtime.
//!
//! Types that a user names stand beside the struct. Everything else is in one `const _`, where `__rt` is the runtime.
//!
//! What the code binds has names in `__`, since a pattern with the name of a constant or a unit struct of the user's is that value,
//! and short ones, since the compiler reads them for every field: `__o` is the encoder, `__i` the cursor, `__f` the fields that were
//! read, `__n` the name of an attribute.

mod access;
mod behaviour;
mod codec;
mod debug;
mod docs;
mod document;
mod entities;
mod entity;
mod fallback;
mod generics;
mod index;
mod key;
mod names;
mod paths;
mod place;
mod query;
mod schema;
mod setting;
mod shard;
mod streamed;
mod tagged;

use proc_macro2::TokenStream;
use quote::quote;

pub(crate) use document::document;
pub(crate) use entities::entities;
pub(crate) use entity::table;
pub(crate) use fallback::{document as document_fallback, entities as entities_fallback, table as table_fallback};

use crate::model::Subject;

/// `const _: () = { use ::tablewright::__private as __rt; … };`
fn wrapped(subject: &Subject, items: TokenStream) -> TokenStream {
    let runtime = &subject.runtime;
    quote! {
        #[allow(dead_code, deprecated, non_snake_case, private_bounds, private_interfaces)]
        const _: () = {
            use #runtime::__private as __rt;
            #items
        };
    }
}

/// The name of an attribute as JSON, with the colon after it: `"name":`.
fn member(name: &str) -> String {
    let mut member = String::from('"');
    for character in name.chars() {
        match character {
            '"' => member.push_str("\\\""),
            '\\' => member.push_str("\\\\"),
            '\n' => member.push_str("\\n"),
            '\r' => member.push_str("\\r"),
            '\t' => member.push_str("\\t"),
            control if u32::from(control) < 0x20 => member.push_str(&format!("\\u{:04x}", u32::from(control))),
            character => member.push(character),
        }
    }
    member.push_str("\":");
    member
}
