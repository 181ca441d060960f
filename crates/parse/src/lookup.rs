//! Tables from hashed keys to strings: lemmas and features.
//!
//! A lemma is found by an edit script: cut so many letters off the end, put these in their place. The script
//! comes from the whole form where it was seen in training, else from its longest known ending.

use crate::bytes::{Reader, Writer};
use crate::hash::{hash, key};
use crate::model::ModelError;
use dateline_text::Upos;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Keys of 32 bits and the strings they stand for.
#[derive(Default)]
pub(crate) struct Lookup {
    numbers: FxHashMap<u32, u16>,
    values: Vec<String>,
}

impl Lookup {
    pub fn find(&self, key: u32) -> Option<&str> {
        self.numbers.get(&key).map(|&number| self.values[number as usize].as_str())
    }

    pub fn write(&self, writer: &mut Writer) {
        writer.u32(self.values.len() as u32);
        for value in &self.values {
            writer.string(value);
        }
        let mut pairs: Vec<(u32, u16)> = self.numbers.iter().map(|(&key, &number)| (key, number)).collect();
        pairs.sort_unstable();
        writer.u32(pairs.len() as u32);
        for pair in &pairs {
            writer.u32(pair.0);
        }
        for pair in &pairs {
            writer.u32(u32::from(pair.1));
        }
    }

    pub fn read(reader: &mut Reader<'_>) -> Result<Lookup, ModelError> {
        let n_values = reader.u32()? as usize;
        let mut values = Vec::new();
        for _ in 0..n_values {
            values.push(reader.string()?.to_owned());
        }
        let n_pairs = reader.u32()? as usize;
        let keys = reader.u32s(n_pairs)?;
        let numbers = reader.u32s(n_pairs)?;
        if numbers.iter().any(|&number| number as usize >= values.len()) {
            return Err(ModelError::Damaged("a table points past its end"));
        }
        let numbers = keys.into_iter().zip(numbers.into_iter().map(|number| number as u16)).collect();
        Ok(Lookup { numbers, values })
    }
}

/// Counts what each key was seen with, to keep the most frequent.
#[derive(Default)]
pub(crate) struct LookupTrainer {
    counts: BTreeMap<u32, BTreeMap<String, u32>>,
}

impl LookupTrainer {
    pub fn count(&mut self, key: u32, value: &str) {
        let values = self.counts.entry(key).or_default();
        *values.entry(value.to_owned()).or_default() += 1;
    }

    /// The most frequent value of a key; the first in alphabetical order where several are.
    pub fn best(&self, key: u32) -> Option<(&str, u32)> {
        let values = self.counts.get(&key)?;
        values.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0))).map(|(value, &n)| (value.as_str(), n))
    }

    /// Keeps the best value of the keys that `keep` accepts.
    pub fn finish(&self, mut keep: impl FnMut(u32, &str, u32) -> bool) -> Lookup {
        let mut lookup = Lookup::default();
        let mut known: BTreeMap<&str, u16> = BTreeMap::new();
        for &key in self.counts.keys() {
            let Some((value, n)) = self.best(key) else { continue };
            if !keep(key, value, n) {
                continue;
            }
            let next = lookup.values.len() as u16;
            let number = *known.entry(value).or_insert(next);
            if number == next {
                lookup.values.push(value.to_owned());
            }
            lookup.numbers.insert(key, number);
        }
        lookup
    }
}

/// Longest ending that a lemma rule looks at, in letters.
pub(crate) const MAX_ENDING: usize = 6;

/// The key of a whole form; `tag` is the joint part-of-speech label.
pub(crate) fn form_key(tag: u32, lower: &str) -> u32 {
    key(301, tag, hash(lower.as_bytes()), 0)
}

/// The key of the last `n` letters of a form, which is `None` where it has no more than `n`.
pub(crate) fn ending_key(tag: u32, lower: &str, n: usize) -> Option<u32> {
    if n == 0 {
        return Some(key(302, tag, 0, 0));
    }
    let (at, _) = lower.char_indices().rev().nth(n - 1)?;
    (at > 0).then(|| key(303, tag, hash(&lower.as_bytes()[at..]), n as u32))
}

/// Whether the lemma keeps the capital letters of the form.
pub(crate) fn keeps_case(upos: Upos) -> bool {
    matches!(upos, Upos::Propn | Upos::X | Upos::Sym)
}

/// The edit script from a form to its lemma, as text: letters to cut, then what to add.
pub(crate) fn script(base: &str, lemma: &str) -> String {
    let shared = base.chars().zip(lemma.chars()).take_while(|(a, b)| a == b).count();
    let cut = base.chars().count() - shared;
    let added: String = lemma.chars().skip(shared).collect();
    format!("{cut} {added}")
}

/// Carries out a script.
pub(crate) fn apply(script: &str, base: &str, out: &mut String) {
    out.clear();
    let (cut, added) = script.split_once(' ').unwrap_or(("0", ""));
    let cut: usize = cut.parse().unwrap_or(0);
    let end = match cut {
        0 => base.len(),
        cut => base.char_indices().rev().nth(cut - 1).map_or(0, |(at, _)| at),
    };
    out.push_str(&base[..end]);
    out.push_str(added);
    if out.is_empty() {
        out.push_str(base);
    }
}

/// The lemma of a form with a tag.
pub(crate) fn lemma(lookup: &Lookup, tag: u32, upos: Upos, form: &str, lower: &str, out: &mut String) {
    let base = if keeps_case(upos) { form } else { lower };
    let script = lookup.find(form_key(tag, lower)).or_else(|| {
        (0..=MAX_ENDING).rev().find_map(|n| ending_key(tag, lower, n).and_then(|key| lookup.find(key)))
    });
    match script {
        Some(script) => apply(script, base, out),
        None => {
            out.clear();
            out.push_str(base);
        }
    }
}

/// The key of the features of a form with a tag; the key of the tag alone is that of an empty form.
pub(crate) fn feats_key(tag: u32, lower: &str) -> u32 {
    key(304, tag, hash(lower.as_bytes()), 0)
}
