//! `access(…)`: a named access pattern.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use syn::{LitInt, LitStr, Type};

use super::entry::{Entry, Key, Value};
use super::value::{Set, set};
use crate::errors::Errors;
use crate::nearest::listed;

const FORM: &str = "access(name = \"recent\", partition(user), range(created >= since))";
const RANGE: &str = "range(created >= since)";
const ORDERS: [(&str, bool); 2] = [("ascending", false), ("descending", true)];
const NAMES: [&str; 10] = ["name", "index", "partition", "sort", "fixed", "range", "order", "take", "reads", "doc"];

/// One access pattern as it is written. Its parts are named by Rust fields.
pub(crate) struct AccessAttrs {
    /// The word `access`.
    pub(crate) key: Key,
    pub(crate) name: Option<Set<LitStr>>,
    pub(crate) index: Option<Set<LitStr>>,
    /// Parts of the partition key that are parameters.
    pub(crate) partition: Option<Set<Vec<Ident>>>,
    /// Parts of the sort key that are parameters.
    pub(crate) sort: Option<Set<Vec<Ident>>>,
    /// Parts of either key that have one value.
    pub(crate) fixed: Option<Set<Vec<(Ident, TokenStream)>>>,
    pub(crate) range: Option<Set<RangeAttr>>,
    pub(crate) descending: Option<Set<bool>>,
    pub(crate) take: Option<Set<LitInt>>,
    pub(crate) reads: Option<Set<Type>>,
    pub(crate) doc: Option<Set<LitStr>>,
    /// True after a mistake, when what follows from what is missing is better not said.
    pub(crate) broken: bool,
}

/// `created >= since`, `created between from and to`, `handle begins_with prefix`.
pub(crate) struct RangeAttr {
    pub(crate) field: Ident,
    pub(crate) operator: RangeOperator,
    /// One parameter, or two of `between`.
    pub(crate) parameters: Vec<Ident>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum RangeOperator {
    Lt,
    Le,
    Gt,
    Ge,
    Between,
    BeginsWith,
}

impl RangeOperator {
    const ALL: [(&'static str, &'static str, Self); 6] = [
        ("<", "lt", Self::Lt),
        ("<=", "le", Self::Le),
        (">", "gt", Self::Gt),
        (">=", "ge", Self::Ge),
        ("between", "between", Self::Between),
        ("begins_with", "begins_with", Self::BeginsWith),
    ];

    /// As it is written here, and the name of its method.
    pub(crate) fn names(self) -> (&'static str, &'static str) {
        let found = Self::ALL.iter().find(|(.., operator)| *operator == self);
        found.map_or(("", ""), |(sign, method, _)| (sign, method))
    }
}

impl AccessAttrs {
    pub(super) fn parse(entry: &Entry, errors: &mut Errors) -> Option<Self> {
        let entries = entry.entries(FORM, errors)?;
        let mut parsed = Self {
            key: entry.key.clone(),
            name: None,
            index: None,
            partition: None,
            sort: None,
            fixed: None,
            range: None,
            descending: None,
            take: None,
            reads: None,
            doc: None,
            broken: false,
        };
        for entry in entries {
            let mut own = Errors::default();
            parsed.take(&entry, &mut own);
            parsed.broken |= own.any();
            errors.append(own);
        }
        Some(parsed)
    }

    fn take(&mut self, entry: &Entry, errors: &mut Errors) {
        let key = entry.key.clone();
        match entry.name().as_str() {
            "name" => {
                let name = entry.text("name = \"recent\"", errors);
                set(&mut self.name, key, name, errors);
            }
            "index" => {
                let index = entry.text("index = \"by-team\"", errors);
                set(&mut self.index, key, index, errors);
            }
            "partition" => {
                let parts = words(entry, "partition(user)", errors);
                set(&mut self.partition, key, parts, errors);
            }
            "sort" => {
                let parts = words(entry, "sort(created)", errors);
                set(&mut self.sort, key, parts, errors);
            }
            "fixed" => {
                let parts = values(entry, errors);
                set(&mut self.fixed, key, parts, errors);
            }
            "range" => {
                let range = range(entry, errors);
                set(&mut self.range, key, range, errors);
            }
            "order" => {
                let order = entry.word(&ORDERS, errors).map(|(_, descending, _)| descending);
                set(&mut self.descending, key, order, errors);
            }
            "take" => {
                let take = entry.number("take = 20", errors);
                set(&mut self.take, key, take, errors);
            }
            "reads" => {
                let reads = entry.parsed("a type", "reads = TeamEntry", errors);
                set(&mut self.reads, key, reads, errors);
            }
            "doc" => {
                let doc = entry.text("doc = \"What it is for.\"", errors);
                set(&mut self.doc, key, doc, errors);
            }
            _ => {
                entry.unknown("an access pattern", &NAMES, errors);
            }
        }
    }

    /// Where to point when the pattern as a whole is meant.
    pub(crate) fn span(&self) -> Span {
        match &self.name {
            Some(name) => name.value.span(),
            None => self.key.span(),
        }
    }
}

/// A list of fields, which are parameters of the pattern's method.
pub(super) fn words(entry: &Entry, form: &str, errors: &mut Errors) -> Option<Vec<Ident>> {
    let word = |entry: Entry, errors: &mut Errors| match (entry.key, entry.value) {
        (Key::Word(word), Value::Nothing) => Some(word),
        (Key::Text(text), Value::Nothing) => {
            let field = text.value();
            errors.at(text, format!("a parameter is a word: write `{field}` without quotes"));
            None
        }
        (Key::Word(word), Value::Assigned(value)) => {
            errors.at(&word, format!("a part that has one value is written `fixed({word} = {value})`"));
            None
        }
        (key, _) => {
            errors.at(key, format!("expected the names of fields: write `{form}`"));
            None
        }
    };
    let words: Vec<_> = entry.entries(form, errors)?.into_iter().map(|entry| word(entry, errors)).collect();
    words.into_iter().collect()
}

/// A list of fields with their values.
fn values(entry: &Entry, errors: &mut Errors) -> Option<Vec<(Ident, TokenStream)>> {
    const FORM: &str = "fixed(status = \"open\")";
    let value = |entry: Entry, errors: &mut Errors| match (entry.key, entry.value) {
        (Key::Word(word), Value::Assigned(value)) if !value.is_empty() => Some((word, value)),
        (key, _) => {
            errors.at(key, format!("a fixed part has a value: write `{FORM}`"));
            None
        }
    };
    let values: Vec<_> = entry.entries(FORM, errors)?.into_iter().map(|entry| value(entry, errors)).collect();
    values.into_iter().collect()
}

fn range(entry: &Entry, errors: &mut Errors) -> Option<RangeAttr> {
    let list = match &entry.value {
        Value::List(list) => list,
        Value::Malformed => return None,
        _ => {
            errors.at(&entry.key, format!("`range` takes a condition: write `{RANGE}`"));
            return None;
        }
    };
    let range = parse_range(list);
    if range.is_none() {
        let message = format!(
            "a range is a field, an operator and a parameter: write `{RANGE}`, `range(created between from and to)` or \
             `range(handle begins_with prefix)`; the operators are {}",
            listed(&RangeOperator::ALL.map(|(sign, ..)| sign))
        );
        let inside = if list.stream().is_empty() { TokenTree::Group(list.clone()).into() } else { list.stream() };
        errors.at(inside, message);
    }
    range
}

fn parse_range(list: &Group) -> Option<RangeAttr> {
    let mut field = None;
    let mut sign = String::new();
    let mut words = Vec::new();
    for token in list.stream() {
        match token {
            TokenTree::Ident(word) if field.is_none() => field = Some(word),
            TokenTree::Ident(word) if sign.is_empty() => sign = word.to_string(),
            TokenTree::Ident(word) => words.push(word),
            TokenTree::Punct(mark) if field.is_some() && words.is_empty() => sign.push(mark.as_char()),
            TokenTree::Group(group) if group.delimiter() == Delimiter::None => return parse_range(&group),
            _ => return None,
        }
    }
    let (_, _, operator) = RangeOperator::ALL.into_iter().find(|(written, ..)| *written == sign)?;
    let parameters = match (operator, words.as_slice()) {
        (RangeOperator::Between, [low, and, high]) if and == "and" => vec![low.clone(), high.clone()],
        (RangeOperator::Between, _) => return None,
        (_, [parameter]) => vec![parameter.clone()],
        _ => return None,
    };
    Some(RangeAttr { field: field?, operator, parameters })
}
