//! The keys of an index: what they are made of, and the rules for them.

use syn::LitStr;

use super::index::Surroundings;
use super::template::Fields;
use super::{Field, IndexKey, KeyPart, KeySide, Store, Template, name, naming, tokens};
use crate::attr::{IndexAttrs, IndexWord, KeyAttr, Set};
use crate::errors::Errors;

/// Attributes of a partition key, and as many of a sort key, that a global index can have.
const ATTRIBUTES: usize = 4;

impl<'t> Surroundings<'t> {
    pub(super) fn global_partition_key(&self, attrs: &IndexAttrs, errors: &mut Errors) -> Option<KeySide> {
        match &attrs.partition_key {
            Some(key) => self.side(KeyPart::Partition, attrs, key, errors),
            None if attrs.means("partition_key") => None,
            None => {
                errors
                    .at(&attrs.key, "a global secondary index needs a partition key: add `partition_key = \"field\"`");
                None
            }
        }
    }

    pub(super) fn local_partition_key(&self, attrs: &IndexAttrs, errors: &mut Errors) -> Option<KeySide> {
        if let Some(written) = &attrs.partition_key {
            errors.at(
                &written.key,
                "a local secondary index has the partition key of the table; remove `partition_key`, or write `gsi` for \
                 an index with a partition key of its own",
            );
        }
        if self.sort_key.is_some_and(KeySide::is_none) && self.partition_key.is_some() {
            errors.at(
                &attrs.key,
                format!(
                    "a local secondary index needs a table with a sort key, and `{}` has none; mark a field with \
                     `#[dynamo(sort_key)]`, or write `gsi`",
                    self.entity
                ),
            );
        }
        self.own(KeyPart::Partition)
    }

    /// An entity says nothing about the partition key of a local index, and the table checks that it is one.
    pub(super) fn entity_partition_key(&self, attrs: &IndexAttrs, errors: &mut Errors) -> Option<KeySide> {
        match &attrs.partition_key {
            Some(key) => self.side(KeyPart::Partition, attrs, key, errors),
            None if attrs.means("partition_key") => None,
            None => self.own(KeyPart::Partition),
        }
    }

    /// The sort key, perhaps of no field; `None` after a mistake.
    pub(super) fn index_sort_key(&self, attrs: &IndexAttrs, errors: &mut Errors) -> Option<KeySide> {
        let Some(written) = &attrs.sort_key else {
            if attrs.means("sort_key") {
                return None;
            }
            if attrs.word == IndexWord::Local {
                errors
                    .at(&attrs.key, "a local secondary index needs a sort key of its own: add `sort_key = \"field\"`");
                return None;
            }
            return Some(KeySide::none());
        };
        if attrs.word != IndexWord::Local {
            return self.side(KeyPart::Sort, attrs, written, errors);
        }
        if let Some(second) = written.value.texts().get(1) {
            errors.at(
                second,
                "a local secondary index has one sort key; write `gsi` for an index with several, or name one field",
            );
            return None;
        }
        let side = self.side(KeyPart::Sort, attrs, written, errors)?;
        self.check_local_sort_key(&side, written, errors)?;
        Some(side)
    }

    /// The table's own key.
    fn own(&self, part: KeyPart) -> Option<KeySide> {
        let side = match part {
            KeyPart::Partition => self.partition_key,
            KeyPart::Sort => self.sort_key,
        };
        side.map(|side| KeySide::Own(part, Box::new(side.clone())))
    }

    /// One side of the key of an index, as it is written: `None` after a mistake.
    fn side(&self, part: KeyPart, attrs: &IndexAttrs, written: &Set<KeyAttr>, errors: &mut Errors) -> Option<KeySide> {
        if let KeyAttr::Own(word) = &written.value {
            let own = if word == "partition_key" { KeyPart::Partition } else { KeyPart::Sort };
            let side = self.own(own)?;
            if side.template().is_none() && side.fields().is_empty() {
                errors.at(
                    word,
                    format!("`{}` has no sort key, so an index cannot have the same; name a field", self.entity),
                );
                return None;
            }
            return Some(side);
        }
        match written.value.template() {
            Some(text) => self.index_template(part, attrs, text, &written.value, errors).map(KeySide::Template),
            None => self.key_fields(part, written, errors),
        }
    }

    fn index_template(
        &self,
        part: KeyPart,
        attrs: &IndexAttrs,
        text: &LitStr,
        written: &KeyAttr,
        errors: &mut Errors,
    ) -> Option<Template> {
        let long = match written {
            KeyAttr::Template(long) => Some(long),
            _ => None,
        };
        let given = long.and_then(|long| long.attribute.as_ref());
        if let Some(given) = given.filter(|_| attrs.word == IndexWord::OfTable) {
            errors.at(&given.key, "the table's enum names the key attributes of its indexes; remove `attribute`");
        }
        let attribute = match (given, &attrs.name) {
            _ if attrs.word == IndexWord::OfTable => None,
            (Some(given), _) => {
                name::check_key("a key attribute", &given.value.value(), &given.value, errors);
                Some(given.value.value())
            }
            (None, Some(name)) => Some(naming::index_attribute(&name.value.value(), part)),
            (None, None) => Some(String::new()),
        };
        let fields = Fields { entity: self.entity, fields: self.fields };
        fields.template(text, long.is_some_and(|long| long.raw), attribute, errors)
    }

    fn check_local_sort_key(&self, side: &KeySide, written: &Set<KeyAttr>, errors: &mut Errors) -> Option<()> {
        let same = |own: Option<&KeySide>| match (side, own) {
            (KeySide::Fields(fields), Some(own)) => {
                own.fields().iter().any(|own| fields.iter().any(|field| field.ident == own.ident))
            }
            _ => false,
        };
        let name = match side {
            KeySide::Own(part, _) if *part == KeyPart::Sort => "sort_key".to_owned(),
            KeySide::Own(..) => "partition_key".to_owned(),
            _ => side.fields().first().map(|field| field.ident.to_string()).unwrap_or_default(),
        };
        let message = if same(self.sort_key) || matches!(side, KeySide::Own(KeyPart::Sort, _)) {
            format!(
                "`{name}` is the table's sort key already, so the index would order the items as the table does; name another \
                 field"
            )
        } else if same(self.partition_key) || matches!(side, KeySide::Own(..)) {
            format!("`{name}` is the table's partition key; name another field")
        } else {
            return Some(());
        };
        errors.at(&written.value, message);
        None
    }

    /// The fields of one side of a key: `None` after a mistake.
    fn key_fields(&self, part: KeyPart, written: &Set<KeyAttr>, errors: &mut Errors) -> Option<KeySide> {
        let texts = written.value.texts();
        if let Some(first_too_many) = texts.get(ATTRIBUTES) {
            let side = if part == KeyPart::Sort { "sort" } else { "partition" };
            let message = format!(
                "a {side} key of an index has at most {ATTRIBUTES} attributes, and this one is number {} of {}; remove some",
                ATTRIBUTES + 1,
                texts.len()
            );
            errors.at(first_too_many, message);
        }
        let mut fields = Vec::new();
        for text in texts {
            if texts.len() > 1 && text.value().contains('{') {
                errors
                    .at(text, "a key of several attributes is a list of fields; a template is the whole key by itself");
            } else if !self.is_constant(part, text, errors)
                && let Some(field) = self.key_field(text, errors)
            {
                fields.push(IndexKey::new(field));
            }
        }
        (fields.len() == texts.len()).then_some(KeySide::Fields(fields))
    }

    /// True for text that is no field's name and looks like a constant, which is reported.
    fn is_constant(&self, part: KeyPart, text: &LitStr, errors: &mut Errors) -> bool {
        let written = text.value();
        let known = self.fields.iter().any(|field| field.name() == written || field.attribute == written);
        let constant = !known && written.chars().any(|c| c.is_uppercase() || !(c.is_alphanumeric() || c == '_'));
        if constant {
            let key = if part == KeyPart::Sort { "sort_key" } else { "partition_key" };
            errors.at(
                text,
                format!(
                    "`{}` has no field `{written}`; for a key that is this text in every item write \
                     `{key}(template = \"{written}\")`",
                    self.entity
                ),
            );
        }
        constant
    }

    /// Checks what holds between the attributes of one index's key.
    pub(super) fn check_keys(&self, attrs: &IndexAttrs, keys: &[&KeySide], errors: &mut Errors) {
        let mut seen: Vec<(&LitStr, &str)> = Vec::new();
        let sides = [("partition", &attrs.partition_key), ("sort", &attrs.sort_key)];
        for (side, text) in sides.iter().flat_map(|(side, key)| {
            let named = key.iter().filter(|key| key.value.template().is_none());
            named.flat_map(|key| key.value.texts()).map(move |text| (*side, text)).collect::<Vec<_>>()
        }) {
            let name = text.value();
            if let Some((first, first_side)) = seen.iter().find(|(other, _)| other.value() == name) {
                let alone = side == "sort" && attrs.sort_key.as_ref().is_some_and(|key| key.value.texts().len() == 1);
                let remove = if alone { "remove `sort_key`" } else { "remove it" };
                let message =
                    format!("`{name}` is in the index's {first_side} key already; {remove}, or name another field");
                errors.conflict(first, format!("it is in the {first_side} key here"), text, message);
            }
            seen.push((text, side));
        }
        if attrs.sparse.is_none() {
            self.check_not_sparse(&seen, keys, errors);
        }
    }

    /// Without `sparse`, every item has the key.
    fn check_not_sparse(&self, named: &[(&LitStr, &str)], keys: &[&KeySide], errors: &mut Errors) {
        let parts = keys.iter().filter(|side| !matches!(side, KeySide::Own(..)));
        for (side, part) in parts.flat_map(|side| side.parts().into_iter().map(move |part| (side, part))) {
            if tokens::inside_option(&part.ty).is_none() {
                continue;
            }
            let name = part.ident.to_string();
            let text = match side.template() {
                Some(template) => Some(&template.text),
                None => named.iter().find(|(text, _)| text.value() == name).map(|(text, _)| *text),
            };
            let Some(text) = text else { continue };
            let message = format!(
                "`{name}` is an `Option`, and an item without it is not in the index: say so with `sparse`, or make `{name}` a \
                 field that every item has"
            );
            errors.at(text, message);
        }
    }

    /// The field of that name, if it can be a key.
    fn key_field(&self, written: &LitStr, errors: &mut Errors) -> Option<&'t Field> {
        let field = self.field(written, errors)?;
        let name = field.name();
        let reason = match field.store {
            Store::Plain => {
                name::check_key("a key attribute", &field.attribute, &field.named_at, errors);
                return Some(field);
            }
            Store::KeyOnly => {
                "is in the text of a key alone; remove `key_only`, so that the items have it as an attribute"
            }
            Store::Skip => "is skipped, so the items have no such attribute; remove `skip`, or name another field",
            Store::Rest => "collects attributes and has none of its own; name another field",
            Store::Serde(_) | Store::Adapter(_) => {
                "is not stored as its type says; make the type a newtype that derives `DynamoAttribute`"
            }
        };
        errors.at(written, format!("`{name}` cannot be a key of the index: it {reason}"));
        None
    }
}
