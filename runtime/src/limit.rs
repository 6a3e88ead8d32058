//! DynamoDB's limits, each with the page that states it.

/// Levels of lists and maps inside an item.
///
/// <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-attributes>
pub const NESTING_LEVELS: u32 = 32;

/// Bytes of a partition-key value.
///
/// <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-partition-sort-keys>
pub const PARTITION_KEY_BYTES: usize = 2048;

/// Bytes of a sort-key value.
///
/// <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-partition-sort-keys>
pub const SORT_KEY_BYTES: usize = 1024;

/// Bytes of an item, names and values together.
///
/// <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-items>
pub const ITEM_BYTES: usize = 400 * 1024;

/// Significant digits of a number.
///
/// <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html#HowItWorks.DataTypes.Number>
pub const NUMBER_DIGITS: usize = 38;

/// Bytes of an expression string.
///
/// <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-expression-parameters>
pub const EXPRESSION_BYTES: usize = 4096;

/// Operators and functions in an update expression or in the conditions of a request.
///
/// <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-expression-parameters>
pub const EXPRESSION_OPERATORS: usize = 300;

/// Operands of `IN`.
///
/// <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-expression-parameters>
pub const IN_OPERANDS: usize = 100;

/// Bytes of an expression attribute name or value placeholder.
///
/// <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-expression-parameters>
pub const PLACEHOLDER_BYTES: usize = 255;

/// Bytes of all expression attribute names and values of a request together.
///
/// <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-expression-parameters>
pub const SUBSTITUTION_BYTES: usize = 2 * 1024 * 1024;

/// Bytes of the name of an attribute that is not a key.
///
/// <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-attributes>
pub const ATTRIBUTE_NAME_BYTES: usize = 64 * 1024 - 1;

/// Actions of a transaction.
///
/// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html>
pub const TRANSACTION_ACTIONS: usize = 100;

/// Bytes of all items of a transaction together.
///
/// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html>
pub const TRANSACTION_BYTES: usize = 4 * 1024 * 1024;

/// Characters of the client token of a transaction.
///
/// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html#DDB-TransactWriteItems-request-ClientRequestToken>
pub const CLIENT_TOKEN_CHARACTERS: usize = 36;

/// Keys of a `BatchGetItem`.
///
/// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html>
pub const BATCH_GET_KEYS: usize = 100;

/// Puts and deletes of a `BatchWriteItem`.
///
/// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html>
pub const BATCH_WRITE_ITEMS: usize = 25;

/// Bytes of a `BatchWriteItem` as it is sent.
///
/// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html>
pub const BATCH_BYTES: usize = 16 * 1024 * 1024;
