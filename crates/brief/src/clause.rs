//! The words of a report that tell an event, cut to the clause that does.
//!
//! ```text
//! As the talks began, the envoy said that the allies would act, the agency reported.
//!                                         ^^^^^^^^^^^^^^^^^^^^^ (trigger: act)
//! ```

use dateline_text::{ByteSpan, Deprel, Document, TokenIdx, TokenSpan, Upos};

/// Longer clauses are cut here; a brief quotes, it does not reprint.
const MAX_WORDS: usize = 34;

/// An exact slice of the text around an event's trigger, and whether it was cut short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clause {
    /// The words.
    pub span: ByteSpan,
    /// Whether the clause goes on after them.
    pub cut: bool,
}

/// The clause of a trigger: its subject, itself and what completes it, without clauses set beside it.
pub fn clause_of(document: &Document, trigger: TokenSpan, head: TokenIdx) -> Clause {
    let centre = predicate_of(document, head);
    let sentence = document.sentence(document.sentence_of(head)).tokens;
    let mut kept = vec![false; sentence.n_tokens()];
    let slot = |token: TokenIdx| token.index() - sentence.start as usize;
    let mut waiting = vec![centre];
    while let Some(token) = waiting.pop() {
        kept[slot(token)] = true;
        waiting.extend(
            document
                .children(token)
                .iter()
                .copied()
                .filter(|&child| token != centre || belongs(document, centre, child)),
        );
    }
    for token in trigger.iter().filter(|&token| sentence.holds(token)) {
        kept[slot(token)] = true;
    }
    let (mut first, mut last) = (slot(centre), slot(centre));
    while first > 0 && kept[first - 1] {
        first -= 1;
    }
    while last + 1 < kept.len() && kept[last + 1] {
        last += 1;
    }
    let trigger_slots =
        slot(trigger.first().max(sentence.first()))..=slot(trigger.last().min(sentence.last()));
    first = first.min(*trigger_slots.start());
    last = last.max(*trigger_slots.end());
    let is_edge = |at: usize| {
        let token = TokenIdx::new(sentence.start as usize + at);
        document.upos(token) == Upos::Punct && !is_quote(document.form(token))
            || matches!(document.deprel(token), Deprel::Mark | Deprel::Cc) && at != slot(centre)
    };
    while first < last && is_edge(first) {
        first += 1;
    }
    while last > first && is_edge(last) {
        last -= 1;
    }
    let cut = last - first >= MAX_WORDS;
    if cut {
        // The trigger stays in sight: a long subject is cut at the front, all else at the end.
        let reach = *trigger_slots.end() + MAX_WORDS / 3;
        if reach >= first + MAX_WORDS {
            first = (*trigger_slots.start()).saturating_sub(MAX_WORDS / 2).max(first);
        }
        last = last.min(first + MAX_WORDS - 1);
    }
    let tokens = TokenSpan::new(sentence.start as usize + first, sentence.start as usize + last + 1);
    Clause { span: document.bytes(tokens), cut }
}

/// The predicate that carries a trigger: for a noun, the verb it depends on as an argument.
fn predicate_of(document: &Document, head: TokenIdx) -> TokenIdx {
    if matches!(document.upos(head), Upos::Verb | Upos::Aux) {
        return head;
    }
    let above = document.head(head).filter(|&above| document.upos(above) == Upos::Verb);
    match document.deprel(head) {
        Deprel::Obj | Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obl | Deprel::Xcomp => {
            above.unwrap_or(head)
        }
        _ => head,
    }
}

/// Whether a dependent of the predicate is part of its clause rather than a clause beside it.
fn belongs(document: &Document, centre: TokenIdx, child: TokenIdx) -> bool {
    let is_clause = matches!(document.upos(child), Upos::Verb | Upos::Aux);
    match document.deprel(child) {
        Deprel::Parataxis | Deprel::Discourse | Deprel::Vocative | Deprel::AclRelcl => false,
        Deprel::Advcl | Deprel::AdvclRelcl => child > centre && !follows_comma(document, child),
        Deprel::Conj => !is_clause || document.upos(centre) != Upos::Verb,
        Deprel::Cc => document.children(centre).iter().any(|&other| {
            other > child && document.deprel(other) == Deprel::Conj && belongs(document, centre, other)
        }),
        _ => true,
    }
}

fn follows_comma(document: &Document, token: TokenIdx) -> bool {
    let first = document.subtree(token).first().index();
    first > 0 && document.form(TokenIdx::new(first - 1)) == ","
}

fn is_quote(form: &str) -> bool {
    matches!(form, "\"" | "“" | "”" | "‘" | "’" | "'" | "``" | "''" | "«" | "»")
}
