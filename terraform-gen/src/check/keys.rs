//! Rules for the table's name, its keys and the types of key attributes.

use tablewright::schema::KeyType;

use super::Report;

pub(super) fn check(report: &mut Report<'_>) {
    let table = report.table;
    report.check_name("its name", table.name);
    if let Some(former) = table.settings.renamed_from {
        report.check_name("the name that it keeps", former);
    }
    report.check_attribute_name("the name of its partition key", table.partition_key.name);
    if let Some(sort) = table.sort_key {
        report.check_attribute_name("the name of its sort key", sort.name);
        if sort.name == table.partition_key.name {
            report.add(format!(
                "`{}` is its partition key and its sort key; take another attribute for one of them",
                sort.name
            ));
        }
    }
    one_type_each(report);
    entities_agree(report);
    ttl(report);
}

/// An attribute that is a key in several places has one type in all of them.
fn one_type_each(report: &mut Report<'_>) {
    let keys = report.table.key_attributes();
    for [first, second] in keys.array_windows() {
        if first.name == second.name {
            report.add(format!(
                "attribute `{}` is a key of type {} in one place and {} in another; give it one type, or take two \
                 attributes",
                first.name,
                first.key_type.as_str(),
                second.key_type.as_str(),
            ));
        }
    }
}

/// Every entity stores a key attribute as the type that the key has.
fn entities_agree(report: &mut Report<'_>) {
    let table = report.table;
    for key in table.key_attributes() {
        for entity in table.entities {
            let stored = entity.attributes.iter().find(|attribute| attribute.name == key.name);
            let Some(stored) = stored else { continue };
            if !matches!(stored.attribute_type, "*") && stored.attribute_type != key.key_type.as_str() {
                report.add(format!(
                    "key attribute `{}` has type {}, but `{}` stores field `{}` there as {}; give the field a type \
                     that is stored as {}, or rename its attribute",
                    key.name,
                    key.key_type.as_str(),
                    entity.name,
                    stored.field,
                    stored.attribute_type,
                    key.key_type.as_str(),
                ));
            }
        }
    }
}

/// DynamoDB expires items by a number of epoch seconds only.
fn ttl(report: &mut Report<'_>) {
    let table = report.table;
    let Some(ttl) = table.ttl else { return };
    report.check_attribute_name("the name of its time-to-live attribute", ttl);
    for key in table.key_attributes() {
        if key.name == ttl && key.key_type != KeyType::N {
            report.add(format!(
                "time-to-live attribute `{ttl}` is a key of type {}; it must be a number of epoch seconds",
                key.key_type.as_str()
            ));
        }
    }
    for entity in table.entities {
        let stored = entity.attributes.iter().find(|attribute| attribute.name == ttl);
        if let Some(stored) = stored.filter(|stored| !matches!(stored.attribute_type, "N" | "*")) {
            report.add(format!(
                "time-to-live attribute `{ttl}` is stored by `{}` as {}; items would never expire, so let field `{}` \
                 be a number of epoch seconds",
                entity.name, stored.attribute_type, stored.field,
            ));
        }
    }
}
