//! `shard = 16`: the shards of a hot partition key, which a template of it ends with.

use syn::LitInt;

use super::table_key::Keys;
use super::{KeySide, Template, placeholders};
use crate::attr::{IndexAttrs, IndexWord, KeyAttr, Set};
use crate::errors::Errors;

/// The most shards of a key: two hexadecimal digits say which.
const MOST: u16 = 256;

/// The number of shards, or `None` after a mistake.
fn number(written: &Set<LitInt>, errors: &mut Errors) -> Option<u16> {
    let most =
        format!("a key has 2 to {MOST} shards, because two hexadecimal digits say which, and a query asks each one");
    match written.value.base10_parse::<u16>() {
        Ok(shards @ 2..=MOST) => return Some(shards),
        Ok(0 | 1) => errors.at(
            &written.value,
            format!("`shard = {}` divides nothing: write 2 to {MOST}, or remove `shard`", written.value),
        ),
        _ => errors.at(&written.value, most),
    }
    None
}

/// Gives the table's partition key its shards. Where its sides are `None`, a mistake was reported already.
pub(super) fn of_table(keys: &Keys<'_>, sides: (&mut Option<KeySide>, Option<&KeySide>), errors: &mut Errors) {
    let Some(written) = &keys.attrs.shard else { return };
    let (shards, (partition, sort), entity) = (number(written, errors), sides, keys.entity);
    match sort {
        Some(KeySide::Template(_)) | None => {}
        Some(sort) => {
            let message = match sort.fields().first() {
                None => format!(
                    "an item's shard is calculated from its sort key, and `{entity}` has none: give it one, `sort_key = \
                     \"{{id}}\"` above the struct"
                ),
                Some(field) => {
                    let field = &field.ident;
                    format!(
                        "an item's shard is calculated from the text of its sort key, and `{field}` is the sort key in its own \
                         type: write `sort_key = \"{{{field}}}\"` above the struct instead of the mark"
                    )
                }
            };
            errors.at(&written.key, message);
        }
    }
    let field = match partition {
        Some(KeySide::Template(template)) => return give(template, written, shards, errors),
        Some(side) => side.fields().first().map(|field| field.ident.to_string()),
        None => None,
    };
    if let Some(field) = field {
        let (name, form) = (&field, field.to_uppercase());
        errors.at(
            &written.key,
            format!(
                "a shard is added to text, and `{name}` is the partition key in its own type: write `partition_key = \
                 \"{form}#{{{name}}}\"` above the struct instead of the mark"
            ),
        );
    }
}

/// Gives an index's partition key its shards.
pub(super) fn of_index(attrs: &IndexAttrs, partition: &mut Option<KeySide>, errors: &mut Errors) {
    let Some(written) = &attrs.shard else { return };
    let shards = number(written, errors);
    let own = match (attrs.word, attrs.partition_key.as_ref().map(|key| &key.value)) {
        (IndexWord::Local, _) | (IndexWord::OfTable, None) => !attrs.means("partition_key"),
        (_, Some(KeyAttr::Own(_))) => true,
        _ => false,
    };
    if own {
        let message = "the partition key of this index is the table's, with the table's shards: write `shard` above the struct \
                       beside `partition_key`, and not here";
        errors.at(&written.key, message);
        return;
    }
    match partition {
        Some(KeySide::Template(template)) => give(template, written, shards, errors),
        Some(side) => {
            let name = side.fields().first().map(|field| field.ident.to_string()).unwrap_or_default();
            let form = name.to_uppercase();
            errors.at(
                &written.key,
                format!(
                    "a shard is added to text, and `{name}` is the key of the index in its own type: write `partition_key = \
                     \"{form}#{{{name}}}\"`"
                ),
            );
        }
        None => {}
    }
}

/// Refuses shards of an index where the table names the attributes of its keys.
pub(super) fn of_no_template(attrs: &IndexAttrs, errors: &mut Errors) {
    if let Some(written) = &attrs.shard {
        let message =
            "how a key is made, and with how many shards, is said by the entities: write `shard` in their `index(…)`";
        errors.at(&written.key, message);
    }
}

fn give(template: &mut Template, written: &Set<LitInt>, shards: Option<u16>, errors: &mut Errors) {
    if template.raw {
        let message =
            "a raw template makes the keys of another program, which knows no shards: remove `raw` or `shard`";
        errors.at(&written.key, message);
    }
    if placeholders(&template.text.value()).iter().any(|name| name == "shard") {
        let message = "`{shard}` is in the template, and `shard` adds the one that it calculates to its end: remove one of the two, \
                       or give the field another name";
        errors.conflict(&written.key, "the shards are here", &template.text, message);
    }
    template.shards = shards;
}
