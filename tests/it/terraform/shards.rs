//! Keys in shards: what policies, filters and the module's page say of them, and what another number of shards does.

use tablewright::prelude::*;
use tablewright::registry::Registry;
use tablewright::schema::{
    EntityKey, EntitySchema, GrantSchema, KeyPlace, KeySource, KeyTemplate, RoleOperation, RoleSchema, Segment,
    TableSchema,
};
use tablewright_terraform::{Class, Extras, Module, Options, Snapshot, diff, generate};

/// What teams write.
#[derive(DynamoTable)]
#[dynamo(
    table = "feed",
    partition_key = "pk",
    sort_key = "sk",
    gsi(name = "by-author", partition_key = "author_pk", sort_key = "sk"),
    stream = new_image
)]
enum Feed {
    Post(Post),
    News(News),
}

/// What somebody of a team wrote.
#[derive(DynamoEntity)]
#[dynamo(
    table = Feed,
    partition_key = "FEED#{team}",
    sort_key = "{at}",
    shard = 16,
    index(name = "by-author", partition_key = "AUTHOR#{team}#{author}", sort_key = sort_key, shard = 4)
)]
struct Post {
    #[dynamo(key_only)]
    team: String,
    #[dynamo(key_only)]
    at: u64,
    author: String,
}

/// What everybody reads.
#[derive(DynamoEntity)]
#[dynamo(table = Feed, partition_key = "NEWS", sort_key = "AT#{at}", shard = 4)]
struct News {
    #[dynamo(key_only)]
    at: u64,
}

const fn grant(entity: &'static str, operation: RoleOperation) -> GrantSchema {
    GrantSchema::new("feed", entity, operation)
}

fn module(role: RoleSchema, extras: Extras) -> Module {
    let registry = Registry::new([*Feed::TABLE]).unwrap().with_roles([role]).unwrap();
    let options = Options::new("feed", "0.1.0").with_extras(extras);
    generate(&registry, &options).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

#[test]
fn a_tenant_has_all_shards_of_its_keys_and_of_no_other() {
    let grants =
        vec![grant("Post", RoleOperation::Query), grant("Post", RoleOperation::Query).with_index(Some("by-author"))];
    let role = RoleSchema::new("Member", "", grants.leak()).with_tenant("team", "aws:PrincipalTag/team");
    let module = module(role, Extras::default());
    let policy = module.file("iam.tf").unwrap();
    assert!(policy.contains(r#"["FEED#$${aws:PrincipalTag/team}#??"]"#), "{policy}");
    assert!(policy.contains(r#"["AUTHOR#$${aws:PrincipalTag/team}#*"]"#), "{policy}");
    let page = module.file("README.md").unwrap();
    assert!(page.contains("| `Post` | `FEED#{team}` in 16 shards | `{at}` |"), "{page}");
    // Two digits each, so that a tenant whose name ends in what looks like a shard is another one.
    let matches = |key: &str| key.strip_prefix("FEED#red#").is_some_and(|rest| rest.chars().count() == 2);
    let stored = |team: &str| {
        let json = Dynamo::preview_item(&Post { team: team.into(), at: 7, author: "ann".into() }).unwrap();
        json.split("\"pk\":{\"S\":\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    };
    assert!(matches(&stored("red")) && !matches(&stored("red#0")) && !matches(&stored("re")), "{}", stored("red#0"));
}

#[test]
fn a_constant_key_in_shards_is_a_prefix() {
    let role = RoleSchema::new("Reader", "", vec![grant("News", RoleOperation::Stream(&[]))].leak());
    let mut extras = Extras::default();
    extras.lambda = vec!["Reader".to_owned()];
    let module = module(role, extras);
    let filter = module.file("lambda.tf").unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(filter.contains(r#"pk = { S = [{ prefix = "NEWS#" }] } sk = { S = [{ prefix = "AT#" }] }"#), "{filter}");
}

/// The table with so many shards of its own key, and of its index's.
fn in_shards(own: Option<u16>, of_index: Option<u16>) -> Registry {
    let place = KeyPlace::IndexPartition { index: "by-author", position: 0 };
    let key = |place, text: &'static str, shards: Option<u16>| {
        let mut segments = vec![Segment::Literal(text)];
        segments.extend(shards.into_iter().flat_map(|shards| [Segment::Literal("#"), Segment::Shard(shards)]));
        EntityKey::new(place, KeySource::Template(KeyTemplate::new(text, segments.leak())))
    };
    let keys = [key(KeyPlace::Partition, "DAY", own), key(place, "AUTHOR", of_index)];
    let entity = EntitySchema::new("Post", "", &[]).with_keys(keys.to_vec().leak());
    let table: TableSchema = Feed::TABLE.with_entities(vec![entity].leak());
    Registry::new([table]).unwrap()
}

#[test]
fn another_number_of_shards_says_what_it_does() {
    let table = |shards| in_shards(shards, None);
    let index = |shards| in_shards(None, shards);
    let cases = [
        (table(Some(16)), table(Some(32)), Class::OrphansData, "in another shard"),
        (table(Some(16)), table(Some(8)), Class::OrphansData, "under keys that the code does not make"),
        (table(None), table(Some(8)), Class::OrphansData, "under keys that the code does not make"),
        (table(Some(8)), table(None), Class::OrphansData, "under keys that the code does not make"),
        (index(Some(4)), index(Some(8)), Class::TwoStep, "found in the shards that they are in"),
        (index(Some(8)), index(Some(4)), Class::OrphansData, "until each is written again"),
        (index(None), index(Some(4)), Class::OrphansData, "until each is written again"),
        (index(Some(4)), index(None), Class::OrphansData, "until each is written again"),
    ];
    for (before, after, class, words) in cases {
        let agreed = Snapshot::of(&before);
        assert_eq!(diff(&agreed, &before), []);
        let changes = diff(&agreed, &after);
        assert!(
            matches!(changes.as_slice(), [one] if one.class == class && one.advice.contains(words)),
            "{changes:#?}"
        );
    }
    let changes = diff(&Snapshot::of(&index(Some(4))), &index(Some(8)));
    let text = changes[0].to_string();
    assert!(text.contains(r#""AUTHOR in 4 shards" becomes "AUTHOR in 8 shards""#), "{text}");
}
