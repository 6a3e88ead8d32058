//! `iam.tf`: the policy of each role, as JSON for the caller to attach.

use crate::hcl::{Body, Expr, quoted};
use crate::policy::{Policy, Resource, Statement};

pub(super) fn file(policies: &[Policy<'_>], lambdas: &[String]) -> Body {
    let documents = policies.iter().fold(Body::new(), |body, policy| {
        let about = if policy.role.doc.is_empty() { "" } else { policy.role.doc };
        let body = if about.is_empty() { body } else { body.comment(about) };
        body.set(&quoted(policy.role.name), document(policy, lambdas.iter().any(|name| name == policy.role.name)))
    });
    let locals = Body::new()
        .comment(
            "With a customer managed key, whoever reads or writes items needs it too. One element where there is a key,\n\
             none where not.",
        )
        .set("key_arns", Expr::raw("compact(concat([var.kms_key_arn], values(var.replicas)[*].kms_key_arn))"))
        .set("key_statements", key_statement().wrap("[for arns in [local.key_arns] : ", " if length(arns) > 0]"))
        .comment(
            "What each role of the program does, and nothing else. A role is attached by the caller:\n\
             policy = module.<name>.policy_json[\"<role>\"]",
        )
        .set("policies", Expr::Commented(documents));
    Body::new().block("locals", &[], locals)
}

fn entry(name: &str, value: Expr) -> (String, Expr) {
    (name.to_owned(), value)
}

fn key_statement() -> Expr {
    let service = Expr::Inline(vec![(quoted("kms:ViaService"), Expr::text("dynamodb.*.amazonaws.com"))]);
    Expr::Object(vec![
        entry("Sid", Expr::text("Key")),
        entry("Effect", Expr::text("Allow")),
        entry("Action", Expr::texts(["kms:Decrypt"])),
        entry("Resource", Expr::raw("arns")),
        entry("Condition", Expr::Inline(vec![entry("StringLike", service)])),
    ])
}

fn document(policy: &Policy<'_>, lambda: bool) -> Expr {
    let mut names = Names::default();
    let mut statements: Vec<Expr> =
        policy.statements.iter().map(|of| statement(of, names.of(of, None), None)).collect();
    let reads_stream = policy.statements.iter().any(|statement| statement.on == Resource::Stream);
    let mut rest = ", local.key_statements".to_owned();
    if lambda && reads_stream {
        // The list of streams has no resource of its own in IAM.
        statements.push(allow("ListStreams", Expr::texts(["dynamodb:ListStreams"]), Expr::texts(["*"])));
        rest.push_str(&format!(", local.failure_statements[{}]", quoted(policy.role.name)));
    }
    Expr::Object(vec![
        entry("Version", Expr::text("2012-10-17")),
        entry("Statement", Expr::Lines(statements).wrap("concat(", &format!("{rest})"))),
    ])
}

/// A statement without a condition.
pub(super) fn allow(sid: &str, actions: Expr, resources: Expr) -> Expr {
    Expr::Object(vec![
        entry("Sid", Expr::text(sid)),
        entry("Effect", Expr::text("Allow")),
        entry("Action", actions),
        entry("Resource", resources),
    ])
}

/// A statement of that name, with who is allowed where the policy is a resource's.
pub(super) fn statement(statement: &Statement<'_>, sid: String, principal: Option<(String, Expr)>) -> Expr {
    let actions: Vec<String> = statement.actions.iter().map(|action| format!("dynamodb:{action}")).collect();
    let actions = Expr::texts(actions.iter().map(String::as_str));
    let table = statement.table.address();
    let resources = match &statement.on {
        Resource::Table => vec![Expr::raw(format!("{table}.arn"))],
        // The characters of an index's name are checked, so that nothing of it is a template.
        Resource::Indexes(indexes) => {
            indexes.iter().map(|index| Expr::raw(format!("\"${{{table}.arn}}/index/{index}\""))).collect()
        }
        Resource::Stream => vec![Expr::raw(format!("{table}.stream_arn"))],
    };
    let mut entries = vec![entry("Sid", Expr::Raw(quoted(&sid))), entry("Effect", Expr::text("Allow"))];
    entries.extend(principal);
    entries.extend([entry("Action", actions), entry("Resource", Expr::List(resources))]);
    let condition = condition(statement);
    if !condition.is_empty() {
        entries.push(entry("Condition", Expr::Object(condition)));
    }
    Expr::Object(entries)
}

/// A call that names no partition key would pass the first condition, so that the second one refuses it.
fn condition(statement: &Statement<'_>) -> Vec<(String, Expr)> {
    if statement.leading_keys.is_empty() {
        return vec![];
    }
    let key = quoted("dynamodb:LeadingKeys");
    let values = Expr::texts(statement.leading_keys.iter().map(String::as_str));
    vec![
        (quoted("ForAllValues:StringLike"), Expr::Inline(vec![(key.clone(), values)])),
        entry("Null", Expr::Inline(vec![(key, Expr::text("false"))])),
    ]
}

/// Names of statements, each once in its policy.
#[derive(Default)]
pub(super) struct Names(Vec<String>);

impl Names {
    /// The name of a statement, after the role's where the policy is of several roles.
    pub(super) fn of(&mut self, statement: &Statement<'_>, role: Option<&str>) -> String {
        let part = match statement.on {
            Resource::Table if statement.is_description() => "Description",
            Resource::Table => "Items",
            Resource::Indexes(_) => "Indexes",
            Resource::Stream => "Stream",
        };
        let name = format!("{}{}{part}", words(role.unwrap_or_default()), words(statement.table.schema.name));
        let number = self.0.iter().filter(|taken| taken.eq_ignore_ascii_case(&name)).count();
        self.0.push(name.clone());
        if number == 0 { name } else { format!("{name}x{number}") }
    }
}

/// A name in letters and digits, as IAM wants the name of a statement.
fn words(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric());
    words
        .flat_map(|word| {
            let mut letters = word.chars();
            letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters)
        })
        .collect()
}
