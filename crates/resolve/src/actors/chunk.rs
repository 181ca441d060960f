//! Base noun phrases, and how they hang together on the surface.
//!
//! Found from tags first and from the tree only where tags leave a choice, so that a wrong head far away
//! costs nothing here.
//!
//! ```text
//! [South Korea]'s [special representative] for [peace affairs], [Noh Kyu-duk],
//!  possessor  ──▶  prep: for ─────────────▶
//! ```

use super::lexicon::{Lexicon, WordKind, is_hyphen, starts_upper};
use dateline_text::{Deprel, Document, NameKind, SentenceIdx, TokenIdx, TokenSpan, Upos, Xpos, calendar};
use rustc_hash::FxHashSet;

/// A base noun phrase: from its first word to its head noun, without a possessive ending.
#[derive(Clone, Debug)]
pub(crate) struct Chunk {
    pub tokens: TokenSpan,
    pub sentence: SentenceIdx,
    /// The phrase before `'s` that this one belongs to.
    pub possessor: Option<usize>,
    /// Whether `'s` follows.
    pub is_possessor: bool,
    /// The preposition before it (before its first possessor), and the phrase before that.
    pub prep: Option<(TokenIdx, Option<usize>)>,
    /// The first phrase that hangs on this one by a preposition.
    pub complement: Option<(TokenIdx, usize)>,
    /// For "X, including Y": the phrase X.
    pub host: Option<usize>,
}

/// The noun phrases of a document in text order, and for each token the phrase that holds it.
pub(crate) struct Chunks {
    pub all: Vec<Chunk>,
    of_token: Vec<u32>,
}

const NONE: u32 = u32::MAX;

impl Chunks {
    /// The phrase that holds a token.
    pub(crate) fn at(&self, token: TokenIdx) -> Option<usize> {
        match self.of_token.get(token.index()) {
            Some(&number) if number != NONE => Some(number as usize),
            _ => None,
        }
    }

    /// The first token of a phrase with all its possessors.
    pub(crate) fn start_with_possessors(&self, chunk: usize) -> TokenIdx {
        let mut at = chunk;
        for _ in 0..MAX_POSSESSORS {
            match self.all[at].possessor {
                Some(before) => at = before,
                None => break,
            }
        }
        self.all[at].tokens.first()
    }

    /// The phrase that ends a chain of possessors: "minister" for "Italy" in "Italy's defence minister".
    pub(crate) fn end_of_possessors(&self, chunk: usize) -> usize {
        end_of_possessors(&self.all, chunk)
    }
}

/// Possessors in a row that are followed: "Italy's minister's deputy's car". Longer chains are cut.
const MAX_POSSESSORS: usize = 8;

/// The phrase that a chain of possessors ends in.
fn end_of_possessors(all: &[Chunk], chunk: usize) -> usize {
    let mut at = chunk;
    for _ in 0..MAX_POSSESSORS {
        if all.get(at + 1).is_none_or(|next| next.possessor != Some(at)) {
            break;
        }
        at += 1;
    }
    at
}

/// Days are no part of a phrase that names an actor: "on Monday two officials".
fn is_day(lower: &str) -> bool {
    calendar::WEEKDAYS.contains(&lower)
}

fn is_possessive_mark(document: &Document, token: TokenIdx) -> bool {
    document.xpos(token) == Xpos::Pos
        || matches!(document.form(token), "'s" | "’s") && document.upos(token) == Upos::Part
}

/// Whether a word can stand inside a base noun phrase, before its head or as its head.
fn is_nominal(document: &Document, token: TokenIdx, last: TokenIdx) -> bool {
    match document.upos(token) {
        Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num | Upos::Det => {
            !matches!(document.xpos(token), Xpos::Wdt) && !is_day(document.lower(token))
        }
        Upos::X => true,
        Upos::Pron => document.xpos(token) == Xpos::PrpPoss,
        // "the captured soldiers", "the ruling party": a participle that modifies what follows.
        Upos::Verb => {
            matches!(
                document.lower(token),
                "incoming" | "outgoing" | "acting" | "ruling" | "visiting" | "sitting"
            ) && token < last
                && matches!(document.upos(next(token)), Upos::Noun | Upos::Propn | Upos::Adj)
                || matches!(document.xpos(token), Xpos::Vbn | Xpos::Vbg)
                    && matches!(document.deprel(token), Deprel::Amod | Deprel::Compound)
                    && document.head(token).is_some_and(|head| head > token && head <= last)
        }
        Upos::Punct | Upos::Sym => {
            is_hyphen(document.form(token))
                && token < last
                && touches(document, token)
                && touches(document, next(token))
        }
        Upos::Adv => {
            token < last
                && document.head(token).is_some_and(|head| head == next(token))
                && matches!(document.upos(next(token)), Upos::Adj | Upos::Num)
        }
        // "d'Ivoire", "al-Assad": particles inside a name that the tagger took for something else.
        _ => false,
    }
}

/// Whether most words of a sentence begin with a capital, so that capitals tell nothing.
fn is_headline(document: &Document, tokens: TokenSpan) -> bool {
    let words =
        tokens.iter().filter(|&token| document.form(token).chars().next().is_some_and(char::is_alphabetic));
    let (mut n_words, mut n_upper) = (0, 0);
    for token in words {
        n_words += 1;
        n_upper += usize::from(starts_upper(document.form(token)));
    }
    n_words > 4 && 3 * n_upper > 2 * n_words
}

/// A capitalised word inside a sentence that the tagger took for a verb or adverb: a rare name.
fn is_mistagged_name(document: &Document, token: TokenIdx) -> bool {
    let before = document.form(TokenIdx::new(token.index() - 1));
    starts_upper(document.form(token))
        && matches!(document.upos(token), Upos::Verb | Upos::Adv | Upos::Intj)
        && document.token(token).span.n_bytes() > 2
        && !matches!(before, "“" | "\"" | "‘" | "'" | "." | ":" | "—" | "–" | "(" | "``")
        && !is_day(document.lower(token))
}

/// A role word that the tagger took for a verb or preposition: "Somali pirates", "deputy envoy".
fn is_mistagged_role(document: &Document, token: TokenIdx, lexicon: &Lexicon, inside: &[bool]) -> bool {
    let lower = document.lower(token);
    if lower.len() < 5 || token.index() == 0 {
        return false;
    }
    let before = TokenIdx::new(token.index() - 1);
    match document.upos(token) {
        Upos::Adp | Upos::Sconj | Upos::Intj => {
            lexicon.word(lower).is_some_and(|(word, ..)| word.kind == WordKind::Person)
        }
        Upos::Verb if document.xpos(token) == Xpos::Vbz => {
            (inside[before.index()] || document.upos(before) == Upos::Adj)
                && lexicon.word(lower).is_some_and(|(_, _, plural)| plural)
        }
        // "US envoy Ada Rossi": between a country and a name.
        Upos::Verb if inside[before.index()] => {
            let after = token.index() + 1;
            after < document.tokens().len()
                && starts_upper(document.form(TokenIdx::new(after)))
                && lexicon.word(lower).is_some_and(|(word, ..)| word.kind == WordKind::Person)
        }
        _ => false,
    }
}

/// Whether a token follows the one before it without a space.
pub(crate) fn touches(document: &Document, token: TokenIdx) -> bool {
    token.index() > 0
        && document.token(TokenIdx::new(token.index() - 1)).span.end == document.token(token).span.start
}

/// Whether a token is the second half of a hyphenated word: `elect` in `president-elect`.
fn follows_hyphen(document: &Document, token: TokenIdx) -> bool {
    token.index() > 1
        && touches(document, token)
        && is_hyphen(document.form(TokenIdx::new(token.index() - 1)))
        && touches(document, TokenIdx::new(token.index() - 1))
}

fn next(token: TokenIdx) -> TokenIdx {
    TokenIdx::new(token.index() + 1)
}

/// Whether a phrase ends between two neighbouring words that could both belong to one.
fn breaks(document: &Document, before: TokenIdx, after: TokenIdx) -> bool {
    let noun = |token| matches!(document.upos(token), Upos::Noun | Upos::Propn | Upos::X);
    if document.name_at(before).is_some_and(|name| name.tokens.holds(after))
        || follows_hyphen(document, after)
        || is_hyphen(document.form(after))
    {
        return false;
    }
    match document.upos(after) {
        // "both the", "all these"; after anything else an article opens a phrase.
        Upos::Det => document.upos(before) != Upos::Det,
        Upos::Pron => true,
        // "Colonel Mamadou Barry", one word of it taken for an adjective.
        Upos::Adj if document.xpos(after) == Xpos::Nnp && document.upos(before) == Upos::Propn => false,
        Upos::Num | Upos::Adj | Upos::Verb if noun(before) => {
            let joins_right = document.head(before).is_some_and(|head| head >= after);
            let joins_left = document.head(after).is_some_and(|head| head <= before);
            !joins_right && !joins_left
        }
        // "the US special envoy Sung Kim" stays one phrase; "last month soldiers" and "the day soldiers" do not.
        Upos::Noun if document.upos(before) == Upos::Noun => {
            matches!(document.deprel(before), Deprel::OblUnmarked | Deprel::NmodUnmarked)
        }
        _ => false,
    }
}

/// Finds the noun phrases of a document behind its dateline. No phrase begins or ends inside the words of `whole`.
pub(crate) fn find_chunks(
    document: &Document,
    lexicon: &Lexicon,
    whole: impl Iterator<Item = TokenSpan>,
    dateline: Option<TokenSpan>,
) -> Chunks {
    // Whether a token is bound to the one before it.
    let mut bound = vec![false; document.tokens().len()];
    let mut inside = vec![false; document.tokens().len()];
    // A word of some person's name is one everywhere it stands with a capital, whatever its tag.
    let of_persons: FxHashSet<&str> = document
        .names()
        .iter()
        .filter(|name| name.kind == NameKind::Per)
        .flat_map(|name| name.tokens.iter())
        .filter(|&token| document.upos(token) == Upos::Propn && document.form(token).len() > 3)
        .map(|token| document.form(token))
        .collect();
    for (number, inside) in inside.iter_mut().enumerate() {
        *inside = of_persons.contains(document.form(TokenIdx::new(number)));
    }
    for tokens in whole {
        inside[tokens.range()].fill(true);
        bound[tokens.start as usize + 1..tokens.end as usize].fill(true);
    }
    let mut all: Vec<Chunk> = Vec::new();
    let mut of_token = vec![NONE; document.tokens().len()];
    for sentence in document.sentence_indices() {
        let tokens = document.sentence(sentence).tokens;
        let last = tokens.last();
        let mut start: Option<TokenIdx> = None;
        let headline = is_headline(document, tokens);
        let close = |start: &mut Option<TokenIdx>, end: usize, all: &mut Vec<Chunk>| {
            let Some(first) = start.take() else { return };
            let mut span = TokenSpan::new(first.index(), end);
            // A phrase ends in its head: trailing hyphens and determiners are given back.
            while span.n_tokens() > 1
                && matches!(document.upos(span.last()), Upos::Punct | Upos::Sym | Upos::Adv)
            {
                span.end -= 1;
            }
            all.push(Chunk {
                tokens: span,
                sentence,
                possessor: None,
                is_possessor: false,
                prep: None,
                complement: None,
                host: None,
            });
        };
        for token in tokens.iter() {
            let stands_alone = document.upos(token) == Upos::Pron && document.xpos(token) != Xpos::PrpPoss;
            if dateline.is_some_and(|dateline| dateline.holds(token)) {
                close(&mut start, token.index(), &mut all);
            } else if stands_alone {
                close(&mut start, token.index(), &mut all);
                start = Some(token);
                close(&mut start, token.index() + 1, &mut all);
            } else if is_nominal(document, token, last)
                || inside[token.index()]
                || !headline && token > tokens.first() && is_mistagged_name(document, token)
                || is_mistagged_role(document, token, lexicon, &inside)
                || start.is_some() && follows_hyphen(document, token)
                || (start.is_some()
                    && document.name_at(token).is_some_and(|name| {
                        name.tokens.start < token.index() as u32
                            && name.tokens.end > token.index() as u32 + 1
                            && !is_possessive_mark(document, token)
                            && !matches!(document.upos(token), Upos::Adp | Upos::Cconj | Upos::Punct)
                    }))
            {
                if let Some(_first) = start
                    && !bound[token.index()]
                    && breaks(document, TokenIdx::new(token.index() - 1), token)
                {
                    close(&mut start, token.index(), &mut all);
                }
                if start.is_none() && matches!(document.upos(token), Upos::Punct | Upos::Sym) {
                    continue;
                }
                start.get_or_insert(token);
            } else {
                close(&mut start, token.index(), &mut all);
            }
        }
        close(&mut start, tokens.end as usize, &mut all);
    }
    for (number, chunk) in all.iter().enumerate() {
        of_token[chunk.tokens.range()].fill(number as u32);
    }
    link(document, &mut all);
    Chunks { all, of_token }
}

/// Notes possessors, prepositions and "including" between neighbouring phrases.
fn link(document: &Document, all: &mut [Chunk]) {
    for number in 1..all.len() {
        let (before, chunk) = (&all[number - 1], &all[number]);
        if before.sentence != chunk.sentence {
            let first = document.sentence(chunk.sentence).tokens.first();
            if chunk.tokens.start > 0 {
                let previous = TokenIdx::new(chunk.tokens.start as usize - 1);
                if previous >= first && document.upos(previous) == Upos::Adp {
                    all[number].prep = Some((previous, None));
                }
            }
            continue;
        }
        let between = TokenSpan::new(before.tokens.end as usize, chunk.tokens.start as usize);
        let n_between = between.n_tokens();
        if n_between == 0 {
            continue;
        }
        if n_between == 1 && is_possessive_mark(document, between.first()) {
            all[number].possessor = Some(number - 1);
            all[number - 1].is_possessor = true;
            continue;
        }
        let last = between.last();
        let first = between.first();
        let lower = document.lower(last);
        if n_between <= 3
            && (lower == "including"
                || lower == "as" && document.lower(first) == "such"
                || lower == "as"
                    && n_between >= 2
                    && document.lower(TokenIdx::new(last.index() - 1)) == "such")
        {
            all[number].host = Some(number - 1);
        } else if is_list_glue(document, between)
            && let Some(host) = all[number - 1].host
        {
            all[number].host = Some(host);
        }
        if matches!(document.upos(last), Upos::Adp | Upos::Sconj | Upos::Part)
            && !matches!(lower, "that" | "if" | "whether" | "because" | "while" | "to" if document.upos(last) != Upos::Adp)
        {
            let attaches = n_between == 1;
            let above = attaches.then_some(number - 1);
            all[number].prep = Some((last, above));
            if attaches && all[number - 1].complement.is_none() {
                all[number - 1].complement = Some((last, number));
            }
        }
    }
    // A complement that is itself a possessor stands for what it possesses: "head of [Mali]'s [army]".
    for number in 0..all.len() {
        if let Some((prep, complement)) = all[number].complement {
            all[number].complement = Some((prep, end_of_possessors(all, complement)));
        }
        if let Some(host) = all[number].host {
            let mut top = host;
            for _ in 0..4 {
                match all[top].prep {
                    Some((_, Some(above))) if above < top => top = above,
                    _ => break,
                }
            }
            all[number].host = Some(top);
            // The possessors in front come under the same host, so the host passes on to what they possess.
            for possessed in number + 1..=end_of_possessors(all, number) {
                all[possessed].host = Some(top);
            }
        }
    }
}

/// Whether the words between two phrases only hold a list together.
pub(crate) fn is_list_glue(document: &Document, between: TokenSpan) -> bool {
    between.n_tokens() > 0
        && between.n_tokens() <= 3
        && between
            .iter()
            .all(|token| matches!(document.lower(token), "," | "and" | "or" | "&" | "as" | "well"))
}
