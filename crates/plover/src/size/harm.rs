//! Which words say that people were killed, hurt, held or taken, and which phrases they count.
//!
//! In:  a word of a sentence.
//! Out: what is counted, and the heads of the phrases that may bear the number.
//!
//! ```text
//! Gunmen shot four soldiers dead.       dead: four soldiers
//! The killing of 148 villagers          dead: 148 villagers
//! Six were dead and 22 hurt.            dead: six; injured: 22
//! ```

use crate::SizeKind;
use crate::syntax::{self, preposition};
use crate::words::Words;
use dateline_text::{Deprel, Document, TokenIdx, Upos, Xpos};

/// What a word counts, if anything.
pub(super) fn kind_of(document: &Document, by: TokenIdx) -> Option<SizeKind> {
    let lemma = document.lemma(by);
    if document.upos(by) == Upos::Noun {
        return noun_kind(lemma).or_else(|| adjective_kind(lemma));
    }
    if let Some(kind) = verb_kind(lemma).or_else(|| adjective_kind(lemma)) {
        return Some(kind);
    }
    if document.upos(by) != Upos::Verb {
        return None;
    }
    let has = |wanted: &str| document.children(by).iter().any(|&child| document.lower(child) == wanted);
    let to_death = document.children(by).iter().any(|&child| {
        document.lower(child) == "death"
            && preposition(document, child).is_some_and(|case| document.lower(case) == "to")
    });
    if to_death || matches!(lemma, "gun" | "mow" | "cut") && has("down") {
        return Some(SizeKind::Dead);
    }
    let to_hospital = || {
        document.children(by).iter().any(|&child| {
            matches!(document.lemma(child), "hospital" | "wound" | "injury" | "burn" | "clinic" | "treatment")
        })
    };
    match lemma {
        "treat" if syntax::is_passive(document, by) && to_hospital() => Some(SizeKind::Injured),
        "need" | "require" if has("treatment") => Some(SizeKind::Injured),
        "lose"
            if document.child_by(by, Deprel::Obj).is_some_and(|object| document.lemma(object) == "life") =>
        {
            Some(SizeKind::Dead)
        }
        _ => None,
    }
}

fn verb_kind(lemma: &str) -> Option<SizeKind> {
    Some(match lemma {
        "kill" | "die" | "slay" | "massacre" | "perish" | "murder" | "behead" | "execute" | "assassinate"
        | "slaughter" | "lynch" | "decapitate" | "butcher" | "drown" => SizeKind::Dead,
        "injure" | "wound" | "hurt" | "maim" | "hospitalise" | "hospitalize" => SizeKind::Injured,
        "arrest" | "detain" | "jail" | "imprison" | "intern" => SizeKind::Arrested,
        "kidnap" | "abduct" | "seize" | "snatch" => SizeKind::Abducted,
        _ => return None,
    })
}

fn adjective_kind(lemma: &str) -> Option<SizeKind> {
    Some(match lemma {
        "dead" => SizeKind::Dead,
        "injured" | "wounded" | "hurt" => SizeKind::Injured,
        _ => return None,
    })
}

fn noun_kind(lemma: &str) -> Option<SizeKind> {
    Some(match lemma {
        "killing" | "murder" | "assassination" | "massacre" | "execution" | "death" | "slaughter"
        | "beheading" | "lynching" | "loss" | "life" | "body" | "corpse" => SizeKind::Dead,
        "arrest" | "detention" | "internment" | "imprisonment" | "jailing" => SizeKind::Arrested,
        _ => return None,
    })
}

/// The heads of the phrases whose number a word counts.
pub(super) fn counted_by(words: &Words, by: TokenIdx) -> Vec<TokenIdx> {
    let document = words.document;
    if document.upos(by) == Upos::Noun && adjective_kind(document.lemma(by)).is_none() {
        return counted_by_noun(words, by);
    }
    if preposition(document, by).is_some_and(|case| document.lower(case) == "among") {
        return Vec::new();
    }
    let passive = syntax::is_passive(document, by);
    let adjective = document.upos(by) != Upos::Verb;
    let of_subject = matches!(document.lemma(by), "die" | "perish" | "need" | "require" | "lose" | "drown");
    let mut phrases: Vec<TokenIdx> = document
        .children(by)
        .iter()
        .copied()
        .filter(|&child| match document.deprel(child) {
            Deprel::Obj => document.lemma(by) != "lose" && document.lower(child) != "treatment",
            Deprel::NsubjPass => true,
            Deprel::Nsubj => passive || of_subject || adjective,
            // "six dead and 22 hurt": the number stands before the word itself.
            Deprel::Nummod => true,
            _ => false,
        })
        .collect();
    let Some(above) = document.head(by) else { return phrases };
    let nominal = matches!(document.upos(above), Upos::Noun | Upos::Propn | Upos::Num | Upos::Pron);
    let participle = document.xpos(by) == Xpos::Vbn || adjective;
    match document.deprel(by) {
        // "two wounded men", "the men wounded in the raid"
        Deprel::Amod | Deprel::Acl if nominal && participle => phrases.push(above),
        Deprel::AclRelcl
            if nominal
                && (of_subject || passive)
                && phrases.iter().all(|&phrase| is_relative(document, phrase)) =>
        {
            phrases.push(above);
        }
        // "left 12 dead", "12 were shot dead", "with 12 reported dead": the verb above has the number.
        Deprel::Xcomp | Deprel::Advmod | Deprel::Obj if participle => {
            phrases.extend(document.children(above).iter().copied().filter(|&child| {
                child != by && matches!(document.deprel(child), Deprel::Obj | Deprel::NsubjPass)
            }));
            if matches!(document.deprel(above), Deprel::Acl | Deprel::Amod) {
                phrases.extend(document.head(above));
            }
        }
        _ => {}
    }
    phrases
}

/// "the killing of 148 villagers", "with the loss of 21 lives", "cost 30 lives", "counted 19 bodies".
fn counted_by_noun(words: &Words, by: TokenIdx) -> Vec<TokenIdx> {
    let document = words.document;
    if matches!(document.lemma(by), "life" | "body" | "corpse") {
        let saved =
            document.head(by).is_some_and(|verb| matches!(document.lemma(verb), "save" | "spare" | "risk"));
        return if saved || document.xpos(by) == Xpos::Nn { Vec::new() } else { vec![by] };
    }
    let of = document.children(by).iter().copied().filter(|&child| {
        document.deprel(child).universal() == "nmod"
            && preposition(document, child).is_some_and(|case| document.lower(case) == "of")
            && document.lemma(child) != "life"
    });
    let mut phrases: Vec<TokenIdx> = of.filter(|_| document.lemma(by) != "loss").collect();
    if phrases.is_empty() && document.lemma(by) == "death" && document.xpos(by) == Xpos::Nns {
        phrases.push(by);
    }
    phrases
}

fn is_relative(document: &Document, token: TokenIdx) -> bool {
    matches!(document.lower(token), "who" | "that" | "which" | "whom")
}
