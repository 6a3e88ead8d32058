//! What is said of changes that are no difference in one place of a schema.

use super::Class;

/// What a change does, and what to do about it.
pub(super) type Verdict = (Class, &'static str);

/// An index of another name takes the place of one like it.
pub(super) const INDEX_RENAMED: Verdict = (
    Class::IndexRebuild,
    "AWS cannot rename an index: this one is deleted and the other one is filled, and queries fail meanwhile. Keep both \
     until the programs query the new one.",
);

pub(super) const CREATED: Verdict = (Class::Safe, "A new table.");

pub(super) const DELETED: Verdict = (
    Class::Deletes,
    "The table is deleted with all its items. Generate the module after `accept`, so that it lets the table go instead, or \
     write `renamed_from` if it has another name in the code.",
);

pub(super) const FORGOTTEN: Verdict = (Class::Safe, "The items stay, and cost, until you delete the table by hand.");

pub(super) const REPLACED: Verdict = (
    Class::Replaces,
    "The table is deleted with all its items and made again, empty. Declare a table of another name and copy the items.",
);

pub(super) const UPDATED: Verdict = (Class::Safe, "The items are not touched.");

/// The table has another name in AWS.
pub(super) const OTHER_TABLE: Verdict = (
    Class::Replaces,
    "A table cannot be renamed in AWS: Terraform would delete it with all its items and make another one; \
     `prevent_destroy` stops it. Write `renamed_from` with the former name beside `table`, and the table keeps that name.",
);

/// The table has another name in the code, and the same one in AWS.
pub(super) const RENAMED: Verdict = (
    Class::Safe,
    "The same table: it keeps its name in AWS, and `moved.tf` tells Terraform that its resource has another name.",
);
