//! The ranges of keys in an engine: it takes the bounds as they are, and orders as the encoding means it.

use std::collections::BTreeSet;

use tablewright::__private::{KeyPart, KeyRange, KeyTemplate, PartOperator, Segment, WriteSegment, segment};
use tablewright::prelude::*;

#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(table = "keys")]
struct Stored {
    #[dynamo(partition_key)]
    pk: String,
    #[dynamo(sort_key)]
    sk: String,
}

const SORT: KeyTemplate = KeyTemplate::new(
    "N#{number}#{name}",
    &[Segment::Literal("N#"), segment::<i16>("number"), Segment::Literal("#"), segment::<String>("name")],
);

const NUMBERS: [i16; 4] = [i16::MIN, -1, 0, 10];
const NAMES: [&str; 9] = ["\0", "a", "a#", "a$", "aé", "b", "b\u{10ffff}", "\u{d7ff}", "\u{10ffff}\u{10ffff}"];

fn key(number: i16, name: &str) -> String {
    let values: [(&'static str, &dyn WriteSegment); 2] = [("number", &number), ("name", &name.to_owned())];
    SORT.render(&values, KeyPart::Sort).unwrap().unwrap().into()
}

async fn select(db: &Dynamo, range: KeyRange) -> BTreeSet<String> {
    let start = || Stored::query("p").sk();
    let query = match range {
        KeyRange::All => return db.query(Stored::query("p")).await.unwrap().into_iter().map(|item| item.sk).collect(),
        KeyRange::Equal(text) => start().eq(&*text),
        KeyRange::BeginsWith(text) => start().begins_with(&*text),
        KeyRange::Between(low, high) => start().between(&*low, &*high),
        KeyRange::AtLeast(text) => start().ge(&*text),
        KeyRange::AtMost(text) => start().le(&*text),
        KeyRange::Above(text) => start().gt(&*text),
        KeyRange::Below(text) => start().lt(&*text),
    };
    db.query(query).await.unwrap().into_iter().map(|item| item.sk).collect()
}

#[tokio::test]
async fn an_engine_selects_what_the_conditions_mean() {
    let db = Dynamo::embedded().await.unwrap();
    db.create_tables(tablewright::tables![Stored]).await.unwrap();
    let all: Vec<(i16, &str)> = NUMBERS.iter().flat_map(|number| NAMES.map(|name| (*number, name))).collect();
    for (number, name) in &all {
        db.put(&Stored { pk: "p".into(), sk: key(*number, name) }).await.unwrap();
    }
    for other in ["M#1", "N", "N$", "O#1"] {
        db.put(&Stored { pk: "p".into(), sk: other.into() }).await.unwrap();
    }
    let operators = [
        (PartOperator::Lt, (|a, b| a < b) as fn(&str, &str) -> bool),
        (PartOperator::Le, |a, b| a <= b),
        (PartOperator::Gt, |a, b| a > b),
        (PartOperator::Ge, |a, b| a >= b),
        (PartOperator::BeginsWith, |a, b| a.starts_with(b)),
    ];
    let ours = |found: BTreeSet<String>| -> BTreeSet<String> {
        found.into_iter().filter(|key| SORT.parse(key).is_ok()).collect()
    };
    for name in NAMES {
        for (operator, meets) in operators {
            let range = SORT.range_by(&[("number", &-1_i16)], KeyPart::Sort, "name", operator, &[&name.to_owned()]);
            let expected = NAMES.into_iter().filter(|each| meets(each, name)).map(|each| key(-1, each)).collect();
            assert_eq!(ours(select(&db, range.unwrap()).await), expected, "{operator:?} {name:?}");
        }
    }
    for number in NUMBERS {
        let range = |operator| SORT.range_by(&[], KeyPart::Sort, "number", operator, &[&number]).unwrap();
        for (operator, meets) in [
            (PartOperator::Lt, (|a, b| a < b) as fn(i16, i16) -> bool),
            (PartOperator::Le, |a, b| a <= b),
            (PartOperator::Gt, |a, b| a > b),
            (PartOperator::Ge, |a, b| a >= b),
            (PartOperator::Eq, |a, b| a == b),
        ] {
            let expected = all.iter().filter(|(each, _)| meets(*each, number)).map(|(n, name)| key(*n, name)).collect();
            assert_eq!(ours(select(&db, range(operator)).await), expected, "{operator:?} {number}");
        }
    }
}
