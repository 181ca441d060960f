//! The web page in a real browser: what only a browser can say of it.
//!
//! In:  the built command, Debian's chromium and chromium-driver, axe-core (`tests/data/axe.min.js`).
//! Out: failures that name the page, the width, the theme and what is wrong there.
//!
//! Which pages there are is not written down here: from a few addresses ([`walk::ENTRANCES`]) the links of the page itself are
//! followed, and each pattern of address is looked at. So a new page is tested from the day on which something leads to it.
//!
//! Where there is no browser these tests fail, unless `DATELINE_WITHOUT_BROWSER=1` says that this is meant; then they say that
//! they did not run. `cargo test -p dateline --test browser -- --ignored` makes the images of the README anew.
//!
//! Not done: other browsers than Chromium.
#![cfg(unix)]

mod driver;
mod flows;
mod hostile;
mod images;
mod pages;
mod site;
#[path = "../support/mod.rs"]
mod support;
mod walk;
