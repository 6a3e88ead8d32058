//! Comparing a live table with its schema.

use core::fmt;

/// How a live table differs from its struct.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemaMismatch {
    /// The table's full name.
    pub table: Box<str>,
    /// Each difference.
    pub differences: Vec<Difference>,
}

/// One thing that a live table has in another way than its struct says.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Difference {
    /// What differs: `partition key`, `index by-total` and so on.
    pub what: Box<str>,
    /// What the struct says.
    pub expected: Box<str>,
    /// What the table has.
    pub found: Box<str>,
}

impl fmt::Display for SchemaMismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "table `{}` is not as its struct says", self.table)?;
        for difference in &self.differences {
            write!(f, "; {}: expected {}, found {}", difference.what, difference.expected, difference.found)?;
        }
        Ok(())
    }
}
