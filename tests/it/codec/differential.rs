//! Agreement with the AWS SDK's own serializer and deserializer and with `serde_dynamo`, on generated items.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::{AttributeValue, PutRequest, WriteRequest};
use proptest::collection::vec;
use proptest::prelude::*;
use tablewright::__private::{decode_page, item_size};
use tablewright::Item;
use tablewright::codec::{Encoder, ToItem};

use super::canned::Canned;
use super::generate::{item, text};
use super::order::{Address, Order};
use super::spelling::Speller;
use super::wire::{same_item, sdk_value};

/// Items in one response; with [`CASES`] that makes 10,000 in a run.
const ITEMS: usize = 400;
const CASES: u32 = 25;

/// The items of a page as the SDK's deserializer reads them.
fn sdk_reads(body: &str) -> Result<Vec<HashMap<String, AttributeValue>>, String> {
    let client = Canned::answering(body.to_owned()).client();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let output = runtime.block_on(client.query().table_name("t").key_condition_expression("a = :a").send());
    Ok(output.map_err(|error| format!("{error:?}"))?.items.unwrap_or_default())
}

/// The JSON of each item as the SDK's serializer writes it.
fn sdk_writes(items: Vec<HashMap<String, AttributeValue>>) -> String {
    let server = Canned::answering("{}");
    let writes = items.into_iter().map(|item| {
        let put = PutRequest::builder().set_item(Some(item)).build().unwrap();
        WriteRequest::builder().put_request(put).build()
    });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let call = server.client().batch_write_item().request_items("t", writes.collect());
    runtime.block_on(call.send()).unwrap();
    let body = String::from_utf8(server.request()).unwrap();
    // No string has these quotes without a backslash before them.
    let items = body.split(r#"{"PutRequest":{"Item":"#).skip(1);
    let items = items.map(|item| item.strip_suffix("}},").or_else(|| item.strip_suffix("}}]}}")).unwrap());
    items.collect::<Vec<_>>().join(",")
}

fn write<T: ToItem>(item: &T) -> String {
    let mut out = Encoder::new();
    item.encode_item(&mut out);
    format!("{{{}}}", String::from_utf8(out.finish().unwrap()).unwrap())
}

fn page(items: impl IntoIterator<Item = String>) -> String {
    let items = items.into_iter().collect::<Vec<_>>();
    format!(r#"{{"Count":{},"Items":[{}],"ScannedCount":{}}}"#, items.len(), items.join(","), items.len())
}

fn order() -> impl Strategy<Value = Order> {
    let texts = (text(), text(), text(), text());
    let numbers = (
        any::<u64>(),
        prop::num::f64::NORMAL.prop_filter("in range", |n| (1e-130..1e126).contains(&n.abs())),
        -90.0..90.0,
    );
    let others =
        (any::<bool>(), prop::option::of(text()), vec(text(), 0..4), prop::collection::btree_set(text(), 1..4));
    (texts, numbers, others, (text(), text(), text()), vec(any::<u8>(), 0..20)).prop_map(
        |(
            (pk, sk, customer, description),
            (quantity, price, lat),
            (paid, coupon, tags, labels),
            (street, city, zip),
            payload,
        )| {
            let address = Address { street, city, zip, lat };
            // A key is never empty.
            let (pk, sk) = (format!("C#{pk}"), format!("O#{sk}"));
            Order { pk, sk, customer, description, quantity, price, paid, coupon, tags, address, labels, payload }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, max_shrink_iters: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_sdk_reads_what_we_write(items in vec(item(), ITEMS)) {
        let body = page(items.iter().map(write));
        let theirs = sdk_reads(&body).unwrap();
        prop_assert_eq!(items.len(), theirs.len());
        for (ours, theirs) in items.iter().zip(&theirs) {
            prop_assert!(same_item(ours, theirs), "we wrote {:?}, the SDK read {:?}", ours, theirs);
        }
    }

    #[test]
    fn we_read_what_the_sdk_writes(items in vec(item(), ITEMS)) {
        let sdk = |item: &Item| item.iter().map(|(name, value)| (name.clone(), sdk_value(value))).collect();
        let body = page([sdk_writes(items.iter().map(sdk).collect())]);
        let (ours, _) = decode_page::<Item>(body.as_bytes()).unwrap();
        prop_assert_eq!(ours, items);
    }

    #[test]
    fn any_spelling_reads_alike(items in vec(item(), ITEMS), seed: u64) {
        let mut speller = Speller::new(seed);
        let mut spell = |item: &Item| {
            speller.json.clear();
            speller.item(item);
            speller.json.clone()
        };
        let body = page(items.iter().map(&mut spell));
        let (ours, shape) = decode_page::<Item>(body.as_bytes()).unwrap();
        prop_assert_eq!(shape.count, items.len() as u64);
        for (ours, theirs) in ours.iter().zip(sdk_reads(&body).unwrap()) {
            prop_assert!(same_item(ours, &theirs), "we read {:?}, the SDK read {:?}", ours, theirs);
        }
        for (plain, spelled) in items.iter().zip(items.iter().map(&mut spell)) {
            prop_assert_eq!(item_size(write(plain).as_bytes()), item_size(spelled.as_bytes()));
        }
        prop_assert_eq!(ours, items);
    }

    #[test]
    fn serde_dynamo_reads_what_we_write(orders in vec(order(), ITEMS)) {
        let theirs = sdk_reads(&page(orders.iter().map(write))).unwrap();
        let theirs: Vec<Order> = serde_dynamo::from_items(theirs).unwrap();
        prop_assert_eq!(theirs, orders);
    }

    #[test]
    fn we_read_what_serde_dynamo_writes(orders in vec(order(), ITEMS)) {
        let theirs = orders.iter().map(|order| serde_dynamo::to_item(order).unwrap()).collect();
        let body = page([sdk_writes(theirs)]);
        let (ours, _) = decode_page::<Order>(body.as_bytes()).unwrap();
        prop_assert_eq!(ours, orders);
    }

    #[test]
    fn of_a_damaged_body_we_read_what_the_sdk_reads(items in vec(item(), 5), damage in vec((any::<prop::sample::Index>(), any::<u8>()), 1..3)) {
        let mut body = page(items.iter().map(write)).into_bytes();
        for (place, byte) in damage {
            let place = place.index(body.len());
            body[place] = byte;
        }
        let Ok(body) = String::from_utf8(body) else { return Ok(()) };
        if let (Ok((ours, _)), Ok(theirs)) = (decode_page::<Item>(body.as_bytes()), sdk_reads(&body)) {
            prop_assert_eq!(ours.len(), theirs.len());
            for (ours, theirs) in ours.iter().zip(&theirs) {
                prop_assert!(same_item(ours, theirs), "of {} we read {:?}, the SDK read {:?}", body, ours, theirs);
            }
        }
    }
}
