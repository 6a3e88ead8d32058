//! Key templates: the encoding's promises, as properties.

mod smoke;
