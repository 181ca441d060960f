//! Cues in the passive: `is believed to have left`, `was condemned by the council`.

use super::{EXPLAINS, Found, Verb, Whose, without_verb};
use crate::lexicon::Takes;
use crate::reading::Source;
use dateline_text::{Deprel, TokenIdx, TokenSpan};

impl Verb<'_, '_> {
    /// `is believed to have left`, `was condemned by the council`, `was told that`.
    pub(super) fn passive(&self, takes: Takes, last: TokenIdx) -> Option<Found> {
        let (reading, document) = (self.reading, self.reading.document);
        let agent = || self.agent_or_nobody();
        let subject = self.passive_subject();
        let infinitive = self.infinitive_after(self.verb);
        if takes.any(Takes::RAISED.and(Takes::OTHER_TO))
            && let Some(infinitive) = infinitive
        {
            let mut content = vec![reading.subtree(infinitive)];
            content.extend(subject.iter().flat_map(|subject| subject.pieces.iter().copied()));
            return Some(Found { content, source: agent(), last });
        }
        if takes.any(Takes::CLAUSE)
            && let Some(clause) = reading.child(self.verb, &[Deprel::Ccomp, Deprel::CsubjPass, Deprel::Csubj])
        {
            // `was told that`, `is convinced that`: the hearer is no source.
            let source = agent();
            let span = reading.subtree(clause);
            let content = without_verb(span, self.verb, last);
            return Some(Found { content: vec![content], source, last });
        }
        if takes.any(Takes::AS.and(Takes::NOUN)) {
            let mut content: Vec<TokenSpan> = subject.map(|subject| subject.pieces).unwrap_or_default();
            let complement = document.children(self.verb).iter().copied().find(|&child| {
                child > self.verb
                    && match document.deprel(child) {
                        Deprel::Xcomp => true,
                        Deprel::Obl | Deprel::Advcl => {
                            EXPLAINS.contains(&reading.introduced_by(child))
                                && reading.introduced_by(child) != "from"
                        }
                        _ => false,
                    }
            });
            // `down from nine, compared with May`: nobody's comparison.
            let counted = matches!(document.lemma(self.verb), "compare" | "contrast");
            if counted && reading.child(self.verb, &[Deprel::AuxPass]).is_none() {
                return None;
            }
            let source = agent();
            // `The truce was announced on Monday`, but not `was hit`, `was praised`.
            let told = takes.any(Takes::CLAUSE) && reading.child(self.verb, &[Deprel::AuxPass]).is_some();
            let sourceless = matches!(source, Whose::Nobody) && !told;
            if complement.is_none() && (!takes.any(Takes::NOUN) || sourceless) {
                return None;
            }
            content.extend(complement.map(|complement| reading.subtree(complement)));
            return Some(Found { content, source, last });
        }
        None
    }

    pub(super) fn passive_subject(&self) -> Option<Source> {
        let (reading, document) = (self.reading, self.reading.document);
        if let Some(subject) = reading.child(self.verb, &[Deprel::NsubjPass, Deprel::Nsubj]) {
            let lower = document.lower(subject);
            return (!matches!(lower, "it" | "there"))
                .then(|| reading.noun_phrase(subject, self.verb))
                .flatten();
        }
        let head = document.head(self.verb)?;
        match document.deprel(self.verb) {
            Deprel::Acl => reading.noun_phrase(head, self.verb),
            Deprel::Conj | Deprel::Xcomp => {
                let subject = reading.child(head, &[Deprel::NsubjPass, Deprel::Nsubj])?;
                reading.noun_phrase(subject, self.verb)
            }
            _ => None,
        }
    }

    pub(super) fn agent_or_nobody(&self) -> Whose {
        self.reading.agent_of(self.verb).map_or(Whose::Nobody, Whose::Named)
    }
}
