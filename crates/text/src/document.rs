//! A text with its paragraphs, sentences, tokens and names.

use crate::{
    ByteSpan, Contexts, Deprel, Idx, Interner, NameKind, Symbol, Token, TokenIdx, TokenSpan, Upos, Xpos,
};
use std::sync::Arc;

/// The number of a sentence in its document.
pub type SentenceIdx = Idx<Sentence>;

/// One sentence: its tokens, and the paragraph it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Its tokens. Never empty.
    pub tokens: TokenSpan,
    /// The number of its paragraph in the document, from 0.
    pub paragraph: u32,
}

/// A name found in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// Its tokens.
    pub tokens: TokenSpan,
    /// What it names.
    pub kind: NameKind,
}

/// A report's text, analysed. It owns the text and everything said of it; spans and indices are views.
///
/// Invariants: sentences lie in text order inside their paragraphs and do not overlap; the tokens of a
/// sentence form a tree with exactly one root; names do not overlap.
#[derive(Clone, Debug)]
pub struct Document {
    text: Arc<str>,
    paragraphs: Vec<ByteSpan>,
    sentences: Vec<Sentence>,
    tokens: Vec<Token>,
    names: Vec<Name>,
    contexts: Contexts,
    strings: Interner,
    sentence_of: Vec<u32>,
    /// Dependents of token `i`: `children[child_starts[i]..child_starts[i + 1]]`, in text order.
    child_starts: Vec<u32>,
    children: Vec<TokenIdx>,
}

impl Document {
    /// The report's text as given.
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// The paragraphs that were analysed.
    pub fn paragraphs(&self) -> &[ByteSpan] {
        &self.paragraphs
    }

    /// The sentences, in text order.
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// Every sentence with its index.
    pub fn sentence_indices(
        &self,
    ) -> impl DoubleEndedIterator<Item = SentenceIdx> + ExactSizeIterator + use<> {
        (0..self.sentences.len()).map(SentenceIdx::new)
    }

    /// One sentence.
    pub fn sentence(&self, sentence: SentenceIdx) -> &Sentence {
        &self.sentences[sentence.index()]
    }

    /// The sentence that holds a token.
    pub fn sentence_of(&self, token: TokenIdx) -> SentenceIdx {
        SentenceIdx::new(self.sentence_of[token.index()] as usize)
    }

    /// The bytes of a sentence.
    pub fn sentence_span(&self, sentence: SentenceIdx) -> ByteSpan {
        self.bytes(self.sentence(sentence).tokens)
    }

    /// The number of the paragraph that holds a token, from 0.
    pub fn paragraph_of(&self, token: TokenIdx) -> usize {
        self.sentence(self.sentence_of(token)).paragraph as usize
    }

    /// All tokens, in text order.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// One token.
    pub fn token(&self, token: TokenIdx) -> &Token {
        &self.tokens[token.index()]
    }

    /// The names, in text order.
    pub fn names(&self) -> &[Name] {
        &self.names
    }

    /// What the language model saw in its words.
    pub fn contexts(&self) -> &Contexts {
        &self.contexts
    }

    /// The form of a token, as it stands in the text.
    pub fn form(&self, token: TokenIdx) -> &str {
        self.token(token).span.of(&self.text)
    }

    /// The form of a token in lower case.
    pub fn lower(&self, token: TokenIdx) -> &str {
        self.strings.resolve(self.token(token).lower)
    }

    /// The dictionary form of a token.
    pub fn lemma(&self, token: TokenIdx) -> &str {
        self.strings.resolve(self.token(token).lemma)
    }

    /// The features of a token, as CoNLL-U writes them.
    pub fn feats(&self, token: TokenIdx) -> &str {
        self.strings.resolve(self.token(token).feats)
    }

    /// The part of speech of a token.
    pub fn upos(&self, token: TokenIdx) -> Upos {
        self.token(token).upos
    }

    /// The Penn tag of a token.
    pub fn xpos(&self, token: TokenIdx) -> Xpos {
        self.token(token).xpos
    }

    /// How a token depends on its head.
    pub fn deprel(&self, token: TokenIdx) -> Deprel {
        self.token(token).deprel
    }

    /// What a token depends on.
    pub fn head(&self, token: TokenIdx) -> Option<TokenIdx> {
        self.token(token).head
    }

    /// What depends on a token, in text order.
    pub fn children(&self, token: TokenIdx) -> &[TokenIdx] {
        let i = token.index();
        &self.children[self.child_starts[i] as usize..self.child_starts[i + 1] as usize]
    }

    /// The dependents of a token with this relation, in text order.
    pub fn children_by(&self, token: TokenIdx, deprel: Deprel) -> impl Iterator<Item = TokenIdx> {
        self.children(token).iter().copied().filter(move |&child| self.deprel(child) == deprel)
    }

    /// The first dependent of a token with this relation.
    pub fn child_by(&self, token: TokenIdx, deprel: Deprel) -> Option<TokenIdx> {
        self.children_by(token, deprel).next()
    }

    /// The root of a sentence.
    pub fn root(&self, sentence: SentenceIdx) -> TokenIdx {
        let tokens = self.sentence(sentence).tokens;
        tokens.iter().find(|&token| self.head(token).is_none()).unwrap_or_else(|| tokens.first())
    }

    /// The heads of a token, from the nearest to the root.
    pub fn ancestors(&self, token: TokenIdx) -> impl Iterator<Item = TokenIdx> {
        std::iter::successors(self.head(token), move |&above| self.head(above))
    }

    /// Whether `token` is `above` or depends on it, directly or not.
    pub fn is_within(&self, token: TokenIdx, above: TokenIdx) -> bool {
        token == above || self.ancestors(token).any(|ancestor| ancestor == above)
    }

    /// From the first to the last token of what hangs under a token, itself included.
    pub fn subtree(&self, token: TokenIdx) -> TokenSpan {
        let (mut first, mut last) = (token.index(), token.index());
        let mut waiting = vec![token];
        while let Some(next) = waiting.pop() {
            first = first.min(next.index());
            last = last.max(next.index());
            waiting.extend_from_slice(self.children(next));
        }
        TokenSpan::new(first, last + 1)
    }

    /// The bytes from the first to the last token of a span. Panics on an empty span.
    pub fn bytes(&self, tokens: TokenSpan) -> ByteSpan {
        ByteSpan { start: self.token(tokens.first()).span.start, end: self.token(tokens.last()).span.end }
    }

    /// The words from the first to the last token of a span, as they stand in the text.
    pub fn words(&self, tokens: TokenSpan) -> &str {
        self.bytes(tokens).of(&self.text)
    }

    /// The tokens that lie wholly inside a span of bytes.
    pub fn tokens_in(&self, span: ByteSpan) -> TokenSpan {
        let start = self.tokens.partition_point(|token| token.span.start < span.start);
        let end = self.tokens.partition_point(|token| token.span.end <= span.end);
        TokenSpan::new(start, end.max(start))
    }

    /// The name that holds a token, if one does.
    pub fn name_at(&self, token: TokenIdx) -> Option<&Name> {
        let after = self.names.partition_point(|name| name.tokens.start as usize <= token.index());
        self.names[..after].last().filter(|name| name.tokens.holds(token))
    }
}

/// Puts a document together, sentence by sentence.
#[derive(Debug)]
pub struct DocumentBuilder {
    text: Arc<str>,
    paragraphs: Vec<ByteSpan>,
    sentences: Vec<Sentence>,
    tokens: Vec<Token>,
    names: Vec<Name>,
    contexts: Contexts,
    strings: Interner,
}

impl DocumentBuilder {
    /// A document of this text, with nothing analysed yet.
    pub fn new(text: Arc<str>) -> DocumentBuilder {
        DocumentBuilder {
            text,
            paragraphs: Vec::new(),
            sentences: Vec::new(),
            tokens: Vec::new(),
            names: Vec::new(),
            contexts: Contexts::default(),
            strings: Interner::new(),
        }
    }

    /// The text.
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// The symbol of a string, for a token's `lower`, `lemma` or `feats`.
    pub fn intern(&mut self, string: &str) -> Symbol {
        self.strings.intern(string)
    }

    /// Opens a paragraph; sentences that follow belong to it.
    pub fn start_paragraph(&mut self, span: ByteSpan) {
        self.paragraphs.push(span);
    }

    /// How many tokens there are so far: the number that the next sentence's first token will have.
    pub fn n_tokens(&self) -> usize {
        self.tokens.len()
    }

    /// Adds a sentence. Heads are indices into the document. Panics without a paragraph or a token.
    pub fn add_sentence(&mut self, tokens: impl IntoIterator<Item = Token>) {
        let start = self.tokens.len();
        self.tokens.extend(tokens);
        assert!(self.tokens.len() > start, "invariant: a sentence holds a token");
        assert!(!self.paragraphs.is_empty(), "invariant: a sentence stands in a paragraph");
        let tokens = TokenSpan::new(start, self.tokens.len());
        self.sentences.push(Sentence { tokens, paragraph: self.paragraphs.len() as u32 - 1 });
    }

    /// Adds a name after those before it.
    pub fn add_name(&mut self, name: Name) {
        self.names.push(name);
    }

    /// Says what the language model saw in the words.
    pub fn set_contexts(&mut self, contexts: Contexts) {
        self.contexts = contexts;
    }

    /// The document.
    pub fn finish(self) -> Document {
        let DocumentBuilder { text, paragraphs, sentences, tokens, names, contexts, strings } = self;
        let mut sentence_of = vec![0; tokens.len()];
        for (number, sentence) in sentences.iter().enumerate() {
            sentence_of[sentence.tokens.range()].fill(number as u32);
        }
        let mut child_starts = vec![0u32; tokens.len() + 1];
        for head in tokens.iter().filter_map(|token| token.head) {
            child_starts[head.index() + 1] += 1;
        }
        for i in 0..tokens.len() {
            child_starts[i + 1] += child_starts[i];
        }
        let mut next = child_starts.clone();
        let mut children = vec![TokenIdx::new(0); child_starts[tokens.len()] as usize];
        for (number, token) in tokens.iter().enumerate() {
            if let Some(head) = token.head {
                children[next[head.index()] as usize] = TokenIdx::new(number);
                next[head.index()] += 1;
            }
        }
        Document {
            text,
            paragraphs,
            sentences,
            tokens,
            names,
            contexts,
            strings,
            sentence_of,
            child_starts,
            children,
        }
    }
}
