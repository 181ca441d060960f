//! `dateline export`: events in a format that others read, or what the columns of a format mean.

use crate::args::ExportArgs;
use crate::batch::{coded_reports, use_threads};
use crate::commands::WrongUsage;
use crate::messages::Messages;
use crate::output::Output;
use anyhow::{Result, bail};
use dateline_export::{
    EventWriter, ExportEvent, ExportReport, ExportStatement, Format, LinkedExport, RecordedExport,
    ReportWriter, StatementWriter, Table, dictionary,
};
use dateline_link::link;
use dateline_record::{Filters, Record};
use std::path::Path;

/// Codes the reports, links them and writes one table of what was found.
pub fn export(args: &ExportArgs, messages: &mut Messages) -> Result<()> {
    if args.dictionary {
        let mut output = Output::open(args.output.output.as_deref())?;
        output.text(&dictionary(args.format))?;
        return output.finish();
    }
    let is_flat = matches!(args.format, Format::Csv | Format::Parquet);
    if args.table != Table::Events && !is_flat {
        let (table, format) = (args.table, args.format);
        return Err(
            WrongUsage(format!("`--table {table}` goes with csv and parquet, not with {format}")).into()
        );
    }
    if let Some(record) = &args.record {
        return export_record(args, record, messages);
    }
    use_threads(args.threads)?;
    let coded = coded_reports(&args.input()?, &args.lexicon, messages)?;
    if coded.is_empty() {
        bail!("none of the reports could be read, so there is nothing to export");
    }
    let linked = link(&coded);
    let mut output = Output::open(args.output.output.as_deref())?;
    refuse_terminal(args, &output)?;
    write(args, Held::Linked(LinkedExport::new(&coded, &linked)), &mut output, messages)?;
    output.finish()
}

fn refuse_terminal(args: &ExportArgs, output: &Output) -> Result<()> {
    if args.format == Format::Parquet { output.refuse_terminal("Parquet") } else { Ok(()) }
}

/// Writes a table of one state of a record.
fn export_record(args: &ExportArgs, path: &Path, messages: &mut Messages) -> Result<()> {
    let filters = args.filters()?;
    let Filters { recipient, dyad, event, quad, status, .. } = &filters;
    let of_events_only =
        recipient.is_some() || dyad.is_some() || !event.is_empty() || quad.is_some() || status.is_some();
    if args.table == Table::Statements && of_events_only {
        return Err(WrongUsage(
            "statements are chosen by --actor, --country, --from, --to, --text and --min-independent"
                .to_owned(),
        )
        .into());
    }
    let mut record = Record::read(path)?;
    let mut output = Output::open(args.output.output.as_deref())?;
    refuse_terminal(args, &output)?;
    record.at_one_time(|record| {
        write(args, Held::Record(RecordedExport::new(record), &filters), &mut output, messages)
    })?;
    output.finish()
}

/// What holds the rows.
enum Held<'h> {
    Linked(LinkedExport<'h>),
    Record(RecordedExport<'h>, &'h Filters),
}

/// Writes the table, and says what the format could not hold.
fn write(args: &ExportArgs, held: Held<'_>, output: &mut Output, messages: &mut Messages) -> Result<()> {
    match args.table {
        Table::Events | Table::Evidence => {
            let mut writer = EventWriter::new(args.format, args.table, output.writer())?;
            let mut take = |event: &ExportEvent| -> Result<()> { Ok(writer.write(event)?) };
            match held {
                Held::Linked(linked) => linked.events().try_for_each(|event| take(&event))?,
                Held::Record(mut record, filters) => record.events(filters, take)?,
            }
            let left = writer.finish()?;
            left.to_string().lines().for_each(|loss| messages.warn(loss));
        }
        Table::Reports => {
            let mut writer = ReportWriter::new(args.format, output.writer())?;
            let mut take = |report: &ExportReport| -> Result<()> { Ok(writer.write(report)?) };
            match held {
                Held::Linked(linked) => linked.reports().try_for_each(|report| take(&report))?,
                Held::Record(mut record, filters) => record.reports(filters, take)?,
            }
            writer.finish()?;
        }
        Table::Statements => {
            let mut writer = StatementWriter::new(args.format, output.writer())?;
            let mut take = |statement: &ExportStatement| -> Result<()> { Ok(writer.write(statement)?) };
            match held {
                Held::Linked(linked) => linked.statements().try_for_each(|statement| take(&statement))?,
                Held::Record(mut record, filters) => record.statements(filters, take)?,
            }
            writer.finish()?;
        }
    }
    Ok(())
}
