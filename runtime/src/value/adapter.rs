//! `#[dynamo(with = …)]`: storing a type that is not an attribute as one that is.

use super::{FromAttribute, ToAttribute};

/// Stores a `T` as another type, for `#[dynamo(with = …)]`.
///
/// ```
/// use tablewright::{Adapter, DynamoAttribute};
///
/// struct Celsius(f64);
///
/// /// Stores a temperature as thousandths of a degree.
/// struct Millidegrees;
///
/// impl Adapter<Celsius> for Millidegrees {
///     type Stored = i64;
///     fn store(value: &Celsius) -> Result<i64, String> {
///         Ok((value.0 * 1000.0).round() as i64)
///     }
///     fn load(stored: i64) -> Result<Celsius, String> {
///         Ok(Celsius(stored as f64 / 1000.0))
///     }
/// }
///
/// #[derive(DynamoAttribute)]
/// struct Reading {
///     #[dynamo(with = Millidegrees)]
///     temperature: Celsius,
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an adapter for `{T}`",
    label = "does not say how to store a `{T}`",
    note = "implement `tablewright::Adapter<{T}>` for `{Self}`"
)]
pub trait Adapter<T> {
    /// The attribute type that is stored.
    type Stored: ToAttribute + for<'a> FromAttribute<'a>;

    /// The stored form of a value.
    ///
    /// # Errors
    /// If this value has no stored form; the text becomes part of the error that the caller of the write sees.
    fn store(value: &T) -> Result<Self::Stored, String>;

    /// The value of a stored form.
    ///
    /// # Errors
    /// If the stored form is not a value's; the text becomes part of the error that the caller of the read sees.
    fn load(stored: Self::Stored) -> Result<T, String>;
}
