//! What is held in memory while much is read: a report, whatever the length of the input.

use dateline_ingest::{Format, read_reports_from};
use std::alloc::{GlobalAlloc, Layout, System};
use std::collections::VecDeque;
use std::io::{self, Read};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::Duration;

/// Counts what is allocated and not yet freed, and the most that it ever was.
struct Counting;

static HELD: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every call is handed on to the system's allocator unchanged; counting touches no memory of the caller.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let held = HELD.fetch_add(layout.size(), Ordering::Relaxed) + layout.size();
        MOST.fetch_max(held, Ordering::Relaxed);
        // SAFETY: the caller's promises are those that the system asks for.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        HELD.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: as above.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Makes the pieces of an input while they are read.
struct Made<F> {
    piece: F,
    n_made: usize,
    rest: VecDeque<u8>,
}

impl<F: FnMut(usize) -> Option<Vec<u8>>> Read for Made<F> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.rest.is_empty()
            && let Some(piece) = (self.piece)(self.n_made)
        {
            self.rest = piece.into();
            self.n_made += 1;
        }
        self.rest.read(into)
    }
}

const PAGE_BYTES: usize = 100_000;
const N_PAGES: usize = 3_000;
/// Some copies of a page on its way, and the buffers.
const BOUND: usize = 2 << 20;

/// One test, as others beside it would be counted, too.
#[test]
fn memory_does_not_grow_with_the_input() {
    let words = "Talks began in Marenko on Monday. ".repeat(PAGE_BYTES / 34);
    let page = words.clone();
    // A film between the pages is passed over without being held.
    let film = vec![b'f'; 64 << 10];
    let warc = move |n: usize| {
        if n == 0 {
            let header = "WARC/1.0\r\nWARC-Type: response\r\nContent-Length:";
            let http = "HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n\r\n";
            let n_bytes = http.len() + 100 * film.len();
            return Some(format!("{header} {n_bytes}\r\n\r\n{http}").into_bytes());
        }
        if n <= 100 {
            return Some(film.clone());
        }
        let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n{page}");
        (n <= N_PAGES + 100).then(|| {
            format!("\r\n\r\nWARC/1.0\r\nWARC-Type: response\r\nContent-Length: {}\r\n\r\n{http}", http.len())
                .into_bytes()
        })
    };
    let line = format!("{{\"text\":\"{words}\"}}\n");
    let lines = move |n: usize| (n < N_PAGES).then(|| line.clone().into_bytes());
    let item = format!("{{\n\"uri\":\"u\",\"body_text\":\"{words}\"\n}},\n");
    let items = move |n: usize| (n < N_PAGES).then(|| item.clone().into_bytes());

    type Pieces = Box<dyn FnMut(usize) -> Option<Vec<u8>> + Send>;
    let inputs: [(Format, Pieces); 3] =
        [(Format::Warc, Box::new(warc)), (Format::Jsonl, Box::new(lines)), (Format::Ninjs, Box::new(items))];
    for (format, piece) in inputs {
        let before = HELD.load(Ordering::Relaxed);
        MOST.store(before, Ordering::Relaxed);
        let reports = read_reports_from(Made { piece, n_made: 0, rest: VecDeque::new() }, "much", format);
        let n_reports = reports.filter(Result::is_ok).count();
        let held = MOST.load(Ordering::Relaxed).saturating_sub(before);
        assert_eq!(n_reports, N_PAGES, "{format}");
        assert!(held < BOUND, "{format}: {held} bytes were held at once");
    }

    a_report_is_given_before_the_next_is_sent();
}

/// Through a pipe, with the format named.
fn a_report_is_given_before_the_next_is_sent() {
    let http = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nTalks began.";
    let record =
        format!("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {}\r\n\r\n{http}\r\n\r\n", http.len());
    for (format, piece) in
        [(Format::Jsonl, "{\"text\":\"Talks began.\"}\n".to_owned()), (Format::Warc, record)]
    {
        let (sender, receiver) = mpsc::channel::<Vec<u8>>();
        let input = move |_| receiver.recv().ok();
        sender.send(piece.clone().into_bytes()).expect("the reader is there");
        let (done, is_done) = mpsc::channel();
        std::thread::spawn(move || {
            let reports =
                read_reports_from(Made { piece: input, n_made: 0, rest: VecDeque::new() }, "pipe", format);
            for report in reports {
                done.send(report.is_ok()).expect("the test is there");
            }
        });
        let first = is_done.recv_timeout(Duration::from_secs(20));
        assert_eq!(first, Ok(true), "{format}: the first report waits for the second");
        sender.send(piece.into_bytes()).expect("the reader is there");
        drop(sender);
        assert_eq!(is_done.recv(), Ok(true), "{format}");
        assert!(is_done.recv().is_err(), "{format}: two reports were sent");
    }
}
