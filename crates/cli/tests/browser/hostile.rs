//! Reports that want to be obeyed by a browser, a database or an eye: whatever they are made of, they are text.

use crate::driver::in_a_browser;
use crate::site::Site;
use crate::support::write;
use crate::walk::{self, Faults};
use serde_json::{Value, json};
use std::path::PathBuf;

/// Words that would set `__hit`, ask for something elsewhere, or break out of where they stand.
const WORDS: &[&str] = &[
    "<script>window.__hit='script'</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "\"><img src=x onerror=window.__hit='img'>",
    "' onmouseover='window.__hit=1' autofocus onfocus='window.__hit=2' x='",
    "<svg/onload=window.__hit='svg'><animate onbegin=window.__hit='animate' attributeName=x dur=1s>",
    "<svg><script href=\"data:text/javascript,window.__hit='svg script'\"/></svg>",
    "</title></style></textarea></script><script>window.__hit='closed'</script>",
    "--><script>window.__hit='comment'</script><!--",
    "]]><script>window.__hit='cdata'</script><![CDATA[",
    "<style>*{display:none!important} body{background:url(http://evil.example/bg)}</style>",
    "<link rel=stylesheet href=http://evil.example/x.css><base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=http://evil.example/'>",
    "<iframe srcdoc=\"<script>parent.__hit='frame'</script>\"></iframe><object data=//evil.example/></object>",
    "<form action=http://evil.example/><button formaction=javascript:alert(1)>Show</button></form>",
    "<a href=\"javascript:window.__hit='link'\">read more</a> [more](javascript:alert(1))",
    "<math><mtext></p><style><img src onerror=window.__hit='math'></style></mtext></math>",
    "{{constructor.constructor('window.__hit=1')()}} ${window.__hit=2} <%= window.__hit=3 %> #{1+1} {% raw %}",
    "'); DROP TABLE report; DROP TABLE event;-- \" OR 1=1 -- \\'; VACUUM INTO 'x'; NEAR/2 * AND (",
    "\u{202E}txet desrever\u{202C} \u{2066}isolated\u{2069} \u{200F}mark\u{200E}",
    "bell\u{7} escape\u{1b}[31mred\u{1b}[0m null\u{0}byte delete\u{7f} c1\u{9b}31m\u{85}\r\rreturn\u{c}feed\u{b}tab",
    "zero\u{200b}width\u{200d}join\u{feff}mark\u{2060}word\u{ad}soft\u{34f}grapheme\u{180e}vowel",
    "tags \u{e0041}\u{e0042}\u{e007f} private \u{e000} not a character \u{fffe}\u{ffff} \u{10ffff} replaced \u{fffd}",
    "\u{645}\u{62d}\u{645}\u{62f} \u{627}\u{644}\u{648}\u{632}\u{64a}\u{631} \u{5e9}\u{5dc}\u{5d5}\u{5dd} (12) \u{627}\u{644}\u{639}\u{631}\u{628}\u{64a}\u{629}",
    "Z\u{351}\u{36b}\u{343}\u{36a}\u{302}\u{36b}a\u{334}\u{335}\u{336}\u{337}\u{338}l\u{321}\u{353}\u{34d}g\u{489}\u{489}o\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308}\u{309}\u{30a}",
    "&lt;script&gt;window.__hit='entity'&lt;/script&gt; &#60;b&#62; &amp;amp; &nbsp;&zwnj;&#x202e;",
    "%3Cscript%3Ewindow.__hit=1%3C/script%3E ?token=x&limit=9 #main \\u003cscript\\u003e \\x3c",
    "\u{feff}\u{fdfd}\u{fdfd}\u{fdfd}\u{12031}\u{2e3b}\u{2e3b}\u{2e3b}\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}",
];

/// Addresses that are none, or lead where nobody should be led.
const ADDRESSES: &[&str] = &[
    "javascript:window.__hit='url'",
    " \tjava\nscript:window.__hit='url'",
    "JaVaScRiPt://news.example/%0awindow.__hit='url'",
    "data:text/html,<script>window.__hit='url'</script>",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "//evil.example/x",
    "http://evil.example/\" onmouseover=\"window.__hit=1",
    "https://evil.example/\u{202E}gpj.exe",
    "https://user:secret@evil.example:99999/",
    "http://[::1",
    "https://",
];

/// Outlets that look like another.
const OUTLETS: &[&str] =
    &["Harbour Post", "\u{41d}arbour Post", "Harbour\u{200b} Post", "Harbour P\u{43e}st", "HARBOUR POST "];

/// Each kind of words as title, outlet, name, quotation and place, with each kind of address.
fn reports() -> Vec<Value> {
    let mut reports = Vec::new();
    for (number, words) in WORDS.iter().enumerate() {
        let text = format!(
            "Police in Peru arrested Ana {words} Flores in Lima on Wednesday, the minister of {words} said.\n\n\
             \"{words}\", said President {words} of Chile. \"We condemn Peru for {words}.\"\n\n\
             Gunmen attacked {words} near Arequipa on Tuesday and killed four soldiers, the {words} army said."
        );
        reports.push(json!({
            "id": format!("{number} {words}"),
            "url": ADDRESSES[number % ADDRESSES.len()],
            "outlet": format!("{words} {number}"),
            "title": format!("{words}: {number}"),
            "published": format!("2023-05-{:02}", 1 + number % 28),
            "text": text,
        }));
        // The same as a web page: what is markup there is markup, and still nothing of it may run.
        if number % 5 == 0 {
            let html = format!(
                "<html><head><title>{words}</title></head><body><article><h1>Raid</h1><p>{text}</p></article></body></html>"
            );
            reports.push(json!({ "id": format!("page {number}"), "html": html, "published": "2023-05-09" }));
        }
    }
    for (number, outlet) in OUTLETS.iter().enumerate() {
        reports.push(json!({
            "id": format!("outlet {number}"),
            "outlet": outlet,
            "published": "2023-05-10T25:61:61+99:00",
            "text": "Gunmen attacked an army post near Arequipa in Peru on Tuesday and killed four soldiers, the army said.",
        }));
    }
    let told = "Chile condemned Peru on Monday.";
    let long = "x".repeat(1 << 20);
    let outlet = "W".repeat(100_000);
    let paragraphs: Vec<String> = (0..10_000).map(|n| format!("{n}")).collect();
    for (name, text) in [
        ("long-word", format!("{told} {long} {told}")),
        ("many-paragraphs", format!("{told}\n\n{}\n\n{told}", paragraphs.join("\n\n"))),
        ("nested", format!("{told} {}{told}", "<div><b>".repeat(20_000))),
        ("quotes", format!("{told} {}", "\u{201c}\"'\u{201d}".repeat(2_000))),
        ("empty", String::new()),
        ("blank", " \n\t\u{a0}\n".to_owned()),
    ] {
        reports.push(
            json!({ "id": name, "outlet": outlet, "title": outlet, "text": text, "published": "2023-05-11" }),
        );
    }
    reports
}

fn record() -> Site {
    let folder: PathBuf = [env!("CARGO_TARGET_TMPDIR"), "browser"].iter().collect();
    std::fs::create_dir_all(&folder).expect("a folder is made");
    let lines: Vec<String> = reports().iter().map(Value::to_string).collect();
    let path = write(&folder, "hostile.jsonl", lines.join("\n"));
    Site::of("hostile", &[&path])
}

#[test]
fn hostile_reports_are_text() {
    let site = record();
    in_a_browser(async |browser| {
        // Nothing may open a dialog either; a dialog would also fail the next command.
        let watch = "for (const name of ['alert', 'confirm', 'prompt', 'open']) window[name] = () => { window.__hit = name; };";
        browser.chrome("Page.addScriptToEvaluateOnNewDocument", json!({ "source": watch })).await;
        browser.look(390, 844, "light").await;
        let mut entrances: Vec<String> =
            ["/", "/?map=world", "/events?limit=500", "/search?text=peru&limit=500"]
                .map(str::to_owned)
                .into();
        // What is typed comes back too.
        entrances.extend(WORDS.iter().map(|words| format!("/search?text={}", percent(words))));
        entrances.extend(WORDS.iter().take(4).map(|words| format!("/events?actor={}", percent(words))));
        let n_reports = reports().len() - 2; // Two have no words.
        entrances.extend((1..=n_reports).map(|id| format!("/report/r{id}")));
        let found = walk::addresses(browser, &site, &entrances, 3).await;
        assert!(found.pages.iter().filter(|page| page.contains("/event/e")).count() > 2, "{:?}", found.pages);
        for (address, media_type) in &found.data {
            assert!(!media_type.contains("html") && !media_type.contains("svg"), "{address}: {media_type}");
        }
        let mut faults = Faults::default();
        faults.add("the links", found.broken);
        let mut shown = String::new();
        // What the console said on the way there comes again below, page by page.
        browser.errors().await;
        for page in &found.pages {
            browser.open_page(page).await;
            faults.add(page, walk::faults(browser).await);
            for width in [390, 1440] {
                browser.look(width, 844, "light").await;
                faults.add(&format!("{page} {width}"), walk::overflow(browser).await);
            }
            // Words in which nothing can be looked for are a mistake, and still only words.
            let is_typed = page.contains("/search?text=%") || page.contains("/events?actor=%");
            faults.add(page, walk::breaches(browser, &site, if is_typed { 400 } else { 200 }).await);
            if page.contains("/report/r") {
                shown += &browser.text("document.querySelector('main').textContent").await;
            }
        }
        faults.assert_none();
        for words in WORDS.iter().filter(|words| words.is_ascii() && !words.contains(char::is_control)) {
            assert!(shown.contains(words), "{words} is nowhere to be read");
        }
        for turned in ['\u{202E}', '\u{2066}', '\u{7}', '\u{1b}', '\u{9b}'] {
            assert!(!shown.contains(turned), "{turned:?} is obeyed");
        }
    });
}

/// Words as part of an address.
fn percent(words: &str) -> String {
    words.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
