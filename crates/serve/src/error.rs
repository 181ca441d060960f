//! What can go wrong: with the server as a whole, and with one request.

use axum::http::StatusCode;
use dateline_record::{FilterError, RecordError};

/// Why the server does not start.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The record cannot be read.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// The address cannot be listened at.
    #[error("{address}: {source}\nhint: `--port 0` takes any free port")]
    Address {
        /// As asked for.
        address: std::net::SocketAddr,
        /// What the system says.
        source: std::io::Error,
    },
    /// The system gives no threads or signals.
    #[error("the server cannot run: {0}")]
    System(#[from] std::io::Error),
    /// Others could read the record.
    #[error(
        "{0} can be reached from other machines, so a token is needed\nhint: `--token-file FILE`, or set DATELINE_TOKEN"
    )]
    Open(std::net::IpAddr),
    /// Nobody is named who edits.
    #[error("a name of 1 to 80 characters is needed for who edits: `--edit NAME`")]
    Nobody,
    /// No address of a site.
    #[error(
        "`{0}` is not the address of a site: `https://` or `http://`, a name, perhaps a port, and no path"
    )]
    PublicUrl(String),
    /// A token that somebody could guess.
    #[error(
        "the token has {found} characters; {} or more are needed, and no spaces in it",
        crate::safety::MIN_TOKEN_CHARS
    )]
    Token {
        /// Characters that it has.
        found: usize,
    },
}

/// Why a request gets no page.
#[derive(Debug)]
pub(crate) enum PageError {
    /// There is no such thing or page.
    NotFound(String),
    /// A parameter says something that makes no sense.
    Parameter {
        /// Which.
        name: String,
        /// What is wrong, and what would be right.
        reason: String,
    },
    /// No token, or a wrong one.
    Denied,
    /// The request names a host that this is not.
    Host,
    /// Something of the request is too long.
    TooLarge(&'static str),
    /// No such method here.
    Method,
    /// Too many ask at once.
    Busy,
    /// Somebody else writes to the record.
    Writing,
    /// A change that is not of this server's making.
    Forbidden(&'static str),
    /// A change that makes no sense for what is there.
    Refused(String),
    /// The answer would take longer than it may.
    TooLong,
    /// A fault of ours, or of the file; said on standard error and not on the page.
    Failed(String),
}

impl PageError {
    /// A filter that makes no sense.
    pub fn filter(name: &str, error: &FilterError) -> PageError {
        PageError::Parameter { name: name.to_owned(), reason: error.to_string() }
    }

    pub fn status(&self) -> StatusCode {
        match self {
            PageError::NotFound(_) => StatusCode::NOT_FOUND,
            PageError::Parameter { .. } => StatusCode::BAD_REQUEST,
            PageError::Denied => StatusCode::UNAUTHORIZED,
            PageError::Host => StatusCode::MISDIRECTED_REQUEST,
            PageError::TooLarge("form") => StatusCode::PAYLOAD_TOO_LARGE,
            PageError::TooLarge(_) => StatusCode::URI_TOO_LONG,
            PageError::Writing => StatusCode::SERVICE_UNAVAILABLE,
            PageError::Forbidden(_) => StatusCode::FORBIDDEN,
            PageError::Refused(_) => StatusCode::CONFLICT,
            PageError::Method => StatusCode::METHOD_NOT_ALLOWED,
            PageError::Busy | PageError::TooLong => StatusCode::SERVICE_UNAVAILABLE,
            PageError::Failed(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// A heading for it.
    pub fn title(&self) -> &'static str {
        match self {
            PageError::NotFound(_) => "Not in this record",
            PageError::Parameter { .. } => "That cannot be asked",
            PageError::Denied => "A token is needed",
            PageError::Host => "Wrong address",
            PageError::TooLarge(_) => "Too long",
            PageError::Method => "Only reading here",
            PageError::Busy => "Too many questions at once",
            PageError::Writing => "The record is being written to",
            PageError::Forbidden(_) => "Not changed",
            PageError::Refused(_) => "It cannot be corrected so",
            PageError::TooLong => "The answer takes too long",
            PageError::Failed(_) => "Something went wrong here",
        }
    }

    /// What is wrong, and what would be right.
    pub fn message(&self) -> String {
        match self {
            PageError::NotFound(what) => format!("There is no {what}."),
            PageError::Parameter { name, reason } => format!("{name}: {reason}"),
            PageError::Denied => {
                "Open the address with ?token=… once, or send the header Authorization: Bearer ….".to_owned()
            }
            PageError::Host => "The request names another host than the one that answers it. \
                                Open the page as localhost or 127.0.0.1."
                .to_owned(),
            PageError::TooLarge(what) => format!("The {what} is longer than is taken here."),
            PageError::Method => "This address answers GET and HEAD.".to_owned(),
            PageError::Busy => "Others are being answered. Try again in a few seconds.".to_owned(),
            PageError::Writing => "Another process is adding to the record. Nothing was changed; try again when it has finished."
                .to_owned(),
            PageError::Forbidden(why) => (*why).to_owned(),
            PageError::Refused(why) => format!("Nothing was changed: {why}."),
            PageError::TooLong => {
                "Ask for fewer days, for one event type, or for rarer words; or try again when the machine has less \
                 to do."
                    .to_owned()
            }
            PageError::Failed(_) => {
                "The fault is on this side, and whoever runs the server finds it in its messages.".to_owned()
            }
        }
    }
}

impl From<RecordError> for PageError {
    fn from(error: RecordError) -> PageError {
        match error {
            RecordError::TooLong { .. } => PageError::TooLong,
            RecordError::Busy { .. } => PageError::Busy,
            other => PageError::Failed(other.to_string()),
        }
    }
}
