//! Rules for roles, and for what the options ask for.

use std::collections::BTreeMap;

use tablewright::registry::Registry;
use tablewright::schema::{Billing, GrantSchema, RoleOperation, RoleSchema, Source, TableSchema};

use super::Problem;
use crate::keys::tenant_pattern;
use crate::module::mapping_labels;
use crate::options::Options;
use crate::policy::{entities, reserves};

pub(super) fn check(registry: &Registry, options: &Options, problems: &mut Vec<Problem>) {
    for role in registry.roles() {
        let mut messages = Vec::new();
        for grant in role.grants {
            messages.extend(check_grant(registry, role, grant));
        }
        messages.dedup();
        problems.extend(messages.into_iter().map(|message| of_role(role, message)));
    }
    lambdas(registry, options, problems);
    tables_of_options(registry, options, problems);
}

fn of_role(role: &RoleSchema, message: String) -> Problem {
    Problem { subject: format!("role `{}`", role.name).into(), source: role.source, message }
}

fn check_grant(registry: &Registry, role: &RoleSchema, grant: &GrantSchema) -> Option<String> {
    let Some(table) = registry.tables().iter().find(|table| table.name == grant.table) else {
        return Some(format!(
            "it uses table `{}`, which is not among the tables of the module; generate it together with them",
            grant.table
        ));
    };
    if let Some(index) = grant.index
        && table.index(index).is_none()
    {
        return Some(format!("it reads index `{index}`, which table `{}` does not have", table.name));
    }
    if let RoleOperation::Stream(_) = grant.operation
        && table.settings.stream.is_none()
    {
        return Some(format!(
            "it reads the stream of table `{}`, which has none; write `stream = new_and_old_images` in the table's \
             `#[dynamo(…)]`",
            table.name
        ));
    }
    check_tenant(role, table, grant)
}

fn check_tenant(role: &RoleSchema, table: &TableSchema, grant: &GrantSchema) -> Option<String> {
    let tenant = role.tenant?;
    let of = grant.index.map_or_else(|| "the table".to_owned(), |index| format!("index `{index}`"));
    match grant.operation {
        RoleOperation::Describe => return None,
        RoleOperation::Scan | RoleOperation::Stream(_) => {
            return Some(format!(
                "it is one tenant's, and it reads all items of table `{}`; give that to a role without `tenant`",
                table.name
            ));
        }
        _ => {}
    }
    if reserves(table, grant) {
        return Some(format!(
            "it is one tenant's, and it writes unique attributes of `{}`, whose values are reserved by items that are no tenant's; \
             give that to a role without `tenant`",
            grant.entity
        ));
    }
    let entities = entities(table, grant.entity);
    if entities.is_empty() {
        return Some(format!("it is one tenant's, and the keys of table `{}` are unknown", table.name));
    }
    entities.into_iter().find_map(|entity| {
        let reason = tenant_pattern(table, entity, grant.index, tenant.field, tenant.variable).err()?;
        Some(format!(
            "it is kept to partition keys that begin with `{}`, and those of `{}` in {of} do not: {reason}",
            tenant.field, entity.name
        ))
    })
}

fn of_option(message: String) -> Problem {
    let source = Source { package: "", version: "", module: "", file: "", line: 0 };
    Problem { subject: "the options".into(), source, message }
}

/// The names in backticks, separated by commas; `none` where there is none.
fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}

fn lambdas(registry: &Registry, options: &Options, problems: &mut Vec<Problem>) {
    for name in &options.extras.lambda {
        let Some(role) = registry.roles().iter().find(|role| role.name == name) else {
            let known = listed(registry.roles().iter().map(|role| role.name));
            problems.push(of_option(format!(
                "`--lambda {name}` names no role; roles are declared with `access!`, and there are: {known}"
            )));
            continue;
        };
        if !role.grants.iter().any(|grant| matches!(grant.operation, RoleOperation::Stream(_))) {
            let message = "Lambda is to run it, and it reads no stream; add `stream` to one of its entities";
            problems.push(of_role(role, message.to_owned()));
        }
    }
    let mut taken: BTreeMap<String, &str> = BTreeMap::new();
    for (label, role) in mapping_labels(registry, &options.extras.lambda) {
        if let Some(first) = taken.insert(label, role.name) {
            let message = format!("it cannot be told apart from `{first}` in a resource's name; rename one of them");
            problems.push(of_role(role, message));
        }
    }
}

fn tables_of_options(registry: &Registry, options: &Options, problems: &mut Vec<Problem>) {
    let extras = &options.extras;
    let lists = [
        ("autoscaling", &extras.autoscaling),
        ("resource-policy", &extras.resource_policy),
        ("kinesis", &extras.kinesis),
    ];
    for (option, names) in lists {
        for name in names {
            let Some(table) = registry.tables().iter().find(|table| table.name == name) else {
                let known = listed(registry.tables().iter().map(|table| table.name));
                problems.push(of_option(format!("`--{option} {name}` names no table; there are: {known}")));
                continue;
            };
            if option == "autoscaling" && !matches!(table.settings.billing, Billing::Provisioned(_)) {
                problems.push(of_option(format!(
                    "`--autoscaling {name}` names a table that is billed on demand, whose capacity follows the load \
                     anyway; write `billing = provisioned(read = …, write = …)` for it, or drop the option"
                )));
            }
        }
    }
}
