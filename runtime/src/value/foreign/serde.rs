//! Types of `serde` through the mapping of `serde_dynamo`, and its items and values.

use std::collections::HashMap;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_dynamo::AttributeValue;

use super::super::{FromAttribute, Item, Number, Value};
use crate::codec::{Cursor, DecodeError, DecodeProblem, EncodeError, EncodeProblem, Encoder};

impl Encoder {
    /// Writes an attribute of any type that `serde` can write.
    #[doc(hidden)]
    pub fn serde<T: Serialize>(&mut self, member: &'static str, value: &T) {
        let value = match serde_dynamo::to_attribute_value::<_, AttributeValue>(value) {
            Ok(value) => Value::try_from(value).map_err(|error| error.problem().clone()),
            Err(_) => Err(EncodeProblem::Serde { rust_type: core::any::type_name::<T>() }),
        };
        match value {
            Ok(value) => self.attribute(member, &value),
            Err(problem) => self.fail_at(member, problem),
        }
    }
}

impl Cursor<'_> {
    /// Reads an attribute into a place of any type that `serde` can read.
    ///
    /// # Errors
    /// If the value is not the type's, or if the item has the attribute twice.
    #[doc(hidden)]
    pub fn serde<T: DeserializeOwned>(&mut self, slot: &mut Option<T>) -> Result<(), DecodeError> {
        if slot.is_some() {
            return self.twice();
        }
        let value = AttributeValue::from(Value::decode(self)?);
        // The message of `serde` may quote the value, so it is not repeated.
        match serde_dynamo::from_attribute_value(value) {
            Ok(value) => {
                *slot = Some(value);
                Ok(())
            }
            Err(_) => self.problem(DecodeProblem::Serde { rust_type: core::any::type_name::<T>() }),
        }
    }
}

impl From<Value> for AttributeValue {
    fn from(value: Value) -> Self {
        match value {
            Value::S(text) => Self::S(text),
            Value::N(number) => Self::N(number.to_string()),
            Value::B(bytes) => Self::B(bytes),
            Value::Bool(value) => Self::Bool(value),
            Value::Null => Self::Null(true),
            Value::M(entries) => Self::M(entries.into_iter().map(|(name, value)| (name, value.into())).collect()),
            Value::L(values) => Self::L(values.into_iter().map(Into::into).collect()),
            Value::Ss(elements) => Self::Ss(elements.into_iter().collect()),
            Value::Ns(elements) => Self::Ns(elements.iter().map(ToString::to_string).collect()),
            Value::Bs(elements) => Self::Bs(elements.into_iter().collect()),
        }
    }
}

/// Fails where a number is none of DynamoDB's.
impl TryFrom<AttributeValue> for Value {
    type Error = EncodeError;
    fn try_from(value: AttributeValue) -> Result<Self, EncodeError> {
        Ok(match value {
            AttributeValue::S(text) => Self::S(text),
            AttributeValue::N(digits) => Self::N(number(&digits)?),
            AttributeValue::B(bytes) => Self::B(bytes),
            AttributeValue::Bool(value) => Self::Bool(value),
            AttributeValue::Null(_) => Self::Null,
            AttributeValue::M(entries) => Self::M(attributes(entries)?.0),
            AttributeValue::L(values) => Self::L(values.into_iter().map(Self::try_from).collect::<Result<_, _>>()?),
            AttributeValue::Ss(elements) => Self::Ss(elements.into_iter().collect()),
            AttributeValue::Ns(elements) => {
                Self::Ns(elements.iter().map(|digits| number(digits)).collect::<Result<_, _>>()?)
            }
            AttributeValue::Bs(elements) => Self::Bs(elements.into_iter().collect()),
        })
    }
}

fn number(digits: &str) -> Result<Number, EncodeError> {
    digits.parse().map_err(|error| EncodeError::new(EncodeProblem::from(error)))
}

fn attributes(entries: HashMap<String, AttributeValue>) -> Result<Item, EncodeError> {
    let mut attributes = Item::default();
    for (name, value) in entries {
        match Value::try_from(value) {
            Ok(value) => attributes.insert(name, value),
            Err(mut error) => {
                error.in_attribute(name);
                return Err(error);
            }
        };
    }
    Ok(attributes)
}

impl From<Item> for serde_dynamo::Item {
    fn from(item: Item) -> Self {
        let attributes: HashMap<String, AttributeValue> =
            item.into_iter().map(|(name, value)| (name, value.into())).collect();
        attributes.into()
    }
}

/// Fails where [`Value`]'s conversion does; the error says at which attribute.
impl TryFrom<serde_dynamo::Item> for Item {
    type Error = EncodeError;
    fn try_from(item: serde_dynamo::Item) -> Result<Self, EncodeError> {
        attributes(item.into_inner())
    }
}
