//! The record for assistants: Model Context Protocol, revisions 2025-06-18 and 2025-03-26.
//!
//! In:  JSON-RPC 2.0 messages, one a line ([`answer_lines`]) or one a `POST /mcp`.
//! Out: their answers. Tools only read; each answer is of one state of the record, and cites report, outlet, words and
//!      the path of the page that shows them.
//!
//! One implementation is behind both ways. It keeps no session, so there are no streams, no subscriptions and no
//! resources, and nothing is sent that was not asked for.
//!
//! ```text
//! {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"events","arguments":{"dyad":"KOR,PRK"}}}
//! ```

mod protocol;

mod tools;

mod brief;
mod cite;

mod http;
mod stdio;

pub(crate) use http::routes;
pub use stdio::answer_lines;
