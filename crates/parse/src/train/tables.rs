//! The tables of lemmas and features.

use super::gold::Gold;
use crate::lookup::{self, Lookup, LookupTrainer};
use dateline_text::{Upos, Xpos};
use std::collections::BTreeMap;

/// The tables of lemmas and features.
pub(super) fn tables(golds: &[Gold], tags: &BTreeMap<(Upos, Xpos), u32>) -> (Lookup, Lookup) {
    let upos_of: BTreeMap<u32, Upos> = tags.iter().map(|(&(upos, _), &number)| (number, upos)).collect();
    let mut lemmas = LookupTrainer::default();
    let mut feats = LookupTrainer::default();
    let mut forms: BTreeMap<u32, (u32, String)> = BTreeMap::new();
    for gold in golds {
        // Some treebanks leave the column empty.
        let has_feats = gold.feats.iter().any(|feats| feats != "_");
        for place in 0..gold.forms.len() {
            let (tag, lower) = (gold.tags[place], &gold.lowers[place]);
            let base = if lookup::keeps_case(upos_of[&tag]) { &gold.forms[place] } else { lower };
            let script = lookup::script(base, &gold.lemmas[place]);
            lemmas.count(lookup::form_key(tag, lower), &script);
            forms.insert(lookup::form_key(tag, lower), (tag, lower.clone()));
            for n in 0..=lookup::MAX_ENDING {
                if let Some(key) = lookup::ending_key(tag, lower, n) {
                    lemmas.count(key, &script);
                }
            }
            if has_feats {
                feats.count(lookup::feats_key(tag, lower), &gold.feats[place]);
                feats.count(lookup::feats_key(tag, ""), &gold.feats[place]);
            }
        }
    }
    // A whole form is kept where its endings alone would give another lemma; an ending where a shorter one would.
    let mut needed = std::collections::BTreeSet::new();
    let mut endings = std::collections::BTreeSet::new();
    for (&form_key, (tag, lower)) in &forms {
        let mut before: Option<String> = None;
        for n in 0..=lookup::MAX_ENDING {
            let Some(key) = lookup::ending_key(*tag, lower, n) else { break };
            let Some((script, count)) = lemmas.best(key) else { break };
            if before.as_deref() != Some(script) && (n == 0 || count > 1) {
                endings.insert(key);
                before = Some(script.to_owned());
            }
        }
        if lemmas.best(form_key).map(|(script, _)| script) != before.as_deref() {
            needed.insert(form_key);
        }
    }
    let lemma_table = lemmas.finish(|key, _, _| needed.contains(&key) || endings.contains(&key));
    let mut common = BTreeMap::new();
    for &tag in tags.values() {
        if let Some((value, _)) = feats.best(lookup::feats_key(tag, "")) {
            common.insert(tag, value.to_owned());
        }
    }
    let mut tag_of = BTreeMap::new();
    for gold in golds {
        for place in 0..gold.forms.len() {
            tag_of.insert(lookup::feats_key(gold.tags[place], &gold.lowers[place]), gold.tags[place]);
        }
    }
    let feats_table = feats.finish(|key, value, _| {
        tag_of.get(&key).is_none_or(|tag| common.get(tag).is_none_or(|c| c != value))
    });
    (lemma_table, feats_table)
}
