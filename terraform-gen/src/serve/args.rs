//! What a server is asked for on the command line.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

use clap::Args;

/// Where the server listens, where its tables are, and what is in them.
#[derive(Debug, Clone, Args)]
pub(crate) struct Serving {
    /// The port; 0 takes a free one.
    #[arg(long, value_name = "PORT", default_value_t = 8000)]
    pub(crate) port: u16,
    /// The address. Whoever can reach it can read and write everything, so it is this machine's alone by default.
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    pub(crate) address: IpAddr,
    /// The file that keeps the tables; without it they are in memory.
    #[arg(long, value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    /// A folder with items to put: TABLE.jsonl, with one item in DynamoDB's JSON a line.
    #[arg(long, value_name = "DIR")]
    pub(crate) seed: Option<PathBuf>,
    /// What stands before the names of the tables.
    #[arg(long, value_name = "PREFIX", default_value = "", hide_default_value = true)]
    pub(crate) prefix: String,
    /// Write a line for each request: operation, table, status, consumed units and time.
    #[arg(long)]
    pub(crate) log: bool,
}
