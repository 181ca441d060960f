//! Numbers written as words, the part that every reader of numbers shares.

/// The value of one of the words from `zero` to `twenty`, in lower case. Tens and compounds differ by what a
/// caller counts, and are read there.
pub fn number_word(word: &str) -> Option<u32> {
    const WORDS: [&str; 21] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    WORDS.iter().position(|&known| known == word).map(|value| value as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_up_to_twenty() {
        for (word, value) in [("zero", Some(0)), ("twelve", Some(12)), ("twenty", Some(20)), ("thirty", None)]
        {
            assert_eq!(number_word(word), value, "{word}");
        }
    }
}
