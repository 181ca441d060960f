//! Tokens and their labels.
//!
//! A token is a syntactic word of Universal Dependencies: `don't` is two, `do` and `n't`.

use crate::{ByteSpan, Idx, Symbol, labels};

labels! {
    /// Universal part of speech (UD v2).
    pub enum Upos as "universal part of speech" {
        Adj = "ADJ",
        Adp = "ADP",
        Adv = "ADV",
        Aux = "AUX",
        Cconj = "CCONJ",
        Det = "DET",
        Intj = "INTJ",
        Noun = "NOUN",
        Num = "NUM",
        Part = "PART",
        Pron = "PRON",
        Propn = "PROPN",
        Punct = "PUNCT",
        Sconj = "SCONJ",
        Sym = "SYM",
        Verb = "VERB",
        X = "X",
    }
}

labels! {
    /// Penn Treebank tag, as English-EWT uses it; `None` (`_`) where a treebank gives none.
    pub enum Xpos as "Penn Treebank tag" {
        Add = "ADD",
        Afx = "AFX",
        Cc = "CC",
        Cd = "CD",
        Dt = "DT",
        Ex = "EX",
        Fw = "FW",
        Gw = "GW",
        Hyph = "HYPH",
        In = "IN",
        Jj = "JJ",
        Jjr = "JJR",
        Jjs = "JJS",
        Ls = "LS",
        Md = "MD",
        Nfp = "NFP",
        Nn = "NN",
        Nnp = "NNP",
        Nnps = "NNPS",
        Nns = "NNS",
        Pdt = "PDT",
        Pos = "POS",
        Prp = "PRP",
        PrpPoss = "PRP$",
        Rb = "RB",
        Rbr = "RBR",
        Rbs = "RBS",
        Rp = "RP",
        Sym = "SYM",
        To = "TO",
        Uh = "UH",
        Vb = "VB",
        Vbd = "VBD",
        Vbg = "VBG",
        Vbn = "VBN",
        Vbp = "VBP",
        Vbz = "VBZ",
        Wdt = "WDT",
        Wp = "WP",
        WpPoss = "WP$",
        Wrb = "WRB",
        Xx = "XX",
        Comma = ",",
        Period = ".",
        Colon = ":",
        OpenQuote = "``",
        CloseQuote = "''",
        Lrb = "-LRB-",
        Rrb = "-RRB-",
        Currency = "$",
        None = "_",
    }
}

labels! {
    /// Dependency relation (UD v2), with the subtypes of the English treebanks.
    pub enum Deprel as "dependency relation" {
        Acl = "acl",
        AclRelcl = "acl:relcl",
        Advcl = "advcl",
        AdvclRelcl = "advcl:relcl",
        Advmod = "advmod",
        AdvmodEmph = "advmod:emph",
        Amod = "amod",
        Appos = "appos",
        Aux = "aux",
        AuxPass = "aux:pass",
        Case = "case",
        Cc = "cc",
        CcPreconj = "cc:preconj",
        Ccomp = "ccomp",
        Clf = "clf",
        Compound = "compound",
        CompoundPrt = "compound:prt",
        Conj = "conj",
        Cop = "cop",
        Csubj = "csubj",
        CsubjOuter = "csubj:outer",
        CsubjPass = "csubj:pass",
        Dep = "dep",
        Det = "det",
        DetPredet = "det:predet",
        Discourse = "discourse",
        Dislocated = "dislocated",
        Expl = "expl",
        Fixed = "fixed",
        Flat = "flat",
        FlatForeign = "flat:foreign",
        Goeswith = "goeswith",
        Iobj = "iobj",
        List = "list",
        Mark = "mark",
        Nmod = "nmod",
        NmodDesc = "nmod:desc",
        NmodPoss = "nmod:poss",
        NmodUnmarked = "nmod:unmarked",
        Nsubj = "nsubj",
        NsubjOuter = "nsubj:outer",
        NsubjPass = "nsubj:pass",
        Nummod = "nummod",
        Obj = "obj",
        Obl = "obl",
        OblAgent = "obl:agent",
        OblUnmarked = "obl:unmarked",
        Orphan = "orphan",
        Parataxis = "parataxis",
        Punct = "punct",
        Reparandum = "reparandum",
        Root = "root",
        Vocative = "vocative",
        Xcomp = "xcomp",
    }
}

labels! {
    /// What a name names.
    pub enum NameKind as "kind of name" {
        Per = "PER",
        Org = "ORG",
        Loc = "LOC",
        Misc = "MISC",
    }
}

impl Deprel {
    /// The relation without its subtype: `nsubj:pass` is an `nsubj`.
    pub fn universal(self) -> &'static str {
        let text = self.as_str();
        text.split_once(':').map_or(text, |(universal, _)| universal)
    }
}

/// The number of a token in its document.
pub type TokenIdx = Idx<Token>;

/// One syntactic word in its sentence. Its strings live in the document's interner.
#[derive(Clone, Debug)]
pub struct Token {
    /// The bytes of the report's text. The text of a token is this slice.
    pub span: ByteSpan,
    /// The form in lower case.
    pub lower: Symbol,
    /// Dictionary form.
    pub lemma: Symbol,
    /// Universal part of speech.
    pub upos: Upos,
    /// Penn Treebank tag.
    pub xpos: Xpos,
    /// Universal features as CoNLL-U writes them (`Number=Sing|Person=3`), or `_`.
    pub feats: Symbol,
    /// The word it depends on; nothing at the root.
    pub head: Option<TokenIdx>,
    /// How it depends on its head.
    pub deprel: Deprel,
    /// Whether no space parts it from the token before, both being one written word (`do` + `n't`).
    pub joined: bool,
}

/// A half-open range of tokens of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TokenSpan {
    /// First token.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
}

impl TokenSpan {
    /// From the first token to one past the last.
    pub fn new(start: usize, end: usize) -> TokenSpan {
        assert!(start <= end, "invariant: spans are ordered");
        TokenSpan { start: start as u32, end: end as u32 }
    }

    /// Just this token.
    pub fn single(token: TokenIdx) -> TokenSpan {
        TokenSpan::new(token.index(), token.index() + 1)
    }

    /// As a range of `usize`, to index with.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The tokens, in order.
    pub fn iter(self) -> impl DoubleEndedIterator<Item = TokenIdx> + ExactSizeIterator {
        self.range().map(TokenIdx::new)
    }

    /// The first token. Panics on an empty span.
    pub fn first(self) -> TokenIdx {
        assert!(self.start < self.end, "invariant: the span holds a token");
        TokenIdx::new(self.start as usize)
    }

    /// The last token. Panics on an empty span.
    pub fn last(self) -> TokenIdx {
        assert!(self.start < self.end, "invariant: the span holds a token");
        TokenIdx::new(self.end as usize - 1)
    }

    /// How many tokens it holds.
    pub fn n_tokens(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it holds this token.
    pub fn holds(self, token: TokenIdx) -> bool {
        self.range().contains(&token.index())
    }

    /// Whether `inner` lies wholly inside.
    pub fn contains(self, inner: TokenSpan) -> bool {
        self.start <= inner.start && inner.end <= self.end
    }

    /// Whether the two share a token.
    pub fn overlaps(self, other: TokenSpan) -> bool {
        self.start < other.end && other.start < self.end
    }
}
