//! What a text is said to tell: `= ASSAULT/drone negation  context: military  date: 2022-04-17  dead: 3`.

use super::COUNTED;
use dateline_plover::{AuxiliaryMode, Context, EventType, Mode, SizeKind};
use dateline_text::UnknownLabel;
use jiff::civil::Date;
use std::fmt;

/// An event that a text tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpectedEvent {
    /// Its type.
    pub event: EventType,
    /// Its mode, where the text tells one.
    pub mode: Option<Mode>,
    /// Whether it did not happen, not yet, or long ago.
    pub aux: Vec<AuxiliaryMode>,
    /// What it is about.
    pub contexts: Vec<Context>,
    /// When it happened; none where the file does not say.
    pub date: Option<ExpectedDate>,
    /// How many were hurt or held.
    pub sizes: Vec<(SizeKind, u32)>,
}

/// When an event happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExpectedDate {
    /// The text does not tell.
    Unknown,
    /// From a day to a day, both included.
    Days(Date, Date),
}

impl ExpectedEvent {
    /// Reads what follows `=`. Two spaces part the code from the keys, and those from each other.
    pub(super) fn read(line: &str) -> Result<ExpectedEvent, String> {
        let unknown = |error: UnknownLabel| error.to_string();
        let mut parts = line.split("  ").map(str::trim).filter(|part| !part.is_empty());
        let mut words = parts.next().unwrap_or_default().split_whitespace();
        let code = words.next().unwrap_or_default();
        let (event, mode) = match code.split_once('/') {
            Some((event, mode)) => (event, Some(mode)),
            None => (code, None),
        };
        let event: EventType = event.parse().map_err(unknown)?;
        let mode = mode.map(|mode| mode.parse::<Mode>().map_err(unknown)).transpose()?;
        if let Some(mode) = mode
            && !event.modes().iter().any(|(known, _)| *known == mode)
        {
            let modes: Vec<&str> = event.modes().iter().map(|(mode, _)| mode.as_str()).collect();
            return Err(format!("`{mode}` is not a mode of {event} ({})", modes.join(", ")));
        }
        let aux = words.map(|aux| aux.parse().map_err(unknown)).collect::<Result<_, _>>()?;
        let mut read =
            ExpectedEvent { event, mode, aux, contexts: Vec::new(), date: None, sizes: Vec::new() };
        for part in parts {
            let (key, value) = part.split_once(':').unwrap_or((part, ""));
            let value = value.trim();
            match key {
                "context" => {
                    for context in value.split(',') {
                        read.contexts.push(context.trim().parse().map_err(unknown)?);
                    }
                }
                "date" => read.date = Some(read_date(value)?),
                _ => {
                    let Some((_, kind)) = COUNTED.iter().find(|(name, _)| *name == key) else {
                        return Err(format!("`{key}` is not a key (context, date, dead, injured, arrested)"));
                    };
                    let count = value.parse().map_err(|_| format!("`{value}` is not a number of {key}"))?;
                    read.sizes.push((*kind, count));
                }
            }
        }
        Ok(read)
    }
}

impl fmt::Display for ExpectedEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.event)?;
        if let Some(mode) = self.mode {
            write!(f, "/{mode}")?;
        }
        self.aux.iter().try_for_each(|aux| write!(f, " {aux}"))
    }
}

fn read_date(value: &str) -> Result<ExpectedDate, String> {
    if value == "unknown" {
        return Ok(ExpectedDate::Unknown);
    }
    let day = |day: &str| -> Result<Date, String> {
        day.parse().map_err(|_| format!("`{day}` is not a day; `2022-04-18` is one"))
    };
    let (from, to) = value.split_once("..").unwrap_or((value, value));
    let (from, to) = (day(from)?, day(to)?);
    match from <= to {
        true => Ok(ExpectedDate::Days(from, to)),
        false => Err(format!("`{value}` ends before it begins")),
    }
}
