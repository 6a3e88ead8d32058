use tablewright::registry::Registry;
use tablewright::schema::{
    AttributeSchema, Billing, Capacity, EntitySchema, IndexKind, IndexProjection, IndexSchema, KeySchema, KeyType,
    PointInTimeRecovery, Source, TableSchema, TableSettings,
};

use super::check;
use crate::{Options, Provider};

const fn s(name: &'static str) -> KeySchema {
    KeySchema::new(name, KeyType::S)
}

const fn n(name: &'static str) -> KeySchema {
    KeySchema::new(name, KeyType::N)
}

const TABLE: TableSchema = TableSchema::new("orders", s("pk"), Some(s("sk")));

fn gsi(name: &'static str, partition: &[KeySchema], sort: &[KeySchema]) -> IndexSchema {
    IndexSchema::new(name, IndexKind::Global, leak(partition.to_vec()), leak(sort.to_vec()), IndexProjection::All)
}

fn lsi(name: &'static str, partition: &[KeySchema], sort: &[KeySchema]) -> IndexSchema {
    IndexSchema::new(name, IndexKind::Local, leak(partition.to_vec()), leak(sort.to_vec()), IndexProjection::All)
}

fn leak<T>(values: Vec<T>) -> &'static [T] {
    values.leak()
}

fn including(name: &'static str, attributes: Vec<&'static str>) -> IndexSchema {
    const G: &[KeySchema] = &[s("g")];
    IndexSchema::new(name, IndexKind::Global, G, &[], IndexProjection::Include(leak(attributes)))
}

fn numbered(prefix: &str, count: usize) -> Vec<&'static str> {
    (0..count).map(|number| &*format!("{prefix}{number}").leak()).collect()
}

fn problems(tables: &[TableSchema], provider: Provider) -> Vec<String> {
    let registry = Registry::new(tables.iter().copied()).unwrap();
    let options = Options::new("shop-model", "0.3.1").with_provider(provider);
    check(&registry, &options).iter().map(ToString::to_string).collect()
}

/// The table has exactly one problem, and its message has these words in it.
#[track_caller]
fn refused(table: TableSchema, words: &str) {
    let problems = problems(&[table], Provider::Aws5);
    assert!(matches!(problems.as_slice(), [one] if one.contains(words)), "expected only {words:?}, got {problems:#?}");
    assert!(problems[0].starts_with(&format!("table `{}`: ", table.name)), "{problems:?}");
}

#[track_caller]
fn refused_index(index: IndexSchema, words: &str) {
    refused(TABLE.with_indexes(leak(vec![index])), words);
}

#[track_caller]
fn refused_settings(settings: TableSettings, words: &str) {
    refused(TABLE.with_settings(settings), words);
}

#[track_caller]
fn accepted(table: TableSchema, provider: Provider) {
    assert_eq!(problems(&[table], provider), Vec::<String>::new());
}

#[test]
fn names() {
    refused(TableSchema::new("or", s("pk"), None), "2 characters; give it a name of 3 to 255");
    refused(TableSchema::new("my orders", s("pk"), None), "its name has a character");
    refused(TableSchema::new("ordérs", s("pk"), None), "its name has a character");
    refused(TableSchema::new(numbered("", 1)[0].repeat(256).leak(), s("pk"), None), "256 characters");
    accepted(TableSchema::new("0".repeat(255).leak(), s("pk"), None), Provider::Aws5);
    refused(TableSchema::new("orders", s(""), None), "partition key has 0 bytes");
    refused(TableSchema::new("orders", s("é".repeat(128).leak()), None), "256 bytes");
    refused_index(gsi("g/1", &[s("g")], &[]), "index `g/1` has a character");
    refused_index(gsi("gs", &[s("g")], &[]), "index `gs` has 2 characters");
    refused_index(gsi("by_g", &[s("")], &[]), "key attribute of index `by_g` has 0 bytes");
}

#[test]
fn keys() {
    refused(TableSchema::new("orders", s("id"), Some(s("id"))), "`id` is its partition key and its sort key");
    refused_index(gsi("by_sk", &[n("sk")], &[]), "attribute `sk` is a key of type S in one place and N in another");
    let stored = |name, attribute_type| {
        let attributes = leak(vec![AttributeSchema::new(name, "field", attribute_type, false)]);
        TABLE.with_ttl("ttl").with_entities(leak(vec![EntitySchema::new("Order", "", attributes)]))
    };
    refused(stored("sk", "N"), "key attribute `sk` has type S, but `Order` stores field `field` there as N");
    refused(stored("ttl", "S"), "time-to-live attribute `ttl` is stored by `Order` as S");
    accepted(stored("sk", "*"), Provider::Aws5);
    accepted(stored("ttl", "N"), Provider::Aws5);
    refused(TABLE.with_ttl("sk"), "time-to-live attribute `sk` is a key of type S");
    refused(TABLE.with_ttl(""), "time-to-live attribute has 0 bytes");
}

#[test]
fn counts_of_indexes() {
    let many = |kind: IndexKind, count: usize| {
        let make = if kind == IndexKind::Global { gsi } else { lsi };
        let index = |name| make(name, &[s("pk")], &[s("other")]);
        TABLE.with_indexes(leak(numbered("index", count).into_iter().map(index).collect()))
    };
    accepted(many(IndexKind::Global, 20), Provider::Aws5);
    refused(many(IndexKind::Global, 21), "21 global secondary indexes; AWS allows 20");
    accepted(many(IndexKind::Local, 5), Provider::Aws5);
    refused(many(IndexKind::Local, 6), "6 local secondary indexes; AWS allows 5");
}

#[test]
fn index_names_are_unique_across_kinds() {
    let indexes = leak(vec![gsi("by_x", &[s("x")], &[]), lsi("by_x", &[s("pk")], &[s("x")])]);
    refused(TABLE.with_indexes(indexes), "two of its indexes are named `by_x`");
}

#[test]
fn local_indexes() {
    let no_sort =
        TableSchema::new("orders", s("pk"), None).with_indexes(leak(vec![lsi("by_x", &[s("pk")], &[s("x")])]));
    refused(no_sort, "local index `by_x` needs a table with a sort key");
    refused_index(lsi("by_x", &[s("other")], &[s("x")]), "must have the table's partition key `pk`");
    refused_index(lsi("by_x", &[s("pk")], &[]), "has 0 sort-key attributes; give it one");
    refused_index(lsi("by_x", &[s("pk")], &[s("x"), s("y")]), "has 2 sort-key attributes; give it one");
    refused_index(lsi("by_x", &[s("pk")], &[s("pk")]), "is the table's partition key");
    let sized = lsi("by_x", &[s("pk")], &[s("x")]).with_capacity(Capacity { read: 1, write: 1 });
    refused_index(sized, "cannot have capacity of its own");
}

#[test]
fn global_indexes() {
    refused_index(gsi("by_x", &[s("x")], &[s("x")]), "attribute `x` is twice in the key");
    refused_index(gsi("by_x", &[], &[s("x")]), "has 0 partition-key attributes; give it 1 to 4");
    refused_index(gsi("by_x", &[s("x"), s("y")], &[]), "`--provider aws6`");
    refused_index(gsi("by_x", &[s("x")], &[s("y"), s("z")]), "`--provider aws6`");
    let most = gsi("by_x", &[s("a"), s("b"), s("c"), s("d")], &[s("e"), s("f"), s("g"), s("h")]);
    accepted(TABLE.with_indexes(leak(vec![most])), Provider::Aws6);
    let five = [s("a"), s("b"), s("c"), s("d"), s("e")];
    let too_many = TABLE.with_indexes(leak(vec![gsi("by_x", &five, &[]), gsi("by_y", &[s("x")], &five)]));
    let found = problems(&[too_many], Provider::Aws6);
    assert!(found[0].contains("5 partition-key attributes") && found[1].contains("5 sort-key attributes"), "{found:?}");
}

#[test]
fn projections() {
    refused_index(including("by_g", vec![]), "includes no attributes");
    accepted(TABLE.with_indexes(leak(vec![including("by_g", numbered("a", 20))])), Provider::Aws5);
    refused_index(including("by_g", numbered("a", 21)), "includes 21 attributes; AWS allows 20");
    refused_index(including("by_g", vec!["a", "a"]), "includes attribute `a` twice");
    refused_index(including("by_g", vec![""]), "index `by_g` includes has 0 bytes");
    let all: Vec<_> = numbered("index", 6).into_iter().map(|name| including(name, numbered("a", 17))).collect();
    refused(TABLE.with_indexes(leak(all)), "include 102 attributes in all; AWS allows 100");
}

#[test]
fn capacity() {
    let none = Capacity { read: 0, write: 1 };
    refused_settings(TableSettings::new().with_billing(Billing::Provisioned(none)), "provisioned capacity is 0");
    refused_settings(TableSettings::new().with_billing(Billing::OnDemand { max: Some(none) }), "maximum is 0");
    let sized = gsi("by_x", &[s("x")], &[]).with_capacity(Capacity { read: 1, write: 1 });
    refused_index(sized, "index `by_x` has provisioned capacity, but the table is billed on demand");
    let provisioned = TableSettings::new().with_billing(Billing::Provisioned(Capacity { read: 1, write: 1 }));
    let table = TABLE.with_settings(provisioned);
    accepted(table.with_indexes(leak(vec![sized])), Provider::Aws5);
    let empty = gsi("by_x", &[s("x")], &[]).with_capacity(none);
    refused(table.with_indexes(leak(vec![empty])), "index `by_x` has a provisioned capacity of 0");
}

#[test]
fn recovery_and_warm_throughput() {
    let days = |days| TableSettings::new().with_point_in_time_recovery(PointInTimeRecovery::Enabled { days });
    refused_settings(days(0), "reaches back 0 days; write 1 to 35");
    refused_settings(days(36), "reaches back 36 days; write 1 to 35");
    accepted(TABLE.with_settings(days(35)), Provider::Aws5);
    let warm = |read, write| TableSettings::new().with_warm_throughput(Capacity { read, write });
    refused_settings(warm(12_000, 4_000), "`--provider aws6`");
    accepted(TABLE.with_settings(warm(12_000, 4_000)), Provider::Aws6);
    let found = problems(&[TABLE.with_settings(warm(11_999, 4_000))], Provider::Aws6);
    assert!(matches!(found.as_slice(), [one] if one.contains("at least 12000 and 4000")), "{found:?}");
}

#[test]
fn tags() {
    let tags = |tags: Vec<(&'static str, &'static str)>| TableSettings::new().with_tags(leak(tags));
    refused_settings(tags(vec![("a", "1"), ("a", "2")]), "tag `a` is there twice");
    refused_settings(tags(vec![("AWS:x", "1")]), "begins with `aws:`");
    refused_settings(tags(vec![("", "1")]), "key of 0 characters");
    refused_settings(tags(vec![("a", "v".repeat(257).leak())]), "value of 257 characters");
    refused_settings(tags(numbered("t", 51).into_iter().map(|key| (key, "")).collect()), "51 tags; AWS allows 50");
}

#[test]
fn names_that_become_one_name() {
    let named = |name| TableSchema::new(name, s("pk"), None);
    let found = problems(&[named("audit.log"), named("audit_log"), named("Audit-Log")], Provider::Aws5);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found.iter().all(|message| message.contains("TABLEWRIGHT_TABLE_AUDIT_LOG")), "{found:?}");
}

#[test]
fn all_at_once_and_with_their_place() {
    let source = Source { package: "shop", version: "1.0.0", module: "shop", file: "src/lib.rs", line: 12 };
    let bad = TableSchema::new("b d", s("id"), Some(s("id"))).with_indexes(leak(vec![gsi("x", &[s("y")], &[])]));
    let found = problems(&[bad.with_source(source), TableSchema::new("a", s("pk"), None)], Provider::Aws5);
    assert_eq!(found.len(), 4, "{found:?}");
    assert!(found[1].starts_with("table `b d` (src/lib.rs:12): "), "{found:?}");
}
