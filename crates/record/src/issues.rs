//! Who published a report, where and when, and what its notes take back.
//!
//! The words of a note stand in the text, so the record holds them once; they are found there when a report is first asked
//! about, and most texts are passed over at a glance.

use crate::Record;
use crate::error::Sql;
use dateline_clean::find_corrections;
use dateline_ingest::Published;
use dateline_link::{Issue, notes_of};

impl Record {
    /// The issue of a report.
    pub(crate) fn issue_of(&mut self, report: i64) -> Sql<Issue> {
        if let Some(issue) = self.issues.get(&report) {
            return Ok(issue.clone());
        }
        let mut query = self.connection.prepare_cached(
            "SELECT outlet.name, identity, version, published FROM report \
             LEFT JOIN outlet ON outlet.id = report.outlet WHERE report.id = ?1",
        )?;
        let mut issue = query.query_row([report], |row| {
            let published: Option<String> = row.get(3)?;
            Ok(Issue {
                outlet: row.get(0)?,
                address: Some(row.get::<_, i64>(1)?.to_string()),
                version: row.get(2)?,
                published: published.and_then(|published| published.parse::<Published>().ok()),
                notes: Vec::new(),
            })
        })?;
        drop(query);
        let text = self.texts.text_of(&self.connection, report)?;
        issue.notes = notes_of(&text, &find_corrections(&text));
        self.issues.insert(report, issue.clone());
        Ok(issue)
    }
}
