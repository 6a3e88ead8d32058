//! Sizes and capacity units: the examples of AWS's pages, measured cases, and what an engine of other make counts.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use tablewright::capacity::{self, IndexChange, Reading};
use tablewright::testing::Embedded;
use tablewright::{Dynamo, Error, Executor, Item, Number, Operation, Request, Value, limit, tables};

use super::model::Reserved;
use crate::codec::generate;

fn item(attributes: impl IntoIterator<Item = (&'static str, Value)>) -> Item {
    attributes.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn bytes(item: &Item) -> usize {
    capacity::item_bytes(item).expect("the item can be stored")
}

fn value_bytes(value: Value) -> usize {
    bytes(&item([("v", value)])) - 1
}

fn n(text: &str) -> Value {
    Value::N(text.parse().expect("a number"))
}

#[test]
fn the_item_of_the_documentation_has_23_bytes() {
    let shirt = item([("shirt-color", Value::S("R".into())), ("shirt-size", Value::S("M".into()))]);
    assert_eq!(bytes(&shirt), 23);
}

#[test]
fn numbers_have_the_measured_sizes() {
    let cases = [
        ("0", 1),
        ("-0", 1),
        ("1", 2),
        ("12", 2),
        ("123", 3),
        ("100", 2),
        ("-42", 3),
        ("1.5", 3),
        ("3.14159", 5),
        ("0.001", 2),
        ("-0.5", 3),
        ("1E125", 2),
        ("12E-130", 2),
        ("99999999999999999999999999999999999999", 20),
        ("-9.9999999999999999999999999999999999999", 22),
    ];
    for (text, size) in cases {
        assert_eq!(capacity::number_bytes(text.parse().unwrap()), size, "{text}");
        assert_eq!(value_bytes(n(text)), size, "{text}");
    }
}

#[test]
fn each_type_counts_by_its_rule() {
    let ss = |values: &[&str]| Value::Ss(values.iter().map(|&text| text.to_owned()).collect());
    let cases = [
        (Value::S(String::new()), 0),
        (Value::S("hé😀".into()), 7),
        (Value::S("\"\\\n\u{1}".into()), 4),
        (Value::B(Vec::new()), 0),
        (Value::B(vec![0; 5]), 5),
        (Value::Bool(false), 1),
        (Value::Null, 1),
        (Value::L(Vec::new()), 3),
        (Value::M(BTreeMap::new()), 3),
        (Value::L(vec![Value::Null, Value::S("ab".into())]), 3 + (1 + 1) + (1 + 2)),
        (Value::L(vec![Value::L(Vec::new())]), 3 + (1 + 3)),
        (Value::M(BTreeMap::from([("key".into(), n("1"))])), 3 + (1 + 3 + 2)),
        (ss(&["a", "bcd"]), 4),
        (Value::Ns(["1", "123", "-42"].map(|text| text.parse::<Number>().unwrap()).into()), 2 + 3 + 3),
        (Value::Bs(BTreeSet::from([vec![1], vec![2, 3]])), 3),
    ];
    for (value, size) in cases {
        assert_eq!(value_bytes(value.clone()), size, "{value:?}");
    }
}

#[test]
fn read_units_are_those_of_the_documentation() {
    let kb = |kb: f64| (kb * 1024.0) as usize;
    for (bytes, units) in [(0, 1.0), (1, 1.0), (kb(3.0), 1.0), (kb(4.0), 1.0), (kb(8.0), 2.0), (kb(10.0), 3.0)] {
        assert_eq!(capacity::read_units(bytes, Reading::Consistent), units);
        assert_eq!(capacity::read_units(bytes, Reading::Eventual), units / 2.0);
        assert_eq!(capacity::read_units(bytes, Reading::Transactional), units * 2.0);
    }
    // A batch rounds each item up by itself, a page all of them together.
    let batch: f64 = [kb(1.5), kb(6.5)].map(|bytes| capacity::read_units(bytes, Reading::Consistent)).iter().sum();
    assert_eq!(batch, 3.0);
    assert_eq!(capacity::page_read_units([kb(1.5), kb(6.5)], Reading::Consistent), 2.0);
    assert_eq!(capacity::page_read_units([kb(4.08); 10], Reading::Consistent), 11.0);
    assert_eq!(capacity::page_read_units([64; 1500], Reading::Eventual), 12.0);
    assert_eq!(capacity::page_read_units([], Reading::Eventual), 0.5);
}

#[test]
fn write_units_count_the_larger_image() {
    let cases = [
        ((None, None), 1.0),
        ((None, Some(1024)), 1.0),
        ((None, Some(1025)), 2.0),
        ((Some(3000), None), 3.0),
        ((Some(3000), Some(10)), 3.0),
        ((Some(10), Some(3000)), 3.0),
    ];
    for ((before, after), units) in cases {
        assert_eq!(capacity::write_units(before, after), units);
        assert_eq!(capacity::transact_write_units(before, after), units * 2.0);
    }
}

#[test]
fn indexes_cost_what_they_change() {
    use IndexChange::{Moved, Rewritten, Unchanged};
    let cases = [
        (None, None, Rewritten, 0.0),
        (None, Some(2000), Rewritten, 2.0),
        (Some(2000), None, Rewritten, 2.0),
        (Some(2000), Some(10), Rewritten, 2.0),
        (Some(2000), Some(10), Moved, 3.0),
        (Some(2000), Some(2000), Unchanged, 0.0),
    ];
    for (before, after, change, units) in cases {
        assert_eq!(capacity::index_write_units(before, after, change), units, "{before:?} {after:?} {change:?}");
    }
}

/// The embedded engine sizes items by code of its own, made from measurements of DynamoDB.
fn engine() -> Embedded {
    let engine = Embedded::memory().expect("the engine starts");
    let db = Dynamo::with_executor(engine.clone());
    futures_util::FutureExt::now_or_never(db.create_tables(tables![Reserved]))
        .expect("nothing waits")
        .expect("the table is made");
    engine
}

/// Puts an item, and gives the write units that the engine counts, or its refusal.
fn put(engine: &Embedded, item: &Item) -> Result<f64, Box<Error>> {
    let db = Dynamo::with_executor(engine.clone());
    let json = Dynamo::preview_item(item).map_err(Box::new)?;
    let body = format!(r#"{{"TableName":"reserved.words","Item":{json},"ReturnConsumedCapacity":"TOTAL"}}"#);
    let request = Request { operation: Operation::PutItem, table: "reserved.words".into(), body: body.into() };
    let answer =
        futures_util::FutureExt::now_or_never(db.execute_raw(request)).expect("nothing waits").map_err(Box::new)?;
    let answer: serde_json::Value = serde_json::from_slice(&answer.body).expect("an answer");
    Ok(answer["ConsumedCapacity"]["CapacityUnits"].as_f64().expect("units"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn the_engine_counts_the_same_units(mut item in generate::item(), filler in 0_usize..5000, key: u64) {
        thread_local!(static ENGINE: Embedded = engine());
        // Names of nothing are refused, and a new key has no item before it.
        item.remove("");
        item.insert("name".into(), Value::S(format!("{key}-{filler}")));
        item.insert("filler".into(), Value::S("x".repeat(filler)));
        let size = bytes(&item);
        let delete = format!(r#"{{"TableName":"reserved.words","Key":{{"name":{{"S":"{key}-{filler}"}}}}}}"#);
        ENGINE.with(|engine| {
            if let Ok(units) = put(engine, &item) {
                prop_assert_eq!(units, capacity::write_units(None, Some(size)));
            }
            let request = Request { operation: Operation::DeleteItem, table: "".into(), body: delete.into() };
            let _ = futures_util::FutureExt::now_or_never(engine.execute(request));
            Ok(())
        })?;
    }
}

proptest! {
    // Each case stores 400 KB twice.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_limit_of_400_kilobytes_is_met_to_the_byte(mut item in generate::item()) {
        thread_local!(static ENGINE: Embedded = engine());
        item.remove("");
        item.insert("name".into(), Value::S("k".into()));
        item.insert("filler".into(), Value::S(String::new()));
        let fill = limit::ITEM_BYTES - bytes(&item);
        ENGINE.with(|engine| {
            // Some generated items have what the engine refuses at any size.
            prop_assume!(put(engine, &item).is_ok());
            item.insert("filler".into(), Value::S("x".repeat(fill)));
            prop_assert_eq!(bytes(&item), limit::ITEM_BYTES);
            prop_assert!(put(engine, &item).is_ok(), "409600 bytes are taken");
            let json = Dynamo::preview_item(&item).unwrap().replacen(r#""filler":{"S":"x"#, r#""filler":{"S":"xx"#, 1);
            // Our own check comes before the engine's, and they must agree.
            item.insert("filler".into(), Value::S("x".repeat(fill + 1)));
            prop_assert!(matches!(put(engine, &item).map_err(|error| *error), Err(Error::Invalid(_))));
            let body = format!(r#"{{"TableName":"reserved.words","Item":{json}}}"#);
            let request = Request { operation: Operation::PutItem, table: "".into(), body: body.into() };
            let answer = futures_util::FutureExt::now_or_never(engine.execute(request)).expect("nothing waits");
            prop_assert!(answer.is_err(), "409601 bytes are not taken");
            Ok(())
        })?;
    }
}
