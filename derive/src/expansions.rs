//! The code of some types, in files that can be read: `tests/expand/*.rs` and beside each its `*.expanded.rs`.
//!
//! `BLESS=1 cargo test -p tablewright-derive expansions` writes them anew.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use proc_macro2::TokenStream;
use syn::DeriveInput;

#[test]
fn a_table() {
    check("table", super::table);
}

#[test]
fn an_entity_of_a_table_of_several() {
    check("entity", super::entity);
}

#[test]
fn a_table_of_several_entities() {
    check("entities", super::table);
}

#[test]
fn a_document() {
    check("document", super::attribute);
}

#[test]
fn an_enum_of_names() {
    check("names", super::attribute);
}

#[test]
fn a_table_of_versions() {
    check("version", super::table);
}

#[test]
fn a_table_in_shards() {
    check("shard", super::table);
}

#[test]
fn a_mistake() {
    check("mistake", super::table);
}

#[track_caller]
fn check(name: &str, derive: fn(&DeriveInput) -> TokenStream) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/expand");
    let source = fs::read_to_string(folder.join(format!("{name}.rs"))).unwrap();
    let expanded = formatted(&derive(&syn::parse_str(&source).unwrap()).to_string());
    let file = folder.join(format!("{name}.expanded.rs"));
    if std::env::var_os("BLESS").is_some() {
        fs::write(&file, &expanded).unwrap();
    }
    let expected = fs::read_to_string(&file).unwrap_or_default();
    assert!(expanded == expected, "the expansion of `{name}` changed; look at the difference after `BLESS=1`");
}

/// The code as `rustfmt` writes it.
fn formatted(code: &str) -> String {
    let mut rustfmt = Command::new("rustfmt")
        .args(["--edition", "2024", "--config", "max_width=120,use_small_heuristics=Max"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    rustfmt.stdin.take().unwrap().write_all(code.as_bytes()).unwrap();
    let output = rustfmt.wait_with_output().unwrap();
    assert!(output.status.success(), "rustfmt refuses:\n{code}");
    String::from_utf8(output.stdout).unwrap()
}
