//! Expressions: conditions, filters, key conditions, updates and projections, built from typed paths.

mod path;

pub use path::{Addressable, InCondition, InQuery, InScan, InUpdate, KeyRole, Path, PathBase, Plain, Usable};
