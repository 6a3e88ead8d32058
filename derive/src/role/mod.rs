//! `access!`: roles, declared by the operations that they use.

mod expand;
mod operation;

use proc_macro2::TokenStream;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Attribute, Ident, LitStr, Path, Token, Visibility, braced};

pub(crate) use expand::roles;

use crate::errors::Errors;
use operation::Operation;

/// Everything between the braces of `access!`.
pub(crate) struct Roles {
    runtime: TokenStream,
    roles: Vec<Role>,
}

/// `pub role Checkout { … }`
struct Role {
    attributes: Vec<Attribute>,
    vis: Visibility,
    name: Ident,
    tenant: Option<Tenant>,
    grants: Vec<Grants>,
}

/// `tenant user = "aws:PrincipalTag/user_id";`
struct Tenant {
    keyword: Ident,
    field: Ident,
    variable: LitStr,
}

/// `Order: get, put, query_by_status;`
struct Grants {
    entity: Path,
    operations: Vec<Operation>,
}

impl Parse for Roles {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut runtime = TokenStream::new();
        while !input.peek(Token![;]) {
            runtime.extend([input.parse::<proc_macro2::TokenTree>()?]);
        }
        input.parse::<Token![;]>()?;
        let mut roles = Vec::new();
        while !input.is_empty() {
            roles.push(input.parse()?);
        }
        Ok(Self { runtime, roles })
    }
}

impl Parse for Role {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        let vis = input.parse()?;
        let keyword: Ident = input.parse().map_err(|error| {
            syn::Error::new(error.span(), "expected a role: `pub role Checkout { Order: get, put; }`")
        })?;
        if keyword != "role" {
            let message = "expected `role` and its name: `pub role Checkout { Order: get, put; }`";
            return Err(syn::Error::new(keyword.span(), message));
        }
        let name = input.parse()?;
        let body;
        braced!(body in input);
        let tenant = if is_tenant(&body) { Some(body.parse()?) } else { None };
        let mut grants = Vec::new();
        while !body.is_empty() {
            grants.push(body.parse()?);
        }
        Ok(Self { attributes, vis, name, tenant, grants })
    }
}

/// True before `tenant user`, and false before the entity `tenant:`.
fn is_tenant(input: ParseStream<'_>) -> bool {
    let ahead = input.fork();
    ahead.parse::<Ident>().is_ok_and(|ident| ident == "tenant") && ahead.peek(Ident)
}

impl Parse for Tenant {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let keyword = input.parse()?;
        let field = input.parse()?;
        input.parse::<Token![=]>()?;
        let variable = input.parse().map_err(|error| {
            let message = "expected an IAM policy variable in quotes: `tenant user = \"aws:PrincipalTag/user_id\";`";
            syn::Error::new(error.span(), message)
        })?;
        input.parse::<Token![;]>()?;
        Ok(Self { keyword, field, variable })
    }
}

impl Parse for Grants {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let entity = Path::parse_mod_style(input)?;
        input.parse::<Token![:]>()?;
        let operations = Punctuated::<Operation, Token![,]>::parse_separated_nonempty(input)?;
        if !input.is_empty() {
            input.parse::<Token![;]>()?;
        }
        Ok(Self { entity, operations: operations.into_iter().collect() })
    }
}

impl Roles {
    /// Finds what is wrong beyond the grammar.
    fn check(&self, errors: &mut Errors) {
        for role in &self.roles {
            role.check(errors);
        }
    }
}

impl Role {
    fn check(&self, errors: &mut Errors) {
        if self.grants.is_empty() {
            let example = "give it one: `Order: get, put;`";
            errors.at(&self.name, format!("the role `{}` has no operation; {example}", self.name));
        }
        let mut seen: Vec<(String, String)> = Vec::new();
        for grants in &self.grants {
            let entity = quote::quote!(#grants).to_string();
            for operation in &grants.operations {
                operation.check(errors);
                let written = (entity.clone(), operation.name.to_string());
                if seen.contains(&written) {
                    errors.at(&operation.name, format!("`{}` of `{entity}` is there twice; write it once", written.1));
                }
                seen.push(written);
            }
        }
        if let Some(tenant) = &self.tenant {
            self.check_tenant(tenant, errors);
        }
    }

    /// A policy can bind an operation to partition keys only if the operation names them.
    fn check_tenant(&self, tenant: &Tenant, errors: &mut Errors) {
        if tenant.variable.value().is_empty() || tenant.variable.value().contains(['$', '{', '}']) {
            let message = "the name of the policy variable goes here, without `${…}`: `\"aws:PrincipalTag/user_id\"`";
            errors.at(&tenant.variable, message);
        }
        for operation in self.grants.iter().flat_map(|grants| &grants.operations) {
            if let Some(reason) = operation.reads_other_tenants() {
                errors.conflict(
                    &tenant.keyword,
                    "the tenant of the role",
                    &operation.name,
                    format!(
                        "`{}` cannot be kept to one tenant, because {reason}; give it to a role without `tenant`",
                        operation.name
                    ),
                );
            }
        }
    }
}

impl quote::ToTokens for Grants {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.entity.to_tokens(tokens);
    }
}
