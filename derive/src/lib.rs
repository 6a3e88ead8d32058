//! The derives of `tablewright`: `#[derive(DynamoTable)]` and `#[derive(DynamoAttribute)]`, and `access!`.
//!
//! Use them through `tablewright`, whose version belongs to this one. The code goes through three stages:
//!
//! | stage | from | to |
//! |---|---|---|
//! | `attr` | the tokens of `#[dynamo(…)]` | what is written, with its places |
//! | `model` | what is written | what is meant, without doubt; every mistake is found here |
//! | `expand` | what is meant | code: constant data and one-line calls into the runtime |
//!
//! After a mistake the same types and `impl`s are written with empty bodies, so that only the mistake is shown.

mod attr;
mod errors;
mod expand;
#[cfg(test)]
mod expansions;
mod model;
mod nearest;
mod role;

use proc_macro2::TokenStream;
use syn::{Data, DataEnum, DeriveInput, parse_macro_input};

use attr::{DocumentAttrs, Kind, TableAttrs};
use errors::Errors;
use model::{Document, Entities, Table};

/// Makes a struct a DynamoDB table: its items, key, queries, expressions and schema.
///
#[doc = include_str!("../docs/dynamo_table.md")]
#[proc_macro_derive(DynamoTable, attributes(dynamo))]
pub fn derive_dynamo_table(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    table(&parse_macro_input!(input as DeriveInput)).into()
}

/// Makes a struct an entity of a table that holds several: an enum that derives `DynamoTable` and has
/// a variant for it.
///
#[doc = include_str!("../docs/dynamo_entity.md")]
#[proc_macro_derive(DynamoEntity, attributes(dynamo))]
pub fn derive_dynamo_entity(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    entity(&parse_macro_input!(input as DeriveInput)).into()
}

/// Makes a type an attribute of an item: a nested document, a newtype, or an enum.
///
#[doc = include_str!("../docs/dynamo_attribute.md")]
#[proc_macro_derive(DynamoAttribute, attributes(dynamo))]
pub fn derive_dynamo_attribute(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    attribute(&parse_macro_input!(input as DeriveInput)).into()
}

/// Declares roles. It is called by `tablewright::access!`, which says where the runtime is.
#[doc(hidden)]
#[proc_macro]
pub fn access(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    role::roles(&parse_macro_input!(input as role::Roles)).into()
}

/// `DynamoTable` on a struct or an enum.
fn table(input: &DeriveInput) -> TokenStream {
    match &input.data {
        Data::Enum(data) => entities(input, data),
        Data::Struct(_) | Data::Union(_) => one(Kind::Table, input),
    }
}

/// `DynamoEntity`.
fn entity(input: &DeriveInput) -> TokenStream {
    one(Kind::Entity, input)
}

/// A table with several entities.
fn entities(input: &DeriveInput, data: &DataEnum) -> TokenStream {
    let mut errors = Errors::default();
    let attrs = TableAttrs::parse(Kind::Entities, &input.attrs, &mut errors);
    let table = Entities::new(input, data, &attrs, &mut errors);
    let code = match table {
        Some(table) if !errors.any() => expand::entities(&table),
        _ => expand::entities_fallback(input, data, &attrs),
    };
    with(errors, code)
}

/// A table with one entity, or an entity of a table with several.
fn one(kind: Kind, input: &DeriveInput) -> TokenStream {
    let mut errors = Errors::default();
    let attrs = TableAttrs::parse(kind, &input.attrs, &mut errors);
    let table = Table::new(input, &attrs, &mut errors);
    let code = match table {
        Some(table) if !errors.any() => expand::table(&table),
        _ => expand::table_fallback(input, &attrs),
    };
    with(errors, code)
}

fn attribute(input: &DeriveInput) -> TokenStream {
    let mut errors = Errors::default();
    let attrs = DocumentAttrs::parse(&input.attrs, &mut errors);
    let document = Document::new(input, &attrs, &mut errors);
    let code = match document {
        Some(document) if !errors.any() => expand::document(&document),
        _ => expand::document_fallback(input, &attrs),
    };
    with(errors, code)
}

/// The mistakes, and the code after them.
fn with(errors: Errors, code: TokenStream) -> TokenStream {
    let mut tokens = errors.into_tokens();
    tokens.extend(code);
    tokens
}
