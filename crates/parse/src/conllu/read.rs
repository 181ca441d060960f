//! From CoNLL-U to documents.

use dateline_text::{
    ByteSpan, Deprel, Document, DocumentBuilder, Name, NameKind, Token, TokenIdx, TokenSpan, Upos, Xpos,
};
use std::sync::Arc;
use thiserror::Error;

/// What is wrong with a CoNLL-U file, and where.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("line {line}: {problem}")]
pub struct ConlluError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong there.
    pub problem: ConlluProblem,
}

/// The kinds of things that can be wrong with a line of CoNLL-U.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ConlluProblem {
    /// A line with too few or too many columns.
    #[error("found {0} columns; a token has 10 (or, written by hand, 2 or 5 to 8)")]
    Columns(usize),
    /// A number that is not the next one.
    #[error("expected token {expected}, found `{found}`")]
    Number {
        /// The number that should come.
        expected: usize,
        /// What stands there.
        found: String,
    },
    /// An empty form.
    #[error("token {0} has no form")]
    NoForm(usize),
    /// A tag or relation that Universal Dependencies does not know.
    #[error("{0}")]
    Label(#[from] dateline_text::UnknownLabel),
    /// A head that is no number.
    #[error("token {token} has head `{found}`, which is no number")]
    HeadNumber {
        /// The token.
        token: usize,
        /// What stands there.
        found: String,
    },
    /// A head outside the sentence.
    #[error("token {token} has head {head}, but its sentence has {n_tokens} tokens")]
    HeadOutside {
        /// The token.
        token: usize,
        /// Its head.
        head: usize,
        /// How many tokens there are.
        n_tokens: usize,
    },
    /// Not exactly one root.
    #[error("the sentence has {0} roots; it must have one")]
    Roots(usize),
    /// Heads that run in a circle.
    #[error("the heads from token {0} upwards run in a circle")]
    Circle(usize),
    /// More text than spans can address.
    #[error("the text is longer than 4 GiB")]
    TooLong,
}

/// One document of a CoNLL-U file, with what the file calls it.
#[derive(Clone, Debug)]
pub struct NamedDocument {
    /// What follows `# newdoc id =`.
    pub id: Option<String>,
    /// What follows `# sent_id =`, a sentence each; empty where a sentence has none.
    pub sentence_ids: Vec<String>,
    /// The document.
    pub document: Document,
}

/// Reads CoNLL-U as one document; tags, lemmas, features, heads and names are kept as given.
///
/// ```
/// let document = dateline_parse::read_conllu(
///     "1 Peru PROPN 2 nsubj\n2 protested VERB 0 root SpaceAfter=No\n3 . PUNCT 2 punct\n",
/// )?;
/// assert_eq!(&**document.text(), "Peru protested.");
/// # Ok::<(), dateline_parse::ConlluError>(())
/// ```
pub fn read_conllu(text: &str) -> Result<Document, ConlluError> {
    let mut reader = Reader::default();
    for (number, line) in text.lines().enumerate() {
        reader.line(number + 1, line)?;
    }
    reader.close_sentence()?;
    reader.into_document()
}

/// Reads CoNLL-U, one document for each `# newdoc`.
pub fn read_conllu_documents(text: &str) -> Result<Vec<NamedDocument>, ConlluError> {
    let mut documents = Vec::new();
    let mut reader = Reader::default();
    for (number, line) in text.lines().enumerate() {
        if is_comment(line, "newdoc") {
            reader.close_sentence()?;
            if !reader.sentences.is_empty() {
                documents.push(std::mem::take(&mut reader).into_named()?);
            }
        }
        reader.line(number + 1, line)?;
    }
    reader.close_sentence()?;
    if !reader.sentences.is_empty() {
        documents.push(reader.into_named()?);
    }
    Ok(documents)
}

fn is_comment(line: &str, key: &str) -> bool {
    line.strip_prefix('#').is_some_and(|rest| {
        rest.trim_start().strip_prefix(key).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    })
}

fn comment_value<'l>(line: &'l str, key: &str) -> Option<&'l str> {
    let rest = line.strip_prefix('#')?.trim_start().strip_prefix(key)?;
    Some(rest.trim_start().strip_prefix('=')?.trim())
}

/// One word as read, before its document exists.
struct Word {
    span: ByteSpan,
    form: String,
    lemma: String,
    upos: Upos,
    xpos: Xpos,
    feats: String,
    /// `None` where the file gives none (`_`); 0 is the root.
    head: Option<usize>,
    deprel: Option<Deprel>,
    joined: bool,
    /// `B-PER` and the like; empty outside names.
    ner: String,
}

struct ReadSentence {
    words: Vec<Word>,
    /// Whether a new paragraph begins here.
    opens: bool,
    id: String,
}

#[derive(Default)]
struct Reader {
    id: Option<String>,
    text: String,
    sentences: Vec<ReadSentence>,
    words: Vec<Word>,
    /// The line of the open sentence's first word.
    first_line: usize,
    opens: bool,
    sentence_id: String,
    /// Whether a space is due before the next word.
    space: bool,
    /// The multi-word token being filled: its words' last number, its span, its first word's place.
    multiword: Option<(usize, ByteSpan, usize)>,
    /// Whether a space follows the multi-word token.
    multiword_space: bool,
}

impl Reader {
    fn line(&mut self, number: usize, line: &str) -> Result<(), ConlluError> {
        let line = line.trim_end_matches(['\r', '\n']);
        if line.trim().is_empty() {
            return self.close_sentence();
        }
        if line.starts_with('#') {
            if is_comment(line, "newdoc") || is_comment(line, "newpar") {
                self.opens = true;
                if let Some(id) = comment_value(line, "newdoc id") {
                    self.id = Some(id.to_owned());
                }
            } else if let Some(id) = comment_value(line, "sent_id") {
                self.sentence_id = id.to_owned();
            }
            return Ok(());
        }
        if self.words.is_empty() {
            self.first_line = number;
        }
        self.word(line).map_err(|problem| ConlluError { line: number, problem })
    }

    fn word(&mut self, line: &str) -> Result<(), ConlluProblem> {
        let columns: Vec<&str> = if line.contains('\t') {
            line.split('\t').map(str::trim).collect()
        } else {
            line.split_whitespace().collect()
        };
        let columns = Columns::of(&columns)?;
        if columns.id.contains('.') {
            return Ok(());
        }
        let space_after = !columns.misc.split('|').any(|entry| entry == "SpaceAfter=No");
        if let Some((first, last)) = columns.id.split_once('-') {
            return self.open_multiword(first, last, columns.form, space_after);
        }
        let number = self.words.len() + 1;
        if columns.id.parse() != Ok(number) {
            return Err(ConlluProblem::Number { expected: number, found: columns.id.to_owned() });
        }
        if columns.form.is_empty() {
            return Err(ConlluProblem::NoForm(number));
        }
        let inside = self.multiword.is_some_and(|(last, ..)| number <= last);
        let span = if inside { ByteSpan::default() } else { self.push_form(columns.form)? };
        if !inside {
            self.space = space_after;
        }
        let upos = match columns.upos {
            "_" => Upos::X,
            tag => tag.parse()?,
        };
        let head = match columns.head {
            "_" => None,
            head => Some(
                head.parse()
                    .map_err(|_| ConlluProblem::HeadNumber { token: number, found: head.to_owned() })?,
            ),
        };
        let deprel = match columns.deprel {
            "_" => None,
            relation => Some(read_deprel(relation)?),
        };
        let lemma = match columns.lemma {
            "_" if upos == Upos::Propn || columns.form == "_" => columns.form.to_owned(),
            "_" => columns.form.to_lowercase(),
            lemma => lemma.to_owned(),
        };
        let ner = columns.misc.split('|').find_map(|entry| entry.strip_prefix("NER=")).unwrap_or("");
        let joined = inside && self.multiword.is_some_and(|(_, _, first)| self.words.len() > first);
        self.words.push(Word {
            span,
            form: columns.form.to_owned(),
            lemma,
            upos,
            xpos: columns.xpos.parse().unwrap_or(Xpos::None),
            feats: columns.feats.to_owned(),
            head,
            deprel,
            joined,
            ner: ner.to_owned(),
        });
        if let Some((last, span, first)) = self.multiword
            && number == last
        {
            self.multiword = None;
            self.space = self.multiword_space;
            share_out(&self.text, span, &mut self.words[first..]);
        }
        Ok(())
    }

    fn open_multiword(
        &mut self,
        first: &str,
        last: &str,
        form: &str,
        space_after: bool,
    ) -> Result<(), ConlluProblem> {
        let expected = self.words.len() + 1;
        let (Ok(first_number), Ok(last_number)) = (first.parse::<usize>(), last.parse::<usize>()) else {
            return Err(ConlluProblem::Number { expected, found: format!("{first}-{last}") });
        };
        if first_number != expected || last_number < first_number || self.multiword.is_some() {
            return Err(ConlluProblem::Number { expected, found: format!("{first}-{last}") });
        }
        if form.is_empty() {
            return Err(ConlluProblem::NoForm(expected));
        }
        let span = self.push_form(form)?;
        self.multiword = Some((last_number, span, self.words.len()));
        self.multiword_space = space_after;
        Ok(())
    }

    fn push_form(&mut self, form: &str) -> Result<ByteSpan, ConlluProblem> {
        if self.words.is_empty() && self.opens && !self.text.is_empty() {
            self.text.push_str("\n\n");
        } else if self.space {
            self.text.push(' ');
        }
        self.space = false;
        let start = self.text.len();
        self.text.push_str(form);
        if self.text.len() > u32::MAX as usize {
            return Err(ConlluProblem::TooLong);
        }
        Ok(ByteSpan::new(start, self.text.len()))
    }

    fn close_sentence(&mut self) -> Result<(), ConlluError> {
        if self.words.is_empty() {
            return Ok(());
        }
        if let Some((_, span, first)) = self.multiword.take() {
            // The block ends before the last word that the multi-word line promised.
            self.space = self.multiword_space;
            share_out(&self.text, span, &mut self.words[first..]);
        }
        let line = self.first_line;
        check_tree(&mut self.words).map_err(|problem| ConlluError { line, problem })?;
        let opens = self.opens || self.sentences.is_empty();
        let id = std::mem::take(&mut self.sentence_id);
        self.sentences.push(ReadSentence { words: std::mem::take(&mut self.words), opens, id });
        self.opens = false;
        Ok(())
    }

    fn into_named(self) -> Result<NamedDocument, ConlluError> {
        let id = self.id.clone();
        let sentence_ids = self.sentences.iter().map(|sentence| sentence.id.clone()).collect();
        Ok(NamedDocument { id, sentence_ids, document: self.into_document()? })
    }

    fn into_document(self) -> Result<Document, ConlluError> {
        let mut builder = DocumentBuilder::new(Arc::from(self.text.as_str()));
        let mut names: Vec<Name> = Vec::new();
        let sentences = &self.sentences;
        for (place, sentence) in sentences.iter().enumerate() {
            if sentence.opens {
                let last = sentences[place + 1..]
                    .iter()
                    .position(|later| later.opens)
                    .map_or(sentences.len() - 1, |next| place + next);
                let start = sentence.words[0].span.start;
                let end = sentences[last].words.last().map_or(start, |word| word.span.end);
                builder.start_paragraph(ByteSpan { start, end: end.max(start) });
            }
            let base = builder.n_tokens();
            collect_names(&sentence.words, base, &mut names);
            let tokens: Vec<Token> = sentence
                .words
                .iter()
                .map(|word| Token {
                    span: word.span,
                    lower: builder.intern(&word.form.to_lowercase()),
                    lemma: builder.intern(&word.lemma),
                    upos: word.upos,
                    xpos: word.xpos,
                    feats: builder.intern(&word.feats),
                    head: word.head.filter(|&head| head > 0).map(|head| TokenIdx::new(base + head - 1)),
                    deprel: word.deprel.unwrap_or(Deprel::Dep),
                    joined: word.joined,
                })
                .collect();
            builder.add_sentence(tokens);
        }
        for name in names {
            builder.add_name(name);
        }
        Ok(builder.finish())
    }
}

/// The columns of a line; those that a short line leaves out are `_`.
struct Columns<'l> {
    id: &'l str,
    form: &'l str,
    lemma: &'l str,
    upos: &'l str,
    xpos: &'l str,
    feats: &'l str,
    head: &'l str,
    deprel: &'l str,
    misc: &'l str,
}

impl<'l> Columns<'l> {
    fn of(columns: &[&'l str]) -> Result<Columns<'l>, ConlluProblem> {
        let blank = Columns {
            id: "_",
            form: "_",
            lemma: "_",
            upos: "_",
            xpos: "_",
            feats: "_",
            head: "_",
            deprel: "_",
            misc: "_",
        };
        // In a hand-written line MISC may stand last; it is known by its `=`.
        let (kept, misc) = match columns {
            [kept @ .., misc] if columns.len() < 10 && columns.len() > 2 && is_misc(misc) => (kept, *misc),
            all => (all, "_"),
        };
        match *kept {
            [id, form] => Ok(Columns { id, form, misc, ..blank }),
            [id, form, upos, head, deprel] => Ok(Columns { id, form, upos, head, deprel, misc, ..blank }),
            [id, form, lemma, upos, head, deprel] => {
                Ok(Columns { id, form, lemma, upos, head, deprel, misc, ..blank })
            }
            [id, form, lemma, upos, xpos, head, deprel] => {
                Ok(Columns { id, form, lemma, upos, xpos, head, deprel, misc, ..blank })
            }
            [id, form, lemma, upos, xpos, feats, head, deprel] => {
                Ok(Columns { id, form, lemma, upos, xpos, feats, head, deprel, misc })
            }
            [id, form, lemma, upos, xpos, feats, head, deprel, _, misc] => {
                Ok(Columns { id, form, lemma, upos, xpos, feats, head, deprel, misc })
            }
            _ => Err(ConlluProblem::Columns(columns.len())),
        }
    }
}

fn is_misc(column: &str) -> bool {
    ["NER=", "SpaceAfter=", "Start=", "End="].iter().any(|key| column.starts_with(key))
}

/// A relation whose subtype is unknown counts as the universal one.
fn read_deprel(text: &str) -> Result<Deprel, dateline_text::UnknownLabel> {
    text.parse().or_else(|error| match text.split_once(':') {
        Some((universal, _)) => universal.parse().map_err(|_| error),
        None => Err(error),
    })
}

/// Gives each word of a multi-word token its part of the token's characters: its own letters where the words
/// spell the token, equal shares where they do not (`du` = `de` + `le`).
fn share_out(text: &str, span: ByteSpan, words: &mut [Word]) {
    let surface = span.of(text);
    let spelt = words.iter().map(|word| word.form.len()).sum::<usize>() == surface.len()
        && surface.bytes().eq(words.iter().flat_map(|word| word.form.bytes()));
    let starts: Vec<usize> = surface.char_indices().map(|(at, _)| at).chain([surface.len()]).collect();
    let (n_chars, n_words) = (starts.len() - 1, words.len());
    let mut at = span.start as usize;
    for (place, word) in words.iter_mut().enumerate() {
        let end = if spelt {
            at + word.form.len()
        } else {
            span.start as usize + starts[(place + 1) * n_chars / n_words]
        };
        word.span = ByteSpan::new(at, end);
        at = end;
    }
}

/// Checks that the heads form a tree with one root; where the file gives no heads at all, hangs every word
/// under the first.
fn check_tree(words: &mut [Word]) -> Result<(), ConlluProblem> {
    let n_tokens = words.len();
    if words.iter().all(|word| word.head.is_none()) {
        for (place, word) in words.iter_mut().enumerate() {
            word.head = Some(usize::from(place > 0));
            word.deprel = Some(if place > 0 { Deprel::Dep } else { Deprel::Root });
        }
        return Ok(());
    }
    for (place, word) in words.iter().enumerate() {
        match word.head {
            Some(head) if head > n_tokens => {
                return Err(ConlluProblem::HeadOutside { token: place + 1, head, n_tokens });
            }
            Some(_) => {}
            None => return Err(ConlluProblem::HeadNumber { token: place + 1, found: "_".to_owned() }),
        }
    }
    let roots = words.iter().filter(|word| word.head == Some(0)).count();
    if roots != 1 {
        return Err(ConlluProblem::Roots(roots));
    }
    // 0: not seen, otherwise the walk that saw it first.
    let mut seen_by = vec![0usize; n_tokens];
    for start in 0..n_tokens {
        let mut at = start;
        while seen_by[at] == 0 {
            seen_by[at] = start + 1;
            match words[at].head {
                Some(head) if head > 0 => at = head - 1,
                _ => break,
            }
        }
        if seen_by[at] == start + 1 && words[at].head != Some(0) {
            return Err(ConlluProblem::Circle(start + 1));
        }
    }
    Ok(())
}

fn collect_names(words: &[Word], base: usize, names: &mut Vec<Name>) {
    let mut open: Option<(usize, NameKind)> = None;
    for place in 0..=words.len() {
        let tag = words.get(place).map_or("", |word| word.ner.as_str());
        let kind = tag.get(2..).and_then(|kind| kind.parse::<NameKind>().ok());
        if let Some((start, open_kind)) = open {
            if tag.starts_with("I-") && kind == Some(open_kind) {
                continue;
            }
            names.push(Name { tokens: TokenSpan::new(base + start, base + place), kind: open_kind });
        }
        open = kind.map(|kind| (place, kind));
    }
}
