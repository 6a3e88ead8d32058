//! Conditions and key conditions as text.

use super::Writer;
use crate::Result;
use crate::error::InvalidRequest;
use crate::expr::condition::{Expr, Term};
use crate::limit;
use crate::query::SortCondition;

impl Writer<'_> {
    pub(super) fn term(&mut self, term: &Term) -> Result<()> {
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
    pub(super) fn expr(&mut self, expr: &Expr, inner: bool) -> Result<()> {
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
                let brackets = inner && !is_bracketed(&raw.0.text);
                if brackets {
                    self.push("(");
                }
                self.raw(&raw.0)?;
                if brackets {
                    self.push(")");
                }
                Ok(())
            }
        }
    }

    pub(super) fn is_in(&mut self, term: &Term, operands: &[Term]) -> Result<()> {
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

    pub(super) fn join(&mut self, operator: &str, parts: &[Expr], inner: bool) -> Result<()> {
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

    pub(super) fn sort_condition(&mut self, name: &str, condition: &SortCondition) -> Result<()> {
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
}

/// True if one pair of brackets holds the whole text; DynamoDB refuses a second pair.
fn is_bracketed(text: &str) -> bool {
    let text = text.trim();
    let mut open = 0_usize;
    text.starts_with('(')
        && text.char_indices().all(|(place, character)| {
            match character {
                '(' => open += 1,
                ')' => open = open.saturating_sub(1),
                _ => {}
            }
            open > 0 || place + 1 == text.len()
        })
}
