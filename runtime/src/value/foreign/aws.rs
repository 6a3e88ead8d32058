//! Items and values of the AWS SDK: of `aws-sdk-dynamodb`, and of `aws-sdk-dynamodbstreams`, whose types are others.

use std::collections::HashMap;

use super::super::{Item, Number, Value};
use crate::codec::{EncodeError, EncodeProblem};

/// Conversions from and to the attribute values of one crate of the SDK.
macro_rules! values_of {
    ($sdk:ident) => {
        impl From<Value> for $sdk::types::AttributeValue {
            fn from(value: Value) -> Self {
                use $sdk::primitives::Blob;
                match value {
                    Value::S(text) => Self::S(text),
                    Value::N(number) => Self::N(number.to_string()),
                    Value::B(bytes) => Self::B(Blob::new(bytes)),
                    Value::Bool(value) => Self::Bool(value),
                    Value::Null => Self::Null(true),
                    Value::M(entries) => {
                        Self::M(entries.into_iter().map(|(name, value)| (name, value.into())).collect())
                    }
                    Value::L(values) => Self::L(values.into_iter().map(Into::into).collect()),
                    Value::Ss(elements) => Self::Ss(elements.into_iter().collect()),
                    Value::Ns(elements) => Self::Ns(elements.iter().map(ToString::to_string).collect()),
                    Value::Bs(elements) => Self::Bs(elements.into_iter().map(Blob::new).collect()),
                }
            }
        }

        /// Fails where a number is none of DynamoDB's, and for a type that this crate does not know.
        impl TryFrom<$sdk::types::AttributeValue> for Value {
            type Error = EncodeError;
            fn try_from(value: $sdk::types::AttributeValue) -> Result<Self, EncodeError> {
                use $sdk::{primitives::Blob, types::AttributeValue};
                Ok(match value {
                    AttributeValue::S(text) => Self::S(text),
                    AttributeValue::N(digits) => Self::N(number(&digits)?),
                    AttributeValue::B(bytes) => Self::B(bytes.into_inner()),
                    AttributeValue::Bool(value) => Self::Bool(value),
                    AttributeValue::Null(_) => Self::Null,
                    AttributeValue::M(entries) => Self::M(Item::try_from(entries)?.0),
                    AttributeValue::L(values) => {
                        Self::L(values.into_iter().map(Self::try_from).collect::<Result<_, _>>()?)
                    }
                    AttributeValue::Ss(elements) => Self::Ss(elements.into_iter().collect()),
                    AttributeValue::Ns(elements) => {
                        Self::Ns(elements.iter().map(|digits| number(digits)).collect::<Result<_, _>>()?)
                    }
                    AttributeValue::Bs(elements) => Self::Bs(elements.into_iter().map(Blob::into_inner).collect()),
                    _ => return Err(EncodeError::refused("an attribute value of no known type")),
                })
            }
        }

        impl From<Item> for HashMap<String, $sdk::types::AttributeValue> {
            fn from(item: Item) -> Self {
                item.into_iter().map(|(name, value)| (name, value.into())).collect()
            }
        }

        /// Fails where [`Value`]'s conversion does; the error says at which attribute.
        impl TryFrom<HashMap<String, $sdk::types::AttributeValue>> for Item {
            type Error = EncodeError;
            fn try_from(item: HashMap<String, $sdk::types::AttributeValue>) -> Result<Self, EncodeError> {
                item.into_iter().map(|(name, value)| attribute(name, Value::try_from(value))).collect()
            }
        }
    };
}

values_of!(aws_sdk_dynamodb);
#[cfg(feature = "streams")]
values_of!(aws_sdk_dynamodbstreams);

fn number(digits: &str) -> Result<Number, EncodeError> {
    digits.parse().map_err(|error| EncodeError::new(EncodeProblem::from(error)))
}

fn attribute(name: String, value: Result<Value, EncodeError>) -> Result<(String, Value), EncodeError> {
    match value {
        Ok(value) => Ok((name, value)),
        Err(mut error) => {
            error.in_attribute(name);
            Err(error)
        }
    }
}
