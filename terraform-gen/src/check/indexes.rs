//! Rules for secondary indexes.

use std::collections::BTreeSet;

use tablewright::schema::{Billing, IndexKind, IndexProjection, IndexSchema, KeySchema};

use super::Report;
use crate::options::Provider;

const MAX_GLOBAL: usize = 20;
const MAX_LOCAL: usize = 5;
const MAX_PARTS: usize = 4;
const MAX_PROJECTED: usize = 20;
const MAX_PROJECTED_IN_TABLE: usize = 100;

pub(super) fn check(report: &mut Report<'_>) {
    let indexes = report.table.indexes;
    counts(report, indexes);
    let mut names = BTreeSet::new();
    for index in indexes {
        let name = index.name;
        report.check_name(&format!("the name of index `{name}`"), name);
        if !names.insert(name) {
            report.add(format!("two of its indexes are named `{name}`; give one of them another name"));
        }
        for key in index.partition_key.iter().chain(index.sort_key) {
            report.check_attribute_name(&format!("the name of a key attribute of index `{name}`"), key.name);
        }
        match index.kind {
            IndexKind::Global => global(report, index),
            IndexKind::Local => local(report, index),
        }
        projection(report, index);
    }
}

fn counts(report: &mut Report<'_>, indexes: &[IndexSchema]) {
    let of_kind = |kind: IndexKind| indexes.iter().filter(|index| index.kind == kind).count();
    let (global, local) = (of_kind(IndexKind::Global), of_kind(IndexKind::Local));
    if global > MAX_GLOBAL {
        report.add(format!("it has {global} global secondary indexes; AWS allows {MAX_GLOBAL}, so remove some"));
    }
    if local > MAX_LOCAL {
        report.add(format!(
            "it has {local} local secondary indexes; AWS allows {MAX_LOCAL}, so make global ones of some"
        ));
    }
    let projected: usize = indexes.iter().map(|index| index.projection.non_key_attributes().len()).sum();
    if projected > MAX_PROJECTED_IN_TABLE {
        report.add(format!(
            "its indexes include {projected} attributes in all; AWS allows {MAX_PROJECTED_IN_TABLE}, so project all \
             attributes into some index instead"
        ));
    }
}

fn global(report: &mut Report<'_>, index: &IndexSchema) {
    let name = index.name;
    let (partition, sort) = (index.partition_key.len(), index.sort_key.len());
    if !(1..=MAX_PARTS).contains(&partition) {
        report.add(format!("index `{name}` has {partition} partition-key attributes; give it 1 to {MAX_PARTS}"));
    }
    if sort > MAX_PARTS {
        report.add(format!("index `{name}` has {sort} sort-key attributes; AWS allows {MAX_PARTS}"));
    }
    if let Some(twice) = twice(index.partition_key.iter().chain(index.sort_key)) {
        report.add(format!("attribute `{twice}` is twice in the key of index `{name}`; name it once"));
    }
    if (partition > 1 || sort > 1) && report.provider == Provider::Aws5 {
        report.add(format!(
            "index `{name}` has a multi-attribute key, which the provider knows from version 6.30.0; generate with \
             `--provider aws6`, or give the index one partition key and one sort key"
        ));
    }
    let Some(capacity) = index.capacity else { return };
    if matches!(report.table.settings.billing, Billing::OnDemand { .. }) {
        report.add(format!(
            "index `{name}` has provisioned capacity, but the table is billed on demand; provision the table too, or \
             remove the index's capacity"
        ));
    }
    if capacity.read < 1 || capacity.write < 1 {
        report
            .add(format!("index `{name}` has a provisioned capacity of 0; provision at least 1 read and 1 write unit"));
    }
}

fn local(report: &mut Report<'_>, index: &IndexSchema) {
    let table = report.table;
    let name = index.name;
    if table.sort_key.is_none() {
        report.add(format!(
            "local index `{name}` needs a table with a sort key, and this one has none; add a sort key, or make the \
             index global"
        ));
    }
    if index.partition_key != [table.partition_key] {
        report.add(format!(
            "local index `{name}` must have the table's partition key `{}`; leave its partition key out, or make the \
             index global",
            table.partition_key.name,
        ));
    }
    match index.sort_key {
        [sort] if sort.name == table.partition_key.name => {
            report.add(format!("the sort key of local index `{name}` is the table's partition key; take another one"));
        }
        [_] => {}
        other => report.add(format!("local index `{name}` has {} sort-key attributes; give it one", other.len())),
    }
    if index.capacity.is_some() {
        report.add(format!(
            "local index `{name}` cannot have capacity of its own, because it uses the table's; remove it"
        ));
    }
}

fn projection(report: &mut Report<'_>, index: &IndexSchema) {
    let IndexProjection::Include(attributes) = index.projection else { return };
    let (name, count) = (index.name, attributes.len());
    if count == 0 {
        report.add(format!("index `{name}` includes no attributes; name some, or project the keys only"));
    }
    if count > MAX_PROJECTED {
        report.add(format!(
            "index `{name}` includes {count} attributes; AWS allows {MAX_PROJECTED}, so project all attributes instead"
        ));
    }
    let mut names = BTreeSet::new();
    for attribute in attributes {
        report.check_attribute_name(&format!("the name of an attribute that index `{name}` includes"), attribute);
        if !names.insert(attribute) {
            report.add(format!("index `{name}` includes attribute `{attribute}` twice; name it once"));
        }
    }
}

/// The first attribute that is there twice.
fn twice<'a>(keys: impl Iterator<Item = &'a KeySchema>) -> Option<&'static str> {
    let mut names = BTreeSet::new();
    keys.map(|key| key.name).find(|name| !names.insert(*name))
}
