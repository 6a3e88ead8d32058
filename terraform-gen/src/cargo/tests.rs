use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Selection, arguments, discover, shim};

const WORKSPACE: &str = r#"
[workspace]
resolver = "3"
members = ["model", "facade", "program", "other"]

[profile.dev]
debug = "line-tables-only"
"#;

const MODEL: &str = r#"
use tablewright::schema::{KeySchema, KeyType, TableSchema};

static ORDERS: TableSchema = TableSchema::new("orders", KeySchema::new("pk", KeyType::S), None);
inventory::submit!(tablewright::registry::RegisteredTable(&ORDERS));

#[cfg(feature = "audit")]
static AUDIT: TableSchema = TableSchema::new("audit", KeySchema::new("pk", KeyType::S), None);
#[cfg(feature = "audit")]
inventory::submit!(tablewright::registry::RegisteredTable(&AUDIT));
"#;

/// A workspace beside the test program, where it stays built until the next run.
fn workspace() -> PathBuf {
    let program = std::env::current_exe().unwrap();
    let folder = program.ancestors().nth(2).unwrap().join("discovery-test");
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let package = |name: &str, rest: &str| {
        format!("[package]\nname = \"{name}\"\nversion = \"0.3.1\"\nedition = \"2024\"\n{rest}")
    };
    let runtime = repository.join("runtime");
    let model = format!(
        "[features]\naudit = []\n[dependencies]\ninventory = \"0.3\"\ntablewright = {{ path = {runtime:?}, \
         default-features = false, features = [\"registry\"] }}\n"
    );
    let facade = "[dependencies]\nshop-model = { path = \"../model\" }\n";
    let files = [
        ("Cargo.toml", WORKSPACE.to_owned()),
        ("model/Cargo.toml", package("shop-model", &model)),
        ("model/src/lib.rs", MODEL.to_owned()),
        ("facade/Cargo.toml", package("facade", facade)),
        ("facade/src/lib.rs", "pub use shop_model as model;\n".to_owned()),
        ("program/Cargo.toml", package("program", facade)),
        ("program/src/main.rs", "fn main() {}\n".to_owned()),
        ("other/Cargo.toml", package("other", "")),
        ("other/src/lib.rs", String::new()),
    ];
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        shim::write_if_new(&path, &text).unwrap();
    }
    let lock = fs::read_to_string(repository.join("Cargo.lock")).unwrap();
    fs::write(folder.join("Cargo.lock"), lock).unwrap();
    folder
}

fn selection(workspace: &Path, package: Option<&str>) -> Selection {
    Selection {
        package: package.map(str::to_owned),
        manifest_path: Some(workspace.join("Cargo.toml")),
        offline: true,
        ..Selection::default()
    }
}

fn failure(selection: &Selection) -> String {
    discover::discover(selection).unwrap_err().to_string()
}

/// Builds the program that has the tables of a package.
fn build(selection: &Selection) -> PathBuf {
    shim::build(&discover::discover(selection).unwrap(), selection, &[]).unwrap()
}

/// Runs a program that was built: whether it succeeded, its results, and what else it said.
fn run(program: &Path, command: &str, folder: &Path) -> (bool, String, String) {
    let output = Command::new(program).args([command, "--out"]).arg(folder).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.success(), text(output.stdout), text(output.stderr))
}

#[test]
fn packages_and_their_tables_are_found() {
    let workspace = workspace();

    let several = failure(&selection(&workspace, None));
    assert!(several.starts_with("there is no package in this folder"), "{several}");
    assert!(several.contains("`-p shop-model`") && !several.contains("other"), "{several}");
    let unknown = failure(&selection(&workspace, Some("nope")));
    assert!(unknown.starts_with("package `nope` is not in this workspace"), "{unknown}");
    let other = failure(&selection(&workspace, Some("other")));
    assert!(other.starts_with("package `other` does not depend on `tablewright`"), "{other}");
    let program = failure(&selection(&workspace, Some("program")));
    assert!(program.contains("move them to `src/lib.rs`"), "{program}");
    let mut feature = selection(&workspace, Some("shop-model"));
    feature.features = vec!["nope".to_owned()];
    assert!(failure(&feature).contains("has no feature `nope`; its features: `audit`"));

    let folder = tempfile::tempdir().unwrap();
    let facade = build(&selection(&workspace, Some("facade")));
    let (written, results, said) = run(&facade, "terraform", folder.path());
    assert!(written && said == "found 1 table in facade\n", "{said}");
    assert_eq!(results.lines().filter(|line| line.starts_with("written ")).count(), 8, "{results}");
    let (_, results, _) = run(&facade, "terraform", folder.path());
    assert_eq!(results.lines().filter(|line| line.starts_with("unchanged ")).count(), 8, "{results}");
    let (fresh, _, said) = run(&facade, "check", folder.path());
    assert!(fresh, "{said}");

    let table = folder.path().join("table_orders.tf");
    fs::write(&table, fs::read_to_string(&table).unwrap().replace("\"pk\"", "\"id\"")).unwrap();
    fs::remove_file(folder.path().join("versions.tf")).unwrap();
    let (fresh, _, said) = run(&facade, "check", folder.path());
    let first = "differs, first in line 7\n  committed:   hash_key                    = \"id\"\n  generated:   hash_key \
                 \u{20}                  = \"pk\"\n";
    assert!(!fresh && said.contains(first) && said.contains("versions.tf` is missing\n"), "{said}");

    changes_are_agreed_on(&facade, folder.path());

    let mut member = selection(&workspace, None);
    member.manifest_path = Some(workspace.join("model/Cargo.toml"));
    member.features = vec!["shop-model/audit".to_owned()];
    let folder = tempfile::tempdir().unwrap();
    let (_, _, said) = run(&build(&member), "terraform", folder.path());
    assert_eq!(said, "found 2 tables in shop-model\n");
    let text = fs::read_to_string(folder.path().join("table_audit.tf")).unwrap();
    let command = "# Regenerate: cargo tablewright terraform -p shop-model --features audit --out <this folder>";
    assert_eq!(text.lines().nth(1), Some(command));
}

/// `diff` and `accept` of a program, over a snapshot in that folder.
fn changes_are_agreed_on(program: &Path, folder: &Path) {
    let snapshot = folder.join("tablewright.lock.json");
    let run = |arguments: &[&str]| {
        let output = Command::new(program).args(arguments).arg("--snapshot").arg(&snapshot).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code(), text(output.stdout), text(output.stderr))
    };
    let (code, _, said) = run(&["diff"]);
    assert!(code == Some(1) && said.contains("`cargo tablewright accept` writes"), "{said}");
    let (code, results, _) = run(&["accept"]);
    assert!(code == Some(0) && results.ends_with("(1 change)\n"), "{results}");
    assert_eq!(run(&["diff"]).0, Some(0));

    let text = fs::read_to_string(&snapshot).unwrap();
    fs::write(&snapshot, text.replace("\"orders\": {", "\"invoices\": {").replace(": \"orders\"", ": \"invoices\""))
        .unwrap();
    let (code, results, _) = run(&["diff"]);
    assert!(code == Some(30) && results.starts_with("DELETES       table `invoices`"), "{results}");
    let (code, _, said) = run(&["accept"]);
    assert!(code == Some(1) && said.ends_with("add `--allow deletes`\n"), "{said}");
    assert_eq!(run(&["accept", "--allow", "deletes"]).0, Some(0));
    assert_eq!(run(&["diff"]).0, Some(0));
    assert!(fs::read_to_string(&snapshot).unwrap().contains("\"dropped\": {\n    \"invoices\": \"invoices\""));
    assert_eq!(run(&["accept", "--forget", "nothing"]).0, Some(1));
    assert_eq!(run(&["accept", "--forget", "invoices"]).0, Some(0));
    assert!(!fs::read_to_string(&snapshot).unwrap().contains("invoices"));
}

#[test]
fn cargo_passes_the_name_of_the_subcommand() {
    let given = |all: &[&str]| arguments(all.iter().map(OsString::from)).collect::<Vec<_>>();
    assert_eq!(given(&["cargo-tablewright", "tablewright", "check"]), ["cargo-tablewright", "check"]);
    assert_eq!(given(&["cargo-tablewright", "check", "-p", "x"]), ["cargo-tablewright", "check", "-p", "x"]);
    assert_eq!(given(&["cargo-tablewright"]), ["cargo-tablewright"]);
}

#[test]
fn features_are_written_one_way() {
    let selection =
        Selection { features: vec!["b a".to_owned(), "shop/c".to_owned(), "a".to_owned()], ..<_>::default() };
    assert_eq!(selection.features("shop"), ["a", "b", "c"]);
    assert_eq!(selection.command("shop"), "cargo tablewright terraform -p shop --features a,b,c");
}
