//! What people corrected: `c7, Ada, recode e12: event ASSAULT -> COERCE`.

use super::{Kind, Row, cut, joined, or_empty, plain};
use dateline_record::{CorrectionKind, CorrectionRow};
use serde_json::{Value, json};

impl Row for CorrectionRow {
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "kind",
        "event",
        "other",
        "who",
        "made",
        "why",
        "before",
        "after",
        "tellings",
        "undoes",
        "undone_by",
    ];
    const HEADINGS: &'static [&'static str] = &["id", "when", "who", "what", "why"];
    const TYPED: &'static [(&'static str, Kind)] = &[("tellings", Kind::Integer)];

    fn cells(&self) -> Vec<String> {
        vec![
            format!("c{}", self.id),
            self.kind.to_string(),
            format!("e{}", self.event),
            or_empty(self.other.map(|other| format!("e{other}"))),
            self.who.clone(),
            or_empty(self.made.as_ref()),
            or_empty(self.why.as_ref()),
            self.before.to_string(),
            self.after.to_string(),
            self.n_tellings.to_string(),
            or_empty(self.undoes.map(|undone| format!("c{undone}"))),
            or_empty(self.undone_by.map(|by| format!("c{by}"))),
        ]
    }

    fn shown(&self) -> Vec<String> {
        vec![
            format!("c{}", self.id),
            self.made.as_deref().map_or_else(|| "not known".to_owned(), plain),
            cut(&self.who, 30),
            what(self),
            self.why.as_deref().map_or_else(String::new, |why| cut(why, 60)),
        ]
    }

    fn json(&self) -> Value {
        json!({
            "id": format!("c{}", self.id),
            "kind": self.kind.as_str(),
            "event": format!("e{}", self.event),
            "other": self.other.map(|other| format!("e{other}")),
            "before": self.before,
            "after": self.after,
            "who": self.who,
            "made": self.made,
            "why": self.why,
            "tellings": self.n_tellings,
            "undoes": self.undoes.map(|undone| format!("c{undone}")),
            "undone_by": self.undone_by.map(|by| format!("c{by}")),
        })
    }
}

/// `recode e12: event ASSAULT -> COERCE, place p3 -> nothing (undone)`.
pub fn what(row: &CorrectionRow) -> String {
    let what = match (row.kind, row.other) {
        (CorrectionKind::Merge, Some(other)) => format!("merge e{other} into e{}", row.event),
        (CorrectionKind::Split, Some(other)) => format!("split e{other} off e{}", row.event),
        (CorrectionKind::Undo, _) => {
            format!("undo c{}, about e{}", row.undoes.unwrap_or_default(), row.event)
        }
        (CorrectionKind::Recode, _) => format!("recode e{}: {}", row.event, fields(&row.before, &row.after)),
        (kind, _) => format!("{kind} e{}", row.event),
    };
    if row.undone_by.is_some() { what + " (undone)" } else { what }
}

fn fields(before: &Value, after: &Value) -> String {
    let mut fields: Vec<_> = after.as_object().into_iter().flatten().collect();
    // An object keeps its order or not, as whoever builds this wants it.
    fields.sort_unstable_by_key(|(name, _)| *name);
    let fields =
        fields.into_iter().map(|(name, now)| format!("{name} {} -> {}", value(&before[name]), value(now)));
    fields.collect::<Vec<_>>().join(", ")
}

fn value(value: &Value) -> String {
    let word = |value: &Value| value.as_str().map_or_else(|| value.to_string(), plain);
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Array(all) if all.is_empty() => "nothing".to_owned(),
        Value::Array(all) => joined(all.iter().map(word)),
        Value::Object(days) if days.get("from") == days.get("to") => word(&days["from"]),
        Value::Object(days) => format!("{} to {}", word(&days["from"]), word(&days["to"])),
        other => word(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_told_in_a_line() {
        let none = CorrectionRow {
            id: 7,
            kind: CorrectionKind::Accept,
            event: 12,
            other: None,
            before: Value::Null,
            after: Value::Null,
            who: "Ada".to_owned(),
            made: None,
            why: None,
            undoes: None,
            undone_by: None,
            n_tellings: 2,
        };
        for (row, expected) in [
            (none.clone(), "accept e12"),
            (CorrectionRow { undone_by: Some(9), ..none.clone() }, "accept e12 (undone)"),
            (
                CorrectionRow { kind: CorrectionKind::Merge, other: Some(30), ..none.clone() },
                "merge e30 into e12",
            ),
            (
                CorrectionRow { kind: CorrectionKind::Split, other: Some(31), ..none.clone() },
                "split e31 off e12",
            ),
            (
                CorrectionRow { kind: CorrectionKind::Undo, undoes: Some(3), ..none.clone() },
                "undo c3, about e12",
            ),
            (
                CorrectionRow {
                    kind: CorrectionKind::Recode,
                    before: json!({"mode": ["drone", "aerial"], "date": null, "place": "p3"}),
                    after: json!({"mode": [], "date": {"from": "2024-03-07", "to": "2024-03-07"}, "place": "p4"}),
                    ..none
                },
                "recode e12: date nothing -> 2024-03-07, mode drone|aerial -> nothing, place p3 -> p4",
            ),
        ] {
            assert_eq!(what(&row), expected);
        }
    }
}
