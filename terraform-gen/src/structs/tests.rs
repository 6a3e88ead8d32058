use super::structs;

/// `aws dynamodb describe-table` of a table whose key attributes are text.
fn table(name: &str, sort: Option<&str>) -> String {
    let keys: Vec<(&str, &str)> = [("pk", "HASH")].into_iter().chain(sort.map(|sort| (sort, "RANGE"))).collect();
    let schema: Vec<String> =
        keys.iter().map(|(name, kind)| format!(r#"{{"AttributeName": "{name}", "KeyType": "{kind}"}}"#)).collect();
    let types: Vec<String> =
        keys.iter().map(|(name, _)| format!(r#"{{"AttributeName": "{name}", "AttributeType": "S"}}"#)).collect();
    format!(
        r#"{{"Table": {{"TableName": "{name}", "KeySchema": [{}], "AttributeDefinitions": [{}]}}}}"#,
        schema.join(","),
        types.join(",")
    )
}

/// Items with these texts as `pk` and `sk`, and attributes after them.
fn items(keys: &[(&str, &str, &str)]) -> String {
    let item = |(pk, sk, more): &(&str, &str, &str)| {
        format!("{{\"pk\": {{\"S\": \"{pk}\"}}, \"sk\": {{\"S\": \"{sk}\"}}{more}}}\n")
    };
    keys.iter().map(item).collect()
}

fn written(keys: &[(&str, &str, &str)]) -> String {
    structs(&table("things", Some("sk")), &[("things", &items(keys))], "").unwrap()
}

#[track_caller]
fn assert_has(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part} is not in:\n{text}");
    }
}

#[test]
fn literals_of_keys_make_entities() {
    let text = written(&[
        ("USER#ann", "PROFILE", r#", "name": {"S": "Ann"}"#),
        ("USER#bob", "PROFILE", r#", "name": {"S": "Bob"}"#),
        ("USER#ann", "ORDER#2026#17", r#", "total": {"N": "5"}"#),
        ("USER#ann", "ORDER#2026#4", r#", "total": {"N": "7"}"#),
    ]);
    assert_has(
        &text,
        &[
            "pub enum Things {",
            "    Order(Order),",
            "    Profile(Profile),",
            r##"partition_key(template = "USER#{user}", raw)"##,
            r##"sort_key(template = "ORDER#{year}#{order}", raw)"##,
            r#"sort_key = "PROFILE""#,
            "    #[dynamo(key_only)]\n    pub year: u64,",
        ],
    );
}

#[test]
fn values_that_the_item_has_are_named_after_their_attribute() {
    let text = written(&[
        ("ACC#0007", "META", r#", "accountId": {"N": "7"}, "status": {"S": "OPEN"}"#),
        ("ACC#0012", "META", r#", "accountId": {"N": "12"}, "status": {"S": "OPEN"}"#),
        ("ACC#0007", "S#IN_PROGRESS#085ef82f-1111-4222-8333-444455556666", r#", "status": {"S": "IN_PROGRESS"}"#),
    ]);
    assert_has(
        &text,
        &[
            r##"partition_key(template = "ACC#{account_id:04}", raw)"##,
            r##"sort_key(template = "S#{status}#"##,
            "    #[dynamo(rename = \"accountId\")]\n    pub account_id: u64,",
        ],
    );
    assert!(!text.contains("S#IN_PROGRESS"), "a value is no label: {text}");
}

/// A table of which two indexes share a key attribute, and one of them has another that no item has.
#[test]
fn an_index_that_no_item_is_in_takes_what_there_is() {
    let keys = |index: &str, sort: &str| {
        format!(
            r#"{{"IndexName": "{index}", "Projection": {{"ProjectionType": "ALL"}}, "KeySchema": [
                {{"AttributeName": "g", "KeyType": "HASH"}}, {{"AttributeName": "{sort}", "KeyType": "RANGE"}}]}}"#
        )
    };
    let mut types =
        ["pk", "sk", "g", "h", "type"].map(|name| format!(r#"{{"AttributeName": "{name}", "AttributeType": "S"}}"#));
    types.sort();
    let table = format!(
        r#"{{"TableName": "things", "AttributeDefinitions": [{}], "GlobalSecondaryIndexes": [{}, {}],
            "KeySchema": [{{"AttributeName": "pk", "KeyType": "HASH"}}, {{"AttributeName": "sk", "KeyType": "RANGE"}}]}}"#,
        types.join(","),
        keys("by-h", "h"),
        keys("by-type", "type"),
    );
    let items = items(&[
        ("USER#ann", "PROFILE", r#", "g": {"S": "U#ann"}, "type": {"S": "user"}"#),
        ("USER#bob", "PROFILE", r#", "g": {"S": "U#bob"}, "type": {"S": "user"}"#),
    ]);
    let text = structs(&table, &[("things", &items)], "").unwrap();
    assert_has(
        &text,
        &[
            r##"partition_key(template = "U#{user}", raw),
        sort_key = "h",
        sparse"##,
            r##"partition_key(template = "U#{user}", raw),
        sort_key = "type"
    )"##,
        ],
    );
    assert!(!text.contains("tag ="), "the key of an index is no tag: {text}");
}

#[test]
fn keys_of_our_own_form_are_not_raw() {
    let (one, two) = ("085ef82f-1111-4222-8333-444455556666", "c64b8453-1111-4222-8333-444455556666");
    let at = format!("AT#2026-01-01T00:00:00Z#{two}");
    let text = written(&[(&format!("GRP#{one}"), two, ""), (&format!("MSG#{one}"), &at, "")]);
    assert_has(&text, &[r##"partition_key = "GRP#{grp}""##, r##"sort_key = "AT#{at}#{at_2}""##]);
    assert!(!text.contains("raw"), "{text}");
}

#[test]
fn one_value_in_two_keys_is_one_field_if_that_is_no_accident() {
    let text = written(&[("USER#1", "CARD#1", "")]);
    assert_has(&text, &[r##"sort_key(template = "CARD#{card}", raw)"##]);
    let text = written(&[("USER#1", "CARD#1", ""), ("USER#2", "CARD#2", "")]);
    assert_has(&text, &[r##"sort_key(template = "CARD#{user}", raw)"##]);
}

#[test]
fn keys_that_do_not_tell_types_apart_stay_attributes() {
    let text = written(&[("USER#ann", "x#y", ""), ("USER#ann", "x", ""), ("plain", "x", "")]);
    assert_has(
        &text,
        &["No key templates were found in the sample: ", "    #[dynamo(partition_key)]\n    pub pk: String,"],
    );
    assert!(!text.contains("enum"), "{text}");
}

#[test]
fn ordinary_keys_need_no_excuse() {
    let text = written(&[("ann", "2026-01-01", ""), ("bob", "2026-01-02", "")]);
    assert!(!text.contains("No key templates"), "{text}");
    assert_has(
        &text,
        &["#[derive(DynamoTable, Debug, Clone, PartialEq)]\n#[dynamo(table = \"things\")]\npub struct Things {"],
    );
}

#[test]
fn a_conflict_is_counted_and_its_values_are_not_quoted() {
    let secret = r#", "pin": {"S": "hunter2"}"#;
    let text = written(&[("a", "1", r#", "pin": {"N": "1"}"#), ("a", "2", secret), ("a", "3", secret)]);
    assert_has(
        &text,
        &[
            "Its values are of different types: N once (first in `pk = a, sk = 1`), S 2 times (first in `pk = a, sk = 2`).",
            "    pub pin: Value,",
        ],
    );
    assert!(!text.contains("hunter2"), "{text}");
}

#[test]
fn the_same_input_gives_the_same_file() {
    let tables = [table("b", None), table("a", None)].join("\n");
    let other = [table("a", None), table("b", None)].join("\n");
    assert_eq!(structs(&tables, &[], ""), structs(&other, &[], ""));
}

#[test]
fn what_cannot_be_read_is_named() {
    let refused = |tables: &str, items: &[(&str, &str)], prefix: &str| structs(tables, items, prefix).unwrap_err();
    let one = table("prod-a", None);
    assert!(refused("{}", &[], "").contains("neither the output of"));
    assert_eq!(refused(&one, &[], "dev-"), "there is no table whose name begins with `dev-`");
    assert_eq!(refused(&one, &[("b", "")], ""), "there are items of `b`, which is none of the tables");
    assert!(refused(&one, &[("prod-a", "[]")], "").starts_with("the items of `prod-a`: document 1 in it"));
    let untyped = r#"{"TableName": "abc", "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}]}"#;
    assert_eq!(refused(untyped, &[], ""), "table `abc`: the type of its key attribute `pk` is not said");
}

#[cfg(all(feature = "serve", feature = "discover"))]
#[test]
fn a_server_is_asked_for_tables_and_a_bounded_sample() {
    use serde_json::json;
    use tablewright::testing::Embedded;

    use super::live;
    use crate::observed::Endpoint;
    use crate::serve::Server;

    let engine = Embedded::memory().unwrap();
    for name in ["dev-a", "dev-b", "other"] {
        let request = json!({
            "TableName": name, "BillingMode": "PAY_PER_REQUEST",
            "AttributeDefinitions": [{ "AttributeName": "id", "AttributeType": "S" }],
            "KeySchema": [{ "AttributeName": "id", "KeyType": "HASH" }],
        });
        assert_eq!(engine.call("CreateTable", request.to_string().as_bytes()).0, 200);
        for id in 0..5 {
            let put = json!({ "TableName": name, "Item": { "id": { "S": format!("{id}") } } });
            assert_eq!(engine.call("PutItem", put.to_string().as_bytes()).0, 200);
        }
    }
    let server = Server::start(engine, "127.0.0.1:0".parse().unwrap(), None).unwrap();
    let endpoint = Endpoint::of_url(&server.url()).unwrap();
    let names = |prefix: &str, only: &[String]| {
        let live = live::ask(&endpoint, prefix, only, 3).unwrap();
        assert!(live.items.iter().all(|(_, items)| items.lines().count() == 3));
        live.items.into_iter().map(|(name, _)| name).collect::<Vec<_>>()
    };
    assert_eq!(names("dev-", &[]), ["dev-a", "dev-b"]);
    assert_eq!(names("dev-", &["b".to_owned()]), ["dev-b"]);
    let live = live::ask(&endpoint, "dev-", &[], 3).unwrap();
    let items: Vec<(&str, &str)> = live.items.iter().map(|(name, items)| (&**name, &**items)).collect();
    let text = structs(&live.tables, &items, "dev-").unwrap();
    assert_has(&text, &["pub struct A {", "pub struct B {", "from 3 sampled items"]);
}

/// The files that the integration tests compile, which can only be compiled when they are there.
#[test]
fn the_committed_files_are_what_is_written() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/structs");
    let bless = std::env::var_os("TABLEWRIGHT_BLESS").is_some_and(|value| value == "1");
    for (name, table, prefix) in [
        ("simple", "prod-adopted.remember", "prod-"),
        ("indexes", "adopted-orders", ""),
        ("messaging", "adopted-messaging", ""),
        ("cruddur", "adopted-cruddur", ""),
        ("electro", "dev_adopted-electro", "dev_"),
        ("messy", "adopted_messy", ""),
        ("keys_only", "item", ""),
        ("state", "adopted.events", ""),
    ] {
        let read = |file: &str| std::fs::read_to_string(root.join(name).join(file)).unwrap_or_default();
        let text = structs(&read("table.json"), &[(table, &read("items.jsonl"))], prefix).unwrap();
        if bless {
            std::fs::write(root.join(name).join("tables.rs"), &text).unwrap();
        }
        assert!(read("tables.rs") == text, "{name} differs; TABLEWRIGHT_BLESS=1 writes it anew:\n{text}");
    }
}
