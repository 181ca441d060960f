//! The record that programs ask: the examples and a few reports of a raid.

use crate::support::{News, Web, examples, news, own_machine, record_of, tell};
use dateline_serve::{Access, Site};
use std::sync::LazyLock;

const NEWS: [News; 4] = [
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
    let news = news(&NEWS, |id, report| report.outlet = Some(format!("The <b>{id}</b>, of; Lima")));
    record_of(examples().into_iter().chain(news).collect())
});

pub fn web() -> Web {
    web_with(own_machine())
}

pub fn web_with(access: Access) -> Web {
    Web::of(&RECORD, access)
}

/// The pages as readers reach them under a name.
pub fn web_reached_at(url: &str) -> Web {
    Web::with(&RECORD, |path| {
        let site = Site::of_record(path, own_machine(), Box::new(tell)).expect("the record is there");
        site.reached_at(url).expect("the address of a site")
    })
}
