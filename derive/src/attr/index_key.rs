//! The keys of an index as they are written: one field, or a list of them.

use proc_macro2::{Delimiter, TokenStream};
use quote::ToTokens;
use syn::{LitStr, parse2};

use super::entry::{Entry, Key, Value};
use crate::errors::Errors;

/// One side of an index's key. There is at least one text.
pub(crate) struct KeyAttr {
    pub(crate) texts: Vec<LitStr>,
}

impl Entry {
    /// `"field"`, or `["first", "second"]`.
    pub(super) fn index_key(&self, errors: &mut Errors) -> Option<KeyAttr> {
        let name = self.name();
        let Value::Assigned(value) = &self.value else { return self.one_text(&name, errors) };
        match parse2::<proc_macro2::Group>(value.clone()) {
            Ok(list) if list.delimiter() == Delimiter::Bracket => {
                let mut texts = Vec::new();
                for entry in Self::list(list.stream(), errors) {
                    texts.push(text_of(entry, &name, errors)?);
                }
                if texts.is_empty() {
                    errors.at(&list, format!("`{name}` is an empty list: write `{name} = [\"first\", \"second\"]`"));
                    return None;
                }
                Some(KeyAttr { texts })
            }
            _ => self.one_text(&name, errors),
        }
    }

    fn one_text(&self, name: &str, errors: &mut Errors) -> Option<KeyAttr> {
        let text = self.text(&format!("{name} = \"field\""), errors)?;
        Some(KeyAttr { texts: vec![text] })
    }
}

impl KeyAttr {
    /// The first text of it, which is all of it but for a list.
    pub(crate) fn first(&self) -> Option<&LitStr> {
        self.texts.first()
    }
}

impl ToTokens for KeyAttr {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        for text in &self.texts {
            text.to_tokens(tokens);
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
