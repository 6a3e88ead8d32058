//! The table that is there already: its keys as they are, and its defects kept out.

mod handler;
mod iso_time;
mod patterns;
mod seed;
mod tables;

pub use handler::{NotHandled, RowMover, handle};
pub use iso_time::IsoTime;
pub use patterns::{OriginalApp, OriginalInbox};
pub use seed::seed;
pub use tables::{CruddurMessages, CruddurMessagesByEntity, GroupRow, MessageRow};
