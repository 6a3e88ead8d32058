//! `serve`: a DynamoDB for development, with the tables of the code in it.

#[cfg(feature = "serve")]
mod answer;
mod args;
#[cfg(feature = "serve")]
mod respond;
#[cfg(feature = "serve")]
mod run;
#[cfg(feature = "serve")]
mod seed;
#[cfg(feature = "serve")]
mod server;
#[cfg(feature = "serve")]
#[cfg(test)]
mod tests;

#[cfg(feature = "serve")]
pub use answer::Line;
pub(crate) use args::Serving;
#[cfg(feature = "serve")]
pub(crate) use run::run;
#[cfg(feature = "serve")]
pub use server::Server;
