//! From expression trees to the text of expressions, with names and values apart.

mod condition;
mod raw;
mod update;

use core::fmt::Write;

use super::Value;
use super::condition::Expr;
use super::path::{Node, Step};
use super::update::Updates;
use crate::codec::Encoder;
use crate::error::InvalidRequest;
use crate::limit;
use crate::query::KeyCondition;
use crate::{Error, Result};

/// The names and values that the expressions of one request share.
///
/// This is the only place that makes placeholders: `#n0`, `#n1` … and `:v0`, `:v1` …
#[derive(Clone, Default)]
pub(crate) struct Substitutions {
    names: Vec<(String, String)>,
    values: Vec<(String, Box<str>)>,
    made_names: usize,
    made_values: usize,
}

/// The text of one expression.
pub(crate) type Rendered = String;

/// An expression while it is written.
struct Writer<'s> {
    text: String,
    operators: usize,
    shared: &'s mut Substitutions,
}

impl Substitutions {
    /// A condition or filter.
    pub(crate) fn condition(&mut self, kind: &'static str, expr: &Expr) -> Result<Rendered> {
        let mut out = self.writer();
        out.expr(expr, false)?;
        out.finish(kind)
    }

    /// The condition on the keys of a query, which has at least a partition key.
    pub(crate) fn key_condition(&mut self, condition: &KeyCondition) -> Result<Rendered> {
        let mut out = self.writer();
        for (place, (name, value)) in condition.equal.iter().enumerate() {
            if place > 0 {
                out.push(" AND ");
            }
            out.name(name);
            out.push(" = ");
            out.value(value)?;
        }
        if let Some((name, condition)) = &condition.range {
            out.push(" AND ");
            out.sort_condition(name, condition)?;
        }
        out.finish("key condition")
    }

    /// The clauses of an update.
    pub(crate) fn update(&mut self, updates: &Updates) -> Result<Rendered> {
        if let Some((first, second)) = updates.overlap() {
            let [first, second] = [first, second].map(|node| node.to_string().into());
            return Err(InvalidRequest::OverlappingPaths { first, second }.into());
        }
        let mut out = self.writer();
        for clause in ["SET", "REMOVE", "ADD", "DELETE"] {
            let actions = updates.actions.iter().filter(|(_, action)| action.clause() == clause);
            let mut separator = clause;
            for (node, action) in actions {
                out.separate(clause, separator);
                out.action(node, action)?;
                separator = ",";
            }
            for raw in updates.raw.iter().filter(|raw| raw.1 == clause) {
                out.separate(clause, separator);
                out.raw(&raw.0)?;
                separator = ",";
            }
        }
        out.finish("update")
    }

    /// A list of paths.
    pub(crate) fn projection(&mut self, nodes: &[Node]) -> Result<Rendered> {
        let overlap = nodes.iter().enumerate().find_map(|(place, first)| {
            let later = nodes.iter().skip(place + 1);
            later
                .into_iter()
                .find(|second| first.contains(second) || second.contains(first))
                .map(|second| (first, second))
        });
        if let Some((first, second)) = overlap {
            let [first, second] = [first, second].map(|node| node.to_string().into());
            return Err(InvalidRequest::OverlappingPaths { first, second }.into());
        }
        let mut out = self.writer();
        for (place, node) in nodes.iter().enumerate() {
            if place > 0 {
                out.push(", ");
            }
            out.path(node);
        }
        out.finish("projection")
    }

    /// Writes `ExpressionAttributeNames` and `ExpressionAttributeValues`, where there are any.
    pub(crate) fn write(&self, out: &mut Encoder) -> Result<()> {
        let start = out.len();
        if !self.names.is_empty() {
            out.raw(",\"ExpressionAttributeNames\":{");
            for (place, (placeholder, name)) in self.names.iter().enumerate() {
                out.raw(if place > 0 { ",\"" } else { "\"" });
                out.text(placeholder);
                out.raw("\":\"");
                out.text(name);
                out.raw("\"");
            }
            out.raw("}");
        }
        if !self.values.is_empty() {
            out.raw(",\"ExpressionAttributeValues\":{");
            for (place, (placeholder, value)) in self.values.iter().enumerate() {
                out.raw(if place > 0 { ",\"" } else { "\"" });
                out.text(placeholder);
                out.raw("\":");
                out.raw(value);
            }
            out.raw("}");
        }
        match out.len() - start {
            bytes if bytes > limit::SUBSTITUTION_BYTES => Err(InvalidRequest::SubstitutionsTooLarge { bytes }.into()),
            _ => Ok(()),
        }
    }

    fn writer(&mut self) -> Writer<'_> {
        Writer { text: String::new(), operators: 0, shared: self }
    }

    fn name(&mut self, name: &str) -> String {
        if let Some((placeholder, _)) = self.names.iter().find(|(_, known)| known == name) {
            return placeholder.clone();
        }
        let placeholder = format!("#n{}", self.made_names);
        self.made_names += 1;
        self.names.push((placeholder.clone(), name.to_owned()));
        placeholder
    }

    fn value(&mut self, json: &str) -> String {
        if let Some((placeholder, _)) = self.values.iter().find(|(_, known)| &**known == json) {
            return placeholder.clone();
        }
        let placeholder = format!(":v{}", self.made_values);
        self.made_values += 1;
        self.values.push((placeholder.clone(), json.into()));
        placeholder
    }
}

impl Writer<'_> {
    fn finish(self, expression: &'static str) -> Result<Rendered> {
        let (bytes, operators) = (self.text.len(), self.operators);
        if bytes > limit::EXPRESSION_BYTES {
            return Err(InvalidRequest::ExpressionTooLong { expression, bytes }.into());
        }
        if operators > limit::EXPRESSION_OPERATORS {
            return Err(InvalidRequest::TooManyOperators { expression, operators }.into());
        }
        Ok(self.text)
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Writes the clause's word before its first action, and a comma before the others.
    fn separate(&mut self, clause: &str, separator: &str) {
        if separator == clause && !self.text.is_empty() {
            self.push(" ");
        }
        self.push(separator);
        self.push(" ");
    }

    fn name(&mut self, name: &str) {
        let placeholder = self.shared.name(name);
        self.push(&placeholder);
    }

    fn path(&mut self, node: &Node) {
        if let Some(parent) = &node.parent {
            self.path(parent);
        }
        match &node.step {
            Step::Name(name) => {
                if node.parent.is_some() {
                    self.push(".");
                }
                self.name(name);
            }
            Step::Index(place) => {
                let _ = write!(self.text, "[{place}]");
            }
        }
    }

    fn value(&mut self, value: &Value) -> Result<()> {
        let json = value.as_deref().map_err(|error| Error::Encode(error.clone()))?;
        let placeholder = self.shared.value(json);
        self.push(&placeholder);
        Ok(())
    }
}
