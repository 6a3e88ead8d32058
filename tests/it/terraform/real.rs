//! The real Terraform, in a folder of its own, and the state in which tables exist.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};
use tablewright_terraform::Module;
use tempfile::TempDir;

pub(super) const PROVIDER: &str = r#"
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
pub(super) fn mirror() -> Option<PathBuf> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.ci/terraform");
    let output = Command::new(script).arg("--mirror").output().ok()?;
    let folder = String::from_utf8(output.stdout).unwrap();
    let folder = folder.trim();
    (!folder.is_empty()).then(|| PathBuf::from(folder))
}

pub(super) fn terraform(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new("terraform");
    command.current_dir(folder).env("CHECKPOINT_DISABLE", "1").env_remove("TF_CLI_CONFIG_FILE");
    // Most of its time goes into reading the provider's large schema; collecting less garbage saves a fifth of it.
    command.env("GOGC", "400");
    command.args(arguments).output().unwrap()
}

pub(super) fn ok(output: &Output) {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

pub(super) fn plan(folder: &Path) -> Output {
    terraform(folder, &["plan", "-no-color", "-input=false", "-refresh=false", "-lock=false", "-out=plan"])
}

/// The resources of the last plan.
pub(super) fn changes(folder: &Path) -> Vec<Value> {
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
pub(super) fn write_state(folder: &Path, planned: &[Value], edit: impl Fn(&mut Value)) {
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

/// A folder with the module and the provider, made ready.
pub(super) fn module_folder(mirror: &Path, module: &Module) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write_module(folder.path(), module);
    fs::write(folder.path().join("provider.tf"), PROVIDER).unwrap();
    let plugins = format!("-plugin-dir={}", mirror.display());
    ok(&terraform(folder.path(), &["init", "-input=false", &plugins]));
    folder
}

pub(super) fn write_module(folder: &Path, module: &Module) {
    for (path, text) in module.files() {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

/// What is printed where a test is left out.
pub(super) fn left_out(what: &str) {
    eprintln!("no terraform or no provider mirror: {what} left out");
}
