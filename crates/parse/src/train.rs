//! Training: from treebanks and name files to a model file.
//!
//! In:  CoNLL-U and IOB2 text. Only what may be shipped is used; see [`licence`].
//! Out: the bytes of a model file, the same for the same input.

mod adam;
mod fit;
mod gold;
mod gradient;
mod iob2;
mod learn;
mod licence;
mod marked;
mod name_text;
mod random;
mod stand_off;
mod tables;

use crate::bytes::{Reader, Writer};
use crate::network::{Dims, N_LABELS, Network, Word, WordVectors, features};
use crate::parser::lower_into;
use crate::{ConlluError, model, read_conllu_documents};
use dateline_text::{Deprel, Upos, Xpos};
use gold::Gold;
use learn::{Example, Rates};
use stand_off::Marks;
use std::collections::BTreeMap;

pub use iob2::{Iob2Error, Iob2Sentence, read_iob2};

/// What to train on.
pub struct TrainingText<'t> {
    /// Treebanks in CoNLL-U.
    pub treebanks: &'t [&'t str],
    /// Names in IOB2.
    pub names: &'t [&'t str],
    /// Sentences with their names in brackets, one a line: `[LOC:Seoul] said`.
    pub marked: &'t str,
    /// Vectors of words, in the layout of `data/word-vectors.bin`.
    pub vectors: &'t [u8],
}

/// The marked sentences that the shipped model is trained on.
pub const MARKED_NAMES: &str = include_str!("../data/marked-names.txt");

/// How to train.
#[derive(Clone, Copy, Debug)]
pub struct TrainingPlan {
    /// How often every sentence is met.
    pub epochs: usize,
    /// Seed of all that is left to chance.
    pub seed: u64,
    /// The highest rate of the optimizer.
    rate: f32,
    /// Tokens in a batch.
    batch_tokens: usize,
    rates: Rates,
    /// How much names count beside trees.
    names_weight: f32,
}

impl Default for TrainingPlan {
    fn default() -> TrainingPlan {
        TrainingPlan {
            epochs: 26,
            seed: 7,
            rate: 3e-3,
            batch_tokens: 1500,
            rates: Rates { form: 0.2, vector: 0.05, input: 0.15, layer: 0.25, head: 0.3 },
            names_weight: 2.0,
        }
    }
}

/// Every so many sentences one is held out to measure with.
const HELD_OUT: usize = 50;

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
    /// The table of word vectors is damaged.
    #[error("word vectors: {0}")]
    Vectors(#[from] crate::ModelError),
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
    let marks = Marks::read(include_str!("../data/ewt-names.tsv"));
    for treebank in text.treebanks {
        let allowed = licence::shippable_conllu(treebank, &mut kept);
        let first = golds.len();
        for named in read_conllu_documents(&allowed)? {
            gold::collect(&named.document, &mut tags, &mut deprels, &mut golds);
        }
        for (gold, id) in golds[first..].iter_mut().zip(licence::sentence_ids(&allowed)) {
            if licence::is_ewt(id) {
                gold.names = Some(marks.labels(id, gold.forms.len()));
                kept.add("English-EWT, names marked for this project (CC0)", 1);
            }
        }
    }
    if golds.is_empty() {
        return Err(TrainError::Nothing);
    }
    let mut named = Vec::new();
    for names in text.names {
        named.extend(read_iob2(&licence::shippable_iob2(names, &mut kept))?);
    }
    let own = marked::read_marked(text.marked);
    kept.add("sentences with names, written for this project (CC0)", own.len());
    named.extend(own);
    name_text::settle_kinds(&mut named);
    say(&kept.to_string());

    let vectors = WordVectors::read(&mut Reader::new(text.vectors))?;
    let examples = examples(&golds, named, &vectors);
    let (held_out, learned): (Vec<_>, Vec<_>) =
        examples.into_iter().enumerate().partition(|(number, _)| number % HELD_OUT == HELD_OUT - 1);
    let bare = |list: Vec<(usize, Example)>| list.into_iter().map(|(_, example)| example).collect::<Vec<_>>();
    let dims = Dims {
        vector: vectors.size,
        embedding: 64,
        hidden: 128,
        arc: 96,
        relation: 96,
        name: 64,
        n_tags: tags.len(),
        n_relations: deprels.len(),
        n_names: N_LABELS,
    };
    let (weights, embeddings) = fit::fit(&bare(learned), &bare(held_out), dims, &vectors, &plan, say);

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
    Network::write(&weights, &embeddings, &vectors, &mut writer);
    let (lemmas, feats) = tables::tables(&golds, &tags);
    lemmas.write(&mut writer);
    feats.write(&mut writer);
    let bytes = model::seal(&kept.provenance(), &writer.bytes);
    say(&format!("model: {} KB", bytes.len() / 1000));
    Ok(bytes)
}

/// Everything to learn from: trees, with the names of the same sentences where they are known, and names alone.
fn examples(golds: &[Gold], mut named: Vec<Iob2Sentence>, vectors: &WordVectors) -> Vec<Example> {
    let words = |forms: &[String]| -> Vec<Word> {
        let mut lower = String::new();
        let word = |form: &String| {
            lower_into(form, &mut lower);
            Word { vector: vectors.find(&lower), features: features(form, &lower) }
        };
        forms.iter().map(word).collect()
    };
    let mut names: BTreeMap<&[String], &Vec<u32>> = BTreeMap::new();
    for sentence in &named {
        names.insert(&sentence.forms, &sentence.labels);
    }
    let mut met = std::collections::BTreeSet::new();
    let mut examples = Vec::new();
    for gold in golds {
        let mut labels = gold.names.clone();
        if labels.is_none() {
            labels = names.get(&gold.forms[..]).map(|&labels| labels.clone());
            met.extend(labels.is_some().then(|| gold.forms.clone()));
        }
        examples.push(Example {
            words: words(&gold.forms),
            tags: Some(gold.tags.clone()),
            tree: Some((gold.heads.clone(), gold.deprels.clone())),
            names: labels,
        });
    }
    // Headlines are in capitals, hasty writing in none: some sentences are met that way too.
    for (number, gold) in golds.iter().enumerate() {
        let turn: fn(&String) -> String = match number % 16 {
            3 => |form| form.to_uppercase(),
            11 => |form| form.to_lowercase(),
            _ => continue,
        };
        let forms: Vec<String> = gold.forms.iter().map(turn).collect();
        examples.push(Example { words: words(&forms), ..examples[number].clone() });
    }
    named.retain(|sentence| !met.contains(&sentence.forms));
    name_text::vary_case(&mut named);
    for sentence in named {
        let words = words(&sentence.forms);
        examples.push(Example { words, tags: None, tree: None, names: Some(sentence.labels) });
    }
    examples
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Parser;
    use dateline_text::ByteSpan;

    const TREES: &str = "# newdoc id = dateline-corpus-a\n# sent_id = dateline-corpus-a-1\n\
        1\tThe\tthe\tDET\tDT\t_\t2\tdet\t_\t_\n2\tenvoy\tenvoy\tNOUN\tNN\t_\t3\tnsubj\t_\t_\n\
        3\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\t_\n4\tPeru\tPeru\tPROPN\tNNP\t_\t3\tobj\t_\t_\n\n";

    /// A table of one word, `envoy`, and two numbers.
    fn vectors() -> Vec<u8> {
        let mut writer = Writer::default();
        writer.u32(1);
        writer.u32(2);
        writer.f32(0.01);
        writer.u32(crate::word_key("envoy"));
        writer.bytes.extend([50, 206]);
        writer.bytes
    }

    #[test]
    fn training_repeats_to_the_byte() {
        let marked = "The envoy left [LOC:Peru].";
        let text = TrainingText { treebanks: &[TREES], names: &[], marked, vectors: &vectors() };
        let plan = TrainingPlan { epochs: 90, ..TrainingPlan::default() };
        let mut said = String::new();
        let first = train(&text, plan, &mut |line| said.push_str(line)).expect("there is a tree");
        assert_eq!(first, train(&text, plan, &mut |_| ()).expect("there is a tree"));
        assert!(said.contains("1 sentences  dateline corpus, trees (CC0)"), "{said}");
        // What it has learned is what it was told.
        let parser = Parser::from_bytes(&first).expect("what is written reads");
        let sentence = "The envoy left Peru";
        let document = parser.parse(sentence.into(), &[ByteSpan::new(0, sentence.len())]);
        let heads: Vec<Option<usize>> =
            document.tokens().iter().map(|token| token.head.map(|head| head.index())).collect();
        assert_eq!(heads, [Some(1), Some(2), None, Some(2)]);
        assert_eq!(document.names().len(), 1);
    }

    #[test]
    fn nothing_that_may_be_shipped_is_an_error() {
        let text = TrainingText { treebanks: &[""], names: &[], marked: "", vectors: &vectors() };
        let error = train(&text, TrainingPlan::default(), &mut |_| ()).expect_err("there is no tree");
        assert_eq!(error.to_string(), "no sentence whose licence allows the model to be shipped");
    }
}
