//! Tells whether an article is in English.

use crate::words::split_words;
use whichlang::Lang;

/// Fewer words say too little.
const ENOUGH_WORDS: usize = 8;

/// The language of a text as ISO 639-1, `und` where it is none that is known here, nothing where the text is
/// too short.
pub(crate) fn detect(text: &str) -> Option<&'static str> {
    // The first few thousand characters decide; more would only take time.
    let end = text.char_indices().nth(4000).map_or(text.len(), |(at, _)| at);
    let text = &text[..end];
    let words = split_words(text);
    if words.len() < ENOUGH_WORDS {
        return None;
    }
    let n_function = words.iter().filter(|word| is_english_function_word(&word.text)).count();
    let share = n_function as f32 / words.len() as f32;
    // English prose has about 0.4, lists of names 0.1, other languages under 0.08 (`in`, `a`, `is`).
    if share >= 0.2 {
        return Some("en");
    }
    match whichlang::detect_language(text) {
        Lang::Eng if share >= 0.08 || words.len() < 30 => Some("en"),
        Lang::Eng => Some("und"),
        lang => Some(code_of(lang)),
    }
}

/// Words that hold English sentences together.
fn is_english_function_word(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "of"
            | "and"
            | "to"
            | "in"
            | "that"
            | "is"
            | "was"
            | "for"
            | "on"
            | "with"
            | "as"
            | "by"
            | "at"
            | "from"
            | "it"
            | "its"
            | "has"
            | "have"
            | "had"
            | "be"
            | "been"
            | "are"
            | "were"
            | "which"
            | "who"
            | "this"
            | "but"
            | "not"
            | "after"
            | "their"
            | "they"
            | "his"
            | "her"
            | "he"
            | "she"
            | "an"
            | "will"
            | "would"
            | "said"
            | "or"
            | "about"
            | "there"
            | "when"
            | "than"
            | "more"
            | "into"
            | "over"
            | "also"
    )
}

fn code_of(lang: Lang) -> &'static str {
    match lang {
        Lang::Ara => "ar",
        Lang::Cmn => "zh",
        Lang::Deu => "de",
        Lang::Eng => "en",
        Lang::Fra => "fr",
        Lang::Hin => "hi",
        Lang::Ita => "it",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Nld => "nl",
        Lang::Por => "pt",
        Lang::Rus => "ru",
        Lang::Spa => "es",
        Lang::Swe => "sv",
        Lang::Tur => "tr",
        Lang::Vie => "vi",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_of_short_articles() {
        for (text, expected) in [
            ("The council of Marenko met on Monday to talk about the harbour and its ferries.", Some("en")),
            (
                "Der Rat von Marenko trat am Montag zusammen, um über den Hafen und die Fähren zu sprechen.",
                Some("de"),
            ),
            ("Le conseil de Marenko s'est réuni lundi pour parler du port et de ses bateaux.", Some("fr")),
            ("El consejo de Marenko se reunió el lunes para hablar del puerto y de sus barcos.", Some("es")),
            ("Совет Маренко собрался в понедельник, чтобы обсудить порт и его паромы.", Some("ru")),
            ("Talks in Marenko", None),
        ] {
            assert_eq!(detect(text), expected, "{text}");
        }
    }
}
