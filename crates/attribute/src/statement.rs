//! A statement: source, cue, content.

use dateline_resolve::ActorIdx;
use dateline_text::{Idx, TokenIdx, TokenSpan, labels};

/// The number of a statement in its report.
pub type StatementIdx = Idx<Statement>;

/// Content attributed to a source. Each part may have several pieces, in text order.
#[derive(Clone, Debug)]
pub struct Statement {
    /// How the content is given.
    pub kind: StatementKind,
    /// Who is said to say it; empty where the text does not tell.
    pub source: Vec<TokenSpan>,
    /// The words that attribute: `said`, `according to`.
    pub cue: Vec<TokenSpan>,
    /// What is said. Never empty.
    pub content: Vec<TokenSpan>,
    /// The head word of the cue, where there is a cue.
    pub cue_head: Option<TokenIdx>,
    /// Whom the source stands for.
    pub speaker: Option<ActorIdx>,
}

labels! {
    /// How content is given.
    pub enum StatementKind as "kind of statement" {
        /// All in quotation marks.
        Direct = "direct",
        /// None of it in quotation marks.
        Indirect = "indirect",
        /// Part of it in quotation marks.
        Mixed = "mixed",
    }
}
