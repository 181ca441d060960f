//! Lines from an origin to those who have its wording, or from one of these to another.
//!
//! The drawing fills the space between two columns of words: the origin in the middle of the left one, and on the right rows of one
//! height, so that words keep their size while lines stretch.

use super::short;
use maud::{Markup, html};

/// One of those on the right, from top to bottom.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Copied {
    /// The row of the one that it shares most with; the origin where there is none.
    pub from: Option<usize>,
    /// Part of the wording that is shared, 0 to 1, where it is known.
    pub shared: Option<f32>,
}

/// Units of a row.
const ROW: f64 = 10.0;

/// The lines; `label` says the same in words.
pub(crate) fn copies(copied: &[Copied], label: &str) -> Markup {
    let height = copied.len().max(1) as f64 * ROW;
    let middle = |row: usize| row as f64 * ROW + ROW / 2.0;
    let path = |row: usize, copy: &Copied| {
        let y = short(middle(row));
        match copy.from {
            None => format!("M0 {0}C55 {0} 45 {y} 100 {y}", short(height / 2.0)),
            // The further apart, the wider the bow, so that bows do not lie on one another.
            Some(from) => {
                let bow = short(100.0 - (12.0 + 5.0 * row.abs_diff(from) as f64).min(60.0));
                format!("M100 {0}C{bow} {0} {bow} {y} 100 {y}", short(middle(from)))
            }
        }
    };
    html! {
        svg viewBox=(format!("0 0 100 {}", short(height))) preserveAspectRatio="none" role="img" aria-label=(label) {
            title { (label) }
            @for (row, copy) in copied.iter().enumerate() {
                path.(if copy.from.is_some() { "onward" } else { "first" }) d=(path(row, copy)) fill="none"
                    stroke-width=(short(1.0 + 4.0 * f64::from(copy.shared.unwrap_or(0.0).clamp(0.0, 1.0)))) vector-effect="non-scaling-stroke" {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_lead_from_the_middle_or_from_a_row() {
        let copied = [
            Copied { from: None, shared: Some(0.5) },
            Copied { from: None, shared: None },
            Copied { from: Some(0), shared: Some(7.0) },
        ];
        let drawn = copies(&copied, "Agency, and 3 reports").into_string();
        for expected in [
            "M0 15C55 15 45 5 100 5",
            "stroke-width=\"3\"",
            "stroke-width=\"1\"",
            "M100 5C78 5 78 25 100 25",
            "stroke-width=\"5\"",
            "0 0 100 30",
        ] {
            assert!(drawn.contains(expected), "{expected}: {drawn}");
        }
    }
}
