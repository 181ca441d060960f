//! A network as it is used: its weights stay in the 8 bits of the file, and sums of them are whole numbers, which
//! come out the same in whatever order they are made.
//!
//! ```text
//! network := inputs:u32 hidden:u32 classes:u32 known (step:f32 weights:[i8])*6
//! ```
//!
//! The matrices are those of [`super::net`], in that order. Sums are compiled twice, for any processor and for those
//! with AVX2; both give the same numbers.

use super::bytes::{Damaged, Reader};
use super::features::{Input, Known, STEP};
use super::net::{Sizes, add_scaled, sigmoid, softmax};

/// A trained network.
#[derive(Debug)]
pub(super) struct Trained {
    pub sizes: Sizes,
    known: Known,
    /// The weights of the dense inputs, a row for each number of the hidden layer: 8-bit numbers, as they are multiplied.
    dense: Vec<i16>,
    dense_step: f32,
    hidden_bias: Vec<f32>,
    /// A row for each known feature: what it adds to the hidden layer, then what it adds to the scores.
    features: Vec<i8>,
    feature_steps: [f32; 2],
    out: Vec<f32>,
    out_bias: Vec<f32>,
}

/// Memory used again and again.
#[derive(Debug, Default)]
pub(super) struct Work {
    dense: Vec<i16>,
    products: Vec<i32>,
    rows: Vec<u32>,
    /// Sums of few enough rows that they stay in 16 bits, and of all.
    some: Vec<i16>,
    sums: Vec<i32>,
    hidden: Vec<f32>,
    chances: Vec<f32>,
}

impl Trained {
    /// A network that knows nothing.
    pub fn blank(inputs: usize, classes: usize) -> Trained {
        let sizes = Sizes { inputs, hidden: 1, classes, features: 0 };
        Trained {
            sizes,
            known: Known::default(),
            dense: vec![0; inputs],
            dense_step: 1.0,
            hidden_bias: vec![0.0],
            features: Vec::new(),
            feature_steps: [1.0; 2],
            out: vec![0.0; classes],
            out_bias: vec![0.0; classes],
        }
    }

    /// How likely each class is, where one is true.
    pub fn chances<'w>(&self, input: &Input, work: &'w mut Work) -> &'w [f32] {
        self.score(input, work);
        softmax(&mut work.chances);
        &work.chances
    }

    /// How likely each label is, where any may be true.
    pub fn label_chances<'w>(&self, input: &Input, work: &'w mut Work) -> &'w [f32] {
        self.score(input, work);
        sigmoid(&mut work.chances);
        &work.chances
    }

    fn score(&self, input: &Input, work: &mut Work) {
        let Sizes { inputs, hidden: n_hidden, classes, .. } = self.sizes;
        let Work { dense, products, rows, some, sums, hidden, chances } = work;
        dense.clear();
        dense.extend(input.dense.iter().map(|&value| i16::from(value)));
        dense.resize(inputs, 0);
        products.clear();
        products.resize(n_hidden, 0);
        dots(dense, &self.dense, products);
        rows.clear();
        rows.extend(input.features.iter().filter_map(|&hash| self.known.row(hash)));
        sums.clear();
        sums.resize(n_hidden + classes, 0);
        add_rows(&self.features, rows, some, sums);
        let [to_hidden, to_scores] = self.feature_steps;
        hidden.clear();
        hidden.extend(self.hidden_bias.iter().zip(products).zip(&*sums).map(|((bias, product), sum)| {
            (bias + *product as f32 * (self.dense_step * STEP) + *sum as f32 * to_hidden).max(0.0)
        }));
        chances.clear();
        chances.extend(
            self.out_bias.iter().zip(&sums[n_hidden..]).map(|(bias, sum)| bias + *sum as f32 * to_scores),
        );
        for (&value, row) in hidden.iter().zip(self.out.chunks_exact(classes)) {
            if value > 0.0 {
                add_scaled(chances, row, value);
            }
        }
    }

    /// Reads a network.
    pub fn read(reader: &mut Reader<'_>) -> Result<Trained, Damaged> {
        let mut sizes = [0; 3];
        for size in &mut sizes {
            *size = reader.u32()? as usize;
            if *size == 0 || *size > 1 << 12 {
                return Err(Damaged("a size is out of range"));
            }
        }
        let [inputs, hidden, classes] = sizes;
        let known = Known::read(reader)?;
        let n_known = known.n_known();
        let mut matrix = |n_values: usize| Ok((reader.f32()?, reader.bytes(n_values)?));
        let scaled = |(step, bytes): (f32, &[u8])| -> Vec<f32> {
            bytes.iter().map(|&byte| f32::from(byte as i8) * step).collect()
        };
        let (dense_step, by_input) = matrix(inputs * hidden)?;
        let hidden_bias = scaled(matrix(hidden)?);
        let (hidden_step, embedded) = matrix(n_known * hidden)?;
        let out = scaled(matrix(hidden * classes)?);
        let out_bias = scaled(matrix(classes)?);
        let (score_step, direct) = matrix(n_known * classes)?;
        let mut features = Vec::with_capacity(embedded.len() + direct.len());
        for (embedded, direct) in embedded.chunks_exact(hidden).zip(direct.chunks_exact(classes)) {
            features.extend(embedded.iter().chain(direct).map(|&byte| byte as i8));
        }
        let weight = |unit: usize, input: usize| i16::from(by_input[input * hidden + unit] as i8);
        let dense = (0..hidden).flat_map(|unit| (0..inputs).map(move |input| weight(unit, input))).collect();
        Ok(Trained {
            sizes: Sizes { inputs, hidden, classes, features: n_known },
            known,
            dense,
            dense_step,
            hidden_bias,
            features,
            feature_steps: [hidden_step, score_step],
            out,
            out_bias,
        })
    }
}

/// The products of `left` with each row of a matrix. Numbers are of 8 bits and rows at most 2^12 long, so no sum
/// leaves 32 bits.
fn dots(left: &[i16], matrix: &[i16], out: &mut [i32]) {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has AVX2, as just asked.
        return unsafe { dots_avx2(left, matrix, out) };
    }
    dots_plain(left, matrix, out);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn dots_avx2(left: &[i16], matrix: &[i16], out: &mut [i32]) {
    dots_plain(left, matrix, out);
}

#[inline(always)]
fn dots_plain(left: &[i16], matrix: &[i16], out: &mut [i32]) {
    for (out, row) in out.iter_mut().zip(matrix.chunks_exact(left.len())) {
        *out = left.iter().zip(row).map(|(&a, &b)| i32::from(a) * i32::from(b)).sum();
    }
}

/// So many rows of 8-bit numbers sum to 16 bits.
const FEW: usize = 256;

/// Adds some rows of a table, each as wide as the sums.
fn add_rows(table: &[i8], rows: &[u32], some: &mut Vec<i16>, sums: &mut [i32]) {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has AVX2, as just asked.
        return unsafe { add_rows_avx2(table, rows, some, sums) };
    }
    add_rows_plain(table, rows, some, sums);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn add_rows_avx2(table: &[i8], rows: &[u32], some: &mut Vec<i16>, sums: &mut [i32]) {
    add_rows_plain(table, rows, some, sums);
}

#[inline(always)]
fn add_rows_plain(table: &[i8], rows: &[u32], some: &mut Vec<i16>, sums: &mut [i32]) {
    let width = sums.len();
    for few in rows.chunks(FEW) {
        some.clear();
        some.resize(width, 0);
        for &row in few {
            let row = &table[row as usize * width..][..width];
            some.iter_mut().zip(row).for_each(|(sum, &weight)| *sum += i16::from(weight));
        }
        sums.iter_mut().zip(&*some).for_each(|(sum, &some)| *sum += i32::from(some));
    }
}

#[cfg(test)]
mod tests {
    use super::super::net::{Net, Numbered};
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_written_scores_alike_within_a_step() {
        let mut input = Input { features: Vec::new(), dense: vec![64, -20, 3] };
        input.add(&["lemma", "meet"]);
        let known = Known::met([&input].into_iter(), 1);
        let mut net = Net::zeros(Sizes { inputs: 3, hidden: 2, classes: 2, features: 1 });
        net.dense = vec![0.5, -1.0, 0.25, 0.1, 0.0, 1.27];
        net.embedded = vec![0.4, 0.9];
        net.direct = vec![0.3, -0.2];
        net.out = vec![1.0, -1.0, 0.5, 0.25];
        net.out_bias = vec![-3.0, 2.0];
        let mut bytes = Vec::new();
        net.write(&known, &mut bytes);
        let trained = Trained::read(&mut Reader::new(&bytes)).expect("what is written reads");
        let (mut hidden, mut expected) = (Vec::new(), Vec::new());
        let numbered = Numbered { features: vec![0], dense: input.dense.clone() };
        net.hidden(&numbered, &mut hidden);
        net.scores(&numbered, &hidden, &mut expected);
        let mut work = Work::default();
        input.add(&["a feature that was never met"]);
        trained.score(&input, &mut work);
        for (one, other) in work.chances.iter().zip(&expected) {
            assert!((one - other).abs() < 0.05, "{:?}, and {expected:?} before rounding", work.chances);
        }
        assert!(Trained::read(&mut Reader::new(&bytes[..bytes.len() - 1])).is_err());
    }

    proptest! {
        #[test]
        fn both_twins_give_the_same_sums(
            left in prop::collection::vec(-127i16..=127, 1..70),
            n_rows in 1usize..5,
            chosen in prop::collection::vec(0u32..4, 0..600),
        ) {
            let weight = |at: usize| ((at * 7919) % 255) as i16 - 127;
            let matrix: Vec<i16> = (0..left.len() * n_rows).map(weight).collect();
            let (mut one, mut other) = (vec![0; n_rows], vec![0; n_rows]);
            dots(&left, &matrix, &mut one);
            dots_plain(&left, &matrix, &mut other);
            prop_assert_eq!(one, other);
            let table: Vec<i8> = (0..left.len() * 4).map(|at| weight(at) as i8).collect();
            let (mut one, mut other) = (vec![0; left.len()], vec![0; left.len()]);
            add_rows(&table, &chosen, &mut Vec::new(), &mut one);
            add_rows_plain(&table, &chosen, &mut Vec::new(), &mut other);
            prop_assert_eq!(&one, &other);
            let exact: i32 = chosen.iter().map(|&row| i32::from(table[row as usize * left.len()])).sum();
            prop_assert_eq!(one[0], exact);
        }
    }
}
