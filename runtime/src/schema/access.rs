//! Named access patterns.

/// A named query of an entity, as declared with `access(…)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct AccessPatternSchema {
    /// The pattern's name, which is the method's.
    pub name: &'static str,
    /// What it is for, in the words of its declaration.
    pub doc: &'static str,
    /// The index that it reads, or `None` for the table itself.
    pub index: Option<&'static str>,
    /// The fields that the partition key is made of.
    pub partition: &'static [&'static str],
    /// The fields of the sort key that it fixes.
    pub fixed: &'static [&'static str],
    /// The field of the sort key that it takes a range of.
    pub range: Option<AccessRange>,
    /// True if the items come from the highest sort key to the lowest.
    pub descending: bool,
    /// How many items it gives at most.
    pub take: Option<usize>,
    /// The fields, of those above, whose values are always the same, with the value as it is written in Rust.
    pub constants: &'static [(&'static str, &'static str)],
    /// The attributes that it reads, or none for all that the table or index carries.
    pub attributes: &'static [&'static str],
}

/// The range of sort keys that an access pattern takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccessRange {
    /// The field.
    pub field: &'static str,
    /// `=`, `<`, `<=`, `>`, `>=`, `between` or `begins_with`.
    pub operator: &'static str,
}

impl AccessPatternSchema {
    /// A pattern of that name, that reads all items with these fields in the partition key.
    #[must_use]
    pub const fn new(name: &'static str, index: Option<&'static str>, partition: &'static [&'static str]) -> Self {
        Self {
            name,
            doc: "",
            index,
            partition,
            fixed: &[],
            range: None,
            descending: false,
            take: None,
            constants: &[],
            attributes: &[],
        }
    }

    /// The same pattern with this description.
    #[must_use]
    pub const fn with_doc(mut self, doc: &'static str) -> Self {
        self.doc = doc;
        self
    }

    /// The same pattern with these fields of the sort key fixed.
    #[must_use]
    pub const fn with_fixed(mut self, fields: &'static [&'static str]) -> Self {
        self.fixed = fields;
        self
    }

    /// The same pattern with a range of this field of the sort key.
    #[must_use]
    pub const fn with_range(mut self, field: &'static str, operator: &'static str) -> Self {
        self.range = Some(AccessRange { field, operator });
        self
    }

    /// The same pattern from the highest sort key to the lowest.
    #[must_use]
    pub const fn with_descending(mut self) -> Self {
        self.descending = true;
        self
    }

    /// The same pattern with at most so many items.
    #[must_use]
    pub const fn with_take(mut self, items: usize) -> Self {
        self.take = Some(items);
        self
    }

    /// The same pattern with the same value for these fields at each use.
    #[must_use]
    pub const fn with_constants(mut self, constants: &'static [(&'static str, &'static str)]) -> Self {
        self.constants = constants;
        self
    }

    /// The same pattern of these attributes alone.
    #[must_use]
    pub const fn with_attributes(mut self, attributes: &'static [&'static str]) -> Self {
        self.attributes = attributes;
        self
    }
}
