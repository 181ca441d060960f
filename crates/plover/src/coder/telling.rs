//! Which statement tells each word of a report.

use dateline_attribute::{Statement, StatementIdx, StatementKind};
use dateline_text::{Arena, TokenIdx};

/// Which statement tells each word.
pub(super) struct Telling {
    /// For each token the innermost statement whose content holds it.
    statement: Vec<Option<StatementIdx>>,
    cue: Vec<bool>,
    cue_heads: Vec<Option<TokenIdx>>,
}

impl Telling {
    pub fn new(n_tokens: usize, statements: &Arena<Statement>) -> Telling {
        let mut statement: Vec<Option<StatementIdx>> = vec![None; n_tokens];
        let mut cue = vec![false; n_tokens];
        // Longer contents first, so that inner ones overwrite them.
        let mut order: Vec<StatementIdx> = statements.indices().collect();
        let length = |one: &StatementIdx| -> usize {
            statements[*one].content.iter().map(|span| span.n_tokens()).sum()
        };
        order.sort_by_key(|one| std::cmp::Reverse(length(one)));
        for one in order {
            for span in &statements[one].content {
                for token in span.iter().filter(|token| token.index() < n_tokens) {
                    statement[token.index()] = Some(one);
                }
            }
            if let Some(slot) = statements[one].cue_head.and_then(|head| cue.get_mut(head.index())) {
                *slot = true;
            }
        }
        let cue_heads = statements.iter().map(|(_, one)| one.cue_head).collect();
        Telling { statement, cue, cue_heads }
    }

    pub fn is_cue(&self, token: TokenIdx) -> bool {
        self.cue.get(token.index()).copied().unwrap_or(false)
    }

    /// Whether a word is somebody's own and not the reporter's.
    pub fn is_quoted(&self, statements: &Arena<Statement>, token: TokenIdx) -> bool {
        let statement = self.statement.get(token.index()).copied().flatten();
        statement.is_some_and(|one| statements[one].kind != StatementKind::Indirect)
    }

    /// The statement that tells an event; the one that the event's own verb introduces is not.
    pub fn statement_of(&self, trigger: TokenIdx, head: TokenIdx) -> Option<StatementIdx> {
        let statement = self.statement.get(head.index()).copied().flatten();
        statement.filter(|one| {
            let cue = self.cue_heads.get(one.index()).copied().flatten();
            cue != Some(head) && cue != Some(trigger)
        })
    }
}
