//! From expression trees to the text of expressions, with names and values apart.

use core::fmt::Write;

use super::Value;
use super::condition::{Expr, Term};
use super::path::{Node, Step};
use super::raw::RawExpression;
use super::update::{Action, SetValue, Updates};
use crate::codec::Encoder;
use crate::error::InvalidRequest;
use crate::limit;
use crate::query::{KeyCondition, SortCondition};
use crate::{Error, Result};

/// The names and values that the expressions of one request share.
///
/// This is the only place that makes placeholders: `#n0`, `#n1` … and `:v0`, `:v1` …
#[derive(Default)]
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

    /// The condition on the keys of a query.
    pub(crate) fn key_condition(&mut self, condition: &KeyCondition) -> Result<Rendered> {
        let mut out = self.writer();
        let (name, value) = &condition.partition;
        out.name(name);
        out.push(" = ");
        out.value(value)?;
        if let Some((name, condition)) = &condition.sort {
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
            for (place, (node, action)) in actions.enumerate() {
                if place == 0 {
                    out.space();
                    out.push(clause);
                    out.push(" ");
                } else {
                    out.push(", ");
                }
                out.action(node, action)?;
            }
        }
        for raw in &updates.raw {
            out.space();
            out.raw(&raw.0)?;
        }
        out.finish("update")
    }

    /// A list of paths.
    pub(crate) fn projection(&mut self, nodes: &[Node]) -> Result<Rendered> {
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

    fn space(&mut self) {
        if !self.text.is_empty() {
            self.text.push(' ');
        }
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

    fn constant(&mut self, json: &str) {
        let placeholder = self.shared.value(json);
        self.push(&placeholder);
    }

    fn term(&mut self, term: &Term) -> Result<()> {
        match term {
            Term::Path(node) => self.path(node),
            Term::Size(node) => {
                self.operators += 1;
                self.push("size(");
                self.path(node);
                self.push(")");
            }
            Term::Value(value) => self.value(value)?,
        }
        Ok(())
    }

    /// Writes a condition; `inner` puts brackets around what would bind otherwise.
    fn expr(&mut self, expr: &Expr, inner: bool) -> Result<()> {
        match expr {
            Expr::Compare(left, operator, right) => {
                self.operators += 1;
                self.term(left)?;
                self.push(" ");
                self.push(operator);
                self.push(" ");
                self.term(right)
            }
            Expr::Between(term, low, high) => {
                self.operators += 1;
                self.term(term)?;
                self.push(" BETWEEN ");
                self.term(low)?;
                self.push(" AND ");
                self.term(high)
            }
            Expr::In(term, operands) => self.is_in(term, operands),
            Expr::Function(name, node, argument) => {
                self.operators += 1;
                self.push(name);
                self.push("(");
                self.path(node);
                if let Some(argument) = argument {
                    self.push(", ");
                    self.term(argument)?;
                }
                self.push(")");
                Ok(())
            }
            Expr::Join(operator, parts) => self.join(operator, parts, inner),
            Expr::Not(negated) => {
                self.operators += 1;
                self.push("NOT (");
                self.expr(negated, false)?;
                self.push(")");
                Ok(())
            }
            Expr::Raw(raw) => {
                self.push("(");
                self.raw(&raw.0)?;
                self.push(")");
                Ok(())
            }
        }
    }

    fn is_in(&mut self, term: &Term, operands: &[Term]) -> Result<()> {
        if operands.is_empty() || operands.len() > limit::IN_OPERANDS {
            let attribute = match term {
                Term::Path(node) | Term::Size(node) => node.to_string().into(),
                Term::Value(_) => Box::default(),
            };
            return Err(InvalidRequest::InOperands { attribute, operands: operands.len() }.into());
        }
        self.operators += 1;
        self.term(term)?;
        for (place, operand) in operands.iter().enumerate() {
            self.push(if place == 0 { " IN (" } else { ", " });
            self.term(operand)?;
        }
        self.push(")");
        Ok(())
    }

    fn join(&mut self, operator: &str, parts: &[Expr], inner: bool) -> Result<()> {
        if inner {
            self.push("(");
        }
        for (place, part) in parts.iter().enumerate() {
            if place > 0 {
                self.operators += 1;
                self.push(" ");
                self.push(operator);
                self.push(" ");
            }
            self.expr(part, true)?;
        }
        if inner {
            self.push(")");
        }
        Ok(())
    }

    fn sort_condition(&mut self, name: &str, condition: &SortCondition) -> Result<()> {
        match condition {
            SortCondition::Compare(operator, value) => {
                self.name(name);
                self.push(" ");
                self.push(operator);
                self.push(" ");
                self.value(value)
            }
            SortCondition::Between(low, high) => {
                self.name(name);
                self.push(" BETWEEN ");
                self.value(low)?;
                self.push(" AND ");
                self.value(high)
            }
            SortCondition::BeginsWith(prefix) => {
                self.push("begins_with(");
                self.name(name);
                self.push(", ");
                self.value(prefix)?;
                self.push(")");
                Ok(())
            }
        }
    }

    fn action(&mut self, node: &Node, action: &Action) -> Result<()> {
        self.path(node);
        self.operators += 1;
        match action {
            Action::Remove => Ok(()),
            Action::Add(value) | Action::Delete(value) => {
                self.push(" ");
                self.value(value)
            }
            Action::Set(set) => {
                self.push(" = ");
                self.set_value(node, set)
            }
        }
    }

    fn set_value(&mut self, node: &Node, set: &SetValue) -> Result<()> {
        const ZERO: &str = "{\"N\":\"0\"}";
        const EMPTY_LIST: &str = "{\"L\":[]}";
        match set {
            SetValue::Value(value) => self.value(value),
            SetValue::Copy(other) => {
                self.path(other);
                Ok(())
            }
            SetValue::IfNotExists(value) => {
                self.operators += 1;
                self.push("if_not_exists(");
                self.path(node);
                self.push(", ");
                self.value(value)?;
                self.push(")");
                Ok(())
            }
            SetValue::Plus(value) => {
                self.or_constant(node, ZERO);
                self.operators += 1;
                self.push(" + ");
                self.value(value)
            }
            SetValue::Minus(value) => {
                self.or_constant(node, ZERO);
                self.operators += 1;
                self.push(" - ");
                self.value(value)
            }
            SetValue::Append(value) => {
                self.operators += 1;
                self.push("list_append(");
                self.or_constant(node, EMPTY_LIST);
                self.push(", ");
                self.value(value)?;
                self.push(")");
                Ok(())
            }
            SetValue::Prepend(value) => {
                self.operators += 1;
                self.push("list_append(");
                self.value(value)?;
                self.push(", ");
                self.or_constant(node, EMPTY_LIST);
                self.push(")");
                Ok(())
            }
        }
    }

    /// The attribute, or the constant where the item does not have it.
    fn or_constant(&mut self, node: &Node, json: &str) {
        self.operators += 1;
        self.push("if_not_exists(");
        self.path(node);
        self.push(", ");
        self.constant(json);
        self.push(")");
    }

    fn raw(&mut self, raw: &RawExpression) -> Result<()> {
        for (placeholder, name) in &raw.names {
            self.placeholder('#', placeholder)?;
            self.shared.names.push((placeholder.clone(), name.clone()));
        }
        for (placeholder, value) in &raw.values {
            self.placeholder(':', placeholder)?;
            let json = value.as_deref().map_err(|error| Error::Encode(error.clone()))?;
            self.shared.values.push((placeholder.clone(), json.into()));
        }
        self.push(&raw.text);
        Ok(())
    }

    /// Checks a user's placeholder: its form, its length, and that it is nobody else's.
    fn placeholder(&self, mark: char, placeholder: &str) -> Result<()> {
        let well_formed = placeholder.strip_prefix(mark).is_some_and(|name| {
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        });
        let taken =
            self.shared.names.iter().map(|(known, _)| known).chain(self.shared.values.iter().map(|(known, _)| known));
        let ours = is_made(placeholder);
        if well_formed
            && !ours
            && placeholder.len() <= limit::PLACEHOLDER_BYTES
            && !taken.into_iter().any(|known| known == placeholder)
        {
            return Ok(());
        }
        Err(InvalidRequest::Placeholder { placeholder: placeholder.into() }.into())
    }
}

/// True for placeholders of the form that the writer makes.
fn is_made(placeholder: &str) -> bool {
    ["#n", ":v"].iter().any(|prefix| {
        placeholder
            .strip_prefix(prefix)
            .is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
    })
}

impl Action {
    const fn clause(&self) -> &'static str {
        match self {
            Self::Set(_) => "SET",
            Self::Remove => "REMOVE",
            Self::Add(_) => "ADD",
            Self::Delete(_) => "DELETE",
        }
    }
}
