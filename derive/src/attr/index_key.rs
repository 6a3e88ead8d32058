//! A key as it is written: a name, a list of names, the table's own key, or a template.

use proc_macro2::{Delimiter, Group, Ident, TokenStream};
use quote::ToTokens;
use syn::{LitStr, parse2};

use super::entry::{Entry, Key, Value};
use super::value::{Set, set};
use crate::errors::Errors;

/// One side of a key. What text means is decided by the place.
pub(crate) enum KeyAttr {
    /// `"field"` or `["first", "second"]`. There is at least one text.
    Texts(Vec<LitStr>),
    /// The bare word `partition_key` or `sort_key`: the table's own key.
    Own(Ident),
    /// `(template = "…", raw)`.
    Template(TemplateAttr),
}

/// A key template in its long form.
pub(crate) struct TemplateAttr {
    pub(crate) template: LitStr,
    /// The name of the attribute that holds the key.
    pub(crate) attribute: Option<Set<LitStr>>,
    pub(crate) raw: bool,
}

impl Entry {
    /// The value of a key. `form` shows how it is written here.
    pub(super) fn key_value(&self, form: &str, errors: &mut Errors) -> Option<KeyAttr> {
        let name = self.name();
        let value = match &self.value {
            Value::List(list) => return self.template(list, errors).map(KeyAttr::Template),
            Value::Assigned(value) => value,
            _ => return self.text(form, errors).map(KeyAttr::one),
        };
        if let Ok(word) = parse2::<Ident>(value.clone())
            && (word == "partition_key" || word == "sort_key")
        {
            return Some(KeyAttr::Own(word));
        }
        match parse2::<Group>(value.clone()) {
            Ok(list) if list.delimiter() == Delimiter::Bracket => {
                let mut texts = Vec::new();
                for entry in Self::list(list.stream(), errors) {
                    texts.push(text_of(entry, &name, errors)?);
                }
                if texts.is_empty() {
                    errors.at(&list, format!("`{name}` is an empty list: write `{name} = [\"first\", \"second\"]`"));
                    return None;
                }
                Some(KeyAttr::Texts(texts))
            }
            _ => self.text(form, errors).map(KeyAttr::one),
        }
    }

    fn template(&self, list: &Group, errors: &mut Errors) -> Option<TemplateAttr> {
        let (mut template, mut attribute, mut raw) = (None, None, None);
        let mut means_template = false;
        for entry in Self::list(list.stream(), errors) {
            let key = entry.key.clone();
            match entry.name().as_str() {
                "template" => {
                    means_template = true;
                    let text = entry.text("template = \"USER#{id}\"", errors);
                    set(&mut template, key, text, errors);
                }
                "attribute" => {
                    let name = entry.text("attribute = \"pk\"", errors);
                    set(&mut attribute, key, name, errors);
                }
                "raw" => {
                    entry.flag(errors);
                    set(&mut raw, key, Some(()), errors);
                }
                _ => {
                    let meant = entry.unknown("a key template", &["template", "attribute", "raw"], errors);
                    means_template |= meant == Some("template");
                }
            }
        }
        if template.is_none() && !means_template {
            let name = self.name();
            errors.at(&self.key, format!("`{name}` needs its template: write `{name}(template = \"USER#{{id}}\")`"));
        }
        template.map(|template| TemplateAttr { template: template.value, attribute, raw: raw.is_some() })
    }
}

impl KeyAttr {
    fn one(text: LitStr) -> Self {
        Self::Texts(vec![text])
    }

    /// The names that are written.
    pub(crate) fn texts(&self) -> &[LitStr] {
        match self {
            Self::Texts(texts) => texts,
            Self::Own(_) | Self::Template(_) => &[],
        }
    }

    /// The text of a template, in its long form or as text that has a placeholder.
    pub(crate) fn template(&self) -> Option<&LitStr> {
        match self {
            Self::Template(template) => Some(&template.template),
            Self::Texts(texts) => texts.first().filter(|text| texts.len() == 1 && text.value().contains(['{', '}'])),
            Self::Own(_) => None,
        }
    }
}

impl ToTokens for KeyAttr {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::Texts(texts) => texts.iter().for_each(|text| text.to_tokens(tokens)),
            Self::Own(word) => word.to_tokens(tokens),
            Self::Template(template) => template.template.to_tokens(tokens),
        }
    }
}

/// A field's name in a list.
fn text_of(entry: Entry, name: &str, errors: &mut Errors) -> Option<LitStr> {
    match (entry.key, entry.value) {
        (Key::Text(text), Value::Nothing) => Some(text),
        (Key::Word(word), Value::Nothing) => {
            errors.at(&word, format!("a field's name is text in quotes: write `\"{word}\"`"));
            None
        }
        (key, _) => {
            errors.at(key, format!("`{name}` is a list of fields: write `{name} = [\"first\", \"second\"]`"));
            None
        }
    }
}
