//! Key conditions on the parts of templates, on tables and indexes of several entities.

use tablewright::prelude::*;
use tablewright::{Index, IntoQuery, Item};

use crate::runtime::backends::for_each_backend;

#[derive(DynamoAttribute, Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct CustomerId(u32);

/// Customers, their orders and the orders' lines, which share item collections and one overloaded index.
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(
    table = "shop",
    partition_key = "pk",
    sort_key = "sk",
    gsi(name = "gsi1", partition_key = "gsi1pk", sort_key = "gsi1sk"),
    gsi(name = "narrow", partition_key = "status", sort_key = "sk", projection = keys_only),
    lsi(name = "by-day", sort_key = "day_sk")
)]
enum Shop {
    Customer(Customer),
    Order(Order),
    Line(Line),
}

#[derive(DynamoEntity, Debug, Clone, PartialEq)]
#[dynamo(
    table = Shop,
    partition_key = "CUSTOMER#{id}",
    sort_key = "PROFILE#{id}",
    index(name = "gsi1", partition_key(template = "CUSTOMERS"), sort_key = "{name}#{id}")
)]
struct Customer {
    #[dynamo(key_only)]
    id: CustomerId,
    name: String,
}

#[derive(DynamoEntity, Debug, Clone, PartialEq)]
#[dynamo(
    table = Shop,
    partition_key = "CUSTOMER#{customer}",
    sort_key = "ORDER#{shop}#{number}",
    index(name = "gsi1", partition_key = "STATUS#{status}", sort_key = "{total}#{customer}#{number}", sparse),
    index(name = "narrow", partition_key = "status", sort_key = sort_key, sparse),
    index(name = "by-day", sort_key = "{day}"),
    access(
        name = "at_least",
        index = "gsi1",
        partition(status),
        range(total >= least),
        order = descending,
        doc = "Orders of a status, the largest first."
    )
)]
struct Order {
    #[dynamo(key_only)]
    customer: CustomerId,
    #[dynamo(key_only)]
    shop: String,
    #[dynamo(key_only)]
    number: i16,
    status: Option<String>,
    total: i32,
    day: u8,
}

#[derive(DynamoEntity, Debug, Clone, PartialEq)]
#[dynamo(
    table = Shop,
    partition_key = "CUSTOMER#{customer}",
    sort_key = "ORDER#{shop}#{number}#LINE#{line}",
    index(name = "gsi1", partition_key = "SKU#{sku}", sort_key = "{customer}")
)]
struct Line {
    #[dynamo(key_only)]
    customer: CustomerId,
    #[dynamo(key_only)]
    shop: String,
    #[dynamo(key_only)]
    number: i16,
    #[dynamo(key_only)]
    line: u8,
    sku: String,
}

const SHOPS: [&str; 6] = ["a", "a#", "a#b", "ab", "a$", "ö"];
const NUMBERS: [i16; 5] = [i16::MIN, -1, 0, 7, i16::MAX];

fn orders() -> Vec<Order> {
    let mut orders = Vec::new();
    for customer in [CustomerId(1), CustomerId(2)] {
        for shop in SHOPS {
            for number in NUMBERS {
                let place = orders.len();
                orders.push(Order {
                    customer,
                    shop: shop.into(),
                    number,
                    status: [None, Some("open"), Some("done")][place % 3].map(str::to_owned),
                    total: i32::from(number) * 10,
                    day: u8::try_from(place % 7).unwrap(),
                });
            }
        }
    }
    orders
}

fn lines() -> Vec<Line> {
    let of = |order: Order| {
        [0, 1, 255].map(|line| Line {
            customer: order.customer,
            shop: order.shop.clone(),
            number: order.number,
            line,
            sku: format!("sku{line}"),
        })
    };
    orders().into_iter().flat_map(of).collect()
}

async fn filled(db: &Dynamo) {
    db.create_tables(tablewright::tables![Shop]).await.unwrap();
    for id in [CustomerId(1), CustomerId(2)] {
        db.create(&Customer { id, name: format!("n{}", id.0) }).await.unwrap();
    }
    for order in orders() {
        db.create(&order).await.unwrap();
    }
    for line in lines() {
        db.create(&line).await.unwrap();
    }
}

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
