//! The server, and the connections that it accepts.

use core::pin::pin;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use futures_util::future::{Either, select};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use hyper_util::server::graceful::GracefulShutdown;
use tablewright::testing::Embedded;
use tokio::net::TcpStream;
use tokio::sync::oneshot;

use super::Line;
use super::respond::Responder;

/// How long a dropped server waits for requests that it is answering.
const GRACE: Duration = Duration::from_secs(5);

/// An embedded engine that other programs reach over HTTP, as they reach DynamoDB.
///
/// It takes any credentials and checks no signature, so it belongs on an address that only this machine has. It ends when
/// it is dropped: what it is answering it answers, and then nothing listens on its address any more.
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
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// Takes the line of each request.
pub(super) type Log = Box<dyn Fn(&Line) + Send + Sync>;

impl Server {
    /// Starts a server of this engine. With a log, each request is told to it; port 0 takes a free port.
    ///
    /// # Errors
    /// If the address cannot be listened on.
    pub fn start(engine: Embedded, address: SocketAddr, log: Option<Log>) -> io::Result<Self> {
        Self::on(TcpListener::bind(address)?, engine, log)
    }

    /// Starts a server where somebody listens already.
    pub(super) fn on(listener: TcpListener, engine: Embedded, log: Option<Log>) -> io::Result<Self> {
        let address = listener.local_addr()?;
        listener.set_nonblocking(true)?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let responder = Arc::new(Responder::new(engine, log, address.ip().is_loopback()));
        let (stop, stopped) = oneshot::channel();
        let serve = move || runtime.block_on(serve(listener, responder, stopped));
        let thread = thread::Builder::new().name("serve".to_owned()).spawn(serve)?;
        Ok(Self { address, stop: Some(stop), thread: Some(thread) })
    }

    /// The URL that clients take as their endpoint.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The thread is told by the end of the channel.
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Accepts connections until it is stopped, and then lets them answer what they have been asked.
async fn serve(listener: TcpListener, responder: Arc<Responder>, mut stopped: oneshot::Receiver<()>) {
    // Inside the runtime, whose thread this is, a listener that does not block is taken.
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
    let connections = GracefulShutdown::new();
    loop {
        match select(&mut stopped, pin!(listener.accept())).await {
            Either::Left(_) => break,
            Either::Right((Ok((stream, _)), _)) => connect(stream, &responder, &connections),
            // Such as too many open files: connections that end make room.
            Either::Right((Err(_), _)) => tokio::time::sleep(Duration::from_millis(10)).await,
        }
    }
    drop(listener);
    let _ = tokio::time::timeout(GRACE, connections.shutdown()).await;
}

/// Answers the requests of one connection. What goes wrong with it ends it.
fn connect(stream: TcpStream, responder: &Arc<Responder>, connections: &GracefulShutdown) {
    let _ = stream.set_nodelay(true);
    let responder = Arc::clone(responder);
    let service = service_fn(move |request| Arc::clone(&responder).respond(request));
    let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    tokio::spawn(connections.watch(connection));
}
