//! Keys that are made of fields: templates as constants, `key(…)`, and the key attributes of an item.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::ext::IdentExt;

use super::{codec, docs};
use crate::model::tokens::{associated, at};
use crate::model::{Field, Format, Home, Index, IndexKey, KeyPart, KeySide, Part, Segment, Store, Table, Template};

/// The constants of the templates:
///
/// ```text
/// const __T1: KeyTemplate = KeyTemplate::new("{at}#{id}", &[<Timestamp as SegmentField>::PART.named("at"), …]);
/// ```
pub(super) fn templates(table: &Table) -> TokenStream {
    let templates = table.sides().filter_map(KeySide::template);
    templates.map(|template| constant(table, template)).collect()
}

fn constant(table: &Table, template: &Template) -> TokenStream {
    let (name, text) = (name(template), template.text.value());
    let new = if template.raw { quote!(raw) } else { quote!(new) };
    let segments = template.segments.iter().map(|segment| match segment {
        Segment::Literal(literal) => quote!(__rt::Segment::Literal(#literal)),
        Segment::Part(part) => {
            let (ty, field) = (&part.key.ty, part.key.ident.unraw().to_string());
            let native = table
                .fields
                .iter()
                .any(|field| field.ident == part.key.ident && field.key.is_some_and(|key| key.table));
            let stored = native.then(|| quote!(.stored::<#ty>()));
            let of_type = segment_item(ty, "PART");
            if template.raw {
                let format = raw_format(part.format);
                quote!(#of_type.raw(#field, __rt::RawFormat::#format) #stored)
            } else {
                quote!(#of_type.named(#field) #stored)
            }
        }
    });
    let shards = template.shards.map(|shards| {
        let shards = Literal::u16_unsuffixed(shards);
        quote!(, __rt::Segment::Literal("#"), __rt::Segment::Shard(#shards))
    });
    let check = at(quote!(__rt::check_template(&#name)), Span::call_site().located_at(template.text.span()));
    quote! {
        const #name: __rt::KeyTemplate = __rt::KeyTemplate::#new(#text, &[#(#segments),* #shards]);
        const _: () = #check;
    }
}

/// `<u64 as SegmentField>::PART`, as if it stood where the type is written: a type that is no part is reported once, there.
pub(super) fn segment_item(ty: &impl ToTokens, item: &str) -> TokenStream {
    associated(ty, &quote!(__rt::SegmentField), item)
}

fn raw_format(format: Format) -> TokenStream {
    match format {
        Format::Plain => quote!(Plain),
        Format::Zeros(digits) => quote!(Zeros(#digits)),
        Format::Lower => quote!(Lower),
        Format::Upper => quote!(Upper),
    }
}

/// `__T0`.
pub(super) fn name(template: &Template) -> Ident {
    format_ident!("__T{}", template.number)
}

/// The name of the table's key attribute: text where the struct is the table, else the table's constant.
pub(super) fn attribute(table: &Table, part: KeyPart) -> TokenStream {
    let side = match part {
        KeyPart::Partition => &table.partition_key,
        KeyPart::Sort => &table.sort_key,
    };
    match (side, part) {
        (KeySide::Template(Template { attribute: Some(name), .. }), _) => quote!(#name),
        (KeySide::Template(_), KeyPart::Partition) => quote!(__PK),
        (KeySide::Template(_), KeyPart::Sort) => quote!(__SK),
        (side, _) => side.fields().first().map(|IndexKey { attribute, .. }| quote!(#attribute)).unwrap_or_default(),
    }
}

/// The name of the first attribute of a key of an index.
pub(super) fn index_attribute(table: &Table, index: &Index, part: KeyPart) -> TokenStream {
    let side = if part == KeyPart::Sort { &index.sort_key } else { &index.partition_key };
    match side {
        KeySide::Own(own, _) => attribute(table, *own),
        KeySide::Template(Template { attribute: Some(name), .. }) => quote!(#name),
        KeySide::Fields(fields) => fields.first().map(|field| field.attribute.to_token_stream()).unwrap_or_default(),
        KeySide::Template(_) => {
            let (name, sort) = (&index.name, part == KeyPart::Sort);
            quote!(__rt::attribute_of::<Self>(#name, #sort))
        }
    }
}

/// `const __PK: &str = …;` of an entity whose table says the names.
pub(super) fn names(table: &Table) -> TokenStream {
    if matches!(table.home, Home::Alone(..)) {
        return TokenStream::new();
    }
    let entity = &table.subject.ident;
    let partition =
        table.partition_key.template().map(|_| quote!(const __PK: &__rt::str = __rt::partition_key_of::<#entity>();));
    let sort = table.sort_key.template().map(|_| quote!(const __SK: &__rt::str = __rt::sort_key_of::<#entity>();));
    quote!(#partition #sort)
}

/// `key(…)`: each part once, those of the partition key first.
pub(super) fn method(table: &Table) -> TokenStream {
    let (vis, doc) = (&table.subject.vis, docs::key(table));
    let sides = [(&table.partition_key, KeyPart::Partition), (&table.sort_key, KeyPart::Sort)];
    let mut parts: Vec<&IndexKey> = Vec::new();
    for part in sides.iter().flat_map(|(side, _)| side.parts()) {
        if !parts.iter().any(|before| before.ident == part.ident) {
            parts.push(part);
        }
    }
    let native = |part: &IndexKey| {
        sides.iter().any(|(side, _)| side.template().is_none() && side.parts().iter().any(|of| of.ident == part.ident))
    };
    let parameters = parts.iter().map(|part| {
        let (ident, ty) = (&part.ident, &part.ty);
        let segment = sides.iter().filter_map(|(side, _)| side.template()).any(|template| template.has(ident));
        match (native(part), segment) {
            (true, true) => quote!(#ident: impl __rt::Operand<#ty> + __rt::SegmentOperand<#ty>),
            (true, false) => quote!(#ident: impl __rt::Operand<#ty>),
            (false, _) => quote!(#ident: impl __rt::SegmentOperand<#ty>),
        }
    });
    let body = match (table.partition_key.fields(), table.sort_key.fields()) {
        ([IndexKey { ident, ty, .. }], []) if table.sort_key.is_none() => {
            quote!(__rt::Key::partition::<#ty>(&#ident))
        }
        ([IndexKey { ident, ty, .. }], [IndexKey { ident: sort, ty: sort_type, .. }]) => {
            quote!(__rt::Key::partition_and_sort::<#ty, #sort_type>(&#ident, &#sort))
        }
        ([], []) => {
            let mut given: Vec<&Part> = Vec::new();
            for part in sides.iter().filter_map(|(side, _)| side.template()).flat_map(Template::parts) {
                if !given.iter().any(|before| before.key.ident == part.key.ident) {
                    given.push(part);
                }
            }
            let values = operands(given.into_iter());
            quote!(__rt::Key::of_parts(&[#values]))
        }
        _ => {
            let written = sides.iter().filter(|(side, _)| !side.is_none()).map(|(side, part)| {
                let (name, part) = (attribute(table, *part), key_part(*part));
                match side.template() {
                    Some(template) => {
                        let (template, values) = (self::name(template), operands(template.parts()));
                        quote!(__o.template(#name, #part, &#template, &[#values]);)
                    }
                    None => {
                        let fields = side.fields().iter();
                        let (ident, ty): (Vec<_>, Vec<_>) = fields.map(|field| (&field.ident, &field.ty)).unzip();
                        quote!(#(__o.operand::<#ty>(#name, #part, &#ident);)*)
                    }
                }
            });
            quote!(__rt::Key::made(|__o| { #(#written)* }))
        }
    };
    quote! {
        #[doc = #doc]
        #vis fn key(#(#parameters),*) -> __rt::Key<Self> {
            #body
        }
    }
}

/// `("user", &operand::<UserId>(&user)), …`
pub(super) fn operands<'t>(parts: impl Iterator<Item = &'t Part>) -> TokenStream {
    let operands = parts.map(|part| {
        let (ident, ty, field) = (&part.key.ident, &part.key.value_type, part.key.ident.unraw().to_string());
        quote!((#field, &__rt::operand::<#ty>(&#ident)))
    });
    quote!(#(#operands),*)
}

fn key_part(part: KeyPart) -> TokenStream {
    match part {
        KeyPart::Partition => quote!(__rt::KeyPart::Partition),
        KeyPart::Sort => quote!(__rt::KeyPart::Sort),
    }
}

/// Writes the attributes of the primary key of `self`:
///
/// ```text
/// __o.primary_key::<Self>(&[("user", <UserId as SegmentField>::part(&self.user)), …]);
/// ```
pub(super) fn encode_primary(table: &Table) -> TokenStream {
    let sides = [&table.partition_key, &table.sort_key];
    let native: TokenStream = sides
        .iter()
        .filter(|side| side.template().is_none())
        .map(|side| codec::encode(fields_of(table, side), codec::of_self))
        .collect();
    let values = values(table, sides.into_iter().filter_map(KeySide::template));
    let made = values.map(|values| quote!(__o.primary_key::<Self>(&[#values]);));
    quote!(#native #made)
}

fn fields_of<'t>(table: &'t Table, side: &'t KeySide) -> impl Iterator<Item = &'t Field> {
    let is = |field: &&Field| side.fields().iter().any(|key| key.ident == field.ident);
    table.fields.iter().filter(is)
}

/// Writes the key attributes of indexes that templates make.
pub(super) fn encode_indexes(table: &Table) -> Option<TokenStream> {
    let sides = table.indexes.iter().flat_map(Index::sides).filter(|side| !matches!(side, KeySide::Own(..)));
    let values = values(table, sides.filter_map(KeySide::template))?;
    Some(quote!(__o.index_keys::<Self>(&[#values]);))
}

/// The fields in templates, each once; `None` if there is no template.
fn values<'t>(table: &Table, templates: impl Iterator<Item = &'t Template>) -> Option<TokenStream> {
    let templates: Vec<&Template> = templates.collect();
    if templates.is_empty() {
        return None;
    }
    let values = table.fields.iter().filter(|field| templates.iter().any(|template| template.has(&field.ident)));
    let values = values.map(|field| {
        let (name, value, part) = (field.name(), codec::of_self(field), segment_item(&field.ty, "part"));
        quote!((#name, #part(#value)))
    });
    Some(quote!(#(#values),*))
}

/// A key attribute that fields come back from.
pub(super) struct KeyArm {
    /// The attribute's name, as a pattern.
    pub(super) name: TokenStream,
    pub(super) template: Ident,
    /// The fields.
    pub(super) fields: Vec<Ident>,
}

/// The key attributes that `key_only` fields come back from, and the constants that their names need.
pub(super) fn arms(table: &Table) -> (Vec<KeyArm>, TokenStream) {
    let own = [(&table.partition_key, KeyPart::Partition, None), (&table.sort_key, KeyPart::Sort, None)];
    let of_indexes = table.indexes.iter().flat_map(|index| {
        [(&index.partition_key, KeyPart::Partition, Some(index)), (&index.sort_key, KeyPart::Sort, Some(index))]
    });
    let (mut arms, mut constants) = (Vec::new(), TokenStream::new());
    let mut found: Vec<&Ident> = Vec::new();
    for (side, part, index) in own.into_iter().chain(of_indexes) {
        let KeySide::Template(template) = side else { continue };
        let comes_back = |field: &&Field| {
            matches!(field.store, Store::KeyOnly) && !found.contains(&&field.ident) && template.gives_back(&field.ident)
        };
        let fields: Vec<&Ident> = table.fields.iter().filter(comes_back).map(|field| &field.ident).collect();
        if fields.is_empty() {
            continue;
        }
        found.extend(&fields);
        let name = match (index, &table.home) {
            (Some(index), Home::Enum(_)) => {
                let (constant, entity) = (format_ident!("__A{}", template.number), &table.subject.ident);
                let (index, sort) = (&index.name, part == KeyPart::Sort);
                constants.extend(quote!(const #constant: &__rt::str = __rt::attribute_of::<#entity>(#index, #sort);));
                quote!(#constant)
            }
            (Some(index), Home::Alone(..)) => index_attribute(table, index, part),
            (None, _) => attribute(table, part),
        };
        arms.push(KeyArm { name, template: self::name(template), fields: fields.into_iter().cloned().collect() });
    }
    (arms, constants)
}

/// The patterns of the key attributes that templates make and no field names, for a `rest` field that is not to keep them.
pub(super) fn made_attributes(table: &Table) -> Option<TokenStream> {
    match &table.home {
        Home::Enum(_) => Some(quote!(__n if __rt::is_made::<Self>(__n))),
        Home::Alone(..) => {
            let mut names: Vec<&String> = table
                .sides()
                .filter_map(KeySide::template)
                .filter_map(|template| template.attribute.as_ref())
                .collect();
            names.sort();
            names.dedup();
            (!names.is_empty()).then(|| quote!(#(#names)|*))
        }
    }
}
