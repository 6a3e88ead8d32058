//! Key conditions on the parts of templates, on tables and indexes of several entities.

use tablewright::prelude::*;
use tablewright::{Index, IntoQuery, Item};

use super::shop::{Customer, CustomerId, Line, Order, OrderQuery, Shop, ShopByEntity, filled, orders};
use crate::runtime::backends::for_each_backend;

/// What a query gives is what the rule gives of the first customer's orders, in the order of shop and number.
async fn gives<I>(
    db: &Dynamo,
    query: impl IntoQuery<Entity = Order, Index = I, Reads = tablewright::request::Whole>,
    rule: impl Fn(&Order) -> bool,
) where
    I: Index<Order> + 'static,
{
    let mut expected: Vec<Order> =
        orders().into_iter().filter(|order| order.customer == CustomerId(1) && rule(order)).collect();
    // Escapes keep the order of text, so it is that of the parts and not that of the joined text.
    expected.sort_by(|a, b| (&a.shop, a.number).cmp(&(&b.shop, b.number)));
    let found: Vec<Order> = db.query(query).await.unwrap();
    assert_eq!(found, expected);
}

#[tokio::test]
async fn a_part_takes_every_operator_and_no_other_entity_is_given() {
    for_each_backend(async |db| {
        filled(&db).await;
        let query = || Order::query(CustomerId(1));
        gives(&db, query(), |_| true).await;
        gives(&db, query().shop().begins_with(""), |_| true).await;
        gives(&db, query().shop().le("\u{10ffff}"), |_| true).await;
        gives(&db, query().shop().gt("\u{7f}"), |order| order.shop == "ö").await;
        gives(&db, query().shop().lt("\0"), |_| false).await;
        for shop in ["a", "a#", "a$", "aa", "ab", "b", "ö", "\u{1}"] {
            gives(&db, query().shop().eq(shop), |order| order.shop == shop).await;
            gives(&db, query().shop().begins_with(shop), |order| order.shop.starts_with(shop)).await;
            gives(&db, query().shop().lt(shop), |order| *order.shop < *shop).await;
            gives(&db, query().shop().le(shop), |order| *order.shop <= *shop).await;
            gives(&db, query().shop().gt(shop), |order| *order.shop > *shop).await;
            gives(&db, query().shop().ge(shop), |order| *order.shop >= *shop).await;
            // DynamoDB refuses a range whose end is before its beginning.
            let (low, high) = if *shop < *"a#" { (shop, "a#") } else { ("a#", shop) };
            gives(&db, query().shop().between(low, high), |order| *order.shop >= *low && *order.shop <= *high).await;
        }
    })
    .await;
}

#[tokio::test]
async fn the_part_after_a_fixed_one_takes_every_operator() {
    for_each_backend(async |db| {
        filled(&db).await;
        let query = || Order::query(CustomerId(1)).shop().eq("a#");
        let of_shop = |order: &Order| order.shop == "a#";
        for number in [i16::MIN, -2, -1, 0, 8, i16::MAX] {
            gives(&db, query().number().eq(number), |order| of_shop(order) && order.number == number).await;
            gives(&db, query().number().lt(number), |order| of_shop(order) && order.number < number).await;
            gives(&db, query().number().le(number), |order| of_shop(order) && order.number <= number).await;
            gives(&db, query().number().gt(number), |order| of_shop(order) && order.number > number).await;
            gives(&db, query().number().ge(number), |order| of_shop(order) && order.number >= number).await;
            let low = number.min(-1);
            let within = |order: &Order| (low..=number).contains(&order.number);
            gives(&db, query().number().between(low, number), |order| of_shop(order) && within(order)).await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_key_without_a_part_to_ask_for_is_one_item() {
    for_each_backend(async |db| {
        filled(&db).await;
        let found = db.query(Customer::query(CustomerId(2))).one().await.unwrap();
        assert_eq!(found, Some(Customer { id: CustomerId(2), name: "n2".into() }));
    })
    .await;
    let db = Dynamo::with_executor(tablewright::testing::Embedded::memory().unwrap());
    let body = db.query(Customer::query(CustomerId(2))).preview().unwrap().body;
    let body = String::from_utf8(body.to_vec()).unwrap();
    assert!(body.contains(r##""KeyConditionExpression":"#n0 = :v0 AND #n1 = :v1""##), "{body}");
}

#[tokio::test]
async fn a_collection_has_every_entity_in_the_order_of_the_key() {
    for_each_backend(async |db| {
        filled(&db).await;
        let all: Vec<Shop> = db.query(Customer::query(CustomerId(1)).collection()).consistent().await.unwrap();
        assert_eq!(all.len(), 1 + 30 + 90);
        assert!(matches!(all.last(), Some(Shop::Customer(_))));
        let ShopByEntity { customer, order, line, .. } = all.into_iter().collect();
        assert_eq!((customer.len(), order.len(), line.len()), (1, 30, 90));
        // The order itself and its lines, and nothing of another shop that begins alike.
        let one: Vec<Shop> =
            db.query(Line::query(CustomerId(1)).shop().eq("a").number().eq(7).collection()).await.unwrap();
        let [Shop::Order(order), Shop::Line(first), Shop::Line(_), Shop::Line(_)] = &one[..] else { panic!("{one:?}") };
        assert_eq!((order.shop.as_str(), order.number, first.line), ("a", 7, 0));
        let shop: Vec<Shop> = db.query(Order::query(CustomerId(1)).shop().eq("a").collection()).await.unwrap();
        assert_eq!(shop.len(), 5 * 4);
        let range: Vec<Shop> =
            db.query(Line::query(CustomerId(1)).shop().eq("a").number().ge(0).collection()).await.unwrap();
        assert_eq!(range.len(), 3 * 4);
    })
    .await;
}

#[tokio::test]
async fn an_overloaded_index_has_each_entity_under_its_own_keys() {
    for_each_backend(async |db| {
        filled(&db).await;
        let names = db.query(Customer::query_gsi1().name().gt("n1")).await.unwrap();
        assert_eq!(names, [Customer { id: CustomerId(2), name: "n2".into() }]);
        let totals = |orders: &[Order]| orders.iter().map(|order| order.total).collect::<Vec<_>>();
        let open = db.query(Order::query_gsi1("open").total().between(-10, 70)).await.unwrap();
        let mut expected: Vec<i32> = totals(
            &orders()
                .into_iter()
                .filter(|o| o.status.as_deref() == Some("open") && (-10..=70).contains(&o.total))
                .collect::<Vec<_>>(),
        );
        expected.sort_unstable();
        assert_eq!(totals(&open), expected);
        expected.retain(|total| *total >= 5);
        expected.reverse();
        let large: Vec<Order> = db.query(Order::at_least("open", 5)).await.unwrap();
        assert_eq!(totals(&large)[large.len() - expected.len()..], expected);
        let one = db.query(Order::query_gsi1("open").total().eq(70).customer().eq(CustomerId(2)).number().lt(8)).await;
        assert!(one.unwrap().iter().all(|order| order.customer == CustomerId(2) && order.total == 70));
        assert_eq!(db.query(Line::query_gsi1("sku255").customer().eq(CustomerId(2))).await.unwrap().len(), 30);
        let lines: Vec<Shop> = db.query(Line::query_gsi1("sku1").collection()).await.unwrap();
        assert_eq!(lines.len(), 60);
    })
    .await;
}

#[tokio::test]
async fn the_index_of_the_tables_own_sort_key_has_its_parts() {
    for_each_backend(async |db| {
        filled(&db).await;
        let found: Vec<Item> = db.query(Order::query_narrow("done").shop().eq("a").number().ge(0)).await.unwrap();
        let expected = orders()
            .into_iter()
            .filter(|o| o.status.as_deref() == Some("done") && o.shop == "a" && o.number >= 0)
            .count();
        assert_eq!(found.len(), expected);
        let whole: Vec<Order> =
            db.query(Order::query_narrow("done").shop().eq("a").number().ge(0)).hydrate().await.unwrap();
        assert!(whole.len() == expected && whole.iter().all(|order| order.shop == "a" && order.number >= 0));
        let days: Vec<Order> = db.query(Order::query_by_day(CustomerId(1)).day().lt(2)).consistent().await.unwrap();
        assert!(!days.is_empty() && days.iter().all(|order| order.day < 2 && order.customer == CustomerId(1)));
        assert_eq!(days.len(), orders().iter().filter(|o| o.customer == CustomerId(1) && o.day < 2).count());
    })
    .await;
}

/// Keys of another program: no escapes, and its own widths.
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(
    table = "legacy",
    partition_key(template = "u-{user}", raw),
    sort_key(template = "{year:04}/{kind}/{title}", raw)
)]
struct Legacy {
    #[dynamo(key_only)]
    user: String,
    #[dynamo(key_only)]
    year: u16,
    #[dynamo(key_only)]
    kind: String,
    #[dynamo(key_only)]
    title: String,
}

#[tokio::test]
async fn the_parts_of_a_raw_key_are_asked_for_as_they_are_written() {
    for_each_backend(async |db| {
        db.create_tables(tablewright::tables![Legacy]).await.unwrap();
        for (year, kind, title) in [(98, "x", "#1"), (1999, "x", "a b"), (1999, "y", "a"), (2024, "x", "z$")] {
            let item = Legacy { user: "Ann".into(), year, kind: kind.into(), title: title.into() };
            db.create(&item).await.unwrap();
        }
        let titles = |items: Vec<Legacy>| items.into_iter().map(|item| item.title).collect::<Vec<_>>();
        let query = || Legacy::query("Ann");
        assert_eq!(titles(db.query(query().year().gt(98_u16)).await.unwrap()), ["a b", "a", "z$"]);
        assert_eq!(
            titles(db.query(query().year().eq(1999_u16).kind().eq("x").title().ge("a")).await.unwrap()),
            ["a b"]
        );
        assert_eq!(titles(db.query(query().year().eq(98_u16).kind().begins_with("x")).await.unwrap()), ["#1"]);
    })
    .await;
}

#[tokio::test]
async fn a_part_that_cannot_be_written_is_an_error_before_anything_is_sent() {
    let db = Dynamo::with_executor(tablewright::testing::Embedded::memory().unwrap());
    let refused = |query: tablewright::Query<Order, OrderQuery>| db.query(query).preview().unwrap_err().to_string();
    let empty = refused(Order::query(CustomerId(1)).shop().eq("").into_query());
    assert!(empty.contains("`shop`") && empty.contains("ORDER#{shop}#{number}") && empty.contains("empty"), "{empty}");
    let long = refused(Order::query(CustomerId(1)).shop().eq("x".repeat(1020)).number().lt(3).into_query());
    assert!(long.contains("`shop`"), "{long}");
}
