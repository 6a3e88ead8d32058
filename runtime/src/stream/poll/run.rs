//! A handler over a stream, for as long as the program runs or until nothing is left.

use core::convert::Infallible;
use core::fmt;

use tokio::time::sleep;

use super::poller::Poller;
use super::reader::pause;
use crate::stream::{RecordFailure, StreamRecord, Streamed};
use crate::{Error, Result};

/// Empty rounds after which a stream counts as empty. AWS gives an empty page now and then where records follow.
const QUIET_ROUNDS: u32 = 3;

/// Why a handler does not go on.
#[derive(Debug)]
#[non_exhaustive]
pub enum RunError<E> {
    /// The stream cannot be read, or a checkpoint cannot be saved.
    Stream(Error),
    /// A record failed as often as it may. Its checkpoint is before it, so that it comes again.
    Record(Box<RecordFailure<E>>),
}

/// What became of the records that were in a stream.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Drained {
    /// How many the handler handled.
    pub handled: usize,
    /// How many could not be read and were passed over.
    pub skipped: usize,
}

/// What one step did.
enum Step {
    Idle,
    Handled(Drained),
}

impl<T: Streamed> Poller<T> {
    /// Handles the records of the stream as they come, and ends only with an error.
    ///
    /// Stop it by dropping it, at the end of the program or in a `select!`: what was not committed comes again.
    ///
    /// # Errors
    /// [`RunError::Record`] for a record that failed as often as [`attempts`](super::StreamReader::attempts) says, and
    /// [`RunError::Stream`] for what stands in the way of reading.
    pub async fn run<E, F>(&mut self, handler: impl Fn(StreamRecord<T>) -> F) -> Result<Infallible, RunError<E>>
    where
        F: Future<Output = Result<(), E>>,
    {
        let mut errors = 0;
        loop {
            match self.step(&handler, &mut errors).await? {
                Step::Idle => sleep(self.handling.interval).await,
                Step::Handled(_) => {}
            }
        }
    }

    /// Handles the records that are in the stream now, and waits for those that fail until they are handled.
    ///
    /// It ends when every shard is empty. On AWS that is a guess: a shard may seem empty a few times before its next
    /// record comes, so use it for the embedded engine, and for tools that may stop early.
    ///
    /// # Errors
    /// As [`run`](Self::run).
    pub async fn drain<E, F>(&mut self, handler: impl Fn(StreamRecord<T>) -> F) -> Result<Drained, RunError<E>>
    where
        F: Future<Output = Result<(), E>>,
    {
        let mut drained = Drained::default();
        let (mut errors, mut quiet) = (0, 0);
        while quiet < QUIET_ROUNDS {
            match self.step(&handler, &mut errors).await? {
                Step::Idle => match self.reader.paused_until() {
                    Some(until) => tokio::time::sleep_until(until).await,
                    None => quiet += 1,
                },
                Step::Handled(more) => {
                    quiet = 0;
                    drained.handled += more.handled;
                    drained.skipped += more.skipped;
                }
            }
        }
        Ok(drained)
    }

    /// Handles one batch, if there is one. An error that may pass is waited for, a few times.
    async fn step<E, F>(
        &mut self,
        handler: &impl Fn(StreamRecord<T>) -> F,
        errors: &mut u32,
    ) -> Result<Step, RunError<E>>
    where
        F: Future<Output = Result<(), E>>,
    {
        let batch = match self.next_batch().await {
            Ok(Some(batch)) => batch,
            Ok(None) => {
                *errors = 0;
                return Ok(Step::Idle);
            }
            Err(error) => return self.wait(error, errors).await.map(|()| Step::Handled(Drained::default())),
        };
        let place = self.reader.handed_out();
        let report = batch.handle(handler).await;
        let drained = Drained { handled: report.handled(), skipped: report.skipped().len() };
        if let Err(error) = self.commit(&report).await {
            self.wait(error, errors).await?;
            return Ok(Step::Handled(drained));
        }
        *errors = 0;
        let failures = place.map_or(0, |place| self.reader.failures(place));
        if let Err(failure) = report.into_result() {
            tracing::warn!(
                target: "tablewright",
                table = T::TABLE.name,
                event_id = failure.event_id(),
                sequence_number = failure.sequence_number(),
                failures,
                "a record of the stream was not handled and comes again"
            );
            if failures >= self.handling.attempts {
                return Err(RunError::Record(failure));
            }
        }
        Ok(Step::Handled(drained))
    }

    /// Waits after an error that may pass; gives back one that will not, or that came too often.
    async fn wait<E>(&self, error: Error, errors: &mut u32) -> Result<(), RunError<E>> {
        *errors += 1;
        if !may_pass(&error) || *errors >= self.handling.attempts {
            return Err(RunError::Stream(error));
        }
        tracing::warn!(target: "tablewright", table = T::TABLE.name, error = error.class(), "the stream is read again");
        sleep(pause(*errors)).await;
        Ok(())
    }
}

/// True for an error that the same call may not have later. Reading again is safe, and so is saving a checkpoint again.
fn may_pass(error: &Error) -> bool {
    match error {
        Error::Throttled(_)
        | Error::Interrupted(_)
        | Error::Unreachable(_)
        | Error::Corrupt(_)
        | Error::OutcomeUnknown(_) => true,
        Error::Refused(refusal) => refusal.failure.status >= 500,
        _ => false,
    }
}

impl<E: fmt::Display> fmt::Display for RunError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stream(error) => fmt::Display::fmt(error, f),
            Self::Record(failure) => fmt::Display::fmt(failure, f),
        }
    }
}

impl<E: core::error::Error + 'static> core::error::Error for RunError<E> {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Stream(error) => Some(error),
            Self::Record(failure) => Some(&**failure),
        }
    }
}

impl<E> From<Error> for RunError<E> {
    fn from(error: Error) -> Self {
        Self::Stream(error)
    }
}
