//! The generated module: its files and what is in them.

mod autoscaling;
mod companions;
mod example;
mod header;
mod iam;
mod lambda;
mod lifecycle;
mod locals;
mod moved;
mod outputs;
mod readme;
mod removed;
mod resource_policy;
mod table;
mod tests_extras;
mod tests_file;
mod variables;
mod versions;
mod vpc_endpoint;

use std::collections::BTreeMap;

use serde_json::Value;
use tablewright::registry::Registry;
use tablewright::schema::RoleSchema;

pub(crate) use header::{generated_from, is_generated, same_content};

use crate::check::{Problem, check};
use crate::hcl::{self, Body};
use crate::options::Options;
use crate::plan::{TablePlan, plan};
use crate::policy::{Policy, policies};
use lambda::Mapping;

/// The files of a generated module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Module {
    files: BTreeMap<String, String>,
}

/// The Terraform module of these tables.
///
/// The same tables give the same bytes, in whatever order they were registered.
///
/// # Errors
/// Everything in the tables that AWS or the provider would refuse, at once.
///
/// # Examples
/// ```
/// use tablewright::registry::Registry;
/// use tablewright::schema::{KeySchema, KeyType, TableSchema};
/// use tablewright_terraform::{Options, generate};
///
/// const SESSIONS: TableSchema =
///     TableSchema::new("sessions", KeySchema::new("session_id", KeyType::S), None).with_ttl("expires_at");
///
/// let registry = Registry::new([SESSIONS])?;
/// let module = generate(&registry, &Options::new("shop-model", "0.3.1")).unwrap();
/// let table = module.file("table_sessions.tf").unwrap();
/// assert!(table.contains(r#"resource "aws_dynamodb_table" "sessions" {"#));
/// # Ok::<(), tablewright::registry::RegistryError>(())
/// ```
pub fn generate(registry: &Registry, options: &Options) -> Result<Module, Vec<Problem>> {
    with_parts(registry, options, |parts| {
        let header = header::hcl(options);
        let mut files: BTreeMap<String, String> =
            parts.bodies().into_iter().map(|(path, body)| (path, format!("{header}\n{}", body.render()))).collect();
        let readme = readme::text(parts, &parts.variables(), &parts.outputs());
        files.insert("README.md".to_owned(), format!("{}{readme}", header::markdown(options)));
        Module { files }
    })
}

/// The module's files but examples, tests and documentation, as one file in Terraform's JSON syntax.
pub(crate) fn json(registry: &Registry, options: &Options) -> Result<Value, Vec<Problem>> {
    with_parts(registry, options, |parts| {
        let bodies = parts.bodies();
        let mut file = hcl::json(bodies.iter().filter(|(path, _)| !path.contains('/')).map(|(_, body)| body));
        if let Some(members) = file.as_object_mut() {
            members.insert("//".to_owned(), header::text(options).into());
        }
        file
    })
}

fn with_parts<T>(
    registry: &Registry,
    options: &Options,
    make: impl FnOnce(&Parts<'_>) -> T,
) -> Result<T, Vec<Problem>> {
    let problems = check(registry, options);
    if !problems.is_empty() {
        return Err(problems);
    }
    let tables = plan(registry);
    let agreed = options.snapshot.clone().unwrap_or_default();
    let parts = Parts {
        options,
        tables: &tables,
        policies: policies(registry, &tables, &options.extras.lambda),
        mappings: Mapping::all(registry.roles(), &tables, &options.extras.lambda),
        removed: agreed.removed(registry),
        moved: agreed.after(registry).moved,
    };
    Ok(make(&parts))
}

/// The names of the resources for the streams that Lambda reads, and the role of each.
pub(crate) fn mapping_labels<'a>(registry: &'a Registry, lambdas: &[String]) -> Vec<(String, &'a RoleSchema)> {
    let tables = plan(registry);
    Mapping::all(registry.roles(), &tables, lambdas)
        .into_iter()
        .map(|mapping| (mapping.label(), mapping.role))
        .collect()
}

/// What a module is made of.
struct Parts<'a> {
    options: &'a Options,
    tables: &'a [TablePlan<'a>],
    policies: Vec<Policy<'a>>,
    mappings: Vec<Mapping<'a, 'a>>,
    /// The resources of tables that left the code, by the table's name.
    removed: BTreeMap<String, String>,
    /// The names of resources, by their former ones.
    moved: BTreeMap<String, String>,
}

impl Parts<'_> {
    fn bodies(&self) -> BTreeMap<String, Body> {
        let Self { options, tables, policies, mappings, removed, moved } = self;
        let mut bodies: BTreeMap<String, Body> =
            tables.iter().map(|table| (table.file(), table::file(table, options))).collect();
        let mut add = |path: &str, body: Body| bodies.insert(path.to_owned(), body);
        add("versions.tf", versions::file(options, !removed.is_empty()));
        if !removed.is_empty() {
            add("removed.tf", removed::file(removed));
        }
        if !moved.is_empty() {
            add("moved.tf", moved::file(moved));
        }
        add("variables.tf", variables::file(&self.variables()));
        add("locals.tf", locals::file(tables));
        add("outputs.tf", self.outputs());
        add("examples/complete/main.tf", example::file(self));
        add("tests/offline.tftest.hcl", tests_file::file(tables));
        if !policies.is_empty() {
            add("iam.tf", iam::file(policies, &options.extras.lambda));
        }
        if !mappings.is_empty() {
            add("lambda.tf", lambda::file(mappings));
        }
        if options.extras.vpc_endpoint {
            add("vpc_endpoint.tf", vpc_endpoint::file(tables, options.provider));
        }
        if !options.extras.autoscaling.is_empty() {
            add("autoscaling.tf", autoscaling::file(&self.named(&options.extras.autoscaling)));
        }
        if options.extras.contributor_insights {
            add("contributor_insights.tf", companions::contributor_insights(tables));
        }
        if !options.extras.kinesis.is_empty() {
            add("kinesis.tf", companions::kinesis(&self.named(&options.extras.kinesis)));
        }
        if !options.extras.resource_policy.is_empty() {
            add("resource_policies.tf", resource_policy::file(&self.named(&options.extras.resource_policy), policies));
        }
        if let Some(body) = tests_extras::file(self) {
            add("tests/extras.tftest.hcl", body);
        }
        bodies
    }

    fn variables(&self) -> Vec<variables::Variable> {
        let extras = &self.options.extras;
        let mut variables = Vec::new();
        if !extras.autoscaling.is_empty() {
            variables.push(autoscaling::variable(&self.named(&extras.autoscaling)));
        }
        if !extras.resource_policy.is_empty() {
            variables.push(resource_policy::variable(&self.named(&extras.resource_policy), &self.policies));
        }
        if extras.contributor_insights {
            variables.push(companions::insights_variable());
        }
        if !extras.kinesis.is_empty() {
            variables.push(companions::kinesis_variable(&self.named(&extras.kinesis)));
        }
        if !self.mappings.is_empty() {
            variables.push(lambda::variable(&self.mappings));
        }
        if extras.vpc_endpoint {
            variables.push(vpc_endpoint::variable());
        }
        variables::all(self.tables, variables)
    }

    fn outputs(&self) -> Body {
        outputs::file(self.tables, !self.policies.is_empty())
    }

    /// The tables of these names, sorted.
    fn named(&self, names: &[String]) -> Vec<&TablePlan<'_>> {
        self.tables.iter().filter(|table| names.iter().any(|name| name == table.schema.name)).collect()
    }
}

impl Module {
    /// The files, sorted by path: the path inside the module's folder, with `/` between its parts, and the text.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The text of the file at that path.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }
}
