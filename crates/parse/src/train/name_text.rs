//! Making name files of several origins agree.

use super::Iob2Sentence;
use crate::network::KINDS;
use dateline_text::NameKind;
use std::collections::BTreeMap;

/// Adds every eighth sentence again without capital letters, and every sixteenth in nothing but capitals: names are
/// met in headlines and in hasty writing too.
pub(super) fn vary_case(sentences: &mut Vec<Iob2Sentence>) {
    for number in (0..sentences.len()).step_by(8) {
        let mut copy = sentences[number].clone();
        copy.forms.iter_mut().for_each(|form| *form = form.to_lowercase());
        sentences.push(copy);
    }
    for number in (4..sentences.len()).step_by(16) {
        let mut copy = sentences[number].clone();
        copy.forms.iter_mut().for_each(|form| *form = form.to_uppercase());
        sentences.push(copy);
    }
}

/// Gives a name that is mostly a place the kind LOC throughout, and a known organization ORG. Treebanks of mentions
/// call a country ORG where it acts; in our terms it names a place.
pub(super) fn settle_kinds(sentences: &mut [Iob2Sentence]) {
    let mut places: BTreeMap<String, [u32; 3]> = BTreeMap::new();
    let each = |sentence: &Iob2Sentence, tell: &mut dyn FnMut(usize, usize, usize, String)| {
        let mut place = 0;
        while place < sentence.labels.len() {
            let (start, label) = (place, sentence.labels[place] as usize);
            place += 1;
            if label == 0 {
                continue;
            }
            let kind = (label - 1) / 2;
            while place < sentence.labels.len() && sentence.labels[place] as usize == 2 + 2 * kind {
                place += 1;
            }
            tell(start, place, kind, sentence.forms[start..place].join(" "));
        }
    };
    for sentence in sentences.iter() {
        each(sentence, &mut |_, _, kind, name| places.entry(name).or_default()[kind] += 1);
    }
    for sentence in sentences.iter_mut() {
        let mut changes = Vec::new();
        each(sentence, &mut |start, end, kind, name| {
            let [_, orgs, locs] = places.get(&name).copied().unwrap_or_default();
            let known = crate::name_words::is_place(&name);
            if KINDS[kind] == NameKind::Org && (known || 2 * locs >= orgs && locs > 0) {
                changes.push((start, end, 2));
            } else if KINDS[kind] == NameKind::Loc && crate::name_words::is_organization(&name) {
                changes.push((start, end, -2));
            }
        });
        for (start, end, step) in changes {
            for label in &mut sentence.labels[start..end] {
                *label = label.wrapping_add_signed(step);
            }
        }
    }
}
