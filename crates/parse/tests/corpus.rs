//! The hand-made trees of news are well formed, and what measures is not what trains.

use dateline_parse::read_conllu_documents;
use std::collections::BTreeSet;

/// The text of each sentence, after checking that its words spell it.
fn sentences(file: &str) -> Vec<String> {
    let documents = read_conllu_documents(file).expect("the file is CoNLL-U");
    let mut texts = Vec::new();
    for named in &documents {
        let document = &named.document;
        for idx in document.sentence_indices() {
            let sentence = document.sentence(idx);
            assert!(sentence.tokens.n_tokens() > 3);
            texts.push(document.sentence_span(idx).of(document.text()).to_owned());
        }
    }
    let given: Vec<&str> = file.lines().filter_map(|line| line.strip_prefix("# text = ")).collect();
    assert_eq!(texts, given, "words spell the text that stands above them");
    texts
}

#[test]
fn trees_of_news_are_well_formed_and_kept_apart() {
    let train = sentences(include_str!("../../../corpus/news-trees-train.conllu"));
    let measure = sentences(include_str!("../../../corpus/news-trees-measure.conllu"));
    assert_eq!((train.len(), measure.len()), (280, 120));
    let distinct: BTreeSet<&String> = train.iter().chain(&measure).collect();
    assert_eq!(distinct.len(), 400, "no sentence comes twice");
}
