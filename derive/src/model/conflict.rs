//! Pairs of attributes that cannot stand on one field.

use crate::attr::FieldAttrs;
use crate::errors::Errors;

/// Reports every pair on the field that does not go together, at both of its places.
pub(super) fn check(attrs: &FieldAttrs, errors: &mut Errors) {
    let written = attrs.written();
    for (place, (first, first_key)) in written.iter().enumerate() {
        for (second, second_key) in written.iter().skip(place + 1) {
            if let Some(reason) = reason(first, second) {
                let message = format!("`{first}` and `{second}` cannot be on one field: {reason}");
                errors.conflict(first_key, format!("`{first}` is here"), second_key, message);
            }
        }
    }
}

/// Why two attributes exclude each other. The pair is in the order of the reference.
fn reason(first: &str, second: &str) -> Option<&'static str> {
    let is = |name: &str| first == name || second == name;
    let key = matches!(first, "partition_key" | "sort_key");
    let stamp = matches!(second, "created_at" | "updated_at");
    let stamped = matches!(first, "created_at" | "updated_at");
    let counts = |name: &str| matches!(name, "version" | "counter");
    Some(match (first, second) {
        // Whatever a field is, it may be one that is not to be printed.
        (_, "sensitive") => return None,
        ("key_only" | "rename" | "alias" | "write_once", "id") => return None,
        (_, "key_only") if key => "a field that is the key by itself is stored as the key already; remove `key_only`",
        ("key_only", _) => {
            "a `key_only` field has no attribute, only its place in a key template, so there is nothing to say about it; remove \
             one of the two"
        }
        _ if is("alias") && (is("skip") || is("rest")) => {
            "there is no attribute that could have an older name; remove one of the two"
        }
        (_, "unique") if key => {
            "no two items have one primary key; for a part of it that is unique by itself use a field of its own, with the same value"
        }
        ("alias", "unique") => {
            "the values under the older name would not be among those that are reserved; store them again under the new one, and \
             remove `alias`"
        }
        ("serde", "unique") => "a unique value is text, a number or binary; store it as such, without `serde`",
        ("version" | "counter", "unique") => {
            "the versions and counts of items may be the same number; use two fields, or keep one of the two"
        }
        ("ttl", "unique") => "items may expire at the same second; remove one of the two",
        ("created_at" | "updated_at", "unique") => "items may be written in the same second; remove one of the two",
        (_, "alias") if key => "a key attribute has one name, which the table says; remove `alias`",
        ("alias", "version" | "counter" | "write_once") => {
            "DynamoDB compares and counts it under one name, and an item that has it under the older one would count as new; \
             remove `alias`"
        }
        _ if is("alias") => return None,
        ("partition_key", "sort_key") => "the two parts of a key are two attributes; mark another field as one of them",
        ("default", "skip") => return None,
        _ if is("rest") => {
            "`rest` collects the attributes that no other field names, and has none of its own; remove one of the two"
        }
        _ if is("skip") && key => "a skipped field is not in the item, and a key attribute must be; remove `skip`",
        _ if is("skip") => {
            "a skipped field is not in the item, so there is nothing to say about it; remove one of the two"
        }
        (_, "default") if key => "a key attribute is in every item, so a default is never used; remove `default`",
        (_, "with" | "serde") if key => {
            "a key attribute is stored as its type says; make the type a newtype that derives `DynamoAttribute`"
        }
        (_, "ttl") if key => {
            "an item's key never changes, and its expiry must be able to; use a field of its own for `ttl`"
        }
        _ if key && stamp => {
            "a time stamp of the clock is known only when the item is written, and a key must be known to read it; \
             fill the key in yourself, or use an index with the time stamp as its sort key"
        }
        ("with", "serde") => "both say how the value is stored; remove one of the two",
        ("serde", "ttl") => "DynamoDB reads the expiry as a number; store it as `EpochSeconds` without `serde`",
        ("with" | "serde", _) if stamp => "the clock fills in the stored value; use `EpochSeconds` or a time type",
        ("ttl", _) if stamp => "the item would expire at the moment it is written; use two fields",
        (_, "version" | "counter") if key => {
            "it changes when the item is written, and a key never does; use a field of its own"
        }
        (_, "write_once") if key => "an item's key never changes as it is; remove `write_once`",
        (_, "id") if key => return None,
        ("default", "version") => "an item that was written without a version has version 0; remove `default`",
        ("default", "id") => "the id is in every item; remove `default`",
        ("with" | "serde", "version" | "counter" | "id") => {
            "it is stored as its type says, so that DynamoDB can compare and count it; remove one of the two"
        }
        ("ttl", "version" | "counter" | "id") => "an expiry is a moment that the item is given; use two fields",
        (_, second) if stamped && (counts(second) || second == "id") => {
            "one value cannot be both; use two fields, or keep one of the two"
        }
        ("updated_at", "write_once") => "it is written at every write; remove one of the two",
        ("version", "write_once" | "counter" | "id") => {
            "a version is set by every write, and by nothing else; use two fields, or keep one of the two"
        }
        ("write_once", "counter") => "what is counted changes; remove one of the two",
        ("counter", "id") => "one value cannot be both; use two fields, or keep one of the two",
        ("created_at", "updated_at") => "one time stamp cannot be both; use two fields, or keep one of the two",
        _ => return None,
    })
}
