//! CoNLL-U read, written, and read again.

use super::*;
use dateline_text::{Deprel, NameKind, TokenIdx};

const DRILLS: &str = "\
# newdoc id = drills
# sent_id = a
1\tOfficials\tofficial\tNOUN\tNNS\tNumber=Plur\t4\tnsubj\t_\t_
2-3\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdid\tdo\tAUX\tVBD\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tvisit\tvisit\tVERB\tVB\tVerbForm=Inf\t0\troot\t_\t_
5\tPort\tPort\tPROPN\tNNP\tNumber=Sing\t4\tobj\t_\tNER=B-LOC
6\tMaró\tMaró\tPROPN\tNNP\tNumber=Sing\t5\tflat\t_\tNER=I-LOC|SpaceAfter=No
7\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

";

#[test]
fn keeps_what_is_given() {
    let document = read_conllu(DRILLS).unwrap();
    assert_eq!(&**document.text(), "Officials didn't visit Port Maró.");
    let negation = TokenIdx::new(2);
    assert_eq!(document.form(negation), "n't");
    assert!(document.token(negation).joined);
    assert_eq!(document.deprel(negation), Deprel::Advmod);
    assert_eq!(document.head(negation), Some(TokenIdx::new(3)));
    assert_eq!(document.lemma(TokenIdx::new(0)), "official");
    assert_eq!(document.names().len(), 1);
    assert_eq!(document.names()[0].kind, NameKind::Loc);
    assert_eq!(document.words(document.names()[0].tokens), "Port Maró");
}

#[test]
fn writes_what_it_read() {
    let document = read_conllu(DRILLS).unwrap();
    let mut out = String::new();
    write_conllu(&document, "drills", &mut out);
    insta::assert_snapshot!(out, @r"
    # newdoc id = drills
    # newpar
    # sent_id = drills-1
    # text = Officials didn't visit Port Maró.
    1	Officials	official	NOUN	NNS	Number=Plur	4	nsubj	_	Start=0|End=9|NER=O
    2-3	didn't	_	_	_	_	_	_	_	Start=10|End=16
    2	did	do	AUX	VBD	_	4	aux	_	Start=10|End=13|NER=O
    3	n't	not	PART	RB	_	4	advmod	_	Start=13|End=16|NER=O
    4	visit	visit	VERB	VB	VerbForm=Inf	0	root	_	Start=17|End=22|NER=O
    5	Port	Port	PROPN	NNP	Number=Sing	4	obj	_	Start=23|End=27|NER=B-LOC
    6	Maró	Maró	PROPN	NNP	Number=Sing	5	flat	_	Start=28|End=32|NER=I-LOC|SpaceAfter=No
    7	.	.	PUNCT	.	_	4	punct	_	Start=32|End=33|NER=O
    ");
    let again = read_conllu(&out).unwrap();
    let mut second = String::new();
    write_conllu(&again, "drills", &mut second);
    assert_eq!(second, out);
}

#[test]
fn reads_short_lines_and_paragraphs() {
    let document = read_conllu(
        "1 Peru PROPN 2 nsubj NER=B-LOC\n2 protested protest VERB 0 root\n\n# newpar\n1 Talks\n2 ended\n",
    )
    .unwrap();
    assert_eq!(&**document.text(), "Peru protested\n\nTalks ended");
    assert_eq!(document.paragraphs().len(), 2);
    assert_eq!(document.lemma(TokenIdx::new(1)), "protest");
    assert_eq!(document.head(TokenIdx::new(3)), Some(TokenIdx::new(2)));
}

#[test]
fn words_that_do_not_spell_their_token_share_it() {
    let document = read_conllu("1-2\tdu\n1 de ADP 0 root\n2 le DET 1 det\n3 nord NOUN 1 obj\n").unwrap();
    assert_eq!(&**document.text(), "du nord");
    assert_eq!(document.form(TokenIdx::new(0)), "d");
    assert_eq!(document.form(TokenIdx::new(1)), "u");
}

#[test]
fn errors_name_the_line_and_what_would_be_right() {
    for (text, expected) in [
        ("1 a NOUN 9 obj\n", "line 1: token 1 has head 9, but its sentence has 1 tokens"),
        ("1 a NOUN 0 root\n3 b NOUN 1 obj\n", "line 2: expected token 2, found `3`"),
        ("1 a NOUN 0 root\n2 b NOUN 0 root\n", "line 1: the sentence has 2 roots; it must have one"),
        (
            "1 a NOUN 2 obj\n2 b NOUN 1 obj\n3 c VERB 0 root\n",
            "line 1: the heads from token 1 upwards run in a circle",
        ),
        ("1 a THING 0 root\n", "line 1: `THING` is not a universal part of speech"),
        ("1 a NOUN 0 thing\n", "line 1: `thing` is not a dependency relation"),
        ("1 a NOUN\n", "line 1: found 3 columns; a token has 10 (or, written by hand, 2 or 5 to 8)"),
        ("\n\n1 a NOUN x root\n", "line 3: token 1 has head `x`, which is no number"),
    ] {
        assert_eq!(read_conllu(text).unwrap_err().to_string(), expected, "{text}");
    }
}

#[test]
fn documents_are_parted_by_newdoc() {
    let documents = read_conllu_documents(
        "# newdoc id = a\n# sent_id = a-1\n1 Yes\n\n# newdoc id = b\n1 No\n\n1 Maybe\n",
    )
    .unwrap();
    let ids: Vec<_> = documents.iter().map(|part| part.id.as_deref()).collect();
    assert_eq!(ids, [Some("a"), Some("b")]);
    assert_eq!(documents[0].sentence_ids, ["a-1"]);
    assert_eq!(documents[1].document.sentences().len(), 2);
}
