//! The layout that `terraform fmt` would give.
//!
//! Its rules: two spaces for each level; the equals signs of neighbouring one-line attributes stand in one column; an
//! attribute whose value has several lines ends such a run and is not padded.

use super::{Body, Expr, Item};

const INDENT: &str = "  ";

pub(super) fn body(body: &Body, level: usize, out: &mut String) {
    let mut items = body.items.as_slice();
    while let Some((item, rest)) = items.split_first() {
        match item {
            Item::Attribute(..) => {
                let run: Vec<(&str, &Expr)> = items
                    .iter()
                    .map_while(|item| match item {
                        Item::Attribute(name, value) => Some((name.as_str(), value)),
                        _ => None,
                    })
                    .collect();
                attributes(&run, level, out);
                items = items.get(run.len()..).unwrap_or_default();
                continue;
            }
            Item::Blank => out.push('\n'),
            Item::Comment(text) => comment(text, level, out),
            Item::Block { head, body: inner } => block(head, inner, level, out),
        }
        items = rest;
    }
}

fn block(head: &str, inner: &Body, level: usize, out: &mut String) {
    indent(level, out);
    out.push_str(head);
    if inner.items.is_empty() {
        out.push_str(" {}\n");
        return;
    }
    out.push_str(" {\n");
    body(inner, level + 1, out);
    indent(level, out);
    out.push_str("}\n");
}

fn comment(text: &str, level: usize, out: &mut String) {
    for line in text.lines() {
        // A control character could end the comment early.
        let line = line.replace(char::is_control, " ");
        let line = line.trim_end();
        indent(level, out);
        out.push('#');
        if !line.is_empty() {
            out.push(' ');
            out.push_str(line);
        }
        out.push('\n');
    }
}

fn attributes(attributes: &[(&str, &Expr)], level: usize, out: &mut String) {
    for run in attributes.chunk_by(|(_, value), (_, next)| !is_multiline(value) && !is_multiline(next)) {
        let width = run.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
        for (name, value) in run {
            indent(level, out);
            out.push_str(name);
            out.extend(core::iter::repeat_n(' ', width - name.chars().count()));
            out.push_str(" = ");
            expr(value, level, out);
            out.push('\n');
        }
    }
}

fn expr(value: &Expr, level: usize, out: &mut String) {
    match value {
        Expr::Lines(elements) if !elements.is_empty() => {
            out.push_str("[\n");
            for element in elements {
                indent(level + 1, out);
                expr(element, level + 1, out);
                out.push_str(",\n");
            }
            indent(level, out);
            out.push(']');
        }
        Expr::Object(entries) if !entries.is_empty() => {
            out.push_str("{\n");
            let entries: Vec<(&str, &Expr)> = entries.iter().map(|(key, value)| (key.as_str(), value)).collect();
            attributes(&entries, level + 1, out);
            indent(level, out);
            out.push('}');
        }
        Expr::Commented(inner) if !inner.items.is_empty() => {
            out.push_str("{\n");
            body(inner, level + 1, out);
            indent(level, out);
            out.push('}');
        }
        Expr::For(head, element) => {
            out.push_str("{\n");
            indent(level + 1, out);
            out.push_str(head);
            out.push(' ');
            expr(element, level + 1, out);
            out.push('\n');
            indent(level, out);
            out.push('}');
        }
        Expr::Wrap(open, inner, close) => {
            out.push_str(open);
            expr(inner, level, out);
            out.push_str(close);
        }
        Expr::Raw(_) | Expr::List(_) | Expr::Inline(_) | Expr::Lines(_) | Expr::Object(_) | Expr::Commented(_) => {
            out.push_str(&one_line(value));
        }
    }
}

pub(super) fn one_line(value: &Expr) -> String {
    match value {
        Expr::Raw(text) => text.clone(),
        Expr::List(elements) | Expr::Lines(elements) => {
            format!("[{}]", elements.iter().map(one_line).collect::<Vec<_>>().join(", "))
        }
        Expr::Object(entries) | Expr::Inline(entries) if entries.is_empty() => "{}".to_owned(),
        Expr::Object(entries) | Expr::Inline(entries) => {
            let entries: Vec<String> =
                entries.iter().map(|(key, value)| format!("{key} = {}", one_line(value))).collect();
            format!("{{ {} }}", entries.join(", "))
        }
        Expr::Commented(inner) => {
            let attributes = inner.items.iter().filter_map(|item| match item {
                Item::Attribute(name, value) => Some((name.clone(), value.clone())),
                Item::Block { .. } | Item::Comment(_) | Item::Blank => None,
            });
            one_line(&Expr::Inline(attributes.collect()))
        }
        Expr::For(head, element) => format!("{{ {head} {} }}", one_line(element)),
        Expr::Wrap(open, inner, close) => format!("{open}{}{close}", one_line(inner)),
    }
}

fn is_multiline(value: &Expr) -> bool {
    match value {
        Expr::Raw(_) | Expr::List(_) | Expr::Inline(_) => false,
        Expr::Lines(elements) => !elements.is_empty(),
        Expr::Object(entries) => !entries.is_empty(),
        Expr::Commented(body) => !body.items.is_empty(),
        Expr::For(..) => true,
        Expr::Wrap(_, inner, _) => is_multiline(inner),
    }
}

fn indent(level: usize, out: &mut String) {
    out.extend(core::iter::repeat_n(INDENT, level));
}
