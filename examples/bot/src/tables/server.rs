//! The id that most tables begin with.

use core::fmt;
use core::str::FromStr;

use tablewright::DynamoAttribute;

/// A chat server's id. It uses all 64 bits, so it is never a floating-point number on its way.
#[derive(DynamoAttribute, Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ServerId(pub u64);

impl fmt::Display for ServerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl FromStr for ServerId {
    type Err = core::num::ParseIntError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}
