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
