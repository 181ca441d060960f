//! Sentences, tokens, tags, lemmas and trees against CoNLL-U gold data.
//!
//! Words are aligned by their characters; every figure is an F1 over the words of both sides, so a wrong token
//! costs in each of them. `las` compares universal relations (`nsubj:pass` is `nsubj`), `las_subtypes` whole
//! labels. Punctuation counts.

use crate::intervals::intervals;
use crate::measures::Matching;
use crate::stages::parser;
use crate::treebank::{Treebank, Word, WordSpan, same_characters, side_by_side};
use crate::{EvalError, Figure, Figures, Options, Task};
use dateline_parse::{ConlluError, read_conllu_documents, write_conllu};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;
use std::hash::Hash;
use std::path::Path;
use std::sync::Arc;

pub(crate) fn run(path: &Path, options: &Options) -> Result<Figures, EvalError> {
    let gold_text = std::fs::read_to_string(path).map_err(|error| EvalError::io(path, error))?;
    let gold = Treebank::read(&gold_text, path)?;
    if gold.words.is_empty() {
        return Err(EvalError::file(path, "no words; CoNLL-U with ten columns is expected"));
    }
    let predicted_path = options.predicted.as_deref();
    let predicted_text = match predicted_path {
        Some(path) => std::fs::read_to_string(path).map_err(|error| EvalError::io(path, error))?,
        None => predict(&gold_text, path, options)?,
    };
    let predicted_path = predicted_path.unwrap_or(path);
    let mut figures = score(&gold, &Treebank::read(&predicted_text, predicted_path)?)?;
    if options.intervals {
        let counts: Vec<Counts> = side_by_side(&gold_text, &predicted_text)
            .into_iter()
            .map(|(gold, predicted)| {
                counts(&Treebank::read(gold, path)?, &Treebank::read(predicted, predicted_path)?)
            })
            .collect::<Result<_, _>>()?;
        let of_items = |items: &[usize]| {
            let mut sums: BTreeMap<&str, Matching> = BTreeMap::new();
            for &(name, one) in items.iter().flat_map(|&item| &counts[item]) {
                sums.entry(name).or_default().add(one.matched, one.predicted, one.gold);
            }
            sums.into_iter().map(|(name, sum)| (name.to_owned(), sum.f1())).collect()
        };
        figures.add("interval", intervals(counts.len(), of_items));
    }
    Ok(figures)
}

/// What each figure counts.
type Counts = Vec<(&'static str, Matching)>;

/// The same text, analysed: with the given tokens and sentences, or without them.
fn predict(gold: &str, path: &Path, options: &Options) -> Result<String, EvalError> {
    let parser = parser()?;
    let wrong = |error: ConlluError| EvalError::file(path, error.to_string());
    let documents = if options.raw {
        let mut documents = read_conllu_documents(gold).map_err(wrong)?;
        documents.par_iter_mut().for_each(|named| {
            let text = Arc::clone(named.document.text());
            named.document = parser.parse(text, named.document.paragraphs());
        });
        documents
    } else {
        parser.parse_conllu(gold).map_err(wrong)?
    };
    let mut predicted = String::new();
    for named in &documents {
        write_conllu(&named.document, named.id.as_deref().unwrap_or("-"), &mut predicted);
    }
    Ok(predicted)
}

/// The figures of one treebank against another over the same characters.
fn score(gold: &Treebank, predicted: &Treebank) -> Result<Figures, EvalError> {
    let with_xpos = gold.words.iter().any(|word| word.columns.xpos != "_");
    let mut figures = Figures::new(Task::Language);
    for (name, count) in counts(gold, predicted)? {
        let is_defined = name != "xpos" || with_xpos;
        figures.add(name, if is_defined { Figure::Real(count.f1()) } else { Figure::Undefined });
    }
    figures
        .add("gold_words", Figure::Count(gold.words.len()))
        .add("predicted_words", Figure::Count(predicted.words.len()));
    Ok(figures)
}

fn counts(gold: &Treebank, predicted: &Treebank) -> Result<Counts, EvalError> {
    same_characters(&gold.characters, &predicted.characters)?;
    let by_span: FxHashMap<WordSpan, &Word> = gold.words.iter().map(|word| (word.span, word)).collect();
    let pairs: Vec<(&Word, &Word)> =
        predicted.words.iter().filter_map(|word| Some((*by_span.get(&word.span)?, word))).collect();
    let same = |same: &dyn Fn(&Word, &Word) -> bool| {
        let matched = pairs.iter().filter(|(gold, predicted)| same(gold, predicted)).count();
        Matching::new(matched, predicted.words.len(), gold.words.len())
    };
    let head = |gold: &Word, predicted: &Word| gold.head == predicted.head;
    Ok(vec![
        ("sentence_f1", same_spans(&gold.sentences, &predicted.sentences)),
        ("token_f1", same_spans(&gold.tokens, &predicted.tokens)),
        ("word_f1", same(&|_, _| true)),
        ("upos", same(&|gold, predicted| gold.columns.upos == predicted.columns.upos)),
        ("xpos", same(&|gold, predicted| gold.columns.xpos == predicted.columns.xpos)),
        ("feats", same(&|gold, predicted| gold.columns.feats == predicted.columns.feats)),
        (
            "lemma",
            same(&|gold, predicted| {
                gold.columns.lemma == "_" || gold.columns.lemma == predicted.columns.lemma
            }),
        ),
        ("uas", same(&head)),
        ("las", same(&|gold, predicted| head(gold, predicted) && universal(gold) == universal(predicted))),
        (
            "las_subtypes",
            same(&|gold, predicted| head(gold, predicted) && gold.columns.deprel == predicted.columns.deprel),
        ),
    ])
}

/// The relation without its subtype.
fn universal<'t>(word: &Word<'t>) -> &'t str {
    word.columns.deprel.split(':').next().unwrap_or_default()
}

fn same_spans<T: Copy + Eq + Hash>(gold: &[T], predicted: &[T]) -> Matching {
    let gold_set: FxHashSet<T> = gold.iter().copied().collect();
    let predicted_set: FxHashSet<T> = predicted.iter().copied().collect();
    let matched = gold_set.intersection(&predicted_set).count();
    Matching::new(matched, predicted.len(), gold.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(columns: &str) -> String {
        let mut columns: Vec<&str> = columns.split(' ').collect();
        columns.resize(10, "_");
        columns.join("\t") + "\n"
    }

    fn treebank(sentences: &[&[&str]]) -> String {
        sentences
            .iter()
            .map(|rows| rows.iter().map(|columns| row(columns)).collect::<String>() + "\n")
            .collect()
    }

    #[test]
    fn figures_of_a_small_treebank() {
        let gold = treebank(&[
            &[
                "1-2 Don't",
                "1 Do do AUX VBP _ 3 aux",
                "2 n't not PART RB _ 3 advmod",
                "3 land land VERB VB VerbForm=Inf 0 root",
                "4 here here ADV RB _ 3 advmod:lmod",
            ],
            &["1 Go go VERB VB _ 0 root", "2 . . PUNCT . _ 1 punct"],
        ]);
        let predicted = treebank(&[&[
            "1 Don't do AUX VBP _ 2 aux",
            "2 land land VERB VBP VerbForm=Inf 0 root",
            "3 here there ADV RB _ 2 advmod",
            "4 Go go VERB VB _ 2 parataxis",
            "5 . . PUNCT . _ 4 punct",
        ]]);
        let path = Path::new("small.conllu");
        let gold = Treebank::read(&gold, path).expect("gold");
        let predicted = Treebank::read(&predicted, path).expect("predicted");
        let figures = score(&gold, &predicted).expect("the same characters");
        // The reference scorer gives the same on these two treebanks.
        insta::assert_snapshot!(figures.to_json(), @r#"{"task":"language","sentence_f1":0.0,"token_f1":1.0,"word_f1":0.7273,"upos":0.7273,"xpos":0.5455,"feats":0.7273,"lemma":0.5455,"uas":0.5455,"las":0.5455,"las_subtypes":0.3636,"gold_words":6,"predicted_words":5}"#);
    }

    #[test]
    fn words_that_do_not_spell_their_token_are_numbered() {
        let text = treebank(&[&["1-2 wanna", "1 want want VERB _ _ 0 root", "2 to to PART _ _ 1 mark"]]);
        let treebank = Treebank::read(&text, Path::new("x.conllu")).expect("reads");
        let spans: Vec<WordSpan> = treebank.words.iter().map(|word| word.span).collect();
        assert_eq!(spans, [(0, 5, Some(0)), (0, 5, Some(1))]);
        assert_eq!(treebank.words[1].head, Some((0, 5, Some(0))));
    }

    #[test]
    fn errors_say_where() {
        let path = Path::new("x.conllu");
        let error = Treebank::read("# text = No\n1\tNo\tno\n", path).expect_err("three columns");
        assert_eq!(error.to_string(), "x.conllu:2: 3 columns; CoNLL-U has ten, parted by tabs");
        let (one, other) = (treebank(&[&["1 Marenko"]]), treebank(&[&["1 Marinka"]]));
        let (one, other) =
            (Treebank::read(&one, path).expect("reads"), Treebank::read(&other, path).expect("reads"));
        assert_eq!(
            score(&one, &other).expect_err("another text").to_string(),
            "gold data and predictions differ in their text at character 3: `enko` and `inka`"
        );
    }
}
