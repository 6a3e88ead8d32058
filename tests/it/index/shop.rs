//! A shop on one table, whose entities share item collections and an index.

use tablewright::prelude::*;

#[derive(DynamoAttribute, Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct CustomerId(pub(super) u32);

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
pub(super) enum Shop {
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
pub(super) struct Customer {
    #[dynamo(key_only)]
    pub(super) id: CustomerId,
    pub(super) name: String,
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
pub(super) struct Order {
    #[dynamo(key_only)]
    pub(super) customer: CustomerId,
    #[dynamo(key_only)]
    pub(super) shop: String,
    #[dynamo(key_only)]
    pub(super) number: i16,
    pub(super) status: Option<String>,
    pub(super) total: i32,
    pub(super) day: u8,
}

#[derive(DynamoEntity, Debug, Clone, PartialEq)]
#[dynamo(
    table = Shop,
    partition_key = "CUSTOMER#{customer}",
    sort_key = "ORDER#{shop}#{number}#LINE#{line}",
    index(name = "gsi1", partition_key = "SKU#{sku}", sort_key = "{customer}")
)]
pub(super) struct Line {
    #[dynamo(key_only)]
    pub(super) customer: CustomerId,
    #[dynamo(key_only)]
    pub(super) shop: String,
    #[dynamo(key_only)]
    pub(super) number: i16,
    #[dynamo(key_only)]
    pub(super) line: u8,
    pub(super) sku: String,
}

const SHOPS: [&str; 6] = ["a", "a#", "a#b", "ab", "a$", "ö"];
const NUMBERS: [i16; 5] = [i16::MIN, -1, 0, 7, i16::MAX];

pub(super) fn orders() -> Vec<Order> {
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

pub(super) fn lines() -> Vec<Line> {
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

pub(super) async fn filled(db: &Dynamo) {
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
