//! Country codes and sectors, as PLOVER uses them.

use dateline_text::labels;
use std::fmt;

/// ISO 3166 alpha-3 of a state or territory, or one of PLOVER's codes for actors above states
/// (IGO, UNO, EUR, NGO, ISM, IMG, MNC): three capital letters.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CountryCode([u8; 3]);

impl CountryCode {
    /// The code of three capital letters, or nothing.
    pub const fn new(letters: &str) -> Option<CountryCode> {
        match *letters.as_bytes() {
            [a, b, c] if a.is_ascii_uppercase() && b.is_ascii_uppercase() && c.is_ascii_uppercase() => {
                Some(CountryCode([a, b, c]))
            }
            _ => None,
        }
    }

    /// The three letters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("???")
    }

    /// Whether it stands for something above states: IGO, UNO, EUR, NGO, ISM, IMG, MNC.
    pub fn is_supranational(&self) -> bool {
        matches!(&self.0, b"IGO" | b"UNO" | b"EUR" | b"NGO" | b"ISM" | b"IMG" | b"MNC")
    }
}

impl fmt::Debug for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

labels! {
    /// The sector of an actor (PLOVER 2.0).
    pub enum Sector as "sector" {
        Gov = "GOV",
        Mil = "MIL",
        Leg = "LEG",
        Jud = "JUD",
        Cop = "COP",
        Spy = "SPY",
        Opp = "OPP",
        Pty = "PTY",
        Reb = "REB",
        Prm = "PRM",
        Uaf = "UAF",
        Unk = "UNK",
        Agr = "AGR",
        Bus = "BUS",
        Crm = "CRM",
        Cvl = "CVL",
        Edu = "EDU",
        Eli = "ELI",
        Jrn = "JRN",
        Lab = "LAB",
        Med = "MED",
        Ref = "REF",
        Rel = "REL",
        Soc = "SOC",
    }
}
