//! Which attributes an index carries, checked while a program is compiled.

use super::{IndexProjection, IndexSchema, KeySchema, TableSchema};
use crate::const_text::{ConstText, same};

impl TableSchema {
    /// Checks that an index carries every attribute of the type that its items are read as.
    ///
    /// An `Option` counts as well: `None` would say that the item lacks what was only not read.
    ///
    /// # Panics
    /// If it does not, which is a compile error where the check is a constant.
    #[doc(hidden)]
    #[track_caller]
    pub const fn check_reads(&self, index: &str, mut attributes: &[&str]) {
        let Some(index) = self.index_named(index) else { return };
        while let [attribute, rest @ ..] = attributes {
            if !self.carries(index, attribute) {
                ConstText::new()
                    .and("index `")
                    .and(index.name)
                    .and("` does not carry attribute `")
                    .and(attribute)
                    .and("`: add it to the index's `projection = include(…)`, or remove it from the type that is read")
                    .refuse();
            }
            attributes = rest;
        }
    }

    const fn index_named(&self, name: &str) -> Option<&'static IndexSchema> {
        let mut indexes = self.indexes;
        while let [index, rest @ ..] = indexes {
            if same(index.name, name) {
                return Some(index);
            }
            indexes = rest;
        }
        None
    }

    /// True if the items of the index have the attribute: its keys, the table's, and what is included.
    pub(crate) const fn carries(&self, index: &IndexSchema, attribute: &str) -> bool {
        let included = match index.projection {
            IndexProjection::All => return true,
            IndexProjection::KeysOnly => &[],
            IndexProjection::Include(attributes) => attributes,
        };
        let own = match &self.sort_key {
            Some(sort_key) => same(sort_key.name, attribute),
            None => false,
        };
        own || same(self.partition_key.name, attribute)
            || is_key(index.partition_key, attribute)
            || is_key(index.sort_key, attribute)
            || is_name(included, attribute)
    }
}

const fn is_key(mut keys: &[KeySchema], attribute: &str) -> bool {
    while let [key, rest @ ..] = keys {
        if same(key.name, attribute) {
            return true;
        }
        keys = rest;
    }
    false
}

const fn is_name(mut names: &[&str], attribute: &str) -> bool {
    while let [name, rest @ ..] = names {
        if same(name, attribute) {
            return true;
        }
        names = rest;
    }
    false
}
