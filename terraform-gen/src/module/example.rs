//! `examples/complete/main.tf`: a root that calls the module with everything that it has.

use super::Parts;
use super::lambda::role_label;
use super::resource_policy::example_role;
use crate::hcl::{Body, Expr, quoted};

pub(super) fn file(parts: &Parts<'_>) -> Body {
    let mut file = Body::new()
        .comment("A root that calls the module. Copy it and adapt it: a root is yours, the module is generated.")
        .block("provider", &["aws"], Body::new().set("region", Expr::text("eu-west-1")))
        .block("module", &["tables"], call(parts));
    if !parts.policies.is_empty() {
        file = file.comment("The policy of each role, for users, groups and roles to attach.").block(
            "resource",
            &["aws_iam_policy", "role"],
            policies(),
        );
    }
    for role in lambda_roles(parts) {
        file = lambda(file, role);
    }
    if !parts.options.extras.kinesis.is_empty() {
        let mode = Body::new().set("stream_mode", Expr::text("ON_DEMAND"));
        let stream = Body::new().set("name", Expr::text("dev-changes")).block("stream_mode_details", &[], mode);
        file = file.block("resource", &["aws_kinesis_stream", "changes"], stream);
    }
    if !parts.mappings.is_empty() {
        let queue = Body::new()
            .set("name", Expr::text("dev-failed-records"))
            .set("message_retention_seconds", Expr::number(1_209_600));
        file = file
            .comment("Where records go that a function could not handle. An alarm on its length is yours to add.")
            .block("resource", &["aws_sqs_queue", "failed_records"], queue);
    }
    let tables = Body::new().set("value", Expr::raw("module.tables.tables"));
    file.block("output", &["tables"], tables)
}

/// The roles that Lambda runs, each once.
fn lambda_roles<'p>(parts: &'p Parts<'_>) -> Vec<&'p str> {
    let mut roles: Vec<&str> = parts.mappings.iter().map(|mapping| mapping.role.name).collect();
    roles.dedup();
    roles
}

fn call(parts: &Parts<'_>) -> Body {
    let extras = &parts.options.extras;
    let mut call = Body::new().set("source", Expr::text("../..")).set("name_prefix", Expr::text("dev-"));
    if extras.vpc_endpoint {
        let network = vec![
            ("vpc_id".to_owned(), Expr::text("vpc-0123456789abcdef0")),
            ("route_table_ids".to_owned(), Expr::texts(["rtb-0123456789abcdef0"])),
        ];
        call = call.set("vpc_endpoint", Expr::Object(network));
    }
    let tables = parts.named(&extras.kinesis);
    if !tables.is_empty() {
        let stream = Expr::Inline(vec![("stream_arn".to_owned(), Expr::raw("aws_kinesis_stream.changes.arn"))]);
        call = call.set("kinesis", Expr::Object(tables.iter().map(|table| (table.key(), stream.clone())).collect()));
    }
    if let Some(role) = example_role(&parts.named(&extras.resource_policy), &parts.policies) {
        let caller = Expr::texts(["arn:aws:iam::210987654321:root"]);
        call = call.set("callers", Expr::Object(vec![(quoted(role), caller)]));
    }
    let functions = lambda_roles(parts).into_iter().map(|role| {
        let function = format!("aws_lambda_function.{}.function_name", role_label(role));
        let settings = vec![
            ("function_name".to_owned(), Expr::raw(function)),
            ("on_failure_arn".to_owned(), Expr::raw("aws_sqs_queue.failed_records.arn")),
        ];
        (quoted(role), Expr::Object(settings))
    });
    let functions: Vec<_> = functions.collect();
    if !functions.is_empty() {
        call = call.set("lambda", Expr::Object(functions));
    }
    let tags = vec![("environment".to_owned(), Expr::text("dev"))];
    call.set("tags", Expr::Object(tags))
}

fn policies() -> Body {
    Body::new()
        .set("for_each", Expr::raw("module.tables.policy_json"))
        .set("name", Expr::raw("\"dev-${each.key}\""))
        .set("policy", Expr::raw("each.value"))
}

/// The function of a role that Lambda runs, and what it may do: the role's policy, and to write its log.
fn lambda(file: Body, role: &str) -> Body {
    let label = role_label(role);
    let trust = Expr::Object(vec![
        ("Version".to_owned(), Expr::text("2012-10-17")),
        (
            "Statement".to_owned(),
            Expr::Lines(vec![Expr::Object(vec![
                ("Effect".to_owned(), Expr::text("Allow")),
                (
                    "Principal".to_owned(),
                    Expr::Inline(vec![("Service".to_owned(), Expr::text("lambda.amazonaws.com"))]),
                ),
                ("Action".to_owned(), Expr::text("sts:AssumeRole")),
            ])]),
        ),
    ]);
    let iam_role = Body::new()
        .set("name", Expr::text(&format!("dev-{role}")))
        .set("assume_role_policy", trust.wrap("jsonencode(", ")"));
    let of_role = || Expr::raw(format!("aws_iam_role.{label}.name"));
    let attach = |policy: Expr| Body::new().set("role", of_role()).set("policy_arn", policy);
    let variables = Body::new().set("variables", Expr::raw("module.tables.environment"));
    let function = Body::new()
        .set("function_name", Expr::text(&format!("dev-{role}")))
        .set("role", Expr::raw(format!("aws_iam_role.{label}.arn")))
        .set("runtime", Expr::text("provided.al2023"))
        .set("architectures", Expr::texts(["arm64"]))
        .set("handler", Expr::text("bootstrap"))
        .set("filename", Expr::text(&format!("{label}.zip")))
        .set("timeout", Expr::number(30))
        .block("environment", &[], variables);
    let log = Expr::text("arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole");
    let policy = Expr::raw(format!("aws_iam_policy.role[{}].arn", quoted(role)));
    file.block("resource", &["aws_iam_role", &label], iam_role)
        .block("resource", &["aws_iam_role_policy_attachment", &label], attach(policy))
        .block("resource", &["aws_iam_role_policy_attachment", &format!("{label}_log")], attach(log))
        .comment("The program, built for Lambda: `cargo lambda build --release --arm64 --output-format zip`.")
        .block("resource", &["aws_lambda_function", &label], function)
}
