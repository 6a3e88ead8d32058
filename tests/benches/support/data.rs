//! Orders as a server sends them: compact JSON, the attributes in no order of ours, some text with escapes.

use std::fmt::Write;

use serde::{Deserialize, Serialize};

use crate::order::{Address, Order};

pub struct Random(pub u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % n
    }

    fn word(&mut self, length: u64) -> String {
        (0..length).map(|_| char::from(b'a' + self.below(26) as u8)).collect()
    }
}

fn order(random: &mut Random, number: usize) -> Order {
    let words = 6 + random.below(8);
    let mut description: String = (0..words)
        .map(|_| {
            let length = 3 + random.below(7);
            random.word(length) + " "
        })
        .collect();
    match number % 20 {
        0 => description.push_str("say \"hi\"\n"),
        1 => description.push_str("naïve — ünïcode ✓"),
        _ => {}
    }
    Order {
        pk: format!("CUSTOMER#{:08}", random.below(100_000_000)),
        sk: format!(
            "ORDER#2026-{:02}-{:02}#{:012x}",
            1 + random.below(12),
            1 + random.below(28),
            random.below(1 << 48)
        ),
        customer: format!("{} {}", random.word(6), random.word(9)),
        description,
        quantity: random.below(1000),
        price: random.below(1_000_000) as f64 / 100.0,
        paid: random.below(2) == 0,
        coupon: (random.below(10) < 7).then(|| format!("SAVE-{}", random.word(6))),
        tags: (0..random.below(5)).map(|_| random.word(7)).collect(),
        address: Address {
            street: format!("{} {} st", random.below(999), random.word(8)),
            city: random.word(8),
            zip: format!("{:05}", random.below(99_999)),
            lat: random.below(180_000_000) as f64 / 1_000_000.0 - 90.0,
        },
        labels: (0..=random.below(4)).map(|_| random.word(6)).collect(),
        payload: (0..64).map(|_| random.below(256) as u8).collect(),
    }
}

fn text(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

pub fn item(order: &Order) -> String {
    let labels: Vec<String> = order.labels.iter().map(|label| text(label)).collect();
    let tags: Vec<String> = order.tags.iter().map(|tag| format!("{{\"S\":{}}}", text(tag))).collect();
    let Address { street, city, zip, lat } = &order.address;
    let mut json = format!(
        r#"{{"quantity":{{"N":"{}"}},"address":{{"M":{{"zip":{{"S":{}}},"street":{{"S":{}}},"lat":{{"N":"{lat}"}},"city":{{"S":{}}}}}}},"#,
        order.quantity,
        text(zip),
        text(street),
        text(city),
    );
    write!(
        json,
        r#""sk":{{"S":{}}},"labels":{{"SS":[{}]}},"paid":{{"BOOL":{}}},"description":{{"S":{}}},"pk":{{"S":{}}},"tags":{{"L":[{}]}},"payload":{{"B":"{}"}},"#,
        text(&order.sk), labels.join(","), order.paid, text(&order.description), text(&order.pk), tags.join(","),
        aws_smithy_types::base64::encode(&order.payload),
    )
    .unwrap();
    if let Some(coupon) = &order.coupon {
        write!(json, r#""coupon":{{"S":{}}},"#, text(coupon)).unwrap();
    }
    write!(json, r#""price":{{"N":"{}"}},"customer":{{"S":{}}}}}"#, order.price, text(&order.customer)).unwrap();
    json
}

/// Orders that make a page of about so many bytes.
pub fn orders(bytes: usize) -> Vec<Order> {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let (mut orders, mut length) = (Vec::new(), 0);
    while length < bytes {
        let order = order(&mut random, orders.len());
        length += item(&order).len() + 1;
        orders.push(order);
    }
    orders
}

pub fn page(orders: &[Order], last: bool) -> String {
    let items: Vec<String> = orders.iter().map(item).collect();
    let key = match orders.last() {
        Some(order) if !last => {
            format!(r#""LastEvaluatedKey":{{"pk":{{"S":{}}},"sk":{{"S":{}}}}},"#, text(&order.pk), text(&order.sk))
        }
        _ => String::new(),
    };
    format!(r#"{{"Count":{},"Items":[{}],{key}"ScannedCount":{}}}"#, orders.len(), items.join(","), orders.len())
}

/// The same order as a plain JSON library would have it.
#[derive(Serialize, Deserialize)]
pub struct PlainOrder {
    pub pk: String,
    pub sk: String,
    pub customer: String,
    pub description: String,
    pub quantity: u64,
    pub price: f64,
    pub paid: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coupon: Option<String>,
    pub tags: Vec<String>,
    pub address: Address,
    pub labels: std::collections::BTreeSet<String>,
    #[serde(with = "base64")]
    pub payload: Vec<u8>,
}

mod base64 {
    use serde::{Deserializer, Serializer, de::Error, de::Visitor};

    pub fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&aws_smithy_types::base64::encode(bytes))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        struct Text;
        impl Visitor<'_> for Text {
            type Value = Vec<u8>;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("base64")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Vec<u8>, E> {
                aws_smithy_types::base64::decode(text).map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Text)
    }
}

pub fn plain(order: &Order) -> PlainOrder {
    let Order { pk, sk, customer, description, quantity, price, paid, coupon, tags, address, labels, payload } =
        order.clone();
    PlainOrder { pk, sk, customer, description, quantity, price, paid, coupon, tags, address, labels, payload }
}
