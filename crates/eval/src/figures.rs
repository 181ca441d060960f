//! The figures of one task: a table for people, one JSON line for programs.
//!
//! ```text
//! event  dev.jsonl
//! accuracy              0.7500
//! records                    4
//! per_class_f1
//!   ACCUSE              1.0000
//! {"task":"event","accuracy":0.75,"records":4,"per_class_f1":{"ACCUSE":1.0}}
//! ```

use crate::Task;
use serde_json::{Map, Number, Value};
use std::fmt;

/// One figure.
#[derive(Clone, Debug, PartialEq)]
pub enum Figure {
    /// A share between 0 and 1, or a distance in kilometres.
    Real(f64),
    /// A number of things.
    Count(usize),
    /// Not defined for these data.
    Undefined,
    /// Figures that belong together.
    Group(Vec<(String, Figure)>),
}

/// All figures of a task, in the order in which they are printed.
#[derive(Clone, Debug)]
pub struct Figures {
    task: Task,
    entries: Vec<(String, Figure)>,
    notes: Vec<String>,
}

impl Figures {
    pub(crate) fn new(task: Task) -> Figures {
        Figures { task, entries: Vec::new(), notes: Vec::new() }
    }

    pub(crate) fn add(&mut self, name: impl Into<String>, figure: Figure) -> &mut Figures {
        self.entries.push((name.into(), figure));
        self
    }

    pub(crate) fn note(&mut self, note: impl Into<String>) {
        self.notes.push(note.into());
    }

    /// The task that was measured.
    pub fn task(&self) -> Task {
        self.task
    }

    /// The figures by name, in order.
    pub fn entries(&self) -> &[(String, Figure)] {
        &self.entries
    }

    /// Remarks on the measurement, such as records without a prediction.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// A share or distance by its name; `exact.conll_f1` looks inside the group `exact`.
    pub fn real(&self, name: &str) -> Option<f64> {
        let mut entries = &self.entries;
        let mut name = name;
        loop {
            if let Some((group, rest)) = name.split_once('.')
                && let Some((_, Figure::Group(inner))) = entries.iter().find(|(known, _)| known == group)
            {
                (entries, name) = (inner, rest);
                continue;
            }
            return match entries.iter().find(|(known, _)| known == name)? {
                (_, Figure::Real(value)) => Some(*value),
                _ => None,
            };
        }
    }

    /// Every share and distance by its name, those of groups as `group.name`.
    pub(crate) fn reals(&self) -> Vec<(String, f64)> {
        let mut reals = Vec::new();
        for (name, figure) in &self.entries {
            match figure {
                Figure::Real(value) => reals.push((name.clone(), *value)),
                Figure::Group(inner) => reals.extend(inner.iter().filter_map(|(own, figure)| match figure {
                    Figure::Real(value) => Some((format!("{name}.{own}"), *value)),
                    _ => None,
                })),
                Figure::Count(_) | Figure::Undefined => {}
            }
        }
        reals
    }

    /// The ends of the interval of a figure, where they were asked for.
    pub fn interval(&self, name: &str) -> Option<(f64, f64)> {
        let (_, group) = self.entries.iter().find(|(known, _)| known == "interval")?;
        let Figure::Group(ends) = group else { return None };
        let end = |which: &str| {
            ends.iter().find_map(|(known, figure)| match figure {
                Figure::Real(value) if *known == format!("{name}_{which}") => Some(*value),
                _ => None,
            })
        };
        Some((end("low")?, end("high")?))
    }

    /// One JSON object on one line: the task and every figure, shares and distances to four decimals.
    pub fn to_json(&self) -> String {
        let mut object = Map::new();
        object.insert("task".to_owned(), Value::from(self.task.as_str()));
        object.extend(self.entries.iter().map(|(name, figure)| (name.clone(), figure.to_value())));
        Value::Object(object).to_string()
    }
}

impl Figure {
    fn to_value(&self) -> Value {
        match self {
            Figure::Real(value) => Number::from_f64(rounded(*value)).map_or(Value::Null, Value::Number),
            Figure::Count(count) => Value::from(*count),
            Figure::Undefined => Value::Null,
            Figure::Group(entries) => Value::Object(
                entries.iter().map(|(name, figure)| (name.clone(), figure.to_value())).collect(),
            ),
        }
    }
}

/// To four decimals, by way of the decimal digits, so that no second rounding creeps in.
fn rounded(value: f64) -> f64 {
    format!("{value:.4}").parse().unwrap_or(value)
}

/// The table, and the JSON line as its last.
impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.task)?;
        for note in &self.notes {
            writeln!(f, "note: {note}")?;
        }
        write_entries(f, &self.entries, 0)?;
        writeln!(f, "{}", self.to_json())
    }
}

/// Groups do not nest deeper than the scorers make them: once.
fn write_entries(f: &mut fmt::Formatter<'_>, entries: &[(String, Figure)], indent: usize) -> fmt::Result {
    let width = 28usize.saturating_sub(indent);
    for (name, figure) in entries {
        write!(f, "{:indent$}", "")?;
        match figure {
            Figure::Real(value) => writeln!(f, "{name:<width$}{value:>12.4}")?,
            Figure::Count(count) => writeln!(f, "{name:<width$}{count:>7}")?,
            Figure::Undefined => writeln!(f, "{name:<width$}{:>7}", "–")?,
            Figure::Group(inner) => {
                writeln!(f, "{name}")?;
                write_entries(f, inner, indent + 2)?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> Figures {
        let mut figures = Figures::new(Task::Event);
        figures
            .add("accuracy", Figure::Real(2.0 / 3.0))
            .add("mean_error_km", Figure::Real(1.0))
            .add("xpos", Figure::Undefined)
            .add("records", Figure::Count(3))
            .add("per_class_f1", Figure::Group(vec![("AID".to_owned(), Figure::Real(0.0))]));
        figures
    }

    #[test]
    fn json_keeps_order_and_four_decimals() {
        insta::assert_snapshot!(example().to_json(), @r#"{"task":"event","accuracy":0.6667,"mean_error_km":1.0,"xpos":null,"records":3,"per_class_f1":{"AID":0.0}}"#);
    }

    #[test]
    fn table_lines_up() {
        insta::assert_snapshot!(example(), @r#"
event
accuracy                          0.6667
mean_error_km                     1.0000
xpos                              –
records                           3
per_class_f1
  AID                             0.0000
{"task":"event","accuracy":0.6667,"mean_error_km":1.0,"xpos":null,"records":3,"per_class_f1":{"AID":0.0}}
"#);
    }

    #[test]
    fn reals_are_found_by_name() {
        for (name, expected) in [
            ("mean_error_km", Some(1.0)),
            ("per_class_f1.AID", Some(0.0)),
            ("per_class_f1.ACCUSE", None),
            ("records", None),
        ] {
            assert_eq!(example().real(name), expected, "{name}");
        }
    }
}
