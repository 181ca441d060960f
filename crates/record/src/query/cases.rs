//! Sentences that people have judged, to learn from and to measure with.
//!
//! In:  the journal and the tellings that it is about.
//! Out: each sentence with its events as people have them ([`Case`]), and what could not be told so ([`Cases::left`]).
//!
//! A sentence is a case only where everything that was read in it has been judged: accepted or recoded (it is so), or
//! rejected (it is not). An event that was accepted is what the telling says; of one that was recoded the fields said by
//! people stand instead.
//!
//! Not done: words are where the record has them, so who is named outside the sentence, by a pronoun say, cannot be marked.

use super::CorrectionKind;
use super::events::event_row;
use crate::Record;
use crate::error::{RecordError, Sql};
use crate::layer::{HOLDS, Judged, is_corrected, judged_in, recoded};
use crate::past::{Rows, tellings_in};
use crate::stored::read_naming;
use dateline_link::{Event, LinkedActorIdx, Status, Telling};
use dateline_plover::{Context, EventType, Mode, SizeKind};
use dateline_resolve::DayRange;
use dateline_text::ByteSpan;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A sentence as people have judged it.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// The row of its report.
    pub report: i64,
    /// When that was published.
    pub published: Date,
    /// Where the sentence stands in the report.
    pub span: ByteSpan,
    /// The sentence.
    pub text: String,
    /// What it tells; empty where people say that it tells of nothing.
    pub events: Vec<CaseEvent>,
}

/// An event that a sentence tells; spans are bytes of the report.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseEvent {
    /// What.
    pub event: EventType,
    /// How.
    pub mode: Option<Mode>,
    /// About what.
    pub contexts: Vec<Context>,
    /// Whether it happened.
    pub status: Status,
    /// When, whichever sentence says so.
    pub days: Option<DayRange>,
    /// The words that evoke it.
    pub trigger: ByteSpan,
    /// Who.
    pub actors: Vec<ByteSpan>,
    /// To whom.
    pub recipients: Vec<ByteSpan>,
    /// Where, if the sentence names it.
    pub place: Option<ByteSpan>,
    /// How many were hurt or held.
    pub sizes: Vec<(SizeKind, u32)>,
}

/// All cases of a record.
#[derive(Clone, Debug, Default)]
pub struct Cases {
    /// In order of reports and text.
    pub cases: Vec<Case>,
    /// Why judged sentences are no case, and how many.
    pub left: BTreeMap<&'static str, usize>,
}

impl Record {
    /// The sentences that people have judged.
    pub fn cases(&mut self) -> Result<Cases, RecordError> {
        self.ask(|record| {
            let mut cases = Cases::default();
            if !is_corrected(record)? {
                return Ok(cases);
            }
            let sql = format!(
                "SELECT DISTINCT report FROM corrected_telling \
                 JOIN correction ON correction.id = corrected_telling.correction WHERE {HOLDS} ORDER BY report"
            );
            let mut query = record.connection.prepare_cached(&sql)?;
            let reports: Vec<i64> = query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
            drop(query);
            for report in reports {
                cases_of(record, report, &mut cases)?;
            }
            Ok(cases)
        })
    }
}

/// What a judgement says about the coding of some words; which event they are of is another question.
fn is_on_coding(judged: &Judged) -> bool {
    matches!(judged.kind, CorrectionKind::Accept | CorrectionKind::Reject | CorrectionKind::Recode)
}

fn cases_of(record: &mut Record, report: i64, cases: &mut Cases) -> Sql<()> {
    let judged: Vec<Judged> = judged_in(record, report)?.into_iter().filter(is_on_coding).collect();
    let mut rows = Rows::default();
    let tellings = tellings_in(record, &mut rows, report)?;
    let text = record.texts.text_of(&record.connection, report)?;
    let bytes: Vec<u8> = record
        .connection
        .prepare_cached("SELECT actors FROM report WHERE id = ?1")?
        .query_row([report], |row| row.get(0))?;
    let names = read_naming(&bytes)?;
    let kind_of = |telling: &Telling| {
        let others = || tellings.iter().map(|(_, telling)| telling);
        judged.iter().find(|judged| judged.means(telling, others())).map(|judged| judged.kind)
    };
    let mut sentences: BTreeMap<(u32, u32), Vec<&(i64, Telling)>> = BTreeMap::new();
    for told in &tellings {
        sentences.entry((told.1.sentence.start, told.1.sentence.end)).or_default().push(told);
    }
    for ((start, end), told) in sentences {
        let kinds: Vec<Option<CorrectionKind>> = told.iter().map(|(_, telling)| kind_of(telling)).collect();
        if kinds.iter().all(Option::is_none) {
            continue;
        }
        let span = ByteSpan { start, end };
        let made = if kinds.contains(&None) {
            Err("another event in the sentence is not judged")
        } else {
            let held = told.iter().zip(&kinds).filter(|(_, kind)| **kind != Some(CorrectionKind::Reject));
            let mut events = Vec::new();
            let mut left = None;
            for ((event, telling), _) in held {
                let words = Words { text: &text, sentence: span, names: &names };
                match case_event(record, &mut rows, *event, telling, &words)? {
                    Ok(event) => events.push(event),
                    Err(why) => left = Some(why),
                }
            }
            match (left, told[0].1.published, span.slice(&text)) {
                (Some(why), ..) => Err(why),
                (None, Some(published), Some(words)) => {
                    Ok(Case { report, published, span, text: words.to_owned(), events })
                }
                (None, None, _) => Err("the report has no day of publication"),
                (None, _, None) => Err("the sentence is not in the text"),
            }
        };
        match made {
            Ok(case) => cases.cases.push(case),
            Err(why) => *cases.left.entry(why).or_default() += 1,
        }
    }
    Ok(())
}

/// A sentence with the places at which the report names somebody.
struct Words<'w> {
    text: &'w str,
    sentence: ByteSpan,
    names: &'w [crate::stored::Naming],
}

impl Words<'_> {
    /// Where the sentence names an actor, or has the words of its description.
    fn of_actor(&self, actor: i64, name: &str) -> Option<ByteSpan> {
        let named = self.names.iter().filter(|naming| naming.actor == actor).map(|naming| naming.span);
        let mut inside =
            named.filter(|span| self.sentence.start <= span.start && span.end <= self.sentence.end);
        inside.next().or_else(|| self.of_name(name))
    }

    /// The first place of some words in the sentence, as whole words and whatever their case.
    fn of_name(&self, name: &str) -> Option<ByteSpan> {
        let sentence = self.sentence.slice(self.text)?;
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let at = sentence.char_indices().map(|(at, _)| at).find(|&at| {
            let Some(found) = sentence.get(at..at + name.len()) else { return false };
            !name.is_empty()
                && found.eq_ignore_ascii_case(name)
                && !is_letter(sentence[..at].chars().next_back())
                && !is_letter(sentence[at + name.len()..].chars().next())
        })?;
        let start = self.sentence.start + at as u32;
        Some(ByteSpan { start, end: start + name.len() as u32 })
    }
}

/// A telling as people have its event, or why that cannot be written.
fn case_event(
    record: &mut Record,
    rows: &mut Rows,
    event: i64,
    telling: &Telling,
    words: &Words,
) -> Sql<Result<CaseEvent, &'static str>> {
    let trigger = telling.trigger_span;
    if trigger.start >= trigger.end
        || trigger.start < words.sentence.start
        || trigger.end > words.sentence.end
    {
        return Ok(Err("the words that evoke an event are not in the sentence"));
    }
    let parties = |parties: &[dateline_link::Party]| parties.iter().map(|party| party.actor).collect();
    let mut told = Event {
        event: telling.event,
        modes: telling.modes.clone(),
        contexts: telling.contexts.clone(),
        status: telling.status,
        actors: parties(&telling.actors),
        recipients: parties(&telling.recipients),
        date: telling.days,
        place: telling.place.as_deref().cloned(),
        mentions: Vec::new(),
        reports: Vec::new(),
        independent_reports: 0,
        evidence: Vec::new(),
        fields: Default::default(),
        given: Default::default(),
    };
    recoded(record, rows, event, &mut told)?;
    if told.event != event_row(&record.connection, event)?.event {
        return Ok(Err("the sentence was read as another type than its event"));
    }
    if told.modes.len() > 1 {
        return Ok(Err("an event has several modes, and a case has one"));
    }
    let spans = |actors: &[LinkedActorIdx]| -> Sql<Option<Vec<ByteSpan>>> {
        let mut found = Vec::new();
        for actor in actors {
            let actor = rows.actors[actor.index()];
            let mut query = record.connection.prepare_cached("SELECT name FROM actor WHERE id = ?1")?;
            let name: String = query.query_row([actor], |row| row.get(0))?;
            match words.of_actor(actor, &name) {
                Some(span) => found.push(span),
                None => return Ok(None),
            }
        }
        Ok(Some(found))
    };
    let (Some(actors), Some(recipients)) = (spans(&told.actors)?, spans(&told.recipients)?) else {
        return Ok(Err("an actor or recipient is not named in the sentence"));
    };
    Ok(Ok(CaseEvent {
        event: told.event,
        mode: told.modes.first().copied(),
        contexts: told.contexts,
        status: told.status,
        days: told.date,
        trigger,
        actors,
        recipients,
        place: told.place.and_then(|place| words.of_name(&place.name)),
        sizes: telling.sizes.iter().map(|&(kind, count, _)| (kind, count)).collect(),
    }))
}
