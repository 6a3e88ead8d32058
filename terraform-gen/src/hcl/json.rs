//! The same bodies in Terraform's JSON syntax.
//!
//! A string is a template there, as it is between quotes in HCL, so that an expression is `"${…}"`. Where Terraform reads an
//! argument before anything has a value, a string is itself: a type, a default, a description, an address.

use serde_json::{Map, Value};

use super::escape::{literal, template};
use super::{Body, Expr, Item};

/// How Terraform reads the argument of a block.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// As a template.
    Template,
    /// As the text that it is.
    Literal,
    /// As the source of an expression: a type or an address.
    Source,
}

/// The JSON of files that make one module.
pub(crate) fn json<'b>(bodies: impl IntoIterator<Item = &'b Body>) -> Value {
    let mut members = Map::new();
    bodies.into_iter().for_each(|of| body(of, "", &mut members));
    Value::Object(members)
}

fn body(of: &Body, kind: &str, members: &mut Map<String, Value>) {
    let mut comment: Option<&str> = None;
    for item in &of.items {
        match item {
            Item::Attribute(name, expr) => {
                let name = template(name).unwrap_or_else(|| name.clone());
                members.insert(name.clone(), value(expr, reading(kind, &name)));
            }
            Item::Block { head, body: inner } => {
                let mut words = head.split('"').map(str::trim).filter(|word| !word.is_empty());
                let kind = words.next().unwrap_or_default();
                let mut block = Map::new();
                block.extend(comment.map(|comment| ("//".to_owned(), Value::from(comment.replace('\n', " ")))));
                body(inner, kind, &mut block);
                add(members, kind, &words.collect::<Vec<_>>(), Value::Object(block));
            }
            Item::Comment(_) | Item::Blank => {}
        }
        comment = match item {
            Item::Comment(text) => Some(text),
            _ => None,
        };
    }
}

/// Adds a block below its kind and labels; what is there already is one of several.
fn add(members: &mut Map<String, Value>, kind: &str, labels: &[&str], block: Value) {
    let place = members.entry(kind.to_owned());
    match labels {
        [] => match place.or_insert(Value::Null) {
            place @ Value::Null => *place = block,
            Value::Array(blocks) => blocks.push(block),
            place => *place = Value::Array(vec![place.take(), block]),
        },
        [label, rest @ ..] => {
            if let Value::Object(members) = place.or_insert_with(|| Value::Object(Map::new())) {
                add(members, label, rest, block);
            }
        }
    }
}

fn reading(kind: &str, argument: &str) -> Reading {
    match (kind, argument) {
        ("variable", "type") | ("moved" | "removed", "from" | "to") => Reading::Source,
        ("lifecycle", "ignore_changes" | "replace_triggered_by") | (_, "depends_on") => Reading::Source,
        ("variable", "default") | ("variable" | "output", "description") | ("terraform" | "required_providers", _) => {
            Reading::Literal
        }
        _ => Reading::Template,
    }
}

fn value(expr: &Expr, reading: Reading) -> Value {
    match expr {
        Expr::List(elements) | Expr::Lines(elements) if reading == Reading::Source => {
            elements.iter().map(Expr::one_line).collect()
        }
        expr if reading == Reading::Source => expr.one_line().into(),
        Expr::Raw(text) => scalar(text, reading),
        Expr::List(elements) | Expr::Lines(elements) => {
            elements.iter().map(|element| value(element, reading)).collect()
        }
        Expr::Object(entries) | Expr::Inline(entries) => {
            let entry = |(key, expr): &(String, Expr)| {
                let name = if reading == Reading::Literal { literal(key) } else { template(key) };
                (name.unwrap_or_else(|| key.clone()), value(expr, reading))
            };
            Value::Object(entries.iter().map(entry).collect())
        }
        Expr::Commented(inner) => {
            let mut members = Map::new();
            body(inner, "", &mut members);
            Value::Object(members)
        }
        Expr::For(..) | Expr::Wrap(..) => format!("${{{}}}", expr.one_line()).into(),
    }
}

/// Text, a number, a word, or an expression of several.
fn scalar(text: &str, reading: Reading) -> Value {
    let quoted = if reading == Reading::Literal { literal(text) } else { template(text) };
    match quoted {
        Some(text) => text.into(),
        None => match serde_json::from_str(text) {
            Ok(value @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_))) => value,
            _ => format!("${{{text}}}").into(),
        },
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::json;
    use crate::hcl::{Body, Expr};

    #[test]
    fn blocks_are_below_their_labels() {
        let first = Body::new()
            .comment("A table.")
            .block("resource", &["t", "a"], Body::new().block("x", &[], Body::new()).set("n", Expr::number(1)))
            .block("resource", &["t", "b"], Body::new().block("x", &[], Body::new()).block("x", &[], Body::new()))
            .block("locals", &[], Body::new().set("\"k $${x}\"", Expr::raw("var.y")));
        let second = Body::new().block("locals", &[], Body::new().set("z", Expr::texts(["${}", "é\"\\"])));
        let expected = json!({
            "resource": { "t": { "a": { "//": "A table.", "x": {}, "n": 1 }, "b": { "x": [{}, {}] } } },
            "locals": [{ "k $${x}": "${var.y}" }, { "z": ["$${}", "é\"\\"] }],
        });
        assert_eq!(json([&first, &second]), expected);
    }

    #[test]
    fn what_is_read_before_there_are_values_is_no_template() {
        let variable = Body::new()
            .set("type", Expr::Object(vec![("a".to_owned(), Expr::raw("number"))]).wrap("object(", ")"))
            .set("default", Expr::raw("{}"))
            .set("description", Expr::text("costs ${x}"))
            .block("validation", &[], Body::new().set("error_message", Expr::text("costs ${x}")));
        let moved = Body::new().set("from", Expr::raw("t.a")).set("to", Expr::raw("t.b"));
        let ignored = Expr::List(vec![Expr::raw("read_capacity")]);
        let lifecycle = Body::new().set("ignore_changes", ignored);
        let all = Body::new().block("variable", &["v"], variable).block("moved", &[], moved);
        let all = all.block("resource", &["t", "a"], Body::new().block("lifecycle", &[], lifecycle));
        let expected = json!({
            "variable": { "v": {
                "type": "object({ a = number })", "default": {}, "description": "costs ${x}",
                "validation": { "error_message": "costs $${x}" },
            } },
            "moved": { "from": "t.a", "to": "t.b" },
            "resource": { "t": { "a": { "lifecycle": { "ignore_changes": ["read_capacity"] } } } },
        });
        assert_eq!(json([&all]), expected);
    }

    #[test]
    fn templates_stay_templates() {
        let body = Body::new()
            .set("a", Expr::raw("\"${var.prefix}orders\""))
            .set("b", Expr::raw("\"${local.x[\"a\"]}/\\\"${var.y}\""))
            .set("c", Expr::raw("\"a\" == \"b\""))
            .set("d", Expr::null());
        let expected = json!({
            "a": "${var.prefix}orders", "b": "${local.x[\"a\"]}/\"${var.y}", "c": "${\"a\" == \"b\"}", "d": null,
        });
        assert_eq!(json([&body]), expected);
    }
}
