//! CSV (RFC 4180) with a header, for spreadsheets and statistics.
//!
//! In:  rows of one of the tables in [`crate::table`].
//! Out: UTF-8 without a byte order mark, lines ending in a line feed.
//!
//! ```text
//! id,event,mode,…,actor,actor_country,…
//! 17,ASSAULT,drone|explosives,…,North Korea's army|Unit 7,PRK|PRK,…
//! ```

use crate::column::{Note, Value};
use crate::format::About;
use crate::text::csv_row;
use std::io::{self, Write};

pub(crate) const ABOUT: About = About {
    title: "CSV",
    shape: "RFC 4180, UTF-8, with a header, lines ending in a line feed; one of four tables a file (`--table`). Parts \
            of a list are joined by `|`, a `|` inside a part is written `¦`; of lists that belong together (`actor`, \
            `actor_country`) the parts stand in the same order, an unknown one empty between two `|`. Text is quoted \
            where it must be, and where it begins with `=`, `+`, `-` or `@`: it is data as it stands, but a \
            spreadsheet may take it for a formula all the same, so import such columns as text. Control characters \
            and marks that turn text around are made visible.",
    extension: "csv",
    losses: &[
        "Which roles belong to which actor; see `plover`.",
        "The exact text where it holds control characters; see `parquet` or `plover`.",
    ],
};

/// Writes rows of CSV.
#[derive(Debug)]
pub(crate) struct CsvWriter<W> {
    out: W,
    line: String,
}

impl<W: Write> CsvWriter<W> {
    /// Begins a file with its header.
    pub fn new(columns: &[&Note], out: W) -> io::Result<CsvWriter<W>> {
        let mut writer = CsvWriter { out, line: String::new() };
        writer.row(columns.iter().map(|note| Value::text(note.name)))?;
        Ok(writer)
    }

    /// Writes a row.
    pub fn row<'a>(&mut self, values: impl IntoIterator<Item = Value<'a>>) -> io::Result<()> {
        self.line.clear();
        csv_row(values, &mut self.line);
        self.out.write_all(self.line.as_bytes())
    }

    /// Ends the file.
    pub fn finish(mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use crate::event::ExportEvent;
    use crate::format::{Format, Table};
    use crate::sample::{attack, report, several, statement};
    use crate::writer::{EventWriter, ReportWriter, StatementWriter};

    fn written(table: Table, events: Vec<ExportEvent>) -> String {
        let mut bytes = Vec::new();
        match table {
            Table::Events | Table::Evidence => {
                let mut writer = EventWriter::new(Format::Csv, table, &mut bytes).expect("begun");
                events.iter().for_each(|event| writer.write(event).expect("written"));
                writer.finish().expect("ended");
            }
            Table::Reports => {
                let mut writer = ReportWriter::new(Format::Csv, &mut bytes).expect("begun");
                writer.write(&report()).expect("written");
                writer.finish().expect("ended");
            }
            Table::Statements => {
                let mut writer = StatementWriter::new(Format::Csv, &mut bytes).expect("begun");
                writer.write(&statement()).expect("written");
                writer.finish().expect("ended");
            }
        }
        String::from_utf8(bytes).expect("text")
    }

    #[test]
    fn tables_read_back_with_their_columns() {
        for &table in Table::ALL {
            let text = written(table, several());
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            let names: Vec<&str> = table.notes().iter().map(|note| note.name).collect();
            assert_eq!(reader.headers().expect("a header").iter().collect::<Vec<_>>(), names, "{table}");
            let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
            assert!(!rows.is_empty(), "{table}");
        }
    }

    #[test]
    fn an_attack_in_each_table() {
        let text = |table| written(table, vec![attack()]);
        insta::assert_snapshot!(text(Table::Events), @r#"
        id,event,mode,context,quad,quad_code,scale,status,actor_id,actor,actor_kind,actor_country,actor_sector,recipient_id,recipient,recipient_kind,recipient_country,recipient_sector,date_from,date_to,place,place_kind,lat,lon,place_country,geonameid,dead,injured,arrested,n_reports,n_independent,first_told,last_told,confidence,reports,outlets,urls,trigger,attributed_to,text
        17,ASSAULT,drone|explosives,military|human_security,material conflict,4,-9.5,reported,4|5,North Korea's army|Unit 7,organization|group,PRK|PRK,MIL|,6,"crew of the ""Sea Wolf""",group,KOR,CVL,2022-04-17,2022-04-17,Marenko,settlement,37.5667,126.9783,KOR,1835848,2,,,2,1,2022-04-18,2022-04-19,0.83,harbour-1|valley 2,Harbour Post|Valley Wire,https://harbour.example/1|,hit|struck,the mayor|,Two drones hit the depot at Marenko.
        "#);
        insta::assert_snapshot!(text(Table::Evidence), @r#"
        event_id,event,report,outlet,url,title,published,start,end,text,prefix,suffix,trigger,attributed_to
        17,ASSAULT,harbour-1,Harbour Post,https://harbour.example/1,Drones hit depot,2022-04-18T09:19-04:00,20,62,Two drones hit the depot at Marenko.,"MARENKO, April 18 — "," The mayor said so.",hit,the mayor
        17,ASSAULT,valley 2,Valley Wire,,,2022-04-19,0,25,"The depot was struck,
        they said.",,,struck,
        "#);
        insta::assert_snapshot!(text(Table::Reports), @r"
        id,outlet,url,title,byline,published,language,source_group,agency,n_chars,n_events,uncoded
        harbour-1,Harbour Post,https://harbour.example/1,Drones hit depot,,2022-04-18T09:19-04:00,en,harbour-1,,912,2,
        ");
        insta::assert_snapshot!(text(Table::Statements), @r"
        id,speaker_id,speaker,speaker_country,speaker_sector,kind,n_reports,n_independent,first_told,last_told,text,reports,outlets,urls,start,end
        3,1,KOR,KOR,GOV,indirect,1,1,2022-04-18,2022-04-18,Two drones hit the depot at Marenko.,harbour-1,Harbour Post,https://harbour.example/1,20,62
        ");
    }
}
