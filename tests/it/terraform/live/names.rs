//! Settings of tables, their names, and their end.

use std::time::Instant;

use serde_json::json;
use tablewright::schema::{PointInTimeRecovery, StreamViewType};
use tablewright_terraform::import_blocks;

use super::life::{Gap, Life, NO_RECOVERY};

const EVENTS: &str = "audit-events.v2";

impl Life {
    pub(super) async fn settings(&mut self) {
        let recovers = self.has(Gap::RecoveryPeriod);
        self.step("recovery is off by a variable and by the code; other tags, another stream, no expiry", |declared| {
            declared.variables =
                concat!("  point_in_time_recovery = { enabled = false }\n", "  tags = { team = \"shop\" }");
            let orders = declared.table("orders");
            orders.ttl = None;
            orders.settings.stream = Some(StreamViewType::NewAndOldImages);
            orders.settings.point_in_time_recovery = Some(PointInTimeRecovery::Disabled);
            orders.settings.tags = &[("cost-center", "43")];
        })
        .await;
        self.step("recovery is on again, and the tags of the root are gone", |declared| {
            declared.variables = NO_RECOVERY;
            if recovers {
                declared.variables = "  point_in_time_recovery = { enabled = true, recovery_period_in_days = 10 }";
                let days = PointInTimeRecovery::Enabled { days: 3 };
                declared.table("orders").settings.point_in_time_recovery = Some(days);
            }
        })
        .await;
    }

    pub(super) async fn names(&mut self) {
        let events = *self.declared.table(EVENTS);
        let made = self.described(EVENTS).await.creation_date_time;
        let step = "one table has another name in the code, and another one leaves it";
        let planned = self.step_without_change(step, |declared| {
            let settings = declared.table("settings");
            settings.name = "preferences";
            settings.settings.renamed_from = Some("settings");
            declared.tables.retain(|table| table.name != EVENTS);
        });
        let planned = planned.await;
        let of = |name: &str| planned.iter().find(|change| change["name"] == name).unwrap();
        assert_eq!(of("preferences")["previous_address"], "module.tables.aws_dynamodb_table.settings");
        assert_eq!(of("audit-events_v2")["change"]["actions"], json!(["forget"]));
        assert_eq!(self.described(EVENTS).await.creation_date_time, made, "the table stays");

        let prefix = self.prefix.clone();
        let planned = self.step_without_change("a table that exists is imported", |declared| {
            declared.tables.push(events);
            declared.blocks = import_blocks(&declared.registry(), "module.tables", &prefix);
        });
        let planned = planned.await;
        let imported = planned.iter().filter_map(|change| change["change"]["importing"]["id"].as_str());
        assert_eq!(imported.collect::<Vec<_>>(), [self.name(EVENTS)]);
        assert_eq!(self.described(EVENTS).await.creation_date_time, made, "the same table");
    }

    pub(super) async fn protection(&mut self) {
        let began = Instant::now();
        let refused = self.root.refused_destroy();
        assert!(refused.contains("Instance cannot be destroyed"), "{refused}");
        self.verify("after a refused destroy").await;
        self.say("`terraform destroy` is refused by the module", &format!("{:.1} s", began.elapsed().as_secs_f64()));

        let began = Instant::now();
        self.root.declare_nothing();
        let refused = self.root.apply(None).unwrap_err();
        for table in ["orders", EVENTS, "settings"] {
            assert!(refused.contains(&format!("({})", self.name(table))), "{table}: {refused}");
        }
        assert_eq!(refused.matches("protected against deletion").count(), 3, "{refused}");
        self.verify("after a refused deletion").await;
        let found = self.client.scan().table_name(self.name("orders")).send().await.unwrap();
        assert_eq!(found.count(), 1, "the item is there after all of it");
        self.say(
            "deletion without the module is refused by DynamoDB",
            &format!("{:.1} s", began.elapsed().as_secs_f64()),
        );
        for table in ["orders", EVENTS, "settings"].map(|table| self.name(table)) {
            self.client.update_table().table_name(&table).deletion_protection_enabled(false).send().await.unwrap();
            self.client.delete_table().table_name(&table).send().await.unwrap();
        }
    }
}
