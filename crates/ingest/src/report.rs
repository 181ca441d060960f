//! One report as published.

use dateline_text::Notice;
use jiff::civil::{Date, Time};
use jiff::tz::Offset;
use std::fmt;
use std::sync::Arc;

/// A report as it came in. What the input does not say is absent, never guessed.
#[derive(Clone, Debug)]
pub struct Report {
    /// Unique in its batch: given in the input, else made from the file's name.
    pub id: String,
    /// The page or text itself.
    pub body: Body,
    /// Where it was published.
    pub url: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// Who wrote it, as printed.
    pub byline: Option<String>,
    /// When it was published.
    pub published: Option<Published>,
    /// Keys of the input that mean nothing to us, handed on unchanged.
    pub extra: serde_json::Map<String, serde_json::Value>,
    /// Which file it came from.
    pub input: Input,
    /// What was odd about the input without costing the report.
    pub notices: Vec<Notice>,
}

impl Report {
    /// A report of which nothing is known but its text.
    pub fn new(id: impl Into<String>, body: Body) -> Report {
        Report {
            id: id.into(),
            body,
            url: None,
            outlet: None,
            title: None,
            byline: None,
            published: None,
            extra: serde_json::Map::new(),
            input: Input::whole(""),
            notices: Vec::new(),
        }
    }

    /// A report of plain text.
    pub fn from_text(id: impl Into<String>, text: &str) -> Report {
        Report::new(id, Body::Text(text.into()))
    }

    /// A report from an HTML page.
    pub fn from_html(id: impl Into<String>, html: &str) -> Report {
        Report::new(id, Body::Html(html.into()))
    }
}

/// The text of a report, in one of the shapes that reports come in.
#[derive(Clone, Debug)]
pub enum Body {
    /// Flattened text: an article, or a whole page as text.
    Text(Arc<str>),
    /// An HTML page.
    Html(Arc<str>),
}

/// Where a report was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// The path as the user wrote it, or `-` for standard input.
    pub path: String,
    /// Where in it, if it holds several reports.
    pub place: Option<Place>,
}

/// Where in an input a report stands, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The line on which it begins.
    Line(usize),
    /// The record of a web archive.
    Record(usize),
    /// The item of a feed.
    Item(usize),
}

impl Input {
    /// An input as a whole.
    pub fn whole(path: impl Into<String>) -> Input {
        Input { path: path.into(), place: None }
    }
}

impl fmt::Display for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        match self.place {
            Some(Place::Line(line)) => write!(f, ":{line}"),
            Some(Place::Record(record)) => write!(f, ": record {record}"),
            Some(Place::Item(item)) => write!(f, ": item {item}"),
            None => Ok(()),
        }
    }
}

/// When a report was published, as exactly as it says: a day, perhaps a time, perhaps a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Published {
    /// The calendar day at the outlet.
    pub date: Date,
    /// The time of day at the outlet.
    pub time: Option<Time>,
    /// The outlet's distance from UTC. Only with a time.
    pub offset: Option<Offset>,
}

/// ISO 8601: `2022-04-18`, `2022-04-18T09:19`, `2022-04-18T09:19-04:00`.
impl fmt::Display for Published {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.date)?;
        let Some(time) = self.time else { return Ok(()) };
        write!(f, "T{:02}:{:02}", time.hour(), time.minute())?;
        if time.second() != 0 {
            write!(f, ":{:02}", time.second())?;
        }
        let Some(offset) = self.offset else { return Ok(()) };
        if offset == Offset::UTC {
            return f.write_str("Z");
        }
        let minutes = offset.seconds() / 60;
        let sign = if minutes < 0 { '-' } else { '+' };
        write!(f, "{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
    }
}
