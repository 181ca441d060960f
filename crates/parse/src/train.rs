//! Training: from treebanks and name files to a model file.
//!
//! In:  CoNLL-U and IOB2 text. Only what may be shipped is used; see [`licence`].
//! Out: the bytes of a model file, the same for the same input.

mod iob2;
mod licence;
mod marked;

use crate::atoms::Atoms;
use crate::bytes::Writer;
use crate::classes::Classes;
use crate::linear::Linear;
use crate::lookup::{self, Lookup, LookupTrainer};
use crate::parser::lower_into;
use crate::scratch::Scratch;
use crate::transition::Example;
use crate::{ConlluError, model, names, read_conllu_documents, tagger, transition};
use dateline_text::{Deprel, Document, NameKind, Upos, Xpos};
use std::collections::BTreeMap;

pub use iob2::{Iob2Error, Iob2Sentence, read_iob2};

/// What to train on.
pub struct TrainingText<'t> {
    /// Treebanks in CoNLL-U.
    pub treebanks: &'t [&'t str],
    /// Names in IOB2.
    pub names: &'t [&'t str],
}

/// How long to train.
#[derive(Clone, Copy, Debug)]
pub struct TrainingPlan {
    /// Rounds of the tagger.
    pub tagger_epochs: usize,
    /// Rounds of the parser.
    pub parser_epochs: usize,
    /// Rounds of the name recogniser.
    pub names_epochs: usize,
    /// Seed of the order of sentences.
    pub seed: u64,
}

impl Default for TrainingPlan {
    fn default() -> TrainingPlan {
        TrainingPlan { tagger_epochs: 6, parser_epochs: 6, names_epochs: 10, seed: 7 }
    }
}

/// Why nothing could be trained.
#[derive(Debug, thiserror::Error)]
pub enum TrainError {
    /// A treebank that cannot be read.
    #[error("treebank: {0}")]
    Treebank(#[from] ConlluError),
    /// A name file that cannot be read.
    #[error("names: {0}")]
    Names(#[from] Iob2Error),
    /// Nothing is left after what may not be shipped was set aside.
    #[error("no sentence whose licence allows the model to be shipped")]
    Nothing,
}

/// One sentence of a treebank.
struct Gold {
    forms: Vec<String>,
    lowers: Vec<String>,
    tags: Vec<u32>,
    heads: Vec<u32>,
    deprels: Vec<u32>,
    lemmas: Vec<String>,
    feats: Vec<String>,
}

/// Trains a model; `say` is told what happens.
pub fn train(
    text: &TrainingText<'_>,
    plan: TrainingPlan,
    say: &mut dyn FnMut(&str),
) -> Result<Vec<u8>, TrainError> {
    let mut tags: BTreeMap<(Upos, Xpos), u32> = BTreeMap::new();
    let mut deprels: BTreeMap<Deprel, u32> = BTreeMap::new();
    let mut golds = Vec::new();
    let mut kept = licence::Kept::default();
    for treebank in text.treebanks {
        let allowed = licence::shippable_conllu(treebank, &mut kept);
        for named in read_conllu_documents(&allowed)? {
            collect(&named.document, &mut tags, &mut deprels, &mut golds);
        }
    }
    if golds.is_empty() {
        return Err(TrainError::Nothing);
    }
    let mut name_sentences = Vec::new();
    for names in text.names {
        name_sentences.extend(read_iob2(&licence::shippable_iob2(names, &mut kept))?);
    }
    // Four times over: a hundred sentences of news against thousands of other text.
    let news = marked::read_marked(include_str!("../data/news-names.txt"));
    kept.add("news sentences with names, written for this project (CC0)", news.len());
    for _ in 0..4 {
        name_sentences.extend(news.iter().cloned());
    }
    settle_kinds(&mut name_sentences);
    vary_case(&mut name_sentences);
    say(&kept.to_string());

    let classes = Classes::from_text(include_str!("../data/word-classes.txt"));
    // Each part draws its own order, so that a change to one leaves the others as they were.
    let random = |part: u64| Random(plan.seed.wrapping_mul(2).wrapping_add(1) ^ part << 32);
    let mut tagged: Vec<(Vec<Atoms>, Vec<u32>)> =
        golds.iter().map(|gold| (atoms_of(&gold.forms, &gold.lowers, &classes), gold.tags.clone())).collect();

    // The parser must learn from tags with the mistakes it will meet: each half is tagged by a tagger trained
    // on the other half.
    let mut predicted: Vec<Vec<u32>> = vec![Vec::new(); golds.len()];
    for half in 0..2 {
        let others: Vec<usize> = (0..golds.len()).filter(|number| number % 2 != half).collect();
        let order = shuffled(&others, plan.tagger_epochs.min(4), &mut random(1 + half as u64));
        let model = tagger::train(&mut tagged, &order, tags.len()).finish(0.0);
        let mut scratch = Scratch::default();
        for number in (half..golds.len()).step_by(2) {
            let mut atoms = tagged[number].0.clone();
            tagger::tag(&model, &mut atoms, &mut scratch);
            predicted[number] = atoms.iter().map(|atoms| atoms.tag).collect();
        }
    }
    let (right, all) = predicted.iter().zip(&golds).fold((0, 0), |(right, all), (found, gold)| {
        let same = found.iter().zip(&gold.tags).filter(|(found, gold)| **found == **gold + 1).count();
        (right + same, all + gold.tags.len())
    });
    say(&format!("tagger: {:.2} % of joint tags right on the half not trained on", share(right, all)));

    let every: Vec<usize> = (0..golds.len()).collect();
    let order = shuffled(&every, plan.tagger_epochs, &mut random(3));
    let tagger = tagger::train(&mut tagged, &order, tags.len());
    let tagger_model = tagger.finish(PRUNE);

    say("names: training");
    let named = named_examples(&name_sentences, &tagger_model, &classes);
    let numbers: Vec<usize> = (0..named.len()).collect();
    let names = names::train(&named, &shuffled(&numbers, plan.names_epochs, &mut random(5)));

    let examples: Vec<Example> = golds
        .iter()
        .zip(&tagged)
        .zip(&predicted)
        .map(|((gold, (atoms, _)), tags)| {
            let mut atoms = atoms.clone();
            for (atoms, &tag) in atoms.iter_mut().zip(tags) {
                atoms.tag = tag;
            }
            Example { atoms, heads: gold.heads.clone(), labels: gold.deprels.clone() }
        })
        .collect();
    let order = shuffled(&every, plan.parser_epochs, &mut random(4));
    say("parser: training");
    let parser = transition::train(&examples, &order, deprels.len());

    let (lemmas, feats) = tables(&golds, &tags);
    let mut writer = Writer::default();
    let mut tag_list: Vec<_> = tags.iter().map(|(tag, &number)| (number, tag)).collect();
    tag_list.sort();
    writer.u32(tag_list.len() as u32);
    for (_, (upos, xpos)) in tag_list {
        writer.string(upos.as_str());
        writer.string(xpos.as_str());
    }
    let mut deprel_list: Vec<_> = deprels.iter().map(|(deprel, &number)| (number, deprel)).collect();
    deprel_list.sort();
    writer.u32(deprel_list.len() as u32);
    for (_, deprel) in deprel_list {
        writer.string(deprel.as_str());
    }
    classes.write(&mut writer);
    for (what, trainer) in [("tagger", &tagger), ("parser", &parser), ("names", &names)] {
        let before = writer.bytes.len();
        trainer.write(if what == "parser" { PARSER_PRUNE } else { PRUNE }, &mut writer);
        say(&format!("{what}: {} KB unpacked", (writer.bytes.len() - before) / 1000));
    }
    lemmas.write(&mut writer);
    feats.write(&mut writer);
    let bytes = model::seal(&kept.provenance(), &writer.bytes);
    say(&format!("model: {} KB", bytes.len() / 1000));
    Ok(bytes)
}

/// Averaged weights smaller than this decide nothing (dev-ewt, November 2026).
const PRUNE: f32 = 0.38;
/// The same for the parser, which has most of the weights: one early update comes to about 1. On dev-ewt LAS is
/// 80.27 with 0.2 and 80.24 with this, at a quarter of the weights.
const PARSER_PRUNE: f32 = 1.04;

fn share(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

fn collect(
    document: &Document,
    tags: &mut BTreeMap<(Upos, Xpos), u32>,
    deprels: &mut BTreeMap<Deprel, u32>,
    golds: &mut Vec<Gold>,
) {
    for sentence in document.sentences() {
        let base = sentence.tokens.start as usize;
        let n = sentence.tokens.n_tokens();
        let mut gold = Gold {
            forms: Vec::new(),
            lowers: Vec::new(),
            tags: Vec::new(),
            heads: Vec::new(),
            deprels: Vec::new(),
            lemmas: Vec::new(),
            feats: Vec::new(),
        };
        for idx in sentence.tokens.iter() {
            let token = document.token(idx);
            let mut lower = String::new();
            lower_into(document.form(idx), &mut lower);
            gold.forms.push(document.form(idx).to_owned());
            gold.lowers.push(lower);
            let next = tags.len() as u32;
            gold.tags.push(*tags.entry((token.upos, token.xpos)).or_insert(next));
            gold.heads.push(token.head.map_or(n, |head| head.index() - base) as u32);
            let next = deprels.len() as u32;
            gold.deprels.push(*deprels.entry(token.deprel).or_insert(next));
            gold.lemmas.push(document.lemma(idx).to_owned());
            gold.feats.push(document.feats(idx).to_owned());
        }
        golds.push(gold);
    }
}

fn atoms_of(forms: &[String], lowers: &[String], classes: &Classes) -> Vec<Atoms> {
    forms.iter().zip(lowers).map(|(form, lower)| Atoms::of(form, lower, classes)).collect()
}

/// Adds every eighth sentence again without capital letters, and every sixteenth in nothing but capitals: names are
/// met in headlines and in hasty writing too.
fn vary_case(sentences: &mut Vec<Iob2Sentence>) {
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
fn settle_kinds(sentences: &mut [Iob2Sentence]) {
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
            if names::KINDS[kind] == NameKind::Org && (known || 2 * locs >= orgs && locs > 0) {
                changes.push((start, end, 2));
            } else if names::KINDS[kind] == NameKind::Loc && crate::name_words::is_organization(&name) {
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

/// Sentences with name labels, tagged by the tagger as they will be in use.
fn named_examples(
    sentences: &[Iob2Sentence],
    model: &Linear,
    classes: &Classes,
) -> Vec<(Vec<Atoms>, Vec<u32>)> {
    let mut scratch = Scratch::default();
    sentences
        .iter()
        .map(|sentence| {
            let lowers: Vec<String> = sentence
                .forms
                .iter()
                .map(|form| {
                    let mut lower = String::new();
                    lower_into(form, &mut lower);
                    lower
                })
                .collect();
            let mut atoms = atoms_of(&sentence.forms, &lowers, classes);
            tagger::tag(model, &mut atoms, &mut scratch);
            (atoms, sentence.labels.clone())
        })
        .collect()
}

/// The tables of lemmas and features.
fn tables(golds: &[Gold], tags: &BTreeMap<(Upos, Xpos), u32>) -> (Lookup, Lookup) {
    let upos_of: BTreeMap<u32, Upos> = tags.iter().map(|(&(upos, _), &number)| (number, upos)).collect();
    let mut lemmas = LookupTrainer::default();
    let mut feats = LookupTrainer::default();
    let mut forms: BTreeMap<u32, (u32, String)> = BTreeMap::new();
    for gold in golds {
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
            feats.count(lookup::feats_key(tag, lower), &gold.feats[place]);
            feats.count(lookup::feats_key(tag, ""), &gold.feats[place]);
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

/// A small generator of random numbers (xorshift64*), so that training repeats exactly.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        ((self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize) % limit
    }
}

fn shuffled(numbers: &[usize], epochs: usize, random: &mut Random) -> Vec<Vec<usize>> {
    let mut order = numbers.to_vec();
    (0..epochs)
        .map(|_| {
            for last in (1..order.len()).rev() {
                order.swap(last, random.below(last + 1));
            }
            order.clone()
        })
        .collect()
}
