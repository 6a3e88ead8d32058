//! `removed.tf`: tables that left the code, let go and not deleted.

use std::collections::BTreeMap;

use crate::hcl::{Body, Expr};

/// A block for each resource, by the table's name.
pub(super) fn file(removed: &BTreeMap<String, String>) -> Body {
    let file = Body::new().comment(
        "Tables that left the code. Without these blocks Terraform would delete them; with them it forgets them, and they\n\
         stay as they are. Delete a table by hand, and then its entry: `cargo tablewright accept --forget <table>`.",
    );
    removed.iter().fold(file, |file, (table, resource)| {
        let lifecycle = Body::new().set("destroy", Expr::bool(false));
        let block = Body::new().set("from", Expr::raw(format!("aws_dynamodb_table.{resource}"))).block(
            "lifecycle",
            &[],
            lifecycle,
        );
        file.comment(&format!("Table `{table}`.")).block("removed", &[], block)
    })
}
