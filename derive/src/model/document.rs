//! An attribute type: a document, a newtype, an enum of names, or an enum with data.

use proc_macro2::Ident;
use syn::ext::IdentExt;
use syn::{Data, DataEnum, DeriveInput, Expr, ExprUnary, Fields, LitStr, Type, UnOp};

use super::naming::{self, Case};
use super::{Field, Subject, tokens};
use crate::attr::{DocumentAttrs, FieldAttrs, Owner, Set, VariantAttrs};
use crate::errors::Errors;

/// A type that derives `DynamoAttribute`.
pub(crate) struct Document {
    pub(crate) subject: Subject,
    pub(crate) shape: Shape,
    /// `AddressPaths`.
    pub(crate) paths_type: Ident,
}

pub(crate) enum Shape {
    /// A map of attributes.
    Fields(Vec<Field>),
    /// Stored as the one field's type.
    Newtype(Type),
    /// A string.
    Names(Vec<UnitVariant>, VariantOrder),
    /// A map of attributes, one of which names the variant.
    Tagged(String, Vec<TaggedVariant>),
}

/// How the variants of an enum of names are ordered in keys.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum VariantOrder {
    /// By their names.
    Names,
    /// As they are declared, or by their discriminants.
    Declared,
}

/// A variant that is stored as its name.
pub(crate) struct UnitVariant {
    pub(crate) ident: Ident,
    pub(crate) name: String,
}

/// A variant that is stored as a map.
pub(crate) struct TaggedVariant {
    pub(crate) ident: Ident,
    pub(crate) name: String,
    pub(crate) shape: VariantShape,
}

/// A newtype variant is none of them: its document could have an attribute of the tag's name, which the derive cannot see.
pub(crate) enum VariantShape {
    Unit,
    Fields(Vec<Field>),
}

impl Document {
    /// The attribute type, or `None` after a mistake that leaves none.
    pub(crate) fn new(input: &DeriveInput, attrs: &DocumentAttrs, errors: &mut Errors) -> Option<Self> {
        let subject = Subject::new(input, attrs.runtime.as_ref());
        let shape = match &input.data {
            Data::Struct(data) => {
                if let Some(tag) = &attrs.tag {
                    errors.at(&tag.key, "`tag` is for an enum; a struct needs no tag, so remove it");
                }
                if let Some(ordered) = &attrs.ordered {
                    errors.at(&ordered.key, "`ordered` is for an enum of names: a struct has no variants to order");
                }
                struct_shape(&input.ident, &data.fields, attrs, &subject.self_type(), errors)
            }
            Data::Enum(data) => enum_shape(&input.ident, data, attrs, &subject.self_type(), errors),
            Data::Union(_) => {
                let message = format!("`{}` is a union; an attribute is a struct or an enum", input.ident);
                errors.at(&input.ident, message);
                None
            }
        };
        Some(Self { paths_type: naming::paths_type(&input.ident), subject, shape: shape? })
    }
}

fn struct_shape(
    name: &Ident,
    fields: &Fields,
    attrs: &DocumentAttrs,
    self_type: &Type,
    errors: &mut Errors,
) -> Option<Shape> {
    let rename_all = attrs.rename_all.as_ref();
    match fields {
        Fields::Named(fields) => {
            let fields =
                Field::all(&fields.named, Owner::Document, rename_all.map(|case| case.value), self_type, errors);
            Some(Shape::Fields(fields.into_iter().map(|(field, _)| field).collect()))
        }
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
            let field = fields.unnamed.first()?;
            if let Some(rename_all) = rename_all {
                errors.at(&rename_all.key, "a newtype is stored as its field, which has no name; remove `rename_all`");
            }
            refuse_field_attributes(field, "a newtype is stored as its field", errors);
            Some(Shape::Newtype(errors.take(syn::parse2(tokens::replace_self(&field.ty, self_type)))?))
        }
        Fields::Unnamed(fields) => {
            let message = match fields.unnamed.len() {
                0 => format!("`{name}` has no field to store; give it one, or named fields"),
                count => format!(
                    "`{name}` has {count} fields without names; a document's attributes need names: `struct {name} {{ … }}`"
                ),
            };
            errors.at(name, message);
            None
        }
        Fields::Unit => {
            errors.at(name, format!("`{name}` has nothing to store; give it fields, or write an enum of names"));
            None
        }
    }
}

/// Reports what is written on a field that has no attribute of its own.
fn refuse_field_attributes(field: &syn::Field, reason: &str, errors: &mut Errors) {
    for (name, key) in FieldAttrs::parse(&field.attrs, Owner::Document, errors).written() {
        errors.at(key, format!("{reason}, so `{name}` has no meaning here; remove it"));
    }
}

fn enum_shape(
    name: &Ident,
    data: &DataEnum,
    attrs: &DocumentAttrs,
    self_type: &Type,
    errors: &mut Errors,
) -> Option<Shape> {
    if data.variants.is_empty() {
        errors.at(name, format!("`{name}` has no variants, so it has no values to store"));
        return None;
    }
    let rename_all = attrs.rename_all.as_ref().map(|case| case.value);
    let mut taken: Vec<(String, proc_macro2::TokenStream)> = Vec::new();
    let mut variants = Vec::new();
    for variant in &data.variants {
        let written = VariantAttrs::parse(&variant.attrs, errors);
        let stored = variant_name(variant, &written, rename_all);
        let place = written.rename.as_ref().map_or_else(
            || quote::ToTokens::to_token_stream(&variant.ident),
            |rename| quote::ToTokens::to_token_stream(&rename.value),
        );
        if let Some((_, first)) = taken.iter().find(|(other, _)| *other == stored) {
            let message =
                format!("two variants are stored as \"{stored}\"; rename one of them: `#[dynamo(rename = \"…\")]`");
            errors.conflict(first, format!("\"{stored}\" is first used here"), &place, message);
        }
        taken.push((stored.clone(), place));
        variants.push((variant, written, stored));
    }
    match (&attrs.tag, &attrs.ordered) {
        (Some(tag), Some(ordered)) => {
            let message =
                "`ordered` is for an enum of names, which can be part of a key; an enum with a `tag` is a map";
            errors.conflict(&tag.value, "the tag is here", &ordered.key, message);
            None
        }
        (Some(tag), None) => tagged(tag, variants, self_type, errors),
        (None, Some(_)) => {
            refuse_negative(&variants, errors);
            names(name, variants, VariantOrder::Declared, errors)
        }
        (None, None) => names(name, variants, VariantOrder::Names, errors),
    }
}

/// Reports the discriminants that are below 0 as they are written; others are found when they are evaluated.
fn refuse_negative(variants: &Variants<'_>, errors: &mut Errors) {
    for (variant, ..) in variants {
        if let Some((_, number @ Expr::Unary(ExprUnary { op: UnOp::Neg(_), .. }))) = &variant.discriminant {
            let message = "an `ordered` enum is written as digits in keys, so its numbers are from 0";
            errors.at(number, message);
        }
    }
}

fn variant_name(variant: &syn::Variant, attrs: &VariantAttrs, rename_all: Option<Case>) -> String {
    let name = variant.ident.unraw().to_string();
    match &attrs.rename {
        Some(rename) => rename.value.value(),
        None => rename_all.map_or(name.clone(), |case| case.variant(&name)),
    }
}

type Variants<'v> = Vec<(&'v syn::Variant, VariantAttrs, String)>;

fn names(name: &Ident, variants: Variants<'_>, order: VariantOrder, errors: &mut Errors) -> Option<Shape> {
    let mut units = Vec::new();
    let mut healthy = true;
    for (variant, attrs, stored) in variants {
        if let Some(case) = &attrs.rename_all {
            errors
                .at(&case.key, "`rename_all` on a variant renames its fields, and this variant is stored as its name");
        }
        if matches!(variant.fields, Fields::Unit) {
            units.push(UnitVariant { ident: variant.ident.clone(), name: stored });
        } else {
            healthy = false;
            errors.at(
                &variant.ident,
                format!(
                    "`{name}::{}` has data, so the stored map must say which variant it is: write `#[dynamo(tag = \"type\")]` \
                     above `enum {name}`",
                    variant.ident
                ),
            );
        }
    }
    healthy.then_some(Shape::Names(units, order))
}

fn tagged(tag: &Set<LitStr>, variants: Variants<'_>, self_type: &Type, errors: &mut Errors) -> Option<Shape> {
    let name = tag.value.value();
    super::name::check_attribute(&name, &tag.value, errors);
    let mut tagged = Vec::new();
    for (variant, attrs, stored) in variants {
        let shape = match &variant.fields {
            Fields::Unit => VariantShape::Unit,
            Fields::Named(fields) => {
                let rename_all = attrs.rename_all.as_ref().map(|case| case.value);
                let fields = Field::all(&fields.named, Owner::Document, rename_all, self_type, errors);
                for sensitive in fields.iter().filter_map(|(_, attrs)| attrs.sensitive.as_ref()) {
                    let message = "the `Debug` of an enum is not written for it, so it would print this field; make the data of the \
                                   variant a struct that derives `DynamoAttribute`, and mark its field";
                    errors.at(&sensitive.key, message);
                }
                if let Some((field, _)) = fields.iter().find(|(field, _)| field.is_stored() && field.attribute == name)
                {
                    let message = format!("attribute `{name}` is the tag of the enum; rename the field or the tag");
                    errors.conflict(&tag.value, "the tag is here", &field.named_at, message);
                }
                VariantShape::Fields(fields.into_iter().map(|(field, _)| field).collect())
            }
            Fields::Unnamed(_) => {
                let message = format!(
                    "`{0}` has data without names, and the attributes of the map need names; write `{0} {{ … }}`",
                    variant.ident
                );
                errors.at(&variant.ident, message);
                VariantShape::Unit
            }
        };
        tagged.push(TaggedVariant { ident: variant.ident.clone(), name: stored, shape });
    }
    Some(Shape::Tagged(name, tagged))
}
