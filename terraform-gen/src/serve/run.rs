//! The command that serves until it is ended.

use core::fmt;
use std::net::{SocketAddr, TcpListener};
use std::process::ExitCode;
use std::thread;
use std::time::Duration;

use tablewright::Dynamo;
use tablewright::registry::Registry;
use tablewright::schema::TableSchema;
use tablewright::testing::Embedded;

use super::args::Serving;
use super::server::Log;
use super::{Line, Server, seed};
use crate::failure::Failure;
use crate::output;

/// Makes the tables of the code, fills them, and serves until the process is ended.
pub(crate) fn run(registry: &Registry, serving: &Serving) -> Result<ExitCode, Failure> {
    // First of all, so that a second server of a file writes nothing into it. Who connects too early waits.
    let address = SocketAddr::new(serving.address, serving.port);
    let not_here = |error| Failure::new(format!("cannot listen on {address}: {error}; `--port 0` takes a free one"));
    let listener = TcpListener::bind(address).map_err(not_here)?;
    let engine = match &serving.file {
        Some(file) => Embedded::file(file),
        None => Embedded::memory(),
    };
    let engine = engine.map_err(|error| said(&error))?;
    make_tables(&engine, registry, &serving.prefix)?;
    if let Some(folder) = &serving.seed {
        let count = seed::put(&engine, registry, folder, &serving.prefix)?;
        output::status(format_args!("put {count} items from `{}`", folder.display()));
    }
    let log: Option<Log> = serving.log.then(|| Box::new(|line: &Line| output::result(format_args!("{line}"))) as Log);
    let server = Server::on(listener, engine.clone(), log).map_err(not_here)?;
    if !address.ip().is_loopback() {
        output::status(format_args!("warning: every machine that reaches {address} can read and write everything"));
    }
    output::result(format_args!("serving on {}", server.url()));
    loop {
        // Items expire also while nobody asks.
        let _ = engine.call("ListTables", b"{}");
        thread::sleep(Duration::from_secs(1));
    }
}

fn make_tables(engine: &Embedded, registry: &Registry, prefix: &str) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().map_err(|error| said(&error))?;
    let db = Dynamo::builder().table_prefix(prefix).executor(engine.clone());
    // The server lives as long as the process.
    let tables: Vec<&'static TableSchema> =
        registry.tables().iter().map(|table| &*Box::leak(Box::new(*table))).collect();
    runtime.block_on(db.ensure_tables(tables)).map_err(|error| said(&error))
}

fn said(error: &dyn fmt::Display) -> Failure {
    Failure::new(error.to_string())
}
