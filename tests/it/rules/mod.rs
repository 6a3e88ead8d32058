//! The rules that a schema has to keep, and what proves each of them: a struct that breaks it does not compile, or, where one
//! struct alone cannot tell, the generator refuses the module, or a test shows that it cannot be broken.

mod list;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use Proof::{Refused, Written};
use list::RULES;

/// What proves a rule.
enum Proof {
    /// The case of `tests/ui` that breaks it, and words of its message.
    Refused(&'static str, &'static str),
    /// Words in a file from the workspace's root: what a check says there, a test's name, or what is generated.
    Written(&'static str, &'static str),
}

struct Rule {
    text: &'static str,
    proofs: &'static [Proof],
}

/// A file of the workspace, in words one space apart.
fn text_of(file: &Path) -> Result<String, String> {
    let text = std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    Ok(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn missing(workspace: &Path, proof: &Proof) -> Option<String> {
    let (file, words): (PathBuf, _) = match proof {
        Refused(case, words) => {
            let case = workspace.join("tests/ui").join(case);
            if !case.with_extension("rs").exists() {
                return Some(format!("there is no case {}", case.display()));
            }
            (case.with_extension("stderr"), words)
        }
        Written(file, words) => (workspace.join(file), words),
    };
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match text_of(&file) {
        Ok(text) if text.contains(&words) => None,
        Ok(_) => Some(format!("{} does not say {words:?}", file.display())),
        Err(error) => Some(error),
    }
}

#[test]
fn every_rule_of_a_schema_is_proved() {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let unproved: Vec<String> = (1..)
        .zip(&RULES)
        .flat_map(|(number, rule)| {
            let missing = rule.proofs.iter().filter_map(|proof| missing(workspace, proof));
            missing.map(move |missing| format!("rule {number}, {:?}: {missing}", rule.text))
        })
        .collect();
    assert!(unproved.is_empty(), "{}", unproved.join("\n"));
    let texts: BTreeSet<&str> = RULES.iter().map(|rule| rule.text).collect();
    assert!(texts.len() == RULES.len() && RULES.iter().all(|rule| !rule.proofs.is_empty()));
}
