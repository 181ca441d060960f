//! GDELT 2.0: events, and mentions of events in reports. Both go by way of CAMEO.

pub(crate) mod events;
pub(crate) mod mentions;

use crate::text::TsvStyle;
use dateline_ingest::Published;

const STYLE: TsvStyle = TsvStyle { separator: ";", day: "%Y%m%d" };

/// `YYYYMMDDhhmmss` of a time of publication, in UTC where the zone is known; midnight where only the day is known,
/// for the format has no way to say less.
fn moment(published: Published) -> i64 {
    let mut moment = published.date.at(0, 0, 0, 0);
    if let Some(time) = published.time {
        moment = published.date.to_datetime(time);
        if let Some(offset) = published.offset {
            moment = offset
                .to_timestamp(moment)
                .map_or(moment, |timestamp| jiff::tz::Offset::UTC.to_datetime(timestamp));
        }
    }
    moment.strftime("%Y%m%d%H%M%S").to_string().parse().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_in_utc() {
        for (published, expected) in [
            ("2022-04-18", 20220418000000),
            ("2022-04-18T09:19", 20220418091900),
            ("2022-04-18T22:19-04:00", 20220419021900),
        ] {
            assert_eq!(moment(published.parse().expect("a time")), expected, "{published}");
        }
    }
}
