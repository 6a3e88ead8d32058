//! Every mistake that the derives or the type checker must refuse, with the message that its author reads.
//!
//! They are compiled against `tablewright` without its features: here and not beside the other tests, because there every
//! case would wait for the SDK.
//!
//! The files beside the cases hold the messages of the toolchain in `rust-toolchain.toml`. After a change of a message,
//! `TRYBUILD=overwrite cargo test -p tablewright-derive` writes them anew: read each as its author would.

#[test]
fn every_mistake_is_explained() {
    trybuild::TestCases::new().compile_fail("../tests/ui/*/*.rs");
}
