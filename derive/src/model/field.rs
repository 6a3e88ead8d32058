//! A field and the attribute that it is stored as.

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{LitStr, Type, Visibility};

use super::naming::Case;
use super::{Behaviour, conflict, name, tokens};
use crate::attr::{DefaultAttr, FieldAttrs, Key, Owner, Set};
use crate::errors::Errors;

/// A field of a table or of a document.
#[derive(Clone)]
pub(crate) struct Field {
    pub(crate) ident: Ident,
    pub(crate) vis: Visibility,
    pub(crate) ty: Type,
    /// The attribute's name.
    pub(crate) attribute: String,
    /// Where the attribute's name comes from, for messages.
    pub(crate) named_at: proc_macro2::TokenStream,
    pub(crate) store: Store,
    pub(crate) absence: Absence,
    pub(crate) stamp: Option<Stamp>,
    pub(crate) ttl: bool,
    /// Its value is printed nowhere.
    pub(crate) sensitive: bool,
    /// What it does by itself when an item is written.
    pub(crate) behaviour: Behaviour,
    /// Set for keys of the table and of indexes.
    pub(crate) key: Option<KeyRole>,
    /// The key templates that it is in.
    pub(crate) feeds: Feeds,
    /// Older names of the attribute, which are read as well.
    pub(crate) aliases: Vec<String>,
}

/// The key templates that a field is in.
#[derive(Clone, Default)]
pub(crate) struct Feeds {
    /// True for a template of the table's key.
    pub(crate) primary: bool,
    /// The places of the indexes among those of the entity.
    pub(crate) indexes: Vec<usize>,
}

/// How a field is stored.
#[derive(Clone)]
pub(crate) enum Store {
    /// As its type says.
    Plain,
    /// As an adapter says.
    Adapter(Box<Type>),
    /// In the key alone, as a part of its text.
    KeyOnly,
    /// As `serde` says. The place is that of the word.
    Serde(Span),
    /// Not at all.
    Skip,
    /// As the attributes that no other field names.
    Rest,
}

/// What a field becomes when the item lacks its attribute.
#[derive(Clone)]
pub(crate) enum Absence {
    /// What the type says: `None` for an `Option`, an error otherwise.
    Type,
    /// Its `Default`.
    Default,
    /// What a function returns.
    Function(syn::Path),
}

/// Which time stamp a field is.
#[derive(Clone, Copy)]
pub(crate) enum Stamp {
    Created,
    Updated,
}

/// Which part of a key: what decides how long it may be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeyPart {
    Partition,
    Sort,
}

/// A field that is a key of the table or of an index.
#[derive(Clone, Copy)]
pub(crate) struct KeyRole {
    /// Its place among the key fields.
    pub(crate) number: usize,
    /// True for the table's key, false for one of an index only.
    pub(crate) table: bool,
    /// The part with the narrower limit, if it is different parts of several keys.
    pub(crate) part: KeyPart,
}

impl Field {
    pub(super) fn new(
        field: &syn::Field,
        attrs: &FieldAttrs,
        rename_all: Option<Case>,
        self_type: &Type,
        errors: &mut Errors,
    ) -> Option<Self> {
        conflict::check(attrs, errors);
        let ident = field.ident.clone()?;
        let store = match attrs {
            FieldAttrs { skip: Some(_), .. } => Store::Skip,
            FieldAttrs { key_only: Some(_), .. } => Store::KeyOnly,
            FieldAttrs { rest: Some(_), .. } => Store::Rest,
            FieldAttrs { with: Some(with), .. } => Store::Adapter(Box::new(with.value.clone())),
            FieldAttrs { serde: Some(serde), .. } => Store::Serde(serde.key.span()),
            _ => Store::Plain,
        };
        let unraw = ident.unraw().to_string();
        let (attribute, named_at) = match &attrs.rename {
            Some(rename) => (rename.value.value(), rename.value.to_token_stream()),
            None => (rename_all.map_or(unraw.clone(), |case| case.field(&unraw)), ident.to_token_stream()),
        };
        if !matches!(store, Store::Skip | Store::Rest | Store::KeyOnly) {
            name::check_attribute(&attribute, &named_at, errors);
        }
        let behaviour = Behaviour::new(field, &attribute, attrs, errors);
        let absence = match attrs.default.as_ref().map(|default| &default.value) {
            // An item that was written before there were versions has version 0.
            None if behaviour.version.is_some() => Absence::Default,
            None => Absence::Type,
            Some(DefaultAttr::Type) => Absence::Default,
            Some(DefaultAttr::Function(path)) => Absence::Function(path.clone()),
        };
        let stamp = match attrs {
            FieldAttrs { created_at: Some(_), .. } => Some(Stamp::Created),
            FieldAttrs { updated_at: Some(_), .. } => Some(Stamp::Updated),
            _ => None,
        };
        let ty = errors.take(syn::parse2(tokens::replace_self(&field.ty, self_type)))?;
        let (vis, ttl, sensitive) = (field.vis.clone(), attrs.ttl.is_some(), attrs.sensitive.is_some());
        let aliases = attrs.aliases.iter().map(|alias| alias.value.value()).collect();
        Some(Self {
            ident,
            vis,
            ty,
            attribute,
            named_at,
            store,
            absence,
            stamp,
            ttl,
            sensitive,
            behaviour,
            key: None,
            feeds: Feeds::default(),
            aliases,
        })
    }

    /// Reads the attributes of the fields, and resolves them.
    pub(super) fn all<'f>(
        fields: impl IntoIterator<Item = &'f syn::Field>,
        owner: Owner,
        rename_all: Option<Case>,
        self_type: &Type,
        errors: &mut Errors,
    ) -> Vec<(Self, FieldAttrs)> {
        let mut resolved = Vec::new();
        for field in fields {
            let attrs = FieldAttrs::parse(&field.attrs, owner, errors);
            if let Some(field) = Self::new(field, &attrs, rename_all, self_type, errors) {
                resolved.push((field, attrs));
            }
        }
        check_together(&resolved, errors);
        resolved
    }

    /// True if the item has an attribute for it.
    pub(crate) fn is_stored(&self) -> bool {
        !matches!(self.store, Store::Skip | Store::Rest | Store::KeyOnly)
    }

    /// The field's name without `r#`.
    pub(crate) fn name(&self) -> String {
        self.ident.unraw().to_string()
    }

    /// The type of one value of it: inside of an `Option`.
    pub(crate) fn value_type(&self) -> &Type {
        tokens::inside_option(&self.ty).unwrap_or(&self.ty)
    }

    /// Where its type is written, for generated code.
    pub(crate) fn type_span(&self) -> Span {
        Span::call_site().located_at(self.ty.span())
    }
}

impl Key {
    /// Where the key is written.
    pub(crate) fn span(&self) -> Span {
        match self {
            Self::Word(word) => word.span(),
            Self::Text(text) => text.span(),
        }
    }
}

/// Checks what holds between the fields of one struct or variant.
fn check_together(fields: &[(Field, FieldAttrs)], errors: &mut Errors) {
    check_aliases(fields, errors);
    for (place, (field, attrs)) in fields.iter().enumerate() {
        let before = || fields.iter().take(place);
        if field.is_stored()
            && let Some((first, _)) =
                before().find(|(other, _)| other.is_stored() && other.attribute == field.attribute)
        {
            let message = format!(
                "`{}` and `{}` are both stored as attribute `{}`; rename one of them: `#[dynamo(rename = \"…\")]`",
                first.name(),
                field.name(),
                field.attribute,
            );
            errors.conflict(
                &first.named_at,
                format!("`{}` is first used here", field.attribute),
                &field.named_at,
                message,
            );
        }
        if let Some(rest) = &attrs.rest
            && let Some(first) = before().find_map(|(_, other)| other.rest.as_ref())
        {
            let message = "the attributes that no field names can go to one `rest` field only; remove one `rest`";
            errors.conflict(&first.key, "`rest` is first written here", &rest.key, message);
        }
    }
}

/// Checks that an older name of an attribute is no name of another one, and is written once.
fn check_aliases(fields: &[(Field, FieldAttrs)], errors: &mut Errors) {
    let mut before: Vec<&Set<LitStr>> = Vec::new();
    for (field, attrs) in fields {
        for alias in &attrs.aliases {
            let name = alias.value.value();
            name::check_attribute(&name, &alias.value, errors);
            if let Some((other, _)) = fields.iter().find(|(other, _)| other.is_stored() && other.attribute == name) {
                let message = match other.ident == field.ident {
                    true => format!("`{name}` is the attribute's name now; `alias` is a name that it had before"),
                    false => format!(
                        "`{name}` is the attribute of `{}`, so it cannot be an older name of `{}` too; remove the `alias`",
                        other.name(),
                        field.name(),
                    ),
                };
                errors.conflict(&other.named_at, format!("`{name}` is this attribute"), &alias.value, message);
            } else if let Some(first) = before.iter().find(|first| first.value.value() == name) {
                let message = format!("`{name}` is written as an older name twice; remove one `alias`");
                errors.conflict(&first.value, "it is first written here", &alias.value, message);
            }
            before.push(alias);
        }
    }
}
