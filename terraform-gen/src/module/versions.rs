//! `versions.tf`: what the module needs.

use crate::hcl::{Body, Expr};
use crate::options::Options;

/// The first Terraform with everything that the module's resources use.
const TERRAFORM: &str = ">= 1.5.7";

pub(super) fn file(options: &Options) -> Body {
    let aws = Expr::Object(vec![
        ("source".to_owned(), Expr::text("hashicorp/aws")),
        ("version".to_owned(), Expr::text(options.provider.constraint())),
    ]);
    let providers = Body::new().set("aws", aws);
    let terraform =
        Body::new().set("required_version", Expr::text(TERRAFORM)).block("required_providers", &[], providers);
    Body::new().block("terraform", &[], terraform)
}
