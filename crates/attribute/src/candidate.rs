//! An attribution that the words suggest, before it is weighed against the others.

use crate::reading::{Reading, Source};
use dateline_text::{TokenIdx, TokenSpan};

/// Source, cue and content as one rule found them.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    /// The head word of the cue.
    pub(crate) cue_head: TokenIdx,
    /// The cue's words.
    pub(crate) cue: Vec<TokenSpan>,
    /// The source, where there is one.
    pub(crate) source: Option<Source>,
    /// The content's pieces, in any order; put in order by [`Candidate::settle`].
    pub(crate) content: Vec<TokenSpan>,
    /// Whether the cue can carry quotations.
    pub(crate) speaks: bool,
}

impl Candidate {
    /// Widens the content to the quotations that it touches, keeps it clear of the cue, and puts its pieces in order.
    /// False where nothing is left.
    pub(crate) fn settle(&mut self, reading: &Reading) -> bool {
        let cue_quote = reading.quote_at(self.cue_head);
        let mut pieces: Vec<TokenSpan> = Vec::with_capacity(self.content.len());
        for &piece in &self.content {
            let Some(mut piece) = reading.trimmed(piece) else { continue };
            match cue_quote {
                // Inside a quotation nothing reaches out of it.
                Some(number) => {
                    let quote = reading.quotes[number].tokens;
                    let (start, end) = (piece.start.max(quote.start), piece.end.min(quote.end));
                    if start >= end {
                        continue;
                    }
                    piece = TokenSpan { start, end };
                }
                None => {
                    let first = reading.quote_at(TokenIdx::new(piece.start as usize));
                    let last = reading.quote_at(TokenIdx::new(piece.end as usize - 1));
                    if let Some(number) = first {
                        piece.start = reading.quotes[number].tokens.start;
                    }
                    if let Some(number) = last {
                        piece.end = reading.quotes[number].tokens.end;
                    }
                }
            }
            let words = self
                .cue
                .iter()
                .copied()
                .chain(self.source.iter().flat_map(|source| source.pieces.iter().copied()));
            pieces.extend(without(piece, words).into_iter().filter_map(|piece| reading.trimmed(piece)));
        }
        pieces.sort_by_key(|piece| (piece.start, piece.end));
        self.content.clear();
        for piece in pieces {
            match self.content.last_mut() {
                Some(last) if last.end >= piece.start => last.end = last.end.max(piece.end),
                _ => self.content.push(piece),
            }
        }
        !self.content.is_empty()
    }

    /// How many tokens the content has.
    pub(crate) fn n_content_tokens(&self) -> usize {
        self.content.iter().map(|piece| piece.n_tokens()).sum()
    }
}

/// What is left of a piece when some spans are taken out.
fn without(piece: TokenSpan, taken: impl Iterator<Item = TokenSpan>) -> Vec<TokenSpan> {
    let mut left = vec![piece];
    for hole in taken {
        let mut next = Vec::with_capacity(left.len() + 1);
        for part in left {
            if !part.overlaps(hole) {
                next.push(part);
                continue;
            }
            if part.start < hole.start {
                next.push(TokenSpan { start: part.start, end: hole.start });
            }
            if hole.end < part.end {
                next.push(TokenSpan { start: hole.end, end: part.end });
            }
        }
        left = next;
    }
    left
}
