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

/// Where the address changes with the bytes.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// Where it does not.
const FOR_A_DAY: &str = "public, max-age=86400";

/// The routes of the assets.
pub(crate) fn routes() -> Router<Arc<Site>> {
    let asset = |media_type: &'static str, keep: &'static str, text: fn() -> &'static str| {
        get(move || async move { kept(media_type, keep, text()) })
    };
    Router::new()
        .route("/assets/style.css", asset("text/css; charset=utf-8", FOR_EVER, || STYLE))
        .route("/assets/page.js", asset("text/javascript; charset=utf-8", FOR_EVER, || SCRIPT))
        .route("/assets/icon.svg", asset("image/svg+xml", FOR_EVER, || ICON))
        .route("/assets/world.svg", asset("image/svg+xml", FOR_EVER, charts::world_svg))
        .route("/favicon.ico", asset("image/svg+xml", FOR_A_DAY, || ICON))
        .route(
            "/robots.txt",
            asset("text/plain; charset=utf-8", FOR_A_DAY, || "User-agent: *\nDisallow: /\n"),
        )
}

fn kept(media_type: &'static str, keep: &'static str, text: &'static str) -> Response {
    let bytes = axum::body::Bytes::from_static(text.as_bytes());
    let mut response = response(Rendered { media_type, bytes, file_name: None, next: None });
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    response
}
