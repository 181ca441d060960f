//! What a noun phrase says of the one it describes: office, sector, country, tenure.
//!
//! In:  the words before and at a role word: `South Korea's former deputy defence` … `minister`.
//! Out: a [`Description`]. "US envoy for North Korea" belongs to the United States: a country behind "for" or
//! "to" is whom the office deals with, not whom it serves.

use super::chunk::Chunks;
use super::draft::{Belongs, Determiner, RoleDraft};
use super::lexicon::{Found, Lexicon, WordKind, is_hyphen};
use super::name::{KnownOrganization, NameSort, NameSpan};
use crate::countries::{CountryMention, CountryWordKind};
use crate::{CountryCode, Sector, Tenure};
use dateline_text::{ByteSpan, Document, TokenIdx, TokenSpan, Upos, Xpos};

/// What describing looks at.
pub(crate) struct Describer<'a> {
    pub document: &'a Document,
    pub chunks: &'a Chunks,
    pub names: &'a [NameSpan],
    pub countries: &'a [CountryMention],
    pub organizations: &'a [KnownOrganization<'a>],
    /// What "the North" and "the South" stand for here.
    pub halves: &'a [(&'static str, CountryCode)],
    /// The country that a token's place lies in, for places that are no country.
    pub place_country: &'a [Option<CountryCode>],
    pub lexicon: &'a Lexicon,
}

/// A noun phrase with a word of the lexicon as its head.
#[derive(Clone, Debug)]
pub(crate) struct Description {
    /// From the first possessor or modifier, without an article, to the head.
    pub tokens: TokenSpan,
    pub head: TokenIdx,
    pub phrase: String,
    pub kind: WordKind,
    pub is_plural: bool,
    pub determiner: Determiner,
    pub sector: Option<Sector>,
    /// Whether the sector is only what the word falls back on.
    pub is_fallback: bool,
    pub belongs: Vec<Belongs>,
    pub tenure: Tenure,
    /// The description with what hangs on it ("… for peace affairs").
    pub span: ByteSpan,
}

impl Description {
    /// As a role of somebody.
    pub(crate) fn to_role(&self) -> RoleDraft {
        RoleDraft {
            span: self.span,
            phrase: self.phrase.clone(),
            belongs: self.belongs.clone(),
            sector: self.sector,
            is_fallback: self.is_fallback,
            tenure: self.tenure,
        }
    }
}

/// How many phrases deep a country is looked for: "head of the army of the republic of …".
const MAX_DEPTH: usize = 4;

impl Describer<'_> {
    /// The name that holds a token.
    pub(crate) fn name_at(&self, token: TokenIdx) -> Option<&NameSpan> {
        let after = self.names.partition_point(|name| name.tokens.start as usize <= token.index());
        self.names[..after].last().filter(|name| name.tokens.holds(token))
    }

    /// What a table knows of exactly these words.
    pub(crate) fn known_at(&self, tokens: TokenSpan) -> Option<&KnownOrganization<'_>> {
        let number = self.organizations.binary_search_by_key(&tokens, |known| known.tokens).ok()?;
        Some(&self.organizations[number])
    }

    /// Describes the words of a phrase up to `head`; `is_title` where a name follows them.
    pub(crate) fn describe(&self, chunk: usize, head: TokenIdx, is_title: bool) -> Option<Description> {
        let document = self.document;
        let base = self.chunks.all[chunk].tokens;
        let mut head = head;
        let mut tenure = Tenure::Current;
        let before = |token: TokenIdx, steps: usize| {
            (token.index() >= base.start as usize + steps).then(|| TokenIdx::new(token.index() - steps))
        };
        // "president-elect", in one token or three.
        if matches!(document.lower(head), "elect" | "designate") {
            let steps = before(head, 1).map_or(1, |left| 1 + usize::from(is_hyphen(document.form(left))));
            head = before(head, steps)?;
            tenure = Tenure::Future;
        }
        let whole = if is_title { None } else { self.whole_phrase(chunk, head) };
        let found = match &whole {
            Some((found, _)) => found.clone(),
            None => self.lexicon.find(document, base.first(), head)?,
        };
        let lower = document.lower(head);
        if lower.ends_with("-elect") || lower.ends_with("-designate") {
            tenure = Tenure::Future;
        }
        if lower.starts_with("ex-") {
            tenure = Tenure::Former;
        }
        let modifiers = TokenSpan::new(base.start as usize, found.start.index());
        for token in modifiers.iter() {
            let lower = document.lower(token);
            if self.lexicon.is_former(lower) || lower.starts_with("ex-") {
                tenure = Tenure::Former;
            } else if self.lexicon.is_future(lower) {
                tenure = Tenure::Future;
            }
        }
        let mut belongs = self.modifier_belongs(modifiers);
        let first = base.first();
        if document.xpos(first) == Xpos::PrpPoss {
            belongs.push(Belongs::Token(first));
        }
        if let Some(possessor) = self.chunks.all[chunk].possessor {
            self.chunk_belongs(possessor, MAX_DEPTH, &mut belongs);
        }
        // A title's complement hangs on the name, so only descriptions look behind themselves.
        let mut complement = if is_title { None } else { self.chunks.all[chunk].complement };
        if let Some((_, of)) = whole {
            // "speaker of Iran's parliament"
            self.chunk_belongs(of, MAX_DEPTH, &mut belongs);
            // "joint chiefs of staff of Peru": what hangs on the whole phrase hangs on its last word.
            complement = self.chunks.all[of].complement;
        }
        let last = whole.as_ref().map_or(head, |&(_, of)| self.chunks.all[of].tokens.last());
        let complement = complement.filter(|_| whole.is_some() || head.index() + 3 >= base.end as usize);
        if let Some((prep, behind)) = complement
            && matches!(document.lower(prep), "of" | "from" | "in" | "at" | "with" | "within" | "across")
        {
            self.chunk_belongs(behind, MAX_DEPTH, &mut belongs);
        }
        if let Some((prep, behind)) = complement
            && matches!(document.lower(prep), "for")
            && is_mouthpiece(&found.phrase)
        {
            self.chunk_belongs(behind, MAX_DEPTH, &mut belongs);
        }
        let (sector, is_fallback) = self.sector(chunk, &found, modifiers, complement);
        let start = self.chunks.start_with_possessors(chunk);
        let start = self.skip_article(start, head);
        let end = match complement {
            Some((prep, behind)) if document.lower(prep) != "in" || found.word.kind == WordKind::Person => {
                self.end_of_complements(behind)
            }
            _ => last,
        };
        let end = end.max(last).max(TokenIdx::new(base.end as usize - 1));
        let end = if is_title { head } else { end };
        let span = document.bytes(TokenSpan::new(start.index(), head.index().max(end.index()) + 1));
        Some(Description {
            tokens: TokenSpan::new(start.index(), last.index().max(head.index()) + 1),
            head,
            kind: found.word.kind,
            is_plural: found.plural,
            determiner: self.determiner(chunk, found.start),
            sector,
            is_fallback,
            belongs,
            tenure,
            span,
            phrase: found.phrase,
        })
    }

    /// Whether a phrase is the end of one of the lexicon: "staff" in "joint chiefs of staff".
    pub(crate) fn is_tail_of_phrase(&self, above: usize, chunk: usize) -> bool {
        let head = self.chunks.all[above].tokens.last();
        self.chunks.all[chunk].possessor.is_none()
            && self.whole_phrase(above, head).is_some_and(|(_, tail)| tail == chunk)
    }

    /// A phrase of the lexicon that goes on behind its head: "joint chiefs" "of staff", "house" "of
    /// representatives"; with the phrase that holds its end.
    fn whole_phrase(&self, chunk: usize, head: TokenIdx) -> Option<(Found, usize)> {
        let document = self.document;
        let (prep, of) = self.chunks.all[chunk].complement?;
        let base = self.chunks.all[chunk].tokens;
        let tail = self.chunks.all[of].tokens;
        if document.lower(prep) != "of" || head != base.last() || tail.n_tokens() > 3 {
            return None;
        }
        let tail: Vec<&str> = tail
            .iter()
            .filter(|&token| document.upos(token) != Upos::Det)
            .map(|token| document.lower(token))
            .collect();
        let first = base.start.max(base.end.saturating_sub(3)) as usize;
        (first..base.end as usize).find_map(|start| {
            let front: Vec<&str> =
                (start..base.end as usize).map(|i| document.lower(TokenIdx::new(i))).collect();
            let phrase = format!("{} of {}", front.join(" "), tail.join(" "));
            let (word, phrase, plural) = self.lexicon.word(&phrase)?;
            Some((Found { start: TokenIdx::new(start), phrase, word, plural }, of))
        })
    }

    /// The last token of what hangs on a phrase by "of", "for" and the like, at most three steps.
    fn end_of_complements(&self, chunk: usize) -> TokenIdx {
        let mut at = chunk;
        for _ in 0..2 {
            match self.chunks.all[at].complement {
                Some((prep, behind)) if self.document.lower(prep) == "of" && behind > at => at = behind,
                _ => break,
            }
        }
        let mut last = self.chunks.all[at].tokens.last();
        // "… for Peace and Security Affairs": a capitalised list goes on.
        let sentence = self.document.sentence(self.chunks.all[at].sentence).tokens;
        for _ in 0..MAX_DEPTH {
            if last.index() + 2 >= sentence.end as usize {
                break;
            }
            let (and, next) = (TokenIdx::new(last.index() + 1), TokenIdx::new(last.index() + 2));
            let continues = matches!(self.document.lower(and), "and" | "&")
                && super::lexicon::starts_upper(self.document.form(next))
                && super::lexicon::starts_upper(self.document.form(last))
                && !matches!(self.name_at(next).map(|name| name.sort), Some(NameSort::Person));
            match self.chunks.at(next) {
                Some(next_chunk) if continues && !self.chunks.all[next_chunk].is_possessor => {
                    last = self.chunks.all[next_chunk].tokens.last();
                }
                _ => break,
            }
        }
        last
    }

    fn skip_article(&self, start: TokenIdx, head: TokenIdx) -> TokenIdx {
        let mut start = start;
        while start < head
            && (self.document.upos(start) == Upos::Det
                || matches!(
                    self.document.lower(start),
                    "least" | "most" | "about" | "around" | "nearly" | "almost"
                ))
        {
            start = TokenIdx::new(start.index() + 1);
        }
        start
    }

    /// The determiner of a phrase.
    pub(crate) fn determiner(&self, chunk: usize, role_start: TokenIdx) -> Determiner {
        let document = self.document;
        let base = self.chunks.all[chunk].tokens;
        if self.chunks.all[chunk].possessor.is_some() {
            return Determiner::Definite;
        }
        let mut result = Determiner::None;
        for token in TokenSpan::new(base.start as usize, role_start.index().max(base.start as usize)).iter() {
            let found = match document.lower(token) {
                "the" | "this" | "these" | "that" | "those" | "both" | "its" | "his" | "her" | "their"
                | "our" | "my" | "your" => Determiner::Definite,
                "a" | "an" | "another" | "some" | "any" | "other" | "several" | "many" | "more" | "no"
                | "dozens" | "hundreds" | "thousands" | "few" => Determiner::Indefinite,
                _ if document.upos(token) == Upos::Num => Determiner::Number,
                _ => continue,
            };
            if result == Determiner::None || found == Determiner::Number && result != Determiner::Definite {
                result = found;
            }
        }
        result
    }

    /// Country words and organisations among the modifiers of a phrase.
    fn modifier_belongs(&self, modifiers: TokenSpan) -> Vec<Belongs> {
        let mut belongs = Vec::new();
        let mut at = modifiers.start as usize;
        while at < modifiers.end as usize {
            let token = TokenIdx::new(at);
            at += 1;
            if let Some(name) = self.name_at(token) {
                at = name.tokens.end as usize;
                if !self.is_half_of_backed(name.tokens) {
                    belongs.extend(self.name_belongs(name));
                }
            } else if let Some(code) = self.place_country[token.index()]
                && self.document.upos(token) != Upos::Adj
            {
                belongs.push(Belongs::Code(code));
            }
        }
        belongs
    }

    /// "Iran-backed militia", "US-led raid": whose friends they are, not whose.
    fn is_half_of_backed(&self, tokens: TokenSpan) -> bool {
        let (hyphen, word) = (tokens.end as usize, tokens.end as usize + 1);
        word < self.document.tokens().len()
            && is_hyphen(self.document.form(TokenIdx::new(hyphen)))
            && !matches!(
                self.document.lower(TokenIdx::new(word)),
                "based" | "born" | "owned" | "registered" | "flagged"
            )
            && !super::lexicon::starts_upper(self.document.form(TokenIdx::new(word)))
    }

    fn name_belongs(&self, name: &NameSpan) -> Option<Belongs> {
        match name.sort {
            NameSort::Country(number) => Some(Belongs::Code(self.countries[number].word.code)),
            NameSort::Organization { code: Some(code), .. } => Some(Belongs::Code(code)),
            NameSort::Organization { code: None, .. } | NameSort::Person => {
                Some(Belongs::Token(name.tokens.last()))
            }
            // "the West African nation of …" is in no country of its own.
            NameSort::Place if self.document.upos(name.tokens.last()) == Upos::Adj => None,
            NameSort::Place => self.place_country[name.tokens.last().index()].map(Belongs::Code),
        }
    }

    /// Where the country of whatever a phrase names may come from.
    fn chunk_belongs(&self, chunk: usize, depth: usize, belongs: &mut Vec<Belongs>) {
        if depth == 0 {
            return;
        }
        let phrase = &self.chunks.all[chunk];
        let before = belongs.len();
        let found = self.modifier_belongs(phrase.tokens);
        belongs.extend(found);
        if let Some(possessor) = phrase.possessor {
            self.chunk_belongs(possessor, depth - 1, belongs);
        }
        let form = self.document.form(phrase.tokens.last());
        if let Some((_, code)) = self.halves.iter().find(|(half, _)| *half == form) {
            belongs.push(Belongs::Code(*code));
        }
        if belongs.len() == before {
            belongs.push(Belongs::Token(phrase.tokens.last()));
            if self.document.xpos(phrase.tokens.first()) == Xpos::PrpPoss {
                belongs.push(Belongs::Token(phrase.tokens.first()));
            }
        }
        if let Some((prep, behind)) = phrase.complement
            && matches!(self.document.lower(prep), "of" | "in" | "from")
        {
            self.chunk_belongs(behind, depth - 1, belongs);
        }
    }

    /// The sector of a role word with what stands around it, and whether it is only a fallback.
    fn sector(
        &self,
        chunk: usize,
        found: &Found,
        modifiers: TokenSpan,
        complement: Option<(TokenIdx, usize)>,
    ) -> (Option<Sector>, bool) {
        let document = self.document;
        if self.lexicon.is_relative(&found.phrase) {
            return (None, false);
        }
        // "opposition lawmaker", "rebel general": whose side one is on counts more than one's calling.
        let nearest = self.modifier_sector(modifiers);
        if let Some(sector @ (Sector::Opp | Sector::Reb | Sector::Prm)) = nearest
            && !matches!(found.word.sector, Sector::Crm | Sector::Jrn | Sector::Ref)
        {
            return (Some(sector), false);
        }
        if !found.word.generic {
            return (Some(found.word.sector), false);
        }
        if nearest.is_some() {
            return (nearest, false);
        }
        if let Some(possessor) = self.chunks.all[chunk].possessor
            && let Some(sector) = self.chunk_sector(possessor, MAX_DEPTH)
        {
            return (Some(sector), false);
        }
        if let Some((prep, behind)) = complement
            && matches!(document.lower(prep), "of" | "from" | "at" | "with" | "in" | "for")
            && let Some(sector) = self.chunk_sector(behind, MAX_DEPTH)
        {
            return (Some(sector), false);
        }
        if found.word.sector != Sector::Unk {
            return (Some(found.word.sector), true);
        }
        // "a US spokesman": with nothing but a state, it is the state's government that speaks.
        let of_state = self.chunks.all[chunk].possessor.is_some_and(|possessor| self.is_country(possessor))
            || modifiers
                .iter()
                .any(|token| matches!(self.name_at(token).map(|name| name.sort), Some(NameSort::Country(_))));
        match found.word.kind {
            WordKind::Person if of_state => (Some(Sector::Gov), true),
            _ => (None, true),
        }
    }

    fn is_country(&self, chunk: usize) -> bool {
        matches!(
            self.name_at(self.chunks.all[chunk].tokens.last()).map(|name| name.sort),
            Some(NameSort::Country(_))
        )
    }

    /// The sector that the words before a role word give it, the nearest first.
    fn modifier_sector(&self, modifiers: TokenSpan) -> Option<Sector> {
        let document = self.document;
        let mut after: Option<String> = None;
        for token in modifiers.iter().rev() {
            let lower = document.lower(token);
            if is_hyphen(lower) {
                continue;
            }
            if let Some(name) = self.name_at(token)
                && let NameSort::Organization { sector: Some(sector), .. } = name.sort
            {
                return Some(sector);
            }
            if let Some(after) = &after
                && let Some(sector) = self.lexicon.modifier(&format!("{lower} {after}"))
            {
                return Some(sector);
            }
            let joined = self.lexicon.modifier(lower).filter(|_| {
                // A longer phrase may say more: "anti government" is no government.
                token.index() < 2 + modifiers.start as usize
                    || !is_hyphen(document.form(TokenIdx::new(token.index() - 1)))
            });
            if let Some(sector) = joined {
                return Some(sector);
            }
            if let Some((word, ..)) = self.lexicon.word(lower)
                && !word.generic
                && document.upos(token) != Upos::Adj
            {
                return Some(word.sector);
            }
            after = Some(lower.to_owned());
        }
        None
    }

    /// The sector of what a phrase names.
    fn chunk_sector(&self, chunk: usize, depth: usize) -> Option<Sector> {
        if depth == 0 {
            return None;
        }
        let phrase = &self.chunks.all[chunk];
        let last = phrase.tokens.last();
        if let Some(name) = self.name_at(last) {
            return match name.sort {
                NameSort::Organization { sector, .. } => sector,
                NameSort::Country(number) => match self.countries[number].word.kind {
                    CountryWordKind::Seat => self.countries[number].word.sector,
                    _ => None,
                },
                _ => None,
            };
        }
        let found = self.lexicon.find(self.document, phrase.tokens.first(), last);
        if let Some(found) = found {
            let modifiers = TokenSpan::new(phrase.tokens.start as usize, found.start.index());
            if let Some(sector @ (Sector::Opp | Sector::Reb)) = self.modifier_sector(modifiers) {
                return Some(sector);
            }
            if !found.word.generic {
                let is_state = matches!(found.phrase.as_str(), "state" | "country" | "nation");
                return (!is_state).then_some(found.word.sector);
            }
            return self.modifier_sector(modifiers).or_else(|| {
                let (_, behind) = phrase.complement?;
                self.chunk_sector(behind, depth - 1)
            });
        }
        self.lexicon.modifier(self.document.lower(last)).or_else(|| {
            let (prep, behind) = phrase.complement?;
            (self.document.lower(prep) == "of").then(|| self.chunk_sector(behind, depth - 1))?
        })
    }
}

/// Words for those who speak or act for what stands behind "for".
fn is_mouthpiece(phrase: &str) -> bool {
    matches!(
        phrase.rsplit(' ').next(),
        Some(
            "spokesman"
                | "spokeswoman"
                | "spokesperson"
                | "lawyer"
                | "attorney"
                | "candidate"
                | "negotiator"
                | "source"
        )
    )
}
