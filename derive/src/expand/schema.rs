//! The entity, and a table of one, as constant data.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{format_ident, quote};
use syn::ext::IdentExt;

use super::{access, behaviour, key, setting};
use crate::attr::IndexWord;
use crate::model::tokens::{at, replace_lifetimes};
use crate::model::{Field, Home, Index, IndexKey, KeyPart, KeySide, Store, Subject, Table};

/// The constants of the block around the `impl`s, and the table's schema:
///
/// ```text
/// const __ATTRIBUTES: &[AttributeSchema] = &[<u64 as WriteField>::TYPE.attribute("server", "server")];
/// const __ENTITY: EntitySchema = EntitySchema::new("Sparkle", "", __ATTRIBUTES);
/// const __INDEXES: &[IndexSchema] = &[…];
/// &TableSchema::new("sparkle", KeySchema { … }, None).with_indexes(__INDEXES).with_entities(&[__ENTITY])
/// ```
///
/// It is the same for every lifetime, so a type's lifetimes are `'static` in it.
pub(super) fn table(table: &Table) -> (TokenStream, TokenStream) {
    let (entity, doc) = (table.subject.ident.unraw().to_string(), &table.subject.doc);
    let attributes = table.stored().map(attribute);
    let (constants, templates, names) = (key_consts(table), key::templates(table), key::names(table));
    let (access, unique, entity_type) = (access::schema(table), unique(table), table.subject.of_static());
    let behaviour = behaviour::schema(table);
    let with_keys = has_keys(table).then(|| quote!(.with_keys(<#entity_type as __rt::Entity>::KEYS)));
    let of_enum = match &table.home {
        Home::Alone(..) => None,
        Home::Enum(belongs) => {
            let (tag, older) = (&belongs.tag, &belongs.upgrades);
            let upgrades =
                (!older.is_empty()).then(|| quote!(.with_upgrades(&[#(<#older as __rt::TableEntity>::SCHEMA),*])));
            Some(quote!(.with_tag(#tag) #upgrades))
        }
    };
    let (index_const, schema) = match &table.home {
        Home::Alone(..) => alone(table),
        Home::Enum(belongs) => {
            let enumeration = &belongs.table;
            (sparse_checks(table), quote!(<#enumeration as __rt::Entity>::TABLE))
        }
    };
    let parts = quote! {
        const __ATTRIBUTES: &[__rt::AttributeSchema] = &[#(#attributes),*];
        #constants
        #templates
        #names
        const __ENTITY: __rt::EntitySchema =
            __rt::EntitySchema::new(#entity, #doc, __ATTRIBUTES) #with_keys #of_enum #access #behaviour #unique;
        #index_const
    };
    (of_static(&table.subject, parts), of_static(&table.subject, schema))
}

/// `.with_unique(&[UniqueSchema::new("email", &["tenant"])])`
fn unique(table: &Table) -> Option<TokenStream> {
    let unique = table.unique.iter().map(|unique| {
        let (attribute, scope) = (&unique.attribute, &unique.scope);
        quote!(__rt::UniqueSchema::new(#attribute, &[#(#scope),*]))
    });
    (!table.unique.is_empty()).then(|| quote!(.with_unique(&[#(#unique),*])))
}

/// The tokens with every lifetime of the type replaced by `'static`.
pub(super) fn of_static(subject: &Subject, tokens: TokenStream) -> TokenStream {
    let lifetimes: Vec<String> =
        subject.generics.lifetimes().map(|parameter| parameter.lifetime.ident.unraw().to_string()).collect();
    replace_lifetimes(tokens, &lifetimes, &Ident::new("static", Span::call_site()))
}

/// The constants and the schema of a table with one entity.
fn alone(table: &Table) -> (TokenStream, TokenStream) {
    let Home::Alone(name, settings) = &table.home else { return Default::default() };
    let runtime = &table.subject.runtime;
    let partition_key = table_key(&table.partition_key);
    let sort_key = match &table.sort_key {
        none if none.is_none() => quote!(__rt::None),
        sort_key => {
            let sort_key = table_key(sort_key);
            quote!(__rt::Some(#sort_key))
        }
    };
    let indexes = table.indexes.iter().map(|index| self::index(table, index));
    let (index_const, with_indexes) = if table.indexes.is_empty() {
        Default::default()
    } else {
        (quote!(const __INDEXES: &[__rt::IndexSchema] = &[#(#indexes),*];), quote!(.with_indexes(__INDEXES)))
    };
    let ttl = table.fields.iter().find(|field| field.ttl).map(|field| {
        let name = &field.attribute;
        quote!(.with_ttl(#name))
    });
    let settings = setting::with_settings(settings);
    let schema = quote! {
        &__rt::TableSchema::new(#name, #partition_key, #sort_key)
            #with_indexes #ttl #settings
            .with_entities(&[__ENTITY])
            .with_source(#runtime::__source!())
    };
    (index_const, schema)
}

/// A key of the table.
fn table_key(side: &KeySide) -> TokenStream {
    match (side.template(), side.fields()) {
        (None, [field]) => key(field),
        (Some(template), _) => {
            let name = template.attribute.as_deref().unwrap_or_default();
            quote!(__rt::text_key(#name))
        }
        _ => TokenStream::new(),
    }
}

/// True if there is more to say about the entity's keys than the table's schema does.
fn has_keys(table: &Table) -> bool {
    matches!(table.home, Home::Enum(_)) || table.has_templates()
}

/// Where the keys of the entity come from, if there is more to say than the table's schema does:
///
/// ```text
/// const KEYS: &'static [EntityKey] = &[__T0.partition(), __T1.sort(), __T2.index_partition("by-author"), …];
/// ```
pub(super) fn keys(table: &Table) -> Option<TokenStream> {
    if !has_keys(table) {
        return None;
    }
    let own = [(&table.partition_key, "partition", None), (&table.sort_key, "sort", None)];
    let of_indexes = table.indexes.iter().flat_map(|index| {
        let name = Some(&*index.name);
        [(&index.partition_key, "index_partition", name), (&index.sort_key, "index_sort", name)]
    });
    let keys = own.into_iter().chain(of_indexes).flat_map(|(side, place, index)| keys_of(table, side, place, index));
    Some(quote!(const KEYS: &'static [__rt::EntityKey] = &[#(#keys),*];))
}

/// The attributes of one side of a key, each with where it comes from.
fn keys_of(table: &Table, side: &KeySide, place: &str, index: Option<&str>) -> Vec<TokenStream> {
    let place = format_ident!("{place}");
    let sources = match side {
        KeySide::Own(KeyPart::Partition, _) => vec![quote!(__rt::KeySource::TablePartitionKey)],
        KeySide::Own(KeyPart::Sort, _) => vec![quote!(__rt::KeySource::TableSortKey)],
        KeySide::Template(template) => {
            let name = key::name(template);
            return vec![quote!(#name.#place(#index))];
        }
        KeySide::Fields(fields) => fields
            .iter()
            .map(|field| {
                let (name, rust_name) = (key_const(table, field), field.ident.unraw().to_string());
                quote!(__rt::field_key(#rust_name, #name))
            })
            .collect(),
    };
    let key = |(position, source): (usize, TokenStream)| match index {
        Some(index) => {
            let position = Literal::usize_unsuffixed(position);
            quote!(#source.#place(#index, #position))
        }
        None => quote!(#source.#place()),
    };
    sources.into_iter().enumerate().map(key).collect()
}

/// What the types of an entity's index keys say must be what is written.
fn sparse_checks(table: &Table) -> TokenStream {
    let check = |index: &Index| {
        let (optional, said) = (optional(table, index), index.sparse);
        let check = at(quote!(__rt::sparse(#optional, #said)), index.span);
        quote!(const _: __rt::bool = #check;)
    };
    table.indexes.iter().map(check).collect()
}

/// `KeySchema::new("server", <u64 as KeyAttribute>::TYPE)`
fn key(key: &IndexKey) -> TokenStream {
    let (name, ty) = (&key.attribute, &key.ty);
    quote!(__rt::KeySchema::new(#name, <#ty as __rt::KeyAttribute>::TYPE))
}

fn attribute(field: &Field) -> TokenStream {
    let sensitive = field.sensitive.then(|| quote!(.with_sensitive()));
    let (name, rust_name, ty) = (&field.attribute, field.name(), &field.ty);
    let attribute = match &field.store {
        Store::Adapter(adapter) => quote!(<#adapter as __rt::AdaptField<#ty>>::TYPE.attribute(#name, #rust_name)),
        Store::Serde(_) => quote!(__rt::serde_attribute(#name, #rust_name)),
        _ => quote!(<#ty as __rt::WriteField>::TYPE.attribute(#name, #rust_name)),
    };
    let aliases = &field.aliases;
    let older = (!aliases.is_empty()).then(|| quote!(.with_aliases(&[#(#aliases),*])));
    quote!(#attribute #older #sensitive)
}

/// `global_index("by-total", &[__K2.0], &[__K3.0], IndexProjection::All, sparse(__K2.1 | __K3.1, true))`
fn index(table: &Table, index: &Index) -> TokenStream {
    let (name, sparse) = (&index.name, index.sparse);
    let kind = if index.word == IndexWord::Global { quote!(global_index) } else { quote!(local_index) };
    let (partition_key, sort_key) = (index_side(table, &index.partition_key), index_side(table, &index.sort_key));
    let optional = optional(table, index);
    let projection = setting::projection(&index.projection);
    let capacity = index.capacity.map(setting::with_capacity);
    let sparse = at(quote!(__rt::sparse(#optional, #sparse)), index.span);
    quote! {
        __rt::#kind(
            #name,
            &[#(#partition_key),*],
            &[#(#sort_key),*],
            #projection,
            #sparse,
        ) #capacity
    }
}

/// The key attributes of one side of an index of a table with one entity.
fn index_side(table: &Table, side: &KeySide) -> Vec<TokenStream> {
    match side.template() {
        Some(template) => {
            let name = template.attribute.as_deref().unwrap_or_default();
            vec![quote!(__rt::text_key(#name))]
        }
        None => side.fields().iter().map(|field| key_const(table, field)).map(|name| quote!(#name.0)).collect(),
    }
}

/// Whether items can lack the key of an index.
fn optional(table: &Table, index: &Index) -> TokenStream {
    let sides = index.sides().into_iter().filter(|side| !matches!(side, KeySide::Own(..)));
    let optional: Vec<_> = sides
        .flat_map(|side| match side.template() {
            Some(template) => {
                let name = key::name(template);
                vec![quote!(#name.optional())]
            }
            None => side.fields().iter().map(|field| key_const(table, field)).map(|name| quote!(#name.1)).collect(),
        })
        .collect();
    // Without a branch, because the compiler keeps borrowed calls after one for no constant.
    if optional.is_empty() { quote!(false) } else { quote!(#(#optional)|*) }
}

/// The name of the constant of a field that is a key by itself.
fn key_const(table: &Table, key: &IndexKey) -> Ident {
    let number = table.fields.iter().find(|field| field.ident == key.ident).and_then(|field| field.key);
    format_ident!("__K{}", number.map_or(0, |key| key.number))
}

/// One constant for each field that is a key by itself, where the entity's keys or the indexes name it: the key, and whether
/// items may lack it.
///
/// ```text
/// const __K2: IndexKey = <Option<String> as IndexKeyAttribute>::KEY.named("team");
/// ```
fn key_consts(table: &Table) -> TokenStream {
    let in_keys = has_keys(table);
    let of_index = |field: &Field| table.indexes.iter().flat_map(Index::keys).any(|key| key.ident == field.ident);
    table
        .fields
        .iter()
        .filter(|field| of_index(field) || (in_keys && field.key.is_some()))
        .map(|field| {
            let (name, key) = (key_const(table, &IndexKey::new(field)), IndexKey::new(field));
            if in_keys && field.key.is_some_and(|key| key.table) {
                let schema = self::key(&key);
                return quote!(const #name: __rt::IndexKey = (#schema, false););
            }
            let (attribute, ty) = (&key.attribute, &key.ty);
            quote!(const #name: __rt::IndexKey = <#ty as __rt::IndexKeyAttribute>::KEY.named(#attribute);)
        })
        .collect()
}
