//! Listens, answers, and stops on Ctrl-C.
//!
//! In:  a [`Plan`].
//! Out: nothing; what there is to say goes to [`Tell`].
//!
//! Connections are served here and not by axum, which has no limit for how long a head may take nor for how many there
//! are.

use crate::edit::Edit;
use crate::error::ServeError;
use crate::records::Limits;
use crate::router::{Site, app};
use crate::safety::Access;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

/// Connections at once.
const MAX_CONNECTIONS: usize = 1024;
/// How long the head of a request may take, and how long a connection may be idle.
const HEAD_WITHIN: Duration = Duration::from_secs(20);
/// How long answers in hand may take after Ctrl-C.
const STOP_WITHIN: Duration = Duration::from_secs(3);
/// Bytes of a head.
const MAX_HEAD_BYTES: usize = 32 * 1024;

/// Says something to whoever runs the server.
pub type Tell = Box<dyn Fn(&str) + Send + Sync>;

/// What is served, and where.
pub struct Plan {
    /// The record.
    pub record: PathBuf,
    /// Where to listen; port 0 takes any free one.
    pub address: SocketAddr,
    /// Who may read.
    pub access: Access,
    /// Says something to whoever runs the server.
    pub tell: Tell,
    /// Who edits; nobody where none is given.
    pub edit: Option<Edit>,
    /// Under which name readers reach it, where they do not come to `address` itself.
    pub public_url: Option<String>,
}

/// Serves until Ctrl-C.
pub fn serve(plan: Plan) -> Result<(), ServeError> {
    let limits = Limits::of_machine();
    let Plan { record, address, access, tell, edit, public_url } = plan;
    let editor = edit.as_ref().map(|edit| edit.who.clone());
    let needs_token = matches!(access, Access::Token(_));
    let mut site = Site::open(&record, access, limits, tell, edit)?;
    if let Some(url) = public_url {
        site = site.reached_at(&url)?;
    }
    let site = Arc::new(site);
    let threads = limits.workers.min(4);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(threads).enable_all().build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind(address).await;
        let listener = listener.map_err(|source| ServeError::Address { address, source })?;
        let listening = listener.local_addr()?;
        (site.tell)(&format!("{} is at http://{listening}/ (Ctrl-C stops it)", record.display()));
        if let Some(editor) = editor {
            (site.tell)(&format!(
                "corrections are kept as {editor}'s; the queue is at http://{listening}/queue"
            ));
        }
        if needs_token {
            (site.tell)(
                "a token is needed: open the address with `?token=…` once, or send `Authorization: Bearer …`",
            );
        }
        if !listening.ip().is_loopback() {
            (site.tell)("other machines can reach this address, and what they are sent is not encrypted");
        }
        run(listener, site).await
    })?;
    // Answers that still take time are given up with their threads.
    runtime.shutdown_timeout(Duration::from_millis(500));
    Ok(())
}

async fn run(listener: TcpListener, site: Arc<Site>) -> Result<(), ServeError> {
    let service = TowerToHyperService::new(app(Arc::clone(&site)));
    let connections = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    let graceful = GracefulShutdown::new();
    let mut stop = std::pin::pin!(tokio::signal::ctrl_c());
    loop {
        // Who comes when all connections are taken waits in the queue of the system.
        let free = Arc::clone(&connections).acquire_owned().await;
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            stopped = &mut stop => {
                stopped?;
                break;
            }
        };
        let stream = match accepted {
            Ok((stream, _)) => stream,
            Err(error) => {
                // Out of file handles, say: connections that end give some back.
                (site.tell)(&format!("a connection could not be accepted: {error}"));
                tokio::time::sleep(Duration::from_millis(200)).await;
                continue;
            }
        };
        let mut http = hyper::server::conn::http1::Builder::new();
        http.timer(TokioTimer::new()).header_read_timeout(HEAD_WITHIN).max_buf_size(MAX_HEAD_BYTES);
        let connection = http.serve_connection(TokioIo::new(stream), service.clone());
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            // A connection that breaks off is the client's affair.
            _ = connection.await;
            drop(free);
        });
    }
    _ = tokio::time::timeout(STOP_WITHIN, graceful.shutdown()).await;
    Ok(())
}
