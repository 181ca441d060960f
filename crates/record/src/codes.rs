//! Labels, days and countries as the small numbers that the record keeps.

use crate::error::{Failure, Sql};
use dateline_plover::{Context, EventType, Mode};
use jiff::civil::Date;

/// A label by its number.
pub(crate) fn label<T: Copy>(all: &[T], number: i64) -> Sql<T> {
    let label = usize::try_from(number).ok().and_then(|number| all.get(number));
    label.copied().ok_or_else(|| Failure::damaged(format!("{number} is the number of no label")))
}

/// The days from 1970-01-01 to this one.
pub(crate) fn day_number(date: Date) -> i32 {
    let epoch = jiff::civil::date(1970, 1, 1);
    epoch.until(date).map_or(0, |span| span.get_days())
}

/// The day with this number.
pub(crate) fn day(number: i64) -> Option<Date> {
    let span = jiff::Span::new().try_days(number).ok()?;
    jiff::civil::date(1970, 1, 1).checked_add(span).ok()
}

/// The modes of an event type as bits, in the codebook's order.
pub(crate) fn mode_bits(event: EventType, modes: &[Mode]) -> i64 {
    let bits = event.modes().iter().enumerate();
    bits.filter(|(_, (mode, _))| modes.contains(mode)).map(|(number, _)| 1 << number).sum()
}

/// The modes that these bits stand for.
pub(crate) fn modes(event: EventType, bits: i64) -> Vec<Mode> {
    let all = event.modes().iter().enumerate();
    all.filter(|(number, _)| bits >> number & 1 == 1).map(|(_, &(mode, _))| mode).collect()
}

/// Contexts as bits.
pub(crate) fn context_bits(contexts: &[Context]) -> i64 {
    contexts.iter().map(|&context| 1i64 << context as u8).fold(0, |bits, bit| bits | bit)
}

/// The contexts that these bits stand for.
pub(crate) fn contexts(bits: i64) -> Vec<Context> {
    Context::ALL.iter().copied().filter(|&context| bits >> context as u8 & 1 == 1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_back() {
        for date in [jiff::civil::date(2022, 4, 18), jiff::civil::date(1914, 7, 28)] {
            assert_eq!(day(i64::from(day_number(date))), Some(date));
        }
        for &event in EventType::ALL {
            let all: Vec<Mode> = event.modes().iter().map(|&(mode, _)| mode).collect();
            assert_eq!(modes(event, mode_bits(event, &all)), all);
        }
        assert_eq!(contexts(context_bits(Context::ALL)), Context::ALL);
    }
}
