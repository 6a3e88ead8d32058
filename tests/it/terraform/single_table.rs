//! One table of several entities, and the roles that use it: policies, streams and the network.

use tablewright::__private::segment;
use tablewright::registry::Registry;
use tablewright::schema::{
    AttributeSchema, EntityKey, EntitySchema, GrantSchema, IndexKind, IndexProjection, IndexSchema, KeyPlace,
    KeySchema, KeySource, KeyTemplate, KeyType, RoleOperation, RoleSchema, Segment, StreamEvent, StreamViewType,
    TableSchema, TableSettings,
};
use tablewright_terraform::{Extras, Module, Options, Provider, check, generate};

use super::assert_golden;
use super::models::SETTINGS;

const fn string(name: &'static str) -> KeySchema {
    KeySchema::new(name, KeyType::S)
}

const fn key(place: KeyPlace, text: &'static str, segments: &'static [Segment]) -> EntityKey {
    EntityKey::new(place, KeySource::Template(KeyTemplate::new(text, segments)))
}

const RECENT: KeyPlace = KeyPlace::IndexPartition { index: "by-recent", position: 0 };
const RECENT_SORT: KeyPlace = KeyPlace::IndexSort { index: "by-recent", position: 0 };

const MESSAGE: EntitySchema = EntitySchema::new("Message", "What somebody wrote.", &[]).with_keys(&[
    key(KeyPlace::Partition, "MSG#{group}", &[Segment::Literal("MSG#"), segment::<String>("group")]),
    key(KeyPlace::Sort, "{sent_at}#{id}", &[segment::<u64>("sent_at"), Segment::Literal("#"), segment::<String>("id")]),
]);

const GROUP: EntitySchema = EntitySchema::new("MessageGroup", "A conversation in somebody's list.", &[]).with_keys(&[
    key(KeyPlace::Partition, "GRP#{user}", &[Segment::Literal("GRP#"), segment::<String>("user")]),
    key(KeyPlace::Sort, "{group}", &[segment::<String>("group")]),
    key(
        RECENT,
        "GRP#{user}#RECENT#{year}",
        &[Segment::Literal("GRP#"), segment::<String>("user"), Segment::Literal("#RECENT#"), segment::<u16>("year")],
    ),
    key(RECENT_SORT, "{last_message_at}", &[segment::<u64>("last_message_at")]),
]);

const PROFILE: EntitySchema = EntitySchema::new("Profile", "", &[]).with_keys(&[
    key(KeyPlace::Partition, "USR#{user}", &[Segment::Literal("USR#"), segment::<String>("user")]),
    key(KeyPlace::Sort, "PROFILE", &[Segment::Literal("PROFILE")]),
]);

const MESSAGES: TableSchema = TableSchema::new("messages", string("pk"), Some(string("sk")))
    .with_indexes(&[IndexSchema::new(
        "by-recent",
        IndexKind::Global,
        &[string("gsi1pk")],
        &[string("gsi1sk")],
        IndexProjection::KeysOnly,
    )
    .with_sparse(true)])
    .with_settings(TableSettings::new().with_stream(StreamViewType::NewAndOldImages))
    .with_entities(&[MESSAGE, GROUP, PROFILE]);

const fn grant(entity: &'static str, operation: RoleOperation) -> GrantSchema {
    GrantSchema::new("messages", entity, operation)
}

const RECENT_GROUPS: GrantSchema = grant("MessageGroup", RoleOperation::Query).with_index(Some("by-recent"));

const MOVER: RoleSchema = RoleSchema::new(
    "GroupMover",
    "Moves a conversation to the top of its members' lists.",
    &[
        grant("Message", RoleOperation::Stream(&[StreamEvent::Insert])),
        grant("Profile", RoleOperation::Stream(&[StreamEvent::Remove, StreamEvent::Modify])),
        grant("MessageGroup", RoleOperation::Update),
        RECENT_GROUPS,
    ],
);

const MEMBER: RoleSchema = RoleSchema::new(
    "Member",
    "",
    &[
        grant("MessageGroup", RoleOperation::Query),
        grant("MessageGroup", RoleOperation::Put),
        grant("Profile", RoleOperation::Get),
        grant("Profile", RoleOperation::Check),
        RECENT_GROUPS,
        grant("Messages", RoleOperation::Describe),
    ],
)
.with_tenant("user", "aws:PrincipalTag/user_id");

const REPORTS: RoleSchema = RoleSchema::new(
    "Reports",
    "Counts everything at night.",
    &[
        grant("Messages", RoleOperation::Scan),
        RECENT_GROUPS,
        GrantSchema::new("settings", "Settings", RoleOperation::BatchGet),
    ],
);

fn extras(lambda: &[&str]) -> Extras {
    let mut extras = Extras::default();
    extras.lambda = lambda.iter().map(|&name| name.to_owned()).collect();
    extras
}

fn module(roles: &[RoleSchema], extras: Extras) -> Module {
    let registry = Registry::new([MESSAGES, SETTINGS]).unwrap().with_roles(roles.iter().copied()).unwrap();
    let options = Options::new("shop-model", "0.3.1").with_extras(extras);
    generate(&registry, &options).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn problems(role: RoleSchema, extras: Extras) -> Vec<String> {
    let registry = Registry::new([MESSAGES]).unwrap().with_roles([role]).unwrap();
    let options = Options::new("shop-model", "0.3.1").with_extras(extras);
    check(&registry, &options).iter().map(ToString::to_string).collect()
}

#[track_caller]
fn refused(role: RoleSchema, extras: Extras, words: &str) {
    let found = problems(role, extras);
    assert!(matches!(found.as_slice(), [one] if one.contains(words)), "expected only {words:?}, got {found:#?}");
}

/// The table with its roles, the stream's handler and the network.
pub(super) fn asked() -> (Registry, Options) {
    let registry = Registry::new([MESSAGES, SETTINGS]).unwrap().with_roles([MOVER, MEMBER, REPORTS]).unwrap();
    let mut extras = extras(&["GroupMover"]);
    extras.vpc_endpoint = true;
    (registry, Options::new("shop-model", "0.3.1").with_extras(extras))
}

#[test]
fn roles_streams_and_the_network() {
    let (registry, options) = asked();
    assert_golden("single_table", &generate(&registry, &options).unwrap());
}

#[test]
fn without_wishes_a_module_has_its_tables_only() {
    let files: Vec<String> = module(&[], Extras::default()).files().map(|(path, _)| path.to_owned()).collect();
    let expected = [
        "README.md",
        "examples/complete/main.tf",
        "locals.tf",
        "outputs.tf",
        "table_messages.tf",
        "table_settings.tf",
        "tests/offline.tftest.hcl",
        "variables.tf",
        "versions.tf",
    ];
    assert_eq!(files, expected);
}

/// The filter patterns that Lambda gets for a role, without white space.
fn patterns(grants: &[GrantSchema]) -> Vec<String> {
    let module = module(&[RoleSchema::new("Reader", "", grants.to_vec().leak())], extras(&["Reader"]));
    let text = module.file("lambda.tf").unwrap();
    let patterns = text.split("jsonencode(").skip(1).filter_map(|rest| rest.split("    })\n").next());
    patterns.map(|pattern| pattern.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn filters_never_lose_a_record() {
    const fn stream(entity: &'static str) -> GrantSchema {
        grant(entity, RoleOperation::Stream(&[]))
    }
    assert_eq!(patterns(&[stream("Messages")]), [""; 0], "the whole table needs no filter");
    assert_eq!(patterns(&[stream("Messages"), stream("Message")]), [""; 0], "what one needs, the other must not lose");
    assert_eq!(patterns(&[stream("Message")]).len(), 1);
    let removed = patterns(&[grant("Messages", RoleOperation::Stream(&[StreamEvent::Remove, StreamEvent::Expire]))]);
    assert!(
        matches!(removed.as_slice(), [one] if one.contains("REMOVE") && !one.contains("userIdentity")),
        "{removed:?}"
    );
    let expired = patterns(&[grant("Message", RoleOperation::Stream(&[StreamEvent::Insert, StreamEvent::Expire]))]);
    assert!(
        matches!(expired.as_slice(), [insert, expire]
        if insert.contains("\"INSERT\"") && !insert.contains("REMOVE")
        && expire.contains("dynamodb.amazonaws.com") && expire.contains("prefix = \"MSG#\"")),
        "{expired:?}"
    );
}

#[test]
fn roles_that_cannot_be_kept_to_a_tenant_are_refused() {
    let tenant = |grant: GrantSchema| {
        RoleSchema::new("Member", "", vec![grant].leak()).with_tenant("user", "aws:PrincipalTag/user_id")
    };
    let none = Extras::default;
    refused(
        tenant(grant("Message", RoleOperation::Get)),
        none(),
        "role `Member`: it is kept to partition keys that begin with `user`, and those of `Message` in the table do not: \
         the key template `MSG#{group}` does not begin with `user`",
    );
    refused(tenant(grant("Profile", RoleOperation::Scan)), none(), "reads all items of table `messages`");
    refused(tenant(grant("Profile", RoleOperation::Stream(&[]))), none(), "reads all items of table `messages`");
    refused(
        tenant(grant("Profile", RoleOperation::Query).with_index(Some("by-recent"))),
        none(),
        "the entity is not in index `by-recent`",
    );
    assert_eq!(problems(tenant(grant("Messages", RoleOperation::Describe)), none()), [""; 0]);
}

#[test]
fn a_tenant_by_a_field_needs_text() {
    let table = |key_type| {
        let kind = if key_type == KeyType::S { "S" } else { "N" };
        let attributes = vec![AttributeSchema::new("owner", "owner_id", kind, false)].leak();
        TableSchema::new("notes", KeySchema::new("owner", key_type), None)
            .with_entities(vec![EntitySchema::new("Note", "", attributes)].leak())
    };
    let role = RoleSchema::new("Owner", "", vec![GrantSchema::new("notes", "Note", RoleOperation::Get)].leak())
        .with_tenant("owner_id", "aws:PrincipalTag/owner");
    let of = |key_type| Registry::new([table(key_type)]).unwrap().with_roles([role]).unwrap();
    let options = Options::new("notes", "1.0.0");
    let module = generate(&of(KeyType::S), &options).unwrap();
    assert!(module.file("iam.tf").unwrap().contains("[\"$${aws:PrincipalTag/owner}\"]"));
    let problems = generate(&of(KeyType::N), &options).unwrap_err();
    assert!(problems[0].message.contains("of type N, and a policy compares text"), "{problems:?}");
}

#[test]
fn wishes_for_what_is_not_there_are_refused() {
    refused(REPORTS, Extras::default(), "role `Reports`: it uses table `settings`, which is not among the tables");
    refused(MEMBER, extras(&["Mover"]), "the options: `--lambda Mover` names no role");
    refused(MEMBER, extras(&["Member"]), "role `Member`: Lambda is to run it, and it reads no stream");
    let index = RoleSchema::new("R", "", vec![grant("Message", RoleOperation::Query).with_index(Some("by-x"))].leak());
    refused(index, Extras::default(), "it reads index `by-x`, which table `messages` does not have");
    let mut unknown = Extras::default();
    unknown.kinesis = vec!["message".to_owned()];
    refused(MEMBER, unknown, "`--kinesis message` names no table; there are: `messages`");
    let mut scaled = Extras::default();
    scaled.autoscaling = vec!["messages".to_owned()];
    refused(MEMBER, scaled, "`--autoscaling messages` names a table that is billed on demand");
}

#[test]
fn the_command_in_the_header_asks_for_the_same() {
    let mut extras = extras(&["B", "A", "B"]);
    extras.vpc_endpoint = true;
    let options = Options::new("shop", "1.0.0").with_provider(Provider::Aws6).with_extras(extras);
    let none = Registry::new([MESSAGES]).unwrap();
    assert!(generate(&none, &options).is_err());
    let mut known = options.clone();
    known.extras.lambda.clear();
    let module = generate(&none, &known).unwrap();
    let second = module.file("locals.tf").unwrap().lines().nth(1);
    let command =
        "# Regenerate: cargo tablewright terraform -p shop --provider aws6 --vpc-endpoint --out <this folder>";
    assert_eq!(second, Some(command));
}
