//! Indexes, capacity, billing and limits.

use aws_sdk_dynamodb::types::{AttributeValue, OnDemandThroughput};
use tablewright::schema::{
    Billing, Capacity, IndexKind, IndexProjection, IndexSchema, KeySchema, KeyType, StreamViewType, TableClass,
    TableSchema,
};

use super::super::models::{EVENTS, ORDERS};
use super::life::{Gap, Life};

const BY_DAY: IndexSchema = IndexSchema::new(
    "by_day",
    IndexKind::Global,
    &[KeySchema::new("day", KeyType::S)],
    &[KeySchema::new("sk", KeyType::S)],
    IndexProjection::KeysOnly,
);

/// The indexes of a table, changed.
fn edited(table: &TableSchema, edit: impl FnOnce(&mut Vec<IndexSchema>)) -> &'static [IndexSchema] {
    let mut indexes = table.indexes.to_vec();
    edit(&mut indexes);
    indexes.leak()
}

fn named<'a>(indexes: &'a mut [IndexSchema], name: &str) -> &'a mut IndexSchema {
    indexes.iter_mut().find(|index| index.name == name).unwrap()
}

impl Life {
    pub(super) async fn indexes(&mut self) {
        let text = |text: &str| AttributeValue::S(text.to_owned());
        let put = self.client.put_item().table_name(self.name("orders"));
        let put = put.item("pk", text("order")).item("sk", text("1")).item("day", text("2026-05-01"));
        put.item("status", text("open")).item("placed_at", AttributeValue::N("7".to_owned())).send().await.unwrap();

        self.step("`orders` has one more index; `audit-events.v2` and its index have other capacity", |declared| {
            let orders = declared.table("orders");
            orders.indexes = edited(orders, |indexes| indexes.push(BY_DAY));
            let events = declared.table("audit-events.v2");
            events.settings.billing = Billing::Provisioned(Capacity { read: 6, write: 12 });
            events.indexes = edited(events, |indexes| {
                let by_actor = named(indexes, "by_actor");
                *by_actor = by_actor.with_capacity(Capacity { read: 3, write: 30 });
            });
        })
        .await;
        let found = self.client.scan().table_name(self.name("orders")).index_name("by_day").send().await.unwrap();
        assert_eq!(found.count(), 1, "the new index has the item that was there before it");
        self.assert_capacity([("", 6, 12), ("by_actor", 3, 30), ("by_kind", 6, 12)]).await;

        self.step("an index is renamed, one is removed, and one has another projection", |declared| {
            let orders = declared.table("orders");
            orders.indexes = edited(orders, |indexes| {
                indexes.retain(|index| index.name != "by_customer");
                named(indexes, "by_day").name = "by_date";
            });
            let events = declared.table("audit-events.v2");
            events.indexes = edited(events, |indexes| named(indexes, "by_kind").projection = IndexProjection::KeysOnly);
        })
        .await;
        self.assert_capacity([("", 6, 12), ("by_actor", 3, 30), ("by_kind", 6, 12)]).await;
    }

    /// The capacity of `audit-events.v2` and of its indexes.
    async fn assert_capacity(&self, expected: [(&str, i64, i64); 3]) {
        let table = self.described("audit-events.v2").await;
        let own = table.provisioned_throughput().unwrap();
        let own = ("", own.read_capacity_units().unwrap(), own.write_capacity_units().unwrap());
        let indexes = table.global_secondary_indexes().iter().map(|index| {
            let capacity = index.provisioned_throughput().unwrap();
            let capacity = (capacity.read_capacity_units().unwrap(), capacity.write_capacity_units().unwrap());
            (index.index_name().unwrap(), capacity.0, capacity.1)
        });
        let mut found: Vec<_> = core::iter::once(own).chain(indexes).collect();
        found.sort_unstable();
        assert_eq!(found, expected);
    }

    pub(super) async fn billing(&mut self) {
        let by_request = self.has(Gap::IndexCapacity);
        if self.has(Gap::IndexLimits) {
            self.first_apply_leaves("an index with limits has another projection", |declared| {
                let orders = declared.table("orders");
                orders.indexes =
                    edited(orders, |indexes| named(indexes, "by_status").projection = IndexProjection::All);
            });
        }
        self.step("the index has its limits again; `audit-events.v2` is billed by request", |declared| {
            if by_request {
                let events = declared.table("audit-events.v2");
                events.settings.billing = Billing::OnDemand { max: None };
                events.indexes = edited(events, |indexes| named(indexes, "by_actor").capacity = None);
            }
            declared.table("settings").settings.billing = Billing::Provisioned(Capacity { read: 1, write: 2 });
        })
        .await;
        if by_request {
            self.assert_capacity([("", 0, 0), ("by_actor", 0, 0), ("by_kind", 0, 0)]).await;
        }
        self.step("`audit-events.v2` is billed for capacity again, and `orders` too", |declared| {
            let events = declared.table("audit-events.v2");
            events.settings.billing = EVENTS.settings.billing;
            let capacity = Some(Capacity { read: 4, write: 40 });
            events.indexes = edited(events, |indexes| named(indexes, "by_actor").capacity = capacity);
            if by_request {
                declared.table("orders").settings.billing = Billing::Provisioned(Capacity { read: 4, write: 5 });
            }
            declared.table("settings").settings.billing = Billing::OnDemand { max: None };
        })
        .await;
        self.assert_capacity([("", 5, 10), ("by_actor", 4, 40), ("by_kind", 5, 10)]).await;
        self.step(
            "`orders` is billed by request again; `audit-events.v2` expires items and has no stream",
            |declared| {
                declared.table("orders").settings.billing = ORDERS.settings.billing;
                declared.table("audit-events.v2").ttl = Some("expires_at");
                declared.table("audit-events.v2").settings.stream = None;
            },
        )
        .await;
        self.limits().await;
    }

    async fn limits(&mut self) {
        let variables = self.declared.variables;
        let capacity = |limits: &str| &*format!("{variables}\n  capacity = {{ {limits} }}").leak();
        let of_indexes = self.has(Gap::IndexLimits);
        // A limit of -1 is not among them: the provider plans it again and again, because AWS shows none.
        let kept = "\"orders/by_date\" = { max_read = 4000, max_write = 1000 }, \"orders/by_status\" = { max_read = 4000, \
                    max_write = 1000 }";
        let own = "\"orders/by_date\" = { max_read = 9, max_write = 10 }, \"orders/by_status\" = { max_read = 7 }";
        let other =
            capacity(&format!("orders = {{ max_read = 50, max_write = 60 }}, {}", if of_indexes { own } else { kept }));
        self.step("`orders` and its indexes have other limits; `settings` has a stream", |declared| {
            declared.variables = other;
            declared.table("settings").settings.stream = Some(StreamViewType::KeysOnly);
        })
        .await;
        let indexes = if of_indexes { [(9, 10), (7, 60)] } else { [(4000, 1000); 2] };
        assert_eq!(self.found_limits().await, limits_of((50, 60), indexes));
        let higher = capacity(&format!("orders = {{ max_read = 70, max_write = 80 }}, {kept}"));
        self.step(
            "`orders` and its indexes have higher limits; `audit-events.v2` is of another class and protected",
            |declared| {
                declared.variables = higher;
                declared.table("audit-events.v2").settings.table_class = TableClass::Standard;
                declared.table("audit-events.v2").settings.deletion_protection = Some(true);
            },
        )
        .await;
        assert_eq!(self.found_limits().await, limits_of((70, 80), [(4000, 1000); 2]));
        self.declared.variables = variables;
    }

    /// The limits of `orders` and of its indexes; -1 where there is none.
    async fn found_limits(&self) -> Vec<(String, i64, i64)> {
        let table = self.described("orders").await;
        let one = |limits: Option<&OnDemandThroughput>| {
            let read = limits.and_then(OnDemandThroughput::max_read_request_units);
            let write = limits.and_then(OnDemandThroughput::max_write_request_units);
            (read.unwrap_or(-1), write.unwrap_or(-1))
        };
        let (read, write) = one(table.on_demand_throughput());
        let mut found = vec![limit(("", read, write))];
        for index in table.global_secondary_indexes() {
            let (read, write) = one(index.on_demand_throughput());
            found.push(limit((index.index_name().unwrap(), read, write)));
        }
        found.sort_unstable();
        found
    }
}

/// The limits of `orders`, and of its indexes `by_date` and `by_status`.
fn limits_of(table: (i64, i64), indexes: [(i64, i64); 2]) -> [(String, i64, i64); 3] {
    let [by_date, by_status] = indexes;
    [("", table), ("by_date", by_date), ("by_status", by_status)]
        .map(|(name, (read, write))| limit((name, read, write)))
}

fn limit((name, read, write): (&str, i64, i64)) -> (String, i64, i64) {
    (name.to_owned(), read, write)
}
