//! The images of the README, made anew on demand.

use crate::driver::in_a_browser;
use crate::site::Site;
use crate::support::repository;

#[test]
#[ignore = "writes docs/images"]
fn images_of_the_readme_are_made() {
    let site = Site::of("images", &[&repository("examples")]);
    let folder = repository("docs/images");
    std::fs::create_dir_all(&folder).expect("a folder is made");
    in_a_browser(async |browser| {
        browser.look(1280, 800, "light").await;
        // The event that most sources tell, and the first report that tells it.
        browser.open_page(&site.at("/")).await;
        let event = site.at(&format!("/event/{}", browser.text(MOST_TOLD).await));
        browser.open_page(&event).await;
        let report = browser.text("document.querySelector('.telling figcaption a').href.split('#')[0]").await;
        for (name, address) in [("situation", site.at("/")), ("event", event), ("report", report)] {
            for theme in ["light", "dark"] {
                browser.look(1280, 800, theme).await;
                browser.open_page(&address).await;
                let image = browser.image().await;
                assert!(image.starts_with(b"\x89PNG"));
                std::fs::write(format!("{folder}/{name}-{theme}.png"), image).expect("an image is written");
            }
        }
    });
}

const MOST_TOLD: &str = "fetch('/events.json?limit=500').then(answer => answer.json()).then(list =>
    list.rows.reduce((most, event) => event.independent_reports > most.independent_reports ? event : most).id)";
