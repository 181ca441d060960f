//! A record of the examples and of a few reports of a raid, and requests to its pages without a socket.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use dateline_clean::Shape;
use dateline_ingest::{Format, Report, read_reports};
use dateline_plover::Pipeline;
use dateline_record::{Entry, Record};
use dateline_serve::{Access, Site, app};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use tower::ServiceExt;

const NEWS: [(&str, &str, &str); 4] = [
    (
        "first",
        "2023-05-02",
        "Gunmen killed three soldiers near Arequipa in Peru on Monday, the Peruvian army said.\n\n\
         Ministers of Chile and Peru will meet in Lima on Wednesday.",
    ),
    (
        "second",
        "2023-05-03",
        "Gunmen killed three soldiers near Arequipa in Peru on Monday, Peru's defence ministry said.\n\n\
         Chile offered Peru help against the gunmen.",
    ),
    (
        "third",
        "2023-05-04",
        "Gunmen killed four soldiers near Arequipa in Peru on Monday, an officer told reporters.\n\n\
         Chile's president will visit Peru on Friday, his office said.",
    ),
    (
        "hostile",
        "2023-05-04",
        "Police arrested Ana ]]><script>alert(1)</script> & \"Co\" in Lima on Wednesday.\n\n\
         The minister of Chile will meet Ana; \u{202E}desrever\u{202C}, <b>DTEND:1</b>\u{7} in Lima on Thursday.",
    ),
];

static RECORD: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("r.sqlite");
    let pipeline = Pipeline::embedded().expect("the embedded models are whole");
    let root: PathBuf = [env!("CARGO_MANIFEST_DIR"), "..", "..", "examples", "seoul-talks"].iter().collect();
    let examples = read_reports(&[root], Format::Auto).map(|report| (report.expect("a report"), Shape::Page));
    let news = NEWS.iter().map(|(id, published, text)| {
        let mut report = Report::from_text(*id, text);
        report.outlet = Some(format!("The <b>{id}</b>, of; Lima"));
        report.published = Some(published.parse().expect("a day"));
        (report, Shape::ArticleOnly)
    });
    let mut record = Record::open(&path).expect("a record");
    let run = record.begin_run("test 1.0", &[], None).expect("a run");
    let entry = |(report, shape)| Entry::coded(&pipeline.run(report, shape).expect("a report in English"));
    record.add(run, examples.chain(news).map(entry).collect()).expect("reports are added");
    record.close().expect("the record is closed");
    std::fs::read(&path).expect("the record is a file")
});

/// The pages of that record.
pub struct Web {
    app: Router,
    pub path: PathBuf,
    _folder: tempfile::TempDir,
}

pub fn web() -> Web {
    web_with(Access::new([127, 0, 0, 1].into(), None).expect("no token is needed"))
}

pub fn web_with(access: Access) -> Web {
    web_of(access, |site| site)
}

/// The pages as readers reach them under a name.
pub fn web_reached_at(url: &str) -> Web {
    let access = Access::new([127, 0, 0, 1].into(), None).expect("no token is needed");
    web_of(access, |site| site.reached_at(url).expect("the address of a site"))
}

fn web_of(access: Access, change: impl Fn(Site) -> Site) -> Web {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("r.sqlite");
    std::fs::write(&path, &*RECORD).expect("the record is written");
    let tell = Box::new(|words: &str| panic!("nothing goes wrong here: {words}"));
    let site = Site::of_record(Path::new(&path), access, tell).expect("the record is there");
    Web { app: app(Arc::new(change(site))), path, _folder: folder }
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).expect("UTF-8")
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("ASCII"))
    }
}

impl Web {
    pub fn ask(&self, method: &str, address: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut request = Request::builder().method(method).uri(address);
        if !headers.iter().any(|(name, _)| *name == "host") {
            request = request.header("host", "localhost:8080");
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body.to_owned())).expect("a request");
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let response = self.app.clone().oneshot(request).await.expect("an answer");
            let (parts, body) = response.into_parts();
            let body = to_bytes(body, 10 << 20).await.expect("a body").to_vec();
            Answer { status: parts.status, headers: parts.headers, body }
        })
    }

    pub fn get(&self, address: &str) -> Answer {
        self.ask("GET", address, &[], "")
    }

    /// The items of a list.
    pub fn items(&self, address: &str) -> Vec<Value> {
        let answer = self.get(address);
        assert_eq!(answer.status, StatusCode::OK, "{address}: {}", answer.text());
        answer.json()["items"].as_array().unwrap_or_else(|| panic!("{address} has no items")).clone()
    }
}
