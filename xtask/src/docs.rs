//! Pages of `docs/` that are made from the program, so that they say what it does.

use std::fs;
use std::path::Path;

/// Each page with what it should say.
fn pages() -> Vec<(&'static str, String)> {
    vec![
        ("docs/exports.md", dateline_export::all_dictionaries()),
        ("docs/api.md", dateline_serve::api_reference()),
    ]
}

/// Writes the pages.
pub fn write(root: &Path) -> Result<String, Vec<String>> {
    let mut problems = Vec::new();
    let pages = pages();
    for (name, text) in &pages {
        if let Err(error) = fs::write(root.join(name), text) {
            problems.push(format!("{name}: {error}"));
        }
    }
    if problems.is_empty() { Ok(format!("{} pages written", pages.len())) } else { Err(problems) }
}

/// The pages that say something else than the program.
pub fn outdated(root: &Path) -> Vec<String> {
    let pages = pages().into_iter();
    let outdated =
        pages.filter(|(name, text)| fs::read_to_string(root.join(name)).ok().as_ref() != Some(text));
    outdated.map(|(name, _)| format!("{name}: not as the program has it; run `cargo xtask docs`")).collect()
}
