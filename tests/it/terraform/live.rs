//! Generated modules, applied by real Terraform to a DynamoDB that answers.

use std::fs;
use std::path::Path;
use std::time::Instant;

use aws_sdk_dynamodb::Client;
use tablewright::Dynamo;
use tablewright::schema::TableSchema;
use tablewright::testing::Embedded;
use tablewright_terraform::{Provider, Server};
use tempfile::TempDir;

use super::models::{EVENTS, ORDERS, SETTINGS};
use super::real::{PROVIDER, left_out, mirror, ok, terraform, write_module};
use crate::runtime::backends::server_client;

/// A root that calls the module of some tables, on a server.
struct Root {
    folder: TempDir,
    prefix: String,
    endpoint: String,
}

fn leak(tables: &[TableSchema]) -> Vec<&'static TableSchema> {
    tables.iter().map(|table| &*Box::leak(Box::new(*table))).collect()
}

impl Root {
    fn new(mirror: &Path, endpoint: &str, prefix: &str, tables: &[TableSchema]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (prefix, endpoint) = (prefix.to_owned(), endpoint.to_owned());
        let root = Self { folder, prefix, endpoint };
        root.declare(tables);
        let plugins = format!("-plugin-dir={}", mirror.display());
        ok(&terraform(root.folder.path(), &["init", "-input=false", &plugins]));
        root
    }

    /// Writes the module of these tables, and a root that calls it.
    fn declare(&self, tables: &[TableSchema]) {
        let module = self.folder.path().join("module");
        write_module(&module, &super::module(tables, Provider::Aws5));
        let provider = PROVIDER.trim_end().strip_suffix('}').unwrap();
        let (endpoint, prefix) = (&self.endpoint, &self.prefix);
        let root = format!(
            "{provider}\n  endpoints {{\n    dynamodb = \"{endpoint}\"\n  }}\n}}\n\nmodule \"tables\" {{\n  source = \
             \"./module\"\n  name_prefix = \"{prefix}\"\n}}\n"
        );
        fs::write(self.folder.path().join("main.tf"), root).unwrap();
    }

    /// Applies what is declared, after which a plan is empty.
    fn apply(&self, step: &str) {
        let started = Instant::now();
        let applied = terraform(self.folder.path(), &["apply", "-no-color", "-input=false", "-auto-approve"]);
        let said = String::from_utf8_lossy(&applied.stdout);
        assert!(applied.status.success(), "{step}: {said}\n{}", String::from_utf8_lossy(&applied.stderr));
        let outcome = said.lines().rev().find(|line| line.starts_with("Apply complete")).unwrap_or_default();
        eprintln!("{step}: {outcome} ({:.0} s)", started.elapsed().as_secs_f64());
        let plan = terraform(self.folder.path(), &["plan", "-no-color", "-input=false", "-detailed-exitcode"]);
        assert_eq!(plan.status.code(), Some(0), "{step}: a second plan: {}", String::from_utf8_lossy(&plan.stdout));
    }

    async fn verify(&self, client: &Client, tables: &[TableSchema]) {
        let db = Dynamo::builder().table_prefix(self.prefix.as_str()).client(client.clone());
        db.verify_tables(leak(tables)).await.unwrap();
    }
}

async fn lives(mirror: &Path, endpoint: &str, prefix: &str) {
    let client = server_client(endpoint);
    let root = Root::new(mirror, endpoint, prefix, &[EVENTS, ORDERS, SETTINGS]);
    root.apply("create");
    root.verify(&client, &[EVENTS, ORDERS, SETTINGS]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_module_lives_on_a_server() {
    let Some(mirror) = mirror() else {
        return left_out("modules that are applied are");
    };
    let server = Server::start(Embedded::memory().unwrap(), "127.0.0.1:0".parse().unwrap(), None).unwrap();
    lives(&mirror, &server.url(), "live-").await;
}
