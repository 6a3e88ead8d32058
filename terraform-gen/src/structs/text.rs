//! The text of structs, as `rustfmt` would lay it out.

use std::collections::BTreeSet;

use super::names::{FieldNames, snake};

/// The width of a line, and of the list in an attribute, up to which `rustfmt` keeps it on one line.
const LINE: usize = 100;
const LIST: usize = 70;

/// A struct or an enum.
#[derive(Debug)]
pub(super) struct Struct {
    pub(super) name: String,
    pub(super) docs: Vec<String>,
    pub(super) derive: &'static str,
    /// What stands in `#[dynamo(…)]` above it.
    pub(super) entries: Vec<Entry>,
    pub(super) body: Body,
}

#[derive(Debug)]
pub(super) enum Body {
    Fields(Vec<Field>),
    /// The variants, each with the type of the same name, and one for items of no other.
    Variants(Vec<(String, String)>),
}

/// A field of a struct.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) name: String,
    /// The attribute that it is stored as; nothing where no attribute has its name.
    pub(super) attribute: Option<String>,
    pub(super) type_name: String,
    /// Words in its `#[dynamo(…)]`.
    pub(super) marks: Vec<&'static str>,
    pub(super) docs: Vec<String>,
}

/// What stands in an attribute: `word`, `name = value` or `name(…)`.
#[derive(Debug, Clone)]
pub(super) enum Entry {
    Word(String),
    List(&'static str, Vec<Self>),
}

impl Struct {
    pub(super) fn document(name: String, docs: Vec<String>, fields: Vec<Field>) -> Self {
        Self { name, docs, derive: "DynamoAttribute", entries: Vec::new(), body: Body::Fields(fields) }
    }

    pub(super) fn write(&self, out: &mut String) {
        docs(&self.docs, "", out);
        out.push_str(&format!("#[derive({}, Debug, Clone, PartialEq)]\n", self.derive));
        attribute(&self.entries, "", out);
        match &self.body {
            Body::Fields(fields) => {
                out.push_str(&format!("pub struct {} {{\n", self.name));
                fields.iter().for_each(|field| field.write(out));
            }
            Body::Variants(variants) => {
                out.push_str(&format!("pub enum {} {{\n", self.name));
                for (name, about) in variants {
                    docs(core::slice::from_ref(about), "    ", out);
                    out.push_str(&format!("    {name}({name}),\n"));
                }
                docs(&["Items of none of these, which the sample had none of.".to_owned()], "    ", out);
                out.push_str("    #[dynamo(unknown)]\n    Unknown(Item),\n");
            }
        }
        out.push_str("}\n");
    }

    /// The names of types in it that have to be imported.
    pub(super) fn uses<'s>(&'s self, uses: &mut BTreeSet<&'s str>) {
        uses.insert(self.derive);
        let types: Vec<&str> = match &self.body {
            Body::Fields(fields) => fields.iter().map(|field| field.type_name.as_str()).collect(),
            Body::Variants(_) => vec!["Item"],
        };
        uses.extend(types.iter().flat_map(|name| name.split(|c: char| !c.is_ascii_alphanumeric())));
    }
}

impl Field {
    pub(super) fn of(name: String, attribute: &str, type_name: String, docs: Vec<String>) -> Self {
        Self { name, attribute: Some(attribute.to_owned()), type_name, marks: Vec::new(), docs }
    }

    /// A field whose value is in a key's text alone.
    pub(super) fn key_only(name: String, type_name: &str, docs: Vec<String>) -> Self {
        Self { name, attribute: None, type_name: type_name.to_owned(), marks: vec!["key_only"], docs }
    }

    /// The field for what the sample had not.
    pub(super) fn rest(fields: &mut FieldNames) -> Self {
        let docs = vec!["Attributes that the sample had none of, so that writing an item back keeps them.".to_owned()];
        let name = fields.take("rest");
        Self { name, attribute: None, type_name: "Item".to_owned(), marks: vec!["rest"], docs }
    }

    fn write(&self, out: &mut String) {
        docs(&self.docs, "    ", out);
        let marks = self.marks.iter().map(|mark| Entry::word(*mark));
        let plain = super::names::plain(&self.name);
        let renamed = self.attribute.as_ref().filter(|attribute| *attribute != plain);
        let entries: Vec<Entry> = marks.chain(renamed.map(|name| Entry::text("rename", name))).collect();
        attribute(&entries, "    ", out);
        out.push_str(&format!("    pub {}: {},\n", self.name, self.type_name));
    }
}

impl Entry {
    pub(super) fn word(word: impl Into<String>) -> Self {
        Self::Word(word.into())
    }

    /// `name = "text"`
    pub(super) fn text(name: &str, text: &str) -> Self {
        Self::Word(format!("{name} = {}", literal(text)))
    }

    /// `name = "text"`, or `name = ["text", "text"]`.
    pub(super) fn texts(name: &str, texts: &[String]) -> Self {
        match texts {
            [one] => Self::text(name, one),
            several => {
                let list: Vec<String> = several.iter().map(|text| literal(text)).collect();
                Self::Word(format!("{name} = [{}]", list.join(", ")))
            }
        }
    }

    fn one_line(&self) -> String {
        match self {
            Self::Word(word) => word.clone(),
            Self::List(name, entries) => format!("{name}({})", joined(entries)),
        }
    }

    fn lines(&self, indent: &str, out: &mut String) {
        match self {
            Self::List(name, entries) if !fits(indent, name, entries) => {
                out.push_str(&format!("{indent}{name}(\n"));
                list(entries, indent, out);
                out.push_str(&format!("{indent})"));
            }
            _ => out.push_str(&format!("{indent}{}", self.one_line())),
        }
    }
}

fn joined(entries: &[Entry]) -> String {
    entries.iter().map(Entry::one_line).collect::<Vec<_>>().join(", ")
}

fn fits(indent: &str, name: &str, entries: &[Entry]) -> bool {
    let list = joined(entries).chars().count();
    list <= LIST && indent.len() + name.len() + list + "#[()]".len() <= LINE
}

/// The entries one under the other, without a comma after the last one.
fn list(entries: &[Entry], indent: &str, out: &mut String) {
    for (place, entry) in entries.iter().enumerate() {
        entry.lines(&format!("{indent}    "), out);
        out.push_str(if place + 1 < entries.len() { ",\n" } else { "\n" });
    }
}

fn attribute(entries: &[Entry], indent: &str, out: &mut String) {
    if entries.is_empty() {
        return;
    }
    if fits(indent, "dynamo", entries) {
        out.push_str(&format!("{indent}#[dynamo({})]\n", joined(entries)));
        return;
    }
    out.push_str(&format!("{indent}#[dynamo(\n"));
    list(entries, indent, out);
    out.push_str(&format!("{indent})]\n"));
}

/// Paragraphs of documentation. A line that begins with a bar is a row of a table, which is no paragraph of its own.
pub(super) fn docs(paragraphs: &[String], indent: &str, out: &mut String) {
    let mut before: Option<&String> = None;
    for paragraph in paragraphs {
        if before.is_some_and(|before| !(before.starts_with('|') && paragraph.starts_with('|'))) {
            out.push_str(&format!("{indent}///\n"));
        }
        out.push_str(&format!("{indent}/// {}\n", one_line(paragraph)));
        before = Some(paragraph);
    }
}

/// The text without what would end a line.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>().trim().to_owned()
}

/// A literal of Rust with that text.
pub(super) fn literal(text: &str) -> String {
    format!("{text:?}")
}

/// Text of an item as code in documentation.
pub(super) fn code(text: &str) -> String {
    let text = one_line(&text.replace('`', "'"));
    if text.is_empty() { "``".to_owned() } else { format!("`{text}`") }
}

/// The member of an entity's paths that the derive names after an index.
pub(super) fn index_members(index: &str) -> [String; 3] {
    let member = snake(index);
    [format!("{member}_partition_key"), format!("{member}_sort_key"), member]
}
