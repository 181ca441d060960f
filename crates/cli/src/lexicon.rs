//! A user's own words and actors (`--lexicon`), which win over the embedded ones.
//!
//! In:  files, or folders whose `.toml` files are read in the order of their names.
//! Out: an [`OwnLexicon`], or the first mistake; nothing has been written by then.
//!
//! The examples of the files are coded with all of them read: each must give the event that it claims.
//!
//! A file with `[[actor]]` tells of actors, any other of words. Folders within folders are not read.

use crate::commands::WrongUsage;
use anyhow::Result;
use dateline_parse::Parser;
use dateline_plover::{Coder, Pipeline};
use dateline_resolve::Resolver;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The tables that a run codes with.
pub struct OwnLexicon {
    /// Ours with the user's words; nothing where ours are used as they are.
    coder: Option<Coder>,
    /// Ours with the user's actors; nothing where ours are used as they are.
    resolver: Option<Resolver>,
}

impl OwnLexicon {
    /// Reads the files behind the paths.
    pub fn read(paths: &[PathBuf]) -> Result<OwnLexicon, WrongUsage> {
        let mut words: Vec<(String, String)> = Vec::new();
        let mut actors: Vec<(String, String)> = Vec::new();
        for path in paths {
            for path in files_of(path)? {
                let name = path.display().to_string();
                let text = fs::read_to_string(&path).map_err(|error| unreadable(&path, &error))?;
                let files = match contents_of(&text) {
                    Contents::Words => &mut words,
                    Contents::Actors => &mut actors,
                    Contents::Both => {
                        return Err(WrongUsage(format!(
                            "{name}: words and actors (`[[actor]]`) belong in files of their own"
                        )));
                    }
                    Contents::Other => {
                        return Err(WrongUsage(format!(
                            "{name}: neither words (`event` and `[[frame]]`, `[lists]`, `[ignore]`) nor actors (`[[actor]]`) are in it"
                        )));
                    }
                };
                files.push((name, text));
            }
        }
        let coder = match &borrowed(&words)[..] {
            [] => None,
            files => Some(Coder::extended_by(files).map_err(|error| WrongUsage(error.to_string()))?),
        };
        let resolver = match &borrowed(&actors)[..] {
            [] => None,
            files => Some(Resolver::extended_by(files).map_err(|error| WrongUsage(error.to_string()))?),
        };
        let own = OwnLexicon { coder, resolver };
        if let Some(coder) = &own.coder {
            let parser = Parser::embedded().map_err(|error| WrongUsage(error.to_string()))?;
            coder.check_examples(parser, own.resolver()).map_err(|error| WrongUsage(error.to_string()))?;
        }
        Ok(own)
    }

    /// The way from report to coded report with these tables.
    pub fn pipeline(&self) -> Result<Pipeline<'_>> {
        Ok(match (&self.resolver, &self.coder) {
            (None, None) => Pipeline::embedded()?,
            (resolver, coder) => Pipeline::new(
                resolver.as_ref().unwrap_or_else(|| Resolver::embedded()),
                coder.as_ref().unwrap_or_else(|| Coder::embedded()),
            )?,
        })
    }

    /// The coder with these words.
    pub fn coder(&self) -> &Coder {
        self.coder.as_ref().unwrap_or_else(|| Coder::embedded())
    }

    /// The tables of actors.
    pub fn resolver(&self) -> &Resolver {
        self.resolver.as_ref().unwrap_or_else(|| Resolver::embedded())
    }
}

/// What a file tells of.
enum Contents {
    Words,
    Actors,
    Both,
    Other,
}

/// What is no TOML counts as words: whoever reads it says where it is wrong.
fn contents_of(text: &str) -> Contents {
    let Ok(table) = text.parse::<toml::Table>() else { return Contents::Words };
    let has_words = ["event", "frame", "lists", "ignore"].iter().any(|key| table.contains_key(*key));
    match (has_words, table.contains_key("actor")) {
        (true, false) => Contents::Words,
        (false, true) => Contents::Actors,
        (true, true) => Contents::Both,
        (false, false) => Contents::Other,
    }
}

fn borrowed(files: &[(String, String)]) -> Vec<(&str, &str)> {
    files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect()
}

/// A file itself, or the `.toml` files of a folder in the order of their names.
fn files_of(path: &Path) -> Result<Vec<PathBuf>, WrongUsage> {
    let metadata = fs::metadata(path).map_err(|error| unreadable(path, &error))?;
    if !metadata.is_dir() {
        if !is_toml(path) {
            return Err(WrongUsage(format!(
                "{}: not a `.toml` file; `--lexicon` takes such files and folders of them",
                path.display()
            )));
        }
        return Ok(vec![path.to_owned()]);
    }
    let entries = fs::read_dir(path).map_err(|error| unreadable(path, &error))?;
    let mut files = Vec::new();
    for entry in entries {
        let file = entry.map_err(|error| unreadable(path, &error))?.path();
        let is_hidden = file.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if is_toml(&file) && !is_hidden && file.is_file() {
            files.push(file);
        }
    }
    if files.is_empty() {
        return Err(WrongUsage(format!("{}: the folder has no `.toml` file", path.display())));
    }
    files.sort();
    Ok(files)
}

fn is_toml(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml"))
}

fn unreadable(path: &Path, error: &std::io::Error) -> WrongUsage {
    let path = path.display();
    WrongUsage(match error.kind() {
        ErrorKind::NotFound => format!("{path}: no such file or folder"),
        ErrorKind::InvalidData => format!("{path}: not text in UTF-8"),
        _ => format!("{path}: cannot be read: {error}"),
    })
}
