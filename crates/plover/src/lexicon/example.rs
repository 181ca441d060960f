//! Sentences of a lexicon file with the events that they must give.
//!
//! In:  `["Peru greylisted Chile.", "SANCTION Peru -> Chile"]`.
//! Out: an [`Example`], and whether an event is what it claims.
//!
//! A claim is a type, with or without a mode, then actors, `->` and recipients, each parted by commas, then auxiliary modes.
//! What it leaves out is not asked for; whom it names must be all that there are.

use super::mode_of;
use crate::{AuxiliaryMode, EventMention, EventType, LexiconErrorKind, Mode};
use dateline_resolve::{ActorIdx, Resolution};
use dateline_text::{Document, TokenSpan};

/// A sentence of a lexicon file with the event that it must give.
#[derive(Clone, Debug)]
pub(crate) struct Example {
    pub file: String,
    /// Counted from 1.
    pub line: Option<usize>,
    pub sentence: String,
    /// The claim as the file writes it.
    pub expected: String,
    pub claim: Claim,
    /// Whether it is from a user's own file.
    pub is_own: bool,
}

/// What an example claims of its event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Claim {
    event: EventType,
    mode: Option<Mode>,
    actors: Vec<String>,
    recipients: Vec<String>,
    aux: Vec<AuxiliaryMode>,
}

impl Claim {
    /// Reads `SANCTION/expel Peru -> Chile future`.
    pub fn read(text: &str) -> Result<Claim, LexiconErrorKind> {
        let (code, mut parties) = text.trim().split_once(' ').unwrap_or((text.trim(), ""));
        let (event, mode) = match code.split_once('/') {
            Some((event, mode)) => (event, Some(mode)),
            None => (code, None),
        };
        let event: EventType = event.parse().map_err(LexiconErrorKind::UnknownType)?;
        let mode = mode.map(|mode| mode_of(event, mode)).transpose()?;
        let mut aux: Vec<AuxiliaryMode> = Vec::new();
        while let Some((before, last)) = last_word(parties) {
            let Ok(one) = last.parse() else { break };
            aux.push(one);
            parties = before;
        }
        let (actors, recipients) = parties.split_once("->").unwrap_or((parties, ""));
        let names = |list: &str| -> Vec<String> {
            list.split(',').map(|name| name.trim().to_lowercase()).filter(|name| !name.is_empty()).collect()
        };
        Ok(Claim { event, mode, actors: names(actors), recipients: names(recipients), aux })
    }

    /// Whether an event is the claimed one.
    pub fn fits(&self, event: &EventMention, document: &Document, resolution: &Resolution) -> bool {
        self.event == event.event
            && self.mode.is_none_or(|mode| event.modes.contains(&mode))
            && self.aux.iter().all(|aux| event.aux.iter().any(|found| found == *aux))
            && are_named(&self.actors, &event.actors, &event.actor_tokens, document, resolution)
            && are_named(&self.recipients, &event.recipients, &event.recipient_tokens, document, resolution)
    }
}

fn last_word(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_end();
    let start = text.rfind(' ').map_or(0, |space| space + 1);
    (start < text.len()).then(|| (&text[..start], &text[start..]))
}

/// Whether each name is that of a party and each party has one of the names; without names anybody may be one.
fn are_named(
    names: &[String],
    parties: &[ActorIdx],
    words: &[TokenSpan],
    document: &Document,
    resolution: &Resolution,
) -> bool {
    if names.is_empty() {
        return true;
    }
    let of_party = |party: &ActorIdx| -> Vec<String> {
        resolution.actors[*party].names.iter().map(|name| name.to_lowercase()).collect()
    };
    let told: Vec<String> = words.iter().map(|&span| document.words(span).to_lowercase()).collect();
    let fits = |name: &String, known: &String| known.contains(name.as_str());
    let is_party = |name: &String| {
        told.iter().any(|known| fits(name, known))
            || parties.iter().flat_map(of_party).any(|known| fits(name, &known))
    };
    let n_parties = parties.len().max(usize::from(!words.is_empty()));
    names.iter().all(is_party) && n_parties <= names.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_names_type_mode_parties_and_marks() {
        let claim = Claim::read("SANCTION/expel Peru, the Navy -> Chile future").unwrap();
        assert_eq!((claim.event, claim.mode), (EventType::Sanction, Some(Mode::Expel)));
        assert_eq!(claim.actors, ["peru", "the navy"]);
        assert_eq!(claim.recipients, ["chile"]);
        assert_eq!(claim.aux, [AuxiliaryMode::Future]);
        let bare = Claim::read("PROTEST").unwrap();
        assert_eq!((bare.mode, bare.actors.len(), bare.recipients.len()), (None, 0, 0));
    }

    #[test]
    fn wrong_claims_are_named() {
        let told = ["SANCT Peru -> Chile", "PROTEST/riots students", ""]
            .map(|text| Claim::read(text).unwrap_err().to_string())
            .map(|told| told.split('(').next().unwrap_or_default().trim().to_owned());
        assert_eq!(
            told,
            [
                "`SANCT` is not a PLOVER event type",
                "`riots` is not a mode of PROTEST",
                "`` is not a PLOVER event type"
            ]
        );
    }
}
