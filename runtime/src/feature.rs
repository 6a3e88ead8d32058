//! What is said to a caller of something whose feature is off.
//!
//! The methods are there in any case, so that the message is ours and names the feature.

use core::future::{Ready, ready};

use crate::error::InvalidRequest;
use crate::{Dynamo, Result};

/// Holds where the feature `embedded` is on.
#[cfg(not(feature = "embedded"))]
#[diagnostic::on_unimplemented(
    message = "the embedded engine needs the feature `embedded` of `tablewright`",
    label = "the feature `embedded` is off",
    note = "write `tablewright = {{ version = \"0.1\", features = [\"embedded\"] }}` in `Cargo.toml`"
)]
pub trait FeatureEmbedded {}

/// Holds where the feature `aws` is on.
#[cfg(not(feature = "aws"))]
#[diagnostic::on_unimplemented(
    message = "calls to AWS need the feature `aws` of `tablewright`",
    label = "the feature `aws` is off",
    note = "leave out `default-features = false` for `tablewright` in `Cargo.toml`, or add the feature `aws`"
)]
pub trait FeatureAws {}

#[cfg(not(feature = "embedded"))]
impl Dynamo {
    /// Needs the feature `embedded`.
    #[doc(hidden)]
    pub fn embedded<'f>() -> Ready<Result<Self>>
    where
        &'f (): FeatureEmbedded,
    {
        off("embedded")
    }

    /// Needs the feature `embedded`.
    #[doc(hidden)]
    pub fn embedded_file<'f>(_: impl AsRef<std::path::Path> + Send) -> Ready<Result<Self>>
    where
        &'f (): FeatureEmbedded,
    {
        off("embedded")
    }
}

#[cfg(not(feature = "aws"))]
impl Dynamo {
    /// Needs the feature `aws`.
    #[doc(hidden)]
    pub fn from_env<'f>() -> Ready<Result<Self>>
    where
        &'f (): FeatureAws,
    {
        off("aws")
    }
}

/// Nobody gets here, because nothing implements the traits above.
fn off(feature: &str) -> Ready<Result<Dynamo>> {
    let reason = format!("the feature `{feature}` of `tablewright` is off").into();
    ready(Err(InvalidRequest::Setting { reason }.into()))
}
