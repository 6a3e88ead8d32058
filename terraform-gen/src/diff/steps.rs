//! What must be done one after another where indexes of a table change together.

use std::collections::BTreeMap;

use super::{Change, Class};

/// The steps for each table of which several global indexes change, or one is built anew.
pub(crate) fn steps(changes: &[Change]) -> Vec<String> {
    let mut tables: BTreeMap<&str, Indexes<'_>> = BTreeMap::new();
    for change in changes {
        let Some(index) = index(change) else { continue };
        let indexes = tables.entry(&change.table).or_default();
        match (change.class, &change.before, &change.after) {
            (Class::IndexRebuild, ..) => indexes.rebuilt.push(index),
            (Class::Online, None, Some(_)) => indexes.added.push(index),
            (Class::Online, Some(_), None) => indexes.removed.push(index),
            _ => {}
        }
    }
    tables.iter().filter_map(|(table, indexes)| indexes.steps(table)).collect()
}

#[derive(Default)]
struct Indexes<'c> {
    added: Vec<&'c str>,
    removed: Vec<&'c str>,
    rebuilt: Vec<&'c str>,
}

/// The global index that a change is of.
fn index(change: &Change) -> Option<&str> {
    change.what.strip_prefix("global index `")?.split('`').next()
}

impl Indexes<'_> {
    fn steps(&self, table: &str) -> Option<String> {
        let Self { added, removed, rebuilt } = self;
        if rebuilt.is_empty() && added.len() + removed.len() < 2 {
            return None;
        }
        let names = |indexes: &[&str]| {
            let mut indexes = indexes.to_vec();
            indexes.dedup();
            indexes.iter().map(|index| format!("`{index}`")).collect::<Vec<_>>().join(", ")
        };
        let mut steps = Vec::new();
        if !rebuilt.is_empty() {
            steps.push(format!(
                "declare each index that is built anew under another name, beside the one that is there ({})",
                names(rebuilt)
            ));
        }
        let gone: Vec<&str> = rebuilt.iter().chain(removed).copied().collect();
        let staying = if gone.is_empty() { String::new() } else { format!(", with {} still declared", names(&gone)) };
        let new = if added.is_empty() { String::new() } else { format!(" {}", names(added)) };
        if !(added.is_empty() && rebuilt.is_empty()) {
            steps.push(format!(
                "apply the new indexes{new}{staying}: AWS fills one at a time, and Terraform waits for each up to \
                 `timeouts.update`"
            ));
            steps.push("deploy the program that queries the new indexes".to_owned());
        } else {
            steps.push(format!("deploy the program that does not query {}", names(&gone)));
        }
        if !gone.is_empty() {
            steps.push(format!("remove {} from the code and apply", names(&gone)));
        }
        let steps: Vec<String> =
            steps.iter().enumerate().map(|(place, step)| format!("\n  {}. {step};", place + 1)).collect();
        Some(format!("Steps for table `{table}`:{}", steps.concat().trim_end_matches(';')))
    }
}
