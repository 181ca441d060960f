//! What people come for: find something, see its words, pass it on.

use crate::driver::{Browser, in_a_browser};
use crate::site::{EDITED, NEWS};
use serde_json::{Value, json};

/// The links of the items of a list, in order.
const ITEMS: &str = "[...document.querySelectorAll('main .item .item-head a:first-of-type')].map(a => a.getAttribute('href'))";

/// Letters and digits of words: pages differ from the text in white space and signs.
fn letters(words: &str) -> String {
    words.chars().filter(|c| c.is_alphanumeric()).collect()
}

async fn open(browser: &Browser, path: &str) {
    browser.look(1440, 900, "light").await;
    browser.open_page(&NEWS.at(path)).await;
}

#[test]
fn an_event_is_found_and_followed_to_its_words() {
    in_a_browser(async |browser| {
        open(browser, "/").await;
        browser.type_into("#find", "coastguard\u{e007}").await;
        browser.wait_for("location.pathname === '/search' && document.readyState === 'complete'").await;
        let event = browser.text("document.querySelector('a[href^=\"/event/\"]').textContent").await;
        browser.click("main a[href^='/event/']").await;
        assert_eq!(browser.text("document.querySelector('h1').textContent").await, event);
        let quoted = browser.text("document.querySelector('.telling mark').textContent").await;
        browser.click(".telling figcaption a[href^='/report/']").await;
        let place = browser.value(PLACE).await;
        assert_eq!(place["in_view"], true, "{}: {place}", browser.address().await);
        let words = letters(place["words"].as_str().expect("the place has words"));
        assert!(
            !words.is_empty() && letters(&quoted).starts_with(&words),
            "{quoted:?} begins with {words:?}"
        );
    });
}

/// The place in the text that the address names.
const PLACE: &str = "(() => {
    const place = document.querySelector('.text ' + location.hash);
    const box = place.getBoundingClientRect();
    return { words: place.firstChild.textContent, in_view: box.top >= 0 && box.top < innerHeight && box.width > 0 };
})()";

#[test]
fn a_filtered_list_has_an_address_that_can_be_passed_on() {
    let mut shared = (String::new(), Value::Null);
    in_a_browser(async |browser| {
        open(browser, "/events").await;
        let all = browser.value(ITEMS).await;
        browser.click("details.filters summary").await;
        browser.type_into("#f-actor", "NOR").await;
        browser.type_into("#f-event", "COERCE").await;
        browser.click("details.filters button[type=submit]").await;
        browser.wait_for("location.search !== ''").await;
        shared = (browser.address().await, browser.value(ITEMS).await);
        assert_eq!(shared.0, NEWS.at("/events?actor=NOR&event=COERCE"), "empty fields are left out");
        assert_ne!(shared.1, all);
        assert_ne!(shared.1, json!([]));
        // Each filter can be taken away again.
        browser.click(".set li a").await;
        browser.click(".set li a").await;
        assert_eq!(browser.address().await, NEWS.at("/events"));
        assert_eq!(browser.value(ITEMS).await, all);
    });
    in_a_browser(async |browser| {
        let (address, items) = &shared;
        if address.is_empty() {
            return;
        }
        browser.open_page(address).await;
        assert_eq!(&browser.value(ITEMS).await, items, "somebody else sees the same");
        assert_eq!(browser.text("document.getElementById('f-actor').value").await, "NOR");
    });
}

#[test]
fn keys_lead_through_a_page() {
    in_a_browser(async |browser| {
        open(browser, "/events").await;
        let items = browser.value(ITEMS).await;
        for (key, expected) in [("j", 0), ("j", 1), ("j", 2), ("k", 1), ("k", 0), ("k", 0)] {
            browser.press(key).await;
            let focus = browser.value("document.activeElement.getAttribute('href')").await;
            assert_eq!(focus, items[expected], "{key}");
        }
        browser.press("?").await;
        browser.wait_for("document.getElementById('keys').open").await;
        browser.press("\u{e00c}").await;
        browser.wait_for("!document.getElementById('keys').open").await;
        browser.press("/").await;
        assert_eq!(browser.text("document.activeElement.id").await, "find");
        browser.press("j/k?").await;
        assert_eq!(
            browser.text("document.activeElement.value").await,
            "j/k?",
            "keys are letters where one writes"
        );
        // The first stop of the tabulator leads past the masthead.
        browser.open_page(&NEWS.at("/events")).await;
        browser.press("\u{e004}").await;
        browser.press("\u{e007}").await;
        browser.wait_for("location.hash === '#main' && document.activeElement.id === 'main'").await;
    });
}

#[test]
fn lists_are_turned_page_by_page() {
    in_a_browser(async |browser| {
        open(browser, "/events?limit=5").await;
        let first = browser.value(ITEMS).await;
        browser.click("a[rel=next]").await;
        browser.wait_for("location.search.includes('page=2')").await;
        let second = browser.value(ITEMS).await;
        let (of_first, of_second) = (first.as_array().expect("a list"), second.as_array().expect("a list"));
        assert_eq!((of_first.len(), of_second.len()), (5, 5));
        assert!(of_first.iter().all(|item| !of_second.contains(item)), "{first} {second}");
        browser.click("a[rel=prev]").await;
        assert_eq!(browser.address().await, NEWS.at("/events?limit=5"));
        assert_eq!(browser.value(ITEMS).await, first);
    });
}

#[test]
fn a_correction_is_made_and_undone() {
    in_a_browser(async |browser| {
        const EVENT: &str = "document.querySelector('main h2 a[href^=\"/event/\"]').getAttribute('href')";
        const UNDO: &str = "main form[action^='/edit/undo/'] button";
        let is_there = format!("!!document.querySelector({})", Value::from(UNDO));
        browser.look(1440, 900, "light").await;
        browser.open_page(&EDITED.at("/queue")).await;
        let event = browser.text(EVENT).await;
        browser.type_into("#why", "told of a film").await;
        browser.click("button[formaction$='/reject']").await;
        browser.wait_for(&is_there).await;
        assert_ne!(browser.text(EVENT).await, event, "the queue goes on");
        browser.open_page(&EDITED.at("/events.json?limit=500")).await;
        let listed = format!("document.body.textContent.includes('\"{}\"')", &event["/event/".len()..]);
        assert_eq!(browser.value(&listed).await, false);
        browser.open_page(&EDITED.at(&event)).await;
        let journal = browser.text("document.querySelector('main').textContent").await;
        assert!(journal.contains("told of a film") && journal.contains("Ann Editor"), "{journal}");
        browser.click(UNDO).await;
        browser.wait_for("!!document.querySelector(\"button[formaction$='/reject']\")").await;
        browser.open_page(&EDITED.at("/events.json?limit=500")).await;
        assert_eq!(browser.value(&listed).await, true);
        assert_eq!(browser.errors().await, Vec::<String>::new());
    });
}

#[test]
fn a_theme_is_kept() {
    in_a_browser(async |browser| {
        open(browser, "/").await;
        let light = browser.text("getComputedStyle(document.body).backgroundColor").await;
        browser.click("#theme").await;
        browser.click("#theme").await;
        let dark = browser.text("getComputedStyle(document.body).backgroundColor").await;
        assert_ne!(light, dark);
        browser.open_page(&NEWS.at("/events")).await;
        assert_eq!(browser.text("getComputedStyle(document.body).backgroundColor").await, dark);
    });
}

#[test]
fn marks_of_a_text_are_switched_off_without_script() {
    in_a_browser(async |browser| {
        browser.look(1440, 900, "light").await;
        browser.allow_script(false).await;
        browser.open_page(&NEWS.at("/report/r1")).await;
        let style = "(() => { const { backgroundColor, borderBottomStyle, textDecorationLine, boxShadow } =
            getComputedStyle(document.querySelector('.text a[href^=\"/event/\"]'));
            return [backgroundColor, borderBottomStyle, textDecorationLine, boxShadow].join(); })()";
        let on = browser.text(style).await;
        browser.value("document.getElementById('show-events').checked = false; 0").await;
        assert_ne!(browser.text(style).await, on);
    });
}
