//! Finds who acts: names, descriptions and pronouns, and which of them are one actor.

use crate::{Resolution, Setting};
use dateline_text::Document;

/// Fills in the actors and their mentions.
pub(crate) fn find(_document: &Document, _setting: &Setting, _resolution: &mut Resolution) {}
