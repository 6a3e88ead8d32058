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
use syn::{DeriveInput, parse_macro_input};

use attr::{DocumentAttrs, TableAttrs};
use errors::Errors;
use model::{Document, Table};

/// Makes a struct a DynamoDB table: its items, key, queries, expressions and schema.
///
/// ```
/// use tablewright::{DynamoTable, EpochSeconds};
///
/// /// What a bot was told to remember, per server.
/// #[derive(DynamoTable, Debug, Clone, PartialEq)]
/// #[dynamo(table = "remember", gsi(name = "by-author", partition_key = "author", sort_key = "created"))]
/// pub struct Remember {
///     #[dynamo(partition_key)]
///     pub server: u64,
///     #[dynamo(sort_key)]
///     pub key: String,
///     pub value: String,
///     pub author: Option<u64>,
///     #[dynamo(created_at)]
///     pub created: EpochSeconds,
///     #[dynamo(ttl)]
///     pub expires: Option<EpochSeconds>,
/// }
///
/// let key = Remember::key(9001, "meeting");
/// let query = Remember::query(9001).key().begins_with("mee");
/// let of_author = Remember::query_by_author(7).created().gt(EpochSeconds(1_700_000_000));
/// # let _ = (key, query, of_author);
/// ```
///
/// # What it writes
///
/// For a struct `Remember` with the visibility of the struct:
///
/// | item | what |
/// |---|---|
/// | `Remember::key(…)` | the key of one item: partition key, then sort key |
/// | `Remember::query(…)` | the query of one partition key, of the type `RememberQuery` |
/// | `Remember::query_by_author(…)` | the query of the index `by-author`, of the type `RememberByAuthorQuery` |
/// | `RememberQuery::key()` | the condition on the sort key, named after its field |
/// | `RememberPaths` | one path for each attribute: the argument of the closures of `filter`, `condition` and `set` |
/// | `Entity`, `ToItem`, `FromItem` | the schema, and the items as DynamoDB's JSON |
///
/// # On the struct
///
/// | attribute | meaning |
/// |---|---|
/// | `table = "name"` | the table's name, without the prefix of an environment; needed |
/// | `gsi(…)` | a global secondary index; see below |
/// | `lsi(…)` | a local secondary index; see below |
/// | `rename_all = "camelCase"` | the case of the attributes' names, in `serde`'s words: `lowercase`, `UPPERCASE`, `PascalCase`, `camelCase`, `snake_case`, `SCREAMING_SNAKE_CASE`, `kebab-case`, `SCREAMING-KEBAB-CASE` |
/// | `billing = on_demand` | pay per request; the default |
/// | `billing = on_demand(max_read = 100, max_write = 50)` | the same with at most so many request units a second |
/// | `billing = provisioned(read = 5, write = 5)` | pay for capacity units a second |
/// | `stream = new_image` | a stream that carries `keys_only`, `new_image`, `old_image` or `new_and_old_images` |
/// | `point_in_time_recovery = days(7)` | recovery to any second of the last 1 to 35 days; `true` is 35 days, `false` none |
/// | `deletion_protection = true` | whether the table refuses to be deleted |
/// | `table_class = standard_infrequent_access` | the storage class: that, or `standard` |
/// | `warm_throughput(read = 12000, write = 4000)` | units a second that the table is ready for at once |
/// | `tags(team = "red", "cost-center" = "42")` | tags of the table |
/// | `crate = path` | where `tablewright` is found, if not at `::tablewright` |
///
/// What is not written about recovery and protection is left to the environment that the table is made in.
///
/// # Indexes
///
/// Keys and included attributes are named by their **Rust fields**, not by the names of the attributes.
///
/// | attribute | meaning |
/// |---|---|
/// | `name = "by-author"` | the index's name; the query is `query_by_author` |
/// | `partition_key = "author"` | the field that is the partition key; `gsi` only, where it is needed |
/// | `sort_key = "created"` | the field that is the sort key; needed for `lsi` |
/// | `projection = all` | what the index carries: `all`, `keys_only` or `include("value", "author")`; an index that does not carry all is read as untyped items, or `read_as::<T>()` |
/// | `read = 5, write = 5` | units of its own; `gsi` of a table with provisioned billing only |
///
/// A key of an index may be an `Option`: items without it are not in the index.
///
/// # On a field
///
/// | attribute | meaning |
/// |---|---|
/// | `partition_key` | the table's partition key; needed once |
/// | `sort_key` | the table's sort key |
/// | `rename = "name"` | the attribute's name, if not the field's |
/// | `default` | the type's `Default` where an item lacks the attribute |
/// | `default = path` | what that function returns where an item lacks the attribute |
/// | `skip` | not stored; reading gives the default |
/// | `with = Adapter` | stored as that `tablewright::Adapter` says |
/// | `serde` | stored as `serde` says, with the feature `serde` of `tablewright` |
/// | `rest` | keeps the attributes that no other field names, in an `Item` or a map |
/// | `ttl` | the item's expiry in epoch seconds |
/// | `created_at` | set by the clock when the item is created |
/// | `updated_at` | set by the clock at every write |
///
/// A field whose type is an `Option` may be absent from the item.
#[proc_macro_derive(DynamoTable, attributes(dynamo))]
pub fn derive_dynamo_table(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    table(&parse_macro_input!(input as DeriveInput)).into()
}

/// Makes a type an attribute of an item: a nested document, a newtype, or an enum.
///
/// ```
/// use tablewright::DynamoAttribute;
///
/// /// A map.
/// #[derive(DynamoAttribute)]
/// struct Address {
///     city: String,
///     street: Option<String>,
/// }
///
/// /// Stored as its field is.
/// #[derive(DynamoAttribute)]
/// struct Cents(u64);
///
/// /// A string.
/// #[derive(DynamoAttribute)]
/// #[dynamo(rename_all = "snake_case")]
/// enum Color {
///     Red,
///     DarkRed,
/// }
///
/// /// A map that names the variant: `{"type": "joined", "who": "ann"}`.
/// #[derive(DynamoAttribute)]
/// #[dynamo(tag = "type", rename_all = "lowercase")]
/// enum Event {
///     Joined { who: String },
///     Left,
/// }
/// ```
///
/// | type | stored as |
/// |---|---|
/// | struct with named fields | a map; its attributes have paths: `item.address.at(\|address\| address.city)` |
/// | struct with one field without a name | what the field is stored as |
/// | enum without data | the variant's name |
/// | enum with data, and `tag` | a map with the variant's name under the tag, and the variant's fields |
///
/// # On the struct or enum
///
/// | attribute | meaning |
/// |---|---|
/// | `rename_all = "camelCase"` | the case of the names of fields or variants, as for `DynamoTable` |
/// | `tag = "type"` | the attribute that names the variant of an enum with data |
/// | `crate = path` | where `tablewright` is found, if not at `::tablewright` |
///
/// # On a field or variant
///
/// Fields have `rename`, `default`, `skip`, `with`, `serde` and `rest`, as for `DynamoTable`. Variants have `rename`, and
/// `rename_all` for their fields.
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

fn table(input: &DeriveInput) -> TokenStream {
    let mut errors = Errors::default();
    let attrs = TableAttrs::parse(&input.attrs, &mut errors);
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
