//! `versions.tf`: what the module needs.

use crate::hcl::{Body, Expr};
use crate::options::Options;

/// The first Terraform with everything that the module's resources use.
const TERRAFORM: &str = ">= 1.5.7";
/// The first Terraform that lets a resource go without deleting it.
const TERRAFORM_WITH_REMOVED: &str = ">= 1.7.0";

/// Which Terraform a module needs, that lets resources go or not.
pub(super) const fn terraform(removes: bool) -> &'static str {
    if removes { TERRAFORM_WITH_REMOVED } else { TERRAFORM }
}

pub(super) fn file(options: &Options, removes: bool) -> Body {
    let version = terraform(removes);
    let aws = Expr::Object(vec![
        ("source".to_owned(), Expr::text("hashicorp/aws")),
        ("version".to_owned(), Expr::text(options.provider.constraint())),
    ]);
    let providers = Body::new().set("aws", aws);
    let terraform =
        Body::new().set("required_version", Expr::text(version)).block("required_providers", &[], providers);
    Body::new().block("terraform", &[], terraform)
}
