//! Entities of a table of several among types of the same names, and in private.

/// Other types under the names of the prelude, of generics, and of what generated code is made of.
#[deny(warnings)]
#[expect(dead_code, non_camel_case_types, clippy::upper_case_acronyms, reason = "the names are there to be in the way")]
mod shadowed {
    use tablewright::{DynamoAttribute, DynamoEntity, DynamoTable};

    struct Option;
    struct Result;
    struct Vec;
    struct Some;
    struct None;
    struct Ok;
    struct Err;
    struct Default;
    struct Sized;
    struct From;
    struct Extend;
    struct FromIterator;
    struct IntoIterator;
    struct PARTS;
    struct usize;
    struct bool;
    struct str;
    struct Entity;
    struct Table;
    struct Path;
    struct Query;
    struct Key;
    struct Encoder;
    struct Cursor;
    mod core {}
    mod std {}

    #[derive(DynamoTable)]
    #[dynamo(
        table = "hygiene-shadowed-entities",
        partition_key = "pk",
        sort_key = "sk",
        tag = "tag",
        gsi(name = "by-name", partition_key = "name_pk", sort_key = "name_sk")
    )]
    enum All {
        String(String),
        Some(Parts),
        #[dynamo(unknown)]
        None(tablewright::Item),
    }

    /// A type with the name of the prelude's.
    #[derive(DynamoEntity)]
    #[dynamo(
        table = All,
        partition_key = "A#{key}",
        sort_key = "B#{query}#{cursor}#{out}",
        index(name = "by-name", partition_key = "N#{name}", sort_key = "{name}#{f}#{query}"),
        access(name = "of_query", partition(key), sort(query), range(cursor >= self_))
    )]
    struct String {
        #[dynamo(key_only)]
        key: u64,
        #[dynamo(key_only)]
        query: T,
        #[dynamo(key_only)]
        cursor: u32,
        #[dynamo(key_only)]
        out: i8,
        name: R,
        f: u64,
        item: ::std::option::Option<T>,
    }

    #[derive(DynamoEntity)]
    #[dynamo(
        table = All,
        partition_key = "C#{parts}",
        sort_key = "{first}#{second}",
        index(name = "by-name", partition_key(template = "M"), sort_key = "{first}")
    )]
    struct Parts {
        #[dynamo(key_only)]
        parts: T,
        #[dynamo(key_only)]
        first: E,
        #[dynamo(key_only)]
        second: u8,
    }

    #[derive(DynamoAttribute)]
    struct T(u64);

    #[derive(DynamoAttribute)]
    struct R(::std::string::String);

    #[derive(DynamoAttribute)]
    enum E {
        Some,
        None,
    }
}

/// Values under the names that a person would give to what generated code binds. A pattern with the name of one is that value.
#[deny(warnings)]
#[expect(
    dead_code,
    non_camel_case_types,
    non_upper_case_globals,
    clippy::upper_case_acronyms,
    reason = "the names are there to be in the way"
)]
mod values {
    use std::string::String;

    use tablewright::{DynamoAttribute, DynamoEntity, DynamoTable};

    struct out;
    struct cursor;
    struct f;
    struct name;
    struct item;
    const items: u8 = 0;
    static grouped: u8 = 0;
    struct base;
    struct inner;
    struct text;
    struct value;
    struct PARTS;

    #[derive(DynamoTable, Debug)]
    #[dynamo(table = "hygiene-values", partition_key = "pk", sort_key = "sk", tag = "tag")]
    enum T {
        One(One),
        Two(Two),
        #[dynamo(unknown)]
        Other(tablewright::Item),
    }

    #[derive(DynamoEntity, Debug)]
    #[dynamo(table = T, partition_key = "ONE#{a}", sort_key = "{b}#{c}", access(name = "of_a", partition(a), range(b >= b)))]
    struct One {
        #[dynamo(key_only)]
        a: Number,
        #[dynamo(key_only)]
        b: Named,
        #[dynamo(key_only)]
        c: Ordered,
        d: Document,
        #[dynamo(alias = "ee", default)]
        e: Option<String>,
        #[dynamo(rest)]
        rest: tablewright::Item,
    }

    #[derive(DynamoEntity)]
    #[dynamo(table = T, partition_key = "TWO#{a}", sort_key = "-")]
    struct Two {
        a: u64,
        #[dynamo(sensitive)]
        b: String,
        #[dynamo(version)]
        c: u64,
        #[dynamo(counter)]
        d: u64,
        #[dynamo(write_once)]
        e: u64,
        g: Tagged,
    }

    #[derive(DynamoAttribute, Debug)]
    struct Number(u64);

    #[derive(DynamoAttribute, Debug)]
    enum Named {
        A,
        B,
    }

    #[derive(DynamoAttribute, Debug)]
    #[dynamo(ordered)]
    enum Ordered {
        A,
        B,
    }

    #[derive(DynamoAttribute, Debug)]
    struct Document {
        a: u64,
    }

    #[derive(DynamoAttribute, Debug)]
    #[dynamo(tag = "kind")]
    enum Tagged {
        A,
        B { a: u64 },
    }
}

/// Private entities, in a module of their own, with private documents and patterns.
#[deny(warnings)]
mod private {
    use tablewright::prelude::*;

    #[derive(DynamoTable, Debug, PartialEq)]
    #[dynamo(
        table = "hygiene-private-entities",
        partition_key = "pk",
        gsi(name = "by-owner", partition_key = "own"),
        gsi(name = "by-size", partition_key = "size", projection = include("note"))
    )]
    enum Hidden {
        One(One),
    }

    #[derive(DynamoEntity, Debug, Clone, PartialEq)]
    #[dynamo(
        table = Hidden,
        partition_key = "ONE#{id}",
        index(name = "by-owner", partition_key = "{owner}"),
        index(name = "by-size", partition_key = "size", reads = Noted),
        access(name = "of_owner", index = "by-owner", partition(owner))
    )]
    struct One {
        #[dynamo(key_only)]
        id: u64,
        owner: Owner,
        size: u8,
        note: String,
    }

    #[derive(DynamoAttribute, Debug, Clone, PartialEq)]
    struct Owner(u64);

    #[derive(DynamoAttribute, Debug, PartialEq)]
    struct Noted {
        note: String,
    }

    #[tokio::test]
    async fn private_entities_have_private_queries() {
        let db = Dynamo::with_executor(tablewright::testing::Embedded::memory().unwrap());
        db.create_tables(tablewright::tables![Hidden]).await.unwrap();
        let mut item = One { id: 1, owner: Owner(2), size: 3, note: "x".into() };
        db.create(&item).await.unwrap();
        db.update(One::key(1_u64)).set(|one| one.by_owner, (Owner(3),)).await.unwrap();
        item.owner = Owner(3);
        assert_eq!(db.query(One::of_owner(Owner(3))).await.unwrap(), [item.clone()]);
        assert_eq!(db.query(One::query_by_size(3)).await.unwrap(), [Noted { note: "x".into() }]);
        let _: OneByOwnerQuery = One::query_by_owner(Owner(3));
        let all: Vec<Hidden> = db.query(One::query(1_u64).collection()).await.unwrap();
        let HiddenByEntity { one, .. } = all.into_iter().collect();
        assert_eq!(one, [item]);
    }
}
