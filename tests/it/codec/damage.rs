//! Damaged bodies: an error or other values, never a panic.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use proptest::collection::vec;
use proptest::prelude::*;
use tablewright::__private::{decode_item_response, decode_page, error_shape, item_size};
use tablewright::codec::Cursor;
use tablewright::value::FromAttribute;
use tablewright::{Item, Nullable, Number, Value};

use super::encode;
use super::generate::{item, value};
use super::order::{BorrowedOrder, Order};
use super::spelling::Speller;

/// What a damaged byte becomes: something that JSON has a meaning for, or anything.
fn byte() -> impl Strategy<Value = u8> {
    prop_oneof![prop::sample::select(b"\"\\{}[]:,0-.eEu \n\0tfnSNBML".to_vec()), any::<u8>()]
}

fn damage(body: &mut Vec<u8>, changes: &[(prop::sample::Index, u8, u8)], cut: Option<prop::sample::Index>) {
    for (place, byte, change) in changes {
        let place = place.index(body.len());
        match change % 3 {
            0 => body[place] = *byte,
            1 => body.insert(place, *byte),
            _ if body.len() > 1 => drop(body.remove(place)),
            _ => {}
        }
    }
    if let Some(cut) = cut {
        body.truncate(cut.index(body.len() + 1));
    }
}

fn read_as_everything(body: &[u8]) {
    let _ = decode_page::<Item>(body);
    let _ = decode_page::<Order>(body);
    let _ = decode_page::<BorrowedOrder<'_>>(body);
    let _ = decode_item_response::<Item>(body, "Item");
    let _ = decode_item_response::<Order>(body, "Attributes");
    let _ = error_shape(body);
    let _ = item_size(body);
}

fn read_as<'a, T: FromAttribute<'a>>(json: &'a [u8]) {
    if let Ok(mut cursor) = Cursor::new(json) {
        let _ = T::decode(&mut cursor);
        assert!(cursor.offset() <= json.len());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damaged_bodies(
        items in vec(item(), 0..3), member in prop::sample::select(vec!["Items", "Item", "Attributes", "CancellationReasons"]),
        seed: u64, changes in vec((any::<prop::sample::Index>(), byte(), any::<u8>()), 0..4),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut speller = Speller::new(seed);
        speller.token("{\"__type\":\"a#b\",\"");
        speller.json.push_str(member);
        speller.token("\":");
        match &items[..] {
            [item] if member != "Items" => speller.item(item),
            items => {
                speller.token("[");
                for (index, item) in items.iter().enumerate() {
                    speller.json.push_str(if index > 0 { "," } else { "" });
                    speller.item(item);
                }
                speller.token("]");
            }
        }
        speller.json.push_str(",\"LastEvaluatedKey\":{\"a\":{\"S\":\"\"}},\"ConsumedCapacity\":{\"CapacityUnits\":0.5}}");
        let mut body = speller.json.into_bytes();
        damage(&mut body, &changes, cut);
        read_as_everything(&body);
    }

    #[test]
    fn damaged_values(
        value in value(), changes in vec((any::<prop::sample::Index>(), byte(), any::<u8>()), 0..4),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut json = encode(&value).unwrap().into_bytes();
        damage(&mut json, &changes, cut);
        read_as::<Value>(&json);
        read_as::<String>(&json);
        read_as::<&str>(&json);
        read_as::<u8>(&json);
        read_as::<i64>(&json);
        read_as::<i128>(&json);
        read_as::<f64>(&json);
        read_as::<f32>(&json);
        read_as::<Number>(&json);
        read_as::<bool>(&json);
        read_as::<Vec<u8>>(&json);
        read_as::<[u8; 4]>(&json);
        read_as::<Option<Nullable<Vec<Value>>>>(&json);
        read_as::<BTreeMap<String, Option<u64>>>(&json);
        read_as::<BTreeSet<String>>(&json);
        read_as::<BTreeSet<Vec<u8>>>(&json);
        read_as::<HashSet<i128>>(&json);
        read_as::<rust_decimal::Decimal>(&json);
        read_as::<jiff::Timestamp>(&json);
        read_as::<time::OffsetDateTime>(&json);
        read_as::<chrono::DateTime<chrono::Utc>>(&json);
        read_as::<uuid::Uuid>(&json);
        read_as::<url::Url>(&json);
    }

    #[test]
    fn bytes_that_are_no_body(body in vec(byte(), 0..60)) {
        read_as_everything(&body);
        read_as::<Value>(&body);
    }
}
