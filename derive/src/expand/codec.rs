//! Writing and reading the attributes of an item, a document or a variant.

use std::ops::RangeFrom;

use proc_macro2::{Literal, TokenStream};
use quote::{quote, quote_spanned};

use super::generics::Decoded;
use super::key::{KeyArm, segment_item};
use super::member;
use crate::model::{Absence, Field, KeyPart, Stamp, Store};

/// One call for each attribute: `<u64 as WriteField>::write(&self.total, "\"total\":", __o);`.
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
    if field.behaviour.version.is_some() {
        return quote!(<#ty as __rt::VersionField>::write(#value, __VERSION, __o););
    }
    let write = write_field(field, value, &name);
    // What a type says of a value that it refuses may quote it.
    let write = if field.sensitive && !write.is_empty() { quote!(__o.redacted(|__o| { #write });) } else { write };
    match field.behaviour.guard {
        Some(_) => {
            let attribute = &field.attribute;
            quote!(#write __o.guard(#attribute);)
        }
        None => write,
    }
}

fn write_field(field: &Field, value: &TokenStream, name: &str) -> TokenStream {
    let ty = &field.ty;
    match (&field.store, field.stamp, field.key) {
        (Store::Skip | Store::KeyOnly, ..) => TokenStream::new(),
        (Store::Rest, ..) => quote!(<#ty as __rt::RestField>::write(#value, __o);),
        (Store::Serde(_), ..) => quote_spanned!(field.type_span()=> __o.serde(#name, #value);),
        (Store::Adapter(adapter), ..) => quote!(<#adapter as __rt::AdaptField<#ty>>::write(#value, #name, __o);),
        (Store::Plain, Some(stamp), _) => {
            let stamp = self::stamp(stamp);
            quote!(<#ty as __rt::StampField>::write(#value, #name, #stamp, __o);)
        }
        (Store::Plain, None, Some(key)) => {
            let write = match key.part {
                KeyPart::Partition => quote!(write_partition_key),
                KeyPart::Sort => quote!(write_sort_key),
            };
            quote!(<#ty as __rt::WriteField>::#write(#value, #name, __o);)
        }
        (Store::Plain, None, None) => quote!(<#ty as __rt::WriteField>::write(#value, #name, __o);),
    }
}

/// `&self.total`, as if it stood where the field's type is written: an error about the type then points at it.
pub(super) fn of_self(field: &Field) -> TokenStream {
    if field.behaviour.id.is_some() {
        return quote!(&__id);
    }
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

/// Reads the attributes into places, and makes the value of them:
///
/// ```text
/// let mut __f = (None,);
/// __i.item(&mut |__n, __i| {
///     let __f = &mut __f;
///     match name { "total" => <u64 as ReadField>::read(&mut f.0, __i), _ => __i.skip() }
/// })?;
/// Ok(Self { total: <u64 as ReadField>::done(f.0, "total", __i)? })
/// ```
///
/// The places are one tuple, so that the closure holds one pointer. Attributes that are no field's are skipped, and not for
/// a `rest` field: the tag of an enum, and keys of templates.
pub(super) fn decode(fields: &[Field], made: &TokenStream, others: &Others<'_>, decoded: &Decoded) -> TokenStream {
    let mut numbers = 0..;
    let places: Vec<Place<'_>> = fields
        .iter()
        .filter(|field| !matches!(field.store, Store::Skip))
        .map(|field| Place::new(field, &mut numbers))
        .collect();
    let arms = places.iter().filter_map(|place| place.arm(decoded));
    let rest = places.iter().find(|place| matches!(place.field.store, Store::Rest));
    let otherwise = match rest {
        Some(Place { slot, field, .. }) => {
            let ty = decoded.replaced(&field.ty);
            quote!(<#ty as __rt::RestField>::keep(&mut #slot, __n, __i))
        }
        None => quote!(__i.skip()),
    };
    let keys = others.keys.iter().map(|key| key_arm(key, &places, decoded));
    let known = rest.and(others.known.as_ref()).map(|known| quote!(#known => __i.skip(),));
    let read = quote!(match __n { #(#arms,)* #(#keys,)* #known _ => #otherwise });
    let values = fields.iter().map(|field| {
        let (ident, value) = (&field.ident, value_of(field, &places, decoded));
        quote!(#ident: #value)
    });
    let made = quote!(__rt::Ok(#made { #(#values),* }));
    if places.is_empty() {
        return quote!(__i.item(&mut |__n, __i| #read)?; #made);
    }
    let empty = places.iter().map(|place| place.empty(decoded));
    quote! {
        let mut __f = (#(#empty,)*);
        __i.item(&mut |__n, __i| { let __f = &mut __f; #read })?;
        #made
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

/// `"pk" => __i.template(&__T0, &mut [("user", <UserId as SegmentField>::slot(&mut __f.0))])`
fn key_arm(key: &KeyArm, places: &[Place<'_>], decoded: &Decoded) -> TokenStream {
    let KeyArm { name, template, fields } = key;
    let slots = places.iter().filter(|place| fields.contains(&place.field.ident)).map(|place| {
        let (field, slot, of) =
            (place.field.name(), &place.slot, segment_item(&decoded.replaced(&place.field.ty), "slot"));
        quote!((#field, #of(&mut #slot)))
    });
    quote!(#name => __i.template(&#template, &mut [#(#slots),*]))
}

/// The field's value in the made struct.
fn value_of(field: &Field, places: &[Place<'_>], decoded: &Decoded) -> TokenStream {
    match places.iter().find(|place| place.field.ident == field.ident) {
        Some(place) => place.value(decoded),
        None => match &field.absence {
            Absence::Function(path) => quote!(#path()),
            _ => quote_spanned!(field.type_span()=> __rt::Default::default()),
        },
    }
}

/// A field while its item is read.
struct Place<'f> {
    field: &'f Field,
    /// Its member of the tuple: `f.0`.
    slot: TokenStream,
    /// Those of the attribute's older names: which name an item lists first says nothing.
    older: Vec<TokenStream>,
}

impl<'f> Place<'f> {
    /// The field with the next members of the tuple.
    fn new(field: &'f Field, numbers: &mut RangeFrom<usize>) -> Self {
        let span = field.type_span();
        let mut slots = numbers.map(|number| {
            let mut number = Literal::usize_unsuffixed(number);
            number.set_span(span);
            quote_spanned!(span=> __f.#number)
        });
        let slot = slots.next().unwrap_or_default();
        Self { field, slot, older: slots.take(field.aliases.len()).collect() }
    }

    fn arm(&self, decoded: &Decoded) -> Option<TokenStream> {
        let ty = decoded.replaced(&self.field.ty);
        let read = |slot: &TokenStream| match &self.field.store {
            Store::Skip | Store::Rest | Store::KeyOnly => None,
            Store::Plain => Some(quote!(<#ty as __rt::ReadField>::read(&mut #slot, __i))),
            Store::Serde(_) => Some(quote_spanned!(self.field.type_span()=> __i.serde(&mut #slot))),
            Store::Adapter(adapter) => {
                let adapter = decoded.replaced(adapter);
                Some(quote!(<#adapter as __rt::AdaptField<#ty>>::read(&mut #slot, __i)))
            }
        };
        // What a type says of a value that it refuses may quote it.
        let read = |slot: &TokenStream| {
            let read = read(slot)?;
            Some(if self.field.sensitive { quote!(__rt::redacted(#read)) } else { read })
        };
        let (name, own) = (&self.field.attribute, read(&self.slot)?);
        let older = self.field.aliases.iter().zip(&self.older);
        let older = older.filter_map(|(alias, slot)| Some((alias, read(slot)?)));
        let older = older.map(|(alias, read)| quote!(, #alias => #read));
        Some(quote!(#name => #own #(#older)*))
    }

    fn empty(&self, decoded: &Decoded) -> TokenStream {
        match self.field.store {
            Store::Rest => {
                let ty = decoded.replaced(&self.field.ty);
                quote!(<#ty as __rt::RestField>::none())
            }
            _ => {
                let older = self.older.iter().map(|_| quote!(, __rt::None));
                quote!(__rt::None #(#older)*)
            }
        }
    }

    /// What was read, or what is done about an attribute that the item lacks.
    fn value(&self, decoded: &Decoded) -> TokenStream {
        let (slot, older, name, span) = (&self.slot, &self.older, &self.field.attribute, self.field.type_span());
        let (slot, ty) = (quote!(#slot #(.or(#older))*), decoded.replaced(&self.field.ty));
        let in_key = self.field.key.is_some_and(|key| key.table);
        match (&self.field.absence, &self.field.store) {
            (_, Store::Rest | Store::Skip) => slot,
            (_, Store::KeyOnly) => quote!(__i.required(#slot, #name)?),
            (Absence::Default, _) => quote_spanned!(span=> __rt::default(#slot, __rt::Default::default)),
            (Absence::Function(path), _) => quote!(__rt::default(#slot, #path)),
            (Absence::Type, Store::Adapter(adapter)) => {
                let adapter = decoded.replaced(adapter);
                quote!(<#adapter as __rt::AdaptField<#ty>>::done(#slot, #name, __i)?)
            }
            (Absence::Type, Store::Serde(_)) => quote_spanned!(span=> __rt::serde_done(#slot, #name, __i)?),
            (Absence::Type, Store::Plain) if in_key => quote!(__i.required(#slot, #name)?),
            (Absence::Type, Store::Plain) => quote!(<#ty as __rt::ReadField>::done(#slot, #name, __i)?),
        }
    }
}
