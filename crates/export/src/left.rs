//! What an export left out, counted.

use std::fmt;

/// What a format could not hold of the events that were given to it. All zero where nothing was lost beyond what the
/// format's dictionary says of every event.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Left {
    /// Rows, lines or features written.
    pub written: u64,
    /// Events left out, or written with an empty day, because no report tells the day, or tells only more than a
    /// week.
    pub events_without_day: u64,
    /// Whether those were written all the same.
    pub dayless_are_written: bool,
    /// Events left out because they have no coordinates.
    pub events_without_place: u64,
    /// Events left out because they are planned, denied or hypothetical, and the format cannot say so.
    pub events_not_happened: u64,
    /// Events of several days of which only the first was written.
    pub days_after_the_first: u64,
    /// Actors and recipients beyond the one that the format has room for.
    pub further_parties: u64,
    /// Modes beyond the one that the format has room for.
    pub further_modes: u64,
}

/// One line a loss, nothing where there is none.
impl fmt::Display for Left {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let without_day = if self.dayless_are_written {
            "written with an empty date: no report tells the day"
        } else {
            "left out: no report tells the day"
        };
        let losses = [
            (self.events_without_day, "event", without_day),
            (self.events_without_place, "event", "left out: no coordinates"),
            (self.events_not_happened, "event", "left out: planned, denied or hypothetical"),
            (self.days_after_the_first, "event", "written with the first of several days only"),
            (self.further_parties, "further actor or recipient", "left out: there is room for one of each"),
            (self.further_modes, "further mode", "left out: there is room for one"),
        ];
        let mut lines = losses.iter().filter(|(count, ..)| *count > 0);
        let Some((count, what, fate)) = lines.next() else { return Ok(()) };
        write_loss(f, *count, what, fate)?;
        lines.try_for_each(|(count, what, fate)| {
            f.write_str("\n")?;
            write_loss(f, *count, what, fate)
        })
    }
}

fn write_loss(f: &mut fmt::Formatter<'_>, count: u64, what: &str, fate: &str) -> fmt::Result {
    let plural = match what {
        "further actor or recipient" => "further actors or recipients".to_owned(),
        what => format!("{what}s"),
    };
    write!(f, "{count} {} {fate}", if count == 1 { what } else { &plural })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_each_loss_on_a_line() {
        let left = Left { written: 5, events_without_day: 1, further_parties: 2, ..Left::default() };
        assert_eq!(
            left.to_string(),
            "1 event left out: no report tells the day\n\
             2 further actors or recipients left out: there is room for one of each"
        );
        assert_eq!(Left::default().to_string(), "");
    }
}
