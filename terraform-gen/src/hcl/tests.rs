use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use super::{Body, Expr, Item, ident, quoted};

/// What text is made of: everything that means something in HCL, and some that only looks like it.
const PIECES: &[&str] = &[
    "$", "%", "{", "}", "${", "%{", "$${", "%%{", "~}", "\"", "\\", "\\u", "\\n", "\n", "\r", "\t", "\u{1}", "\u{7f}",
    "\u{85}", "'", "`", "#", "//", "/*", "<<EOT", "EOT", "if", "for", " ", "=", "a", "Z9", "é", "漢", "🦀", "\u{2028}",
];

const EXPRESSIONS: &[&str] = &[
    "null",
    "true",
    "42",
    "var.kms_key_arn != null",
    "length(var.replicas) > 0 ? \"A\" : null",
    "local.capacity[\"orders/gsi1\"].read",
    "[for key, value in var.tags : \"${key}:${value}\" if value != null]",
];

const NAMES: &[&str] = &["a", "name", "hash_key", "non_key_attributes", "deletion_protection_enabled", "x-1"];

fn text() -> impl Strategy<Value = String> {
    vec(select(PIECES), 0..12).prop_map(|pieces| pieces.concat())
}

pub(super) fn expr() -> impl Strategy<Value = Expr> + Clone {
    let leaf = prop_oneof![text().prop_map(|text| Expr::text(&text)), select(EXPRESSIONS).prop_map(Expr::raw)];
    leaf.prop_recursive(3, 12, 4, |inner| {
        let entries = vec((prop_oneof![text(), select(NAMES).prop_map(str::to_owned)], inner.clone()), 0..4)
            .prop_map(|entries| {
                entries.into_iter().map(|(key, value)| (ident(&key), value)).collect::<BTreeMap<_, _>>()
            })
            .prop_map(|entries| entries.into_iter().collect::<Vec<_>>());
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Expr::List),
            vec(inner.clone(), 0..4).prop_map(Expr::Lines),
            entries.clone().prop_map(Expr::Object),
            entries.prop_map(Expr::Inline),
            inner
                .clone()
                .prop_map(|inner| Expr::For("for key, value in var.tags : key =>".to_owned(), Box::new(inner))),
            inner.prop_map(|inner| inner.wrap("merge(var.tags, ", ")")),
        ]
    })
}

pub(super) fn body() -> impl Strategy<Value = Body> {
    let attribute = (select(NAMES), expr());
    let leaf = vec(attribute.clone(), 0..5)
        .prop_map(|attributes| attributes.into_iter().fold(Body::new(), |body, (name, value)| body.set(name, value)));
    leaf.prop_recursive(3, 16, 4, move |inner| {
        let block = (select(NAMES), vec(select(NAMES), 0..3), inner.clone());
        (inner, block, proptest::option::of(text()), attribute.clone()).prop_map(
            |(body, (kind, labels, inner), comment, (name, value))| {
                let body = body.block(kind, &labels, inner).set(name, value);
                comment.iter().fold(body, |body, comment| body.comment(comment)).set("last", Expr::bool(true))
            },
        )
    })
}

/// The same content with every attribute's name once in its body, as HCL wants it.
pub(super) fn distinct(mut body: Body) -> Body {
    for (place, item) in body.items.iter_mut().enumerate() {
        match item {
            Item::Attribute(name, _) => name.push_str(&place.to_string()),
            Item::Block { body, .. } => *body = distinct(std::mem::take(body)),
            Item::Comment(_) | Item::Blank => {}
        }
    }
    body
}

/// Reads a quoted string as HCL does; `None` where something in it is a template.
pub(super) fn unquote(quoted: &str) -> Option<String> {
    let mut rest = quoted.strip_prefix('"')?.strip_suffix('"')?;
    let mut text = String::new();
    while let Some(c) = rest.chars().next() {
        let escaped = ["$${", "%%{"].into_iter().find(|marker| rest.starts_with(marker));
        let taken = if let Some(marker) = escaped {
            text.push_str(&marker[1..]);
            marker.len()
        } else if rest.starts_with("${") || rest.starts_with("%{") || c == '"' || c.is_control() {
            return None;
        } else if c == '\\' {
            let (c, taken) = match rest[1..].chars().next()? {
                'n' => ('\n', 2),
                'r' => ('\r', 2),
                't' => ('\t', 2),
                'u' => (char::from_u32(u32::from_str_radix(rest.get(2..6)?, 16).ok()?)?, 6),
                c @ ('"' | '\\') => (c, 2),
                _ => return None,
            };
            text.push(c);
            taken
        } else {
            text.push(c);
            c.len_utf8()
        };
        rest = &rest[taken..];
    }
    Some(text)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn quoted_text_reads_back(text in text()) {
        prop_assert_eq!(unquote(&quoted(&text)), Some(text));
    }

    #[test]
    fn quoted_text_of_any_characters_reads_back(text in any::<String>()) {
        prop_assert_eq!(unquote(&quoted(&text)), Some(text));
    }

    #[test]
    fn a_file_ends_with_one_line_end(body in body()) {
        let text = body.set("last", Expr::null()).render();
        prop_assert!(text.ends_with("\n") && !text.ends_with("\n\n"));
        prop_assert!(text.lines().all(|line| !line.ends_with(' ')));
    }
}

#[test]
fn equals_signs_stand_in_one_column() {
    let body = Body::new()
        .set("a", Expr::number(1))
        .set("longer", Expr::text("${x}"))
        .set("lines", Expr::Lines(vec![Expr::null()]))
        .set("b", Expr::bool(true))
        .block("block", &["label"], Body::new().comment("why\n\nthis").set("c", Expr::Object(vec![])))
        .set("d", Expr::texts(["x", "y"]));
    let expected = "a      = 1\nlonger = \"$${x}\"\nlines = [\n  null,\n]\nb = true\n\nblock \"label\" {\n  # why\n  #\n  \
                    # this\n  c = {}\n}\n\nd = [\"x\", \"y\"]\n";
    assert_eq!(body.render(), expected);
}

#[test]
fn keywords_are_quoted_as_keys() {
    assert_eq!(ident("orders-1"), "orders-1");
    assert_eq!(ident("for"), "\"for\"");
    assert_eq!(ident("1st"), "\"1st\"");
    assert_eq!(ident(""), "\"\"");
}

/// Terraform in that folder, or nothing where there is none.
fn terraform(folder: &Path, arguments: &[&str]) -> Option<std::process::Output> {
    let mut command = Command::new("terraform");
    command.current_dir(folder).args(arguments).env("CHECKPOINT_DISABLE", "1").env_remove("TF_CLI_CONFIG_FILE");
    match command.output() {
        Ok(output) => Some(output),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            writeln!(std::io::stderr(), "terraform is not on PATH, so its part of this test is left out").unwrap();
            None
        }
        Err(error) => panic!("terraform {arguments:?}: {error}"),
    }
}

pub(super) fn sample<T: std::fmt::Debug>(strategy: impl Strategy<Value = T>, count: usize) -> Vec<T> {
    let mut runner = TestRunner::deterministic();
    (0..count).map(|_| strategy.new_tree(&mut runner).unwrap().current()).collect()
}

#[test]
fn terraform_reads_text_back() {
    let texts = sample(text(), 4000);
    let folder = tempfile::tempdir().unwrap();
    let list = Expr::Lines(texts.iter().map(|text| Expr::text(text)).collect());
    let file = Body::new().block("output", &["texts"], Body::new().set("value", list)).render();
    fs::write(folder.path().join("main.tf"), file).unwrap();
    let Some(applied) = terraform(folder.path(), &["apply", "-auto-approve", "-no-color"]) else { return };
    assert!(applied.status.success(), "{}", String::from_utf8_lossy(&applied.stderr));
    let output = terraform(folder.path(), &["output", "-json", "texts"]).unwrap();
    let read: Vec<String> = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(read, texts);
}

#[test]
fn terraform_fmt_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    for (number, body) in sample(body(), 3000).into_iter().enumerate() {
        fs::write(folder.path().join(format!("{number}.tf")), distinct(body).render()).unwrap();
    }
    let Some(output) = terraform(folder.path(), &["fmt", "-check", "-diff", "-recursive", "-no-color"]) else { return };
    let said = [output.stdout, output.stderr].concat();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&said));
}
