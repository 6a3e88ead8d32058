//! `serve`: a DynamoDB for development, with the tables of the code in it.

#[cfg(feature = "serve")]
mod answer;
mod args;
#[cfg(feature = "serve")]
mod http;
#[cfg(feature = "serve")]
mod seed;
#[cfg(feature = "serve")]
mod server;
#[cfg(all(test, feature = "serve"))]
mod tests;

pub(crate) use args::Serving;
#[cfg(feature = "serve")]
pub(crate) use server::run;
#[cfg(feature = "serve")]
pub use server::{Line, Server};
