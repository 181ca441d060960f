//! Persons' names: their parts, and when a shorter form can stand for a fuller one.

/// A person's name, taken apart and folded: "Kim Yo-jong" has the parts `kim` and `yojong`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PersonName {
    pub parts: Vec<String>,
}

impl PersonName {
    /// The name that the words of a text write.
    pub(crate) fn new(words: &str) -> PersonName {
        let parts = words
            .split_whitespace()
            .map(|word| {
                let folded = crate::phrase::fold(word.trim_end_matches("'s").trim_end_matches("’s"));
                folded.replace(' ', "")
            })
            .filter(|part| !part.is_empty() && !matches!(part.as_str(), "jr" | "sr" | "ii" | "iii" | "iv"))
            .collect();
        PersonName { parts }
    }

    /// All parts in one word, so that "Jong-un" and "Jong Un" agree.
    pub(crate) fn key(&self) -> String {
        self.parts.concat()
    }

    /// Whether this can be a short form of `full`: each part is one of its parts, in the same order.
    pub(crate) fn shortens(&self, full: &PersonName) -> bool {
        if self.parts.is_empty()
            || self.parts.len() >= full.parts.len() && self.key().len() >= full.key().len()
        {
            return false;
        }
        // "Chol Min" for "Ri Chol-min": the same letters, parted otherwise.
        let key = self.key();
        let is_run = |from: usize| (from..full.parts.len()).any(|to| full.parts[from..=to].concat() == key);
        if self.parts.len() > 1 && full.parts.len() <= 8 && (0..full.parts.len()).any(is_run) {
            return true;
        }
        let mut rest = full.parts.iter().peekable();
        'parts: for part in &self.parts {
            while let Some(candidate) = rest.next() {
                let is_initial = part.len() == 1 && candidate.starts_with(part.as_str());
                let is_joined = rest.peek().is_some_and(|following| {
                    part.strip_prefix(candidate.as_str()) == Some(following.as_str())
                });
                if is_initial || is_joined || bare(part) == bare(candidate) {
                    continue 'parts;
                }
            }
            return false;
        }
        true
    }

    /// Whether two full names are spellings of one: one part is the same, the other off by one letter.
    pub(crate) fn is_variant_of(&self, other: &PersonName) -> bool {
        if self.parts.len() != other.parts.len() || self.parts.len() < 2 {
            return false;
        }
        let mut n_off = 0;
        for (a, b) in self.parts.iter().zip(&other.parts) {
            if bare(a) != bare(b) {
                // Three letters are too few to tell a misspelling from another name, unless one is left out.
                let (n_a, n_b) = (a.chars().count(), b.chars().count());
                if n_a.min(n_b) < 3 || n_a == 3 && n_b == 3 || !is_one_off(a, b) {
                    return false;
                }
                n_off += 1;
            }
        }
        n_off <= 1
    }
}

/// A part without the article or particle that a later mention may drop: "al-Masri" is "Masri".
fn bare(part: &str) -> &str {
    for article in ["al", "el", "ad", "as", "ash", "an", "ar", "at", "az"] {
        if let Some(rest) = part.strip_prefix(article)
            && rest.len() >= 4
        {
            return rest;
        }
    }
    part
}

/// Whether two words differ by one letter put in, left out or changed.
pub(crate) fn is_one_off(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let same_front = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let same_back = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    same_front + same_back + 1 >= a.len().max(b.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_fit_their_full_names() {
        for (short, full, fits) in [
            ("Okoro", "Adaeze Okoro", true),
            ("Adaeze", "Adaeze Okoro", true),
            ("Ri", "Ri Chol-min", true),
            ("Chol-min", "Ri Chol-min", true),
            ("Chol Min", "Ri Chol-min", true),
            ("Masri", "Karim al-Masri", true),
            ("al-Masri", "Karim al-Masri", true),
            ("López Prado", "Ana María López Prado", true),
            ("Lopez", "Ana María López Prado", true),
            ("A. Okoro", "Adaeze Okoro", true),
            ("Prado López", "Ana María López Prado", false),
            ("Okoro", "Adaeze Okora", false),
            ("Adaeze Okoro", "Adaeze Okoro", false),
        ] {
            assert_eq!(PersonName::new(short).shortens(&PersonName::new(full)), fits, "{short} for {full}");
        }
    }

    #[test]
    fn spellings_vary_by_a_letter() {
        for (a, b, varies) in [
            ("Ri Chol-min", "Ri Chol Min", false), // not parts alike, but one key
            ("Nadia Tarek", "Nadia Tarik", true),
            ("Jan Novak", "Jana Novakova", false),
            ("Li Wei", "Li Wen", false),
            ("Sergei Volkov", "Sergey Volkov", true),
        ] {
            let (a, b) = (PersonName::new(a), PersonName::new(b));
            assert_eq!(a.is_variant_of(&b), varies || a == b, "{a:?} {b:?}");
        }
        assert_eq!(PersonName::new("Ri Chol-min").key(), PersonName::new("Ri Chol Min").key());
    }
}
