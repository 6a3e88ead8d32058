//! `tests/extras.tftest.hcl`: what `terraform test` proves about roles and extras.

use super::Parts;
use super::lambda::Mapping;
use super::resource_policy::example_role;
use super::tests_file::{assert, mock_provider, rejected, run};
use crate::hcl::{Body, Expr, quoted};
use crate::plan::TablePlan;
use crate::policy::{Policy, Resource};

/// The file, if there is something to be tested in it.
pub(super) fn file(parts: &Parts<'_>) -> Option<Body> {
    let extras = &parts.options.extras;
    let mut runs: Vec<(&str, Body)> = Vec::new();
    if !parts.policies.is_empty() {
        runs.push(("roles_may_do_what_they_do", policies(&parts.policies, &extras.lambda)));
        runs.push(("roles_use_the_key", key(&parts.policies)));
    }
    if !parts.mappings.is_empty() {
        runs.push(("lambda_runs_roles", lambda(&parts.mappings)));
        runs.push(("unknown_lambda_is_rejected", rejected("lambda", function("no such role", vec![]))));
        let limited = vec![("maximum_retry_attempts".to_owned(), Expr::number(1))];
        let role = parts.mappings.first().map_or("", |mapping| mapping.role.name);
        runs.push(("lost_records_are_rejected", rejected("lambda", function(role, limited))));
    }
    if !extras.autoscaling.is_empty() {
        runs.push(("capacity_follows_the_load", autoscaling(&parts.named(&extras.autoscaling))));
        let bounds = Expr::Inline(vec![entry("min", Expr::number(5)), entry("max", Expr::number(2))]);
        let first = parts.named(&extras.autoscaling).first().map(|table| table.key()).unwrap_or_default();
        let wrong = Expr::Inline(vec![(first, Expr::Inline(vec![entry("read", bounds)]))]);
        runs.push(("bad_bounds_are_rejected", rejected("autoscaling", wrong)));
    }
    if extras.contributor_insights {
        runs.push(("insights_can_be_switched_off", insights()));
    }
    if !extras.kinesis.is_empty() {
        runs.push(("kinesis_gets_changes", kinesis(&parts.named(&extras.kinesis))));
    }
    if !extras.resource_policy.is_empty() {
        runs.extend(callers(parts).map(|body| ("callers_of_other_accounts", body)));
    }
    if extras.vpc_endpoint {
        runs.push(("vpc_endpoint", vpc_endpoint()));
    }
    if runs.is_empty() {
        return None;
    }
    let file = Body::new().comment("Runs without an account or network. Needs Terraform 1.11 or later.").block(
        "mock_provider",
        &["aws"],
        mock_provider(),
    );
    Some(runs.into_iter().fold(file, |file, (name, body)| file.block("run", &[name], body)))
}

/// The actions of every statement that has no condition of the environment, in order.
fn policies(policies: &[Policy<'_>], lambdas: &[String]) -> Body {
    policies.iter().fold(run(vec![]), |body, policy| {
        let name = policy.role.name;
        let mut actions: Vec<Expr> = policy
            .statements
            .iter()
            .map(|statement| {
                let actions: Vec<String> =
                    statement.actions.iter().map(|action| format!("dynamodb:{action}")).collect();
                Expr::texts(actions.iter().map(String::as_str))
            })
            .collect();
        let reads_stream = policy.statements.iter().any(|statement| statement.on == Resource::Stream);
        if reads_stream && lambdas.iter().any(|lambda| lambda == name) {
            actions.push(Expr::texts(["dynamodb:ListStreams"]));
        }
        let condition =
            format!("jsonencode({}.*.Action) == jsonencode({})", statements(name), Expr::List(actions).one_line(),);
        assert(body, condition, &format!("Role {name} must be allowed what it does, and nothing else."))
    })
}

fn statements(role: &str) -> String {
    format!("jsondecode(output.policy_json[{}]).Statement", quoted(role))
}

fn key(policies: &[Policy<'_>]) -> Body {
    let arn = "arn:aws:kms:eu-west-1:123456789012:key/mock";
    policies.iter().fold(run(vec![("kms_key_arn", Expr::text(arn))]), |body, policy| {
        let name = policy.role.name;
        let condition = format!(
            "[for statement in {} : statement.Resource if statement.Sid == \"Key\"] == [[{}]]",
            statements(name),
            quoted(arn)
        );
        assert(body, condition, &format!("Role {name} must be allowed to use the key of the tables."))
    })
}

fn function(role: &str, mut settings: Vec<(String, Expr)>) -> Expr {
    settings.insert(0, ("function_name".to_owned(), Expr::text("mock")));
    Expr::Inline(vec![(quoted(role), Expr::Inline(settings))])
}

fn lambda(mappings: &[Mapping<'_, '_>]) -> Body {
    let queue = "arn:aws:sqs:eu-west-1:123456789012:mock";
    let functions = mappings.iter().flat_map(|mapping| {
        match function(mapping.role.name, vec![("on_failure_arn".to_owned(), Expr::text(queue))]) {
            Expr::Inline(entries) => entries,
            _ => vec![],
        }
    });
    let mut functions: Vec<_> = functions.collect();
    functions.dedup_by(|(a, _), (b, _)| a == b);
    mappings.iter().fold(run(vec![("lambda", Expr::Object(functions))]), |body, mapping| {
        let (role, label) = (mapping.role.name, mapping.label());
        let address = format!("aws_lambda_event_source_mapping.{label}[{}]", quoted(role));
        let condition = format!(
            "{address}.function_name == \"mock\" && {address}.maximum_retry_attempts == 10 && \
             {address}.destination_config[0].on_failure[0].destination_arn == {}",
            quoted(queue)
        );
        let body =
            assert(body, condition, &format!("Role {role} must be run for table {}.", mapping.table.schema.name));
        let sent = format!("contains(flatten({}.*.Action), \"sqs:SendMessage\")", statements(role));
        assert(body, sent, &format!("Role {role} must be allowed to send its failed records."))
    })
}

fn entry(name: &str, value: Expr) -> (String, Expr) {
    (name.to_owned(), value)
}

/// Reads and writes of every table and index scale, and each within its bounds.
fn autoscaling(tables: &[&TablePlan<'_>]) -> Body {
    let keys: Vec<String> = tables.iter().flat_map(|table| table.keys()).collect();
    let bounds = Expr::Inline(vec![entry("min", Expr::number(3)), entry("max", Expr::number(4))]);
    let both = Expr::Inline(vec![entry("read", bounds.clone()), entry("write", bounds)]);
    let body = run(vec![("autoscaling", Expr::Object(keys.iter().map(|key| (key.clone(), both.clone())).collect()))]);
    let condition = format!(
        "length(aws_appautoscaling_target.capacity) == {} && alltrue([for target in \
         values(aws_appautoscaling_target.capacity) : target.min_capacity == 3 && target.max_capacity == 4])",
        2 * keys.len()
    );
    assert(body, condition, "Reads and writes of each table and index must scale within the bounds of the variable.")
}

fn insights() -> Body {
    let body = run(vec![("contributor_insights_enabled", Expr::bool(false))]);
    let condition = "length(aws_dynamodb_contributor_insights.keys) == 0".to_owned();
    assert(body, condition, "The variable must switch Contributor Insights off.")
}

fn kinesis(tables: &[&TablePlan<'_>]) -> Body {
    let arn = "arn:aws:kinesis:eu-west-1:123456789012:stream/mock";
    let stream = Expr::Inline(vec![entry("stream_arn", Expr::text(arn))]);
    let streams = tables.iter().map(|table| (table.key(), stream.clone())).collect();
    tables.iter().fold(run(vec![("kinesis", Expr::Object(streams))]), |body, table| {
        let address = format!("aws_dynamodb_kinesis_streaming_destination.{}[{}]", table.label, table.key());
        let condition = format!("{address}.stream_arn == {}", quoted(arn));
        assert(body, condition, &format!("Table {} must send its changes to the stream.", table.schema.name))
    })
}

/// A caller of another account gets a policy on the tables that its role uses, and nobody else does.
fn callers(parts: &Parts<'_>) -> Option<Body> {
    let tables = parts.named(&parts.options.extras.resource_policy);
    let role = example_role(&tables, &parts.policies)?;
    let caller = "arn:aws:iam::210987654321:role/mock";
    let body = run(vec![("callers", Expr::Inline(vec![(quoted(role), Expr::texts([caller]))]))]);
    let uses = |table: &&&TablePlan<'_>| {
        parts
            .policies
            .iter()
            .filter(|policy| policy.role.name == role)
            .flat_map(|policy| &policy.statements)
            .any(|statement| statement.table.schema.name == table.schema.name && statement.on != Resource::Stream)
    };
    Some(tables.iter().filter(uses).fold(body, |body, table| {
        let policy = format!("aws_dynamodb_resource_policy.{}[{}].policy", table.label, table.key());
        let condition = format!("jsondecode({policy}).Statement[0].Principal.AWS == [{}]", quoted(caller));
        assert(
            body,
            condition,
            &format!("Role {role} of another account must have a policy on table {}.", table.schema.name),
        )
    }))
}

fn vpc_endpoint() -> Body {
    let network = Expr::Inline(vec![
        ("vpc_id".to_owned(), Expr::text("vpc-0")),
        ("route_table_ids".to_owned(), Expr::texts(["rtb-0"])),
    ]);
    let body = run(vec![("vpc_endpoint", network)]);
    let condition = "aws_vpc_endpoint.gateway[\"dynamodb\"].vpc_id == \"vpc-0\"".to_owned();
    assert(body, condition, "The endpoint must be in the network that the variable names.")
}
