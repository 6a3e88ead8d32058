//! Writes a role's type, its schema and what it allows.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::{Ident, Path};

use super::operation::{Meaning, Operation};
use super::{Role, Roles};
use crate::errors::Errors;
use crate::model::first_paragraph;

/// The code of all roles, and every mistake in them.
pub(crate) fn roles(roles: &Roles) -> TokenStream {
    let mut errors = Errors::default();
    roles.check(&mut errors);
    let runtime = &roles.runtime;
    // After a mistake a role allows nothing, so that only the mistake is shown.
    let wrong = errors.any();
    let code = roles.roles.iter().map(|role| one(role, runtime, wrong));
    let errors = errors.into_tokens();
    quote!(#errors #(#code)*)
}

fn one(role: &Role, runtime: &TokenStream, wrong: bool) -> TokenStream {
    let Role { attributes, vis, name, tenant, .. } = role;
    let (text, doc) = (name.unraw().to_string(), first_paragraph(attributes));
    let tenant = tenant.as_ref().map(|tenant| {
        let (field, variable) = (tenant.field.unraw().to_string(), &tenant.variable);
        quote!(.with_tenant(#field, #variable))
    });
    let operations = || {
        role.grants.iter().filter(|_| !wrong).flat_map(|grants| {
            let entity = &grants.entity;
            grants.operations.iter().filter_map(move |operation| Some((entity, operation, operation.meaning(entity)?)))
        })
    };
    let grants = operations().enumerate().map(|(place, (entity, _, meaning))| grant(place, entity, &meaning));
    let allowed = operations().enumerate().map(|(place, (entity, _, meaning))| allowed(name, place, entity, &meaning));
    let streams = operations().filter_map(|(entity, operation, _)| stream(role, entity, operation));
    let fallback_doc = doc.is_empty().then(|| quote!(#[doc = "A role, whose operations its schema lists."]));
    // The compiler shows it where it says what a role lacks.
    let declared = quote_spanned!(name.span()=> #vis struct #name;);
    quote! {
        #(#attributes)*
        #fallback_doc
        #[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::marker::Copy)]
        #[allow(dead_code)]
        #declared
        const _: () = {
            use #runtime::__private as __rt;
            const __GRANTS: &[__rt::GrantSchema] = &[#(#grants),*];
            impl __rt::Role for #name {
                const SCHEMA: &'static __rt::RoleSchema =
                    &__rt::RoleSchema::new(#text, #doc, __GRANTS) #tenant .with_source(#runtime::__source!());
            }
            #(#allowed)*
            #(#streams)*
        };
        #runtime::__register_role!(#name);
    }
}

/// `GrantSchema::new("orders", "Order", RoleOperation::Query).with_index(Some("by-status"))`, by way of the types.
fn grant(place: usize, entity: &Path, meaning: &Meaning) -> TokenStream {
    let (granted, query) = (&meaning.granted, query_name(place));
    let index = meaning.index.then(|| quote!(.with_index(<#query as __rt::Index<#entity>>::NAME)));
    quote! {
        __rt::GrantSchema::new(
            <#entity as __rt::Entity>::TABLE.name,
            <#entity as __rt::Entity>::NAME,
            __rt::RoleOperation::#granted,
        ) #index
    }
}

/// The query type of an operation, under a name of its own: a name that does not exist is reported once, where it is declared.
fn query_name(place: usize) -> Ident {
    format_ident!("__Q{place}")
}

/// `impl allow::Get<Order> for Checkout {}`
///
/// Several grants can allow one thing: two entities of a table its stream, `create` and `put` the same action of a
/// transaction. Each says so in an `impl` of its own, whose last parameter is 0 for the first of them only.
fn allowed(role: &Ident, place: usize, entity: &Path, meaning: &Meaning) -> TokenStream {
    let Meaning { verb, allowed, query, .. } = meaning;
    let name = query_name(place);
    let (declared, what) = match query {
        Some(query) => (Some(quote!(type #name = #query;)), quote!(#name)),
        None => (None, quote!(#entity)),
    };
    let number = quote!({ __rt::nth_grant(__GRANTS, #place) });
    // The compiler shows it where it says what the role may do instead.
    let span = allowed.span();
    let action = match *verb {
        "stream" => {
            let items = quote!(<#entity as __rt::Entity>::Items);
            return quote_spanned!(span=> impl __rt::allow::Stream<#items, #number> for #role {});
        }
        "create" | "put" => Some(format_ident!("PutAction")),
        "update" | "upsert" => Some(format_ident!("UpdateAction")),
        _ => None,
    };
    let action = action.map(|action| quote_spanned!(span=> impl __rt::allow::#action<#entity, #number> for #role {}));
    quote_spanned!(span=> #declared impl __rt::allow::#allowed<#what> for #role {} #action)
}

/// Refuses a role that reads a stream which the table does not have.
fn stream(role: &Role, entity: &Path, operation: &Operation) -> Option<TokenStream> {
    if operation.name != "stream" {
        return None;
    }
    let (role, entity_text) = (&role.name, quote!(#entity).to_string());
    let message = format!(
        "the role `{role}` reads the stream of `{entity_text}`, and its table has none: write \
         `stream = new_and_old_images` in the table's `#[dynamo(…)]`"
    );
    let span = operation.name.span();
    Some(quote_spanned! {span=>
        const _: () = ::core::assert!(__rt::Option::is_some(&<#entity as __rt::Entity>::TABLE.settings.stream), #message);
    })
}
