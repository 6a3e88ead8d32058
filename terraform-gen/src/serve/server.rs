//! The server, and the command that runs it.

use core::fmt;
use std::io::{self, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use tablewright::Dynamo;
use tablewright::registry::Registry;
use tablewright::schema::TableSchema;
use tablewright::testing::Embedded;

use super::args::Serving;
use super::{answer, http, seed};
use crate::failure::Failure;
use crate::output;

/// An embedded engine that other programs reach over HTTP, as they reach DynamoDB.
///
/// It takes any credentials and checks no signature, so it belongs on an address that only this machine has. It ends when
/// it is dropped.
///
/// ```
/// use tablewright::testing::Embedded;
/// use tablewright_terraform::Server;
///
/// let server = Server::start(Embedded::memory()?, "127.0.0.1:0".parse().unwrap(), None).unwrap();
/// assert!(server.url().starts_with("http://127.0.0.1:"));
/// # Ok::<(), tablewright::Error>(())
/// ```
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    stopped: Arc<AtomicBool>,
}

/// What is said of one request.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Line {
    /// DynamoDB's name of the operation.
    pub operation: String,
    /// The full names of its tables, with commas between.
    pub table: String,
    /// The HTTP status.
    pub status: u16,
    /// The capacity units that were consumed, where there are any to consume.
    pub units: Option<f64>,
    /// How long it took.
    pub took: Duration,
}

/// Takes the line of each request.
type Log = Box<dyn Fn(&Line) + Send + Sync>;

struct Shared {
    engine: Embedded,
    log: Option<Log>,
    /// True if only this machine reaches the server.
    is_local: bool,
    stopped: Arc<AtomicBool>,
    requests: AtomicU64,
}

impl Server {
    /// Starts a server of this engine. With a log, each request is told to it; port 0 takes a free port.
    ///
    /// # Errors
    /// If the address cannot be listened on.
    pub fn start(engine: Embedded, address: SocketAddr, log: Option<Log>) -> io::Result<Self> {
        let listener = TcpListener::bind(address)?;
        let address = listener.local_addr()?;
        let stopped = Arc::new(AtomicBool::new(false));
        let is_local = address.ip().is_loopback();
        let shared = Shared { engine, log, is_local, stopped: Arc::clone(&stopped), requests: AtomicU64::new(1) };
        let shared = Arc::new(shared);
        thread::Builder::new().name("serve".to_owned()).spawn(move || accept(&listener, &shared))?;
        Ok(Self { address, stopped })
    }

    /// The URL that clients take as their endpoint.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::Relaxed);
        // The thread waits for a connection, and looks after it.
        let _ = TcpStream::connect(self.address);
    }
}

fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    for stream in listener.incoming() {
        if shared.stopped.load(Ordering::Relaxed) {
            return;
        }
        let Ok(stream) = stream else { continue };
        let shared = Arc::clone(shared);
        // A connection that gets no thread is closed, and its client tries again.
        let _ = thread::Builder::new().spawn(move || serve(stream, &shared));
    }
}

/// Answers the requests of one connection. What goes wrong with it ends it.
fn serve(stream: TcpStream, shared: &Shared) {
    let _ = stream.set_nodelay(true);
    let mut stream = BufReader::new(Both(stream));
    while let Ok(Some(request)) = http::read(&mut ReadWrite(&mut stream)) {
        let (status, body) = respond(&request, shared);
        let id = shared.requests.fetch_add(1, Ordering::Relaxed);
        let stays = request.stays && !shared.stopped.load(Ordering::Relaxed);
        if http::write(stream.get_mut(), status, id, &body, stays).is_err() || !stays {
            return;
        }
    }
}

fn respond(request: &http::Request, shared: &Shared) -> (u16, Vec<u8>) {
    if shared.is_local && !http::names_this_machine(&request.host) {
        return (
            403,
            br#"{"__type":"AccessDeniedException","message":"the Host header names another machine"}"#.to_vec(),
        );
    }
    if request.method != "POST" {
        return (200, br#"{"server":"tablewright"}"#.to_vec());
    }
    let operation = request.target.rsplit('.').next().unwrap_or_default();
    let Some(log) = &shared.log else { return answer::plain(&shared.engine, operation, &request.body) };
    let (status, body, line) = answer::measured(&shared.engine, operation, &request.body);
    log(&line);
    (status, body)
}

/// A connection whose buffer is for reading, and which is written to at once.
struct Both(TcpStream);

impl Read for Both {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

impl Write for Both {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

struct ReadWrite<'s>(&'s mut BufReader<Both>);

impl Read for ReadWrite<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

impl io::BufRead for ReadWrite<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.0.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.0.consume(amount);
    }
}

impl Write for ReadWrite<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.get_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.get_mut().flush()
    }
}

/// Makes the tables of the code, fills them, and serves until the process is ended.
pub(crate) fn run(registry: &Registry, serving: &Serving) -> Result<ExitCode, Failure> {
    let said = |error: &dyn fmt::Display| Failure::new(error.to_string());
    let engine = match &serving.file {
        Some(file) => Embedded::file(file),
        None => Embedded::memory(),
    };
    let engine = engine.map_err(|error| said(&error))?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().map_err(|error| said(&error))?;
    let db = Dynamo::builder().table_prefix(serving.prefix.as_str()).executor(engine.clone());
    // The server lives as long as the process.
    let tables: Vec<&'static TableSchema> =
        registry.tables().iter().map(|table| &*Box::leak(Box::new(*table))).collect();
    runtime.block_on(db.ensure_tables(tables)).map_err(|error| said(&error))?;
    if let Some(folder) = &serving.seed {
        let count = seed::put(&engine, registry, folder, &serving.prefix)?;
        output::status(format_args!("put {count} items from `{}`", folder.display()));
    }
    let address = SocketAddr::new(serving.address, serving.port);
    let log: Option<Log> = serving.log.then(|| Box::new(|line: &Line| output::result(format_args!("{line}"))) as Log);
    let server = Server::start(engine.clone(), address, log)
        .map_err(|error| Failure::new(format!("cannot listen on {address}: {error}")))?;
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

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { operation, table, status, units, took } = self;
        let table = if table.is_empty() { "-" } else { table };
        write!(f, "{operation} {table} {status}")?;
        if let Some(units) = units {
            write!(f, " {units} units")?;
        }
        write!(f, " {:.1} ms", took.as_secs_f64() * 1e3)
    }
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shared").field("engine", &self.engine).finish_non_exhaustive()
    }
}
