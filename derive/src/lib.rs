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
/// An enum is a table of several entities: see `DynamoEntity`.
///
/// ```
/// use tablewright::{DynamoTable, EpochSeconds};
///
/// /// What a bot was told to remember, per server.
/// #[derive(DynamoTable, Debug, Clone, PartialEq)]
/// #[dynamo(table = "remember", gsi(name = "by-author", partition_key = "author", sort_key = "created", sparse))]
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
/// | `partition_key = "USER#{id}"`, `sort_key = "…"` | a key that is text made of fields, instead of a marked field; its attribute is `pk` or `sk`, or `partition_key(template = "…", attribute = "…")` |
/// | `gsi(…)` | a global secondary index; see below |
/// | `lsi(…)` | a local secondary index; see below |
/// | `access(…)` | a named access pattern; see below |
/// | `rename_all = "camelCase"` | the case of the attributes' names, in `serde`'s words: `lowercase`, `UPPERCASE`, `PascalCase`, `camelCase`, `snake_case`, `SCREAMING_SNAKE_CASE`, `kebab-case`, `SCREAMING-KEBAB-CASE` |
/// | `billing = on_demand` | pay per request; the default |
/// | `billing = on_demand(max_read = 100, max_write = 50)` | the same with at most so many request units a second |
/// | `billing = provisioned(read = 5, write = 5)` | pay for capacity units a second |
/// | `stream = new_image` | a stream that carries `keys_only`, `new_image`, `old_image` or `new_and_old_images`, for [`tablewright::stream`](https://docs.rs/tablewright/latest/tablewright/stream/) |
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
/// | `partition_key = ["tenant", "region"]`, `sort_key = ["status", "created"]` | up to four fields each; `gsi` only |
/// | `sparse` | items without a key attribute of the index are not in it; needed where a key field is an `Option`, and only there |
/// | `projection = all` | what the index carries: `all`, `keys_only` or `include("value", "author")` |
/// | `reads = TeamEntry` | the document that the items of an index are read as that does not carry every attribute; without it they are untyped, or what `read_as::<T>()` says. It is checked that the index carries what the document has |
/// | `read = 5, write = 5` | units of its own; `gsi` of a table with provisioned billing only |
///
/// A query gives every field of the partition key. Those of the sort key follow from the left: `eq` goes on to the next, and
/// any other operator is the last.
///
/// ```
/// # use tablewright::DynamoTable;
/// #[derive(DynamoTable)]
/// #[dynamo(
///     table = "orders",
///     gsi(name = "by-tenant", partition_key = ["tenant", "region"], sort_key = ["status", "placed"])
/// )]
/// struct Order {
///     #[dynamo(partition_key)]
///     id: u64,
///     tenant: String,
///     region: String,
///     status: String,
///     placed: u64,
/// }
///
/// let open = Order::query_by_tenant("acme", "eu").status().eq("open").placed().ge(1_700_000_000_u64);
/// # let _ = open;
/// ```
///
/// An index with several attributes in a key needs version 6.30 of Terraform's provider: `--provider aws6`.
///
/// # Keys that are made of fields
///
/// A key template is asked for part by part, with the same operators, on the table and on each index. Setting a field that
/// is in the key of an index sets the key too, so all fields of that key are set together: the paths have a member for it,
/// which is named after the index. Nothing else that changes such a field compiles.
///
/// ```
/// # use tablewright::prelude::*;
/// #[derive(DynamoTable)]
/// #[dynamo(
///     table = "tasks",
///     partition_key = "TEAM#{team}",
///     sort_key = "TASK#{project}#{id}",
///     gsi(name = "by-due", partition_key = "OWNER#{owner}", sort_key = "{owner}#{due}#{id}")
/// )]
/// struct Task {
///     #[dynamo(key_only)]
///     team: u32,
///     #[dynamo(key_only)]
///     project: String,
///     #[dynamo(key_only)]
///     id: u64,
///     owner: String,
///     due: u32,
/// }
///
/// # async fn example(db: &Dynamo) -> Result<(), tablewright::Error> {
/// let of_project = db.query(Task::query(7_u32).project().eq("apollo").id().ge(100_u64)).await?;
/// let of_projects = db.query(Task::query(7_u32).project().begins_with("ap")).await?;
/// db.update(Task::key(7_u32, "apollo", 100_u64)).set(|task| task.by_due, ("ann", 20_260_501_u32)).await?;
/// # let _ = (of_project, of_projects);
/// # Ok(())
/// # }
/// ```
///
/// # Access patterns
///
/// An `access(…)` is a query with a name: a method, and an entry in the schema. A pattern without the whole partition key
/// would be a scan, and does not compile.
///
/// ```
/// # use tablewright::prelude::*;
/// #[derive(DynamoTable)]
/// #[dynamo(
///     table = "tickets",
///     gsi(name = "by-status", partition_key = "status", sort_key = "opened"),
///     access(
///         name = "open_since",
///         index = "by-status",
///         fixed(status = "open"),
///         range(opened >= since),
///         order = descending,
///         take = 20,
///         doc = "The tickets to work on, newest first."
///     )
/// )]
/// struct Ticket {
///     #[dynamo(partition_key)]
///     id: u64,
///     status: String,
///     opened: u64,
/// }
///
/// # async fn example(db: &Dynamo) -> Result<(), tablewright::Error> {
/// let tickets = db.query(Ticket::open_since(1_700_000_000_u64)).await?;
/// # Ok(())
/// # }
/// ```
///
/// | attribute | meaning |
/// |---|---|
/// | `name = "open_since"` | the method's name; needed |
/// | `index = "by-status"` | the index that it reads, if not the table itself |
/// | `partition(tenant, region)` | parts of the partition key that are parameters of the method |
/// | `sort(status)` | parts of the sort key that must equal a parameter |
/// | `fixed(status = "open")` | parts of either key that have one value |
/// | `range(opened >= since)` | the range of the next part of the sort key, and the names of its parameters; also `<`, `<=`, `>`, `opened between from and to`, `status begins_with prefix` |
/// | `order = descending` | from the greatest sort key to the least; `ascending` is the default |
/// | `take = 20` | the result budget, unless the request says otherwise |
/// | `reads = Entry` | a document with some of the attributes, which alone are read |
/// | `doc = "…"` | what it is for, in the method's documentation and in the schema |
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

/// Makes a struct an entity of a table that holds several: an enum that derives `DynamoTable` and has
/// a variant for it.
///
/// ```
/// use tablewright::prelude::*;
///
/// /// People and what they ordered.
/// #[derive(DynamoTable, Debug)]
/// #[dynamo(
///     table = "shop",
///     partition_key = "pk",
///     sort_key = "sk",
///     gsi(name = "by-day", partition_key = "day_pk", sort_key = "day_sk")
/// )]
/// pub enum Shop {
///     Person(Person),
///     Order(Order),
/// }
///
/// /// A person.
/// #[derive(DynamoEntity, Debug)]
/// #[dynamo(table = Shop, partition_key = "PERSON#{id}", sort_key = "PROFILE")]
/// pub struct Person {
///     #[dynamo(key_only)]
///     pub id: u64,
///     pub name: String,
/// }
///
/// /// An order.
/// #[derive(DynamoEntity, Debug)]
/// #[dynamo(
///     table = Shop,
///     partition_key = "PERSON#{person}",
///     sort_key = "ORDER#{number}",
///     index(name = "by-day", partition_key = "DAY#{day}", sort_key = "{person}#{number}")
/// )]
/// pub struct Order {
///     #[dynamo(key_only)]
///     pub person: u64,
///     #[dynamo(key_only)]
///     pub number: u32,
///     pub day: u32,
/// }
///
/// let key = Order::key(7_u64, 1_u32);
/// let orders = Order::query(7_u64);
/// let of_day = Order::query_by_day(20_261_121_u32);
/// # let _ = (key, orders, of_day);
/// ```
///
/// Reads of an entity give its items only; `db.scan::<Shop>()` and `Order::query(7).collection()` give the enum, and
/// `ShopByEntity` gathers one `Vec` for each entity of them. An item of no entity is an error, unless the read says
/// `skip_unknown()`, or the enum has a variant `#[dynamo(unknown)] Other(Item)`.
///
/// Two entities that could have the same primary key do not compile, and no entity's item is ever read as another's.
///
/// # On the enum
///
/// `table`, `crate` and the settings are those of `DynamoTable` on a struct.
///
/// | attribute | meaning |
/// |---|---|
/// | `partition_key = "pk"` | the name of the attribute; needed |
/// | `sort_key = "sk"` | the name of the attribute |
/// | `gsi(name = …, partition_key = "…", sort_key = "…", projection = …)` | an index, whose keys are names of attributes |
/// | `lsi(name = …, sort_key = "…", projection = …)` | the same with the table's partition key |
/// | `tag = "type"` | an attribute that holds each entity's tag |
/// | `unknown` on a variant | the variant holds items of no entity |
///
/// # On the struct
///
/// | attribute | meaning |
/// |---|---|
/// | `table = Shop` | the enum; needed |
/// | `partition_key = "PERSON#{id}"` | the key's template, if no field is marked as the key; text without a field is a constant |
/// | `sort_key = "ORDER#{number}"` | the same for the sort key |
/// | `partition_key(template = "{id:05}", raw)` | a template of another program, see `tablewright::template` |
/// | `index(name = "by-day", partition_key = "DAY#{day}", sort_key = "…")` | the keys in an index of the table: a template, or a field's name, or the bare word `sort_key` for the table's own |
/// | `sparse` in `index(…)` | items without a value for the keys' fields are not in the index |
/// | `reads = T` in `index(…)` | what a query of a narrow index reads |
/// | `tag = "person"` | the entity's tag, if not the struct's name |
/// | `upgrades(PersonV1)` | items of these older entities are read as this one, through `From` or `TryFrom` |
/// | `rename_all`, `access(…)`, `crate` | as for a table |
///
/// Fields have the attributes of a table's fields, and two more, which a struct with templates of its own has as well:
///
/// | attribute | meaning |
/// |---|---|
/// | `key_only` | the value is in a key's text alone, and comes back from it |
/// | `alias = "older_name"` | the attribute is read under this name where the item has none of its own name; several are tried in order |
///
/// # Older shapes
///
/// Items keep the shape in which they were written until they are written again. What is written is always the current
/// shape: `put` replaces the whole item, and `update` that sets or removes an attribute removes its older names. An update
/// that would leave an item half old is [`ConditionFailed`](https://docs.rs/tablewright/latest/tablewright/struct.ConditionFailed.html),
/// and its error holds the stored item: one that counts on the value under an older name, as `increment` does, and any
/// update of an item with the tag of another shape. Read the item, which upgrades it, and put it. Conditions and filters
/// see an attribute under its own name alone.
#[proc_macro_derive(DynamoEntity, attributes(dynamo))]
pub fn derive_dynamo_entity(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    entity(&parse_macro_input!(input as DeriveInput)).into()
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
/// A newtype and an enum of names are parts of key templates too, see `tablewright::template`: a newtype as its
/// field is, an enum by its names, or by its numbers where it is `ordered`.
///
/// # On the struct or enum
///
/// | attribute | meaning |
/// |---|---|
/// | `rename_all = "camelCase"` | the case of the names of fields or variants, as for `DynamoTable` |
/// | `tag = "type"` | the attribute that names the variant of an enum with data |
/// | `ordered` | the variants of an enum of names are in keys as numbers: their discriminants, or their places from 0 |
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
