//! `docs/api.md`, from the table of operations.

use super::operations::{Gives, OPERATIONS};
use super::things::THINGS;
use super::{MAX_ITEMS, ROOT, problem};
use std::fmt::Write;

/// The operations, their parameters and fields, and what else programs can ask, as Markdown.
pub fn api_reference() -> String {
    let mut page = format!(
        "# For programs\n\n\
         What `dateline serve --record FILE` answers to programs. Made from the table that the server goes through, by \
         `cargo xtask docs`.\nThe same for machines is at `{ROOT}/openapi.json` (OpenAPI 3.1), for browsers at `/api`.\n\n\
         Lists come as `{{\"items\": […], \"limit\", \"offset\", \"next\"}}`, at most {MAX_ITEMS} items; `next` and the header \
         `Link` lead on. An item is\nwhat the command of the same name writes with `--format jsonl`. Answers have an `ETag`: \
         `If-None-Match` with it gives 304 as long as\nnothing was added. Where the server was started with a token, send \
         `Authorization: Bearer …`.\n\n\
         {}\n## Operations\n",
        include_str!("besides.md")
    );
    for operation in &OPERATIONS {
        let list = if matches!(operation.gives, Gives::Items(..)) { "a list of " } else { "" };
        _ = write!(
            page,
            "\n### `GET {ROOT}{}`\n\n{} Gives {list}`{}`.\n",
            operation.path,
            operation.summary,
            operation.gives.thing().name
        );
        if !operation.parameters.is_empty() {
            page.push_str("\n| parameter | meaning | such as |\n| --- | --- | --- |\n");
        }
        for parameter in operation.parameters {
            let must = if parameter.is_required { "; has to be given" } else { "" };
            _ = writeln!(
                page,
                "| `{}` | {}{must} | `{}` |",
                parameter.name, parameter.meaning, parameter.example
            );
        }
    }
    page.push_str("\n## Problems\n\nWhat cannot be answered is a problem of RFC 9457 (`application/problem+json`) with `type`, `title`, `status`, `detail`,\n`instance` and, where it is one, the `parameter`.\n\n| status | when |\n| --- | --- |\n");
    for (status, when) in problem::STATUSES {
        _ = writeln!(page, "| {status} | {when} |");
    }
    page.push_str("\n## Fields\n\nAll fields are always there; those marked so are `null` where nothing is known. Later versions may add some.\n");
    for thing in THINGS {
        _ = write!(
            page,
            "\n### `{}`\n\n{}\n\n| field | holds | meaning |\n| --- | --- | --- |\n",
            thing.name, thing.meaning
        );
        for field in thing.all_fields() {
            let null = if field.can_be_null { " or null" } else { "" };
            _ = writeln!(page, "| `{}` | {}{null} | {} |", field.name, field.shape.in_words(), field.meaning);
        }
    }
    page
}
