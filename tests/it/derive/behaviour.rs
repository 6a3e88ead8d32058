//! What derived types write and read.

use std::borrow::Cow;
use std::collections::BTreeMap;

use tablewright::codec::{Cursor, DecodeProblem, Encoder, FromItem, ToItem};
use tablewright::value::{Item, Value};
use tablewright::{Adapter, DynamoAttribute, DynamoTable, EpochSeconds};

/// The item as DynamoDB's JSON.
fn json<T: ToItem>(item: &T) -> String {
    let mut out = Encoder::new();
    out.document(item);
    let map = String::from_utf8(out.finish().unwrap()).unwrap();
    map.strip_prefix("{\"M\":").and_then(|map| map.strip_suffix('}')).unwrap().to_owned()
}

fn read<'a, T: FromItem<'a>>(json: &'a str) -> Result<T, tablewright::codec::DecodeError> {
    T::decode_item(&mut Cursor::new(json.as_bytes())?)
}

#[track_caller]
fn round_trip<T: ToItem + for<'a> FromItem<'a> + PartialEq + std::fmt::Debug>(item: &T, expected: &str) {
    assert_eq!(json(item), expected);
    assert_eq!(&read::<T>(expected).unwrap(), item);
}

#[derive(DynamoTable, Debug, PartialEq, Clone)]
#[dynamo(table = "derive-everything", gsi(name = "by-team", partition_key = "team", sparse))]
struct Everything {
    #[dynamo(partition_key)]
    id: u64,
    #[dynamo(sort_key, rename = "a \"quoted\" name")]
    name: String,
    team: Option<String>,
    r#type: Color,
    #[dynamo(default)]
    tries: u32,
    #[dynamo(default = seven)]
    level: u32,
    price: Cents,
    #[dynamo(with = Reversed)]
    word: Word,
    #[dynamo(serde)]
    pair: (u8, bool),
    #[dynamo(serde)]
    perhaps: Option<(u8, u8)>,
    #[dynamo(ttl)]
    expires: Option<EpochSeconds>,
    #[dynamo(skip)]
    cache: u8,
    #[dynamo(skip, default = seven)]
    hint: u32,
}

fn seven() -> u32 {
    7
}

#[derive(DynamoAttribute, Debug, PartialEq, Clone, Copy)]
#[dynamo(rename_all = "SCREAMING_SNAKE_CASE")]
enum Color {
    DarkRed,
    #[dynamo(rename = "blau")]
    Blue,
}

#[derive(DynamoAttribute, Debug, PartialEq, Clone, Copy)]
struct Cents(u64);

#[derive(Debug, PartialEq, Clone)]
struct Word(&'static str);

struct Reversed;

impl Adapter<Word> for Reversed {
    type Stored = String;
    fn store(value: &Word) -> Result<String, String> {
        Ok(value.0.chars().rev().collect())
    }
    fn load(stored: String) -> Result<Word, String> {
        if stored == "olleh" { Ok(Word("hello")) } else { Err("not a word".to_owned()) }
    }
}

fn everything() -> Everything {
    Everything {
        id: 9,
        name: "n".into(),
        team: None,
        r#type: Color::DarkRed,
        tries: 1,
        level: 2,
        price: Cents(399),
        word: Word("hello"),
        pair: (1, true),
        perhaps: Some((2, 3)),
        expires: Some(EpochSeconds(5)),
        cache: 0,
        hint: 7,
    }
}

const EVERYTHING: &str = r#"{"id":{"N":"9"},"a \"quoted\" name":{"S":"n"},"type":{"S":"DARK_RED"},"tries":{"N":"1"},"level":{"N":"2"},"price":{"N":"399"},"word":{"S":"olleh"},"pair":{"L":[{"N":"1"},{"BOOL":true}]},"perhaps":{"L":[{"N":"2"},{"N":"3"}]},"expires":{"N":"5"}}"#;

#[test]
fn an_item_survives_the_round_trip() {
    round_trip(&everything(), EVERYTHING);
    let mut other = everything();
    (other.team, other.r#type) = (Some("red".into()), Color::Blue);
    assert_eq!(read::<Everything>(&json(&other)).unwrap(), other);
}

#[test]
fn skipped_fields_are_not_written_and_get_their_defaults() {
    let written = Everything { cache: 5, hint: 1, ..everything() };
    assert_eq!(json(&written), EVERYTHING);
    let back: Everything = read(EVERYTHING).unwrap();
    assert_eq!((back.cache, back.hint), (0, 7));
}

#[test]
fn attributes_may_be_absent_where_absence_is_a_value() {
    let least = r#"{"id":{"N":"9"},"a \"quoted\" name":{"S":"n"},"type":{"S":"blau"},"price":{"N":"1"},"word":{"S":"olleh"},"pair":{"L":[{"N":"1"},{"BOOL":true}]}}"#;
    let item: Everything = read(least).unwrap();
    assert_eq!((item.team, item.tries, item.level, item.perhaps, item.expires), (None, 0, 7, None, None));
}

#[test]
fn an_absent_attribute_is_an_error_that_names_it() {
    let error = read::<Everything>(r#"{"id":{"N":"9"},"a \"quoted\" name":{"S":"n"}}"#).unwrap_err();
    assert_eq!(error.problem(), &DecodeProblem::Missing);
    assert_eq!(error.path().to_string(), "type");
}

#[test]
fn attributes_that_no_field_names_are_ignored() {
    let more = EVERYTHING.replacen('{', r#"{"other":{"M":{"a":{"L":[]}}},"#, 1);
    assert_eq!(read::<Everything>(&more).unwrap(), everything());
}

#[test]
fn an_unknown_variant_is_an_error_that_lists_the_known() {
    let wrong = EVERYTHING.replace("DARK_RED", "red");
    let error = read::<Everything>(&wrong).unwrap_err();
    assert_eq!(error.problem(), &DecodeProblem::UnknownVariant { expected: &["DARK_RED", "blau"] });
    assert_eq!(error.path().to_string(), "type");
}

#[test]
fn an_adapter_may_refuse() {
    let wrong = EVERYTHING.replace("olleh", "x");
    let error = read::<Everything>(&wrong).unwrap_err();
    assert_eq!(error.problem(), &DecodeProblem::Refused("not a word".into()));
}

#[derive(DynamoTable, Debug, PartialEq)]
#[dynamo(table = "derive-rest")]
struct WithRest {
    #[dynamo(rest)]
    rest: Item,
    #[dynamo(partition_key)]
    id: u64,
    event: Event,
}

#[derive(DynamoAttribute, Debug, PartialEq)]
#[dynamo(tag = "type", rename_all = "kebab-case")]
enum Event {
    #[dynamo(rename_all = "camelCase")]
    JustJoined {
        user_name: String,
        #[dynamo(skip)]
        cache: u8,
        #[dynamo(default)]
        tries: u32,
    },
    Left,
    Other {
        #[dynamo(rest)]
        rest: BTreeMap<String, Value>,
    },
}

#[test]
fn attributes_that_no_field_names_are_kept_by_a_rest_field() {
    let item = r#"{"id":{"N":"9"},"event":{"M":{"type":{"S":"left"}}},"other":{"M":{"a":{"L":[]}}}}"#;
    let read = read::<WithRest>(item).unwrap();
    assert_eq!(json(&read), item);
    assert_eq!(json(&read.rest), r#"{"other":{"M":{"a":{"L":[]}}}}"#);
}

#[test]
fn a_variant_is_a_map_that_names_it() {
    let joined = Event::JustJoined { user_name: "ann".into(), cache: 0, tries: 2 };
    round_trip(&joined, r#"{"type":{"S":"just-joined"},"userName":{"S":"ann"},"tries":{"N":"2"}}"#);
    round_trip(&Event::Left, r#"{"type":{"S":"left"}}"#);
}

#[test]
fn the_tag_may_stand_anywhere_in_the_map() {
    let joined = Event::JustJoined { user_name: "ann".into(), cache: 0, tries: 0 };
    assert_eq!(read::<Event>(r#"{"userName":{"S":"ann"},"type":{"S":"just-joined"}}"#).unwrap(), joined);
}

#[test]
fn the_tag_is_not_among_the_rest_of_a_variant() {
    let item = r#"{"type":{"S":"other"},"more":{"N":"1"}}"#;
    let event: Event = read(item).unwrap();
    let Event::Other { rest } = &event else { panic!("the tag says `other`") };
    assert_eq!(rest.keys().collect::<Vec<_>>(), ["more"]);
    assert_eq!(json(&event), item);
}

#[test]
fn a_map_without_a_known_tag_is_an_error() {
    let unknown = read::<Event>(r#"{"type":{"S":"Left"}}"#).unwrap_err();
    assert_eq!(unknown.problem(), &DecodeProblem::UnknownVariant { expected: &["just-joined", "left", "other"] });
    assert_eq!(read::<Event>("{}").unwrap_err().problem(), &DecodeProblem::Missing);
}

#[derive(DynamoTable, Debug, PartialEq)]
#[dynamo(table = "derive-borrowed")]
struct Borrowed<'r, 's> {
    #[dynamo(partition_key)]
    id: Cow<'r, str>,
    note: &'s str,
    more: Vec<Lent<'r>>,
}

#[derive(DynamoAttribute, Debug, PartialEq)]
struct Lent<'r> {
    text: &'r str,
}

#[test]
fn a_type_with_lifetimes_borrows_from_the_response() {
    let item = r#"{"id":{"S":"a"},"note":{"S":"b"},"more":{"L":[{"M":{"text":{"S":"c"}}}]}}"#.to_owned();
    let borrowed: Borrowed<'_, '_> = read(&item).unwrap();
    assert!(matches!(borrowed.id, Cow::Borrowed("a")));
    let response = item.as_bytes().as_ptr_range();
    assert!(response.contains(&borrowed.note.as_ptr()) && response.contains(&borrowed.more[0].text.as_ptr()));
    assert_eq!(json(&borrowed), item);
}

#[derive(DynamoAttribute, Debug, PartialEq)]
struct Page<T, U = u8>
where
    T: Clone,
{
    items: Vec<T>,
    next: Option<U>,
}

#[derive(DynamoAttribute, Debug, PartialEq, Clone)]
struct Tree {
    #[dynamo(rename = "c")]
    children: Vec<Self>,
}

#[test]
fn a_document_may_have_type_parameters() {
    let page = Page { items: vec![Tree { children: Vec::new() }], next: Some(4_u8) };
    round_trip(&page, r#"{"items":{"L":[{"M":{"c":{"L":[]}}}]},"next":{"N":"4"}}"#);
}

#[derive(DynamoAttribute, Debug, PartialEq)]
struct Wrapped<T>(Option<T>);

#[derive(DynamoAttribute, Debug, PartialEq)]
struct Holds {
    wrapped: Wrapped<u64>,
}

#[test]
fn a_newtype_is_its_field_even_where_that_is_absent() {
    round_trip(&Holds { wrapped: Wrapped(Some(1)) }, r#"{"wrapped":{"N":"1"}}"#);
    round_trip(&Holds { wrapped: Wrapped(None) }, "{}");
}

#[test]
fn names_and_newtypes_can_be_keys() {
    #[derive(DynamoTable)]
    #[dynamo(table = "derive-colors")]
    struct Colors {
        #[dynamo(partition_key)]
        _color: Color,
        #[dynamo(sort_key)]
        _price: Cents,
    }
    use tablewright::Entity;
    use tablewright::schema::KeyType;
    assert_eq!(Colors::TABLE.partition_key.key_type, KeyType::S);
    assert_eq!(Colors::TABLE.sort_key.map(|key| key.key_type), Some(KeyType::N));
    let _ = Colors::key(Color::Blue, Cents(1));
}
