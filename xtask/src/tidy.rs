//! What can be checked of the repository's habits: docs in place and current, indexes complete, tables equal, data
//! credited.

mod codebook;

use std::fs;
use std::path::{Path, PathBuf};

/// Checks everything; each problem names its file.
pub fn check(root: &Path) -> Result<String, Vec<String>> {
    let files = files_of(root);
    let mut problems = Vec::new();
    for path in &files {
        let name = path.strip_prefix(root).unwrap_or(path).display().to_string();
        match fs::read(path) {
            Ok(bytes) => check_file(&name, &bytes, &mut problems),
            Err(error) => problems.push(format!("{name}: {error}")),
        }
    }
    check_crates(root, &mut problems);
    problems.extend(codebook::differences());
    problems.extend(crate::docs::outdated(root));
    if problems.is_empty() { Ok(format!("{} files are tidy", files.len())) } else { Err(problems) }
}

/// Every file that is not built or hidden, in order.
fn files_of(root: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let path = entry.path();
            if path.is_dir() {
                if name != "target" && name != ".git" {
                    folders.push(path);
                }
            } else if name != ".git" && name != "Cargo.lock" {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

fn check_file(name: &str, bytes: &[u8], problems: &mut Vec<String>) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        if is_data(name) && !is_binary(name) {
            problems.push(format!("{name}: not UTF-8; binary data end in .bin, .model, .fst or .zst"));
        }
        return;
    };
    if name.ends_with(".rs") && !opens_with_docs(text) {
        problems.push(format!("{name}: no module doc (`//!`) in its first line"));
    }
    if is_data(name) && !is_binary(name) && !credits_its_source(text) {
        problems.push(format!("{name}: its first ten lines do not name source and licence"));
    }
    for (number, line) in text.lines().enumerate() {
        // Written in two parts, so that this file does not find itself.
        for path in
            [concat!("/ho", "me/"), concat!("/ro", "ot/"), concat!("/wo", "rk/"), concat!("/Us", "ers/")]
        {
            if line.match_indices(path).any(|(at, _)| starts_a_path(&line[..at])) {
                problems.push(format!("{name}:{}: a path of somebody's machine (`{path}`)", number + 1));
            }
        }
    }
}

/// A folder of a machine's root, and not one of a web address or of this repository.
fn starts_a_path(before: &str) -> bool {
    !before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '/' | '~'))
}

fn opens_with_docs(text: &str) -> bool {
    text.starts_with("//!") || text.starts_with("#![doc = include_str!(\"../README.md\")]")
}

/// Tables and lexicons that the program embeds.
fn is_data(name: &str) -> bool {
    ["/data/", "/assets/", "/models/"].iter().any(|folder| name.contains(folder))
        && !name.contains("/tests/")
        && !name.ends_with("README.md")
}

fn is_binary(name: &str) -> bool {
    [".bin", ".model", ".fst", ".zst"].iter().any(|ending| name.ends_with(ending))
}

fn credits_its_source(text: &str) -> bool {
    let head: String = text.lines().take(10).collect::<Vec<_>>().join("\n").to_lowercase();
    head.contains("source") && (head.contains("licence") || head.contains("license"))
}

fn check_crates(root: &Path, problems: &mut Vec<String>) {
    let architecture = fs::read_to_string(root.join("ARCHITECTURE.md")).unwrap_or_default();
    let mut crates: Vec<PathBuf> =
        fs::read_dir(root.join("crates")).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    crates.sort();
    for folder in crates {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !architecture.contains(&format!("**`crates/{name}`**")) {
            problems.push(format!("ARCHITECTURE.md: the code map has no paragraph on **`crates/{name}`**"));
        }
        let lib = fs::read_to_string(folder.join("src/lib.rs"));
        if !folder.join("README.md").is_file() {
            problems.push(format!("crates/{name}: no README.md"));
        } else if lib.is_ok_and(|lib| !lib.starts_with("#![doc = include_str!(\"../README.md\")]")) {
            problems.push(format!("crates/{name}: its README.md is not its crate doc"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_repository_is_tidy() {
        if let Err(problems) = check(&crate::root()) {
            panic!("{}", problems.join("\n"));
        }
    }

    #[test]
    fn problems_are_found() {
        let machine = format!("let path = \"{}ada/x\";", concat!("/ho", "me/"));
        for (name, text, expected) in [
            ("crates/x/src/a.rs", "fn a() {}", "crates/x/src/a.rs: no module doc (`//!`) in its first line"),
            (
                "crates/x/data/a.toml",
                "a = 1",
                "crates/x/data/a.toml: its first ten lines do not name source and licence",
            ),
            ("a.md", machine.as_str(), concat!("a.md:1: a path of somebody's machine (`/ho", "me/`)")),
        ] {
            let mut problems = Vec::new();
            check_file(name, text.as_bytes(), &mut problems);
            assert_eq!(problems, [expected], "{name}");
        }
    }
}
