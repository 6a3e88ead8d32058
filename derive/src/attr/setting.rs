//! The settings of a table: billing, stream, recovery, protection, class, throughput and tags.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{LitBool, LitInt, LitStr};

use super::entry::{Entry, Key};
use super::value::{Set, set};
use crate::errors::Errors;

pub(super) const NAMES: [&str; 8] = [
    "billing",
    "stream",
    "point_in_time_recovery",
    "deletion_protection",
    "table_class",
    "warm_throughput",
    "tags",
    "renamed_from",
];

const BILLING: [(&str, bool); 2] = [("on_demand", true), ("provisioned", false)];
const STREAMS: [(&str, StreamAttr); 4] = [
    ("keys_only", StreamAttr::KeysOnly),
    ("new_image", StreamAttr::NewImage),
    ("old_image", StreamAttr::OldImage),
    ("new_and_old_images", StreamAttr::NewAndOldImages),
];
const TABLE_CLASSES: [(&str, bool); 2] = [("standard", false), ("standard_infrequent_access", true)];

/// The settings that are written.
#[derive(Default)]
pub(crate) struct SettingAttrs {
    pub(crate) billing: Option<Set<BillingAttr>>,
    pub(crate) stream: Option<Set<StreamAttr>>,
    pub(crate) recovery: Option<Set<RecoveryAttr>>,
    pub(crate) deletion_protection: Option<Set<LitBool>>,
    /// True for infrequent access.
    pub(crate) table_class: Option<Set<bool>>,
    pub(crate) warm_throughput: Option<Set<CapacityAttr>>,
    pub(crate) tags: Option<Set<Vec<TagAttr>>>,
    pub(crate) renamed_from: Option<Set<LitStr>>,
}

/// `billing = …`.
pub(crate) enum BillingAttr {
    OnDemand(Option<CapacityAttr>),
    Provisioned(CapacityAttr),
}

/// Read and write units.
pub(crate) struct CapacityAttr {
    pub(crate) read: LitInt,
    pub(crate) write: LitInt,
}

/// `stream = …`.
#[derive(Clone, Copy)]
pub(crate) enum StreamAttr {
    KeysOnly,
    NewImage,
    OldImage,
    NewAndOldImages,
}

/// `point_in_time_recovery = …`.
pub(crate) enum RecoveryAttr {
    Switch(LitBool),
    Days(LitInt),
}

/// One tag.
pub(crate) struct TagAttr {
    /// The key as it is written, a word or text.
    pub(crate) key: Key,
    pub(crate) name: String,
    pub(crate) value: LitStr,
}

impl SettingAttrs {
    /// Takes an entry that is a setting; false for any other.
    pub(super) fn take(&mut self, entry: &Entry, errors: &mut Errors) -> bool {
        let key = entry.key.clone();
        match entry.name().as_str() {
            "billing" => {
                let billing = billing(entry, errors);
                set(&mut self.billing, key, billing, errors);
            }
            "stream" => {
                let stream = plain_word(entry, &STREAMS, errors);
                set(&mut self.stream, key, stream, errors);
            }
            "point_in_time_recovery" => {
                let recovery = recovery(entry, errors);
                set(&mut self.recovery, key, recovery, errors);
            }
            "deletion_protection" => {
                let protection = entry.boolean("deletion_protection = true", errors);
                set(&mut self.deletion_protection, key, protection, errors);
            }
            "table_class" => {
                let class = plain_word(entry, &TABLE_CLASSES, errors);
                set(&mut self.table_class, key, class, errors);
            }
            "warm_throughput" => {
                let form = "warm_throughput(read = 12000, write = 4000)";
                let capacity = entry
                    .entries(form, errors)
                    .and_then(|entries| capacity(&entries, &entry.key, ["read", "write"], form, errors));
                set(&mut self.warm_throughput, key, capacity, errors);
            }
            "tags" => {
                let tags = tags(entry, errors);
                set(&mut self.tags, key, tags, errors);
            }
            "renamed_from" => {
                let name = entry.text("renamed_from = \"orders\"", errors);
                set(&mut self.renamed_from, key, name, errors);
            }
            _ => return false,
        }
        true
    }
}

/// One of some words with no list after it.
fn plain_word<T: Copy>(entry: &Entry, words: &[(&'static str, T)], errors: &mut Errors) -> Option<T> {
    let (word, value, list) = entry.word(words, errors)?;
    match list {
        None => Some(value),
        Some(list) => {
            errors.at(list, format!("`{word}` takes no list: write `{} = {word}`", entry.name()));
            None
        }
    }
}

fn billing(entry: &Entry, errors: &mut Errors) -> Option<BillingAttr> {
    let (word, on_demand, list) = entry.word(&BILLING, errors)?;
    let form = if on_demand { "on_demand(max_read = 100, max_write = 50)" } else { "provisioned(read = 5, write = 5)" };
    let names = if on_demand { ["max_read", "max_write"] } else { ["read", "write"] };
    match list {
        None if on_demand => Some(BillingAttr::OnDemand(None)),
        None => {
            errors.at(&word, format!("`provisioned` needs units a second: write `billing = {form}`"));
            None
        }
        Some(list) => {
            let entries = Entry::list(list.stream(), errors);
            let capacity = capacity(&entries, &word, names, &format!("billing = {form}"), errors)?;
            Some(match on_demand {
                true => BillingAttr::OnDemand(Some(capacity)),
                false => BillingAttr::Provisioned(capacity),
            })
        }
    }
}

/// Two numbers under these names.
fn capacity(
    entries: &[Entry],
    place: &impl ToTokens,
    names: [&str; 2],
    form: &str,
    errors: &mut Errors,
) -> Option<CapacityAttr> {
    let [read_name, write_name] = names;
    let (mut read, mut write) = (None, None);
    let mut healthy = true;
    for entry in entries {
        let name = entry.name();
        let slot = if name == read_name {
            &mut read
        } else if name == write_name {
            &mut write
        } else {
            entry.unknown(&format!("`{}`", place.to_token_stream()), &names, errors);
            healthy = false;
            continue;
        };
        let number = entry.number(&format!("{name} = 5"), errors);
        healthy &= number.is_some();
        set(slot, entry.key.clone(), number, errors);
    }
    match (read, write) {
        (Some(read), Some(write)) => Some(CapacityAttr { read: read.value, write: write.value }),
        _ => {
            if healthy {
                errors.at(place, format!("both read and write units are needed: write `{form}`"));
            }
            None
        }
    }
}

fn recovery(entry: &Entry, errors: &mut Errors) -> Option<RecoveryAttr> {
    let form = "point_in_time_recovery = days(7)";
    let value = entry.assigned(form, errors)?;
    if let Ok(switch) = syn::parse2::<LitBool>(value.clone()) {
        return Some(RecoveryAttr::Switch(switch));
    }
    match days(value.clone()) {
        Some(days) => Some(RecoveryAttr::Days(days)),
        None => {
            let message = format!("`point_in_time_recovery` is `true`, `false` or a number of days: write `{form}`");
            errors.at(value, message);
            None
        }
    }
}

/// The number in `days(7)`.
fn days(value: TokenStream) -> Option<LitInt> {
    let mut entry = Entry::list(value, &mut Errors::default()).into_iter();
    let entry = entry.next().filter(|entry| entry.name() == "days")?;
    match entry.value {
        super::entry::Value::List(list) => syn::parse2(list.stream()).ok(),
        _ => None,
    }
}

fn tags(entry: &Entry, errors: &mut Errors) -> Option<Vec<TagAttr>> {
    let entries = entry.entries("tags(team = \"billing\", \"cost-center\" = \"42\")", errors)?;
    let tag = |entry: Entry| {
        let name = entry.name();
        let value = entry.text(&format!("{} = \"value\"", entry.key.to_token_stream()), errors)?;
        Some(TagAttr { key: entry.key, name, value })
    };
    Some(entries.into_iter().filter_map(tag).collect())
}
