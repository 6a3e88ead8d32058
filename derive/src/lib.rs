//! The derives of `tablewright`.

mod attr;
mod errors;
mod expand;
mod model;
mod nearest;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

use attr::{DocumentAttrs, TableAttrs};
use errors::Errors;
use model::{Document, Table};

/// Derives a table.
#[proc_macro_derive(DynamoTable, attributes(dynamo))]
pub fn derive_dynamo_table(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    let mut errors = Errors::default();
    let attrs = TableAttrs::parse(&input.attrs, &mut errors);
    let table = Table::new(&input, &attrs, &mut errors);
    let code = match table {
        Some(table) if !errors.any() => expand::table(&table),
        _ => expand::table_fallback(&input, &attrs),
    };
    let mut tokens = errors.into_tokens();
    tokens.extend(code);
    tokens.into()
}

/// Derives an attribute.
#[proc_macro_derive(DynamoAttribute, attributes(dynamo))]
pub fn derive_dynamo_attribute(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    let mut errors = Errors::default();
    let attrs = DocumentAttrs::parse(&input.attrs, &mut errors);
    let document = Document::new(&input, &attrs, &mut errors);
    let code = match document {
        Some(document) if !errors.any() => expand::document(&document),
        _ => expand::document_fallback(&input, &attrs),
    };
    let mut tokens = errors.into_tokens();
    tokens.extend(code);
    tokens.into()
}
