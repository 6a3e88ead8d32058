//! The changes, and what is expected of each.
//!
//! Those that are made by hand in the file cannot come from the code: the generator always writes the blocks of time to live,
//! recovery and encryption, takes the prefix, the key and the replicas from variables, writes an attribute only where a key
//! has it, and knows no import. A test asks that of every table here.

use tablewright::schema::{
    Billing, Capacity, IndexKind, IndexProjection, IndexSchema, KeySchema, KeyType, PointInTimeRecovery,
    StreamViewType, TableClass, TableSchema, TableSettings,
};
use tablewright_terraform::Class;

/// How a table is changed.
#[derive(Clone, Copy)]
pub(super) enum Edit {
    /// In the code.
    Code(fn(&mut TableSchema)),
    /// By hand in the generated file: a piece of text becomes another one.
    File(&'static str, &'static str),
    /// By hand in the generated file: a block goes.
    NoBlock(&'static str),
}
use Edit::{Code, File, NoBlock};

/// The actions that Terraform plans for the resource.
const NOTHING: &[&str] = &["no-op"];
const UPDATE: &[&str] = &["update"];
const REPLACE: &[&str] = &["delete", "create"];
const DELETE: &[&str] = &["delete"];

pub(super) type Mutation = (&'static str, Edit, &'static [&'static str], Option<Class>);

pub(super) const fn s(name: &'static str) -> KeySchema {
    KeySchema::new(name, KeyType::S)
}

const fn n(name: &'static str) -> KeySchema {
    KeySchema::new(name, KeyType::N)
}

const BY_STATUS: IndexSchema =
    IndexSchema::new("by-status", IndexKind::Global, &[s("status")], &[n("at")], IndexProjection::Include(&["total"]));
const BY_TIME: IndexSchema =
    IndexSchema::new("by-time", IndexKind::Local, &[s("pk")], &[n("at")], IndexProjection::All);
const BY_OWNER: IndexSchema =
    IndexSchema::new("by-owner", IndexKind::Global, &[s("owner")], &[], IndexProjection::KeysOnly);

const SETTINGS: TableSettings = TableSettings::new()
    .with_stream(StreamViewType::NewImage)
    .with_point_in_time_recovery(PointInTimeRecovery::Enabled { days: 7 })
    .with_deletion_protection(true)
    .with_tags(&[("team", "red")]);

pub(super) const BASE: TableSchema = TableSchema::new("base", s("pk"), Some(s("sk")))
    .with_indexes(&[BY_STATUS, BY_TIME, BY_OWNER])
    .with_ttl("expires_at")
    .with_settings(SETTINGS);

fn leak<T, const N: usize>(values: [T; N]) -> &'static [T] {
    Box::leak(Box::new(values))
}

fn index(table: &mut TableSchema, place: usize, edit: impl FnOnce(&mut IndexSchema)) {
    let mut indexes = table.indexes.to_vec();
    edit(&mut indexes[place]);
    table.indexes = indexes.leak();
}

const fn named(mut index: IndexSchema, name: &'static str) -> IndexSchema {
    index.name = name;
    index
}

const CAPACITY: Capacity = Capacity { read: 5, write: 5 };

pub(super) const MUTATIONS: [Mutation; 39] = [
    ("nothing", Code(|_| {}), NOTHING, None),
    ("name", File("${var.name_prefix}", "${var.name_prefix}other-"), REPLACE, Some(Class::Replaces)),
    ("partition key renamed", Code(|of| with_partition(of, s("id"))), REPLACE, Some(Class::Replaces)),
    ("sort key renamed", Code(|of| of.sort_key = Some(s("order"))), REPLACE, Some(Class::Replaces)),
    (
        "sort key removed",
        Code(|of| {
            of.sort_key = None;
            of.indexes = &[BY_STATUS, BY_OWNER];
        }),
        REPLACE,
        Some(Class::Replaces),
    ),
    ("partition key S to N", Code(|of| with_partition(of, n("pk"))), NOTHING, Some(Class::Impossible)),
    ("sort key S to N", Code(|of| of.sort_key = Some(n("sk"))), NOTHING, Some(Class::Impossible)),
    (
        "global key S to N",
        Code(|of| index(of, 0, |of| of.partition_key = leak([n("status")]))),
        NOTHING,
        Some(Class::Impossible),
    ),
    (
        "local key N to S",
        Code(|of| {
            index(of, 0, |of| of.sort_key = leak([s("at")]));
            index(of, 1, |of| of.sort_key = leak([s("at")]));
        }),
        NOTHING,
        Some(Class::Impossible),
    ),
    (
        "global index added",
        Code(|of| of.indexes = leak([BY_STATUS, BY_TIME, BY_OWNER, named(BY_STATUS, "second")])),
        UPDATE,
        Some(Class::Online),
    ),
    ("global index removed", Code(|of| of.indexes = &[BY_TIME, BY_OWNER]), UPDATE, Some(Class::Online)),
    ("global index renamed", Code(|of| index(of, 0, |of| of.name = "by-state")), UPDATE, Some(Class::IndexRebuild)),
    (
        "global index carries all",
        Code(|of| index(of, 0, |of| of.projection = IndexProjection::All)),
        UPDATE,
        Some(Class::IndexRebuild),
    ),
    (
        "global index carries more",
        Code(|of| index(of, 0, |of| of.projection = IndexProjection::Include(&["note", "total"]))),
        UPDATE,
        Some(Class::IndexRebuild),
    ),
    (
        "global partition key",
        Code(|of| index(of, 0, |of| of.partition_key = leak([s("state")]))),
        UPDATE,
        Some(Class::IndexRebuild),
    ),
    (
        "global sort key added",
        Code(|of| index(of, 2, |of| of.sort_key = leak([n("at")]))),
        UPDATE,
        Some(Class::IndexRebuild),
    ),
    ("global sort key gone", Code(|of| index(of, 0, |of| of.sort_key = &[])), UPDATE, Some(Class::IndexRebuild)),
    (
        "local index added",
        Code(|of| of.indexes = leak([BY_STATUS, BY_TIME, BY_OWNER, named(BY_TIME, "second")])),
        REPLACE,
        Some(Class::Replaces),
    ),
    ("local index removed", Code(|of| of.indexes = &[BY_STATUS, BY_OWNER]), REPLACE, Some(Class::Replaces)),
    (
        "local index carries less",
        Code(|of| index(of, 1, |of| of.projection = IndexProjection::KeysOnly)),
        NOTHING,
        Some(Class::Impossible),
    ),
    ("local index renamed", Code(|of| index(of, 1, |of| of.name = "by-moment")), REPLACE, Some(Class::Replaces)),
    (
        "stream of more",
        Code(|of| of.settings.stream = Some(StreamViewType::NewAndOldImages)),
        UPDATE,
        Some(Class::StreamReset),
    ),
    ("stream gone", Code(|of| of.settings.stream = None), UPDATE, Some(Class::StreamReset)),
    ("time to live by another attribute", Code(|of| of.ttl = Some("until")), UPDATE, Some(Class::TwoStep)),
    // Why the module always writes this block, and the two like it.
    ("block of time to live gone", NoBlock("ttl"), NOTHING, None),
    ("time to live gone", Code(|of| of.ttl = None), UPDATE, Some(Class::Safe)),
    (
        "recovery off",
        Code(|of| of.settings.point_in_time_recovery = Some(PointInTimeRecovery::Disabled)),
        UPDATE,
        Some(Class::Safe),
    ),
    ("block of recovery gone", NoBlock("point_in_time_recovery"), NOTHING, None),
    (
        "another key",
        File(
            "enabled     = var.kms_key_arn != null\n    kms_key_arn = var.kms_key_arn",
            "enabled     = true\n    kms_key_arn = \"arn:aws:kms:eu-west-1:123456789012:key/1\"",
        ),
        UPDATE,
        Some(Class::Online),
    ),
    ("block of encryption gone", NoBlock("server_side_encryption"), NOTHING, None),
    ("provisioned", Code(|of| of.settings.billing = Billing::Provisioned(CAPACITY)), UPDATE, Some(Class::Online)),
    ("protection off", Code(|of| of.settings.deletion_protection = Some(false)), UPDATE, Some(Class::Safe)),
    ("class", Code(|of| of.settings.table_class = TableClass::StandardInfrequentAccess), UPDATE, Some(Class::Online)),
    (
        "replica",
        File(
            "for_each = var.replicas",
            "for_each = { eu-west-2 = { kms_key_arn = null, point_in_time_recovery = true, propagate_tags = true } }",
        ),
        UPDATE,
        Some(Class::Online),
    ),
    ("tags", Code(|of| of.settings.tags = &[("team", "blue")]), UPDATE, Some(Class::Safe)),
    ("limits", Code(|of| of.settings.billing = Billing::OnDemand { max: Some(CAPACITY) }), UPDATE, Some(Class::Safe)),
    (
        "import of data",
        File(
            "  ttl {",
            "  import_table {\n    input_format = \"DYNAMODB_JSON\"\n    s3_bucket_source {\n      bucket = \"b\"\n    }\n  }\n\n  ttl {",
        ),
        REPLACE,
        Some(Class::Replaces),
    ),
    ("renamed", Code(|of| of.name = "renamed-by-name"), DELETE, Some(Class::Deletes)),
    (
        "renamed and declared",
        Code(|of| {
            of.settings.renamed_from = Some(of.name);
            of.name = "renamed-and-declared";
        }),
        NOTHING,
        Some(Class::Safe),
    ),
];

/// Changes that are refused when they are planned, in a module with its guards, and what is said then.
pub(super) const REFUSED: [(&str, Edit, &str); 2] = [
    (
        "partition key renamed in spite of the guard",
        Code(|of| with_partition(of, s("id"))),
        "Instance cannot be destroyed",
    ),
    (
        "attribute that is no key",
        File("  ttl {", "  attribute {\n    name = \"zz\"\n    type = \"S\"\n  }\n\n  ttl {"),
        "all attributes must be indexed",
    ),
];

/// Another partition key, which local indexes have as well.
pub(super) fn with_partition(table: &mut TableSchema, key: KeySchema) {
    table.partition_key = key;
    index(table, 1, |of| of.partition_key = leak([key]));
}
