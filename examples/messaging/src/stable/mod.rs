//! The model to begin with: keys that never change, and an index for what changes.

mod handler;
mod patterns;
mod seed;
mod tables;

pub use handler::{ListKeeper, NotHandled, handle};
pub use patterns::{App, StableInbox};
pub use seed::seed;
pub use tables::{Conversation, Member, Message, Messaging, MessagingByEntity};
