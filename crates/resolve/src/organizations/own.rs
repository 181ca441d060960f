//! Actors of a user's own file.
//!
//! In:  the text of a TOML file.
//! Out: [`Organization`]s, or the first mistake with its line.
//!
//! ```toml
//! [[actor]]
//! names = ["Nantara Liberation Front", "NLF"]
//! code = "AFG"
//! sector = "REB"
//! kind = "armed_group"
//! later = { from = "2021-08-15", code = "AFG", sector = "GOV" }
//! ```

use super::{Affiliation, Organization, OrganizationKind, without_article};
use crate::countries::Countries;
use crate::phrase::fold;
use crate::{CountryCode, Sector};
use dateline_text::UnknownLabel;
use jiff::civil::Date;
use serde::Deserialize;
use std::ops::Range;
use toml::Spanned;

/// What is wrong with a file of actors, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}{}: {kind}", .line.map_or(String::new(), |line| format!(":{line}")))]
pub struct ActorsError {
    /// Which file.
    pub file: String,
    /// Counted from 1; nothing where the whole file is meant.
    pub line: Option<usize>,
    /// What is wrong.
    pub kind: ActorsErrorKind,
}

/// What is wrong with a file of actors.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ActorsErrorKind {
    /// Not TOML, or not the keys of a file of actors.
    #[error("{0}")]
    Toml(String),
    /// A code that is no country's and none of PLOVER's.
    #[error(
        "`{0}` is no country code (ISO 3166 alpha-3, as UKR; above states IGO, UNO, EUR, NGO, ISM, IMG, MNC)"
    )]
    UnknownCode(String),
    /// A sector that PLOVER does not have.
    #[error("{0} ({list})", list = listed(Sector::ALL))]
    UnknownSector(UnknownLabel),
    /// A kind that no actor has.
    #[error("{0} ({list})", list = listed(OrganizationKind::ALL))]
    UnknownKind(UnknownLabel),
    /// No names at all.
    #[error(
        "an actor without a name; `names` takes at least one, as [\"Nantara Liberation Front\", \"NLF\"]"
    )]
    NoNames,
    /// A name that holds no letter and no digit.
    #[error("the name `{0}` has no letter and no digit")]
    EmptyName(String),
    /// A day that is none.
    #[error("`{0}` is no day; right is year, month and day, as \"2021-08-15\"")]
    BadDay(String),
}

fn listed(labels: &[impl ToString]) -> String {
    labels.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ActorsFile {
    actor: Vec<ActorEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ActorEntry {
    names: Spanned<Vec<Spanned<String>>>,
    code: Spanned<String>,
    sector: Option<Spanned<String>>,
    kind: Option<Spanned<String>>,
    later: Option<LaterEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LaterEntry {
    from: Spanned<String>,
    code: Spanned<String>,
    sector: Option<Spanned<String>>,
}

/// Reads a file of actors.
pub(super) fn read(file: &str, text: &str) -> Result<Vec<Organization>, ActorsError> {
    let wrong = |at: Option<Range<usize>>, kind| ActorsError {
        file: file.to_owned(),
        line: at.map(|at| text.bytes().take(at.start).filter(|&byte| byte == b'\n').count() + 1),
        kind,
    };
    let ActorsFile { actor } = toml::from_str(text).map_err(|error| {
        // What Rust calls a field is a key in TOML.
        wrong(error.span(), ActorsErrorKind::Toml(error.message().replacen(" field `", " key `", 1)))
    })?;
    actor.into_iter().map(|entry| read_actor(entry).map_err(|(at, kind)| wrong(Some(at), kind))).collect()
}

/// A mistake, with the bytes where it stands.
type Mistake = (Range<usize>, ActorsErrorKind);

fn read_actor(entry: ActorEntry) -> Result<Organization, Mistake> {
    let names_at = entry.names.span();
    let mut names = Vec::new();
    for name in entry.names.into_inner() {
        if fold(name.get_ref()).is_empty() {
            return Err((name.span(), ActorsErrorKind::EmptyName(name.into_inner())));
        }
        names.push(without_article(name.get_ref()).to_owned());
    }
    if names.is_empty() {
        return Err((names_at, ActorsErrorKind::NoNames));
    }
    let kind = match &entry.kind {
        Some(kind) => kind.get_ref().parse().map_err(|e| (kind.span(), ActorsErrorKind::UnknownKind(e)))?,
        None => OrganizationKind::Other,
    };
    let first = read_affiliation(&entry.code, entry.sector.as_ref())?;
    let later = match &entry.later {
        Some(later) => {
            let from: Date =
                later.from.get_ref().parse().map_err(|_| {
                    (later.from.span(), ActorsErrorKind::BadDay(later.from.get_ref().clone()))
                })?;
            Some((from, read_affiliation(&later.code, later.sector.as_ref())?))
        }
        None => None,
    };
    Ok(Organization { names, kind, is_own: true, first, later })
}

fn read_affiliation(
    code: &Spanned<String>,
    sector: Option<&Spanned<String>>,
) -> Result<Affiliation, Mistake> {
    let is_known =
        |code: &CountryCode| code.is_supranational() || Countries::embedded().country(*code).is_some();
    let found = CountryCode::new(code.get_ref()).filter(is_known);
    let unknown = || (code.span(), ActorsErrorKind::UnknownCode(code.get_ref().clone()));
    let sector = sector
        .map(|sector| {
            sector.get_ref().parse().map_err(|error| (sector.span(), ActorsErrorKind::UnknownSector(error)))
        })
        .transpose()?;
    Ok(Affiliation { code: found.ok_or_else(unknown)?, sector })
}

#[cfg(test)]
mod tests {
    use crate::{Organizations, Resolver, Sector, Setting};
    use dateline_parse::Parser;

    const OWN: &str = r#"
[[actor]]
names = ["Nantara Liberation Front", "NLF"]
code = "AFG"
sector = "REB"
kind = "armed_group"

[[actor]]
names = ["Taliban", "Emirate"]
code = "AFG"
sector = "REB"
later = { from = "2030-01-01", code = "AFG", sector = "UAF" }

[[actor]]
names = ["Pavel Orlov", "the Harbourmaster"]
code = "UKR"
sector = "MIL"
kind = "person"

[[actor]]
names = ["Brask"]
code = "NOR"
kind = "person"

[[actor]]
names = ["Congress"]
code = "GHA"
sector = "PTY"
"#;

    /// `UKR/MIL Pavel Orlov` for each actor, in order of first mention.
    fn actors_in(text: &str, published: &str) -> Vec<String> {
        let resolver = Resolver::extended_by(&[("mine.toml", OWN)]).unwrap();
        let whole = dateline_text::ByteSpan::new(0, text.len());
        let document = Parser::embedded().unwrap().parse(text.into(), &[whole]);
        let setting = Setting { published: published.parse().ok(), home: None };
        let resolution = resolver.resolve(&document, &setting);
        let actors = resolution.actors.iter().map(|(_, actor)| {
            let country = actor.country.map_or("-".to_owned(), |code| code.to_string());
            format!("{country}/{} {}", actor.sector.map_or("-", Sector::as_str), actor.name)
        });
        actors.collect()
    }

    #[test]
    fn own_actors_are_known_by_every_name() {
        for (text, published, expected) in [
            ("The NLF attacked the port.", "", &["AFG/REB NLF"][..]),
            (
                "The Nantara Liberation Front attacked the port. The NLF denied it.",
                "",
                &["AFG/REB Nantara Liberation Front"],
            ),
            ("The Taliban rejected the offer.", "2022-03-01", &["AFG/REB Taliban"]),
            ("The Taliban rejected the offer.", "2031-03-01", &["AFG/UAF Taliban"]),
            // A name that only our table has stays as it is.
            ("The Afghan Taliban rejected the offer.", "2031-03-01", &["AFG/GOV Afghan Taliban"]),
            // The user's word goes before the report's.
            (
                "Russian General Pavel Orlov left. Orlov had no comment.",
                "",
                &["RUS/GOV Russia", "UKR/MIL Pavel Orlov"],
            ),
            ("Vera Petrov met the Harbourmaster.", "", &["-/- Vera Petrov", "UKR/MIL Harbourmaster"]),
            ("Vera Orlov met Ada Lund.", "", &["-/- Vera Orlov", "-/- Ada Lund"]),
            // A surname alone says nothing of a fuller name, until it stands alone.
            ("Ada Lund met Vera Brask.", "", &["-/- Ada Lund", "-/- Vera Brask"]),
            ("Ada Lund met Vera Brask. Brask smiled.", "", &["-/- Ada Lund", "NOR/- Vera Brask"]),
            (
                "Congress rejected the budget of Peru, and Peru was calm.",
                "",
                &["GHA/PTY Congress", "PER/GOV Peru"],
            ),
        ] {
            assert_eq!(actors_in(text, published), expected, "{text}");
        }
    }

    #[test]
    fn mistakes_in_a_file_are_named() {
        let told: Vec<String> = [
            "[[actor]]\nnames = ['NLF']\ncode = 'UKX'",
            "[[actor]]\nnames = ['NLF']\ncode = 'UKR'\nsector = 'RBL'",
            "[[actor]]\nnames = ['NLF']\ncode = 'UKR'\nkind = 'militia'",
            "[[actor]]\nnames = []\ncode = 'UKR'",
            "[[actor]]\ncode = 'UKR'\nnames = [\n  'NLF',\n  '--',\n]",
            "[[actor]]\nnames = ['NLF']\ncode = 'UKR'\nlater = { from = '2021', code = 'UKR' }",
            "[[actor]]\nname = 'NLF'\ncode = 'UKR'",
            "[[actor]]\nnames = ['NLF']",
            "[[actor]]\nnames = 'NLF'\ncode = 'UKR'",
            "[[actor]]\nnames = ['NLF'",
        ]
        .iter()
        .map(|text| Organizations::embedded().extended_by(&[("mine.toml", text)]).unwrap_err().to_string())
        .collect();
        insta::assert_snapshot!(told.join("\n"), @r#"
mine.toml:3: `UKX` is no country code (ISO 3166 alpha-3, as UKR; above states IGO, UNO, EUR, NGO, ISM, IMG, MNC)
mine.toml:4: `RBL` is not a sector (GOV, MIL, LEG, JUD, COP, SPY, OPP, PTY, REB, PRM, UAF, UNK, AGR, BUS, CRM, CVL, EDU, ELI, JRN, LAB, MED, REF, REL, SOC)
mine.toml:4: `militia` is not a kind of actor (un, igo, ngo, agency, media, armed_group, service, legislature, party, company, other, person)
mine.toml:2: an actor without a name; `names` takes at least one, as ["Nantara Liberation Front", "NLF"]
mine.toml:5: the name `--` has no letter and no digit
mine.toml:4: `2021` is no day; right is year, month and day, as "2021-08-15"
mine.toml:2: unknown key `name`, expected one of `names`, `code`, `sector`, `kind`, `later`
mine.toml:1: missing key `code`
mine.toml:2: invalid type: string "NLF", expected a sequence
mine.toml:2: unclosed array, expected `]`
"#);
    }
}
