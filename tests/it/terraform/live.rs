//! Generated modules, applied by real Terraform to a DynamoDB that answers: a table's life from its creation to the refusal
//! to destroy it, with an empty plan after every step.

use std::env;
use std::fs;
use std::path::Path;
use std::time::Instant;

use aws_sdk_dynamodb::Client;
use tablewright::Dynamo;
use tablewright::registry::Registry;
use tablewright::schema::{Capacity, IndexProjection, IndexSchema, TableSchema};
use tablewright::testing::Embedded;
use tablewright_terraform::{Options, Server, Snapshot, generate, import_blocks};
use tempfile::TempDir;

use super::models::{EVENTS, ORDERS, SETTINGS};
use super::real::{PROVIDER, left_out, mirror, ok, terraform, write_module};
use crate::runtime::backends::{ENDPOINT, server_client};

/// A root that calls the module of some tables, on a server.
struct Root {
    folder: TempDir,
    prefix: String,
    endpoint: String,
    /// What was agreed on before the last module.
    agreed: Snapshot,
}

fn leak(tables: &[TableSchema]) -> Vec<&'static TableSchema> {
    tables.iter().map(|table| &*Box::leak(Box::new(*table))).collect()
}

fn registry(tables: &[TableSchema]) -> Registry {
    Registry::new(tables.iter().copied()).unwrap()
}

impl Root {
    fn new(mirror: &Path, endpoint: &str, prefix: &str, tables: &[TableSchema]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (prefix, endpoint) = (prefix.to_owned(), endpoint.to_owned());
        let mut root = Self { folder, prefix, endpoint, agreed: Snapshot::default() };
        root.declare(tables, "");
        let plugins = format!("-plugin-dir={}", mirror.display());
        ok(&terraform(root.folder.path(), &["init", "-input=false", &plugins]));
        root
    }

    /// Writes the module of these tables, and a root that calls it with these arguments besides.
    fn declare(&mut self, tables: &[TableSchema], arguments: &str) {
        let registry = registry(tables);
        let options = Options::new("shop-model", "0.3.1").with_snapshot(self.agreed.clone());
        let module = self.folder.path().join("module");
        let _ = fs::remove_dir_all(&module);
        write_module(&module, &generate(&registry, &options).unwrap());
        self.agreed = self.agreed.after(&registry);
        let provider = PROVIDER.trim_end().strip_suffix('}').unwrap();
        let (endpoint, prefix) = (&self.endpoint, &self.prefix);
        let root = format!(
            "{provider}\n  endpoints {{\n    dynamodb = \"{endpoint}\"\n  }}\n}}\n\nmodule \"tables\" {{\n  source = \
             \"./module\"\n  name_prefix = \"{prefix}\"\n{arguments}}}\n"
        );
        fs::write(self.folder.path().join("main.tf"), root).unwrap();
    }

    /// Applies what is declared. What Terraform said.
    fn apply_once(&self, step: &str) -> String {
        let started = Instant::now();
        let applied = terraform(self.folder.path(), &["apply", "-no-color", "-input=false", "-auto-approve"]);
        let said = String::from_utf8_lossy(&applied.stdout).into_owned();
        assert!(applied.status.success(), "{step}: {said}\n{}", String::from_utf8_lossy(&applied.stderr));
        let outcome = said.lines().rev().find(|line| line.starts_with("Apply complete")).unwrap_or_default();
        eprintln!("{step}: {outcome} ({:.0} s)", started.elapsed().as_secs_f64());
        said
    }

    /// Applies what is declared, after which a plan is empty. What Terraform said.
    fn apply(&self, step: &str) -> String {
        let said = self.apply_once(step);
        let plan = terraform(self.folder.path(), &["plan", "-no-color", "-input=false", "-detailed-exitcode"]);
        assert_eq!(plan.status.code(), Some(0), "{step}: a second plan: {}", String::from_utf8_lossy(&plan.stdout));
        said
    }

    async fn verify(&self, client: &Client, tables: &[TableSchema]) {
        let db = Dynamo::builder().table_prefix(self.prefix.as_str()).client(client.clone());
        db.verify_tables(leak(tables)).await.unwrap();
    }
}

/// The orders with one index that carries more, and one that is new.
fn reindexed() -> TableSchema {
    let mut indexes = ORDERS.indexes.to_vec();
    indexes[0].projection = IndexProjection::All;
    let kind = indexes[0].kind;
    indexes.push(IndexSchema::new("by_total", kind, ORDERS.indexes[0].partition_key, &[], IndexProjection::KeysOnly));
    let mut table = ORDERS;
    table.indexes = indexes.leak();
    table
}

/// The events with another capacity of one index.
fn resized() -> TableSchema {
    let mut indexes = EVENTS.indexes.to_vec();
    indexes[0].capacity = Some(Capacity { read: 3, write: 30 });
    let mut table = EVENTS;
    table.indexes = indexes.leak();
    table
}

async fn lives(mirror: &Path, endpoint: &str, prefix: &str, is_embedded: bool) {
    let client = server_client(endpoint);
    let mut root = Root::new(mirror, endpoint, prefix, &[EVENTS, ORDERS, SETTINGS]);
    root.apply("create");
    root.verify(&client, &[EVENTS, ORDERS, SETTINGS]).await;

    root.declare(&[resized(), reindexed(), SETTINGS], "");
    // The provider makes an index anew without its limits, and sets them in a second apply.
    root.apply_once("change indexes and their capacity");
    root.apply("set the limits of the new index");
    root.verify(&client, &[resized(), reindexed(), SETTINGS]).await;

    // The other server keeps the capacity of an index after the switch, which AWS does not.
    if is_embedded {
        root.declare(&[resized(), reindexed(), SETTINGS], "  billing_mode = \"PAY_PER_REQUEST\"\n");
        root.apply("bill all on demand");
        root.declare(&[resized(), reindexed(), SETTINGS], "");
        root.apply("bill as declared again");
    }

    let mut purchases = reindexed();
    purchases.name = "purchases";
    purchases.settings.renamed_from = Some("orders");
    root.declare(&[resized(), purchases], "");
    let said = root.apply("rename one table and remove another");
    assert!(said.contains("0 destroyed") && said.contains("will no longer be managed"), "{said}");
    root.verify(&client, &[resized(), purchases, SETTINGS]).await;

    let elsewhere = Root::new(mirror, endpoint, prefix, &[resized(), purchases]);
    let imports = import_blocks(&registry(&[resized(), purchases]), "module.tables", prefix);
    fs::write(elsewhere.folder.path().join("import.tf"), imports).unwrap();
    let said = elsewhere.apply("import");
    assert!(said.contains("2 imported, 0 added, 0 changed, 0 destroyed"), "{said}");

    let destroyed = terraform(root.folder.path(), &["destroy", "-no-color", "-input=false", "-auto-approve"]);
    let said = String::from_utf8_lossy(&destroyed.stderr).into_owned();
    assert!(!destroyed.status.success() && said.contains("Instance cannot be destroyed"), "{said}");
    let protected = client.delete_table().table_name(format!("{prefix}orders")).send().await.unwrap_err();
    assert_eq!(protected.into_service_error().meta().code(), Some("ValidationException"), "deletion protection");
    root.verify(&client, &[resized(), purchases, SETTINGS]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_module_lives_on_a_server() {
    let Some(mirror) = mirror() else {
        return left_out("modules that are applied are");
    };
    let server = Server::start(Embedded::memory().unwrap(), "127.0.0.1:0".parse().unwrap(), None).unwrap();
    lives(&mirror, &server.url(), "live-", true).await;
    match env::var(ENDPOINT) {
        Ok(endpoint) => lives(&mirror, &endpoint, &format!("live-{}-", std::process::id()), false).await,
        Err(_) => eprintln!("skipped: {ENDPOINT} is not set, so modules live on one server"),
    }
}
