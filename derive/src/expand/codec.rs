//! Writing and reading the attributes of an item, a document or a variant.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};

use super::generics::{Decoded, types_of};
use super::key::{KeyArm, segment_item};
use super::member;
use crate::model::tokens::fresh;
use crate::model::{Absence, Field, KeyPart, Stamp, Store};

/// One call for each attribute: `<u64 as WriteField>::write(&self.total, "\"total\":", out);`.
///
/// The type is named where the user wrote it, so that an error about it points there. The attributes that no field names
/// come last, where the encoder can see the names before them.
pub(super) fn encode<'f>(
    fields: impl IntoIterator<Item = &'f Field>,
    value: impl Fn(&Field) -> TokenStream,
) -> TokenStream {
    let (rest, named): (Vec<_>, Vec<_>) = fields.into_iter().partition(|field| matches!(field.store, Store::Rest));
    named.into_iter().chain(rest).map(|field| encode_field(field, &value(field))).collect()
}

fn encode_field(field: &Field, value: &TokenStream) -> TokenStream {
    let (name, ty) = (member(&field.attribute), &field.ty);
    match (&field.store, field.stamp, field.key) {
        (Store::Skip | Store::KeyOnly, ..) => TokenStream::new(),
        (Store::Rest, ..) => quote!(<#ty as __rt::RestField>::write(#value, out);),
        (Store::Serde(_), ..) => quote_spanned!(field.type_span()=> out.serde(#name, #value);),
        (Store::Adapter(adapter), ..) => quote!(<#adapter as __rt::AdaptField<#ty>>::write(#value, #name, out);),
        (Store::Plain, Some(stamp), _) => {
            let stamp = self::stamp(stamp);
            quote!(<#ty as __rt::StampField>::write(#value, #name, #stamp, out);)
        }
        (Store::Plain, None, Some(key)) => {
            let write = match key.part {
                KeyPart::Partition => quote!(write_partition_key),
                KeyPart::Sort => quote!(write_sort_key),
            };
            quote!(<#ty as __rt::WriteField>::#write(#value, #name, out);)
        }
        (Store::Plain, None, None) => quote!(<#ty as __rt::WriteField>::write(#value, #name, out);),
    }
}

/// `&self.total`, as if it stood where the field's type is written: an error about the type then points at it.
pub(super) fn of_self(field: &Field) -> TokenStream {
    let (mut ident, span) = (field.ident.clone(), field.type_span());
    ident.set_span(span);
    quote_spanned!(span=> &self.#ident)
}

pub(super) fn stamp(stamp: Stamp) -> TokenStream {
    match stamp {
        Stamp::Created => quote!(__rt::Stamp::Created),
        Stamp::Updated => quote!(__rt::Stamp::Updated),
    }
}

/// Reads the attributes into places, and makes the value of the filled places:
///
/// ```text
/// struct Partial { f0: Option<u64> }
/// impl<'de> Fill<'de> for Partial { fn attribute(…) { match name { "total" => <u64 as ReadField>::read(&mut self.f0, cursor), _ => cursor.skip() } } }
/// let mut partial = Partial { f0: None };
/// cursor.item(&mut partial)?;
/// match partial {
///     Partial { f0: Some(f0) } => Ok(Self { total: f0 }),
///     partial => Err(cursor.missing(&[("total", partial.f0.is_none())])),
/// }
/// ```
///
/// Attributes that are no field's are skipped, and not for a `rest` field: the tag of an enum, and keys of templates.
pub(super) fn decode(
    fields: &[Field],
    made: &TokenStream,
    others: &Others<'_>,
    decoded: &Decoded,
    bounds: &[TokenStream],
) -> TokenStream {
    let places: Vec<Place<'_>> = fields
        .iter()
        .filter(|field| !matches!(field.store, Store::Skip))
        .enumerate()
        .map(|(number, field)| Place { field, slot: format_ident!("f{number}", span = field.type_span()) })
        .collect();
    let partial = fresh("Partial", &types_of(fields));
    let (declared, arguments) = (decoded.with_de.declared(), &decoded.declared_arguments);
    let (own_bounds, all_bounds) = (decoded.with_de.with_bounds(&[]), decoded.with_de.with_bounds(bounds));
    let (implemented, de) = (decoded.implemented(), &decoded.de);
    let annotation = (!arguments.is_empty()).then(|| quote!(: #partial #arguments));
    let types = places.iter().map(|place| place.declared(decoded));
    let marker = decoded.with_de.marker.as_ref();
    let (marker_type, marker_value) = match marker {
        Some(marker) => (quote!(marker: __rt::PhantomData<#marker>), quote!(marker: __rt::PhantomData)),
        None => Default::default(),
    };
    let has_older = fields.iter().any(|field| !field.aliases.is_empty());
    let others_pattern = (marker.is_some() || has_older).then(|| quote!(..));
    let arms = places.iter().filter_map(|place| place.arm(decoded));
    let rest = places.iter().find(|place| matches!(place.field.store, Store::Rest));
    let otherwise = match rest {
        Some(Place { slot, field }) => {
            let ty = decoded.replaced(&field.ty);
            quote!(<#ty as __rt::RestField>::keep(&mut self.#slot, name, cursor))
        }
        None => quote!(cursor.skip()),
    };
    let keys = others.keys.iter().map(|key| key_arm(key, &places, decoded));
    let known = rest.and(others.known.as_ref()).map(|known| quote!(#known => cursor.skip(),));
    let empty = places.iter().map(|place| place.empty(decoded));
    let filled = places.iter().filter_map(|place| place.fill_absent(decoded));
    let patterns = places.iter().map(Place::pattern);
    let values = fields.iter().map(|field| value_of(field, &places));
    let missing = places.iter().filter_map(Place::is_missing);
    quote! {
        struct #partial #declared #own_bounds { #(#types,)* #marker_type }
        impl #implemented __rt::Fill<#de> for #partial #arguments #all_bounds {
            fn attribute(&mut self, name: &__rt::str, cursor: &mut __rt::Cursor<#de>) -> __rt::DecodeResult<()> {
                match name { #(#arms,)* #(#keys,)* #known _ => #otherwise }
            }
        }
        let mut partial #annotation = #partial { #(#empty,)* #marker_value };
        cursor.item(&mut partial)?;
        #(#filled)*
        match partial {
            #partial { #(#patterns,)* #others_pattern } => __rt::Ok(#made { #(#values),* }),
            partial => {
                let missing = [#(#missing),*];
                __rt::Err(cursor.missing(&missing))
            }
        }
    }
}

/// Attributes of the item that are no field's.
#[derive(Default)]
pub(super) struct Others<'k> {
    /// The keys that fields come back from.
    pub(super) keys: &'k [KeyArm],
    /// The pattern of those that a `rest` field does not keep.
    pub(super) known: Option<TokenStream>,
}

/// `"pk" => cursor.template(&__T0, &mut [("user", &mut self.f0)])`
fn key_arm(key: &KeyArm, places: &[Place<'_>], decoded: &Decoded) -> TokenStream {
    let KeyArm { name, template, fields } = key;
    let slots = places.iter().filter(|place| fields.contains(&place.field.ident)).map(|place| {
        let (field, slot, of) =
            (place.field.name(), &place.slot, segment_item(&decoded.replaced(&place.field.ty), "slot"));
        quote!((#field, #of(&mut self.#slot)))
    });
    quote!(#name => cursor.template(&#template, &mut [#(#slots),*]))
}

/// The field's value in the made struct.
fn value_of(field: &Field, places: &[Place<'_>]) -> TokenStream {
    let (ident, span) = (&field.ident, field.type_span());
    match places.iter().find(|place| place.field.ident == *ident) {
        Some(Place { slot, .. }) => quote!(#ident: #slot),
        None => match &field.absence {
            Absence::Function(path) => quote!(#ident: #path()),
            _ => quote_spanned!(span=> #ident: __rt::Default::default()),
        },
    }
}

/// A field while its item is read.
struct Place<'f> {
    field: &'f Field,
    slot: Ident,
}

impl Place<'_> {
    fn declared(&self, decoded: &Decoded) -> TokenStream {
        let (slot, ty) = (&self.slot, decoded.replaced(&self.field.ty));
        let older = self.older().map(|(_, slot)| quote!(, #slot: __rt::Option<#ty>));
        match self.field.store {
            Store::Rest => quote!(#slot: #ty),
            _ => quote!(#slot: __rt::Option<#ty> #(#older)*),
        }
    }

    fn arm(&self, decoded: &Decoded) -> Option<TokenStream> {
        let (name, slot) = (&self.field.attribute, &self.slot);
        let ty = decoded.replaced(&self.field.ty);
        let read = |slot: &Ident| match &self.field.store {
            Store::Skip | Store::Rest | Store::KeyOnly => None,
            Store::Plain => Some(quote!(<#ty as __rt::ReadField>::read(&mut self.#slot, cursor))),
            Store::Serde(_) => Some(quote_spanned!(self.field.type_span()=> cursor.serde(&mut self.#slot))),
            Store::Adapter(adapter) => {
                let adapter = decoded.replaced(adapter);
                Some(quote!(<#adapter as __rt::AdaptField<#ty>>::read(&mut self.#slot, cursor)))
            }
        };
        let own = read(slot)?;
        let older = self.older().filter_map(|(alias, slot)| Some((alias, read(&slot)?)));
        let older = older.map(|(alias, read)| quote!(, #alias => #read));
        Some(quote!(#name => #own #(#older)*))
    }

    /// The older names of the attribute, each with a place of its own: which name an item lists first says nothing.
    fn older(&self) -> impl Iterator<Item = (&String, Ident)> {
        let slot = |number| format_ident!("{}_{number}", self.slot);
        self.field.aliases.iter().enumerate().map(move |(number, alias)| (alias, slot(number)))
    }

    fn empty(&self, decoded: &Decoded) -> TokenStream {
        let slot = &self.slot;
        match self.field.store {
            Store::Rest => {
                let ty = decoded.replaced(&self.field.ty);
                quote!(#slot: <#ty as __rt::RestField>::none())
            }
            _ => {
                let older = self.older().map(|(_, slot)| quote!(, #slot: __rt::None));
                quote!(#slot: __rt::None #(#older)*)
            }
        }
    }

    /// What is done about an attribute that the item lacks.
    fn fill_absent(&self, decoded: &Decoded) -> Option<TokenStream> {
        let (slot, span) = (&self.slot, self.field.type_span());
        let ty = decoded.replaced(&self.field.ty);
        let older: TokenStream = self
            .older()
            .map(|(_, older)| quote!(partial.#slot = partial.#slot.take().or(partial.#older.take());))
            .collect();
        let absent = match (&self.field.absence, &self.field.store) {
            (_, Store::Rest | Store::Skip | Store::KeyOnly) => return None,
            (Absence::Default, _) => quote_spanned!(span=> __rt::default(&mut partial.#slot, __rt::Default::default);),
            (Absence::Function(path), _) => quote!(__rt::default(&mut partial.#slot, #path);),
            (Absence::Type, Store::Adapter(adapter)) => {
                let adapter = decoded.replaced(adapter);
                quote!(<#adapter as __rt::AdaptField<#ty>>::absent(&mut partial.#slot);)
            }
            (Absence::Type, Store::Serde(_)) => quote_spanned!(span=> __rt::absent_serde(&mut partial.#slot);),
            (Absence::Type, Store::Plain) if self.field.key.is_some_and(|key| key.table) => return None,
            (Absence::Type, Store::Plain) => quote!(<#ty as __rt::ReadField>::absent(&mut partial.#slot);),
        };
        Some(quote!(#older #absent))
    }

    fn pattern(&self) -> TokenStream {
        let slot = &self.slot;
        match self.field.store {
            Store::Rest => quote!(#slot),
            _ => quote!(#slot: __rt::Some(#slot)),
        }
    }

    fn is_missing(&self) -> Option<TokenStream> {
        let (name, slot) = (&self.field.attribute, &self.slot);
        let missing = self.field.is_stored() || matches!(self.field.store, Store::KeyOnly);
        missing.then(|| quote!((#name, partial.#slot.is_none())))
    }
}
