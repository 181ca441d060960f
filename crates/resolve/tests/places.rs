//! Which words of a text name places, and which places those are.

use dateline_parse::read_conllu;
use dateline_resolve::{Toponym, find_places, find_toponyms};
use dateline_text::Document;
use proptest::prelude::*;

/// Bare tokens: capitalised words are proper nouns. `word/R>N` gives relation and head (from 1; 0 the root),
/// `word/NOUN`, `word/VERB` a part of speech.
fn document(sentence: &str) -> Document {
    let mut rows = String::new();
    for (i, word) in sentence.split_whitespace().enumerate() {
        let (form, note) = word.split_once('/').unwrap_or((word, ""));
        let (deprel, head) = match note.split_once('>') {
            Some((deprel, head)) => (deprel.to_owned(), head.parse().unwrap()),
            None if i == 0 => ("root".to_owned(), 0),
            None => ("dep".to_owned(), 1),
        };
        let upos = match form.chars().next() {
            Some(c) if c.is_uppercase() => "PROPN",
            Some(c) if c.is_alphabetic() => "NOUN",
            _ => "PUNCT",
        };
        let lemma = match form.to_lowercase().as_str() {
            "said" => "say".to_owned(),
            "warned" => "warn".to_owned(),
            other => other.to_owned(),
        };
        rows += &format!("{}\t{form}\t{lemma}\t{upos}\t_\t_\t{head}\t{deprel}\t_\t_\n", i + 1);
    }
    read_conllu(&format!("{rows}\n")).unwrap()
}

/// Sentence | toponyms, each `words=north,east` in whole degrees, `?` for no coordinates.
const TOPONYMS: &str = "
Fighting in Homs , Syria , went on . | Homs=35,37 + Syria=35,38
It began in Paris , Texas . | Paris=34,-96 + Texas=31,-99
It began in Paris . | Paris=49,2
A man from Moscow , Idaho , won . | Moscow=47,-117 + Idaho=45,-114
The Syrian city of Tripoli fell . | Syrian=35,38 + Tripoli=33,13
The Lebanese city of Tripoli fell . | Lebanese=34,36 + Tripoli=34,36
A test at Punggye-ri in North Korea . | Punggye-ri=41,129 + North Korea=40,127
Ships in the Strait of Hormuz and the South China Sea . | Strait of Hormuz=27,56 + South China Sea=15,115
Talks at Panmunjom . | Panmunjom=38,127
He spoke in the Donbas . | Donbas=48,38
They fled Darfur for Chad . | Darfur=14,24 + Chad=15,19
Reading is fun . |
Turkey and Greece agreed . | Turkey=39,35 + Greece=39,22
They like turkey . |
Voters in Atlanta , Georgia . | Atlanta=34,-84 + Georgia=33,-84
Tbilisi is the capital of Georgia . | Tbilisi=42,45 + Georgia=42,44
A town near Springfield , Ill. | Springfield=40,-90 + Ill.=40,-89
A fire in Dayton , OH . | Dayton=40,-84 + OH=40,-83
OK , he said . |
African and European leaders met . | African=7,21 + European=49,9
The Kurdish forces left . | Kurdish=37,44
New Mexico and Mexico signed . | New Mexico=35,-106 + Mexico=23,-102
They met in London , Ontario . | London=43,-81 + Ontario=49,-85
They met in London . | London=52,0
Rain fell over England and Wales . | England=52,-1 + Wales=53,-4
He flew to St. Petersburg , Russia . | St. Petersburg=60,30 + Russia=60,100
He flew to Hyderabad , Pakistan . | Hyderabad=25,68 + Pakistan=30,70
He flew to Hyderabad , India . | Hyderabad=17,78 + India=22,79
He flew to Santiago . | Santiago=-33,-71
He went to the Gaza Strip . | Gaza Strip=31,34
";

#[track_caller]
fn render(document: &Document, toponyms: &[Toponym]) -> String {
    let render_one = |toponym: &Toponym| {
        let words = toponym.span.of(document.text());
        match toponym.coordinates {
            Some((north, east)) => format!("{words}={},{}", north.round() as i32, east.round() as i32),
            None => format!("{words}=?"),
        }
    };
    toponyms.iter().map(render_one).collect::<Vec<_>>().join(" + ")
}

#[test]
fn finds_toponyms_and_tells_namesakes_apart() {
    let mut wrong = Vec::new();
    for row in TOPONYMS.trim().lines() {
        let (sentence, expected) = row.split_once('|').unwrap();
        let document = document(sentence);
        let found = render(&document, &find_toponyms(&document, None));
        if found != expected.trim() {
            wrong.push(format!("{row}\n    found {found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn home_of_the_outlet_decides_between_equals() {
    let here = document("A fire broke out in Birmingham overnight .");
    let home = dateline_resolve::CountryCode::new("USA");
    assert_eq!(render(&here, &find_toponyms(&here, None)), "Birmingham=52,-2");
    // A small bonus does not move the large one; a country named does.
    assert_eq!(render(&here, &find_toponyms(&here, home)), "Birmingham=52,-2");
    let named = document("A fire broke out in Birmingham in the United States .");
    assert_eq!(render(&named, &find_toponyms(&named, home)), "Birmingham=34,-87 + United States=40,-99");
}

#[test]
fn governments_are_marked_and_adjectives_left_out() {
    let document =
        document("Seoul/nsubj>2 warned/root>0 Syrian/amod>4 rebels/obj>2 in/case>6 Aleppo/obl>2 .");
    let (places, mentions) = find_places(&document, None);
    let found: Vec<_> = mentions
        .iter()
        .map(|(_, mention)| format!("{} {}", places[mention.place].name, mention.metonymic))
        .collect();
    assert_eq!(found, ["Seoul true", "Aleppo false"]);
}

/// Sentence | places, each `name kind country`; known ones are left out.
const INTRODUCED: &str = "
They held him in Zumrin prison . | Zumrin prison site -
Shells hit the village of Gorna Zumra in Syria . | Gorna Zumra settlement SYR
Troops took the Syrian village of Zumrin . | Zumrin settlement SYR
A march crossed the Zumrin district of Aleppo . | Zumrin district region SYR
Crowds filled October Square in Minsk . | October Square site BLR
Guards left the Zumrin refugee camp near Aleppo . | Zumrin refugee camp site SYR
Guards left the refugee camp . |
Police Station burned . |
They left a NATO base . |
They left Aleppo airport . |
";

#[test]
fn names_that_words_introduce_are_places() {
    for row in INTRODUCED.trim().lines() {
        let (sentence, expected) = row.split_once('|').unwrap();
        let (places, _) = find_places(&document(sentence), None);
        let unknown = places.iter().filter(|(_, place)| place.coordinates.is_none());
        let found: Vec<String> = unknown
            .map(|(_, place)| {
                let country = place.country.map_or("-".to_owned(), |country| country.to_string());
                format!("{} {} {country}", place.name, place.kind)
            })
            .collect();
        assert_eq!(found.join(" + "), expected.trim(), "{sentence}");
    }
}

#[test]
fn one_place_has_one_entry() {
    let document = document("The US and the United States , U.S. and USA .");
    let (places, mentions) = find_places(&document, None);
    assert_eq!((places.n_values(), mentions.n_values()), (1, 4));
    assert_eq!(places.as_slice()[0].name, "United States");
    assert_eq!(places.as_slice()[0].geonameid, Some(6_252_001));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn any_words_give_spans_that_slice(
        words in prop::collection::vec("[A-Za-zÀ-ž’'.,0-9-]{1,8}|Paris|Texas|,|North|Korea|in|of|U\\.S\\.|Gaza", 1..30),
    ) {
        let document = document(&words.join(" ").replace('/', ""));
        let mut end = 0;
        for toponym in find_toponyms(&document, None) {
            prop_assert!(toponym.span.slice(document.text()).is_some_and(|words| !words.is_empty()));
            prop_assert!(toponym.span.start >= end);
            end = toponym.span.end;
        }
    }
}
