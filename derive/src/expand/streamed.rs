//! What a table's stream carries, as types.

use proc_macro2::TokenStream;
use quote::quote;

use crate::attr::StreamAttr;
use crate::model::Subject;

/// `impl Streamed for Sparkle { … }`, for the type that the items of a table with a stream are read as.
///
/// `table` is the schema, an expression inside of the `impl`. A type with lifetimes borrows from a response, and a
/// stream's records outlive the one that they came in.
pub(super) fn streamed(subject: &Subject, table: &TokenStream, stream: Option<StreamAttr>) -> Option<TokenStream> {
    if subject.generics.lifetimes().next().is_some() {
        return None;
    }
    let (new, old) = match stream? {
        StreamAttr::KeysOnly => (false, false),
        StreamAttr::NewImage => (true, false),
        StreamAttr::OldImage => (false, true),
        StreamAttr::NewAndOldImages => (true, true),
    };
    let image = |carried| if carried { quote!(Self) } else { quote!(__rt::NoImage) };
    let (ident, new, old) = (&subject.ident, image(new), image(old));
    Some(quote! {
        impl __rt::Streamed for #ident {
            const TABLE: &'static __rt::TableSchema = #table;
            type New = #new;
            type Old = #old;
        }
    })
}
