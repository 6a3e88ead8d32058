//! The primary key of an entity: fields that are marked, or templates above the struct.

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;

use super::template::Fields;
use super::{Field, Index, IndexKey, KeyPart, KeySide, Store, Template, name, shard, tokens};
use crate::attr::{FieldAttrs, Key, KeyAttr, Kind, Set, TableAttrs};
use crate::errors::Errors;

/// What the keys are found in.
pub(super) struct Keys<'t> {
    pub(super) entity: &'t Ident,
    pub(super) attrs: &'t TableAttrs,
    pub(super) fields: &'t [(Field, FieldAttrs)],
}

/// One key: its part, its words, and where it is written.
struct Side<'t> {
    part: KeyPart,
    what: &'static str,
    word: &'static str,
    default_attribute: &'static str,
    written: Option<&'t Set<KeyAttr>>,
    mark: fn(&FieldAttrs) -> &Option<Set<()>>,
}

impl<'t> Keys<'t> {
    /// The partition key and the sort key, each `None` after a mistake.
    pub(super) fn resolve(&self, errors: &mut Errors) -> (Option<KeySide>, Option<KeySide>) {
        let partition = Side {
            part: KeyPart::Partition,
            what: "partition key",
            word: "partition_key",
            default_attribute: "pk",
            written: self.attrs.partition_key.as_ref(),
            mark: |attrs| &attrs.partition_key,
        };
        let sort = Side {
            part: KeyPart::Sort,
            what: "sort key",
            word: "sort_key",
            default_attribute: "sk",
            written: self.attrs.sort_key.as_ref(),
            mark: |attrs| &attrs.sort_key,
        };
        let (mut partition, sort) = (self.side(&partition, errors), self.side(&sort, errors));
        shard::of_table(self, (&mut partition, sort.as_ref()), errors);
        (partition, sort)
    }

    fn side(&self, side: &Side<'t>, errors: &mut Errors) -> Option<KeySide> {
        let marked = self.single(side, errors);
        let template = match side.written {
            Some(written) => {
                if let Some((field, mark)) = marked {
                    let message = format!(
                        "`{}` cannot be the {} too, because a template makes it; remove the mark or the template",
                        field.name(),
                        side.what
                    );
                    errors.conflict(&written.value, "the template is here", mark, message);
                }
                return self.template(side, written, errors).map(KeySide::Template);
            }
            None => marked,
        };
        match template {
            Some((field, _)) => {
                check_table_key(field, errors);
                Some(KeySide::Fields(vec![IndexKey::new(field)]))
            }
            None if side.part == KeyPart::Sort => Some(KeySide::none()),
            None => {
                let meant =
                    self.attrs.means_partition_key || self.fields.iter().any(|(_, attrs)| attrs.means_partition_key);
                if !meant {
                    self.no_partition_key(errors);
                }
                None
            }
        }
    }

    fn no_partition_key(&self, errors: &mut Errors) {
        let entity = self.entity;
        let or = match self.attrs.kind {
            Kind::Entity => {
                " with `#[dynamo(partition_key)]`, or make it of fields above the struct: `partition_key = \"USER#{id}\"`"
            }
            _ => " with `#[dynamo(partition_key)]`",
        };
        errors.at(entity, format!("`{entity}` has no partition key: mark a field{or}"));
    }

    /// The one field that has the mark.
    fn single(&self, side: &Side<'t>, errors: &mut Errors) -> Option<(&'t Field, &'t Key)> {
        let mut marked =
            self.fields.iter().filter_map(|(field, attrs)| (side.mark)(attrs).as_ref().map(|set| (field, &set.key)));
        let (field, first) = marked.next()?;
        let what = side.what;
        for (other, second) in marked {
            let message = format!(
                "a table has one {what}, and `{}` is it already; remove one, or use `{}` in an index",
                field.name(),
                other.name()
            );
            errors.conflict(first, format!("the {what} is first marked here"), second, message);
        }
        Some((field, first))
    }

    fn template(&self, side: &Side<'t>, written: &Set<KeyAttr>, errors: &mut Errors) -> Option<Template> {
        let (text, attribute, raw) = match &written.value {
            KeyAttr::Template(long) => (&long.template, long.attribute.as_ref(), long.raw),
            KeyAttr::Texts(texts) => match texts.as_slice() {
                [text] => (self.not_a_field(side, text, errors)?, None, false),
                [_, second, ..] => {
                    errors.at(
                        second,
                        format!("a table's {} is one attribute; several are for a global index", side.what),
                    );
                    return None;
                }
                [] => return None,
            },
            KeyAttr::Own(word) => {
                let message = format!(
                    "this is where the {} is made: write `{} = \"USER#{{id}}\"`, or mark a field with `#[dynamo({})]`",
                    side.what, side.word, side.word
                );
                errors.at(word, message);
                return None;
            }
        };
        let attribute = match (self.attrs.kind, attribute) {
            (Kind::Entity, Some(given)) => {
                errors.at(&given.key, "the table's enum names the key attributes; remove `attribute`");
                None
            }
            (Kind::Entity, None) => None,
            (_, Some(given)) => {
                name::check_attribute(&given.value.value(), &given.value, errors);
                name::check_key("a key attribute", &given.value.value(), &given.value, errors);
                Some(given.value.value())
            }
            (_, None) => Some(side.default_attribute.to_owned()),
        };
        let fields: Vec<Field> = self.fields.iter().map(|(field, _)| field.clone()).collect();
        let template = Fields { entity: self.entity, fields: &fields }.template(text, raw, attribute, errors)?;
        let mut healthy = true;
        for part in template.parts().filter(|part| part.optional) {
            healthy = false;
            let (name, inner) = (&part.key.ident, part.key.value_type.to_token_stream());
            errors.at(
                text,
                format!(
                    "`{name}` is an `Option`, and a table's key is in every item; write its type as `{inner}`, or leave it out \
                     of the template"
                ),
            );
        }
        let number = usize::from(side.part == KeyPart::Sort);
        healthy.then_some(Template { number, ..template })
    }

    /// Text without a placeholder is a constant, and a field's name was not meant as one.
    fn not_a_field<'l>(&self, side: &Side<'t>, text: &'l syn::LitStr, errors: &mut Errors) -> Option<&'l syn::LitStr> {
        let written = text.value();
        if !self.fields.iter().any(|(field, _)| field.name() == written) {
            return Some(text);
        }
        let word = side.word;
        errors.at(
            text,
            format!(
                "`{written}` is a field: mark it with `#[dynamo({word})]` to make it the {} in its own type, or write \
                 `{word} = \"{{{written}}}\"` for its text",
                side.what
            ),
        );
        None
    }
}

fn check_table_key(field: &Field, errors: &mut Errors) {
    if let Some(inner) = tokens::inside_option(&field.ty) {
        let inner = inner.to_token_stream();
        errors.at(
            &field.ty,
            format!(
                "`{}` is a key of the table, and a table's key is in every item; write `{inner}` without `Option` (the key of \
                 an index can be optional)",
                field.name()
            ),
        );
    }
    name::check_key("a key attribute", &field.attribute, &field.named_at, errors);
}

/// Checks that no attribute is made twice: by a template and a field, or by two templates.
pub(super) fn check_attributes(
    fields: &[Field],
    partition_key: &KeySide,
    sort_key: &KeySide,
    indexes: &[Index],
    errors: &mut Errors,
) {
    let own = [partition_key, sort_key];
    let sides = own.into_iter().chain(indexes.iter().flat_map(Index::sides));
    let made = sides.filter(|side| !matches!(side, KeySide::Own(..))).filter_map(KeySide::template);
    let mut seen: Vec<(&str, &Template)> = Vec::new();
    for template in made {
        let Some(attribute) = template.attribute.as_deref() else { continue };
        if let Some(field) = fields.iter().find(|field| field.is_stored() && field.attribute == attribute) {
            let message = format!(
                "`{}` is stored as attribute `{attribute}`, which holds the key that the template makes; rename the field, or \
                 name the key's attribute: `(template = \"…\", attribute = \"…\")`",
                field.name()
            );
            errors.conflict(&template.text, "the template is here", &field.named_at, message);
        }
        match seen.iter().find(|(other, _)| *other == attribute) {
            Some((_, first)) if !is_alike(first, template) => {
                let message =
                    format!("two templates make the attribute `{attribute}`; give one of them another `attribute`");
                errors.conflict(&first.text, "the first is here", &template.text, message);
            }
            Some(_) => {}
            None => seen.push((attribute, template)),
        }
    }
}

/// True if two templates make the same text of the same fields.
fn is_alike(first: &Template, second: &Template) -> bool {
    let said = |template: &Template| (template.text.value(), template.raw, template.shards);
    said(first) == said(second)
}

/// Checks that each field that is stored in a key alone comes back from one.
pub(super) fn check_key_only(
    entity: &Ident,
    fields: &[Field],
    own: &[&KeySide],
    indexes: &[Index],
    errors: &mut Errors,
) {
    let sides = || own.iter().copied().chain(indexes.iter().flat_map(Index::sides));
    let templates = || sides().filter_map(KeySide::template);
    let key_only = |field: &&Field| matches!(field.store, Store::KeyOnly) && !field.key.is_some_and(|key| key.table);
    for field in fields.iter().filter(key_only) {
        let name = field.name();
        let place: TokenStream = field.ident.to_token_stream();
        let found = || templates().filter(|template| template.has(&field.ident));
        if found().next().is_none() {
            let message = format!(
                "`{name}` is stored in a key alone, and no key template of `{entity}` has `{{{name}}}`; add it to one, or remove \
                 `key_only`"
            );
            errors.at(place, message);
            continue;
        }
        if tokens::inside_option(&field.ty).is_some() {
            let message = format!(
                "`{name}` is an `Option`, and without a value the item has no key that it could come back from; remove `key_only`"
            );
            errors.at(&field.ty, message);
        }
        if !found().any(|template| template.gives_back(&field.ident))
            && let Some(template) = found().next()
        {
            let message = format!(
                "`{name}` cannot come back from a key that does not keep its case; remove `key_only`, so that the value is stored \
                 as it is"
            );
            errors.conflict(&template.text, "the case is lost here", place, message);
        }
    }
}
