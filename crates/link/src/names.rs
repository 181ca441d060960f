//! Compares names of persons and organisations: spelling variants, parts, acronyms.
//!
//! In:  two names as reports give them.
//! Out: a [`Likeness`]. Whether two like names are one actor is decided by `actors`, which knows what else the
//! reports say of them.
//!
//! | a | b | likeness |
//! | --- | --- | --- |
//! | `Kim Jong-un` | `Kim Jong Un` | same |
//! | `Noh Kyu-duk` | `Noh` | part |
//! | `Jun Pak` | `Jung Pak` | variant |
//! | `Kim Jong-un` | `Kim Yo-jong` | none |
//! | `World Food Programme` | `WFP` | same |

use crate::words::{fold, is_function_word};

/// How like two names are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Likeness {
    /// Different names.
    None,
    /// They may be two spellings of one name.
    Variant,
    /// One is a part of the other: a surname, a short form.
    Part,
    /// The same name but for case, accents, hyphens and the order of its parts.
    Same,
}

/// A name in parts, ready to be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NameParts {
    /// Its words without case and accents, hyphens taken as spaces.
    pub parts: Vec<String>,
    /// How each of them sounds; see [`sounds`].
    pub sounds: Vec<String>,
    /// The parts in alphabetical order: equal for names that differ in order and punctuation only.
    pub key: String,
    /// The parts as one word, and how that sounds: given names are hyphenated or not.
    joined: String,
    pub joined_sounds: String,
    /// Its first letters, where it has several words.
    initials: String,
    /// Its letters where it looks like an acronym: `WFP`, `U.N.`
    acronym: Option<String>,
}

impl NameParts {
    /// Takes a name apart.
    pub fn new(name: &str) -> NameParts {
        let letters: String = name.chars().filter(|char| !matches!(char, '.' | ' ')).collect();
        let is_acronym = (2..=6).contains(&letters.chars().count())
            && letters.chars().all(|char| char.is_uppercase() || char.is_ascii_digit())
            && (name.contains('.') || !name.contains(' '));
        let folded = fold(name);
        let parts: Vec<String> = folded
            .split(|char: char| !char.is_alphanumeric() && !matches!(char, '\''))
            .map(|part| part.trim_end_matches("'s").trim_matches('\''))
            .filter(|part| !part.is_empty() && *part != "the")
            .map(str::to_owned)
            .collect();
        let initials =
            parts.iter().filter(|part| !is_function_word(part)).filter_map(|part| part.chars().next());
        let initials: String = initials.collect();
        let mut sorted: Vec<&str> = parts.iter().map(String::as_str).collect();
        sorted.sort_unstable();
        let joined = parts.concat();
        NameParts {
            acronym: is_acronym.then(|| letters.to_lowercase()),
            initials: if parts.len() > 1 { initials } else { String::new() },
            sounds: parts.iter().map(|part| sounds(part)).collect(),
            key: sorted.join(" "),
            joined_sounds: sounds(&joined),
            joined,
            parts,
        }
    }

    /// What an acronym and the name that it stands for have in common.
    pub fn acronym_keys(&self) -> impl Iterator<Item = String> + '_ {
        let initials = (self.initials.len() >= 3).then_some(&self.initials);
        self.acronym.iter().chain(initials).map(|letters| format!("acronym {letters}"))
    }

    /// Whether the name has no words.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }
}

/// How like two names of persons are.
pub(crate) fn compare_persons(a: &NameParts, b: &NameParts) -> Likeness {
    if a.is_empty() || b.is_empty() {
        return Likeness::None;
    }
    if a.key == b.key || a.joined == b.joined {
        return Likeness::Same;
    }
    let (short, long) = if a.parts.len() <= b.parts.len() { (a, b) } else { (b, a) };
    let covered = short.parts.iter().all(|part| long.parts.contains(part));
    // A single part must stand at an end of the other name: `Noh` of `Noh Kyu-duk`, but not `Jong`.
    let at_end =
        || [long.parts.first(), long.parts.last()].into_iter().flatten().any(|part| *part == short.parts[0]);
    if covered && (short.parts.len() > 1 || at_end()) {
        return Likeness::Part;
    }
    if is_variant(a, b) { Likeness::Variant } else { Likeness::None }
}

/// How like two names of organisations are.
pub(crate) fn compare_organizations(a: &NameParts, b: &NameParts) -> Likeness {
    if a.is_empty() || b.is_empty() {
        return Likeness::None;
    }
    let acronym = |x: &NameParts, y: &NameParts| {
        x.acronym.as_ref().is_some_and(|acronym| acronym.len() >= 3 && *acronym == y.initials)
    };
    if a.key == b.key || acronym(a, b) || acronym(b, a) {
        return Likeness::Same;
    }
    let (short, long) = if a.parts.len() <= b.parts.len() { (a, b) } else { (b, a) };
    let content = short.parts.iter().filter(|part| !is_function_word(part)).count();
    if content >= 2 && short.parts.iter().all(|part| long.parts.contains(part)) {
        return Likeness::Part;
    }
    let like = a.parts.len() == b.parts.len() && pairs(a, b).all(|(x, y)| x == y || is_spelling(x, y));
    if like { Likeness::Variant } else { Likeness::None }
}

/// Whether two names of persons may be two spellings of one: one part is the same, the others are alike.
fn is_variant(a: &NameParts, b: &NameParts) -> bool {
    // `Jong-un` and `Jongun` are cut differently, so hyphenated given names are compared as one as well.
    if a.parts.len() != b.parts.len() {
        return a.joined_sounds == b.joined_sounds;
    }
    if a.parts.len() < 2 {
        return pairs(a, b).all(|(x, y)| is_spelling(x, y));
    }
    let same = pairs(a, b).filter(|(x, y)| x == y).count();
    (same > 0 || a.joined_sounds == b.joined_sounds) && pairs(a, b).all(|(x, y)| x == y || is_spelling(x, y))
}

/// A part of a name, and how it sounds.
type Part<'n> = (&'n str, &'n str);

/// The parts of two names side by side.
fn pairs<'n>(a: &'n NameParts, b: &'n NameParts) -> impl Iterator<Item = (Part<'n>, Part<'n>)> {
    let parts = |name: &'n NameParts| {
        name.parts.iter().map(String::as_str).zip(name.sounds.iter().map(String::as_str))
    };
    parts(a).zip(parts(b))
}

/// Whether two words may be spellings of one: `Jun` and `Jung`, `Zelensky` and `Zelenskiy`, but not `Un` and `Il`.
fn is_spelling((a, sound_a): Part, (b, sound_b): Part) -> bool {
    let (short, long) = (a.chars().count().min(b.chars().count()), a.chars().count().max(b.chars().count()));
    if short < 3 {
        return false;
    }
    if sound_a == sound_b {
        return true;
    }
    let allowed = match long {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    };
    // The first letter tells names apart more than any other: `Dan` is no spelling of `Jan`.
    a.chars().next() == b.chars().next() && is_within_edits(a, b, allowed)
}

/// The consonants of a word in a spelling that common transliterations share.
pub(crate) fn sounds(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let chars: Vec<char> = word.chars().collect();
    for (at, &char) in chars.iter().enumerate() {
        let next = chars.get(at + 1).copied().unwrap_or(' ');
        let sound = match char {
            'c' if matches!(next, 'e' | 'i' | 'y') => 's',
            'c' | 'q' | 'k' => 'k',
            'p' if next == 'h' => 'f',
            'w' | 'v' => 'v',
            'z' | 's' => 's',
            'x' => 'k',
            'h' if at > 0 => continue,
            'y' | 'i' | 'j' if at > 0 => 'i',
            'o' | 'u' => 'u',
            'e' | 'a' => 'a',
            other => other,
        };
        if !out.ends_with(sound) {
            out.push(sound);
        }
    }
    out
}

/// Whether at most `allowed` letters must be put in, left out or exchanged.
fn is_within_edits(a: &str, b: &str, allowed: usize) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().take(40).collect(), b.chars().take(40).collect());
    if a.len().abs_diff(b.len()) > allowed {
        return false;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let exchanged = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = exchanged.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()] <= allowed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn persons() {
        for (a, b, expected) in [
            ("Kim Jong-un", "Kim Jong Un", Likeness::Same),
            ("Kim Jong-un", "KIM JONGUN", Likeness::Same),
            ("José Tarn", "Jose Tarn", Likeness::Same),
            ("Tarn Ana", "Ana Tarn", Likeness::Same),
            ("Noh Kyu-duk", "Noh", Likeness::Part),
            ("Ana Maria Tarn", "Ana Tarn", Likeness::Part),
            ("Jun Pak", "Jung Pak", Likeness::Variant),
            ("Volodymyr Zelensky", "Volodymyr Zelenskiy", Likeness::Variant),
            ("Muammar Gaddafi", "Moammar Gadhafi", Likeness::Variant),
            ("Kim Jong-un", "Kim Yo-jong", Likeness::None),
            ("Kim Jong-un", "Kim Jong-il", Likeness::None),
            ("Kim Jong-un", "Jong", Likeness::None),
            ("Dan Lowe", "Jan Lowe", Likeness::None),
            ("Ana Tarn", "Ivo Tarn", Likeness::None),
            ("", "Ana Tarn", Likeness::None),
        ] {
            let (x, y) = (NameParts::new(a), NameParts::new(b));
            assert_eq!(compare_persons(&x, &y), expected, "{a} / {b}");
            assert_eq!(compare_persons(&y, &x), expected, "{b} / {a}");
        }
    }

    #[test]
    fn organizations() {
        for (a, b, expected) in [
            ("World Food Programme", "WFP", Likeness::Same),
            ("the Harbour Board", "Harbour Board", Likeness::Same),
            ("Joint Chiefs of Staff", "South Korea's Joint Chiefs of Staff", Likeness::Part),
            ("Ministry of Defence", "Ministry of Defense", Likeness::Variant),
            ("Ministry of Defence", "Ministry of Health", Likeness::None),
            ("UN", "Union", Likeness::None),
        ] {
            let (x, y) = (NameParts::new(a), NameParts::new(b));
            assert_eq!(compare_organizations(&x, &y), expected, "{a} / {b}");
        }
    }
}
