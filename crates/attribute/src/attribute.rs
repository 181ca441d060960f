//! Weighs what the rules found and makes statements of it.

use crate::candidate::Candidate;
use crate::direct::{Carrier, carrier};
use crate::lexicon::Lexicon;
use crate::reading::Reading;
use crate::runs::Runs;
use crate::{Statement, StatementKind, label, nominals, verbs};
use dateline_resolve::{ActorIdx, MentionForm, Resolution};
use dateline_text::{Arena, Document, TokenIdx, TokenSpan};
use rustc_hash::FxHashMap;

/// Finds who said what.
///
/// The resolution gives the speakers; with an empty one the statements have no speaker but all else.
pub fn attribute(document: &Document, resolution: &Resolution) -> Arena<Statement> {
    let lexicon = Lexicon::embedded();
    let reading = Reading::new(document);
    let (mut outside, inside): (Vec<Candidate>, Vec<Candidate>) = candidates(&reading, lexicon)
        .into_iter()
        .partition(|candidate| reading.quote_at(candidate.cue_head).is_none());
    give_quotes(&reading, lexicon, &mut outside);
    let mut accepted = Accepted { kept: Vec::new(), free: Runs::new(document.tokens().len()) };
    accepted.take(outside);
    accepted.take(inside);
    let speakers = Speakers::new(resolution);
    let dateline = resolution.dateline.map(|dateline| dateline.tokens);
    let mut statements: Vec<Statement> = accepted
        .kept
        .into_iter()
        .map(|candidate| to_statement(&reading, candidate, &speakers, dateline))
        .filter(|statement| !statement.content.is_empty())
        .collect();
    statements.sort_by_key(|statement| {
        let pieces = statement.source.iter().chain(&statement.cue).chain(&statement.content);
        (pieces.map(|piece| piece.start).min(), statement.cue_head)
    });
    statements.into_iter().collect()
}

/// What each word of the document suggests, in text order, at most one candidate a word.
fn candidates(reading: &Reading, lexicon: &Lexicon) -> Vec<Candidate> {
    let mut found = label::read_labels(reading);
    found.retain_mut(|candidate| candidate.settle(reading));
    for number in 0..reading.document.tokens().len() {
        let token = TokenIdx::new(number);
        let candidate = nominals::read_phrase(reading, lexicon, token)
            .or_else(|| verbs::read_verb(reading, lexicon, token))
            .or_else(|| nominals::read_noun(reading, lexicon, token))
            .or_else(|| nominals::read_adjective(reading, lexicon, token));
        if let Some(mut candidate) = candidate
            && candidate.settle(reading)
        {
            found.push(candidate);
        }
    }
    found
}

/// Gives each quotation that no candidate holds to the cue beside it, or to the statement before it.
fn give_quotes(reading: &Reading, lexicon: &Lexicon, candidates: &mut Vec<Candidate>) {
    // The candidate that each quotation ended with, so that the next can go on from it: the outermost one.
    let mut holder: Vec<Option<usize>> = vec![None; reading.quotes.len()];
    let mut free = Runs::new(reading.quotes.len());
    let mut outermost: Vec<usize> =
        (0..candidates.len()).filter(|&number| candidates[number].speaks).collect();
    outermost.sort_by_key(|&number| std::cmp::Reverse(candidates[number].n_content_tokens()));
    for number in outermost {
        for &piece in &candidates[number].content {
            free.take(reading.quotes_in(piece), |quote| holder[quote] = Some(number));
        }
    }
    for number in 0..reading.quotes.len() {
        if let Some(index) = holder[number] {
            take_earlier_parts(reading, number, index, &mut candidates[index], &mut holder);
        }
    }
    let mut by_cue: FxHashMap<TokenIdx, usize> =
        candidates.iter().enumerate().map(|(number, candidate)| (candidate.cue_head, number)).collect();
    // Candidates by the end of their words, to find the last one before a quotation.
    let mut ends: Vec<(usize, usize)> = candidates
        .iter()
        .enumerate()
        .filter(|(_, candidate)| candidate.speaks)
        .map(|(number, candidate)| (candidate.cue_head.index(), number))
        .collect();
    ends.sort_unstable();
    for number in 0..reading.quotes.len() {
        if holder[number].is_some() {
            continue;
        }
        let quote = reading.quotes[number].tokens;
        match carrier(reading, lexicon, number) {
            Carrier::Verb(verb, source) => {
                let index = *by_cue.entry(verb).or_insert_with(|| {
                    candidates.push(Candidate {
                        cue_head: verb,
                        cue: vec![reading.cue_span(verb, verb)],
                        source: source.clone(),
                        content: Vec::new(),
                        speaks: true,
                    });
                    candidates.len() - 1
                });
                let candidate = &mut candidates[index];
                if !candidate.speaks || candidate.source.is_none() {
                    candidate.source = source.or(candidate.source.take());
                }
                candidate.speaks = true;
                candidate.content.push(quote);
                holder[number] = Some(index);
                take_earlier_parts(reading, number, index, candidate, &mut holder);
            }
            Carrier::Before => {
                let paragraph = reading.document.paragraph_of(quote.first());
                let before = ends.partition_point(|&(end, _)| end < quote.start as usize);
                let statement = ends[..before].last().filter(|&&(cue, _)| {
                    let behind = paragraph - reading.document.paragraph_of(TokenIdx::new(cue));
                    behind == 0 || (behind == 1 && opens_paragraph(reading, quote))
                });
                let quoted = number.checked_sub(1).and_then(|previous| {
                    let previous_quote = reading.quotes[previous].tokens;
                    let near = paragraph - reading.document.paragraph_of(previous_quote.last()) <= 1;
                    holder[previous].filter(|_| near)
                });
                let candidate = match (statement, quoted) {
                    (Some(&(cue, number)), Some(other)) => {
                        let after = cue > candidates[other].cue_head.index();
                        Some(if after { number } else { other })
                    }
                    (Some(&(_, number)), None) => Some(number),
                    (None, other) => other,
                };
                if let Some(index) = candidate {
                    candidates[index].content.push(quote);
                    holder[number] = Some(index);
                }
            }
            Carrier::Nothing => {}
        }
    }
    candidates.retain_mut(|candidate| candidate.settle(reading));
}

/// Gives a candidate the paragraphs of a quotation before the one that it holds, which nobody else holds.
fn take_earlier_parts(
    reading: &Reading,
    number: usize,
    index: usize,
    candidate: &mut Candidate,
    holder: &mut [Option<usize>],
) {
    let mut part = number;
    // A part that does not open its paragraph goes on from what was said there: `“We stay,” she said. “We wait.`
    while reading.quotes[part].continues
        && part > 0
        && holder[part - 1].is_none()
        && opens_paragraph(reading, reading.quotes[part - 1].tokens)
    {
        part -= 1;
        candidate.content.push(reading.quotes[part].tokens);
        holder[part] = Some(index);
    }
}

fn opens_paragraph(reading: &Reading, quote: TokenSpan) -> bool {
    let first = quote.first();
    first.index() == 0
        || reading.document.paragraph_of(TokenIdx::new(first.index() - 1))
            != reading.document.paragraph_of(first)
}

/// Candidates that stand, outermost first: what another's content already holds is told by that other.
struct Accepted {
    kept: Vec<Candidate>,
    /// Tokens that no content holds yet.
    free: Runs,
}

impl Accepted {
    fn take(&mut self, mut candidates: Vec<Candidate>) {
        candidates
            .sort_by_key(|candidate| (std::cmp::Reverse(candidate.n_content_tokens()), candidate.cue_head));
        for candidate in candidates {
            if self.free.is_free(candidate.cue_head.index()) {
                for piece in &candidate.content {
                    self.free.take(piece.start..piece.end, |_| {});
                }
                self.kept.push(candidate);
            }
        }
    }
}

fn to_statement(
    reading: &Reading,
    mut candidate: Candidate,
    speakers: &Speakers,
    dateline: Option<TokenSpan>,
) -> Statement {
    if let Some(dateline) = dateline {
        let source = candidate.source.iter_mut().map(|source| &mut source.pieces);
        source.chain([&mut candidate.content]).for_each(|pieces| leave_out(pieces, dateline));
    }
    let kind = kind_of(reading, &candidate.content);
    let speaker = candidate.source.as_ref().and_then(|source| speakers.find(source.head, &source.pieces));
    Statement {
        kind,
        source: candidate.source.map(|source| source.pieces).unwrap_or_default(),
        cue: candidate.cue,
        content: candidate.content,
        cue_head: Some(candidate.cue_head),
        speaker,
    }
}

/// Cuts the dateline off: nobody says it.
fn leave_out(pieces: &mut Vec<TokenSpan>, dateline: TokenSpan) {
    for piece in pieces.iter_mut().filter(|piece| piece.overlaps(dateline)) {
        piece.start = dateline.end;
    }
    pieces.retain(|piece| piece.start < piece.end);
}

/// Direct when every word stands in quotation marks, indirect when none does.
fn kind_of(reading: &Reading, content: &[TokenSpan]) -> StatementKind {
    let (mut quoted, mut plain) = (false, false);
    for token in content.iter().flat_map(|piece| piece.iter()) {
        if !reading.document.form(token).contains(char::is_alphanumeric) {
            continue;
        }
        match reading.quote_at(token) {
            Some(_) => quoted = true,
            None => plain = true,
        }
    }
    match (quoted, plain) {
        (true, false) => StatementKind::Direct,
        (true, true) => StatementKind::Mixed,
        (false, _) => StatementKind::Indirect,
    }
}

/// Actor mentions by their head, to find who a source is.
struct Speakers {
    by_head: FxHashMap<TokenIdx, ActorIdx>,
}

impl Speakers {
    fn new(resolution: &Resolution) -> Speakers {
        let mut by_head = FxHashMap::default();
        for (_, mention) in resolution.actor_mentions.iter() {
            // `South Korean` in `South Korean officials` is not who speaks, but `its` in `its claim` is: a modifier
            // only where nothing better hangs on the word.
            if mention.form == MentionForm::Modifier {
                by_head.entry(mention.head).or_insert(mention.actor);
            } else {
                by_head.insert(mention.head, mention.actor);
            }
        }
        Speakers { by_head }
    }

    /// The actor of the source's head; failing that, of the first mention in it from the left of its last piece.
    fn find(&self, head: TokenIdx, pieces: &[TokenSpan]) -> Option<ActorIdx> {
        self.by_head.get(&head).copied().or_else(|| {
            let near = pieces.iter().flat_map(|piece| piece.iter()).take(12);
            near.filter_map(|token| self.by_head.get(&token).copied()).last().filter(|_| pieces.len() == 1)
        })
    }
}
