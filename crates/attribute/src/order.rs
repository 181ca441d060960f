//! Indirect speech by word order, where the tree is not to be trusted: `The raid, she said, had failed`;
//! `They had left, said the mayor`; `The mayor said the raid had failed`.
//!
//! News puts its verbs of saying in few places, and the commas around them are more reliable than a parse of the long
//! sentence they stand in.

use crate::lexicon::{Lexicon, Takes};
use crate::reading::{Reading, Source};
use dateline_text::{Deprel, TokenIdx, TokenSpan, Upos, Xpos, calendar};

/// Words of time and manner that may follow a closing cue: `she said on Monday in a statement`.
const MAX_AFTER: usize = 12;

/// Words looked at for a verb or a comma; further ones decide nothing.
const MAX_LOOKED_AT: usize = 60;

/// A cue set apart by commas: its source, and the content around it.
pub(crate) struct SetApart {
    pub(crate) source: Source,
    pub(crate) content: Vec<TokenSpan>,
}

/// What a cue set apart by a comma attributes: the words before it, and those after it where the sentence goes on.
pub(crate) fn set_apart(reading: &Reading, verb: TokenIdx) -> Option<SetApart> {
    let finite = reading.is_finite(verb);
    // `aid workers said` between commas looks like `workers paid in kind` to a tagger.
    let participle = reading.document.xpos(verb) == Xpos::Vbn
        && reading.child(verb, &[Deprel::Aux, Deprel::AuxPass]).is_none()
        && reading.document.lower(verb) == "said";
    if !finite && !participle {
        return None;
    }
    let by_words = unit_by_words(reading, verb);
    let by_tree = || unit_by_tree(reading, verb).filter(|_| finite);
    let (source, start, end) = by_words.or_else(by_tree)?;
    let content = around(reading, verb, source.pieces[0], start, end)?;
    Some(SetApart { source, content })
}

/// Source and cue side by side, as the tree has them.
fn unit_by_tree(reading: &Reading, verb: TokenIdx) -> Option<(Source, u32, u32)> {
    let source = reading.source_of(verb).filter(|source| source.pieces.len() == 1)?;
    let cue = reading.cue_span(verb, verb);
    let piece = source.pieces[0];
    let between = if piece.start < cue.start { (piece.end, cue.start) } else { (cue.end, piece.start) };
    (between.1 <= between.0 + 1).then(|| (source, piece.start.min(cue.start), piece.end.max(cue.end)))
}

/// `, the mayor said,` and `, said the mayor.` by the commas alone: between them stand a noun phrase and the cue, and
/// no other finite verb.
fn unit_by_words(reading: &Reading, verb: TokenIdx) -> Option<(Source, u32, u32)> {
    const MAX_SOURCE: usize = 10;
    let document = reading.document;
    let sentence = reading.sentence(verb);
    let cue = reading.cue_span(verb, verb);
    let form_at = |at: u32| (at < sentence.end).then(|| document.form(TokenIdx::new(at as usize)));
    let closes = |at: u32| matches!(form_at(at), None | Some("," | "." | "!" | "?"));
    if cue.start <= sentence.start {
        return None;
    }
    let nominal =
        |token: &TokenIdx| matches!(document.upos(*token), Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num);
    let before_cue = TokenIdx::new(cue.start as usize - 1);
    // `…, the warden told a radio.`: the hearer stands between the cue and the stop.
    let hearer = reading
        .child(verb, &[Deprel::Obj, Deprel::Iobj])
        .map(|hearer| reading.subtree(hearer))
        .filter(|hearer| {
            hearer.start == cue.end
                && document.lemma(verb) == "tell"
                && reading.child(verb, &[Deprel::Ccomp]).is_none_or(|clause| clause < verb)
                && !hearer.iter().any(|token| reading.is_finite(token))
        });
    let day = (cue.end < sentence.end)
        .then(|| TokenIdx::new(cue.end as usize))
        .filter(|&next| is_day(document.lower(next)) && document.lemma(verb) == "say");
    let last = hearer.map(|hearer| hearer.end).or(day.map(|day| day.index() as u32 + 1)).unwrap_or(cue.end);
    if closes(last) && !is_break(document.form(before_cue)) {
        let start = (sentence.start..cue.start)
            .rev()
            .take(MAX_SOURCE)
            .find(|&at| form_at(at).is_some_and(is_break))?
            + 1;
        let piece = TokenSpan { start, end: cue.start };
        let plain = piece.iter().all(|token| !reading.is_finite(token) && reading.quote_at(token).is_none());
        let opens = matches!(
            document.upos(piece.first()),
            Upos::Det | Upos::Noun | Upos::Propn | Upos::Pron | Upos::Adj | Upos::Num
        );
        let head = reading.source_of(verb).map(|source| source.head).filter(|&head| piece.holds(head));
        let head = head.or_else(|| piece.iter().find(nominal))?;
        return (plain && opens).then(|| (Source { pieces: vec![piece], head }, start, last));
    }
    if is_break(document.form(before_cue)) {
        let end = (cue.end..sentence.end).take(MAX_SOURCE).find(|&at| closes(at)).unwrap_or(sentence.end);
        if end <= cue.end {
            return None;
        }
        let piece = TokenSpan { start: cue.end, end };
        let plain = piece.iter().all(|token| !reading.is_finite(token) && reading.quote_at(token).is_none());
        let opens = matches!(
            document.upos(piece.first()),
            Upos::Det | Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num
        );
        let head = reading.source_of(verb).map(|source| source.head).filter(|&head| piece.holds(head));
        let head = head.or_else(|| piece.iter().find(nominal))?;
        return (plain && opens).then(|| (Source { pieces: vec![piece], head }, cue.start, end));
    }
    None
}

/// The words before and after a unit of source and cue that a comma sets apart.
fn around(
    reading: &Reading,
    verb: TokenIdx,
    piece: TokenSpan,
    start: u32,
    end: u32,
) -> Option<Vec<TokenSpan>> {
    let document = reading.document;
    let sentence = reading.sentence(verb);
    let cue = reading.cue_span(verb, verb);
    if start <= sentence.start + 1 {
        return None;
    }
    let before_unit = TokenIdx::new(start as usize - 1);
    if !is_break(document.form(before_unit)) || reading.quote_at(before_unit).is_some() {
        return None;
    }
    let before = TokenSpan { start: sentence.start, end: start - 1 };
    let before_is_clause = before
        .iter()
        .rev()
        .take(MAX_LOOKED_AT)
        .any(|token| reading.is_finite(token) && reading.quote_at(token).is_none());
    let next = (end < sentence.end).then(|| TokenIdx::new(end as usize));
    match next.map(|next| document.form(next)) {
        None | Some("." | "!" | "?" | ";" | ")") => {
            (before_is_clause || before.n_tokens() > 4).then(|| vec![before])
        }
        Some(",") => {
            let after = TokenSpan { start: end + 1, end: sentence.end };
            let first = (after.start < after.end).then(|| after.first())?;
            if reading.quote_at(first).is_some() {
                return None;
            }
            // `The raid, she said, had failed`: the clause goes on. `They left, said Amara, a nurse`: it does not.
            let goes_on = if piece.start < cue.start {
                true
            } else {
                reading.is_finite(first)
                    || matches!(document.upos(first), Upos::Cconj | Upos::Adp | Upos::Sconj | Upos::Aux)
            };
            match (goes_on, before_is_clause) {
                (true, _) => Some(vec![before, after]),
                (false, true) => Some(vec![before]),
                (false, false) => None,
            }
        }
        // `… , she said on Monday.`
        Some(_) if before_is_clause => {
            let rest = TokenSpan { start: end, end: sentence.end };
            let closes = rest.n_tokens() <= MAX_AFTER
                && !rest.iter().any(|token| {
                    reading.is_finite(token)
                        || reading.quote_at(token).is_some()
                        || document.lower(token) == "that"
                });
            let adjunct = next.is_some_and(|next| {
                matches!(document.upos(next), Upos::Adp | Upos::Adv)
                    || is_day(document.lower(next))
                    || matches!(document.lower(next), "last" | "this" | "earlier" | "late")
            });
            (closes && adjunct).then(|| vec![before])
        }
        Some(_) => None,
    }
}

fn is_day(lower: &str) -> bool {
    calendar::WEEKDAYS.contains(&lower) || matches!(lower, "yesterday" | "today")
}

fn is_break(form: &str) -> bool {
    matches!(form, "," | "—" | "–" | "--")
}

/// What follows a cue to the end of its clause, where a clause begins right after it; `bare` without `that` too.
pub(crate) fn clause_after(
    reading: &Reading,
    verb: TokenIdx,
    last: TokenIdx,
    bare: bool,
) -> Option<TokenSpan> {
    /// Hearer, time and place that may stand between a cue and its `that`.
    const MAX_BEFORE_THAT: usize = 14;
    let document = reading.document;
    let sentence = reading.sentence(verb);
    let start = last.index() + 1;
    if start + 2 >= sentence.end as usize || document.form(TokenIdx::new(start)) == "," {
        return None;
    }
    let rest = TokenSpan::new(start, sentence.end as usize);
    let first = rest.first();
    let finite = |span: TokenSpan| span.iter().take(40).any(|token| reading.is_finite(token));
    for token in rest.iter().take(MAX_BEFORE_THAT) {
        if reading.quote_at(token).is_some() || reading.is_finite(token) {
            break;
        }
        if document.lower(token) == "that" && matches!(document.upos(token), Upos::Sconj | Upos::Pron) {
            let clause = TokenSpan { start: token.index() as u32, end: sentence.end };
            return finite(clause).then_some(clause);
        }
    }
    let opens =
        matches!(
            document.upos(first),
            Upos::Det | Upos::Pron | Upos::Propn | Upos::Noun | Upos::Num | Upos::Adj
        ) || matches!(document.lower(first), "there" | "if" | "whether" | "when" | "what" | "why" | "how");
    // `the pass that guides said would stay open`
    let gap = document.deprel(verb) == Deprel::AclRelcl && reading.is_finite(first);
    (bare && (opens || gap) && finite(rest)).then_some(rest)
}

/// Where a clause that begins after its cue ends, for a cue that its sentence builds on: at the end of the sentence or
/// at a comma after which the reporter goes on. Trees often cut it short.
pub(crate) fn end_of_report(reading: &Reading, verb: TokenIdx, start: usize, by_tree: usize) -> usize {
    let document = reading.document;
    let sentence = reading.sentence(verb);
    let by_tree = by_tree.max(start + 1).min(sentence.end as usize);
    if start >= by_tree {
        return by_tree;
    }
    // A quotation ends where it closes.
    if let Some(number) = reading.quote_at(TokenIdx::new(start)) {
        return (reading.quotes[number].tokens.end as usize).min(sentence.end as usize);
    }
    // `While the mayor said it had failed, the army said …`: the clause ends at the comma.
    let subordinate = document.children(verb).iter().any(|&child| {
        document.deprel(child) == Deprel::Mark
            && matches!(
                document.lower(child),
                "while" | "although" | "though" | "as" | "when" | "if" | "after" | "because"
            )
    });
    // The tree may have hung the conjunction elsewhere.
    let first = document.lower(sentence.first());
    let opens_subordinate = matches!(first, "while" | "although" | "though")
        && !sentence
            .iter()
            .take(MAX_LOOKED_AT)
            .take_while(|&token| token < verb)
            .any(|token| document.form(token) == ",");
    if subordinate || opens_subordinate {
        let plain_comma = |at: &usize| {
            document.form(TokenIdx::new(*at)) == "," && reading.quote_at(TokenIdx::new(*at)).is_none()
        };
        return (start..by_tree).take(MAX_LOOKED_AT).find(plain_comma).unwrap_or(by_tree);
    }
    let builds = matches!(
        document.deprel(verb),
        Deprel::Root | Deprel::Conj | Deprel::Parataxis | Deprel::Ccomp | Deprel::Advcl
    ) && document
        .ancestors(verb)
        .take(6)
        .all(|above| above < verb && document.deprel(above) != Deprel::AclRelcl);
    if !builds {
        // `who said they were hungry, asked for a truce`: the clause that holds this one goes on.
        let resumes = |at: &usize| {
            let (comma, next) = (TokenIdx::new(*at), TokenIdx::new(at + 1));
            document.form(comma) == "," && reading.quote_at(comma).is_none() && reading.is_finite(next)
        };
        let cut = (start..by_tree.saturating_sub(1)).take(MAX_LOOKED_AT).find(resumes);
        return cut.unwrap_or(by_tree);
    }
    for at in by_tree..(sentence.end as usize).min(by_tree + MAX_LOOKED_AT) {
        let token = TokenIdx::new(at);
        if reading.quote_at(token).is_some() {
            continue;
        }
        if matches!(document.form(token), ";" | "—" | "–" | "--" | "(" | ")" | ":") {
            return at;
        }
        if document.form(token) == "," {
            let next = TokenIdx::new((at + 1).min(sentence.end as usize - 1));
            let turns = matches!(
                document.lower(next),
                "but"
                    | "while"
                    | "although"
                    | "though"
                    | "as"
                    | "who"
                    | "which"
                    | "even"
                    | "after"
                    | "before"
                    | "when"
                    | "according"
                    | "despite"
                    | "yet"
                    | "where"
                    | "in"
                    | "with"
                    | "a"
                    | "an"
                    | "the"
            );
            if turns || matches!(document.xpos(next), Xpos::Vbg | Xpos::Vbn) {
                return at;
            }
        }
    }
    (sentence.end as usize).min(by_tree + MAX_LOOKED_AT)
}

/// Where in what a cue is taken to attribute the report goes on by itself: with the source's next act (`said it had
/// failed and urged them to leave`; `…, adding that`), or with an explanation (`said they will close the mine, which
/// opened in 1908`).
pub(crate) fn end_of_telling(reading: &Reading, lexicon: &Lexicon, verb: TokenIdx, piece: TokenSpan) -> u32 {
    const MAX_TOLD: usize = 100;
    const MAX_SOURCE: usize = 7;
    let document = reading.document;
    let mut has_verb = false;
    for at in (piece.start + 1..piece.end.saturating_sub(1)).take(MAX_TOLD) {
        let token = TokenIdx::new(at as usize);
        let next = TokenIdx::new(at as usize + 1);
        if reading.quote_at(token).is_some() {
            continue;
        }
        has_verb |= reading.is_finite(token);
        let ends = match document.lower(token) {
            "and" | "but" => {
                let act = TokenSpan { start: at + 1, end: piece.end }.iter().take(4).find(|&token| {
                    document.upos(token) != Upos::Adv
                        && !matches!(document.lower(token), "he" | "she" | "they" | "has" | "have" | "had")
                });
                let same = |act: TokenIdx| is_same_form(document.xpos(verb), document.xpos(act));
                // `said it was lost and two others said it was not`
                let other = TokenSpan { start: at + 1, end: piece.end }
                    .iter()
                    .take(MAX_SOURCE)
                    .take_while(|&token| reading.quote_at(token).is_none())
                    .find(|&token| matches!(document.upos(token), Upos::Verb | Upos::Aux | Upos::Sconj));
                act.is_some_and(|act| is_act(reading, lexicon, act) && same(act))
                    || other.is_some_and(|other| document.lemma(other) == "say" && same(other))
            }
            "," => {
                (has_verb && matches!(document.lower(next), "which" | "who" | "whom" | "whose"))
                    || (document.xpos(next) == Xpos::Vbg
                        && takes(reading, lexicon, next).any(Takes::QUOTE.and(Takes::AS).and(Takes::CLAUSE)))
            }
            _ => false,
        };
        if ends {
            return at;
        }
    }
    piece.end
}

/// The verb whose telling ends where this verb's own act begins: `said` for `urged` in `said it had failed and urged
/// them to leave`.
pub(crate) fn teller_before(reading: &Reading, lexicon: &Lexicon, act: TokenIdx) -> Option<TokenIdx> {
    const MAX_BETWEEN: usize = 3;
    let document = reading.document;
    if document.deprel(act) != Deprel::Conj || !is_act(reading, lexicon, act) {
        return None;
    }
    let floor = reading.sentence(act).start as usize;
    let joined = (floor..act.index())
        .rev()
        .map(TokenIdx::new)
        .take(MAX_BETWEEN)
        .find(|&token| !matches!(document.upos(token), Upos::Adv | Upos::Aux))
        .is_some_and(|token| matches!(document.lower(token), "and" | "but"));
    let told = document.head(act).filter(|&told| joined && document.deprel(told) == Deprel::Ccomp)?;
    let teller = document.head(told).filter(|&teller| teller < told)?;
    let tells = takes(reading, lexicon, teller).any(Takes::CLAUSE)
        && reading.quote_at(teller) == reading.quote_at(act)
        && is_same_form(document.xpos(teller), document.xpos(act));
    tells.then_some(teller)
}

/// Words and judgements, which a report seldom tells of those who speak. Wishes and fears it does: `said she was cold
/// and hoped to find a coat`.
fn is_act(reading: &Reading, lexicon: &Lexicon, token: TokenIdx) -> bool {
    let takes = takes(reading, lexicon, token);
    takes.any(Takes::QUOTE.and(Takes::AS))
        || (takes.any(Takes::NOUN) && !takes.any(Takes::CLAUSE.and(Takes::TO)))
}

fn takes(reading: &Reading, lexicon: &Lexicon, token: TokenIdx) -> Takes {
    let document = reading.document;
    let cue = lexicon.verb(document.lemma(token), document.lower(token));
    cue.filter(|_| document.upos(token) == Upos::Verb).map(|cue| cue.takes).unwrap_or_default()
}

/// Whether two verbs can have the same subject and auxiliaries.
fn is_same_form(one: Xpos, other: Xpos) -> bool {
    one == other || matches!((one, other), (Xpos::Vbn, Xpos::Vbd) | (Xpos::Vbd, Xpos::Vbn))
}
