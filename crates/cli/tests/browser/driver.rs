//! A browser that tests drive: WebDriver through fantoccini, and what WebDriver lacks through Chrome's own protocol.
//!
//! One chromedriver serves all tests; each test has a session, so that none inherits what another left behind.

use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder, Locator};
use http::Method;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::process::{Command, Stdio};
use std::sync::LazyLock;
use std::time::Duration;
use url::{ParseError, Url};

/// How long a page may take until what is waited for is there.
const PATIENCE: Duration = Duration::from_secs(20);

static DRIVER: LazyLock<Option<String>> = LazyLock::new(start_driver);

fn start_driver() -> Option<String> {
    let is_there = Command::new("chromedriver").arg("--version").stdout(Stdio::null()).status();
    if !is_there.is_ok_and(|status| status.success()) {
        assert!(
            std::env::var_os("DATELINE_WITHOUT_BROWSER").is_some_and(|value| value == "1"),
            "no chromedriver, so the web page was not seen in a browser; hint: apt-get install chromium \
             chromium-driver, or set DATELINE_WITHOUT_BROWSER=1 to do without"
        );
        return None;
    }
    let line = tied("chromedriver", &["--port=0"], "successfully on port ");
    let port: String = line.chars().take_while(char::is_ascii_digit).collect();
    Some(format!("http://127.0.0.1:{port}/"))
}

/// Starts a program that ends with these tests, however they end, and gives what it says after `sign`.
pub fn tied(program: &str, arguments: &[&str], sign: &str) -> String {
    // The pipe is closed when this process ends, also by a signal; nothing here could run then.
    let mut child = Command::new("sh")
        .args(["-c", "\"$@\" 2>&1 & read -r _; kill $!", "sh", program])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("a shell starts");
    let mut lines = BufReader::new(child.stdout.take().expect("standard output is a pipe")).lines();
    std::mem::forget(child);
    let mut said = String::new();
    let found = lines.by_ref().map_while(Result::ok).find_map(|line| {
        said += &line;
        line.split_once(sign).map(|(_, rest)| rest.to_owned())
    });
    std::thread::spawn(move || lines.for_each(drop));
    found.unwrap_or_else(|| panic!("{program} did not start: {said}"))
}

/// Runs a test in a browser of its own.
pub fn in_a_browser(test: impl AsyncFnOnce(&Browser)) {
    let Some(driver) = &*DRIVER else {
        eprintln!("not run, as there is no browser (DATELINE_WITHOUT_BROWSER=1)");
        return;
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let browser = runtime.block_on(Browser::open(driver));
    let outcome = catch_unwind(AssertUnwindSafe(|| runtime.block_on(test(&browser))));
    // Chromedriver leaves the browsers of open sessions running.
    _ = runtime.block_on(browser.client.close());
    if let Err(panic) = outcome {
        resume_unwind(panic);
    }
}

/// A browser with one page.
pub struct Browser {
    client: Client,
}

impl Browser {
    async fn open(driver: &str) -> Browser {
        let arguments = [
            "--headless=new",
            // Containers have no user namespaces; what is opened here is our own page.
            "--no-sandbox",
            "--disable-dev-shm-usage",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-extensions",
            "--hide-scrollbars",
            "--force-color-profile=srgb",
            "--lang=en-GB",
            // No other host is reached, and who asks for one is found in the log.
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        ];
        let asked = json!({
            "goog:chromeOptions": {
                "args": arguments,
                "perfLoggingPrefs": { "enableNetwork": true, "enablePage": false },
            },
            "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
            // A dialog of the page fails the next command.
            "unhandledPromptBehavior": "dismiss and notify",
        });
        let Value::Object(asked) = asked else { unreachable!("an object is written above") };
        let asked: Capabilities = asked;
        let client = ClientBuilder::new(HttpConnector::new()).capabilities(asked).connect(driver).await;
        Browser { client: client.expect("a browser opens") }
    }

    /// Opens an address and waits until it is loaded.
    pub async fn open_page(&self, address: &str) {
        self.client.goto(address).await.unwrap_or_else(|error| panic!("{address}: {error}"));
        // For a moment the page before, or none, still answers.
        let address = Value::from(address);
        let is_there = "document.documentElement && document.readyState === 'complete'";
        self.wait_for(&format!("!!({is_there} && new URL({address}).href === location.href)")).await;
    }

    /// A command of Chrome's own protocol.
    pub async fn chrome(&self, command: &'static str, params: Value) -> Value {
        let body = json!({ "cmd": command, "params": params });
        let answer = self.client.issue_cmd(Extra { path: "goog/cdp/execute", body }).await;
        answer.unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    /// What an expression is worth in the page, also where the page itself may run no script.
    pub async fn value(&self, expression: &str) -> Value {
        let params = json!({ "expression": expression, "returnByValue": true, "awaitPromise": true });
        let answer = self.chrome("Runtime.evaluate", params).await;
        assert!(answer.get("exceptionDetails").is_none(), "{answer}\n{}", head(expression));
        answer["result"]["value"].clone()
    }

    /// The same as text.
    pub async fn text(&self, expression: &str) -> String {
        self.value(expression).await.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until an expression is true.
    pub async fn wait_for(&self, expression: &str) {
        let start = std::time::Instant::now();
        while self.value(expression).await != Value::Bool(true) {
            assert!(start.elapsed() < PATIENCE, "{}: waited in vain for {expression}", self.address().await);
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Clicks the first element, scrolled to as for a person, and waits for the page that it leads to.
    pub async fn click(&self, css: &str) {
        let found = self.client.find(Locator::Css(css)).await;
        let element = found.unwrap_or_else(|error| panic!("{css}: {error}"));
        element.click().await.unwrap_or_else(|error| panic!("{css}: {error}"));
        self.wait_for("document.readyState === 'complete'").await;
    }

    /// Types into an element.
    pub async fn type_into(&self, css: &str, keys: &str) {
        let found = self.client.find(Locator::Css(css)).await;
        let element = found.unwrap_or_else(|error| panic!("{css}: {error}"));
        element.send_keys(keys).await.unwrap_or_else(|error| panic!("{css}: {error}"));
    }

    /// Presses keys where the focus is.
    pub async fn press(&self, keys: &str) {
        let element = self.client.active_element().await.expect("something has the focus");
        element.send_keys(keys).await.unwrap_or_else(|error| panic!("{keys}: {error}"));
    }

    /// The address of the page.
    pub async fn address(&self) -> String {
        self.text("location.href").await
    }

    /// A window of that size in a theme. Movement is off, so that what is measured stands still.
    pub async fn look(&self, width: u32, height: u32, theme: &str) {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.chrome("Emulation.setDeviceMetricsOverride", size).await;
        let features = json!([
            { "name": "prefers-color-scheme", "value": theme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        self.chrome("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    }

    /// Lets pages run script, or not.
    pub async fn allow_script(&self, allow: bool) {
        self.chrome("Emulation.setScriptExecutionDisabled", json!({ "value": !allow })).await;
    }

    /// Errors that the console had to say since the last question.
    pub async fn errors(&self) -> Vec<String> {
        let entries = self.log("browser").await;
        let severe = entries.iter().filter(|entry| entry["level"] == "SEVERE");
        severe.map(|entry| entry["message"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Addresses that were asked for since the last question.
    pub async fn requests(&self) -> Vec<String> {
        let entries = self.log("performance").await;
        let messages = entries.iter().filter_map(|entry| entry["message"].as_str());
        let messages = messages.filter(|message| message.contains("Network.requestWillBeSent\""));
        let messages = messages.filter_map(|message| serde_json::from_str::<Value>(message).ok());
        messages
            .filter_map(|message| message["message"]["params"]["request"]["url"].as_str().map(str::to_owned))
            .collect()
    }

    async fn log(&self, kind: &str) -> Vec<Value> {
        let answer = self.client.issue_cmd(Extra { path: "se/log", body: json!({ "type": kind }) }).await;
        answer.expect("the log is read").as_array().cloned().unwrap_or_default()
    }

    /// The window as PNG.
    pub async fn image(&self) -> Vec<u8> {
        self.client.screenshot().await.expect("an image")
    }
}

fn head(text: &str) -> String {
    text.chars().take(200).collect()
}

/// A command that fantoccini does not know.
#[derive(Debug)]
struct Extra {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Extra {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _address: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}
