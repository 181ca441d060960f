//! Which address is which page: one line each.
//!
//! A page is a function from the record and what is asked for to [`Page`]; a list gives its rows too, and has `.json`
//! and `.csv` by itself; a thing has a number in its address, and `.json`.

use crate::answer::{Rendered, Work, answer, error_response};
use crate::asked::Asked;
use crate::cache::Cache;
use crate::edit::{self, Edit, Editing, Forms};
use crate::error::{PageError, ServeError};
use crate::layout::{self, Page};
use crate::records::{Limits, Records, Version};
use crate::safety::{self, Access};
use crate::server::Tell;
use crate::{assets, calendar, feed, formats, pages};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, Uri};
use axum::routing::get;
use dateline_record::Record;
use dateline_rows::Row;
use serde_json::Value;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::time::Duration;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

/// All that pages share.
pub struct Site {
    pub(crate) records: Arc<Records>,
    pub(crate) cache: Cache,
    pub(crate) access: Access,
    pub(crate) tell: Tell,
    /// What changes need, where somebody edits.
    pub(crate) editing: Option<Editing>,
    /// Under which name readers reach it; empty where that is not known.
    pub(crate) root: Arc<str>,
    limits: Limits,
    /// Another number each time the server starts, as versions of the file are counted from there.
    start: u64,
}

impl Site {
    pub(crate) fn open(
        record: &std::path::Path,
        access: Access,
        limits: Limits,
        tell: Tell,
        edit: Option<Edit>,
    ) -> Result<Site, ServeError> {
        // First, as it may bring the file to the newest format.
        let editing = edit.map(|edit| Editing::open(record, edit)).transpose()?;
        let records = Arc::new(Records::open(record, limits)?);
        let start = RandomState::new().hash_one("start");
        Ok(Site {
            records,
            cache: Cache::default(),
            access,
            tell,
            editing,
            root: Arc::default(),
            limits,
            start,
        })
    }

    /// For tests and for whoever has a server of their own: a record on this machine.
    pub fn of_record(record: &std::path::Path, access: Access, tell: Tell) -> Result<Site, ServeError> {
        Site::open(record, access, Limits::of_machine(), tell, None)
    }

    /// The same where somebody edits.
    pub fn edited(
        record: &std::path::Path,
        access: Access,
        tell: Tell,
        edit: Edit,
    ) -> Result<Site, ServeError> {
        Site::open(record, access, Limits::of_machine(), tell, Some(edit))
    }

    /// The same with the name under which readers reach it, such as `https://crises.example`.
    pub fn reached_at(self, url: &str) -> Result<Site, ServeError> {
        let read: Option<axum::http::Uri> = url.parse().ok();
        let root = read.and_then(|url| {
            let scheme = url.scheme_str().filter(|scheme| matches!(*scheme, "http" | "https"))?;
            let is_root = matches!(url.path(), "" | "/") && url.query().is_none();
            let authority =
                url.authority().filter(|authority| is_root && !authority.as_str().contains('@'))?;
            Some(format!("{scheme}://{authority}"))
        });
        let root = root.ok_or_else(|| ServeError::PublicUrl(url.to_owned()))?;
        Ok(Site { root: root.into(), ..self })
    }

    /// What forms need, where somebody edits.
    pub(crate) fn forms(&self) -> Option<Forms> {
        self.editing.as_ref().map(Editing::forms)
    }

    /// The entity tag of everything that is made from this version. Weak, as packing changes the bytes.
    pub(crate) fn tag(&self, version: Version) -> String {
        format!("W/\"{:x}-{:x}\"", self.start, version.0)
    }

    /// How long a request may take altogether.
    pub(crate) fn patience(&self) -> Duration {
        self.limits.patience + self.limits.answer
    }
}

/// The pages.
pub fn app(site: Arc<Site>) -> Router {
    let routes = Routes::new(&site)
        .page("/", &["map"], pages::situation::page)
        .list("/events", &[], pages::events::page, pages::events::rows)
        .thing_with("/event/{id}", 'e', &["done"], pages::event::page, pages::event::json)
        .thing("/report/{id}", 'r', pages::report::page, pages::report::json)
        .list("/search", &[], pages::search::page, pages::search::rows)
        .list("/actors", &[], pages::actors::page, pages::actors::rows)
        .thing_with("/actor/{id}", 'a', pages::actor::OWN, pages::actor::page, pages::actor::json)
        .list("/dyad", pages::dyad::OWN, pages::dyad::page, pages::dyad::rows)
        .list("/tension", &[], pages::tension::page, pages::tension::rows)
        .list("/statements", pages::statements::OWN, pages::statements::page, pages::statements::rows)
        .thing("/statement/{id}", 's', pages::statement::page, pages::statement::json)
        .list(
            "/discrepancies",
            pages::discrepancies::OWN,
            pages::discrepancies::page,
            pages::discrepancies::rows,
        )
        .list("/lineage", pages::lineage::OWN, pages::lineage::page, pages::lineage::rows)
        .made("/timeline", pages::timeline::OWN, Arc::new(timeline))
        .data("/timeline", pages::timeline::OWN, pages::timeline::rows)
        .page("/coverage", &[], pages::coverage::page)
        .made("/coverage.json", &[], Arc::new(pages::coverage::json))
        .page("/method", &[], pages::method::page)
        .page("/brief", &[], pages::brief::page)
        .made("/feed.xml", &[], Arc::new(feed::feed))
        .made("/calendar.ics", &[], Arc::new(calendar::calendar));
    let routes = if site.editing.is_some() { routes.editing() } else { routes };
    routes.finish()
}

type PageFn = fn(&mut Record, &Asked) -> Result<Page, PageError>;
type JsonFn = fn(&mut Record, &Asked) -> Result<Value, PageError>;
type RowsFn<T> = fn(&mut Record, &Asked) -> Result<Vec<T>, PageError>;

/// Puts routes together.
struct Routes {
    site: Arc<Site>,
    router: Router<Arc<Site>>,
}

impl Routes {
    fn new(site: &Arc<Site>) -> Routes {
        let router = assets::routes().merge(crate::api::routes()).merge(crate::mcp::routes());
        Routes { site: Arc::clone(site), router }
    }

    /// A page; `own` are the parameters that only this one has.
    fn page(self, path: &str, own: &'static [&'static str], page: PageFn) -> Routes {
        self.made(path, own, html(page))
    }

    /// A page of rows, and the rows as `.json` and `.csv`.
    fn list<T: Row + 'static>(
        self,
        path: &str,
        own: &'static [&'static str],
        page: PageFn,
        rows: RowsFn<T>,
    ) -> Routes {
        self.made(path, own, html(page)).data(path, own, rows)
    }

    /// Rows as `.json` and `.csv`.
    fn data<T: Row + 'static>(self, path: &str, own: &'static [&'static str], rows: RowsFn<T>) -> Routes {
        let json =
            move |record: &mut Record, asked: &Asked| Ok(formats::json_rows(asked, &rows(record, asked)?));
        let csv = move |record: &mut Record, asked: &Asked| formats::csv_rows(&rows(record, asked)?);
        self.made(&format!("{path}.json"), own, Arc::new(json)).made(
            &format!("{path}.csv"),
            own,
            Arc::new(csv),
        )
    }

    /// Something made from the record.
    fn made(mut self, path: &str, own: &'static [&'static str], work: Arc<Work>) -> Routes {
        let handler = move |State(site): State<Arc<Site>>, uri: Uri, headers: HeaderMap| {
            answer(site, uri, headers, 0, own, Arc::clone(&work))
        };
        self.router = self.router.route(path, get(handler));
        self
    }

    /// One thing of the record with a number, such as `/event/e12`, and `/event/e12.json`.
    fn thing(self, path: &str, letter: char, page: PageFn, json: JsonFn) -> Routes {
        self.thing_with(path, letter, &[], page, json)
    }

    /// The same with parameters that only this page has.
    fn thing_with(
        mut self,
        path: &str,
        letter: char,
        own: &'static [&'static str],
        page: PageFn,
        json: JsonFn,
    ) -> Routes {
        let as_html = html(page);
        let as_json: Arc<Work> = Arc::new(move |record: &mut Record, asked: &Asked| {
            Ok(Rendered::json(formats::pretty(&json(record, asked)?)))
        });
        let handler =
            move |State(site): State<Arc<Site>>, Path(id): Path<String>, uri: Uri, headers: HeaderMap| {
                let (id, work) = match id.strip_suffix(".json") {
                    Some(id) => (number(letter, id), Arc::clone(&as_json)),
                    None => (number(letter, &id), Arc::clone(&as_html)),
                };
                async move {
                    match id {
                        Some(id) => answer(site, uri, headers, id, own, work).await,
                        None => {
                            let what = format!("such id here; ids of this kind are like `{letter}12`");
                            error_response(&site, &uri, &PageError::NotFound(what))
                        }
                    }
                }
            };
        self.router = self.router.route(path, get(handler));
        self
    }

    /// What there is only where somebody edits.
    fn editing(self) -> Routes {
        let Routes { site, router } = self.page("/queue", &["at", "done"], pages::queue::page);
        Routes { site, router: edit::add_routes(router) }
    }

    fn finish(self) -> Router {
        let Routes { site, router } = self;
        let at_panic = Arc::clone(&site);
        let panicked = move |_: Box<dyn std::any::Any + Send>| {
            error_response(
                &at_panic,
                &Uri::from_static("/"),
                &PageError::Failed("an answer panicked".to_owned()),
            )
        };
        router
            .fallback(|State(site): State<Arc<Site>>, uri: Uri| async move {
                error_response(&site, &uri, &PageError::NotFound("page of this address".to_owned()))
            })
            .layer(CatchPanicLayer::custom(panicked))
            .layer(axum::middleware::from_fn_with_state(Arc::clone(&site), safety::guard))
            .layer(DefaultBodyLimit::max(64 * 1024))
            // What is not made from the record; pages are packed once, when they are made.
            .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
            .with_state(site)
    }
}

/// The timeline: in its frame, or bare for the frame of another page.
fn timeline(record: &mut Record, asked: &Asked) -> Result<Rendered, PageError> {
    let page = pages::timeline::page(record, asked)?;
    let is_embedded = pages::timeline::is_embedded(asked)?;
    let markup = if is_embedded { layout::embedded(&page) } else { layout::whole(asked, page) };
    Ok(Rendered::html(markup.into_string()))
}

pub(crate) fn html(page: PageFn) -> Arc<Work> {
    Arc::new(move |record: &mut Record, asked: &Asked| {
        Ok(Rendered::html(layout::whole(asked, page(record, asked)?).into_string()))
    })
}

/// The number in an id of the record: 12 of `e12`.
pub(crate) fn number(letter: char, id: &str) -> Option<i64> {
    let digits = id.strip_prefix(letter)?;
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok().filter(|&number| number > 0)
}
