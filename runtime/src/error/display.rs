//! What an error says: what happened, and what to do about it.

use core::fmt;

use super::Error;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Encode(error) => write!(f, "{error}; nothing was sent"),
            Self::Invalid(invalid) => write!(f, "{invalid}; nothing was sent"),
            Self::ConditionFailed(failed) => failed.explain(f),
            Self::Cancelled(cancelled) => cancelled.explain(f),
            Self::TableNotFound(refusal) => write!(
                f,
                "{refusal}: the table or index does not exist; make it with `db.create_tables(…)` or the generated \
                 Terraform, and check the table prefix, the region and the endpoint"
            ),
            Self::TableExists { table } => write!(
                f,
                "table `{table}` is there already; use `db.ensure_tables(…)` to make only what is missing and to check \
                 the rest"
            ),
            Self::Throttled(refusal) => {
                write!(f, "{refusal}")?;
                for reason in refusal.throttling_reasons() {
                    write!(f, ", {}", reason.reason)?;
                }
                f.write_str(": nothing was written; try again later, more slowly")
            }
            Self::Conflict(refusal) => write!(f, "{refusal}: nothing was written; writing again is safe"),
            Self::AccessDenied(refusal) => write!(
                f,
                "{refusal}: {}; check the credentials and that their policy allows dynamodb:{}",
                refusal.failure.message, refusal.operation
            ),
            Self::Refused(refusal) if refusal.operation.has_items() => {
                write!(
                    f,
                    "{refusal}: nothing was written; `Refusal::message` has DynamoDB's reason, which may quote values"
                )
            }
            Self::Refused(refusal) => write!(f, "{refusal}: {}", refusal.failure.message),
            Self::Unreachable(call) => fmt::Display::fmt(call, f),
            Self::Interrupted(call) => write!(f, "{call}; nothing was read, and reading again is safe"),
            Self::OutcomeUnknown(call) if call.transaction.is_some() => write!(
                f,
                "{call}; the transaction may or may not have been applied: send it again within 10 minutes \
                 (`CallFailure::transaction`) to apply it if it was not, and to find out"
            ),
            Self::OutcomeUnknown(call) => write!(
                f,
                "{call}; the write may or may not have been applied: read the item to find out before writing again{}",
                if call.write.is_some() { " (`CallFailure::stored`)" } else { "" }
            ),
            Self::Corrupt(call) => write!(f, "{call}; nothing of it was used, and reading again is safe"),
            Self::Decode(error) => fmt::Display::fmt(error, f),
            Self::Incomplete(incomplete) => fmt::Display::fmt(incomplete, f),
            Self::NotUnique { entity } => {
                write!(f, "one `{entity}` was asked for and several match; use `first` or narrow the query")
            }
            Self::UniqueViolated { entity, attribute } => write!(
                f,
                "attribute `{attribute}` of `{entity}` is unique, and another item has this value; nothing was written"
            ),
            Self::Cursor(error) => fmt::Display::fmt(error, f),
            Self::Stream(error) => fmt::Display::fmt(error, f),
            Self::SchemaMismatch(mismatch) => fmt::Display::fmt(mismatch, f),
        }
    }
}
