//! The table as constant data.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use syn::ext::IdentExt;

use super::access;
use crate::attr::StreamAttr;
use crate::model::tokens::{at, replace_lifetimes};
use crate::model::{Billing, Capacity, Field, Index, IndexKey, Projection, Recovery, Settings, Store, Table};

/// The parts of the schema, for the block around the `impl`s, and the schema itself:
///
/// ```text
/// const __ATTRIBUTES: &[AttributeSchema] = &[<u64 as WriteField>::TYPE.attribute("server", "server")];
/// const __ENTITIES: &[EntitySchema] = &[EntitySchema::new("Sparkle", "", __ATTRIBUTES)];
/// const __INDEXES: &[IndexSchema] = &[…];
/// &TableSchema::new("sparkle", KeySchema { … }, None).with_indexes(__INDEXES).with_entities(__ENTITIES)
/// ```
///
/// It is the same for every lifetime, so a type's lifetimes are `'static` in it.
pub(super) fn table(table: &Table) -> (TokenStream, TokenStream) {
    let (name, runtime) = (&table.name, &table.subject.runtime);
    let partition_key = key(&table.partition_key, &quote!(KeyAttribute));
    let sort_key = match &table.sort_key {
        Some(sort_key) => {
            let sort_key = key(sort_key, &quote!(KeyAttribute));
            quote!(__rt::Some(#sort_key))
        }
        None => quote!(__rt::None),
    };
    let indexes = table.indexes.iter().map(|index| self::index(table, index));
    let keys = key_consts(table);
    let (index_const, with_indexes) = if table.indexes.is_empty() {
        Default::default()
    } else {
        (quote!(#keys const __INDEXES: &[__rt::IndexSchema] = &[#(#indexes),*];), quote!(.with_indexes(__INDEXES)))
    };
    let ttl = table.fields.iter().find(|field| field.ttl).map(|field| {
        let name = &field.attribute;
        quote!(.with_ttl(#name))
    });
    let settings = table.settings.any().then(|| settings(&table.settings));
    let (entity, doc) = (table.subject.ident.unraw().to_string(), &table.subject.doc);
    let access = access::schema(table);
    let attributes = table.stored().map(attribute);
    let parts = quote! {
        const __ATTRIBUTES: &[__rt::AttributeSchema] = &[#(#attributes),*];
        const __ENTITIES: &[__rt::EntitySchema] = &[__rt::EntitySchema::new(#entity, #doc, __ATTRIBUTES) #access];
        #index_const
    };
    let schema = quote! {
        &__rt::TableSchema::new(#name, #partition_key, #sort_key)
            #with_indexes #ttl #settings
            .with_entities(__ENTITIES)
            .with_source(#runtime::__source!())
    };
    let lifetimes: Vec<String> =
        table.subject.generics.lifetimes().map(|parameter| parameter.lifetime.ident.unraw().to_string()).collect();
    let of_static = |tokens| replace_lifetimes(tokens, &lifetimes, &Ident::new("static", Span::call_site()));
    (of_static(parts), of_static(schema))
}

/// `KeySchema { name: "server", key_type: <u64 as KeyAttribute>::TYPE }`
fn key(key: &IndexKey, bound: &TokenStream) -> TokenStream {
    let (name, ty) = (&key.attribute, &key.ty);
    quote!(__rt::KeySchema { name: #name, key_type: <#ty as __rt::#bound>::TYPE })
}

fn attribute(field: &Field) -> TokenStream {
    let (name, rust_name, ty) = (&field.attribute, field.name(), &field.ty);
    match &field.store {
        Store::Adapter(adapter) => quote!(<#adapter as __rt::AdaptField<#ty>>::TYPE.attribute(#name, #rust_name)),
        Store::Serde(_) => quote!(__rt::serde_attribute(#name, #rust_name)),
        _ => quote!(<#ty as __rt::WriteField>::TYPE.attribute(#name, #rust_name)),
    }
}

/// `global_index("by-total", &[__K2.0], &[__K3.0], IndexProjection::All, sparse(__K2.1 || __K3.1, true))`
fn index(table: &Table, index: &Index) -> TokenStream {
    let (name, sparse) = (&index.name, index.sparse);
    let kind = if index.global { quote!(global_index) } else { quote!(local_index) };
    let key = |key| key_const(table, key);
    let (partition_key, sort_key) = (index.partition_key.iter().map(key), index.sort_key.iter().map(key));
    let own = if index.global { &*index.partition_key } else { &[] };
    let optional = own.iter().chain(&index.sort_key).map(key);
    let projection = match &index.projection {
        Projection::All => quote!(All),
        Projection::KeysOnly => quote!(KeysOnly),
        Projection::Include(attributes) => quote!(Include(&[#(#attributes),*])),
    };
    let capacity = index.capacity.map(|units| {
        let units = capacity(units);
        quote!(.with_capacity(#units))
    });
    let sparse = at(quote!(__rt::sparse(#(#optional.1)||*, #sparse)), index.span);
    quote! {
        __rt::#kind(
            #name,
            &[#(#partition_key.0),*],
            &[#(#sort_key.0),*],
            __rt::IndexProjection::#projection,
            #sparse,
        ) #capacity
    }
}

/// The name of the constant of a field that is a key of indexes.
fn key_const(table: &Table, key: &IndexKey) -> Ident {
    let number = table.fields.iter().find(|field| field.ident == key.ident).and_then(|field| field.key);
    format_ident!("__K{}", number.map_or(0, |key| key.number))
}

/// One constant for each field that is a key of indexes: the key, and whether items may lack it.
///
/// ```text
/// const __K2: IndexKey = (KeySchema { … }, <Option<String> as IndexKeyAttribute>::OPTIONAL);
/// ```
fn key_consts(table: &Table) -> TokenStream {
    let used = |field: &&Field| table.indexes.iter().flat_map(Index::keys).any(|key| key.ident == field.ident);
    table
        .fields
        .iter()
        .filter(used)
        .map(|field| {
            let (name, key) = (key_const(table, &IndexKey::new(field)), IndexKey::new(field));
            let (schema, ty) = (self::key(&key, &quote!(IndexKeyAttribute)), &key.ty);
            quote!(const #name: __rt::IndexKey = (#schema, <#ty as __rt::IndexKeyAttribute>::OPTIONAL);)
        })
        .collect()
}

fn capacity(Capacity { read, write }: Capacity) -> TokenStream {
    quote!(__rt::Capacity { read: #read, write: #write })
}

fn settings(settings: &Settings) -> TokenStream {
    let billing = settings.billing.as_ref().map(|billing| match billing {
        Billing::OnDemand(None) => quote!(.with_billing(__rt::Billing::OnDemand { max: __rt::None })),
        Billing::OnDemand(Some(max)) => {
            let max = capacity(*max);
            quote!(.with_billing(__rt::Billing::OnDemand { max: __rt::Some(#max) }))
        }
        Billing::Provisioned(units) => {
            let units = capacity(*units);
            quote!(.with_billing(__rt::Billing::Provisioned(#units)))
        }
    });
    let stream = settings.stream.map(|stream| {
        let view = match stream {
            StreamAttr::KeysOnly => quote!(KeysOnly),
            StreamAttr::NewImage => quote!(NewImage),
            StreamAttr::OldImage => quote!(OldImage),
            StreamAttr::NewAndOldImages => quote!(NewAndOldImages),
        };
        quote!(.with_stream(__rt::StreamViewType::#view))
    });
    let recovery = settings.recovery.as_ref().map(|recovery| {
        let recovery = match recovery {
            Recovery::Disabled => quote!(Disabled),
            Recovery::Enabled(days) => quote!(Enabled { days: #days }),
        };
        quote!(.with_point_in_time_recovery(__rt::PointInTimeRecovery::#recovery))
    });
    let protection =
        settings.deletion_protection.as_ref().map(|protection| quote!(.with_deletion_protection(#protection)));
    let class =
        settings.infrequent_access.then(|| quote!(.with_table_class(__rt::TableClass::StandardInfrequentAccess)));
    let warm = settings.warm_throughput.map(|warm| {
        let warm = capacity(warm);
        quote!(.with_warm_throughput(#warm))
    });
    let tags = (!settings.tags.is_empty()).then(|| {
        let tags = settings.tags.iter().map(|(key, value)| quote!((#key, #value)));
        quote!(.with_tags(&[#(#tags),*]))
    });
    quote!(.with_settings(__rt::TableSettings::new() #billing #stream #recovery #protection #class #warm #tags))
}
