//! How many readers a served record bears: so many clients ask for pages, one after the other, for so many seconds.
//!
//! In:  the address of a running `dateline serve`, the number of clients, the seconds.
//! Out: requests a second, errors, and how long an answer took; also for each kind of page.
//!
//! ```text
//! cargo run --release -p dateline-serve --example load -- 127.0.0.1:8080 50 60
//! 12345 answers in 60.0 s, 205 a second, 0 errors; ms: p50 12, p95 80, p99 140, max 310
//!   /event            4105   p50 12, p95 60, p99 90, max 200
//!   /events?actor=    1032   p50 20, p95 80, p99 140, max 310
//! ```
//!
//! The addresses are those of the record: its lists say which events, reports, actors and places there are. What is asked for is
//! drawn by lot, half of it one event or report, a sixth the start page and the first page of lists, the rest lists by actor, place, pair
//! and words. The lot is the same in every run, so two runs can be compared.
//!
//! Not done: a browser would fetch style and script once and keep them; here only pages are asked for.

use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::time::{Duration, Instant};
use tokio::net::TcpStream;

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

/// Rows of each list that is read for addresses, and pages of it: near the start and far from it.
const ROWS: usize = 500;
const LIST_PAGES: [usize; 6] = [1, 2, 4, 8, 16, 32];
/// Words of news everywhere.
const WORDS: [&str; 8] =
    ["minister", "army", "talks", "protest", "police", "\"foreign minister\"", "sanction*", "troops -police"];
/// Pages that nothing has to be known for.
const FIRST_PAGES: [&str; 15] = [
    "/",
    "/?map=world",
    "/events",
    "/events?page=2",
    "/search?text=minister",
    "/actors",
    "/tension",
    "/statements",
    "/discrepancies",
    "/discrepancies?kind=number",
    "/lineage",
    "/timeline",
    "/brief",
    "/coverage",
    "/method",
];
/// More bytes than any page has.
const MAX_BYTES: usize = 64 << 20;

#[expect(clippy::print_stdout, reason = "the result of the measurement")]
fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [host, n_clients, seconds] = arguments.as_slice() else {
        return Err("usage: load HOST:PORT CLIENTS SECONDS".into());
    };
    let (n_clients, seconds): (usize, u64) = (n_clients.parse()?, seconds.parse()?);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let pools = pools(host).await?;
        let sizes: Vec<usize> = pools.iter().map(Vec::len).collect();
        eprintln!("{} things, {} first pages, {} questions", sizes[0], sizes[1], sizes[2]);
        let start = Instant::now();
        let until = start + Duration::from_secs(seconds);
        let clients: Vec<_> = (0..n_clients)
            .map(|number| tokio::spawn(client(host.clone(), pools.clone(), number as u64, until)))
            .collect();
        let (mut times, mut errors) = (Vec::new(), Vec::new());
        for client in clients {
            let (its_times, its_errors) = client.await?;
            times.extend(its_times);
            errors.extend(its_errors);
        }
        let seconds = start.elapsed().as_secs_f64();
        let all: Vec<Duration> = times.iter().map(|(_, time)| *time).collect();
        println!(
            "{} answers in {seconds:.1} s, {:.0} a second, {} errors; ms: {}",
            times.len(),
            times.len() as f64 / seconds,
            errors.len(),
            parts(all),
        );
        let mut kinds: BTreeMap<String, Vec<Duration>> = BTreeMap::new();
        for (address, time) in times {
            kinds.entry(kind(&address)).or_default().push(time);
        }
        for (kind, times) in kinds {
            println!("  {kind:18} {:6}   {}", times.len(), parts(times));
        }
        errors.iter().take(5).for_each(|error| eprintln!("{error}"));
        if errors.is_empty() { Ok(()) } else { Err("some requests failed".into()) }
    })
}

/// How long half of the answers took, and all but few.
fn parts(mut times: Vec<Duration>) -> String {
    times.sort_unstable();
    let part = |part: f64| {
        let at = (times.len() as f64 * part) as usize;
        times.get(at.min(times.len().saturating_sub(1))).map_or(0, Duration::as_millis)
    };
    format!("p50 {}, p95 {}, p99 {}, max {}", part(0.5), part(0.95), part(0.99), part(1.0))
}

/// Which page an address is of, and by what it asks.
fn kind(address: &str) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let page: String =
        path.chars().enumerate().take_while(|&(at, c)| at == 0 || c != '/').map(|(_, c)| c).collect();
    let asked = query.split_once('=').map(|(name, _)| format!("?{name}=")).unwrap_or_default();
    page + &asked
}

/// What is asked for: single things, first pages, questions.
async fn pools(host: &str) -> Outcome<[Vec<String>; 3]> {
    let mut connection = connect(host).await?;
    let mut ids = BTreeSet::new();
    let mut pairs = BTreeSet::new();
    for page in LIST_PAGES {
        for list in ["/events.json?".to_owned(), "/search.json?text=the&".to_owned()] {
            let address = format!("{list}limit={ROWS}&page={page}");
            let answer = ask(&mut connection, host, &address).await?;
            let list: Value = serde_json::from_slice(&answer)?;
            gather(&list, &mut ids);
            for row in list["rows"].as_array().into_iter().flatten() {
                if let (Some(a), Some(b)) = (country(&row["actor"]), country(&row["recipient"]))
                    && a != b
                {
                    pairs.insert(format!("{a},{b}"));
                }
            }
        }
    }
    let of = |letter: char| ids.iter().filter(move |id| id.starts_with(letter)).cloned();
    let things = of('e').map(|id| format!("/event/{id}")).chain(of('r').map(|id| format!("/report/{id}")));
    let things: Vec<String> = things.collect();
    let first = FIRST_PAGES.map(str::to_owned);
    let mut questions: Vec<String> = of('a').map(|id| format!("/events?actor={id}")).collect();
    questions.extend(of('a').map(|id| format!("/actor/{id}")));
    questions.extend(of('a').step_by(2).map(|id| format!("/statements?actor={id}")));
    questions.extend(of('p').map(|id| format!("/events?place={id}")));
    questions.extend(pairs.iter().map(|pair| format!("/events?dyad={pair}")));
    questions.extend(pairs.iter().map(|pair| format!("/dyad?{}", pair_of(pair))));
    questions.extend(pairs.iter().map(|pair| format!("/timeline?dyad={pair}")));
    questions.extend(pairs.iter().filter_map(|pair| Some(format!("/?actor={}", pair.split(',').next()?))));
    for word in WORDS {
        let word = word.replace(' ', "+").replace('"', "%22");
        questions.extend((1..9).map(|page| format!("/search?text={word}&page={page}")));
    }
    if things.is_empty() { Err("the record is empty".into()) } else { Ok([things, first.into(), questions]) }
}

/// Every id in an answer.
fn gather(value: &Value, ids: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => {
            let is_id = text.len() > 1
                && text.starts_with(['e', 'r', 'a', 'p'])
                && text[1..].bytes().all(|byte| byte.is_ascii_digit());
            if is_id {
                ids.insert(text.clone());
            }
        }
        Value::Array(values) => values.iter().for_each(|inner| gather(inner, ids)),
        Value::Object(object) => object.values().for_each(|inner| gather(inner, ids)),
        _ => {}
    }
}

/// `KOR,PRK` as two parameters.
fn pair_of(pair: &str) -> String {
    let (a, b) = pair.split_once(',').unwrap_or((pair, pair));
    format!("a={a}&b={b}")
}

fn country(parties: &Value) -> Option<&str> {
    parties[0]["country"].as_str()
}

/// Asks until the time is over; the time of each answer, and what went wrong.
async fn client(
    host: String,
    pools: [Vec<String>; 3],
    number: u64,
    until: Instant,
) -> (Vec<(String, Duration)>, Vec<String>) {
    let (mut times, mut errors) = (Vec::new(), Vec::new());
    let mut lot = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut draw = |n: usize| {
        // Knuth's MMIX constants; the upper bits are the good ones.
        lot = lot.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (lot >> 33) as usize % n
    };
    let mut connection = None;
    while Instant::now() < until {
        let pool = &pools[[0, 0, 0, 1, 2, 2][draw(6)]];
        let address = &pool[draw(pool.len())];
        let start = Instant::now();
        let asked = async {
            if connection.is_none() {
                connection = Some(connect(&host).await?);
            }
            let Some(open) = &mut connection else { return Err("no connection".into()) };
            ask(open, &host, address).await
        };
        match asked.await {
            Ok(_) => times.push((address.clone(), start.elapsed())),
            Err(error) => {
                errors.push(format!("{address}: {error}"));
                connection = None;
                // A server that is gone would otherwise be asked thousands of times.
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
    (times, errors)
}

async fn connect(host: &str) -> Outcome<SendRequest<Body>> {
    let stream = TcpStream::connect(host).await?;
    stream.set_nodelay(true)?;
    let (sender, connection) = handshake(TokioIo::new(stream)).await?;
    tokio::spawn(connection);
    Ok(sender)
}

async fn ask(connection: &mut SendRequest<Body>, host: &str, address: &str) -> Outcome<Vec<u8>> {
    connection.ready().await?;
    let mut request = Request::get(address).header(header::HOST, host);
    // As browsers ask; what is read for addresses is taken unpacked.
    if !address.contains(".json") {
        request = request.header(header::ACCEPT_ENCODING, "gzip");
    }
    let answer = connection.send_request(request.body(Body::empty())?).await?;
    let status = answer.status();
    let body = to_bytes(Body::new(answer.into_body()), MAX_BYTES).await?;
    if status.is_success() { Ok(body.into()) } else { Err(format!("status {status}").into()) }
}
