//! The attribute that tells the types of items apart.

use std::collections::{BTreeMap, BTreeSet};

use super::described::Table;
use super::items::{Attributes, string};

/// The names that such attributes have, in small letters and without separators.
const NAMES: [&str; 12] = [
    "et",
    "edbe",
    "entity",
    "entityname",
    "entitytype",
    "itemtype",
    "kind",
    "model",
    "recordtype",
    "type",
    "typename",
    "objecttype",
];

/// True if an attribute of that name may tell the types of items apart.
pub(super) fn is_candidate(name: &str) -> bool {
    let letters: String = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    NAMES.contains(&letters.as_str())
}

/// The attribute that has one text in all items of each group and another one in each group, and these texts. The key of an
/// index is a field, and no tag.
pub(super) fn find(table: &Table, groups: &[Vec<usize>], items: &[Attributes]) -> Option<(String, Vec<String>)> {
    let is_tag = |name: &&String| is_candidate(name) && table.index_key(name).is_none() && !table.is_key(name);
    let names: BTreeSet<&String> = items.iter().flat_map(Attributes::keys).filter(is_tag).collect();
    names.into_iter().find_map(|name| {
        let text_of = |group: &Vec<usize>| {
            let mut texts: BTreeMap<Option<&str>, ()> = BTreeMap::new();
            for item in group.iter().filter_map(|place| items.get(*place)) {
                texts.insert(string(item.get(name)), ());
            }
            let only = texts.keys().next().copied().flatten().filter(|text| texts.len() == 1 && !text.is_empty());
            only.map(str::to_owned)
        };
        let texts = groups.iter().map(text_of).collect::<Option<Vec<String>>>()?;
        let different: BTreeSet<&String> = texts.iter().collect();
        (different.len() == texts.len()).then(|| (name.clone(), texts))
    })
}
