//! What is there of seals where the feature `sealed-cursors` is off: nothing that can be.

use crate::Dynamo;
use crate::error::CursorError;

/// No seal.
#[derive(Clone)]
pub(crate) enum CursorSeal {}

pub(super) type Binding = CursorSeal;

impl CursorSeal {
    pub(super) fn bind(&self, _: &Dynamo, _: [Option<&str>; 3], _: &[&[u8]]) -> Binding {
        match *self {}
    }

    pub(super) fn seal(&self, _: &str, _: &[u8], _: &[u8]) -> Result<Vec<u8>, CursorError> {
        match *self {}
    }

    pub(super) fn open(&self, _: &str, _: &[u8], _: &[u8]) -> Result<Vec<u8>, CursorError> {
        match *self {}
    }
}
