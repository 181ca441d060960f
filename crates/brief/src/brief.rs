//! The brief before it is written: sections of lines, each with what it rests on.
//!
//! In:  coded reports and what linking made of them.
//! Out: a [`Brief`], the same for every form of writing.

use crate::{Cite, sections};
use dateline_link::Linked;
use dateline_plover::CodedReport;

/// A situation brief of some reports.
#[derive(Clone, Debug)]
pub struct Brief<'a> {
    /// The reports, in the order given.
    pub coded: &'a [CodedReport],
    /// What they say together.
    pub linked: &'a Linked,
    /// One sentence on what the brief rests on.
    pub basis: String,
    /// What people read, in reading order.
    pub sections: Vec<Section>,
}

/// A part of the brief.
#[derive(Clone, Debug)]
pub struct Section {
    /// Its heading.
    pub title: &'static str,
    /// Its lines.
    pub lines: Vec<Line>,
    /// What stands there where there is no line.
    pub if_empty: &'static str,
}

/// One claim and where it can be checked.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// What it is about, set off: a day and a place, a speaker.
    pub lead: String,
    /// The claim.
    pub parts: Vec<Part>,
    /// Where it can be checked.
    pub cites: Vec<Cite>,
    /// Lines that hang under it.
    pub below: Vec<Line>,
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Our words.
    Plain(String),
    /// Words of a report, to be set in quotation marks.
    Quote(String),
}

impl Line {
    /// A line with a lead and nothing else.
    pub fn new(lead: impl Into<String>) -> Line {
        Line { lead: lead.into(), ..Line::default() }
    }

    /// The same with words of ours added.
    pub fn plain(mut self, text: impl Into<String>) -> Line {
        self.parts.push(Part::Plain(text.into()));
        self
    }

    /// The same with words of a report added.
    pub fn quote(mut self, text: &str) -> Line {
        self.parts.push(Part::Quote(one_line(text)));
        self
    }

    /// The same with where it can be checked.
    pub fn cite(mut self, cites: Vec<Cite>) -> Line {
        self.cites = cites;
        self
    }
}

impl<'a> Brief<'a> {
    /// Makes the brief.
    pub fn new(coded: &'a [CodedReport], linked: &'a Linked) -> Brief<'a> {
        Brief { coded, linked, basis: sections::basis(coded, linked), sections: sections::all(coded, linked) }
    }
}

/// Words of a report as they read in a line: line breaks and runs of white space become one space.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
