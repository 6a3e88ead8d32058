//! A table of several entities: an enum with a variant for each.

use proc_macro2::{Ident, Span};
use quote::{ToTokens, format_ident};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{DataEnum, DeriveInput, Fields, LitStr, Type};

use super::entity_index::TableIndex;
use super::home::table_name;
use super::index::check_indexes;
use super::naming::Case;
use super::{Settings, Subject, name};
use crate::attr::{EntityVariantAttrs, KeyAttr, Set, TableAttrs};
use crate::errors::Errors;

/// An enum whose variants hold the entities of a table.
pub(crate) struct Entities {
    pub(crate) subject: Subject,
    pub(crate) name: String,
    /// The names of the table's key attributes.
    pub(crate) partition_key: String,
    pub(crate) sort_key: Option<String>,
    pub(crate) tag: Option<String>,
    pub(crate) indexes: Vec<TableIndex>,
    pub(crate) settings: Settings,
    pub(crate) variants: Vec<EntityVariant>,
    /// The variant for items of no entity, and its type.
    pub(crate) unknown: Option<(Ident, Type)>,
    /// `MessagesByEntity`.
    pub(crate) grouped_type: Ident,
}

/// A variant that holds an entity.
pub(crate) struct EntityVariant {
    pub(crate) ident: Ident,
    pub(crate) ty: Type,
    /// Its field in the type that has one `Vec` for each entity.
    pub(crate) field: Ident,
}

impl EntityVariant {
    /// Where its type is written, for generated code.
    pub(crate) fn span(&self) -> Span {
        Span::call_site().located_at(self.ty.span())
    }
}

impl Entities {
    /// The table, or `None` after a mistake that leaves none.
    pub(crate) fn new(input: &DeriveInput, data: &DataEnum, attrs: &TableAttrs, errors: &mut Errors) -> Option<Self> {
        let subject = Subject::new(input, attrs.runtime.as_ref());
        check_generics(input, errors);
        let name = table_name(input, attrs, errors);
        let partition_key = partition_key(input, attrs, errors);
        let sort_key = attrs.sort_key.as_ref().map(|key| attribute(key, "sort_key", errors));
        if let (Some(partition), Some(Some(sort)), Some(written)) = (&partition_key, &sort_key, &attrs.sort_key)
            && partition == sort
        {
            let message = format!("`{sort}` is the partition key already; the sort key is another attribute");
            errors.at(&written.value, message);
        }
        let tag = attrs.tag.as_ref().map(|tag| {
            name::check_attribute(&tag.value.value(), &tag.value, errors);
            tag.value.value()
        });
        let indexes: Vec<_> = attrs
            .indexes
            .iter()
            .filter_map(|index| TableIndex::new(index, attrs, partition_key.as_deref(), errors))
            .collect();
        check_indexes(&input.ident, &attrs.indexes, errors);
        let settings = Settings::new(&attrs.settings, errors);
        let (variants, unknown) = variants(input, data, errors);
        Some(Self {
            grouped_type: format_ident!("{}ByEntity", input.ident.unraw(), span = Span::call_site()),
            subject,
            name: name?,
            partition_key: partition_key?,
            sort_key: match sort_key {
                Some(sort_key) => Some(sort_key?),
                None => None,
            },
            tag,
            indexes,
            settings,
            variants,
            unknown,
        })
    }
}

fn check_generics(input: &DeriveInput, errors: &mut Errors) {
    if let Some(parameter) = input.generics.params.first() {
        let message = format!(
            "a table is one concrete type, and `{}` has parameters; its entities own their data and have none",
            input.ident
        );
        errors.at(parameter, message);
    }
}

fn partition_key(input: &DeriveInput, attrs: &TableAttrs, errors: &mut Errors) -> Option<String> {
    match &attrs.partition_key {
        Some(key) => attribute(key, "partition_key", errors),
        None => {
            if !attrs.means_partition_key {
                let message = format!(
                    "`{}` has no partition key: name the attribute that its entities share, `partition_key = \"pk\"` (and \
                     `sort_key = \"sk\"`)",
                    input.ident
                );
                errors.at(&input.ident, message);
            }
            None
        }
    }
}

/// The name of a key attribute of the table.
fn attribute(key: &Set<KeyAttr>, word: &str, errors: &mut Errors) -> Option<String> {
    if let Some(template) = key.value.template() {
        let message = format!(
            "here the table names its key attribute, `{word} = \"{}\"`; the template belongs above the entity: \
             `{word} = {}`",
            if word == "sort_key" { "sk" } else { "pk" },
            template.to_token_stream()
        );
        errors.at(&key.value, message);
        return None;
    }
    match (&key.value, key.value.texts()) {
        (_, [text]) => {
            name::check_attribute(&text.value(), text, errors);
            name::check_key("a key attribute", &text.value(), text, errors);
            Some(text.value())
        }
        (_, [_, second, ..]) => {
            errors.at(second, "a table's key is one attribute; several are for a global index");
            None
        }
        (key, []) => {
            errors.at(key, format!("`{word}` is the name of an attribute: write `{word} = \"pk\"`"));
            None
        }
    }
}

type Variants = (Vec<EntityVariant>, Option<(Ident, Type)>);

fn variants(input: &DeriveInput, data: &DataEnum, errors: &mut Errors) -> Variants {
    let (mut variants, mut unknown): Variants = (Vec::new(), None);
    if data.variants.is_empty() {
        let message = format!("`{0}` has no variants: add one for each entity, `Message(Message)`", input.ident);
        errors.at(&input.ident, message);
    }
    for variant in &data.variants {
        let attrs = EntityVariantAttrs::parse(&variant.attrs, errors);
        let Some(ty) = held(variant, attrs.unknown.is_some(), errors) else { continue };
        let ident = variant.ident.clone();
        if let Some(mark) = &attrs.unknown {
            if let Some((first, _)) = &unknown {
                let message = "items of no entity go to one variant; remove one `unknown`";
                errors.conflict(first, "this variant takes them already", &mark.key, message);
            }
            unknown = Some((ident, ty));
            continue;
        }
        let tokens = |ty: &Type| ty.to_token_stream().to_string();
        if let Some(first) = variants.iter().find(|other| tokens(&other.ty) == tokens(&ty)) {
            let message =
                format!("`{}` is in the variant `{}` already; an item is one of them", tokens(&ty), first.ident);
            errors.conflict(&first.ty, "it is here first", &ty, message);
            continue;
        }
        let field = field_name(&Case::Snake.variant(&ident.unraw().to_string()));
        variants.push(EntityVariant { ident, ty, field });
    }
    if variants.is_empty() && !data.variants.is_empty() && !errors.any() {
        errors.at(
            &input.ident,
            format!("`{}` has no entity: add a variant that holds one, `Message(Message)`", input.ident),
        );
    }
    (variants, unknown)
}

/// The type that a variant holds.
fn held(variant: &syn::Variant, unknown: bool, errors: &mut Errors) -> Option<Type> {
    let name = &variant.ident;
    let form = if unknown { format!("{name}(Item)") } else { format!("{name}({name})") };
    let message = match &variant.fields {
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
            return fields.unnamed.first().map(|field| field.ty.clone());
        }
        Fields::Unit => format!("`{name}` holds no entity: write `{form}`, with a struct that derives `DynamoEntity`"),
        Fields::Unnamed(fields) => {
            format!("`{name}` holds {} values, and a variant holds one entity: write `{form}`", fields.unnamed.len())
        }
        Fields::Named(_) => format!(
            "the fields of `{name}` belong in a struct of their own that derives `DynamoEntity`: write `{form}`"
        ),
    };
    errors.at(name, message);
    None
}

/// The name as a field, which a word of the language can be only with `r#`.
fn field_name(name: &str) -> Ident {
    match syn::parse_str::<Ident>(name) {
        Ok(ident) => ident,
        Err(_) => syn::parse_str(&format!("r#{name}")).unwrap_or_else(|_| format_ident!("{name}_")),
    }
}

/// A name in text, where it is written.
pub(super) fn texts(key: &Set<KeyAttr>) -> &[LitStr] {
    key.value.texts()
}
