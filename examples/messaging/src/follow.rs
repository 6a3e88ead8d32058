//! The stream's handler in a loop of this process: for local development, and for small deployments.

use core::fmt;

use tablewright::stream::{RunError, TableCheckpoints};
use tablewright::{Dynamo, Result};

use crate::app::{App, Model};
use crate::{original, stable};

/// The name that the checkpoints are kept under.
const CONSUMER: &str = "lists-of-conversations";

/// Why following ended.
#[derive(Debug)]
pub enum NotFollowed {
    /// A record could not be handled.
    Record(Box<str>),
    /// The stream cannot be read.
    Store(tablewright::Error),
}

impl App {
    /// Handles what is in the stream now, from where it was left, and says how many records that were.
    ///
    /// # Errors
    /// If a record could not be handled, or the stream cannot be read.
    pub async fn follow(&self) -> Result<usize, NotFollowed> {
        let db = &self.db;
        let checkpoints = checkpoints(db).await?;
        let drained = match self.model {
            Model::Stable => {
                let keeper = db.acting_as::<stable::ListKeeper>();
                let reader = keeper.stream::<stable::Messaging>().from_beginning().consumer(CONSUMER);
                reader.checkpoints(checkpoints).open().await?.drain(|record| stable::handle(&keeper, record)).await?
            }
            Model::Original => {
                let mover = db.acting_as::<original::RowMover>();
                let reader = mover.stream::<original::CruddurMessages>().from_beginning().consumer(CONSUMER);
                reader.checkpoints(checkpoints).open().await?.drain(|record| original::handle(&mover, record)).await?
            }
        };
        Ok(drained.handled)
    }

    /// Handles the records of the stream as they come; it ends only with an error.
    ///
    /// # Errors
    /// If a record could not be handled, or the stream cannot be read.
    pub async fn follow_on(&self) -> Result<core::convert::Infallible, NotFollowed> {
        let db = &self.db;
        let checkpoints = checkpoints(db).await?;
        match self.model {
            Model::Stable => {
                let keeper = db.acting_as::<stable::ListKeeper>();
                let reader = keeper.stream::<stable::Messaging>().from_beginning().consumer(CONSUMER);
                Ok(reader.checkpoints(checkpoints).open().await?.run(|record| stable::handle(&keeper, record)).await?)
            }
            Model::Original => {
                let mover = db.acting_as::<original::RowMover>();
                let reader = mover.stream::<original::CruddurMessages>().from_beginning().consumer(CONSUMER);
                Ok(reader.checkpoints(checkpoints).open().await?.run(|record| original::handle(&mover, record)).await?)
            }
        }
    }
}

async fn checkpoints(db: &Dynamo) -> Result<TableCheckpoints> {
    db.ensure_tables([TableCheckpoints::TABLE]).await?;
    Ok(TableCheckpoints::new(db))
}

impl From<tablewright::Error> for NotFollowed {
    fn from(error: tablewright::Error) -> Self {
        Self::Store(error)
    }
}

impl<E: fmt::Display + fmt::Debug> From<RunError<E>> for NotFollowed {
    fn from(error: RunError<E>) -> Self {
        match error {
            RunError::Stream(error) => Self::Store(error),
            error => Self::Record(error.to_string().into()),
        }
    }
}

impl fmt::Display for NotFollowed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Record(reason) => write!(f, "a record of the stream was not handled: {reason}"),
            Self::Store(error) => fmt::Display::fmt(error, f),
        }
    }
}

impl std::error::Error for NotFollowed {}
