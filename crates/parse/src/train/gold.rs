//! Sentences of treebanks, as the trainer holds them.

use crate::parser::lower_into;
use dateline_text::{Deprel, Document, Upos, Xpos};
use std::collections::BTreeMap;

/// One sentence of a treebank.
pub(super) struct Gold {
    pub forms: Vec<String>,
    pub lowers: Vec<String>,
    pub tags: Vec<u32>,
    /// 0 is the root, `1 + i` token `i`.
    pub heads: Vec<u32>,
    pub deprels: Vec<u32>,
    pub lemmas: Vec<String>,
    pub feats: Vec<String>,
    /// Labels of names, where they are known.
    pub names: Option<Vec<u32>>,
}

/// Adds the sentences of a document.
pub(super) fn collect(
    document: &Document,
    tags: &mut BTreeMap<(Upos, Xpos), u32>,
    deprels: &mut BTreeMap<Deprel, u32>,
    golds: &mut Vec<Gold>,
) {
    for sentence in document.sentences() {
        let base = sentence.tokens.start as usize;
        let mut gold = Gold {
            forms: Vec::new(),
            lowers: Vec::new(),
            tags: Vec::new(),
            heads: Vec::new(),
            deprels: Vec::new(),
            lemmas: Vec::new(),
            feats: Vec::new(),
            names: None,
        };
        for idx in sentence.tokens.iter() {
            let token = document.token(idx);
            let mut lower = String::new();
            lower_into(document.form(idx), &mut lower);
            gold.forms.push(document.form(idx).to_owned());
            gold.lowers.push(lower);
            let next = tags.len() as u32;
            gold.tags.push(*tags.entry((token.upos, token.xpos)).or_insert(next));
            gold.heads.push(token.head.map_or(0, |head| head.index() - base + 1) as u32);
            let next = deprels.len() as u32;
            gold.deprels.push(*deprels.entry(token.deprel).or_insert(next));
            gold.lemmas.push(document.lemma(idx).to_owned());
            gold.feats.push(document.feats(idx).to_owned());
        }
        golds.push(gold);
    }
}
