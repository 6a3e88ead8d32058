//! This crate beside the AWS SDK with `serde_dynamo`, and beside plain JSON, on the same data in the same run.
//!
//! `cargo bench --bench codec` prints everything; `-- <part of a name>` prints some of it; `-- loop <case> <times>` runs
//! one case for a profiler; `-- ratios` prints the ratios that are checked, one to a line.

#[path = "../it/codec/canned.rs"]
#[expect(dead_code, reason = "the tests use the rest of it")]
mod canned;
#[path = "../it/codec/order.rs"]
mod order;
mod support;

use std::hint::black_box;
use std::time::Duration;

use aws_sdk_dynamodb::types::AttributeValue;
use bytes::Bytes;
use canned::Canned;
use futures_util::StreamExt;
use order::{BorrowedOrder, Order};
use support::allocations::{Counting, count};
use support::clock::thread_time;
use support::{data, sdk};
use tablewright::__private::decode_page;
use tablewright::Dynamo;
use tablewright::codec::Encoder;
use tokio::runtime::Runtime;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const ROUNDS: usize = 30;
/// How long a round of a case takes at least, so that the clock is exact enough.
const ROUND: Duration = Duration::from_millis(10);
const SCAN_PAGES: usize = 20;

struct Case<'a> {
    /// What is done; cases of one group do the same in another way, and the first is what the others are measured by.
    group: &'static str,
    name: &'static str,
    items: usize,
    run: Box<dyn FnMut() + 'a>,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let page = data::orders(1 << 20);
    let body = Bytes::from(data::page(&page, true));
    let plain = serde_json::to_string(&page.iter().map(data::plain).collect::<Vec<_>>()).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut cases = decode(&body, &plain, page.len());
    cases.extend(encode(&page[..25]));
    cases.extend(end_to_end(&runtime, &page, &body));
    match arguments[..] {
        ["loop", name, times] => {
            let case = cases.iter_mut().find(|case| format!("{}/{}", case.group, case.name) == name);
            let case = case.unwrap_or_else(|| panic!("no case {name}"));
            (0..times.parse().unwrap()).for_each(|_| (case.run)());
        }
        ["ratios"] => {
            cases.retain(|case| {
                matches!(case.group, "encode" | "GetItem" | "PutItem") && matches!(case.name, "sdk" | "ours")
            });
            let times = measure(&mut cases);
            for (pair, times) in cases.chunks(2).zip(times.chunks(2)) {
                println!("{} {:.2}", pair[0].group, times[0] / times[1]);
            }
        }
        _ => {
            cases.retain(|case| arguments.iter().all(|part| format!("{}/{}", case.group, case.name).contains(part)));
            report(&mut cases);
        }
    }
}

fn decode<'a>(body: &'a Bytes, plain: &'a str, items: usize) -> Vec<Case<'a>> {
    let case = |name, run: Box<dyn FnMut() + 'a>| Case { group: "decode", name, items, run };
    vec![
        case("sdk", Box::new(move || drop(black_box(sdk::decode(body))))),
        case("ours", Box::new(move || drop(black_box(decode_page::<Order>(body).unwrap())))),
        case("ours-borrowed", Box::new(move || drop(black_box(decode_page::<BorrowedOrder<'_>>(body).unwrap())))),
        case(
            "plain-json",
            Box::new(move || {
                drop(black_box(serde_json::from_slice::<Vec<data::PlainOrder>>(plain.as_bytes()).unwrap()))
            }),
        ),
    ]
}

fn encode(orders: &[Order]) -> Vec<Case<'_>> {
    let ours = move || {
        let mut out = Encoder::with_capacity(1024 * orders.len());
        orders.iter().for_each(|order| out.document(order));
        black_box(out.finish().unwrap().len());
    };
    let case = |name, run| Case { group: "encode", name, items: orders.len(), run };
    let plain: Vec<data::PlainOrder> = orders.iter().map(data::plain).collect();
    vec![
        case("sdk", Box::new(move || _ = black_box(sdk::encode(orders)))),
        case("ours", Box::new(ours)),
        case("plain-json", Box::new(move || drop(black_box(serde_json::to_vec(&plain).unwrap())))),
    ]
}

/// Whole calls: the SDK's client on a server in memory, with and without this crate around it.
fn end_to_end<'a>(runtime: &'a Runtime, page: &'a [Order], body: &Bytes) -> Vec<Case<'a>> {
    let one = Bytes::from(format!(r#"{{"Item":{}}}"#, data::item(&page[2])));
    let middle = Bytes::from(data::page(page, false));
    let pages = || [vec![middle.clone(); SCAN_PAGES - 1], vec![body.clone()]].concat();
    let order = &page[2];
    let mut cases = Vec::new();
    let mut pair = |group, items, sdk: Box<dyn FnMut() + 'a>, ours: Box<dyn FnMut() + 'a>| {
        cases.push(Case { group, name: "sdk", items, run: sdk });
        cases.push(Case { group, name: "ours", items, run: ours });
    };
    let clients = |answers: Vec<Bytes>| {
        let (theirs, ours) = (Canned::cycling(answers.clone()).client(), Canned::cycling(answers).client());
        (theirs, Dynamo::builder().client(ours))
    };

    let (client, db) = clients(vec![body.clone()]);
    let theirs = move || {
        let call = client.query().table_name("codec-orders").key_condition_expression("#k = :k");
        let call = call
            .expression_attribute_names("#k", "pk")
            .expression_attribute_values(":k", AttributeValue::S("x".into()));
        let output = runtime.block_on(call.send()).unwrap();
        let orders: Vec<Order> = serde_dynamo::from_items(output.items.unwrap()).unwrap();
        black_box(orders);
    };
    let ours = move || drop(black_box(runtime.block_on(async { db.query(Order::query("x")).await }).unwrap()));
    pair("Query", page.len(), Box::new(theirs), Box::new(ours));

    let (client, db) = clients(pages());
    let theirs = move || {
        let mut next = None;
        loop {
            let call = client.scan().table_name("codec-orders").set_exclusive_start_key(next);
            let output = runtime.block_on(call.send()).unwrap();
            let orders: Vec<Order> = serde_dynamo::from_items(output.items.unwrap()).unwrap();
            black_box(orders);
            next = output.last_evaluated_key;
            if next.is_none() {
                break;
            }
        }
    };
    let ours = move || {
        let mut pages = db.scan::<Order>().pages();
        while let Some(page) = runtime.block_on(pages.next()) {
            black_box(page.unwrap());
        }
    };
    pair("Scan", page.len() * SCAN_PAGES, Box::new(theirs), Box::new(ours));

    let (client, db) = clients(vec![one]);
    let theirs = move || {
        let call = client.get_item().table_name("codec-orders");
        let call = call.key("pk", AttributeValue::S(order.pk.clone())).key("sk", AttributeValue::S(order.sk.clone()));
        let output = runtime.block_on(call.send()).unwrap();
        black_box(serde_dynamo::from_item::<_, Order>(output.item.unwrap()).unwrap());
    };
    let ours = move || {
        let key = Order::key(order.pk.as_str(), order.sk.as_str());
        black_box(runtime.block_on(async { db.get(key).await }).unwrap().unwrap());
    };
    pair("GetItem", 1, Box::new(theirs), Box::new(ours));

    let (client, db) = clients(vec![Bytes::from("{}")]);
    let theirs = move || {
        let call = client.put_item().table_name("codec-orders").set_item(Some(serde_dynamo::to_item(order).unwrap()));
        black_box(runtime.block_on(call.send()).unwrap());
    };
    let ours = move || {
        runtime.block_on(async { db.put(order).await }).unwrap();
    };
    pair("PutItem", 1, Box::new(theirs), Box::new(ours));
    cases
}

/// The least nanoseconds of each case, in rounds that take turns so that the machine's moods meet all of them.
fn measure(cases: &mut [Case<'_>]) -> Vec<f64> {
    let time = |run: &mut dyn FnMut(), times: u32| {
        let start = thread_time();
        (0..times).for_each(|_| run());
        thread_time() - start
    };
    let times: Vec<u32> = cases
        .iter_mut()
        .map(|case| {
            (case.run)();
            let once = time(&mut *case.run, 1).max(Duration::from_nanos(100));
            (ROUND.as_nanos() / once.as_nanos()).clamp(1, 100_000) as u32
        })
        .collect();
    let mut least = vec![f64::INFINITY; cases.len()];
    for _ in 0..ROUNDS {
        for ((case, least), times) in cases.iter_mut().zip(&mut least).zip(&times) {
            let each = time(&mut *case.run, *times).as_nanos() as f64 / f64::from(*times);
            *least = least.min(each);
        }
    }
    least
}

fn report(cases: &mut [Case<'_>]) {
    println!("{:<24}{:>12}{:>10}{:>12}{:>12}{:>9}", "case", "µs", "ns/item", "alloc/item", "peak kB", "faster");
    let times = measure(cases);
    let mut base = ("", 0.0);
    for (case, nanoseconds) in cases.iter_mut().zip(times) {
        let (allocations, peak) = count(&mut case.run);
        if case.group != base.0 {
            base = (case.group, nanoseconds);
            println!();
        }
        let items = case.items as f64;
        println!(
            "{:<24}{:>12.1}{:>10.0}{:>12.2}{:>12.1}{:>8.2}x",
            format!("{}/{}", case.group, case.name),
            nanoseconds / 1e3,
            nanoseconds / items,
            allocations as f64 / items,
            peak as f64 / 1e3,
            base.1 / nanoseconds,
        );
    }
}
