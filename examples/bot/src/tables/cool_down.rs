//! Things that need a pause before the same user may do them again: `.loud` and `.tts`.

use jiff::{SignedDuration, Timestamp};
use tablewright::expr::{Condition, InCondition};
use tablewright::prelude::*;
use tablewright::{Error, ItemOwned, Key, Result};

use super::ServerId;

/// When a user was loud last.
#[derive(DynamoTable, Debug, Clone, PartialEq, Eq)]
#[dynamo(table = "loud")]
pub struct LoudTable {
    /// The server.
    #[dynamo(partition_key)]
    pub discord_server_id: ServerId,
    /// The user.
    #[dynamo(sort_key)]
    pub discord_handle: String,
    /// The last time.
    #[dynamo(updated_at)]
    pub updated_at: Timestamp,
}

/// When a user had a text spoken last.
#[derive(DynamoTable, Debug, Clone, PartialEq, Eq)]
#[dynamo(table = "tts")]
pub struct TtsTable {
    /// The server.
    #[dynamo(partition_key)]
    pub discord_server_id: ServerId,
    /// The user.
    #[dynamo(sort_key)]
    pub discord_handle: String,
    /// The last time.
    #[dynamo(updated_at)]
    pub updated_at: Timestamp,
}

/// Whether something may be done now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pass {
    /// It may, and the pause begins.
    Go,
    /// It may not for as long as this.
    Wait(SignedDuration),
}

/// A table whose items say when a user did something that needs a pause.
pub trait CoolDown: Entity + ItemOwned {
    /// The pause.
    const PAUSE: SignedDuration;

    /// The key of a user's item.
    fn of(server: ServerId, handle: &str) -> Key<Self>;

    /// The condition that the user never did it, or not after this moment.
    fn not_after(item: Self::Paths<InCondition>, moment: Timestamp) -> Condition<Self>;

    /// The last time.
    fn last(&self) -> Timestamp;

    /// Asks whether the user may do it now. Of several who ask at once exactly one may.
    ///
    /// One conditional write decides; where the store fails nobody may.
    ///
    /// # Errors
    /// Whatever the store reports.
    fn pass(db: &Dynamo, server: ServerId, handle: &str) -> impl Future<Output = Result<Pass>> + Send {
        let now: Timestamp = db.now_as();
        let latest = now.checked_sub(Self::PAUSE).unwrap_or(Timestamp::MIN);
        let write = db.upsert(Self::of(server, handle)).condition(|item| Self::not_after(item, latest));
        async move {
            match write.await {
                Ok(()) => Ok(Pass::Go),
                Err(Error::ConditionFailed(failed)) => {
                    let over = failed.stored::<Self>()?.map_or(now, |item| item.last()) + Self::PAUSE;
                    Ok(Pass::Wait(over.duration_since(now)))
                }
                Err(error) => Err(error),
            }
        }
    }
}

macro_rules! cool_down {
    ($($table:ident, $pause:expr;)*) => {$(
        impl CoolDown for $table {
            const PAUSE: SignedDuration = $pause;
            fn of(server: ServerId, handle: &str) -> Key<Self> {
                Self::key(server, handle)
            }
            fn not_after(item: Self::Paths<InCondition>, moment: Timestamp) -> Condition<Self> {
                item.updated_at.not_exists().or(item.updated_at.le(moment))
            }
            fn last(&self) -> Timestamp {
                self.updated_at
            }
        }
    )*};
}

cool_down! {
    LoudTable, SignedDuration::from_hours(6);
    TtsTable, SignedDuration::from_secs(3);
}
