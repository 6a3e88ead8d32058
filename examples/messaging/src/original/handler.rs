//! E: what a new message changes in the lists of its readers, where the time is in the row's key.

use core::fmt;

use tablewright::stream::{Change, StreamRecord};
use tablewright::{DynamoAs, Error};

use super::IsoTime;
use super::tables::{self, CruddurMessages, GroupRow, MessageRow};
use crate::people::GroupId;

/// How often the rows are moved, after somebody else moved one or is where one belongs.
const ATTEMPTS: usize = 8;

tablewright::access! {
    /// Moves the rows of a conversation to the time of its newest message.
    pub role RowMover {
        MessageRow: stream(insert);
        tables::GroupRow: query_message_group_sk_index, query, get, rekey;
    }
}

/// Why a record was not handled. Lambda delivers it again.
#[derive(Debug)]
pub enum NotHandled {
    /// Whatever the store reports.
    Store(Error),
    /// The index shows no row of the conversation: not yet, or there is none.
    NoRows(GroupId),
    /// The rows were moved by others each time that they were read.
    Contended(GroupId),
}

/// Moves the rows of a conversation to the time of its newest message, all of them in one transaction.
///
/// A record may come again, late, or after a newer one: a row never goes back. The index may show where a row was: then the
/// transaction writes nothing, and the rows are read again. A row is not written over the row of another conversation at the
/// same instant: it takes the next.
///
/// # Errors
/// If the rows could not be moved; the record must come again then.
pub async fn handle(db: &DynamoAs<RowMover>, record: StreamRecord<CruddurMessages>) -> Result<(), NotHandled> {
    match record.change {
        Change::Insert { new: CruddurMessages::Message(message) } => announce(db, &message).await,
        Change::Insert { .. } | Change::Modify { .. } | Change::Remove { .. } => Ok(()),
    }
}

async fn announce(db: &DynamoAs<RowMover>, message: &MessageRow) -> Result<(), NotHandled> {
    let group = message.message_group_uuid;
    let mut rows = db.query(GroupRow::query_message_group_sk_index(group)).await?;
    let mut at = message.created_at.clone();
    for _ in 0..ATTEMPTS {
        if rows.is_empty() {
            return Err(NotHandled::NoRows(group));
        }
        let behind = rows.iter().filter(|row| row.is_behind(message));
        let moved: Vec<(&GroupRow, GroupRow)> = behind.map(|row| (row, row.showing(message, &at))).collect();
        let moves: Vec<_> = moved.iter().map(|(row, moved)| db.rekey(*row, moved)).collect();
        if moves.is_empty() || db.transact_write(moves).if_met().await?.is_some() {
            return Ok(());
        }
        // The index was behind, or somebody else moved a row: the table itself says where the rows are.
        rows = read_again(db, &rows).await?;
        // Or another conversation of one of the users is at this instant: the time is the whole key.
        if is_taken(db, &rows, &at).await? {
            at = at.next();
        }
    }
    Err(NotHandled::Contended(group))
}

impl GroupRow {
    /// True if the message is newer than the one that the row shows. Of two messages in one instant the row shows the one that
    /// it had to give way for.
    fn is_behind(&self, message: &MessageRow) -> bool {
        self.last_message_at < message.created_at
            || self.last_message_at == message.created_at && self.message != message.message
    }

    /// The row at this time, with this as the last message.
    fn showing(&self, message: &MessageRow, at: &IsoTime) -> Self {
        Self { last_message_at: at.clone(), message: message.message.clone(), ..self.clone() }
    }
}

/// True if a user of these rows has another conversation at this time.
async fn is_taken(db: &DynamoAs<RowMover>, rows: &[GroupRow], at: &IsoTime) -> Result<bool, Error> {
    for row in rows {
        let there = db.get(GroupRow::key(row.my_user_uuid, at)).consistent().await?;
        if there.is_some_and(|there| there.message_group_uuid != row.message_group_uuid) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The same rows from the table itself, which is read consistently, as the index cannot be.
async fn read_again(db: &DynamoAs<RowMover>, rows: &[GroupRow]) -> Result<Vec<GroupRow>, Error> {
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let of_user = db.query(GroupRow::query(row.my_user_uuid)).consistent().descending();
        found.extend(of_user.filter(|item| item.message_group_uuid.eq(row.message_group_uuid)).first().await?);
    }
    Ok(found)
}

impl From<Error> for NotHandled {
    fn from(error: Error) -> Self {
        Self::Store(error)
    }
}

impl fmt::Display for NotHandled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(error) => fmt::Display::fmt(error, f),
            Self::NoRows(group) => write!(f, "the index shows no row of conversation {group} yet"),
            Self::Contended(group) => write!(f, "the rows of conversation {group} kept moving"),
        }
    }
}

impl std::error::Error for NotHandled {}
