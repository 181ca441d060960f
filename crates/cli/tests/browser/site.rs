//! Records made by the command, and served by it.

use crate::driver::tied;
use crate::support::{dateline, repository};
use std::path::PathBuf;
use std::sync::LazyLock;

/// The examples, and a story told by many: one page of everything that pages show.
pub static NEWS: LazyLock<Site> = LazyLock::new(|| {
    let paths = ["examples", "corpus/kidnapping/agency.jsonl", "corpus/kidnapping/others.jsonl"];
    Site::of("news", &paths.map(repository).each_ref().map(String::as_str))
});

/// The same, for somebody who corrects it.
pub static EDITED: LazyLock<Site> =
    LazyLock::new(|| Site::served("edited", &[&repository("examples")], &["--edit", "Ann Editor"]));

/// A record that is served.
pub struct Site {
    /// With the slash at its end.
    pub address: String,
}

impl Site {
    /// Makes a record of some reports and serves it.
    pub fn of(name: &str, reports: &[&str]) -> Site {
        Site::served(name, reports, &[])
    }

    /// The same with more flags of `serve`.
    pub fn served(name: &str, reports: &[&str], flags: &[&str]) -> Site {
        // Cargo's folder for what tests leave behind; each run makes it anew.
        let folder: PathBuf = [env!("CARGO_TARGET_TMPDIR"), "browser", name].iter().collect();
        _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("a folder is made");
        let record = folder.join("record.sqlite").display().to_string();
        let run = dateline(&[&["ingest", "--record", &record], reports].concat());
        // 1: some reports could not be coded, which is the point of some records.
        assert!(run.status <= 1, "{}", run.stderr);
        let command = env!("CARGO_BIN_EXE_dateline");
        let served = [&["serve", "--port", "0", "--record", &record], flags].concat();
        let said = tied(command, &served, " is at ");
        Site { address: said.split_whitespace().next().expect("an address").to_owned() }
    }

    /// The address of a page.
    pub fn at(&self, path: &str) -> String {
        format!("{}{}", self.address, path.trim_start_matches('/'))
    }
}
