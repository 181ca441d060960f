//! Whether the clause around an expression looks back or ahead.

use dateline_text::{Deprel, Document, TokenIdx, TokenSpan, Upos, Xpos};

/// Where a clause stands in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future,
    /// Neither is said.
    Open,
}

/// What makes a following infinitive lie ahead: "is due to", "plans to", "scheduled".
const AHEAD: &[&str] = &[
    "plan", "schedule", "expect", "set", "due", "slate", "intend", "hope", "prepare", "want", "decide",
    "vow", "pledge", "promise", "agree", "threaten", "invite", "upcoming", "aim", "propose", "arrange",
    "call",
];

/// No chain of heads longer than this is followed.
const MAX_HEADS: usize = 40;

/// The tense of the clause that an expression belongs to.
pub(super) fn tense_around(document: &Document, tokens: TokenSpan) -> Tense {
    let head = tokens.iter().find(|&token| document.head(token).is_none_or(|head| !tokens.holds(head)));
    let Some(head) = head else { return Tense::Open };
    let above = document.ancestors(head).take(MAX_HEADS).find(|&token| is_predicate(document, token));
    above.map_or(Tense::Open, |verb| tense_of(document, verb, 0))
}

fn is_predicate(document: &Document, token: TokenIdx) -> bool {
    matches!(document.upos(token), Upos::Verb | Upos::Aux)
        || document
            .children(token)
            .iter()
            .any(|&child| matches!(document.deprel(child), Deprel::Cop | Deprel::Aux | Deprel::AuxPass))
}

fn tense_of(document: &Document, verb: TokenIdx, depth: usize) -> Tense {
    let mut tense = match document.xpos(verb) {
        Xpos::Vbd => Tense::Past,
        _ if document.feats(verb).contains("Tense=Past") && document.upos(verb) != Upos::Adj => Tense::Past,
        _ => Tense::Open,
    };
    let (mut is_infinitive, mut to_be, mut modal, mut negated) = (false, false, false, false);
    for &child in document.children(verb) {
        match document.deprel(child) {
            Deprel::Aux | Deprel::AuxPass | Deprel::Cop => match document.lower(child) {
                "will" | "shall" | "'ll" | "wo" => return Tense::Future,
                "would" | "could" => (tense, modal) = (Tense::Future, true),
                "may" | "might" | "can" | "should" | "must" => tense = Tense::Future,
                "was" | "were" | "had" | "did" => {
                    tense = Tense::Past;
                    to_be |= document.lemma(child) == "be";
                }
                "has" | "have" if tense == Tense::Open => tense = Tense::Past,
                "is" | "are" => {
                    to_be = true;
                    if document.deprel(child) == Deprel::AuxPass {
                        tense = Tense::Open;
                    }
                }
                _ => {}
            },
            Deprel::Mark if document.lower(child) == "to" => is_infinitive = true,
            Deprel::Advmod if matches!(document.lower(child), "not" | "n't" | "never") => negated = true,
            _ => {}
        }
    }
    // "The unions would not budge on Monday" tells of Monday; "said he would not come on Monday" looks ahead.
    if modal && negated && !is_reported(document, verb) {
        return Tense::Past;
    }
    // "They are to meet on Monday": whatever the verb above is.
    if is_infinitive && to_be {
        return Tense::Future;
    }
    if AHEAD.contains(&document.lemma(verb)) && tense == Tense::Open {
        return Tense::Future;
    }
    if is_infinitive {
        // "is expected to visit", "plans to visit"; but "was able to visit".
        let above = document.head(verb).filter(|_| depth < 3);
        return match above {
            Some(above) if AHEAD.contains(&document.lemma(above)) => Tense::Future,
            Some(above) if matches!(document.upos(above), Upos::Verb | Upos::Aux) => {
                tense_of(document, above, depth + 1)
            }
            _ => Tense::Future,
        };
    }
    tense
}

/// Whether a clause is what somebody says.
fn is_reported(document: &Document, verb: TokenIdx) -> bool {
    let reports = |&child: &TokenIdx| document.deprel(child) == Deprel::Parataxis;
    document.deprel(verb) == Deprel::Ccomp || document.children(verb).iter().any(reports)
}
