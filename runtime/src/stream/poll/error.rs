//! What is wrong with a stream that should be read, or with how far it was.

use super::calls::Stream;
use crate::Error;
use crate::codec::DecodeError;
use crate::schema::StreamViewType;
use crate::verify::{Difference, SchemaMismatch};

/// Checks that a live stream carries the images that the type says.
pub(super) fn check_view(stream: &Stream, live: Option<&str>) -> Result<(), Error> {
    let (Some(declared), Some(live)) = (stream.schema.settings.stream, live) else { return Ok(()) };
    let carried = match declared {
        StreamViewType::KeysOnly => true,
        StreamViewType::NewAndOldImages => live == declared.as_str(),
        one => live == one.as_str() || live == StreamViewType::NewAndOldImages.as_str(),
    };
    if carried {
        return Ok(());
    }
    let difference =
        Difference { what: "stream view type".into(), expected: declared.as_str().into(), found: live.into() };
    Err(Error::SchemaMismatch(Box::new(SchemaMismatch {
        table: (*stream.table).into(),
        differences: vec![difference],
    })))
}

/// The error for a checkpoint that is not one of ours.
pub(super) fn damaged_checkpoint(shard: &str) -> DecodeError {
    DecodeError::refused(format!("the checkpoint of shard `{shard}` is not one that this crate saved"))
}
