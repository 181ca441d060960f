//! Small records, and requests to their pages without a socket.

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

static PIPELINE: LazyLock<Pipeline<'static>> =
    LazyLock::new(|| Pipeline::embedded().expect("the embedded models are whole"));

/// Id, day and text of a report.
pub type News = (&'static str, &'static str, &'static str);

/// Three reports that contradict each other, and one that wants to be obeyed by a browser.
pub const RAID: [News; 4] = [
    (
        "first",
        "2023-05-02",
        "Gunmen killed three soldiers near Arequipa in Peru on Monday, the Peruvian army said.\n\n\
         Peru's government condemned the raid on Tuesday.",
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
         Ministers of Chile and Peru met in Lima on Wednesday.",
    ),
    (
        "hostile",
        "2023-05-04",
        "Police arrested Ana <script>alert(1)</script> \"onload=alert(2) in Lima on Wednesday.\n\n\
         The minister \u{202E}desrever\u{202C} said: \"<img src=x onerror=alert(3)> will be arrested\u{7}\u{1b}[31m.\"",
    ),
];

fn entry(report: Report, shape: Shape) -> Entry {
    Entry::coded(&PIPELINE.run(report, shape).expect("a report in English"))
}

/// The examples of the repository.
pub fn examples() -> Vec<Entry> {
    let root: PathBuf = [env!("CARGO_MANIFEST_DIR"), "..", "..", "examples", "seoul-talks"].iter().collect();
    let examples = read_reports(&[root], Format::Auto).map(|report| report.expect("the examples are read"));
    examples.map(|report| entry(report, Shape::Page)).collect()
}

/// Reports with all that `dress` puts on them.
pub fn news(news: &[News], dress: impl Fn(&str, &mut Report)) -> Vec<Entry> {
    let coded = |&(id, published, text): &News| {
        let mut report = Report::from_text(id, text);
        report.published = Some(published.parse().expect("a day"));
        dress(id, &mut report);
        entry(report, Shape::ArticleOnly)
    };
    news.iter().map(coded).collect()
}

/// Adds reports as one run.
pub fn add(path: &Path, entries: Vec<Entry>) {
    let mut record = Record::open(path).expect("a record");
    let run = record.begin_run("test 1.0", &[("model", b"bytes")], Some("2023-05-09T08:00")).expect("a run");
    record.add(run, entries).expect("reports are added");
    record.close().expect("the record is closed");
}

/// The bytes of a record with these reports.
pub fn record_of(entries: Vec<Entry>) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("r.sqlite");
    add(&path, entries);
    std::fs::read(&path).expect("the record is a file")
}

/// Who may ask: this machine.
pub fn own_machine() -> Access {
    Access::new([127, 0, 0, 1].into(), None).expect("no token is needed")
}

/// The pages of a record.
pub struct Web {
    pub app: Router,
    pub path: PathBuf,
    _folder: tempfile::TempDir,
}

impl Web {
    /// The pages of a copy of a record.
    pub fn of(record: &[u8], access: Access) -> Web {
        Web::with(record, |path| Site::of_record(path, access, Box::new(tell)).expect("the record is there"))
    }

    pub fn with(record: &[u8], site: impl FnOnce(&Path) -> Site) -> Web {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("r.sqlite");
        std::fs::write(&path, record).expect("the record is written");
        Web { app: app(Arc::new(site(&path))), path, _folder: folder }
    }
}

/// Where a server complains.
pub fn tell(words: &str) {
    panic!("nothing goes wrong here: {words}");
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
        self.get_with(address, &[])
    }

    pub fn get_with(&self, address: &str, headers: &[(&str, &str)]) -> Answer {
        self.ask("GET", address, headers, "")
    }

    /// A page that is there.
    pub fn page(&self, address: &str) -> String {
        let answer = self.get(address);
        assert_eq!(answer.status, StatusCode::OK, "{address}: {}", answer.text());
        answer.text()
    }

    /// Checks that a page is there, whole, and does nothing that a report wants it to.
    pub fn assert_harmless(&self, address: &str) {
        let answer = self.get(address);
        let text = answer.text();
        assert_eq!(answer.status, StatusCode::OK, "{address}: {text}");
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8", "{address}");
        assert!(answer.header("content-security-policy").starts_with("default-src 'none'"), "{address}");
        assert_eq!(text.matches("<h1").count(), 1, "{address}");
        assert_eq!(text.matches("<script").count(), 1, "{address}: our own script only");
        for bad in [
            " style=",
            "<img",
            "javascript:",
            " onload=",
            " onerror=",
            "\u{202E}",
            "\u{1b}",
            "\u{7}",
            "http://",
            "//cdn",
        ] {
            // What a report says stands in the text, escaped: as a tag, an attribute or a character it does not.
            let tags: Vec<&str> = text.split('<').skip(1).filter_map(|rest| rest.split('>').next()).collect();
            let found = if bad.starts_with(['<', ' ', 'j']) {
                tags.iter().any(|tag| {
                    let outside = outside_quotes(tag);
                    format!("<{outside}").contains(bad)
                        || bad == "javascript:" && tag.contains("href=\"javascript:")
                })
            } else {
                text.contains(bad)
            };
            assert!(!found, "{address} has {bad:?}");
        }
        let mut ids: Vec<&str> =
            text.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let n_ids = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), n_ids, "{address}: an id stands twice");
    }

    /// Checks that something is refused in words that say what would be right.
    pub fn assert_refused(&self, address: &str, status: u16, words: &str) {
        let answer = self.get(address);
        assert_eq!(answer.status.as_u16(), status, "{address}: {}", answer.text());
        let text = answer.text().replace("<code>", "`").replace("</code>", "`");
        assert!(text.contains(words), "{address}: {text}");
        assert_eq!(answer.header("cache-control"), "no-store", "{address}");
    }

    /// The items of a list.
    pub fn items(&self, address: &str) -> Vec<Value> {
        let answer = self.get(address);
        assert_eq!(answer.status, StatusCode::OK, "{address}: {}", answer.text());
        answer.json()["items"].as_array().unwrap_or_else(|| panic!("{address} has no items")).clone()
    }
}

/// A tag without the values of its attributes.
fn outside_quotes(tag: &str) -> String {
    tag.split('"').step_by(2).collect()
}
