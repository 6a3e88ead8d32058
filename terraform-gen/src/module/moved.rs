//! `moved.tf`: resources that have another name than before, and are the same tables.

use std::collections::BTreeMap;

use crate::hcl::{Body, Expr};

/// A block for each resource, by its former name.
pub(super) fn file(moved: &BTreeMap<String, String>) -> Body {
    let file = Body::new().comment(
        "Tables that the code calls by another name than before. They keep their names in AWS and their items; without\n\
         these blocks Terraform would delete them and make them again.",
    );
    moved.iter().fold(file, |file, (from, to)| {
        let address = |resource: &str| Expr::raw(format!("aws_dynamodb_table.{resource}"));
        file.block("moved", &[], Body::new().set("from", address(from)).set("to", address(to)))
    })
}
