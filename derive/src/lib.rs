//! The derives of `tablewright`.

use proc_macro::TokenStream;

/// Derives a table.
#[proc_macro_derive(DynamoTable, attributes(dynamo))]
pub fn derive_dynamo_table(_input: TokenStream) -> TokenStream {
    TokenStream::new()
}

/// Derives an attribute.
#[proc_macro_derive(DynamoAttribute, attributes(dynamo))]
pub fn derive_dynamo_attribute(_input: TokenStream) -> TokenStream {
    TokenStream::new()
}
