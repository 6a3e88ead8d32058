//! The same of tables of several entities: templates, indexes, group setters, access patterns, tags and older shapes.

/// Nothing of the prelude, and the crate under another name.
///
/// Messages about the parts of a sort key and about indexes are attributes of the compiler's tool `diagnostic`, which it does
/// not find without the prelude: an entity with several parts or with an index needs it.
#[deny(warnings, missing_docs, unused_qualifications)]
#[no_implicit_prelude]
pub mod without_prelude {
    use ::std::string::String;

    use ::tablewright as renamed;

    /// A table of several entities.
    #[derive(renamed::DynamoTable)]
    #[dynamo(
        table = "hygiene-no-prelude",
        crate = renamed,
        partition_key = "pk",
        sort_key = "sk",
        tag = "kind",
        stream = new_and_old_images
    )]
    pub enum Things {
        /// A task.
        Task(Task),
        /// Anything else.
        #[dynamo(unknown)]
        Other(renamed::value::Item),
    }

    /// A task.
    #[derive(renamed::DynamoEntity)]
    #[dynamo(
        table = Things,
        crate = renamed,
        partition_key = "TEAM#{team}",
        sort_key = "TASK#{id}",
        access(name = "after", partition(team), range(id > id), take = 20, doc = "Some.")
    )]
    pub struct Task {
        /// The team.
        #[dynamo(key_only)]
        pub team: u64,
        /// A number.
        #[dynamo(key_only)]
        pub id: i16,
        /// An attribute that is a key.
        pub state: ::std::option::Option<String>,
        /// Some text.
        #[dynamo(alias = "comment", default)]
        pub note: String,
        /// The rest.
        #[dynamo(rest)]
        pub rest: renamed::value::Item,
    }
}

/// The crate under another name, and every lint that a crate may deny.
#[deny(warnings, missing_docs, missing_debug_implementations, unused_qualifications)]
pub mod linted {
    use ::tablewright as renamed;

    /// A table of several entities.
    #[derive(renamed::DynamoTable, Debug)]
    #[dynamo(
        table = "hygiene-entities",
        crate = renamed,
        partition_key = "pk",
        sort_key = "sk",
        tag = "kind",
        gsi(name = "by-owner", partition_key = "owner_pk", sort_key = "owner_sk"),
        gsi(name = "by-state", partition_key = "state", sort_key = "sk", projection = include("note")),
        lsi(name = "by-count", sort_key = "count_sk"),
        stream = new_and_old_images
    )]
    pub enum Things {
        /// With every role that a field has.
        Task(Task),
        /// A constant key.
        r#Type(Settings),
        /// Anything else.
        #[dynamo(unknown)]
        Other(renamed::value::Item),
    }

    /// A task.
    #[derive(renamed::DynamoEntity, Debug)]
    #[dynamo(
        table = Things,
        crate = renamed,
        partition_key = "TEAM#{team}",
        sort_key = "TASK#{level}#{in}#{id}",
        tag = "task-2",
        upgrades(TaskV1),
        index(name = "by-owner", partition_key = "OWNER#{owner}", sort_key = "{owner}#{due}#{id}"),
        index(name = "by-state", partition_key = "state", sort_key = sort_key, sparse, reads = Noted),
        index(name = "by-count", sort_key = "{count}"),
        access(
            name = "due_since",
            index = "by-owner",
            partition(owner),
            range(due >= since),
            order = descending,
            take = 20,
            doc = "What is due."
        ),
        access(name = "of_level", partition(team), fixed(level = Level::Low), reads = Noted)
    )]
    pub struct Task {
        /// The team.
        #[dynamo(key_only)]
        pub team: Team,
        /// How high.
        #[dynamo(key_only)]
        pub level: Level,
        /// A raw identifier.
        #[dynamo(key_only)]
        pub r#in: String,
        /// A number.
        #[dynamo(key_only)]
        pub id: i16,
        /// In two templates.
        pub owner: String,
        /// The same.
        pub due: u32,
        /// A template of its own.
        pub count: u8,
        /// An attribute that is a key.
        pub state: ::std::option::Option<String>,
        /// Some text.
        #[dynamo(alias = "comment", default)]
        pub note: String,
        /// When it expires.
        #[dynamo(ttl)]
        pub expires: ::std::option::Option<renamed::EpochSeconds>,
        /// The rest.
        #[dynamo(rest)]
        pub rest: renamed::value::Item,
    }

    /// A task as it was.
    #[derive(renamed::DynamoEntity, Debug)]
    #[dynamo(table = Things, crate = renamed, partition_key = "TEAM#{team}", sort_key = "OLD#{id}", tag = "task")]
    pub struct TaskV1 {
        /// The team.
        #[dynamo(key_only)]
        pub team: Team,
        /// A number.
        #[dynamo(key_only)]
        pub id: i16,
    }

    impl ::std::convert::From<TaskV1> for Task {
        fn from(older: TaskV1) -> Self {
            Self {
                team: older.team,
                level: Level::Low,
                r#in: ::std::convert::From::from("x"),
                id: older.id,
                owner: ::std::convert::From::from("nobody"),
                due: 0,
                count: 0,
                state: ::std::option::Option::None,
                note: String::new(),
                expires: ::std::option::Option::None,
                rest: ::std::default::Default::default(),
            }
        }
    }

    /// One item.
    #[derive(renamed::DynamoEntity, Debug)]
    #[dynamo(
        table = Things,
        crate = renamed,
        partition_key(template = "settings", raw),
        sort_key(template = "S-{version:04}/{word:upper}", raw)
    )]
    pub struct Settings {
        /// A number.
        #[dynamo(key_only)]
        pub version: u16,
        /// Some text.
        pub word: String,
    }

    /// A newtype.
    #[derive(renamed::DynamoAttribute, Debug)]
    #[dynamo(crate = renamed)]
    pub struct Team(pub u64);

    /// An enum with an order.
    #[derive(renamed::DynamoAttribute, Debug)]
    #[dynamo(crate = renamed, ordered)]
    pub enum Level {
        /// Low.
        Low,
        /// High.
        High = 7,
    }

    /// What an index carries.
    #[derive(renamed::DynamoAttribute, Debug)]
    #[dynamo(crate = renamed)]
    pub struct Noted {
        /// Some text.
        pub note: String,
    }
}

/// Other types under the names of the prelude, of generics, and of what generated code is made of.
#[deny(warnings)]
#[expect(dead_code, non_camel_case_types, reason = "the names are there to be in the way")]
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
