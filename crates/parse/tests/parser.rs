//! What holds of every analysis, whatever the text.

use dateline_parse::{Parser, read_conllu, write_conllu};
use dateline_text::{ByteSpan, Deprel, Document};
use proptest::prelude::*;

fn parse(text: &str) -> Document {
    let parser = Parser::embedded().expect("the embedded model reads");
    parser.parse(text.into(), &[ByteSpan::new(0, text.len())])
}

/// Every token is its slice, in order, without overlap; every sentence is a tree with one root.
#[track_caller]
fn check(document: &Document) {
    let text = document.text();
    let mut at = 0;
    for token in document.tokens() {
        assert!(token.span.slice(text).is_some_and(|form| !form.trim().is_empty()), "{:?}", token.span);
        assert!(token.span.start >= at);
        at = token.span.end;
    }
    for idx in document.sentence_indices() {
        let tokens = document.sentence(idx).tokens;
        let roots: Vec<_> = tokens.iter().filter(|&token| document.head(token).is_none()).collect();
        assert_eq!(roots.len(), 1);
        assert_eq!(document.deprel(roots[0]), Deprel::Root);
        for token in tokens.iter() {
            assert!(document.head(token).is_none_or(|head| tokens.holds(head)));
            assert!(document.ancestors(token).take(tokens.n_tokens() + 1).count() <= tokens.n_tokens());
        }
    }
    let mut end = 0;
    for name in document.names() {
        assert!(name.tokens.start >= end && name.tokens.n_tokens() > 0);
        end = name.tokens.end;
    }
}

#[test]
fn sentences_keep_to_their_paragraphs() {
    let text = "Talks in Port Maro\n\nThe envoy left. She will return.";
    let parser = Parser::embedded().expect("the embedded model reads");
    let paragraphs = [ByteSpan::new(0, 18), ByteSpan::new(20, text.len())];
    let document = parser.parse(text.into(), &paragraphs);
    check(&document);
    let of: Vec<u32> = document.sentences().iter().map(|sentence| sentence.paragraph).collect();
    assert_eq!(of, [0, 1, 1]);
}

#[test]
fn an_easy_sentence_comes_out_right() {
    let document = parse("Peru's government condemned the raid.");
    let mut out = String::new();
    for idx in document.sentences()[0].tokens.iter() {
        let head = document.head(idx).map_or(0, |head| head.index() + 1);
        out.push_str(&format!(
            "{} {} {} {} {} {head} {}\n",
            idx.index() + 1,
            document.form(idx),
            document.lemma(idx),
            document.upos(idx),
            document.token(idx).xpos,
            document.deprel(idx)
        ));
    }
    insta::assert_snapshot!(out, @r"
    1 Peru Peru PROPN NNP 3 nmod:poss
    2 's 's PART POS 1 case
    3 government government NOUN NN 4 nsubj
    4 condemned condemn VERB VBD 0 root
    5 the the DET DT 6 det
    6 raid raid NOUN NN 4 obj
    7 . . PUNCT . 4 punct
    ");
}

#[test]
fn tokens_and_sentences_that_are_given_are_kept() {
    let parser = Parser::embedded().expect("the embedded model reads");
    let given = "# newdoc id = a\n1-2\tcan't\n1\tca\n2\tn't\n3\tgo\n\n1\tThey\n2\tleft\n3\t.\n\n";
    let documents = parser.parse_conllu(given).expect("the text is CoNLL-U");
    assert_eq!(documents.len(), 1);
    let document = &documents[0].document;
    check(document);
    assert_eq!(document.sentences().len(), 2);
    let forms: Vec<&str> = document.tokens().iter().map(|token| token.span.of(document.text())).collect();
    assert_eq!(forms, ["ca", "n't", "go", "They", "left", "."]);
}

#[test]
fn a_line_without_an_end_is_cut_into_sentences() {
    let document = parse(&"and the envoy went on and on ".repeat(2000));
    check(&document);
    assert!(document.sentences().len() > 20);
}

/// Tags, trees and names of a document, sentence by sentence.
fn analyses(document: &Document) -> Vec<String> {
    let analysis = |sentence: &dateline_text::Sentence| {
        let first = sentence.tokens.start as usize;
        let mut out = String::new();
        for token in sentence.tokens.iter() {
            let head = document.head(token).map_or(0, |head| head.index() + 1 - first);
            let name = document.name_at(token).map(|name| name.kind);
            out.push_str(&format!(
                "{}/{}/{head}/{}/{name:?} ",
                document.form(token),
                document.upos(token),
                document.deprel(token)
            ));
        }
        out
    };
    document.sentences().iter().map(analysis).collect()
}

#[test]
fn what_stands_beside_a_sentence_changes_nothing() {
    let paragraphs = [
        "Peru's envoy, Ana Ruiz, left.",
        "Talks!",
        "The U.N. said that 20 people had fled the port of Maro on Monday.",
    ];
    let alone: Vec<String> = paragraphs.iter().flat_map(|text| analyses(&parse(text))).collect();
    let many = paragraphs.join("\n\n").repeat(40);
    let together = analyses(&parse(&paragraphs.join("\n\n")));
    assert_eq!(together, alone);
    let repeated = analyses(&parse(&format!("{many}\n\n{}", paragraphs.join("\n\n"))));
    assert_eq!(repeated[repeated.len() - 3..], alone);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_gives_trees(text in "\\PC{0,160}") {
        check(&parse(&text));
    }

    #[test]
    fn what_looks_like_news_gives_trees(
        words in proptest::collection::vec("[A-Za-z]{1,8}|[.,!?\"'’“”$%-]|[0-9]{1,4}|said|the|Korea's|\n\n", 0..60)
    ) {
        check(&parse(&words.join(" ")));
    }

    #[test]
    fn what_is_written_reads_back(words in proptest::collection::vec("[A-Za-z]{1,8}|[.,!?]|don't|é", 1..40)) {
        let document = parse(&words.join(" "));
        let mut out = String::new();
        write_conllu(&document, "a", &mut out);
        let again = read_conllu(&out).expect("what is written is CoNLL-U");
        let spans = |document: &Document| document.tokens().iter().map(|t| (t.upos, t.deprel, t.joined)).collect::<Vec<_>>();
        prop_assert_eq!(spans(&document), spans(&again));
    }
}
