//! The settings of a table, within AWS's bounds.

use syn::{LitBool, LitInt};

use super::name;
use crate::attr::{BillingAttr, CapacityAttr, RecoveryAttr, SettingAttrs, StreamAttr, TagAttr};
use crate::errors::Errors;

/// The least that a table's warm throughput can be.
const WARM_READ: u64 = 12_000;
const WARM_WRITE: u64 = 4_000;

/// How a table is billed, streamed, protected and labelled. `None` is what is not written.
#[derive(Default)]
pub(crate) struct Settings {
    pub(crate) billing: Option<Billing>,
    pub(crate) stream: Option<StreamAttr>,
    pub(crate) recovery: Option<Recovery>,
    pub(crate) deletion_protection: Option<LitBool>,
    pub(crate) infrequent_access: bool,
    pub(crate) warm_throughput: Option<Capacity>,
    /// Sorted by key.
    pub(crate) tags: Vec<(String, String)>,
    /// The name that the table keeps in AWS.
    pub(crate) renamed_from: Option<String>,
}

pub(crate) enum Billing {
    OnDemand(Option<Capacity>),
    Provisioned(Capacity),
}

pub(crate) enum Recovery {
    Disabled,
    Enabled(u8),
}

#[derive(Clone, Copy)]
pub(crate) struct Capacity {
    pub(crate) read: u64,
    pub(crate) write: u64,
}

impl Settings {
    pub(super) fn new(attrs: &SettingAttrs, errors: &mut Errors) -> Self {
        Self {
            billing: attrs.billing.as_ref().and_then(|billing| Billing::new(&billing.value, errors)),
            stream: attrs.stream.as_ref().map(|stream| stream.value),
            recovery: attrs.recovery.as_ref().and_then(|recovery| Recovery::new(&recovery.value, errors)),
            deletion_protection: attrs.deletion_protection.as_ref().map(|protection| protection.value.clone()),
            infrequent_access: attrs.table_class.as_ref().is_some_and(|class| class.value),
            warm_throughput: attrs.warm_throughput.as_ref().and_then(|warm| warm_throughput(&warm.value, errors)),
            tags: attrs.tags.as_ref().map(|tags| sorted(&tags.value, errors)).unwrap_or_default(),
            renamed_from: attrs.renamed_from.as_ref().and_then(|former| {
                name::check_resource("a table", &former.value, errors).then(|| former.value.value())
            }),
        }
    }

    /// True if any setting is written.
    pub(crate) fn any(&self) -> bool {
        self.billing.is_some()
            || self.stream.is_some()
            || self.recovery.is_some()
            || self.deletion_protection.is_some()
            || self.infrequent_access
            || self.warm_throughput.is_some()
            || !self.tags.is_empty()
            || self.renamed_from.is_some()
    }
}

impl Billing {
    fn new(attr: &BillingAttr, errors: &mut Errors) -> Option<Self> {
        match attr {
            BillingAttr::OnDemand(None) => Some(Self::OnDemand(None)),
            BillingAttr::OnDemand(Some(most)) => {
                let most = Capacity::at_least(most, (1, 1), "the bound of on-demand billing", errors)?;
                Some(Self::OnDemand(Some(most)))
            }
            BillingAttr::Provisioned(capacity) => {
                Capacity::at_least(capacity, (1, 1), "provisioned capacity", errors).map(Self::Provisioned)
            }
        }
    }
}

impl Recovery {
    fn new(attr: &RecoveryAttr, errors: &mut Errors) -> Option<Self> {
        match attr {
            RecoveryAttr::Switch(LitBool { value: false, .. }) => Some(Self::Disabled),
            RecoveryAttr::Switch(LitBool { value: true, .. }) => Some(Self::Enabled(35)),
            RecoveryAttr::Days(days) => match days.base10_parse::<u8>() {
                Ok(days @ 1..=35) => Some(Self::Enabled(days)),
                _ => {
                    let message = format!("point-in-time recovery reaches back 1 to 35 days, not {days}");
                    errors.at(days, message);
                    None
                }
            },
        }
    }
}

impl Capacity {
    /// Read and write units, each at least so many.
    pub(super) fn at_least(
        attr: &CapacityAttr,
        (read, write): (u64, u64),
        what: &str,
        errors: &mut Errors,
    ) -> Option<Self> {
        let read = units(&attr.read, read, "read", what, errors);
        let write = units(&attr.write, write, "write", what, errors);
        Some(Self { read: read?, write: write? })
    }
}

/// A number of units a second.
pub(super) fn units(number: &LitInt, least: u64, kind: &str, what: &str, errors: &mut Errors) -> Option<u64> {
    match number.base10_parse::<u64>() {
        Ok(units) if units >= least => Some(units),
        Ok(units) => {
            errors.at(number, format!("{what} is at least {least} a second for {kind}s, not {units}"));
            None
        }
        Err(_) => {
            errors.at(number, format!("{what} is a whole number of {kind} units a second, at least {least}"));
            None
        }
    }
}

fn warm_throughput(attr: &CapacityAttr, errors: &mut Errors) -> Option<Capacity> {
    Capacity::at_least(attr, (WARM_READ, WARM_WRITE), "warm throughput", errors)
}

/// The tags, checked and sorted by key.
fn sorted(attrs: &[TagAttr], errors: &mut Errors) -> Vec<(String, String)> {
    let mut tags: Vec<(String, String)> = Vec::new();
    for (place, attr) in attrs.iter().enumerate() {
        let (key, value) = (&attr.name, attr.value.value());
        if let Some(first) = attrs.iter().take(place).find(|other| other.name == *key) {
            let message = format!("tag `{key}` is written twice; remove one");
            errors.conflict(&first.key, format!("tag `{key}` is first written here"), &attr.key, message);
        }
        if key.is_empty() {
            errors.at(&attr.key, "the key of a tag is empty; give it 1 to 128 characters");
        } else if key.chars().count() > 128 {
            errors.at(&attr.key, "the key of a tag has at most 128 characters");
        } else if key.to_lowercase().starts_with("aws:") {
            errors.at(&attr.key, format!("tag `{key}` begins with `aws:`, which AWS keeps for itself; rename it"));
        }
        if value.chars().count() > 256 {
            errors.at(&attr.value, "the value of a tag has at most 256 characters");
        }
        tags.push((key.clone(), value));
    }
    if let Some(attr) = attrs.get(50) {
        errors.at(&attr.key, format!("a table has at most 50 tags, and this one is number 51 of {}", attrs.len()));
    }
    tags.sort();
    tags
}
