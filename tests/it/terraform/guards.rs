//! What real Terraform plans for tables that exist already: nothing where they are as declared, and an error where they
//! differ in what cannot be changed in place.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};
use tablewright_terraform::Provider;
use tempfile::TempDir;

use super::models::{EVENTS, ORDERS, SETTINGS};

/// What is different about a table that exists.
type Edit = fn(&mut Value);

const PROVIDER: &str = r#"
provider "aws" {
  region                      = "eu-west-1"
  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
  skip_region_validation      = true
}
"#;

/// The folder with the provider, or nothing where there is no Terraform or no such folder.
fn mirror() -> Option<PathBuf> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.ci/terraform");
    let output = Command::new(script).arg("--mirror").output().ok()?;
    let folder = String::from_utf8(output.stdout).unwrap();
    let folder = folder.trim();
    (!folder.is_empty()).then(|| PathBuf::from(folder))
}

fn terraform(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new("terraform");
    command.current_dir(folder).env("CHECKPOINT_DISABLE", "1").env_remove("TF_CLI_CONFIG_FILE");
    command.args(arguments).output().unwrap()
}

fn ok(output: &Output) {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn plan(folder: &Path) -> Output {
    terraform(folder, &["plan", "-no-color", "-input=false", "-refresh=false", "-lock=false", "-out=plan"])
}

/// The resources of the last plan.
fn changes(folder: &Path) -> Vec<Value> {
    let shown: Value = serde_json::from_slice(&terraform(folder, &["show", "-json", "plan"]).stdout).unwrap();
    shown["resource_changes"].as_array().unwrap().clone()
}

/// What AWS answers for everything that a plan cannot know.
fn fill_unknown(value: &mut Value, unknown: &Value, name: &str) {
    match unknown {
        Value::Bool(true) => {
            *value = match name {
                "tags_all" => json!({}),
                "read_capacity" | "write_capacity" | "recovery_period_in_days" => json!(0),
                _ => json!(""),
            }
        }
        Value::Object(fields) => {
            for (name, unknown) in fields {
                fill_unknown(&mut value[name], unknown, name);
            }
        }
        Value::Array(elements) => {
            for (place, unknown) in elements.iter().enumerate() {
                fill_unknown(&mut value[place], unknown, name);
            }
        }
        _ => {}
    }
}

/// Writes the state in which every planned table exists, changed by `edit`.
fn write_state(folder: &Path, planned: &[Value], edit: impl Fn(&mut Value)) {
    let resources: Vec<Value> = planned
        .iter()
        .map(|change| {
            let mut attributes = change["change"]["after"].clone();
            fill_unknown(&mut attributes, &change["change"]["after_unknown"], "");
            attributes["id"] = attributes["name"].clone();
            edit(&mut attributes);
            json!({
                "mode": "managed", "type": change["type"], "name": change["name"],
                "provider": format!("provider[{}]", change["provider_name"]),
                "instances": [{ "schema_version": 1, "attributes": attributes, "sensitive_attributes": [] }],
            })
        })
        .collect();
    let state = json!({
        "version": 4, "terraform_version": "1.5.7", "serial": 1, "lineage": "tablewright", "outputs": {},
        "resources": resources,
    });
    fs::write(folder.join("terraform.tfstate"), state.to_string()).unwrap();
}

fn module_folder(mirror: &Path) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in super::module(&[EVENTS, ORDERS, SETTINGS], Provider::Aws5).files() {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    fs::write(folder.path().join("provider.tf"), PROVIDER).unwrap();
    let plugins = format!("-plugin-dir={}", mirror.display());
    ok(&terraform(folder.path(), &["init", "-input=false", &plugins]));
    folder
}

#[test]
fn existing_tables_are_left_alone_or_guarded() {
    let Some(mirror) = mirror() else {
        writeln!(std::io::stderr(), "no terraform or no provider mirror: plans of existing tables are left out")
            .unwrap();
        return;
    };
    let folder = module_folder(&mirror);
    let folder = folder.path();
    ok(&plan(folder));
    let planned = changes(folder);
    assert_eq!(planned.len(), 3);

    write_state(folder, &planned, |_| {});
    ok(&plan(folder));
    let actions: Vec<Value> = changes(folder).iter().map(|change| change["change"]["actions"].clone()).collect();
    assert_eq!(actions, [json!(["no-op"]), json!(["no-op"]), json!(["no-op"])], "tables that are as declared");

    let orders = |edit: Edit| {
        move |attributes: &mut Value| {
            if attributes["name"] == "orders" {
                edit(attributes);
            }
        }
    };
    let edits: [(Edit, &str); 3] = [
        (|orders| orders["attribute"][0]["type"] = json!("N"), "Key attributes of table orders exist with other"),
        (
            |orders| {
                orders["local_secondary_index"][0]["projection_type"] = json!("KEYS_ONLY");
            },
            "Local secondary indexes of table orders differ",
        ),
        (
            |orders| {
                orders["local_secondary_index"][1]["non_key_attributes"] = json!(["status"]);
            },
            "Local secondary indexes of table orders differ",
        ),
    ];
    for (edit, message) in edits {
        write_state(folder, &planned, orders(edit));
        let refused = plan(folder);
        let said = String::from_utf8_lossy(&refused.stderr).replace("\n│ ", " ").replace('\n', " ");
        assert!(!refused.status.success() && said.contains(message), "{message}: {said}");
    }
}
