//! What keys with shards need besides their templates.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{KeySide, Table};

/// Writes the primary key, and keeps it where an item's shard in an index is calculated from it.
pub(super) fn write_primary(table: &Table) -> TokenStream {
    let sharded = |side: &KeySide| matches!(side, KeySide::Template(template) if template.shards.is_some());
    if table.indexes.iter().any(|index| sharded(&index.partition_key)) {
        quote!(__o.keep_primary(self);)
    } else {
        quote!(__rt::Entity::encode_key(self, __o);)
    }
}

/// Refuses an item that is in another shard of the table than its sort key says.
pub(super) fn check(table: &Table) -> Option<TokenStream> {
    table.partition_key.template()?.shards?;
    Some(quote!(__i.in_its_shard(<Self as __rt::Entity>::TABLE, <Self as __rt::Entity>::KEYS)?;))
}
