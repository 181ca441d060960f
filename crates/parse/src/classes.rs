//! Word classes: words that occur alike share a number, so that what is learned of one helps the others.
//!
//! A class has two levels, 64 wide ones with 16 narrow ones in each. Words that the table lacks take the class of
//! their longest known ending, marked as such.

use crate::bytes::{Reader, Writer};
use crate::linear::hash;
use crate::model::ModelError;
use rustc_hash::FxHashMap;

/// Narrow classes in a wide one.
const INNER: u32 = 16;
/// Added to the class of an ending.
const ENDING: u32 = 4096;
/// Longest ending looked up, in bytes.
const MAX_ENDING: usize = 8;

/// The table of word classes.
#[derive(Default)]
pub(crate) struct Classes {
    words: FxHashMap<u32, u16>,
}

impl Classes {
    /// Reads the table as text: `word class` a line, `##` before endings.
    pub fn from_text(text: &str) -> Classes {
        let mut words = FxHashMap::default();
        for line in text.lines().filter(|line| !line.starts_with("# ")) {
            if let Some((word, class)) = line.split_once(' ')
                && let Ok(class) = class.trim().parse()
            {
                words.insert(hash(word.as_bytes()), class);
            }
        }
        Classes { words }
    }

    /// The narrow and the wide class of a word in lower case, both 0 where nothing is known.
    pub fn of(&self, lower: &str) -> (u32, u32) {
        if let Some(&class) = self.words.get(&hash(lower.as_bytes())) {
            let class = u32::from(class);
            return (class + 1, class / INNER + 1);
        }
        let bytes = lower.as_bytes();
        if !lower.is_ascii() || !bytes.last().is_some_and(u8::is_ascii_alphabetic) {
            return (0, 0);
        }
        let mut piece = [b'#'; MAX_ENDING + 2];
        for n in (2..=MAX_ENDING.min(bytes.len().saturating_sub(1))).rev() {
            piece[2..2 + n].copy_from_slice(&bytes[bytes.len() - n..]);
            if let Some(&class) = self.words.get(&hash(&piece[..2 + n])) {
                let class = u32::from(class);
                return (class + 1 + ENDING, class / INNER + 1 + ENDING);
            }
        }
        (0, 0)
    }

    pub fn write(&self, writer: &mut Writer) {
        let mut pairs: Vec<(u32, u16)> = self.words.iter().map(|(&key, &class)| (key, class)).collect();
        pairs.sort_unstable();
        writer.u32(pairs.len() as u32);
        for pair in &pairs {
            writer.u32(pair.0);
        }
        for pair in &pairs {
            writer.bytes.extend_from_slice(&pair.1.to_le_bytes());
        }
    }

    pub fn read(reader: &mut Reader<'_>) -> Result<Classes, ModelError> {
        let n = reader.u32()? as usize;
        let keys = reader.u32s(n)?;
        let classes = reader.bytes(n.saturating_mul(2))?;
        let classes = classes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
        Ok(Classes { words: keys.into_iter().zip(classes).collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_endings_have_classes() {
        let classes = Classes::from_text("# a table\ntalks 35\n##ville 7\n");
        assert_eq!(classes.of("talks"), (36, 3));
        assert_eq!(classes.of("marenville"), (8 + ENDING, 1 + ENDING));
        assert_eq!(classes.of("ville"), (0, 0), "an ending is no word of its own");
        assert_eq!(classes.of("…"), (0, 0));
        let mut writer = Writer::default();
        classes.write(&mut writer);
        let again = Classes::read(&mut Reader::new(&writer.bytes)).unwrap();
        assert_eq!(again.of("talks"), (36, 3));
    }
}
