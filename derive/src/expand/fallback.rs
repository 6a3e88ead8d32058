//! What is written after a mistake: the same types and impls with bodies that cannot fail to compile.
//!
//! Code that uses the type then has nothing to complain about, and only the mistake itself is shown.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::ext::IdentExt;
use syn::{Data, DeriveInput, Fields, LitStr};

use super::generics::Parameters;
use super::paths::arguments_of;
use super::streamed::streamed;
use super::wrapped;
use crate::attr::{AccessAttrs, DocumentAttrs, FieldAttrs, IndexAttrs, KeyAttr, Owner, Set, TableAttrs};
use crate::errors::Errors;
use crate::model::naming::{index_query_method, index_query_type, paths_type, query_type};
use crate::model::tokens::{fresh, inside_option};
use crate::model::{Subject, placeholders};

/// Instead of a table.
pub(crate) fn table(input: &DeriveInput, attrs: &TableAttrs) -> TokenStream {
    let subject = Subject::new(input, attrs.runtime.as_ref());
    let (ident, vis, runtime) = (&subject.ident, &subject.vis, &subject.runtime);
    let generics = Parameters::new(&subject.generics);
    let (declared, arguments, bounds) = (generics.declared(), &generics.arguments, generics.with_bounds(&[]));
    let fields = fields(input);
    let keys = Keys::new(&fields);
    let (paths_type, paths) = paths(&subject, &fields, Some(&quote!(#ident #arguments)));
    let role = fresh("R", &types(&fields));
    let named = arguments_of(&subject.generics);
    let mut queries = vec![Query {
        ty: query_type(ident),
        method: quote!(query),
        partition: attrs.partition_key.as_ref().map_or(1, |key| parts(&key.value).len()),
        sort: keys.sort.into_iter().collect(),
        reads: None,
    }];
    queries.extend(attrs.indexes.iter().filter_map(|index| Query::of_index(ident, index, &fields)));
    let mut seen = BTreeSet::new();
    queries.retain(|query| seen.insert(query.ty.to_string()));
    let types = queries.iter().map(|Query { ty, .. }| {
        quote! {
            #[doc(hidden)]
            #[allow(dead_code, missing_debug_implementations)]
            #vis struct #ty #declared (#runtime::__private::Query<#ident #arguments, #ty #arguments>) #bounds;
        }
    });
    let starts = queries.iter().map(|Query { ty, method, partition, .. }| {
        let parts = (0..*partition).map(|_| quote!(_: impl __rt::Sized));
        quote!(#[doc(hidden)] #vis fn #method(#(#parts),*) -> #ty #arguments { loop {} })
    });
    let mut methods: BTreeSet<String> = queries.iter().map(|query| query.method.to_string()).collect();
    methods.insert("key".to_owned());
    let patterns = attrs
        .access
        .iter()
        .filter(|access| access.name.as_ref().is_some_and(|name| methods.insert(name.value.value())));
    let patterns = patterns.filter_map(|access| pattern(access, &subject, &queries));
    let marks = queries.iter().map(|Query { ty, sort, reads, .. }| {
        // A condition on one of several leaves the query as it is, so that the next one can follow.
        let next = (sort.len() > 1).then(|| quote!(, Self));
        let sort = sort.iter().map(|field| {
            let (method, value) = (&field.ident, inside_option(&field.ty).unwrap_or(&field.ty));
            quote! {
                #[doc(hidden)]
                #vis fn #method(self) -> __rt::SortKey<#ident #arguments, Self, #value #next> { loop {} }
            }
        });
        let reads = reads.map_or_else(|| quote!(__rt::Whole), |reads| quote!(__rt::As<#reads>));
        quote! {
            impl #declared __rt::DerivedQuery for #ty #arguments #bounds {
                type Entity = #ident #arguments;
                type Reads = #reads;
                type Index = Self;
                fn into_query(self) -> __rt::Query<Self::Entity, Self> { self.0 }
            }
            impl #declared __rt::ConsistentReads for #ty #arguments #bounds {}
            impl #declared #ty #arguments #bounds { #(#sort)* }
        }
    });
    let key = (0..keys.parts(attrs)).map(|_| quote!(_: impl __rt::Sized));
    let items = items(&subject);
    let (checks, belongs) = (keys.checks(), belongs(&subject, attrs));
    let stream = attrs.settings.stream.as_ref().map(|stream| stream.value);
    let streamed = streamed(&subject, &quote!(<Self as __rt::Entity>::TABLE), stream);
    let code = wrapped(
        &subject,
        quote! {
            #items
            impl #declared __rt::Entity for #ident #arguments #bounds {
                const TABLE: &'static __rt::TableSchema =
                    &__rt::TableSchema::new("", __rt::KeySchema::new("", __rt::KeyType::S), __rt::None);
                const NAME: &'static __rt::str = "";
                type Paths<#role> = #paths_type<#(#named,)* #role>;
                fn paths<#role>() -> Self::Paths<#role> { loop {} }
                fn encode_key(&self, _: &mut __rt::Encoder) {}
            }
            impl #declared __rt::BatchWritable for #ident #arguments #bounds {}
            impl #declared __rt::Versioned for #ident #arguments #bounds {}
            impl #declared #ident #arguments #bounds {
                #[doc(hidden)]
                #vis fn key(#(#key),*) -> __rt::Key<Self> { loop {} }
                #(#starts)*
                #(#patterns)*
            }
            #(#marks)*
            #streamed
            #belongs
            #checks
        },
    );
    quote!(#paths #(#types)* #code)
}

/// How an entity of an enum's table belongs to it, as far as can be told. It has no keys, which no other entity has.
fn belongs(subject: &Subject, attrs: &TableAttrs) -> Option<TokenStream> {
    let (ident, table) = (&subject.ident, &attrs.table_type.as_ref()?.value);
    let generics = Parameters::new(&subject.generics);
    let (declared, arguments, bounds) = (generics.declared(), &generics.arguments, generics.with_bounds(&[]));
    Some(quote! {
        impl #declared __rt::TableEntity for #ident #arguments #bounds {
            type Table = #table;
            const SCHEMA: __rt::EntitySchema = __rt::EntitySchema::new("", "", &[]);
        }
        impl #declared __rt::EntityOf<#table> for #ident #arguments #bounds {}
    })
}

/// What a caller gives for a key: the names in a template, or of fields. A name that is twice among them is there once.
fn parts(key: &KeyAttr) -> BTreeSet<String> {
    match (key.template(), key) {
        (Some(template), _) => placeholders(&template.value()).into_iter().collect(),
        (None, KeyAttr::Own(word)) => BTreeSet::from([word.to_string()]),
        (None, key) => key.texts().iter().map(LitStr::value).collect(),
    }
}

/// The method of an access pattern, as far as can be told.
fn pattern(access: &AccessAttrs, subject: &Subject, queries: &[Query<'_>]) -> Option<TokenStream> {
    let name = syn::parse_str::<Ident>(&access.name.as_ref()?.value.value()).ok()?;
    let query = match &access.index {
        Some(index) => index_query_type(&subject.ident, &index.value.value()),
        None => query_type(&subject.ident),
    };
    let query = &queries.iter().find(|known| known.ty == query)?.ty;
    let parts = access.partition.iter().chain(&access.sort).flat_map(|parts| &parts.value);
    let range = access.range.iter().flat_map(|range| &range.value.parameters);
    let parameters = parts.chain(range).map(|_| quote!(_: impl __rt::Sized));
    let (vis, ident, arguments) = (&subject.vis, &subject.ident, Parameters::new(&subject.generics).arguments);
    let reads = match &access.reads {
        Some(Set { value, .. }) => quote!(__rt::As<#value>),
        None => quote!(__rt::Whole),
    };
    Some(quote! {
        #[doc(hidden)]
        #vis fn #name(#(#parameters),*) -> __rt::AccessPattern<#ident #arguments, #query #arguments, #reads> { loop {} }
    })
}

/// A query type, as far as can be told.
struct Query<'f> {
    ty: Ident,
    method: TokenStream,
    /// How many attributes its partition key has.
    partition: usize,
    sort: Vec<&'f syn::Field>,
    reads: Option<&'f syn::Type>,
}

impl<'f> Query<'f> {
    fn of_index(entity: &Ident, index: &'f IndexAttrs, fields: &[&'f syn::Field]) -> Option<Self> {
        let name = index.name.as_ref().map(|name| name.value.value())?;
        if !name.contains(|c: char| c.is_ascii_alphanumeric()) || !name.is_ascii() {
            return None;
        }
        let method = index_query_method(&name);
        let named = |text: &LitStr| {
            fields.iter().find(|field| field.ident.as_ref().is_some_and(|ident| ident.unraw() == text.value()))
        };
        let sort = index.sort_key.iter().flat_map(|key| key.value.texts()).filter_map(named).copied().collect();
        Some(Self {
            ty: index_query_type(entity, &name),
            method: quote!(#method),
            partition: index.partition_key.as_ref().map_or(1, |key| parts(&key.value).len()),
            sort,
            reads: index.reads.as_ref().map(|reads| &reads.value),
        })
    }
}

/// Instead of an attribute type.
pub(crate) fn document(input: &DeriveInput, attrs: &DocumentAttrs) -> TokenStream {
    let subject = Subject::new(input, attrs.runtime.as_ref());
    let ident = &subject.ident;
    let generics = Parameters::new(&subject.generics);
    let (declared, arguments, bounds) = (generics.declared(), &generics.arguments, generics.with_bounds(&[]));
    let (parameters, fields) = (&generics.parameters, fields(input));
    let (paths_type, paths) = paths(&subject, &fields, None);
    let entity = fresh("E", &types(&fields));
    let named = arguments_of(&subject.generics);
    let kind = match &input.data {
        Data::Enum(_) if attrs.tag.is_none() => "S",
        Data::Struct(data) if !matches!(data.fields, Fields::Named(_)) => "S",
        _ => "M",
    };
    let items = items(&subject);
    let is_map = kind == "M";
    let kind = Ident::new(kind, Span::call_site());
    let segment = (!is_map).then(|| {
        quote! {
            impl #declared __rt::KeySegment for #ident #arguments #bounds {
                const FORM: __rt::SegmentForm = __rt::SegmentForm::Text;
                fn write_segment(&self, _: &mut __rt::SegmentText) -> __rt::SegmentResult<()> { loop {} }
                fn parse_segment(_: &__rt::str) -> __rt::SegmentResult<Self> { loop {} }
            }
        }
    });
    let code = wrapped(
        &subject,
        quote! {
            #items
            #segment
            impl #declared __rt::ToAttribute for #ident #arguments #bounds {
                type Kind = __rt::kind::#kind;
                type ListKind = __rt::kind::L;
                fn encode(&self, _: &mut __rt::Encoder) {}
            }
            impl<'__de, #parameters> __rt::FromAttribute<'__de> for #ident #arguments #bounds {
                fn decode(_: &mut __rt::Cursor<'__de>) -> __rt::DecodeResult<Self> { loop {} }
            }
            impl #declared __rt::Document for #ident #arguments #bounds {
                const ATTRIBUTES: &'static [&'static __rt::str] = &[];
                type Paths<#entity> = #paths_type<#(#named,)* #entity>;
                fn paths<#entity>(_: &__rt::PathBase) -> Self::Paths<#entity> { loop {} }
            }
        },
    );
    quote!(#paths #code)
}

pub(super) fn items(subject: &Subject) -> TokenStream {
    let ident = &subject.ident;
    let generics = Parameters::new(&subject.generics);
    let (parameters, declared) = (&generics.parameters, generics.declared());
    let (arguments, bounds) = (&generics.arguments, generics.with_bounds(&[]));
    quote! {
        impl #declared __rt::ToItem for #ident #arguments #bounds {
            fn encode_item(&self, _: &mut __rt::Encoder) {}
        }
        impl<'__de, #parameters> __rt::FromItem<'__de> for #ident #arguments #bounds {
            fn decode_item(_: &mut __rt::Cursor<'__de>) -> __rt::DecodeResult<Self> { loop {} }
        }
    }
}

/// Every field as an attribute that is no key.
fn paths(subject: &Subject, fields: &[&syn::Field], entity: Option<&TokenStream>) -> (Ident, TokenStream) {
    let (paths, vis, runtime) = (paths_type(&subject.ident), &subject.vis, &subject.runtime);
    let generics = Parameters::new(&subject.generics);
    let (parameters, bounds, marker) = (&generics.parameters, generics.with_bounds(&[]), &generics.marker);
    let parameter = fresh(if entity.is_some() { "R" } else { "E" }, &types(fields));
    let of = entity.cloned().unwrap_or_else(|| quote!(#parameter));
    let fields = fields.iter().map(|field| {
        let (vis, name, ty) = (&field.vis, &field.ident, &field.ty);
        quote!(#[doc(hidden)] #vis #name: #runtime::__private::Path<#of, #ty>)
    });
    let declared = quote! {
        #[doc(hidden)]
        #[allow(dead_code, deprecated, missing_debug_implementations, non_snake_case, private_interfaces)]
        #vis struct #paths<#parameters #parameter> #bounds {
            #(#fields,)*
            __marker: #runtime::__private::PhantomData<(fn() -> #parameter, #marker)>,
        }
    };
    (paths, declared)
}

fn types(fields: &[&syn::Field]) -> TokenStream {
    let types = fields.iter().map(|field| &field.ty);
    quote!(#(#types,)*)
}

/// The fields that have names.
fn fields(input: &DeriveInput) -> Vec<&syn::Field> {
    match &input.data {
        Data::Struct(data) => data.fields.iter().filter(|field| field.ident.is_some()).collect(),
        Data::Enum(_) | Data::Union(_) => Vec::new(),
    }
}

/// The fields that are marked as keys, as far as can be told.
struct Keys<'f> {
    partition: Option<&'f syn::Field>,
    sort: Option<&'f syn::Field>,
    plain: Vec<&'f syn::Field>,
    /// The keys whose types can be checked.
    checked: Vec<&'f syn::Field>,
}

impl<'f> Keys<'f> {
    fn new(fields: &[&'f syn::Field]) -> Self {
        let mut keys = Self { partition: None, sort: None, plain: Vec::new(), checked: Vec::new() };
        for field in fields {
            let attrs = FieldAttrs::parse(&field.attrs, Owner::Table, &mut Errors::default());
            let plain = attrs.skip.or(attrs.serde).or(attrs.rest).or(attrs.key_only).is_none() && attrs.with.is_none();
            if attrs.partition_key.is_some() {
                keys.partition.get_or_insert(field);
            } else if attrs.sort_key.is_some() {
                keys.sort.get_or_insert(field);
            } else if plain {
                keys.plain.push(field);
            }
            if plain && attrs.partition_key.or(attrs.sort_key).is_some() && inside_option(&field.ty).is_none() {
                keys.checked.push(field);
            }
        }
        keys
    }

    /// How many values `key(…)` takes.
    fn parts(&self, attrs: &TableAttrs) -> usize {
        let side = |written: Option<&KeyAttr>, marked: Option<&syn::Field>, otherwise: usize| match (written, marked) {
            // Above the struct text without a placeholder is a constant.
            (Some(KeyAttr::Texts(texts)), _) => texts.iter().flat_map(|text| placeholders(&text.value())).collect(),
            (Some(written), _) => parts(written),
            (None, Some(field)) => field.ident.iter().map(|ident| ident.unraw().to_string()).collect(),
            (None, None) => (0..otherwise).map(|_| String::new()).collect::<BTreeSet<_>>(),
        };
        let partition = side(attrs.partition_key.as_ref().map(|key| &key.value), self.partition, 1);
        let sort = side(attrs.sort_key.as_ref().map(|key| &key.value), self.sort, 0);
        partition.union(&sort).count()
    }

    /// The checks of types that the table would have had, so that their mistakes show in the same compile.
    fn checks(&self) -> TokenStream {
        let keys = self.checked.iter().map(|field| &field.ty);
        let plain = self.plain.iter().map(|field| &field.ty);
        quote! {
            const _: () = {
                #(let _ = <#keys as __rt::KeyAttribute>::TYPE;)*
                #(let _ = <#plain as __rt::WriteField>::TYPE;)*
            };
        }
    }
}
