//! Well-known organisations by name: what they are and where they belong.
//!
//! The table is `data/organizations.toml`: bodies above states, news agencies, armed groups, services,
//! parties. It holds no persons. An organisation may change its place with time: the Taliban are rebels, and
//! from a day on a government; [`Organization::affiliation`] takes the day of publication.
//!
//! A user's own file ([`own`]) may add actors of any kind, persons too; its names win over those of the table.

mod own;

use crate::phrase::{PhraseTable, is_all_capitals, is_capitalised};
use crate::{CountryCode, Sector};
use dateline_text::{Document, TokenIdx, TokenSpan, labels};
use jiff::civil::Date;
use std::sync::LazyLock;

pub use own::{ActorsError, ActorsErrorKind};

labels! {
    /// What sort of organisation, or of actor in a user's own file.
    pub enum OrganizationKind as "kind of actor" {
        Un = "un",
        Igo = "igo",
        Ngo = "ngo",
        Agency = "agency",
        Media = "media",
        ArmedGroup = "armed_group",
        Service = "service",
        Legislature = "legislature",
        Party = "party",
        Company = "company",
        /// Anything else that only a user's own file names.
        Other = "other",
        /// Only in a user's own file.
        Person = "person",
    }
}

/// An organisation of the table, or an actor of a user's own file.
#[derive(Clone, Debug)]
pub struct Organization {
    /// Its names, the fullest first.
    pub names: Vec<String>,
    /// What it is.
    pub kind: OrganizationKind,
    /// Whether a user's own file says so; then no words of a report say otherwise.
    pub is_own: bool,
    first: Affiliation,
    later: Option<(Date, Affiliation)>,
}

/// PLOVER's code and sector.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Affiliation {
    /// The state it belongs to, or a code above states.
    pub code: CountryCode,
    /// Its sector, where it has one.
    pub sector: Option<Sector>,
}

impl Organization {
    /// Where it belonged on a day; where it belongs now, if no day is known.
    pub fn affiliation(&self, day: Option<Date>) -> Affiliation {
        match self.later {
            Some((from, later)) if day.is_none_or(|day| day >= from) => later,
            _ => self.first,
        }
    }
}

/// Words of a text that name an organisation of the table.
#[derive(Clone, Copy, Debug)]
pub struct OrganizationMention<'o> {
    /// The words, without an article.
    pub tokens: TokenSpan,
    /// Which organisation.
    pub organization: &'o Organization,
}

/// All organisations of the table.
#[derive(Clone, Debug)]
pub struct Organizations {
    organizations: Vec<Organization>,
    /// The number of the organisation, and how the name must be written.
    names: PhraseTable<(usize, Case)>,
}

static EMBEDDED: LazyLock<Organizations> = LazyLock::new(|| {
    let file = toml::from_str(include_str!("../data/organizations.toml"))
        .expect("invariant: the embedded table of organisations is well-formed, which a test checks");
    Organizations::from_table(&file).expect("invariant: the embedded table of organisations is complete")
});

impl Organizations {
    /// The embedded table.
    pub fn embedded() -> &'static Organizations {
        &EMBEDDED
    }

    /// This table with the actors of a user's own files, each a name and a text. Their names win; of two files
    /// that have one name, the later.
    pub fn extended_by(&self, files: &[(&str, &str)]) -> Result<Organizations, ActorsError> {
        let mut extended = self.clone();
        for (file, text) in files {
            for actor in own::read(file, text)? {
                let number = extended.organizations.len();
                for name in &actor.names {
                    extended.names.insert_first(name, (number, Case::of(name)));
                }
                extended.organizations.push(actor);
            }
        }
        Ok(extended)
    }

    /// Every organisation, kind by kind.
    pub fn all(&self) -> &[Organization] {
        &self.organizations
    }

    /// The organisation of a name. Case counts as in [`Organizations::find`].
    pub fn lookup(&self, name: &str) -> Option<&Organization> {
        let found = [name, without_article(name)]
            .into_iter()
            .find_map(|name| self.names.find(name).iter().find(|value| fits_case(name, value)))?;
        Some(&self.organizations[found.0])
    }

    /// The organisations that a text names, in text order, longest match, none overlapping.
    pub fn find(&self, document: &Document) -> Vec<OrganizationMention<'_>> {
        let mut mentions = Vec::new();
        let mut folded = String::new();
        for sentence in document.sentences() {
            let end = sentence.tokens.end as usize;
            let mut next = sentence.tokens.start as usize;
            while next < end {
                let token = TokenIdx::new(next);
                next += 1;
                if let Some((tokens, &(number, _))) =
                    self.names.longest_at(document, token, end, &mut folded, fits_case)
                {
                    mentions.push(OrganizationMention { tokens, organization: &self.organizations[number] });
                    next = tokens.end as usize;
                }
            }
        }
        mentions
    }

    fn from_table(file: &toml::Table) -> Option<Organizations> {
        let mut all = Organizations { organizations: Vec::new(), names: PhraseTable::default() };
        for (kind, rows) in file {
            let kind: OrganizationKind = kind.parse().ok()?;
            for (names, value) in rows.as_table()? {
                let (first, later) = match value.as_str()?.split_once(", ") {
                    Some((first, later)) => {
                        let (later, from) = later.split_once(" from ")?;
                        (read_affiliation(first)?, Some((from.parse().ok()?, read_affiliation(later)?)))
                    }
                    None => (read_affiliation(value.as_str()?)?, None),
                };
                let number = all.organizations.len();
                for name in names.split(';') {
                    all.names.insert(name, (number, Case::of(name)));
                }
                let names = names.split(';').map(str::to_owned).collect();
                all.organizations.push(Organization { names, kind, is_own: false, first, later });
            }
        }
        Some(all)
    }
}

fn without_article(name: &str) -> &str {
    name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name)
}

fn read_affiliation(text: &str) -> Option<Affiliation> {
    let mut words = text.split(' ');
    let code = CountryCode::new(words.next()?)?;
    let sector = match words.next() {
        Some(sector) => Some(sector.parse().ok()?),
        None => None,
    };
    Some(Affiliation { code, sector })
}

/// How a name must be written to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Case {
    /// Initials: `WHO`, not `who`.
    Capitals,
    /// `White Helmets`, `al-Qaeda`.
    Capitalised,
    /// Only its first word is a capital one: `Houthi rebels`.
    First,
    /// The table has it in small letters, so the text may: `peshmerga`.
    Any,
}

impl Case {
    fn of(name: &str) -> Case {
        if is_all_capitals(name) {
            Case::Capitals
        } else if name.starts_with(char::is_uppercase) && name.contains(' ') && is_first_only(name) {
            Case::First
        } else if name.chars().any(char::is_uppercase) {
            Case::Capitalised
        } else {
            Case::Any
        }
    }
}

fn fits_case(words: &str, value: &(usize, Case)) -> bool {
    match value.1 {
        Case::Capitals => is_all_capitals(words),
        Case::Capitalised => {
            is_capitalised(words) || words.chars().any(char::is_uppercase) && !is_first_only(words)
        }
        Case::First => words.starts_with(char::is_uppercase),
        Case::Any => true,
    }
}

/// `Labour party`, `Red cross`: only the first word is a capital one, as at a sentence's start.
fn is_first_only(words: &str) -> bool {
    words.contains([' ', '-'])
        && words.split([' ', '-']).skip(1).all(|word| word.starts_with(char::is_lowercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_belongs(name: &str, published: &str, expected: &str) {
        let day = published.parse().ok();
        let found = match Organizations::embedded().lookup(name) {
            Some(organization) => {
                let Affiliation { code, sector } = organization.affiliation(day);
                format!("{code}{}", sector.map_or(String::new(), |sector| format!(" {sector}")))
            }
            None => "-".to_owned(),
        };
        assert_eq!(found, expected, "{name}");
    }

    #[test]
    fn knows_where_organisations_belong() {
        for (name, expected) in [
            ("UN Security Council", "UNO"),
            ("the U.N. Security Council", "UNO"),
            ("Médecins Sans Frontières", "NGO MED"),
            ("Medecins sans Frontieres", "NGO MED"),
            ("KCNA", "PRK JRN"),
            ("Korean Central News Agency", "PRK JRN"),
            ("Reuters", "GBR JRN"),
            ("African Union", "IGO"),
            ("European Union", "EUR"),
            ("EU", "EUR"),
            ("eu", "-"),
            ("who", "-"),
            ("WHO", "UNO MED"),
            ("ICE", "USA COP"),
            ("Ice", "-"),
            ("Amnesty International", "NGO"),
            ("FSB", "RUS SPY"),
            ("al-Shabab", "SOM REB"),
            ("al-Qaida", "IMG REB"),
            ("Boko Haram", "NGA REB"),
            ("Nowhere Front", "-"),
        ] {
            assert_belongs(name, "", expected);
        }
    }

    #[test]
    fn an_organisation_may_come_to_power() {
        assert_belongs("Taliban", "2019-03-01", "AFG REB");
        assert_belongs("Taliban", "2022-03-01", "AFG GOV");
        assert_belongs("Taliban", "", "AFG GOV");
    }

    #[test]
    fn the_table_is_large_and_names_are_unique() {
        let all = Organizations::embedded();
        assert!(all.all().len() >= 400);
        for organization in all.all() {
            for name in &organization.names {
                let found = all.lookup(name).map(|found| &found.names[0]);
                assert_eq!(found, Some(&organization.names[0]), "{name}");
            }
        }
    }
}
