//! Every page: three widths, two themes, with and without script, to WCAG 2.2 AA.

use crate::driver::{Browser, in_a_browser};
use crate::site::NEWS;
use crate::walk::{self, ENTRANCES, Faults, MISTAKES};
use serde_json::Value;

/// A phone, a tablet, a wide screen.
const SIZES: [(u32, u32); 3] = [(390, 844), (820, 1180), (1440, 900)];
const THEMES: [&str; 2] = ["light", "dark"];

/// axe-core by Deque Systems, MPL-2.0.
const AXE: &str = include_str!("../data/axe.min.js");
const LEVELS: &str = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa']";

/// Addresses of every pattern, with the status of their pages; and the links that lead nowhere.
async fn pages(browser: &Browser) -> (Vec<(String, u16)>, Vec<String>) {
    let entrances: Vec<String> = ENTRANCES.iter().map(|path| (*path).to_owned()).collect();
    let found = walk::addresses(browser, &NEWS, &entrances, 1).await;
    let mut pages: Vec<(String, u16)> = found.pages.into_iter().map(|page| (page, 200)).collect();
    assert!(pages.len() > ENTRANCES.len() + 3, "links lead on: {pages:?}");
    pages.extend(MISTAKES.iter().map(|&(path, status)| (NEWS.at(path), status)));
    (pages, found.broken)
}

/// What axe finds, each with the first places.
async fn violations(browser: &Browser, theme: &str) -> Vec<String> {
    // Of what axe checks only colours depend on the theme.
    let only = if theme == "light" {
        format!("{{ type: 'tag', values: {LEVELS} }}")
    } else {
        "{ type: 'rule', values: ['color-contrast', 'link-in-text-block'] }".to_owned()
    };
    let run = format!(
        "axe.run(document, {{ runOnly: {only}, resultTypes: ['violations'], preload: false }}).then(found => found.violations
            .map(violation => violation.id + ': ' + violation.nodes.slice(0, 3)
                .map(node => node.target.join(' ') + ' ' + node.html.slice(0, 160)
                    + (violation.id === 'color-contrast' ? ' ' + node.any[0]?.message : '')).join(' | ')))"
    );
    let found = browser.value(&run).await;
    found.as_array().expect("a list").iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

#[test]
fn every_page_fits_and_is_accessible() {
    in_a_browser(async |browser| {
        let mut faults = Faults::default();
        let (pages, broken) = pages(browser).await;
        faults.add("the links", broken);
        for (page, status) in pages {
            browser.open_page(&page).await;
            assert_ne!(browser.value(IS_WITHOUT_SCRIPT).await, true, "{page}");
            faults.add(&page, walk::faults(browser).await);
            browser.value(&format!("{AXE}; 0")).await;
            for (width, height) in SIZES {
                for theme in THEMES {
                    browser.look(width, height, theme).await;
                    let place = format!("{page} {width} {theme}");
                    faults.add(&place, walk::overflow(browser).await);
                    faults.add(&place, violations(browser, theme).await);
                }
            }
            faults.add(&page, walk::breaches(browser, &NEWS, status).await);
        }
        faults.assert_none();
    });
}

#[test]
fn every_page_is_whole_without_script() {
    in_a_browser(async |browser| {
        let mut faults = Faults::default();
        let (pages, _) = pages(browser).await;
        for (page, status) in pages {
            browser.allow_script(false).await;
            browser.open_page(&page).await;
            assert_ne!(browser.value(IS_WITHOUT_SCRIPT).await, false, "{page}");
            faults.add(&page, walk::faults(browser).await);
            for (width, height) in SIZES {
                for theme in THEMES {
                    browser.look(width, height, theme).await;
                    faults.add(&format!("{page} {width} {theme}"), walk::overflow(browser).await);
                }
            }
            // The page's own script had its time; axe needs timers.
            browser.allow_script(true).await;
            browser.look(390, 844, "light").await;
            browser.value(&format!("{AXE}; 0")).await;
            faults.add(&page, violations(browser, "light").await);
            faults.add(&page, walk::breaches(browser, &NEWS, status).await);
        }
        faults.assert_none();
    });
}

/// The button of the theme shows itself where script runs; a page for the frame of another has none.
const IS_WITHOUT_SCRIPT: &str = "document.getElementById('theme')?.hidden";

#[test]
fn faults_are_seen() {
    in_a_browser(async |browser| {
        browser.open_page(&NEWS.at("/search")).await;
        browser.look(390, 844, "light").await;
        assert_eq!(walk::faults(browser).await, [""; 0]);
        assert_eq!(walk::overflow(browser).await, [""; 0]);
        browser
            .value(
                "document.querySelector('main').insertAdjacentHTML('beforeend',
                    '<h1>Two</h1><a href=\"javascript:x()\">a</a><pre onclick=\"x()\">' + 'x'.repeat(900) + '</pre><img src=\"http://elsewhere.example/x.png\">'); 0",
            )
            .await;
        let found = walk::faults(browser).await.join("; ");
        for expected in ["2 h1", "link to javascript:", "PRE has onclick"] {
            assert!(found.contains(expected), "{expected}: {found}");
        }
        browser.value(&format!("{AXE}; 0")).await;
        let found = violations(browser, "light").await.join("; ");
        assert!(found.contains("image-alt"), "{found}");
        // The policy refuses the image, and the console says so.
        let found = walk::breaches(browser, &NEWS, 200).await.join("; ");
        assert!(found.contains("Content Security Policy"), "{found}");
        browser.value("document.querySelector('pre').style.width = '2000px'; 0").await;
        assert!(!walk::overflow(browser).await.is_empty());
    });
}
