//! Style, script and drawings, built in. No address leads to the file system.

use crate::answer::{Rendered, response};
use crate::charts;
use crate::router::Site;
use axum::Router;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use axum::routing::get;
use std::sync::{Arc, LazyLock};
use xxhash_rust::xxh3::xxh3_64;

const STYLE: &str = include_str!("../assets/style.css");
const SCRIPT: &str = include_str!("../assets/page.js");
const ICON: &str = include_str!("../assets/icon.svg");

/// Addresses of the assets with a hash of their bytes, so that browsers can keep them for ever.
pub(crate) struct Addresses {
    pub style: String,
    pub script: String,
    pub icon: String,
    /// The outlines of countries; `#land` is what to use of it.
    pub world: String,
}

pub(crate) static ADDRESSES: LazyLock<Addresses> = LazyLock::new(|| {
    let of = |name: &str, text: &str| format!("/assets/{name}?v={:x}", xxh3_64(text.as_bytes()));
    Addresses {
        style: of("style.css", STYLE),
        script: of("page.js", SCRIPT),
        icon: of("icon.svg", ICON),
        world: of("world.svg", charts::world_svg()),
    }
});

/// The routes of the assets.
pub(crate) fn routes() -> Router<Arc<Site>> {
    let asset = |media_type: &'static str, text: fn() -> &'static str| {
        get(move || async move { kept(media_type, text()) })
    };
    Router::new()
        .route("/assets/style.css", asset("text/css; charset=utf-8", || STYLE))
        .route("/assets/page.js", asset("text/javascript; charset=utf-8", || SCRIPT))
        .route("/assets/icon.svg", asset("image/svg+xml", || ICON))
        .route("/favicon.ico", asset("image/svg+xml", || ICON))
        .route("/assets/world.svg", asset("image/svg+xml", charts::world_svg))
        .route("/robots.txt", asset("text/plain; charset=utf-8", || "User-agent: *\nDisallow: /\n"))
}

fn kept(media_type: &'static str, text: &'static str) -> Response {
    let mut response = response(Rendered {
        media_type,
        bytes: axum::body::Bytes::from_static(text.as_bytes()),
        file_name: None,
        next: None,
    });
    let for_a_year = HeaderValue::from_static("public, max-age=31536000, immutable");
    response.headers_mut().insert(header::CACHE_CONTROL, for_a_year);
    response
}
