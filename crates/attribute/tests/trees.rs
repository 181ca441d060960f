//! Attribution on hand-made trees: what the rules do when the parse is right.

use dateline_attribute::attribute;
use dateline_parse::read_conllu;
use dateline_resolve::Resolution;
use dateline_text::{Document, TokenSpan};

/// One line a statement: `kind | source | cue | content`, pieces joined by ` … `.
fn outline(tree: &str) -> String {
    let document = read_conllu(&conllu(tree)).expect("the tree is well formed");
    let join = |pieces: &[TokenSpan], document: &Document| {
        pieces.iter().map(|&piece| document.words(piece)).collect::<Vec<_>>().join(" … ")
    };
    attribute(&document, &Resolution::default())
        .as_slice()
        .iter()
        .map(|statement| {
            format!(
                "{} | {} | {} | {}\n",
                statement.kind,
                join(&statement.source, &document),
                join(&statement.cue, &document),
                join(&statement.content, &document)
            )
        })
        .collect()
}

/// CoNLL-U from lines of `form lemma UPOS XPOS head deprel`; `_` before a form joins it to the word before.
fn conllu(tree: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut number = 0;
    for line in tree.trim().lines() {
        let mut fields: Vec<&str> = line.split_whitespace().collect();
        if fields.is_empty() {
            lines.push(String::new());
            number = 0;
            continue;
        }
        if let Some(form) = fields[0].strip_prefix('_').filter(|form| !form.is_empty()) {
            fields[0] = form;
            if let Some(before) = lines.last_mut() {
                *before = before.replace("\t_\t_", "\t_\tSpaceAfter=No");
            }
        }
        number += 1;
        let [form, lemma, upos, xpos, head, deprel] = fields[..] else { panic!("six fields: {line}") };
        lines.push(format!("{number}\t{form}\t{lemma}\t{upos}\t{xpos}\t_\t{head}\t{deprel}\t_\t_"));
    }
    lines.push("\n".to_owned());
    lines.join("\n")
}

#[test]
fn a_clause_after_its_cue() {
    let tree = "
        The        the      DET   DT  2 det
        minister   minister NOUN  NN  3 nsubj
        said       say      VERB  VBD 0 root
        that       that     SCONJ IN  6 mark
        Marenko    Marenko  PROPN NNP 6 nsubj
        fell       fall     VERB  VBD 3 ccomp
        _.         .        PUNCT .   3 punct";
    assert_eq!(outline(tree), "indirect | The minister | said | that Marenko fell\n");
}

#[test]
fn speech_before_its_cue() {
    let tree = "
        “          “        PUNCT ``  3 punct
        _We        we       PRON  PRP 3 nsubj
        stay       stay     VERB  VBP 7 ccomp
        _,         ,        PUNCT ,   3 punct
        _”         ”        PUNCT ''  3 punct
        Amara      Amara    PROPN NNP 7 nsubj
        said       say      VERB  VBD 0 root
        _.         .        PUNCT .   7 punct";
    assert_eq!(outline(tree), "direct | Amara | said | “We stay,”\n");
}

#[test]
fn infinitives_and_objects() {
    let tree = "
        Lima       Lima     PROPN NNP 2 nsubj
        vowed      vow      VERB  VBD 0 root
        to         to       PART  TO  4 mark
        answer     answer   VERB  VB  2 xcomp
        and        and      CCONJ CC  6 cc
        condemned  condemn  VERB  VBD 2 conj
        the        the      DET   DT  8 det
        raid       raid     NOUN  NN  6 obj
        _.         .        PUNCT .   2 punct";
    assert_eq!(
        outline(tree),
        "indirect | Lima | vowed | to answer\nindirect | Lima | condemned | the raid\n"
    );
}
