//! Secondary indexes: keys of several attributes, narrow projections, named access patterns.

mod multi;
mod narrow;
