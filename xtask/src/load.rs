//! Makes a load of synthetic but varied reports, to measure a record with.
//!
//! In:  the sentences of `corpus/learn`, and how many reports are wanted.
//! Out: JSONL, the earliest first: stories of thirteen sentences or so with the countries, capitals and numbers of
//!      each exchanged for others, told by one to six outlets, most of them in copies that are trimmed or put in
//!      another order, over a hundred days. The same number gives the same bytes.
//!
//! Not like news: the sentences of a report do not belong together, so there are more events in it than in a real
//! one, and names of persons recur all over the world.

use dateline_eval::corpus::read_corpus;
use serde_json::json;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

/// Every so many sentences one is taken from those that tell no event: then there is an event mention in 180 characters,
/// as in the two reports of `examples/seoul-talks` with most text.
const QUIET_EVERY: usize = 4;

/// Days over which the reports are spread.
const DAYS: usize = 100;

/// Writes so many reports.
pub fn write(root: &Path, n_reports: usize, path: &Path) -> Result<String, Vec<String>> {
    let told = |problem: &dyn std::fmt::Display| vec![format!("{}: {problem}", path.display())];
    let folder = root.join("corpus/learn");
    let texts = read_corpus(std::slice::from_ref(&folder)).map_err(|error| vec![error.to_string()])?;
    let sentences: Vec<&str> =
        texts.iter().map(|marked| marked.text.as_str()).filter(|text| !text.contains('\n')).collect();
    let quiet: Vec<&str> = texts
        .iter()
        .filter(|marked| marked.events.is_empty() && !marked.text.contains('\n'))
        .map(|marked| marked.text.as_str())
        .collect();
    let countries = countries(root)?;
    let mut out = BufWriter::new(File::create(path).map_err(|error| told(&error))?);
    let (mut n, mut story) = (0, 0);
    while n < n_reports {
        let mut dice = Dice(0x5eed ^ (story as u64) << 20);
        let base = make_story(&sentences, &quiet, &countries, &mut dice);
        let n_tellers = [1, 1, 1, 1, 1, 2, 2, 3, 4, 6][dice.below(10)].min(n_reports - n);
        for teller in 0..n_tellers {
            let day = n * DAYS / n_reports + usize::from(teller > 2);
            let date = jiff::civil::date(2023, 1, 1) + jiff::Span::new().days(day as i64);
            let paragraphs = retell(&base, teller, &mut dice);
            let outlet = format!("{} {}", PLACES[dice.below(PLACES.len())], PAPERS[dice.below(PAPERS.len())]);
            let report = json!({
                "id": format!("load-{n}"),
                "url": format!("https://news.example/{}/{n}", outlet.to_lowercase().replace(' ', "-")),
                "outlet": outlet,
                "published": format!("{date}T{:02}:{:02}Z", dice.below(24), dice.below(60)),
                "text": paragraphs.join("\n\n"),
            });
            writeln!(out, "{report}").map_err(|error| told(&error))?;
            n += 1;
        }
        story += 1;
    }
    out.flush().map_err(|error| told(&error))?;
    Ok(format!("{n} reports of {story} stories in {}", path.display()))
}

const PLACES: [&str; 24] = [
    "Harbour",
    "Valley",
    "Northern",
    "Capital",
    "Riverside",
    "Highland",
    "Coastal",
    "Island",
    "Eastern",
    "Lakeside",
    "Delta",
    "Frontier",
    "Southern",
    "Plains",
    "Meridian",
    "Western",
    "Border",
    "Inland",
    "Summit",
    "Gulf",
    "Channel",
    "Mountain",
    "Central",
    "Union",
];
const PAPERS: [&str; 16] = [
    "Post",
    "Herald",
    "Gazette",
    "Times",
    "Observer",
    "Tribune",
    "Standard",
    "Monitor",
    "Chronicle",
    "Courier",
    "Dispatch",
    "Mail",
    "Star",
    "Sentinel",
    "Echo",
    "Bulletin",
];

/// A story: sentences with other countries and numbers than those of the corpus.
fn make_story(sentences: &[&str], quiet: &[&str], countries: &[[String; 3]], dice: &mut Dice) -> Vec<String> {
    let from = dice.below(sentences.len());
    let n = 11 + dice.below(5);
    let chosen: Vec<&str> = (0..n)
        .map(|at| match at % QUIET_EVERY {
            0 if at > 0 => quiet[dice.below(quiet.len())],
            _ => sentences[(from + at * 3) % sentences.len()],
        })
        .collect();
    let chosen = chosen.into_iter();
    let shift = 1 + dice.below(countries.len() - 1);
    chosen.map(|sentence| exchange(sentence, countries, shift, dice)).collect()
}

/// The sentence with each country's words exchanged for those of the country `shift` places on, and each number of
/// three digits for another one.
fn exchange(sentence: &str, countries: &[[String; 3]], shift: usize, dice: &mut Dice) -> String {
    let mut out = String::with_capacity(sentence.len() + 16);
    let mut rest = sentence;
    let mut at_word = true;
    while let Some(first) = rest.chars().next() {
        if at_word && first.is_uppercase() {
            let found = countries.iter().enumerate().find_map(|(number, words)| {
                let kind = words.iter().position(|word| {
                    rest.starts_with(word.as_str())
                        && !rest[word.len()..].starts_with(|next: char| next.is_alphanumeric())
                })?;
                Some((words[kind].len(), &countries[(number + shift) % countries.len()][kind]))
            });
            if let Some((n_bytes, word)) = found {
                out.push_str(word);
                rest = &rest[n_bytes..];
                at_word = false;
                continue;
            }
        }
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if at_word && digits == 3 {
            out.push_str(&(100 + dice.below(900)).to_string());
            rest = &rest[digits..];
        } else {
            out.push(first);
            rest = &rest[first.len_utf8()..];
        }
        at_word = !first.is_alphanumeric();
    }
    out
}

/// The story as one outlet tells it: the first in full, the others shorter and often in another order.
fn retell(story: &[String], teller: usize, dice: &mut Dice) -> Vec<String> {
    let mut kept: Vec<&str> = story.iter().map(String::as_str).collect();
    if teller > 0 {
        for _ in 0..dice.below(5) {
            kept.remove(dice.below(kept.len()));
        }
        if dice.below(2) == 0 {
            let at = dice.below(kept.len());
            kept.rotate_left(at);
        }
    }
    kept.chunks(2).map(|sentences| sentences.join(" ")).collect()
}

/// Name, adjective and capital of each country that has all three.
fn countries(root: &Path) -> Result<Vec<[String; 3]>, Vec<String>> {
    let path = root.join("crates/resolve/data/countries.toml");
    let problem = |problem: &dyn std::fmt::Display| vec![format!("{}: {problem}", path.display())];
    let text = std::fs::read_to_string(&path).map_err(|error| problem(&error))?;
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| problem(&error))?;
    let words = |country: &toml::Value| {
        let first = |key: &str| {
            let value = country.get(key)?;
            let value = value.as_array().and_then(|list| list.first()).unwrap_or(value);
            Some(value.as_str()?.to_owned())
        };
        let historic = country.get("historic").is_some();
        (!historic).then(|| Some([first("name")?, first("adj")?, first("capital")?])).flatten()
    };
    let countries = table.get("country").and_then(toml::Value::as_table).map(|table| table.values());
    Ok(countries.into_iter().flatten().filter_map(words).collect())
}

/// Numbers that look thrown and are the same each time (splitmix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n.max(1) as u64) as usize
    }
}
