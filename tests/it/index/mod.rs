//! Secondary indexes: keys of several attributes, narrow projections, named access patterns.

mod access;
mod group_setters;
mod hydrate;
mod mixed;
mod multi;
mod narrow;
mod segments;
mod shop;
mod wide;
