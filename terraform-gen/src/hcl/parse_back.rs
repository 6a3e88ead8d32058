//! What is written, read by a parser of somebody else: the same blocks, attributes and values.

use std::collections::BTreeMap;

use hcl_edit::expr::{Expression, ObjectKey};
use hcl_edit::structure::{Body as Parsed, Structure};

use super::tests::{body, distinct, expr, sample, unquote};
use super::{Body, Expr, Item};

fn parse(text: &str) -> Parsed {
    text.parse().unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// That a parsed body is what was written.
fn assert_body(parsed: &Parsed, written: &Body) {
    let items: Vec<&Item> =
        written.items.iter().filter(|item| matches!(item, Item::Attribute(..) | Item::Block { .. })).collect();
    assert_eq!(parsed.len(), items.len(), "{written:?}");
    for (parsed, item) in parsed.iter().zip(items) {
        match (parsed, item) {
            (Structure::Attribute(parsed), Item::Attribute(name, value)) => {
                assert_eq!(parsed.key.as_str(), name);
                assert_value(&parsed.value, value);
            }
            (Structure::Block(parsed), Item::Block { head, body }) => {
                let labels: String = parsed.labels.iter().map(|label| format!(" \"{}\"", label.as_str())).collect();
                assert_eq!(format!("{}{labels}", parsed.ident.as_str()), *head);
                assert_body(&parsed.body, body);
            }
            _ => panic!("{parsed:?} is not {item:?}"),
        }
    }
}

fn assert_value(parsed: &Expression, written: &Expr) {
    match (parsed, written) {
        (Expression::Array(elements), Expr::List(expected) | Expr::Lines(expected)) => {
            assert_eq!(elements.len(), expected.len());
            elements.iter().zip(expected).for_each(|(parsed, written)| assert_value(parsed, written));
        }
        (Expression::Object(_), Expr::Object(expected) | Expr::Inline(expected)) => {
            let expected = expected.iter().map(|(key, value)| (unquote(key).unwrap_or_else(|| key.clone()), value));
            assert_members(parsed, &expected.collect());
        }
        (Expression::Object(_), Expr::Commented(expected)) => {
            let members = expected.items.iter().filter_map(|item| match item {
                Item::Attribute(name, value) => Some((unquote(name).unwrap_or_else(|| name.clone()), value)),
                _ => None,
            });
            assert_members(parsed, &members.collect());
        }
        (Expression::ForExpr(of), Expr::For(head, value)) => {
            let names: Vec<&str> =
                of.intro.key_var.iter().chain([&of.intro.value_var]).map(|name| name.as_str()).collect();
            assert!(head.starts_with(&format!("for {} in ", names.join(", "))), "{head}");
            assert!(
                of.key_expr.is_some()
                    && head.contains(&format!(" in {} :", of.intro.collection_expr.to_string().trim()))
            );
            assert_value(&of.value_expr, value);
        }
        (Expression::FuncCall(call), Expr::Wrap(open, inner, _)) => {
            assert!(open.starts_with(&format!("{}(", call.name.name.as_str())), "{open}");
            let found = call.args.iter().filter(|argument| argument.to_string().trim() != "var.tags").count();
            assert!(found <= 1, "{parsed:?}");
            assert_value(call.args.iter().last().unwrap(), inner);
        }
        (Expression::String(text), Expr::Raw(raw)) => assert_eq!(Some(text.as_str()), unquote(raw).as_deref()),
        (parsed, Expr::Raw(raw)) => assert_eq!(parsed.to_string().trim(), raw),
        _ => panic!("{parsed:?} is not {written:?}"),
    }
}

/// The members by their keys; of two with one key the last one counts.
fn assert_members(parsed: &Expression, written: &BTreeMap<String, &Expr>) {
    let Expression::Object(members) = parsed else { panic!("{parsed:?}") };
    assert_eq!(members.len(), written.len(), "{written:?}");
    for (key, value) in members.iter() {
        let key = match key {
            ObjectKey::Ident(name) => name.as_str().to_owned(),
            ObjectKey::Expression(Expression::String(text)) => text.as_str().to_owned(),
            ObjectKey::Expression(key) => panic!("{key:?} is no text"),
        };
        assert_value(value.expr(), written[&key]);
    }
}

#[test]
fn another_parser_reads_every_file_as_it_was_written() {
    for written in sample(body(), 3000) {
        let written = distinct(written);
        assert_body(&parse(&written.render()), &written);
    }
}

#[test]
fn another_parser_reads_every_value_as_it_was_written() {
    for value in sample(expr(), 3000) {
        let text = Body::new().set("value", value.clone()).render();
        assert_value(&parse(&text).get_attribute("value").unwrap().value, &value);
    }
}

#[test]
fn a_difference_is_seen() {
    let differs = |text: &str, written: Body| {
        std::panic::catch_unwind(|| assert_body(&parse(text), &written)).expect_err("it is the same");
    };
    differs("a = \"$${x}\"\n", Body::new().set("a", Expr::text("$${x}")));
    differs("a = [null]\n", Body::new().set("a", Expr::List(vec![])));
    differs("a = { b = 1 }\n", Body::new().set("a", Expr::Inline(vec![("c".to_owned(), Expr::number(1))])));
    differs("b \"x\" {}\n", Body::new().block("b", &["y"], Body::new()));
}
