//! A writer of HCL whose output `terraform fmt` leaves as it is.
//!
//! Only what a generated module needs: attributes, blocks, comments and a handful of expressions. Everything that
//! comes from a user's program goes in as [`Expr::text`] or [`quoted`], so that nothing of it is ever evaluated.

mod escape;
mod json;
#[cfg(test)]
mod parse_back;
#[cfg(test)]
mod tests;
mod write;

pub(crate) use escape::{ident, quoted};
pub(crate) use json::json;

/// The content of a file or of a block.
#[derive(Debug, Clone, Default)]
pub(crate) struct Body {
    items: Vec<Item>,
}

#[derive(Debug, Clone)]
enum Item {
    Attribute(String, Expr),
    Block { head: String, body: Body },
    Comment(String),
    Blank,
}

/// The value of an attribute.
#[derive(Debug, Clone)]
pub(crate) enum Expr {
    /// An expression on one line, written as it is.
    Raw(String),
    /// A list on one line.
    List(Vec<Expr>),
    /// A list with one element a line.
    Lines(Vec<Expr>),
    /// An object with one attribute a line; the keys are written as they are.
    Object(Vec<(String, Expr)>),
    /// An object with one attribute a line and comments between them; the names are written as they are.
    Commented(Body),
    /// An object on one line; the keys are written as they are.
    Inline(Vec<(String, Expr)>),
    /// An object made by a `for` expression: its head up to the arrow, and the value of each element.
    For(String, Box<Expr>),
    /// An expression between two pieces of text: `toset(` … `)`.
    Wrap(String, Box<Expr>, String),
}

impl Body {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Adds `name = value`.
    pub(crate) fn set(mut self, name: &str, value: Expr) -> Self {
        if matches!(self.items.last(), Some(Item::Block { .. })) {
            self.items.push(Item::Blank);
        }
        self.items.push(Item::Attribute(name.to_owned(), value));
        self
    }

    /// Adds `name = value` if there is a value.
    pub(crate) fn set_some(self, name: &str, value: Option<Expr>) -> Self {
        match value {
            Some(value) => self.set(name, value),
            None => self,
        }
    }

    /// Adds a block, with an empty line before it where something precedes it.
    ///
    /// The labels are names: `terraform fmt` drops a label in which it has to read an escaped template.
    pub(crate) fn block(mut self, kind: &str, labels: &[&str], body: Self) -> Self {
        if !matches!(self.items.last(), None | Some(Item::Blank | Item::Comment(_))) {
            self.items.push(Item::Blank);
        }
        let mut head = kind.to_owned();
        for label in labels {
            head.push(' ');
            head.push_str(&quoted(label));
        }
        self.items.push(Item::Block { head, body });
        self
    }

    /// Adds a comment that belongs to what follows it. After another comment it stands apart.
    pub(crate) fn comment(mut self, text: &str) -> Self {
        if !matches!(self.items.last(), None | Some(Item::Blank)) {
            self.items.push(Item::Blank);
        }
        self.items.push(Item::Comment(text.to_owned()));
        self
    }

    /// The value of an attribute as a reader sees it: text without its quotes, anything else on one line.
    pub(crate) fn text_of(&self, name: &str) -> Option<String> {
        let value = self.items.iter().find_map(|item| match item {
            Item::Attribute(found, value) if found == name => Some(value.one_line()),
            _ => None,
        })?;
        Some(escape::unquoted(&value).unwrap_or(value))
    }

    /// The blocks with one label, by it.
    pub(crate) fn blocks(&self) -> impl Iterator<Item = (&str, &Self)> {
        self.items.iter().filter_map(|item| match item {
            Item::Block { head, body } => Some((head.split('"').nth(1)?, body)),
            _ => None,
        })
    }

    /// The text of the file.
    pub(crate) fn render(&self) -> String {
        let mut out = String::new();
        write::body(self, 0, &mut out);
        out
    }
}

impl Expr {
    /// An expression on one line, written as it is.
    pub(crate) fn raw(expression: impl Into<String>) -> Self {
        Self::Raw(expression.into())
    }

    /// A string that Terraform reads back as exactly this text.
    pub(crate) fn text(text: &str) -> Self {
        Self::Raw(quoted(text))
    }

    /// `true` or `false`.
    pub(crate) fn bool(value: bool) -> Self {
        Self::Raw(value.to_string())
    }

    /// A whole number.
    pub(crate) fn number(value: u64) -> Self {
        Self::Raw(value.to_string())
    }

    /// The number, or `null`.
    pub(crate) fn number_or_null(value: Option<u64>) -> Self {
        value.map_or_else(Self::null, Self::number)
    }

    /// `null`.
    pub(crate) fn null() -> Self {
        Self::raw("null")
    }

    /// A list of strings on one line.
    pub(crate) fn texts<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        Self::List(texts.into_iter().map(Self::text).collect())
    }

    /// This expression between two pieces of text.
    pub(crate) fn wrap(self, open: &str, close: &str) -> Self {
        Self::Wrap(open.to_owned(), Box::new(self), close.to_owned())
    }

    /// The whole expression on one line.
    pub(crate) fn one_line(&self) -> String {
        write::one_line(self)
    }
}
