//! `resource_policies.tf`: what callers of other accounts may do with a table, by the roles of the program.

use super::iam::{Names, statement};
use super::variables::{Variable, keys_rule};
use crate::hcl::{Body, Expr, quoted};
use crate::plan::TablePlan;
use crate::policy::{Policy, Resource};

pub(super) fn file(tables: &[&TablePlan<'_>], policies: &[Policy<'_>]) -> Body {
    tables.iter().fold(Body::new(), |file, table| {
        let statements = statements(table, policies);
        let policy = Expr::Object(vec![
            ("Version".to_owned(), Expr::text("2012-10-17")),
            ("Statement".to_owned(), Expr::raw("each.value")),
        ]);
        let resource = Body::new()
            .set(
                "for_each",
                Expr::Lines(statements).wrap(
                    &format!("{{ for table, statements in {{ {} = concat(", table.key()),
                    "...) } : table => statements if length(statements) > 0 }",
                ),
            )
            .set("resource_arn", Expr::raw(format!("{}.arn", table.address())))
            .set("policy", policy.wrap("jsonencode(", ")"));
        file.comment(&format!("What callers of other accounts may do with table `{}`.", table.schema.name)).block(
            "resource",
            &["aws_dynamodb_resource_policy", &table.label],
            resource,
        )
    })
}

/// For each statement of each role on the table: one element where the role has callers, none where not.
fn statements(table: &TablePlan<'_>, policies: &[Policy<'_>]) -> Vec<Expr> {
    let mut names = Names::default();
    policies
        .iter()
        .flat_map(|policy| policy.statements.iter().map(move |statement| (policy.role.name, statement)))
        .filter(|(_, of)| of.table.schema.name == table.schema.name && of.on != Resource::Stream)
        .map(|(role, of)| {
            let principal = Expr::Inline(vec![("AWS".to_owned(), Expr::raw("callers"))]);
            let sid = names.of(of, Some(role));
            let allowed = statement(of, sid, Some(("Principal".to_owned(), principal)));
            let each = format!("[for callers in [lookup(var.callers, {}, [])] : ", quoted(role));
            allowed.wrap(&each, " if length(callers) > 0]")
        })
        .collect()
}

/// The roles that can have callers: those that use one of the tables.
fn roles<'p>(tables: &[&TablePlan<'_>], policies: &'p [Policy<'_>]) -> Vec<&'p str> {
    let used =
        |policy: &&Policy<'_>| !tables.iter().all(|table| statements(table, core::slice::from_ref(policy)).is_empty());
    policies.iter().filter(used).map(|policy| policy.role.name).collect()
}

pub(super) fn variable(tables: &[&TablePlan<'_>], policies: &[Policy<'_>]) -> Variable {
    let keys: Vec<String> = roles(tables, policies).into_iter().map(quoted).collect();
    let body = Body::new()
        .set(
            "description",
            Expr::text("ARNs of principals of other accounts that may act as a role of the program, by role."),
        )
        .set("type", Expr::raw("map(list(string))"))
        .set("default", Expr::raw("{}"))
        .set("nullable", Expr::bool(false))
        .block("validation", &[], keys_rule("callers", &keys));
    ("callers", body)
}

/// A role with callers for the tests, if there is one.
pub(super) fn example_role<'p>(tables: &[&TablePlan<'_>], policies: &'p [Policy<'_>]) -> Option<&'p str> {
    roles(tables, policies).first().copied()
}
