//! Changes: people correct the record from its pages.
//!
//! In:  a plain form, sent from a page of this server.
//! Out: an entry of the record's journal, and the way back to a page that says what was done; or what is wrong.
//!
//! Off unless somebody who edits is named at start. A change is taken only from a page of this server: the browser says
//! so ([`origin`]), and the form has a token that other sites cannot read. One connection writes, one change after the
//! other; the pages read through their own.

mod fields;
pub(crate) mod forms;
mod meant;
mod origin;

use crate::answer::{error_response, redirect};
use crate::error::{PageError, ServeError};
use crate::query::address;
use crate::router::Site;
use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use axum::routing::post;
use dateline_record::{CorrectionRow, Editor, Record, RecordError};
use fields::Fields;
use std::hash::{BuildHasher, RandomState};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;

/// How long a change waits for another one from this server; then it may wait for another process.
const WAIT_FOR_ANOTHER: Duration = Duration::from_secs(5);
/// Characters of a name.
const NAME_CHARS: usize = 80;
/// Characters of a reason.
const WHY_CHARS: usize = 1000;

/// Who edits.
pub struct Edit {
    /// The name under which changes are kept, unless another one is typed.
    pub who: String,
    /// The time now (ISO 8601), as this crate has no clock.
    pub now: fn() -> String,
}

/// What changes need.
pub(crate) struct Editing {
    who: String,
    now: fn() -> String,
    /// Another one each time the server starts.
    token: Arc<str>,
    writer: Arc<Mutex<Record>>,
}

/// What the forms of a page need.
#[derive(Clone, Debug)]
pub(crate) struct Forms {
    /// Proves that a form is of this server.
    pub token: Arc<str>,
    /// Under which name changes are kept.
    pub who: String,
}

impl Editing {
    /// Opens the record for writing, which brings an older one to the newest format.
    pub fn open(record: &std::path::Path, edit: Edit) -> Result<Editing, ServeError> {
        let who = edit.who.trim().to_owned();
        if who.is_empty() || who.chars().count() > NAME_CHARS {
            return Err(ServeError::Nobody);
        }
        // A record that is not there must not be made here.
        drop(Record::read(record)?);
        let writer = Arc::new(Mutex::new(Record::open(record)?));
        // SipHash with a key from the system: without it nobody can work out the token of another page.
        let secret = RandomState::new();
        let token = format!("{:016x}{:016x}", secret.hash_one("first half"), secret.hash_one("second half"));
        Ok(Editing { who, now: edit.now, token: token.into(), writer })
    }

    pub fn forms(&self) -> Forms {
        Forms { token: Arc::clone(&self.token), who: self.who.clone() }
    }
}

/// What is to be changed.
#[derive(Clone, Debug)]
enum Wanted {
    /// Something about an event.
    Event { event: i64, what: String },
    /// An entry is undone.
    Undo { correction: i64 },
}

/// Adds the addresses at which changes are taken.
pub(crate) fn add_routes(router: Router<Arc<Site>>) -> Router<Arc<Site>> {
    let event = |State(site): State<Arc<Site>>,
                 Path((id, what)): Path<(String, String)>,
                 uri: Uri,
                 headers: HeaderMap,
                 body: Result<Bytes, BytesRejection>| async move {
        let wanted = number('e', &id).map(|event| Wanted::Event { event, what });
        answer(site, uri, headers, body, wanted).await
    };
    let undo = |State(site): State<Arc<Site>>,
                Path(id): Path<String>,
                uri: Uri,
                headers: HeaderMap,
                body: Result<Bytes, BytesRejection>| async move {
        let wanted = number('c', &id).map(|correction| Wanted::Undo { correction });
        answer(site, uri, headers, body, wanted).await
    };
    router.route("/edit/event/{id}/{what}", post(event)).route("/edit/undo/{id}", post(undo))
}

/// The number in an id of the record.
fn number(letter: char, id: &str) -> Option<i64> {
    let digits = id.trim().strip_prefix(letter)?;
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok()
}

async fn answer(
    site: Arc<Site>,
    uri: Uri,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
    wanted: Option<Wanted>,
) -> Response {
    let changed = change(&site, &headers, body, wanted).await;
    changed.unwrap_or_else(|error| error_response(&site, &uri, &error))
}

async fn change(
    site: &Arc<Site>,
    headers: &HeaderMap,
    body: Result<Bytes, BytesRejection>,
    wanted: Option<Wanted>,
) -> Result<Response, PageError> {
    let Some(editing) = &site.editing else {
        return Err(PageError::NotFound("page of this address".to_owned()));
    };
    origin::check(headers)?;
    let body = body.map_err(|_| PageError::TooLarge("form"))?;
    let fields = Fields::read(&body)?;
    if !origin::is_same(fields.one("token").as_bytes(), editing.token.as_bytes()) {
        return Err(PageError::Forbidden(
            "The form is not of this server, or of before it was started. Load the page again.",
        ));
    }
    let wanted = wanted.ok_or_else(|| PageError::NotFound("such event or correction".to_owned()))?;
    let back = fields.back();
    let who = Some(fields.one("who").trim()).filter(|who| !who.is_empty()).unwrap_or(&editing.who).to_owned();
    for (name, words, most) in [("who", who.as_str(), NAME_CHARS), ("why", fields.one("why"), WHY_CHARS)] {
        if words.chars().count() > most {
            let reason = format!("{most} characters are the most that are taken");
            return Err(PageError::Parameter { name: name.to_owned(), reason });
        }
    }
    let made = (editing.now)();
    // Changes come one after the other; whoever waits too long is told.
    let writer = tokio::time::timeout(WAIT_FOR_ANOTHER, Arc::clone(&editing.writer).lock_owned());
    let mut writer = writer.await.map_err(|_| PageError::Writing)?;
    let work = tokio::task::spawn_blocking(move || {
        let editor = Editor { who: &who, made: Some(&made), why: Some(fields.one("why")) };
        let made = catch_unwind(AssertUnwindSafe(|| make(&mut writer, &editor, &wanted, &fields)));
        made.unwrap_or_else(|_| {
            // The connection may be in any state, and is given up with its transaction.
            let path = writer.path().to_owned();
            *writer = Record::open(&path)?;
            Err(PageError::Failed("a change panicked".to_owned()))
        })
    });
    let entry = work.await.unwrap_or_else(|error| Err(PageError::Failed(error.to_string())))?;
    let done = format!("c{}", entry.id);
    Ok(redirect(&match back {
        Some(back) => {
            let joined = if back.contains('?') { '&' } else { '?' };
            format!("{back}{joined}done={done}")
        }
        None => format!("/event/e{}{}", entry.event, address([("done", done.as_str())])),
    }))
}

fn make(
    record: &mut Record,
    editor: &Editor,
    wanted: &Wanted,
    fields: &Fields,
) -> Result<CorrectionRow, PageError> {
    let made = match wanted {
        Wanted::Undo { correction } => record.undo(editor, *correction),
        Wanted::Event { event, what } => {
            let correction = meant::correction(record, *event, what, fields)?;
            record.correct(editor, *event, &correction)
        }
    };
    made.map_err(|error| match error {
        RecordError::Refused { why } => PageError::Refused(why),
        RecordError::Busy { .. } => PageError::Writing,
        other => other.into(),
    })
}
