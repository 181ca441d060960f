//! Where a report was written, and that nobody acts in its dateline.

use dateline_parse::Parser;
use dateline_resolve::{Resolver, Setting};
use dateline_text::ByteSpan;
use std::sync::Arc;

/// Text | the dateline's place with its kind and country, `-` for none | the actors.
const CASES: &str = "
SEOUL - The envoys met here on Monday. | Seoul settlement KOR | envoys
RUGAR DANBABA, Nigeria, March 9 (Reuters) - Gunmen seized a bus here. | Rugar Danbaba unknown NGA | Gunmen
RUGAR DANBABA - Gunmen seized a bus here. | Rugar Danbaba unknown - | Gunmen
PORT-AU-PRINCE (AP) — The envoys met here on Monday. | Port-au-Prince settlement HTI | envoys
N'DJAMENA, Chad — The envoys met here on Monday. | N'Djamena settlement TCD | envoys
GAZA CITY, Gaza Strip (AP) — The envoys met here on Monday. | Gaza City settlement PSE | envoys
ISLAMABAD: The envoys met here on Monday. | Islamabad settlement PAK | envoys
Seoul (AFP) – The envoys met here on Monday. | Seoul settlement KOR | envoys
Kyiv, Ukraine — The envoys met here on Monday. | Kyiv settlement UKR | envoys
Envoys meet¶By Jane Roe¶SEOUL — The envoys met here on Monday. | Seoul settlement KOR | Envoys + Jane Roe
UNITED NATIONS (AP) — The envoys met here on Monday. | - | envoys
BREAKING - The envoys met here on Monday. | - | envoys
NATO - The envoys met here on Monday. | - | NATO + envoys
MISSILE FIRED BY NORTH KOREA - The envoys met on Monday. | - | -
CLINTON: The envoys met here on Monday. | - | -
TRUMP: The envoys met here on Monday. | - | -
Moscow, Beijing and Tehran - all three - met envoys on Monday. | - | -
Ada Rossi - the minister - met the envoys on Monday. | - | -
SEOUL - | - | -
- | - | -
";

fn paragraphs(text: &str) -> Vec<ByteSpan> {
    let mut start = 0;
    text.split_inclusive('\n')
        .map(|line| {
            let span = ByteSpan::new(start, start + line.trim_end().len());
            start += line.len();
            span
        })
        .collect()
}

#[test]
fn a_dateline_names_a_place_and_nobody_who_acts() {
    let parser = Parser::embedded().unwrap_or_else(|error| panic!("the embedded model: {error}"));
    let mut wrong = Vec::new();
    for row in CASES.trim().lines() {
        let [text, place, actors] = row.split(" | ").collect::<Vec<_>>()[..] else { panic!("{row}") };
        let text: Arc<str> = text.replace('¶', "\n").into();
        let paragraphs: Vec<ByteSpan> = paragraphs(&text);
        let document = parser.parse(Arc::clone(&text), &paragraphs);
        let resolution = Resolver::embedded().resolve(&document, &Setting::default());
        let found = resolution.place_of_dateline().map_or("-".to_owned(), |place| {
            let place = &resolution.places[place];
            let country = place.country.map_or("-".to_owned(), |country| country.to_string());
            format!("{} {} {country}", place.name, place.kind)
        });
        let names: Vec<&str> = resolution.actors.iter().map(|(_, actor)| actor.name.as_str()).collect();
        if found != place || actors != "-" && names.join(" + ") != actors {
            wrong.push(format!("{row}\n    found {found} | {}", names.join(" + ")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
