//! Which files are to be read, in which order, under which ids.
//!
//! Folders are walked in the order of their names, hidden files and links to folders left aside. An id is the
//! file's name without its extension; files of the same name get as many of their parent folders before it as
//! tell them apart, so that ids depend on the paths alone and not on their order or content.

use crate::format::{FOLDER_EXTENSIONS, SHARED_EXTENSIONS, extension};
use crate::open::sniff_file;
use crate::{Format, IngestError, IngestErrorKind, Input};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Component, Path, PathBuf};

/// Something to be read.
pub(crate) enum Planned {
    /// Standard input.
    Stdin,
    /// One file, with the id of the report that it may be.
    File { path: PathBuf, id: String },
    /// A path that leads nowhere.
    Failed(IngestError),
}

/// Finds the files behind the paths.
pub(crate) fn plan(paths: &[PathBuf]) -> Vec<Planned> {
    let mut planned = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            planned.push(Planned::Stdin);
            continue;
        }
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => walk(path, &mut planned),
            Ok(_) => planned.push(Planned::File { path: path.clone(), id: String::new() }),
            Err(error) => planned.push(failed(path, error)),
        }
    }
    name_files(&mut planned);
    planned
}

fn failed(path: &Path, error: std::io::Error) -> Planned {
    let kind = match error.kind() {
        std::io::ErrorKind::NotFound => IngestErrorKind::Missing,
        _ => IngestErrorKind::Unreadable(error),
    };
    Planned::Failed(IngestError { input: Input::whole(path.display().to_string()), kind })
}

/// Adds the files of a folder. Links to folders are not followed, so there are no circles.
fn walk(folder: &Path, planned: &mut Vec<Planned>) {
    let n_before = planned.len();
    let mut open = vec![folder.to_path_buf()];
    while let Some(path) = open.pop() {
        let is_root = path == folder;
        let kind =
            if is_root { None } else { fs::symlink_metadata(&path).ok().map(|found| found.file_type()) };
        if is_root || kind.is_some_and(|kind| kind.is_dir()) {
            let entries = fs::read_dir(&path).and_then(|entries| {
                entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>()
            });
            match entries {
                Ok(mut entries) => {
                    entries.retain(|entry| {
                        entry.file_name().is_some_and(|name| !name.to_string_lossy().starts_with('.'))
                    });
                    entries.sort_unstable_by(|a, b| b.cmp(a));
                    open.append(&mut entries);
                }
                Err(error) => planned.push(failed(&path, error)),
            }
        } else if is_report_file(&path) {
            planned.push(Planned::File { path, id: String::new() });
        }
    }
    if planned.len() == n_before {
        let input = Input::whole(folder.display().to_string());
        planned.push(Planned::Failed(IngestError { input, kind: IngestErrorKind::NoReports }));
    }
}

/// Whether a file of a folder is taken: by its extension, and where that names many things, by its first bytes.
fn is_report_file(path: &Path) -> bool {
    let Some(extension) = extension(path) else { return false };
    if FOLDER_EXTENSIONS.contains(&extension.as_str()) {
        return path.is_file();
    }
    SHARED_EXTENSIONS.contains(&extension.as_str())
        && path.is_file()
        && File::open(path)
            .and_then(|file| sniff_file(file, Some(&extension)))
            .is_ok_and(|format| matches!(format, Format::Feed | Format::Ninjs))
}

/// Gives every file the shortest name that no other file has.
fn name_files(planned: &mut [Planned]) {
    let mut pending = Vec::new();
    // The same path given twice is the same name, numbered.
    let mut twins: BTreeMap<PathBuf, Vec<usize>> = BTreeMap::new();
    for (at, planned) in planned.iter().enumerate() {
        if let Planned::File { path, .. } = planned {
            let same = twins
                .entry(path.components().filter(|&part| part != Component::CurDir).collect())
                .or_default();
            if same.is_empty() {
                pending.push(at);
            }
            same.push(at);
        }
    }
    // Each round adds a parent folder; paths are finite, and past them numbers decide.
    for depth in 0.. {
        let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut longest = 0;
        for &at in &pending {
            let Planned::File { path, .. } = &planned[at] else { continue };
            longest = longest.max(path.components().count());
            groups.entry(file_id(path, depth)).or_default().push(at);
        }
        let is_last = depth > longest;
        pending.clear();
        for (name, members) in groups {
            if members.len() > 1 && !is_last {
                pending.extend(members);
                continue;
            }
            for (n, at) in members.into_iter().enumerate() {
                if let Planned::File { id, .. } = &mut planned[at] {
                    *id = if n == 0 { name.clone() } else { format!("{name}~{}", n + 1) };
                }
            }
        }
        if pending.is_empty() {
            break;
        }
    }
    for same in twins.values().filter(|same| same.len() > 1) {
        let Planned::File { id: name, .. } = &planned[same[0]] else { continue };
        let name = name.clone();
        for (n, &at) in same.iter().enumerate().skip(1) {
            if let Planned::File { id, .. } = &mut planned[at] {
                *id = format!("{name}~{}", n + 1);
            }
        }
    }
}

/// The file's stem (depth 0), its whole name (depth 1), its whole name and parents (depth 2 and more).
fn file_id(path: &Path, depth: usize) -> String {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if depth == 0 {
        let stem = name.strip_suffix(".gz").unwrap_or(&name);
        let stem = match stem.rsplit_once('.') {
            Some((stem, _)) if !stem.is_empty() => stem,
            _ => stem,
        };
        return clean_id(stem);
    }
    let parents: Vec<String> = path
        .components()
        .rev()
        .skip(1)
        .take(depth - 1)
        .map(|part| part.as_os_str().to_string_lossy().trim_matches('/').to_owned())
        .filter(|part| !part.is_empty() && part != ".")
        .collect();
    clean_id(&parents.iter().rev().map(String::as_str).chain([name.as_str()]).collect::<Vec<_>>().join("/"))
}

/// An id is printed in many formats, so it holds no line breaks or other control characters.
pub(crate) fn clean_id(id: &str) -> String {
    id.chars().map(|c| if c.is_control() { '_' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(paths: &[&str]) -> Vec<String> {
        let mut planned: Vec<Planned> =
            paths.iter().map(|path| Planned::File { path: PathBuf::from(path), id: String::new() }).collect();
        name_files(&mut planned);
        planned
            .into_iter()
            .map(|planned| match planned {
                Planned::File { id, .. } => id,
                _ => unreachable!(),
            })
            .collect()
    }

    #[test]
    fn ids_come_from_names_and_differ() {
        for (paths, expected) in [
            (&["in/harbour.txt", "in/valley.html"][..], &["harbour", "valley"][..]),
            (&["a/day.txt", "b/day.txt", "c/eve.txt"], &["a/day.txt", "b/day.txt", "eve"]),
            (&["b/day.txt", "a/day.txt"], &["b/day.txt", "a/day.txt"]),
            (&["day.txt", "day.html"], &["day.txt", "day.html"]),
            (&["x/1/day.txt", "y/1/day.txt"], &["x/1/day.txt", "y/1/day.txt"]),
            (&["day.txt", "eve.txt", "./day.txt"], &["day", "eve", "day~2"]),
            (&["day.txt.gz", "a\nb.txt"], &["day", "a_b"]),
            (&["/day.txt", "a/day.txt"], &["day.txt", "a/day.txt"]),
        ] {
            assert_eq!(ids(paths), expected, "{paths:?}");
        }
    }
}
