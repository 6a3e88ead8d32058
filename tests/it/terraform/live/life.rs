//! The life of three tables: what their code and their variables may say differently in the course of years.

use std::path::Path;
use std::time::Instant;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::Region;
use aws_sdk_dynamodb::types::TableDescription;
use serde_json::{Value, json};
use tablewright::Dynamo;
use tablewright::schema::{PointInTimeRecovery, TableSchema};
use tablewright_terraform::Snapshot;

use super::super::models::{EVENTS, ORDERS, SETTINGS};
use super::root::{Declared, Root};
use crate::runtime::backends::server_client;

/// What a server does in another way than AWS, so that a second plan could not be empty there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// It forgets for how many days a table can be restored.
    RecoveryPeriod,
    /// An index keeps its capacity where its table is billed by request.
    IndexCapacity,
    /// It ignores new limits of an index.
    IndexLimits,
}

pub(super) const NO_RECOVERY: &str = "  point_in_time_recovery = { enabled = false }";

/// What ministack 1.5 does in another way than AWS, and what is left out there.
pub(super) const MINISTACK: &[(Gap, &str)] = &[
    (Gap::RecoveryPeriod, "point-in-time recovery stays off, because the server forgets its days"),
    (Gap::IndexCapacity, "no table with indexes goes to PAY_PER_REQUEST, because they would keep their capacity"),
    (Gap::IndexLimits, "indexes keep their limits and projections, because the server ignores new limits"),
];

/// Three tables on a server, which Terraform made and changes.
pub(super) struct Life {
    pub(super) root: Root,
    pub(super) declared: Declared,
    pub(super) client: Client,
    server: &'static str,
    gaps: &'static [(Gap, &'static str)],
    pub(super) prefix: String,
    began: Instant,
}

impl Life {
    pub(super) fn begin(mirror: &Path, (server, endpoint): (&'static str, &str), prefix: &str) -> Self {
        let tables = vec![EVENTS, ORDERS, SETTINGS];
        let declared = Declared { tables, agreed: Snapshot::default(), variables: "", blocks: String::new() };
        let began = Instant::now();
        let root = Root::new(mirror, endpoint, prefix);
        // Where the provider is: some servers keep regions apart.
        let here = server_client(endpoint).config().to_builder().region(Region::from_static("eu-west-1"));
        let (client, prefix) = (Client::from_conf(here.build()), prefix.to_owned());
        Self { root, declared, client, server, gaps: &[], prefix, began }
    }

    /// The same life on a server with these gaps.
    pub(super) fn with_gaps(mut self, gaps: &'static [(Gap, &'static str)]) -> Self {
        self.gaps = gaps;
        for (_, left_out) in gaps {
            self.say("left out", left_out);
        }
        if !self.has(Gap::RecoveryPeriod) {
            self.declared.variables = NO_RECOVERY;
            self.declared.table("orders").settings.point_in_time_recovery = Some(PointInTimeRecovery::Disabled);
        }
        self
    }

    pub(super) async fn live(mut self) {
        self.step("three tables are created", |_| {}).await;
        self.indexes().await;
        self.billing().await;
        self.settings().await;
        self.names().await;
        self.protection().await;
        self.say("all of it", &format!("{:.0} s", self.began.elapsed().as_secs_f64()));
    }

    /// True if the server does this as AWS does.
    pub(super) fn has(&self, gap: Gap) -> bool {
        self.gaps.iter().all(|(other, _)| *other != gap)
    }

    /// Declares something else and applies it.
    pub(super) async fn step(&mut self, step: &str, change: impl FnOnce(&mut Declared)) {
        change(&mut self.declared);
        self.root.declare(&self.declared);
        let started = Instant::now();
        let outcome = self.root.apply(None).unwrap_or_else(|failed| panic!("{step}: {failed}"));
        self.settled(step, &outcome, started).await;
    }

    /// After a step a plan is empty, and the tables are what the code says.
    async fn settled(&mut self, step: &str, outcome: &str, started: Instant) {
        let applied = started.elapsed().as_secs_f64();
        self.root.assert_settled(step);
        let planned = started.elapsed().as_secs_f64() - applied;
        self.verify(step).await;
        self.declared.agreed = self.declared.agreed.after(&self.declared.registry());
        self.say(step, &format!("{outcome} in {applied:.1} s; nothing left to do in {planned:.1} s"));
    }

    /// Applies something that the provider does only in part: the next plan wants to do the rest in place.
    pub(super) fn first_apply_leaves(&mut self, step: &str, change: impl FnOnce(&mut Declared)) {
        change(&mut self.declared);
        self.root.declare(&self.declared);
        let started = Instant::now();
        let outcome = self.root.apply(None).unwrap_or_else(|failed| panic!("{step}: {failed}"));
        let changes = self.root.plan();
        let actions: Vec<&Value> = changes.iter().map(|change| &change["change"]["actions"]).collect();
        let updates = actions.iter().filter(|&&actions| *actions == json!(["update"])).count();
        let rest = actions.iter().filter(|&&actions| *actions != json!(["no-op"])).count();
        assert_eq!((updates, rest), (1, 1), "{step}: {changes:#?}");
        self.say(step, &format!("{outcome}, and something is left to do, in {:.1} s", started.elapsed().as_secs_f64()));
    }

    /// One line of the transcript.
    pub(super) fn say(&self, step: &str, outcome: &str) {
        eprintln!("{}: {step}: {outcome}", self.server);
    }

    /// The tables are what the code says.
    pub(super) async fn verify(&self, step: &str) {
        let db = Dynamo::builder().table_prefix(self.prefix.as_str()).client(self.client.clone());
        let tables: Vec<&'static TableSchema> =
            self.declared.tables.iter().map(|table| &*Box::leak(Box::new(*table))).collect();
        db.verify_tables(tables).await.unwrap_or_else(|mismatch| panic!("{step}: {mismatch}"));
    }

    pub(super) fn name(&self, table: &str) -> String {
        format!("{}{table}", self.prefix)
    }

    pub(super) async fn described(&self, table: &str) -> TableDescription {
        let described = self.client.describe_table().table_name(self.name(table)).send().await;
        described.unwrap().table.unwrap()
    }

    /// Plans what is declared, which leaves every table as it is, and applies the plan; what Terraform says of each table.
    pub(super) async fn step_without_change(&mut self, step: &str, change: impl FnOnce(&mut Declared)) -> Vec<Value> {
        change(&mut self.declared);
        self.root.declare(&self.declared);
        let started = Instant::now();
        let changes = self.root.plan();
        for change in &changes {
            let actions = &change["change"]["actions"];
            assert!([json!(["no-op"]), json!(["forget"])].contains(actions), "{step}: {change:#}");
        }
        let outcome = self.root.apply(Some("plan")).unwrap_or_else(|failed| panic!("{step}: {failed}"));
        assert_eq!(outcome.trim_start_matches("1 imported, "), "0 added, 0 changed, 0 destroyed", "{step}");
        self.settled(step, &outcome, started).await;
        changes
    }
}
