//! The commands that ask a record: `events`, `statements`, `actors`, `places`, `discrepancies`, `reports`, `timeline`,
//! `tension`, `diff`.
//!
//! Each answer is of one state of the record, whoever adds to it meanwhile.

use crate::args::{ActorsArgs, DiffArgs, EventsArgs, PageArgs, RowFormat, StatementsArgs};
use crate::commands::WrongUsage;
use crate::messages::Messages;
use crate::rows::RowWriter;
use anyhow::Result;
use dateline_record::{EventDetail, Filters, Record, RecordError};
use dateline_rows::{ChangeRow, Row, TimelineRow};

/// `dateline events`.
pub fn events(args: &EventsArgs, messages: &mut Messages) -> Result<()> {
    let mut record = Record::read(&args.page.record.record)?;
    let filters = args.filters();
    if args.page.format != RowFormat::Jsonl {
        return write(&args.page, &filters, messages, record.events(&filters)?);
    }
    // With their evidence they are not held all at once.
    let mut writer = RowWriter::<EventDetail>::open(&args.page)?;
    record.at_one_time(|record| -> Result<()> {
        for id in record.event_ids(&filters)? {
            if let Some(event) = record.event(id)? {
                writer.row(&event)?;
            }
        }
        Ok(())
    })?;
    writer.finish()?;
    Ok(())
}

/// `dateline statements`.
pub fn statements(args: &StatementsArgs, messages: &mut Messages) -> Result<()> {
    let mut record = Record::read(&args.page.record.record)?;
    let filters = args.filters();
    if args.page.format != RowFormat::Jsonl {
        return write(&args.page, &filters, messages, record.statements(&filters)?);
    }
    let details = record.at_one_time(|record| {
        let rows = record.statements(&filters)?;
        let details = rows.iter().map(|row| record.statement(row.id));
        details.filter_map(Result::transpose).collect::<Result<Vec<_>, RecordError>>()
    })?;
    write(&args.page, &filters, messages, details)
}

/// `dateline actors`.
pub fn actors(args: &ActorsArgs, messages: &mut Messages) -> Result<()> {
    let filters = args.filters();
    let rows = Record::read(&args.page.record.record)?.actors(&filters)?;
    write(&args.page, &filters, messages, rows)
}

/// `dateline places`.
pub fn places(args: &EventsArgs, messages: &mut Messages) -> Result<()> {
    let filters = args.filters();
    let rows = Record::read(&args.page.record.record)?.places(&filters)?;
    write(&args.page, &filters, messages, rows)
}

/// `dateline discrepancies`.
pub fn discrepancies(args: &EventsArgs, messages: &mut Messages) -> Result<()> {
    let filters = args.filters();
    let rows = Record::read(&args.page.record.record)?.discrepancies(&filters)?;
    write(&args.page, &filters, messages, rows)
}

/// `dateline reports`.
pub fn reports(args: &EventsArgs, messages: &mut Messages) -> Result<()> {
    let filters = args.filters();
    let rows = Record::read(&args.page.record.record)?.reports(&filters)?;
    write(&args.page, &filters, messages, rows)
}

/// `dateline timeline`.
pub fn timeline(args: &EventsArgs, messages: &mut Messages) -> Result<()> {
    let filters = args.filters();
    let days = Record::read(&args.page.record.record)?.timeline(&filters)?;
    let rows = days.into_iter().flat_map(|day| {
        let events = day.events.into_iter().enumerate();
        events.map(|(number, event)| TimelineRow { begins_day: number == 0, event })
    });
    write(&args.page, &filters, messages, rows)
}

/// `dateline tension`.
pub fn tension(args: &EventsArgs, messages: &mut Messages) -> Result<()> {
    let filters = args.filters();
    let rows = Record::read(&args.page.record.record)?.tension(&filters)?;
    write(&args.page, &filters, messages, rows)
}

/// `dateline diff`.
pub fn diff(args: &DiffArgs, messages: &mut Messages) -> Result<()> {
    if args.after <= args.before {
        anyhow::bail!(WrongUsage(format!("{} is not later than {}", args.after, args.before)));
    }
    let filters = args.page.of(Filters::default());
    let diff = Record::read(&args.page.record.record)?.diff(args.before, args.after)?;
    let events = diff.events.into_iter().map(ChangeRow::Event);
    let statements = diff.statements.into_iter().map(ChangeRow::Statement);
    let discrepancies = diff.discrepancies.into_iter().map(ChangeRow::Discrepancy);
    let rows = events.chain(statements).chain(discrepancies);
    let rows = rows.skip(filters.offset).take(filters.limit.unwrap_or(usize::MAX));
    write(&args.page, &filters, messages, rows)
}

/// Writes the rows, and says where there may be more.
pub(super) fn write<T: Row>(
    page: &PageArgs,
    filters: &Filters,
    messages: &mut Messages,
    rows: impl IntoIterator<Item = T>,
) -> Result<()> {
    let mut writer = RowWriter::open(page)?;
    for row in rows {
        writer.row(&row)?;
    }
    let n_rows = writer.finish()?;
    if page.format == RowFormat::Table {
        if n_rows == 0 {
            messages.tell("nothing in the record fits");
        } else if Some(n_rows) == filters.limit {
            messages
                .tell(format!("there may be more: `--offset {}`, or `--limit N`", filters.offset + n_rows));
        }
    }
    Ok(())
}
