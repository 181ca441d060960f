//! Expressions of time against a day of publication: 2022-04-18, a Monday, unless a row says otherwise.

use dateline_parse::read_conllu;
use dateline_resolve::find_times;
use dateline_text::Document;
use jiff::civil::{Date, date};
use proptest::prelude::*;

/// Sentence | expression | type | value | days (`-` for none, one day, or from..to).
/// A word may carry a tag (`met/VBD`, `will/MD`, `visit/VB`); the first verb is the root.
const ROWS: &str = "
They met/VBD on Monday . | Monday | DATE | 2022-04-18 | 2022-04-18
They met/VBD on Saturday . | Saturday | DATE | 2022-04-16 | 2022-04-16
They met/VBD on Sunday evening . | Sunday evening | TIME | 2022-04-17TEV | 2022-04-17
They met/VBD Tuesday . | Tuesday | DATE | 2022-04-12 | 2022-04-12
They will/MD meet/VB on Tuesday . | Tuesday | DATE | 2022-04-19 | 2022-04-19
They will/MD meet/VB on Monday . | Monday | DATE | 2022-04-18 | 2022-04-18
They will/MD meet/VB next Monday . | next Monday | DATE | 2022-04-25 | 2022-04-25
They met/VBD last Monday . | last Monday | DATE | 2022-04-11 | 2022-04-11
They met/VBD last Friday . | last Friday | DATE | 2022-04-15 | 2022-04-15
They will/MD meet/VB this Friday . | this Friday | DATE | 2022-04-22 | 2022-04-22
They met/VBD this past Thursday . | this past Thursday | DATE | 2022-04-14 | 2022-04-14
They met/VBD early on Saturday . | early on Saturday | DATE | 2022-04-16 | 2022-04-16
They met/VBD late Sunday . | late Sunday | DATE | 2022-04-17 | 2022-04-17
They met/VBD on Saturday morning . | Saturday morning | TIME | 2022-04-16TMO | 2022-04-16
They met/VBD Friday night . | Friday night | TIME | 2022-04-15TNI | 2022-04-15
They met/VBD on Friday afternoon . | Friday afternoon | TIME | 2022-04-15TAF | 2022-04-15
They will/MD meet/VB Monday next week . | Monday next week | DATE | 2022-04-25 | 2022-04-25
They will/MD finish/VB by Friday . | Friday | DATE | 2022-04-22 | 2022-04-22
It is open/VB until Friday . | Friday | DATE | 2022-04-22 | 2022-04-22
They met/VBD on Monday , April 11 . | Monday , April 11 | DATE | 2022-04-11 | 2022-04-11
They met/VBD on Monday , 11 April 2022 . | Monday , 11 April 2022 | DATE | 2022-04-11 | 2022-04-11
They met/VBD yesterday . | yesterday | DATE | 2022-04-17 | 2022-04-17
They met/VBD yesterday evening . | yesterday evening | TIME | 2022-04-17TEV | 2022-04-17
They meet/VB today . | today | DATE | 2022-04-18 | 2022-04-18
They will/MD meet/VB tomorrow . | tomorrow | DATE | 2022-04-19 | 2022-04-19
They will/MD meet/VB tomorrow morning . | tomorrow morning | TIME | 2022-04-19TMO | 2022-04-19
They met/VBD this morning . | this morning | TIME | 2022-04-18TMO | 2022-04-18
They will/MD meet/VB tonight . | tonight | TIME | 2022-04-18TNI | 2022-04-18
They met/VBD last night . | last night | TIME | 2022-04-17TNI | 2022-04-17
They fired/VBD overnight . | overnight | TIME | 2022-04-18TNI | 2022-04-17..2022-04-18
They fired/VBD overnight on Friday . | overnight on Friday | TIME | 2022-04-15TNI | 2022-04-15
They met/VBD the day before yesterday . | the day before yesterday | DATE | 2022-04-16 | 2022-04-16
They will/MD meet/VB the day after tomorrow . | the day after tomorrow | DATE | 2022-04-20 | 2022-04-20
They met/VBD the following day . | the following day | DATE | XXXX-XX-XX | -
They met/VBD the previous day . | the previous day | DATE | XXXX-XX-XX | -
They met/VBD that day . | that day | DATE | XXXX-XX-XX | -
They met/VBD the next day . | the next day | DATE | XXXX-XX-XX | -
They met/VBD last week . | last week | DATE | 2022-W15 | 2022-04-11..2022-04-17
They met/VBD this week . | this week | DATE | 2022-W16 | 2022-04-18..2022-04-18
They will/MD meet/VB this week . | this week | DATE | 2022-W16 | 2022-04-18..2022-04-24
They met/VBD on Wednesday of last week . | Wednesday of last week | DATE | 2022-04-13 | 2022-04-13
They will/MD meet/VB next week . | next week | DATE | 2022-W17 | 2022-04-25..2022-05-01
They will/MD meet/VB early next week . | early next week | DATE | 2022-W17 | 2022-04-25..2022-05-01
They met/VBD earlier this week . | earlier this week | DATE | 2022-W16 | 2022-04-18..2022-04-18
They will/MD meet/VB later this week . | later this week | DATE | 2022-W16 | 2022-04-18..2022-04-24
They met/VBD last month . | last month | DATE | 2022-03 | 2022-03-01..2022-03-31
They met/VBD this month . | this month | DATE | 2022-04 | 2022-04-01..2022-04-18
They met/VBD earlier this month . | earlier this month | DATE | 2022-04 | 2022-04-01..2022-04-18
They will/MD meet/VB later this month . | later this month | DATE | 2022-04 | 2022-04-18..2022-04-30
They will/MD meet/VB next month . | next month | DATE | 2022-05 | 2022-05-01..2022-05-31
They met/VBD last year . | last year | DATE | 2021 | 2021-01-01..2021-12-31
They met/VBD this year . | this year | DATE | 2022 | 2022-01-01..2022-04-18
They met/VBD in late March . | late March | DATE | 2022-03 | 2022-03-21..2022-03-31
They met/VBD in early March . | early March | DATE | 2022-03 | 2022-03-01..2022-03-10
They met/VBD in the first week of March . | the first week of March | DATE | 2022-03 | 2022-03-01..2022-03-07
They met/VBD in the last days of March . | the last days of March | DATE | 2022-03 | 2022-03-25..2022-03-31
They met/VBD on New Year 's Day . | New Year 's Day | DATE | 2022-01-01 | 2022-01-01
They met/VBD since the New Year . | New Year | DATE | 2022-01-01 | 2022-01-01
They met/VBD on Christmas Eve . | Christmas Eve | DATE | 2021-12-24 | 2021-12-24
They put/VBD up a Christmas tree . |  | - | - | -
They begin/VBP from Friday . | Friday | DATE | 2022-04-22 | 2022-04-22
They called/VBD a strike for Friday . | Friday | DATE | 2022-04-22 | 2022-04-22
They mourned/VBD the dead for Friday 's attack . | Friday | DATE | 2022-04-15 | 2022-04-15
They met/VBD on Friday and left/VBD the next day . | Friday + the next day | DATE | 2022-04-15 | 2022-04-15
They met/VBD earlier this year . | earlier this year | DATE | 2022 | 2022-01-01..2022-04-18
They will/MD meet/VB next year . | next year | DATE | 2023 | 2023-01-01..2023-12-31
They met/VBD late last year . | late last year | DATE | 2021 | 2021-01-01..2021-12-31
They met/VBD earlier on Monday . | earlier on Monday | DATE | 2022-04-18 | 2022-04-18
They met/VBD over the weekend . | the weekend | DATE | 2022-W15-WE | 2022-04-16..2022-04-17
They met/VBD last weekend . | last weekend | DATE | 2022-W15-WE | 2022-04-16..2022-04-17
They will/MD meet/VB this weekend . | this weekend | DATE | 2022-W16-WE | 2022-04-23..2022-04-24
They will/MD meet/VB next weekend . | next weekend | DATE | 2022-W17-WE | 2022-04-30..2022-05-01
They met/VBD on April 18 . | April 18 | DATE | 2022-04-18 | 2022-04-18
They met/VBD on 18 April . | 18 April | DATE | 2022-04-18 | 2022-04-18
They met/VBD on the 18th of April . | 18th of April | DATE | 2022-04-18 | 2022-04-18
They met/VBD on 18 April 2021 . | 18 April 2021 | DATE | 2021-04-18 | 2021-04-18
They met/VBD on April 18 , 2021 . | April 18 , 2021 | DATE | 2021-04-18 | 2021-04-18
They met/VBD on Apr. 9 . | Apr. 9 | DATE | 2022-04-09 | 2022-04-09
They met/VBD on Dec. 9 . | Dec. 9 | DATE | 2021-12-09 | 2021-12-09
They will/MD meet/VB on Dec. 9 . | Dec. 9 | DATE | 2022-12-09 | 2022-12-09
They will/MD meet/VB on January 9 . | January 9 | DATE | 2023-01-09 | 2023-01-09
They met/VBD on May 3 . | May 3 | DATE | 2021-05-03 | 2021-05-03
They met/VBD on April 10 at 5 p.m. | April 10 at 5 p.m. | TIME | 2022-04-10T17:00 | 2022-04-10
They met/VBD on 2022-03-07 . | 2022-03-07 | DATE | 2022-03-07 | 2022-03-07
They met/VBD from April 11-13 . | April 11-13 | DATE | 2022-04-11/2022-04-13 | 2022-04-11..2022-04-13
They met/VBD from April 11 - 13 . | April 11 - 13 | DATE | 2022-04-11/2022-04-13 | 2022-04-11..2022-04-13
They met/VBD on 11-13 April 2020 . | 11-13 April 2020 | DATE | 2020-04-11/2020-04-13 | 2020-04-11..2020-04-13
They met/VBD on April 11 and 12 . | April 11 and 12 | DATE | 2022-04-11/2022-04-12 | 2022-04-11..2022-04-12
They met/VBD on 29 February 2021 . | 29 February 2021 | DATE | 2021-02-29 | -
They met/VBD in March . | March | DATE | 2022-03 | 2022-03-01..2022-03-31
They have fought/VBD since March . | March | DATE | 2022-03 | 2022-03-01..2022-03-31
They met/VBD in May . | May | DATE | 2021-05 | 2021-05-01..2021-05-31
They will/MD meet/VB in May . | May | DATE | 2022-05 | 2022-05-01..2022-05-31
They met/VBD in November . | November | DATE | 2021-11 | 2021-11-01..2021-11-30
They met/VBD last November . | last November | DATE | 2021-11 | 2021-11-01..2021-11-30
They met/VBD last March . | last March | DATE | 2022-03 | 2022-03-01..2022-03-31
They will/MD meet/VB next February . | next February | DATE | 2023-02 | 2023-02-01..2023-02-28
They met/VBD in March 2019 . | March 2019 | DATE | 2019-03 | 2019-03-01..2019-03-31
They met/VBD early in March . | early in March | DATE | 2022-03 | 2022-03-01..2022-03-10
They met/VBD in mid-March . | mid-March | DATE | 2022-03 | 2022-03-11..2022-03-20
They met/VBD in late 2021 . | late 2021 | DATE | 2021 | 2021-01-01..2021-12-31
They met/VBD in 2019 . | 2019 | DATE | 2019 | 2019-01-01..2019-12-31
They have fought/VBD since 1979 . | 1979 | DATE | 1979 | 1979-01-01..1979-12-31
It fell/VBD in 1453 . | 1453 | DATE | 1453 | 1453-01-01..1453-12-31
It grew/VBD in the 1990s . | 1990s | DATE | 199 | 1990-01-01..1999-12-31
It grew/VBD in the 19th century . | 19th century | DATE | 18 | 1800-01-01..1899-12-31
It killed/VBD 2000 people . |  | - | - | -
It cost/VBD $ 2015 . |  | - | - | -
It may/MD rain/VB . |  | - | - | -
They march/VB home . |  | - | - | -
It spent/VBD the sun . |  | - | - | -
It grew/VBD in the first quarter of 2021 . | first quarter of 2021 | DATE | 2021-Q1 | 2021-01-01..2021-03-31
It grew/VBD in the first quarter . | first quarter | DATE | 2022-Q1 | 2022-01-01..2022-03-31
It grew/VBD last quarter . | last quarter | DATE | 2022-Q1 | 2022-01-01..2022-03-31
They met/VBD last summer . | last summer | DATE | 2021-SU | 2021-06-01..2021-08-31
They will/MD meet/VB this summer . | this summer | DATE | 2022-SU | 2022-06-01..2022-08-31
They met/VBD in summer 2020 . | summer 2020 | DATE | 2020-SU | 2020-06-01..2020-08-31
They fought/VBD last winter . | last winter | DATE | 2021-WI | 2021-12-01..2022-02-28
They met/VBD two weeks ago . | two weeks ago | DATE | 2022-W14 | 2022-04-04..2022-04-10
They met/VBD three days ago . | three days ago | DATE | 2022-04-15 | 2022-04-15
They met/VBD a month ago . | a month ago | DATE | 2022-03 | 2022-03-01..2022-03-31
They met/VBD 10 years ago . | 10 years ago | DATE | 2012 | 2012-01-01..2012-12-31
They met/VBD twenty-five years ago . | twenty-five years ago | DATE | 1997 | 1997-01-01..1997-12-31
They met/VBD three decades ago . | three decades ago | DATE | 199 | 1990-01-01..1999-12-31
They met/VBD years ago . | years ago | DATE | PAST_REF | -
They met/VBD several weeks ago . | several weeks ago | DATE | PAST_REF | -
They met/VBD two hours ago . | two hours ago | TIME | 2022-04-18TXX | 2022-04-18..2022-04-18
They met/VBD two days later . | two days later | DATE | XXXX-XX-XX | -
They met/VBD hours later . | hours later | DATE | XXXX-XX-XX | -
They met/VBD a year earlier . | a year earlier | DATE | XXXX-XX-XX | -
They met/VBD two days after the test . | two days | DURATION | P2D | -
He began/VBD a five-day visit . | five-day | DURATION | P5D | -
He began/VBD a five - day visit . | five - day | DURATION | P5D | -
He began/VBD a week-long visit . | week-long | DURATION | P1W | -
They talked/VBD for six months . | six months | DURATION | P6M | -
They talked/VBD for 24 hours . | 24 hours | DURATION | PT24H | -
They talked/VBD for 30 minutes . | 30 minutes | DURATION | PT30M | -
They talked/VBD for a week . | a week | DURATION | P1W | -
They talked/VBD for decades . | decades | DURATION | PXDE | -
They talked/VBD for years . | years | DURATION | PXY | -
They talked/VBD for several days . | several days | DURATION | PXD | -
They talked/VBD for a few weeks . | a few weeks | DURATION | PXW | -
They talked/VBD for a couple of hours . | a couple of hours | DURATION | PTXH | -
They will/MD meet/VB within two weeks . | two weeks | DURATION | P2W | -
It grew/VBD over the past five years . | the past five years | DURATION | P5Y | 2017-04-18..2022-04-18
It grew/VBD in the last three days . | the last three days | DURATION | P3D | 2022-04-15..2022-04-18
It will/MD grow/VB in the next two months . | the next two months | DURATION | P2M | 2022-04-18..2022-06-18
It grew/VBD in the past year . | the past year | DURATION | P1Y | 2021-04-18..2022-04-18
It grew/VBD in the past decade . | the past decade | DURATION | P1DE | 2012-04-18..2022-04-18
It grew/VBD in the last few weeks . | the last few weeks | DURATION | PXW | -
A 20-year-old man fell/VBD . |  | - | - | -
A man , 20 years old , fell/VBD . |  | - | - | -
They meet/VB every year . | every year | SET | P1Y | -
They meet/VB annually . | annually | SET | P1Y | -
The annual drills began/VBD . | annual | SET | P1Y | -
They meet/VB every two years . | every two years | SET | P2Y | -
They meet/VB daily . | daily | SET | P1D | -
They meet/VB twice a week . | twice a week | SET | P1W | -
They meet/VB every Monday . | every Monday | SET | XXXX-WXX-1 | -
They meet/VB on Mondays . | Mondays | SET | XXXX-WXX-1 | -
They meet/VB each month . | each month | SET | P1M | -
They are now ready/VB . | now | DATE | PRESENT_REF | -
They currently lead/VB . | currently | DATE | PRESENT_REF | -
They lead/VB at present . | at present | DATE | PRESENT_REF | -
They met/VBD recently . | recently | DATE | PAST_REF | -
They met/VBD in recent years . | recent years | DATE | PAST_REF | -
They met/VBD in recent days . | recent days | DATE | PAST_REF | -
They will/MD meet/VB soon . | soon | DATE | FUTURE_REF | -
They will/MD meet/VB in the coming weeks . | the coming weeks | DURATION | PXW | -
They will/MD meet/VB in coming days . | coming days | DATE | FUTURE_REF | -
They will/MD meet/VB in the near future . | near future | DATE | FUTURE_REF | -
It began/VBD at 5 a.m. on Saturday . | 5 a.m. on Saturday | TIME | 2022-04-16T05:00 | 2022-04-16
It began/VBD at 5:30 p.m. on Saturday . | 5:30 p.m. on Saturday | TIME | 2022-04-16T17:30 | 2022-04-16
It began/VBD at 17:30 . | 17:30 | TIME | XXXX-XX-XXT17:30 | -
It began/VBD at 0600 GMT on Friday . | 0600 GMT on Friday | TIME | 2022-04-15T06:00 | 2022-04-15
It began/VBD on Saturday at 6 pm . | Saturday at 6 pm | TIME | 2022-04-16T18:00 | 2022-04-16
It began/VBD at noon on Sunday . | noon on Sunday | TIME | 2022-04-17T12:00 | 2022-04-17
It began/VBD at midnight . | midnight | TIME | XXXX-XX-XXT00:00 | -
It will/MD end/VB by the end of the year . | end of the year | DATE | 2022 | 2022-01-01..2022-12-31
It will/MD end/VB by the end of the month . | end of the month | DATE | 2022-04 | 2022-04-01..2022-04-30
They met/VBD in 1999 and 2001 . | 1999 + 2001 | DATE | 1999 | 1999-01-01..1999-12-31
They met/VBD on Friday and will meet/VB again in June . | Friday + June | DATE | 2022-04-15 | 2022-04-15
It lasted/VBD from 2014 to 2015 . | 2014 + 2015 | DATE | 2014 | 2014-01-01..2014-12-31
";

/// The same without a day of publication: what is relative stays so.
const UNDATED: &str = "
They met/VBD on Monday . | Monday | DATE | XXXX-WXX-1 | -
They met/VBD Saturday evening . | Saturday evening | TIME | XXXX-WXX-6TEV | -
They met/VBD yesterday . | yesterday | DATE | XXXX-XX-XX | -
They met/VBD today . | today | DATE | XXXX-XX-XX | -
They met/VBD last week . | last week | DATE | XXXX-WXX | -
They met/VBD earlier this month . | earlier this month | DATE | XXXX-XX | -
They will/MD meet/VB next year . | next year | DATE | XXXX | -
They met/VBD on April 18 . | April 18 | DATE | XXXX-04-18 | -
They met/VBD in March . | March | DATE | XXXX-03 | -
They met/VBD over the weekend . | the weekend | DATE | XXXX-WXX-WE | -
They met/VBD two weeks ago . | two weeks ago | DATE | XXXX-WXX | -
They met/VBD on April 11-13 . | April 11-13 | DATE | XXXX-04-11/XXXX-04-13 | -
They met/VBD last summer . | last summer | DATE | XXXX-SU | -
They met/VBD on 18 April 2022 . | 18 April 2022 | DATE | 2022-04-18 | 2022-04-18
They met/VBD in 2019 . | 2019 | DATE | 2019 | 2019-01-01..2019-12-31
He began/VBD a five-day visit . | five-day | DURATION | P5D | -
PORT ELVIN , 18 April 2022 ( Agency ) - They met/VBD on Sunday . | 18 April 2022 + Sunday | DATE | 2022-04-18 | 2022-04-18
";

fn document(sentence: &str) -> Document {
    let words: Vec<(&str, &str)> =
        sentence.split_whitespace().map(|word| word.rsplit_once('/').unwrap_or((word, ""))).collect();
    let root = words.iter().position(|(_, tag)| tag.starts_with("VB")).unwrap_or(0);
    let mut rows = String::new();
    for (i, (form, tag)) in words.iter().enumerate() {
        let upos =
            match *tag {
                "MD" => "AUX",
                "" if form.starts_with(char::is_alphabetic) => {
                    if form.starts_with(char::is_uppercase) && i > 0 { "PROPN" } else { "NOUN" }
                }
                "" if form.starts_with(|c: char| c.is_ascii_digit()) => "NUM",
                "" if *form == "$" => "SYM",
                "" => "PUNCT",
                _ => "VERB",
            };
        let (head, deprel) =
            if i == root { (0, "root") } else { (root + 1, if *tag == "MD" { "aux" } else { "dep" }) };
        let xpos = if tag.is_empty() { "_" } else { tag };
        rows += &format!(
            "{}\t{form}\t{}\t{upos}\t{xpos}\t_\t{head}\t{deprel}\t_\t_\n",
            i + 1,
            form.to_lowercase()
        );
    }
    read_conllu(&format!("{rows}\n")).unwrap()
}

#[track_caller]
fn check_times(rows: &str, published: Option<Date>) -> usize {
    let mut wrong = Vec::new();
    let mut n_rows = 0;
    for row in rows.trim().lines() {
        n_rows += 1;
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let document = document(cells[0]);
        let times = find_times(&document, published);
        let words: Vec<&str> = times.iter().map(|(_, time)| time.span.of(document.text())).collect();
        let (kind, value, days) = match times.iter().next() {
            Some((_, time)) => {
                let days = match time.days {
                    Some(days) if days.from == days.to && !cells[4].contains("..") => days.from.to_string(),
                    Some(days) => format!("{}..{}", days.from, days.to),
                    None => "-".to_owned(),
                };
                (time.kind.to_string(), time.value.clone(), days)
            }
            None => ("-".to_owned(), "-".to_owned(), "-".to_owned()),
        };
        let found = format!("{} | {kind} | {value} | {days}", words.join(" + "));
        if found != cells[1..].join(" | ") {
            wrong.push(format!("{row}\n    found {found}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {n_rows} rows are wrong:\n{}", wrong.len(), wrong.join("\n"));
    n_rows
}

#[test]
fn reads_times_against_the_day_of_publication() {
    assert!(check_times(ROWS, Some(date(2022, 4, 18))) >= 150);
}

#[test]
fn without_a_day_of_publication_times_stay_relative() {
    check_times(UNDATED, None);
}

#[test]
fn the_calendar_has_ends() {
    for published in [Date::MIN, Date::MAX, date(1, 1, 1)] {
        for (i, row) in ROWS.trim().lines().enumerate() {
            let document = document(row.split('|').next().unwrap());
            let times = find_times(&document, Some(published));
            for (_, time) in times.iter() {
                assert!(time.days.is_none_or(|days| days.from <= days.to), "row {i}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn any_words_give_spans_that_slice(
        words in prop::collection::vec(
            prop::sample::select(vec![
                "last", "next", "this", "the", "Monday", "April", "18", "18-20", "2022", "-", ",", "of", "at", "5",
                "a.m.", "week", "weeks", "ago", "two", "a", "few", "every", "quarter", "mid-", "1990s", "May", "99999",
                "ears", "é", "–", "first", "99999999999", "earlier", "on", "night", "32", "0", "century", "21st",
            ]),
            1..14,
        ),
    ) {
        let document = document(&words.join(" "));
        let mut end = 0;
        for (_, time) in find_times(&document, Some(date(2022, 4, 18))).iter() {
            prop_assert!(time.span.slice(document.text()).is_some_and(|words| !words.is_empty()));
            prop_assert!(time.span.start >= end);
            end = time.span.end;
        }
    }
}
