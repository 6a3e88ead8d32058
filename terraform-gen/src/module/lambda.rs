//! `lambda.tf`: the streams that AWS Lambda reads for the roles that it runs.

use std::collections::BTreeSet;

use tablewright::schema::{RoleSchema, StreamEvent, TableSchema};

use super::iam::allow;
use super::variables::{Variable, keys_rule, rule};
use crate::filter::{Pattern, patterns};
use crate::hcl::{Body, Expr, ident, quoted};
use crate::keys::KeyText;
use crate::plan::{TablePlan, label};

/// The stream of a table, read by a role that Lambda runs.
pub(super) struct Mapping<'a, 't> {
    pub(super) role: &'a RoleSchema,
    pub(super) table: &'t TablePlan<'t>,
}

impl<'a, 't> Mapping<'a, 't> {
    /// The streams of the roles that Lambda runs, sorted by role and table.
    pub(super) fn all(roles: &'a [RoleSchema], tables: &'t [TablePlan<'t>], lambdas: &[String]) -> Vec<Self> {
        let run = roles.iter().filter(|role| lambdas.iter().any(|name| name == role.name));
        run.flat_map(|role| {
            let read = |table: &&TablePlan<'_>| role.reads_stream_of(table.schema.name);
            tables.iter().filter(read).map(move |table| Self { role, table })
        })
        .collect()
    }

    /// The name of the resource.
    pub(super) fn label(&self) -> String {
        format!("{}_{}", role_label(self.role.name), self.table.label)
    }
}

pub(super) fn file(mappings: &[Mapping<'_, '_>]) -> Body {
    let failures = roles(mappings).into_iter().map(|role| (ident(role), failure_statement(role))).collect();
    let locals = Body::new()
        .comment("Where a role's failed records go, its function must be allowed to send them.")
        .set("failure_statements", Expr::Object(failures));
    let file = Body::new().block("locals", &[], locals);
    mappings.iter().fold(file, |file, mapping| {
        let about = format!("`{}` reads the stream of table `{}`.", mapping.role.name, mapping.table.schema.name);
        let label = mapping.label();
        file.comment(&about).block("resource", &["aws_lambda_event_source_mapping", &label], resource(mapping))
    })
}

/// The names of the roles, each once.
fn roles<'a>(mappings: &[Mapping<'a, '_>]) -> BTreeSet<&'a str> {
    mappings.iter().map(|mapping| mapping.role.name).collect()
}

fn failure_statement(role: &str) -> Expr {
    let action = "[{ sqs = \"sqs:SendMessage\", sns = \"sns:Publish\" }[split(\":\", arn)[2]]]";
    allow("FailedRecords", Expr::raw(action), Expr::raw("[arn]"))
        .wrap(&format!("[for arn in compact([try(var.lambda[{}].on_failure_arn, null)]) : ", quoted(role)), "]")
}

fn resource(mapping: &Mapping<'_, '_>) -> Body {
    let role = quoted(mapping.role.name);
    let each = |name: &str| Expr::raw(format!("each.value.{name}"));
    let body = Body::new()
        .set(
            "for_each",
            Expr::raw(format!("{{ for role, settings in var.lambda : role => settings if role == {role} }}")),
        )
        .set("event_source_arn", Expr::raw(format!("{}.stream_arn", mapping.table.address())))
        .set("function_name", each("function_name"))
        .set("enabled", each("enabled"))
        .set("starting_position", each("starting_position"))
        .set("batch_size", each("batch_size"))
        .set("maximum_batching_window_in_seconds", each("maximum_batching_window_in_seconds"))
        .set("parallelization_factor", each("parallelization_factor"))
        .set("maximum_record_age_in_seconds", each("maximum_record_age_in_seconds"))
        .set(
            "maximum_retry_attempts",
            // Without a place for failed records, giving up would lose them.
            Expr::raw("coalesce(each.value.maximum_retry_attempts, each.value.on_failure_arn == null ? -1 : 10)"),
        )
        .set("bisect_batch_on_function_error", each("bisect_batch_on_function_error"))
        .set("function_response_types", Expr::texts(["ReportBatchItemFailures"]))
        .set("tags", Expr::raw("var.tags"));
    let body = filter(body, mapping);
    let destination = Body::new().set("destination_arn", Expr::raw("destination_config.value"));
    let content = Body::new().block("on_failure", &[], destination);
    let dynamic =
        Body::new().set("for_each", Expr::raw("compact([each.value.on_failure_arn])")).block("content", &[], content);
    body.block("dynamic", &["destination_config"], dynamic)
}

fn filter(body: Body, mapping: &Mapping<'_, '_>) -> Body {
    let table = mapping.table.schema;
    let patterns = patterns(table, mapping.role.grants);
    if patterns.is_empty() {
        return body;
    }
    let filters = patterns.iter().flat_map(|pattern| filters(table, pattern)).fold(Body::new(), |body, pattern| {
        body.block("filter", &[], Body::new().set("pattern", pattern.wrap("jsonencode(", ")")))
    });
    body.block("filter_criteria", &[], filters)
}

/// The patterns as Lambda reads them: expiries are told by who deleted the item.
fn filters(table: &TableSchema, pattern: &Pattern) -> Vec<Expr> {
    let keys = keys(table, pattern);
    let with_keys = |mut entries: Vec<(String, Expr)>| {
        if !keys.is_empty() {
            let inner = Expr::Object(vec![("Keys".to_owned(), Expr::Object(keys.clone()))]);
            entries.push(("dynamodb".to_owned(), inner));
        }
        Expr::Object(entries)
    };
    let mut filters = Vec::new();
    if !pattern.is_expiry_only() {
        let named = pattern.events.iter().filter(|event| **event != StreamEvent::Expire).map(|event| event.as_str());
        let named: Vec<_> = named.collect();
        let events = (!named.is_empty()).then(|| ("eventName".to_owned(), Expr::texts(named)));
        filters.push(with_keys(events.into_iter().collect()));
    }
    if pattern.expires() {
        let by = Expr::Object(vec![
            ("type".to_owned(), Expr::texts(["Service"])),
            ("principalId".to_owned(), Expr::texts(["dynamodb.amazonaws.com"])),
        ]);
        filters.push(with_keys(vec![
            ("eventName".to_owned(), Expr::texts([StreamEvent::Expire.as_str()])),
            ("userIdentity".to_owned(), by),
        ]));
    }
    filters
}

fn keys(table: &TableSchema, pattern: &Pattern) -> Vec<(String, Expr)> {
    let sort = table.sort_key.map(|key| (key, &pattern.sort));
    [(table.partition_key, &pattern.partition)]
        .into_iter()
        .chain(sort)
        .filter(|(_, texts)| !texts.is_empty())
        .map(|(key, texts)| {
            let texts = Expr::List(texts.iter().map(key_text).collect());
            (ident(key.name), Expr::Inline(vec![(key.key_type.as_str().to_owned(), texts)]))
        })
        .collect()
}

fn key_text(text: &KeyText) -> Expr {
    match text {
        KeyText::Constant(text) => Expr::text(text),
        KeyText::Prefix(text) => Expr::Inline(vec![("prefix".to_owned(), Expr::text(text))]),
    }
}

/// The variable that names the functions.
pub(super) fn variable(mappings: &[Mapping<'_, '_>]) -> Variable {
    let optional = |name: &str, default: &str| (name.to_owned(), Expr::raw(format!("optional({default})")));
    let object = Expr::Object(vec![
        ("function_name".to_owned(), Expr::raw("string")),
        optional("enabled", "bool, true"),
        optional("starting_position", "string, \"TRIM_HORIZON\""),
        optional("batch_size", "number, 100"),
        optional("maximum_batching_window_in_seconds", "number, 0"),
        optional("parallelization_factor", "number, 1"),
        optional("maximum_record_age_in_seconds", "number, -1"),
        optional("maximum_retry_attempts", "number"),
        optional("bisect_batch_on_function_error", "bool, true"),
        optional("on_failure_arn", "string"),
    ]);
    let roles: Vec<String> = roles(mappings).into_iter().map(quoted).collect();
    let body = Body::new()
        .set("description", Expr::text(
            "The function of each role that AWS Lambda runs, by the role's name. on_failure_arn is an SQS queue or SNS \
             topic for records that fail for good; without it a failing record is tried until it expires.",
        ))
        .set("type", object.wrap("map(object(", "))"))
        .set("default", Expr::raw("{}"))
        .set("nullable", Expr::bool(false))
        .block("validation", &[], keys_rule("lambda", &roles))
        .block("validation", &[], each(
            "contains([\"TRIM_HORIZON\", \"LATEST\"], settings.starting_position)",
            "starting_position must be TRIM_HORIZON or LATEST.",
        ))
        .block("validation", &[], each(
            "settings.batch_size >= 1 && settings.batch_size <= 10000 && settings.maximum_batching_window_in_seconds >= 0 && settings.maximum_batching_window_in_seconds <= 300",
            "batch_size must be 1 to 10000, and maximum_batching_window_in_seconds 0 to 300.",
        ))
        .block("validation", &[], each(
            "settings.parallelization_factor >= 1 && settings.parallelization_factor <= 10",
            "parallelization_factor must be 1 to 10.",
        ))
        .block("validation", &[], each(
            "settings.maximum_record_age_in_seconds == -1 || (settings.maximum_record_age_in_seconds >= 60 && settings.maximum_record_age_in_seconds <= 604800)",
            "maximum_record_age_in_seconds must be 60 to 604800, or -1 for no limit.",
        ))
        .block("validation", &[], each(
            "coalesce(settings.maximum_retry_attempts, -1) >= -1 && coalesce(settings.maximum_retry_attempts, -1) <= 10000",
            "maximum_retry_attempts must be 0 to 10000, or -1 for no limit.",
        ))
        .block("validation", &[], each(
            "settings.on_failure_arn != null || (coalesce(settings.maximum_retry_attempts, -1) == -1 && settings.maximum_record_age_in_seconds == -1)",
            "A limit of retries or of age needs on_failure_arn, or records that fail are lost.",
        ))
        .block("validation", &[], each(
            "settings.on_failure_arn == null || can(regex(\"^arn:[^:]+:(sqs|sns):\", settings.on_failure_arn))",
            "on_failure_arn must be the ARN of an SQS queue or of an SNS topic.",
        ));
    ("lambda", body)
}

/// A rule for the settings of each role.
fn each(condition: &str, message: &str) -> Body {
    rule(format!("alltrue([for settings in values(var.lambda) : {condition}])"), message)
}

/// `GroupMover` as the name of a resource: `group_mover`.
pub(super) fn role_label(name: &str) -> String {
    let mut snake = String::new();
    for (place, character) in name.char_indices() {
        if place > 0 && character.is_uppercase() {
            snake.push('_');
        }
        snake.extend(character.to_lowercase());
    }
    label(&snake)
}
