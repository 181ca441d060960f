//! From PLOVER to CAMEO: the code of an event with its score, for the formats that are older than PLOVER.
//!
//! In:  an event's type, modes, contexts and status.
//! Out: a CAMEO code, or nothing where CAMEO has none: for what is denied or hypothetical, and for most of what is
//!      only planned.
//!
//! Not done: CAMEO parts appeals (02) from demands (10); PLOVER's REQUEST holds both, and becomes a demand.
//!
//! ```text
//! ASSAULT/drone              195   Employ aerial weapons, -10
//! AGREE, planned             030   Express intent to cooperate, 4
//! ASSAULT/drone, planned     none
//! ```

use crate::codes::rows;
use crate::event::ExportEvent;
use dateline_link::Status;
use dateline_plover::{Context, EventType, Mode};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A CAMEO event code.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct CameoCode {
    /// Three or four digits; the first two are the root.
    pub code: &'static str,
    /// Goldstein score, -10 to 10.
    pub goldstein: f64,
    /// As the CAMEO manual names it.
    pub name: &'static str,
}

impl CameoCode {
    /// The category: `19`.
    pub fn root(&self) -> &'static str {
        &self.code[..2]
    }

    /// The code without its last step: `087` of `0871`.
    pub fn base(&self) -> &'static str {
        &self.code[..3]
    }
}

impl ExportEvent {
    /// Its CAMEO code, where there is one.
    pub(crate) fn cameo(&self) -> Option<&'static CameoCode> {
        let state = match self.status {
            Status::Reported | Status::Historical => State::Happened,
            Status::Planned => State::Planned,
            Status::Denied | Status::Hypothetical => return None,
        };
        let rule = RULES.get(&self.event)?.iter().find(|rule| {
            rule.state.is_none_or(|wanted| wanted == state)
                && rule.mode.is_none_or(|mode| self.modes.contains(&mode))
                && rule.context.is_none_or(|context| self.contexts.contains(&context))
        })?;
        CODES.get(rule.code)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Happened,
    Planned,
}

/// A row of the table: what it asks for, `None` for anything.
#[derive(Debug)]
struct Rule {
    mode: Option<Mode>,
    context: Option<Context>,
    state: Option<State>,
    code: &'static str,
}

static CODES: LazyLock<BTreeMap<&str, CameoCode>> = LazyLock::new(|| {
    let codes = rows(include_str!("../data/cameo.tsv")).map(|[code, goldstein, name]| {
        let goldstein = goldstein.parse().expect("invariant: scores are numbers, which a test checks");
        (code, CameoCode { code, goldstein, name })
    });
    codes.collect()
});

static RULES: LazyLock<BTreeMap<EventType, Vec<Rule>>> = LazyLock::new(|| {
    let mut rules: BTreeMap<EventType, Vec<Rule>> = BTreeMap::new();
    for row in rows(include_str!("../data/plover-cameo.tsv")) {
        let (event, rule) =
            read_rule(row).expect("invariant: the table holds PLOVER's words, which a test checks");
        rules.entry(event).or_default().push(rule);
    }
    rules
});

fn read_rule([event, mode, context, state, code]: [&'static str; 5]) -> Option<(EventType, Rule)> {
    let state = match state {
        "-" => None,
        "happened" => Some(State::Happened),
        "planned" => Some(State::Planned),
        _ => return None,
    };
    let mode = if mode == "-" { None } else { Some(mode.parse().ok()?) };
    let context = if context == "-" { None } else { Some(context.parse().ok()?) };
    Some((event.parse().ok()?, Rule { mode, context, state, code }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::event;

    /// The codebook's table of CAMEO cue categories, and what PLOVER 2.0 has moved since.
    const TYPES_OF_ROOTS: &[(&str, &[EventType])] = {
        use EventType::*;
        &[
            ("03", &[Agree]),
            ("04", &[Consult]),
            ("05", &[Support]),
            ("06", &[Cooperate]),
            ("07", &[Aid]),
            ("08", &[Concede, Retreat]),
            ("09", &[Accuse]),
            ("10", &[Request]),
            ("11", &[Accuse, Sanction]), // a conviction
            ("12", &[Reject]),
            ("13", &[Threaten]),
            ("14", &[Protest]),
            ("15", &[Mobilize]),
            ("16", &[Sanction]),
            ("17", &[Coerce, Assault]), // destroyed property, violent repression
            ("18", &[Assault]),
            ("19", &[Assault, Coerce]), // blockade, occupation
            ("20", &[Assault]),
        ]
    };

    #[test]
    fn every_rule_has_a_code_of_its_type_and_every_type_a_rule() {
        for (event, rules) in RULES.iter() {
            for rule in rules {
                let code =
                    CODES.get(rule.code).unwrap_or_else(|| panic!("{event}: no score for {}", rule.code));
                let of_root = TYPES_OF_ROOTS.iter().find(|(root, _)| *root == code.root());
                let is_intent = code.root() == "03" && rule.state == Some(State::Planned);
                let fits = of_root.is_some_and(|(_, types)| types.contains(event));
                assert!(fits || is_intent, "{event} {rule:?}");
                if let Some(mode) = rule.mode {
                    assert!(event.modes().iter().any(|(known, _)| *known == mode), "{event} {rule:?}");
                }
            }
        }
        for &event in EventType::ALL {
            let last = RULES[&event].last().expect("a rule");
            assert!(last.mode.is_none() && last.context.is_none(), "{event} has no rule for the rest");
        }
    }

    #[test]
    fn scores_are_in_range_and_agree_in_sign_with_their_category() {
        for code in CODES.values() {
            assert!((-10.0..=10.0).contains(&code.goldstein), "{code:?}");
            assert_eq!(code.goldstein > 0.0, code.root() < "09", "{code:?}");
        }
    }

    #[test]
    fn codes_of_events() {
        use Status::*;
        for (telling, status, expected) in [
            ("ASSAULT/drone", Reported, Some("195")),
            ("ASSAULT/drone", Historical, Some("195")),
            ("ASSAULT/drone", Planned, None),
            ("ASSAULT/drone", Denied, None),
            ("ASSAULT +military", Reported, Some("190")),
            ("ASSAULT", Reported, Some("180")),
            ("AGREE", Planned, Some("030")),
            ("AGREE +legal", Reported, Some("0313")),
            ("CONSULT/phone", Reported, Some("041")),
            ("CONSULT/phone", Planned, Some("036")),
            ("RETREAT/ceasefire", Reported, Some("0871")),
            ("ACCUSE/allege +corruption", Reported, Some("1121")),
            ("ACCUSE/investigate", Reported, Some("090")),
            ("SANCTION/convict", Reported, Some("116")),
            ("SANCTION +economic", Reported, Some("163")),
            ("CONSULT", Hypothetical, None),
        ] {
            let mut event = event(telling);
            event.status = status;
            assert_eq!(event.cameo().map(|code| code.code), expected, "{telling} {status}");
        }
    }
}
