//! How long questions to a record take: `cargo run --release -p dateline-record --example ask RECORD [COUNTRY COUNTRY]`.
//!
//! In:  a record, and two countries that it tells of.
//! Out: one line a question, of every list with every sort of filter: milliseconds of the first time it is asked, of the
//!      second, and the rows of its first page.

#![expect(clippy::print_stdout, reason = "an example prints what it shows")]

use dateline_record::{Filters, PartyFilter, Record, RecordError, read_day};
use std::path::Path;
use std::time::Instant;

/// Asks for the first page of a list; gives its rows.
type Ask = fn(&mut Record, &Filters) -> Result<usize, RecordError>;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let path = arguments.first().ok_or("which record?")?;
    let country = |at: usize, other: &str| arguments.get(at).map_or(other.to_owned(), Clone::clone);
    let party = |words: &str| words.parse::<PartyFilter>();
    let (one, other) = (party(&country(1, "USA"))?, party(&country(2, "PER"))?);
    let page = || Filters { limit: Some(50), ..Filters::default() };
    let text = |words: &str| -> Result<Filters, Box<dyn std::error::Error>> {
        Ok(Filters { text: Some(words.parse()?), ..page() })
    };
    let mut asked: Vec<(String, Filters)> = vec![
        ("everything".to_owned(), page()),
        ("deep page".to_owned(), Filters { offset: 5000, ..page() }),
        ("one actor".to_owned(), Filters { actor: Some(one.clone()), ..page() }),
        ("one recipient".to_owned(), Filters { recipient: Some(other.clone()), ..page() }),
        ("dyad".to_owned(), Filters { dyad: Some((one.clone(), other.clone())), ..page() }),
        ("a name".to_owned(), Filters { actor: Some(party("Security Council")?), ..page() }),
        ("sector".to_owned(), Filters { actor: Some(party("USA/MIL")?), ..page() }),
        (
            "dyad, type, days".to_owned(),
            Filters {
                dyad: Some((one.clone(), other)),
                event: vec!["ASSAULT".parse()?],
                from: Some(read_day("2023-02-01")?),
                to: Some(read_day("2023-03-01")?),
                ..page()
            },
        ),
        ("a type".to_owned(), Filters { event: vec!["ASSAULT".parse()?], ..page() }),
        ("a rare mode".to_owned(), Filters { event: vec!["ASSAULT/sexual".parse()?], ..page() }),
        (
            "a rare mode of an actor".to_owned(),
            Filters { event: vec!["RETREAT/disarm".parse()?], actor: Some(one), ..page() },
        ),
        ("independent".to_owned(), Filters { min_independent: 3, ..page() }),
        ("many independent".to_owned(), Filters { min_independent: 9, ..page() }),
        ("country".to_owned(), Filters { country: Some(dateline_record::read_country("PER")?), ..page() }),
    ];
    for words in [
        "drone",
        "minister",
        "said",
        "ceasefire talks",
        "\"peace talks\"",
        "\"the foreign minister\"",
        "\"foreign minister\" missile",
        "\"of the\"",
        "xylophone",
        "miss* -navy",
    ] {
        asked.push((format!("text {words}"), text(words)?));
    }
    let lists: [(&str, Ask); 7] = [
        ("events", |record, filters| Ok(record.events(filters)?.len())),
        ("reports", |record, filters| Ok(record.reports(filters)?.len())),
        ("statements", |record, filters| Ok(record.statements(filters)?.len())),
        ("actors", |record, filters| Ok(record.actors(filters)?.len())),
        ("places", |record, filters| Ok(record.places(filters)?.len())),
        ("discrepancies", |record, filters| Ok(record.discrepancies(filters)?.len())),
        ("timeline", |record, filters| Ok(record.timeline(filters)?.len())),
    ];
    let mut record = Record::read(Path::new(path))?;
    let mut slowest = (0.0, String::new());
    for (list, ask) in lists {
        for (name, filters) in &asked {
            let mut took = [0.0; 2];
            let mut n_rows = 0;
            for took in &mut took {
                let began = Instant::now();
                n_rows = ask(&mut record, filters)?;
                *took = began.elapsed().as_secs_f64() * 1e3;
            }
            let line = format!("{list}, {name}: {n_rows}");
            println!("{:8.1} {:8.1}  {line}", took[0], took[1]);
            if took[0] > slowest.0 {
                slowest = (took[0], line);
            }
        }
    }
    println!("{:8.1}           is the longest: {}", slowest.0, slowest.1);
    Ok(())
}
