//! The examples' own tests, on tables that Terraform made from the modules that are committed.

use std::env;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use tablewright::testing::Embedded;
use tablewright_terraform::Server;

use super::super::real::{left_out, mirror};
use super::root::Root;

/// What the tests of the examples take their tables from.
const TABLES: &str = "TABLEWRIGHT_TEST_TABLES";

#[test]
fn the_examples_run_on_tables_that_terraform_made() {
    let Some(mirror) = mirror() else {
        return left_out("examples on tables that are applied are");
    };
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples").canonicalize().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tables.db");
    let began = Instant::now();
    {
        let engine = Embedded::file(&file).unwrap();
        let server = Server::start(engine, "127.0.0.1:0".parse().unwrap(), None).unwrap();
        let modules = ["bot", "messaging"].map(|example| examples.join(example).join("terraform"));
        let root = Root::of_modules(&mirror, &server.url(), &modules);
        let outcome = root.apply(None).unwrap();
        assert_eq!(outcome, "10 added, 0 changed, 0 destroyed");
        root.assert_settled("the modules of the examples");
        eprintln!("examples: both modules are applied: {outcome} in {:.1} s", began.elapsed().as_secs_f64());
    }
    let began = Instant::now();
    for suite in ["bot", "all"] {
        let passed = run(suite, &file);
        eprintln!("examples: suite `{suite}` on these tables: {passed}");
    }
    eprintln!("examples: both suites in {:.1} s", began.elapsed().as_secs_f64());
}

/// Runs a suite that was built together with this one; how many of its tests pass, which all do.
fn run(suite: &str, tables: &Path) -> String {
    // Beside this test's own program, in the profile that it was built with, so that nothing is built again.
    let own = env::current_exe().unwrap();
    let profile = own.parent().and_then(Path::parent).unwrap();
    let name = profile.file_name().unwrap().to_str().unwrap();
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."));
    cargo.args(["test", "--workspace", "--locked", "--test", suite]);
    cargo.args(["--profile", if name == "debug" { "dev" } else { name }]);
    cargo.arg("--target-dir").arg(profile.parent().unwrap());
    let output = cargo.env(TABLES, tables).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{suite}: {said}\n{}", String::from_utf8_lossy(&output.stderr));
    let passed = said.lines().find_map(|line| line.strip_prefix("test result: ok. ")?.split(';').next()).unwrap();
    assert!(!passed.starts_with("0 "), "{suite}: {said}");
    passed.to_owned()
}
