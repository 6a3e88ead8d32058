//! Generated code does not depend on what is around it: no prelude, other names for the prelude's types, a renamed crate,
//! and a crate that denies every warning.

/// Nothing of the prelude, and the crate under another name.
#[deny(warnings, missing_docs, unused_qualifications)]
#[no_implicit_prelude]
pub mod without_prelude {
    use ::std::borrow::Cow;
    use ::std::string::String;

    use ::tablewright as renamed;

    /// A table whose fields have every role.
    #[derive(renamed::DynamoTable)]
    #[dynamo(
        table = "hygiene-everything",
        crate = renamed,
        rename_all = "camelCase",
        gsi(name = "by-type", partition_key = "type", sort_key = "updated_at", sparse, projection = include("note")),
        lsi(name = "by-count", sort_key = "count", projection = keys_only),
        billing = provisioned(read = 5, write = 5),
        stream = new_and_old_images,
        point_in_time_recovery = days(7),
        deletion_protection = false,
        table_class = standard_infrequent_access,
        warm_throughput(read = 12000, write = 4000),
        tags(team = "red", "cost-center" = "42")
    )]
    pub struct Everything {
        /// The partition key.
        #[dynamo(partition_key)]
        pub server_id: u64,
        /// The sort key.
        #[dynamo(sort_key)]
        pub handle: String,
        /// A raw identifier.
        pub r#type: ::std::option::Option<String>,
        /// A key of the local index.
        pub count: u32,
        /// A plain field.
        pub note: String,
        /// A document.
        #[dynamo(default)]
        pub inner: Inner,
        /// Of another name.
        #[dynamo(rename = "a \"quoted\" \\ name", default = zero)]
        pub quoted: u8,
        /// Through an adapter.
        #[dynamo(with = Reversed)]
        pub word: Word,
        /// Through `serde`.
        #[dynamo(serde)]
        pub pair: (u8, u8),
        /// Made by the clock.
        #[dynamo(created_at)]
        pub created_at: renamed::EpochSeconds,
        /// Made by the clock, and a key.
        #[dynamo(updated_at)]
        pub updated_at: renamed::EpochSeconds,
        /// When it expires.
        #[dynamo(ttl)]
        pub expires_at: ::std::option::Option<renamed::EpochSeconds>,
        /// Not stored.
        #[dynamo(skip)]
        #[expect(dead_code, reason = "nothing reads a skipped field")]
        pub cache: u8,
        /// The rest.
        #[dynamo(rest)]
        pub rest: renamed::value::Item,
    }

    /// A document.
    #[derive(renamed::DynamoAttribute, ::std::default::Default)]
    #[dynamo(crate = renamed)]
    pub struct Inner {
        /// A field that is private to the module.
        pub(crate) city: String,
        /// A list of the type itself.
        pub parts: ::std::vec::Vec<Self>,
    }

    /// A newtype.
    #[derive(renamed::DynamoAttribute)]
    #[dynamo(crate = renamed)]
    pub struct Cents(pub u64);

    /// An enum of names.
    #[derive(renamed::DynamoAttribute)]
    #[dynamo(crate = renamed)]
    pub enum Color {
        /// A color.
        Red,
    }

    /// An enum with data.
    #[derive(renamed::DynamoAttribute)]
    #[dynamo(crate = renamed, tag = "type")]
    pub enum Event {
        /// With a field.
        Joined {
            /// Who joined.
            who: String,
        },
        /// Without.
        Left,
    }

    /// Borrows from the response.
    #[derive(renamed::DynamoTable)]
    #[dynamo(table = "hygiene-borrowed", crate = renamed)]
    pub struct Borrowed<'r> {
        /// The partition key.
        #[dynamo(partition_key)]
        pub id: Cow<'r, ::std::primitive::str>,
        /// Some text.
        pub note: &'r ::std::primitive::str,
    }

    /// Of any type.
    #[derive(renamed::DynamoAttribute)]
    #[dynamo(crate = renamed)]
    pub struct Page<T, const N: usize = 1>
    where
        T: ::std::clone::Clone,
    {
        /// A value.
        pub value: T,
        /// The same for `skip`.
        #[dynamo(skip)]
        #[expect(dead_code, reason = "nothing reads a skipped field")]
        pub skipped: ::std::option::Option<T>,
    }

    /// A type that needs an adapter.
    pub struct Word(pub String);

    /// Stores a word.
    pub struct Reversed;

    impl renamed::Adapter<Word> for Reversed {
        type Stored = String;
        fn store(value: &Word) -> ::std::result::Result<String, String> {
            ::std::result::Result::Ok(::std::clone::Clone::clone(&value.0))
        }
        fn load(stored: String) -> ::std::result::Result<Word, String> {
            ::std::result::Result::Ok(Word(stored))
        }
    }

    fn zero() -> u8 {
        0
    }
}

/// Other types under the names of the prelude, of the primitive types, and of what generated code is made of.
#[deny(warnings)]
#[expect(dead_code, non_camel_case_types, reason = "the names are there to be in the way")]
mod shadowed {
    use tablewright::{DynamoAttribute, DynamoTable};

    struct Option;
    struct Result;
    struct Some;
    struct None;
    struct Ok;
    struct Err;
    struct Default;
    struct Sized;
    struct str;
    struct bool;
    struct Path;
    struct Query;
    struct Key;
    struct Encoder;
    struct Cursor;
    mod core {}
    mod std {}

    #[derive(DynamoTable)]
    #[dynamo(table = "hygiene-shadowed", gsi(name = "by-partial", partition_key = "partial"))]
    struct Entity {
        #[dynamo(partition_key)]
        key: u64,
        #[dynamo(sort_key)]
        out: String,
        partial: Partial,
        cursor: ::std::option::Option<R>,
        name: E,
        f0: De,
        marker: u64,
    }

    #[derive(DynamoAttribute)]
    struct Partial(u64);

    #[derive(DynamoAttribute)]
    struct R {
        e: E,
        base: u64,
    }

    #[derive(DynamoAttribute)]
    enum E {
        #[dynamo(rename = "")]
        Some,
        None,
    }

    #[derive(DynamoAttribute)]
    struct De {}

    #[derive(DynamoAttribute)]
    struct Generic<E, R> {
        first: E,
        second: R,
    }

    #[derive(DynamoAttribute)]
    struct Lifetimes<'de, 'a> {
        first: ::std::borrow::Cow<'de, ::std::primitive::str>,
        second: &'a ::std::primitive::str,
    }
}

/// Private types, in a module of their own.
#[deny(warnings)]
mod private {
    use tablewright::{DynamoAttribute, DynamoTable, Entity};

    #[derive(DynamoTable)]
    #[dynamo(table = "hygiene-private")]
    struct Hidden {
        #[dynamo(partition_key)]
        id: u64,
        inner: Inner,
    }

    #[derive(DynamoAttribute)]
    struct Inner {
        value: u64,
    }

    #[test]
    fn a_private_table_has_private_queries() {
        let item = Hidden { id: 1, inner: Inner { value: 2 } };
        assert_eq!(item.primary_key(), Hidden::key(1));
        let _: HiddenQuery = Hidden::query(1);
        let _ = Hidden::paths::<tablewright::expr::InScan>().inner.at(|inner| inner.value);
    }
}
