//! The arithmetic of the network: matrix products and the cell of the LSTM.
//!
//! Kernels are compiled twice, for any processor and for those with AVX2 and FMA, and the better one is chosen at run
//! time. Both give the same bits: products of 32-bit numbers are accumulated in the order of the inner dimension,
//! always by a fused multiply-add, and no sum is reordered; those of 16-bit integers are exact. So the answer
//! depends neither on the processor nor on how sentences are put into batches.
//!
//! The trainer multiplies 32-bit numbers ([`Packed`]), the trained network mostly 16-bit integers ([`Rounded`]), at
//! half the cost. The plain twins of the kernels are in [`plain`]; property tests hold them against each other.

/// Columns of a panel: two AVX2 registers of 32-bit numbers.
const PANEL: usize = 16;

/// A matrix on the right of a product.
pub(crate) trait Matrix {
    /// Makes one of a row-major matrix. What is multiplied with it lies within ±`limit`.
    fn new(matrix: &[f32], rows: usize, columns: usize, limit: f32) -> Self;

    fn rows(&self) -> usize;

    /// Rounds rows to be multiplied with this, or with any matrix of the same number of rows and the same limit.
    fn round(&self, left: &[f32], rounded: &mut Vec<i16>);

    /// Adds `left` × this to `out`, or sets `out` to that and a bias; both are row-major and hold the same number of rows.
    /// `rounded` is what [`Matrix::round`] made of `left`.
    fn multiply(&self, left: &[f32], rounded: &[i16], bias: Option<&[f32]>, out: &mut [f32]);
}

/// A matrix packed for use on the right of a product: panels of [`PANEL`] columns, each `rows` × [`PANEL`], the
/// last one padded with zeros.
#[derive(Clone, Default)]
pub(crate) struct Packed {
    pub rows: usize,
    pub columns: usize,
    panels: Vec<f32>,
}

impl Packed {
    /// Packs a row-major matrix into the memory at hand.
    pub fn fill(&mut self, matrix: &[f32], rows: usize, columns: usize) {
        assert_eq!(matrix.len(), rows * columns, "invariant: the matrix has its size");
        self.reserve(rows, columns);
        for (panel, start) in self.panels.chunks_exact_mut(rows.max(1) * PANEL).zip((0..).step_by(PANEL)) {
            let width = PANEL.min(columns - start);
            for (to, from) in panel.chunks_exact_mut(PANEL).zip(matrix.chunks_exact(columns)) {
                to[..width].copy_from_slice(&from[start..start + width]);
            }
        }
    }

    /// Packs the transpose of a row-major matrix of `columns` × `rows`.
    pub fn fill_transposed(&mut self, matrix: &[f32], rows: usize, columns: usize) {
        assert_eq!(matrix.len(), rows * columns, "invariant: the matrix has its size");
        self.reserve(rows, columns);
        for (panel, start) in self.panels.chunks_exact_mut(rows.max(1) * PANEL).zip((0..).step_by(PANEL)) {
            for column in start..columns.min(start + PANEL) {
                let from = &matrix[column * rows..(column + 1) * rows];
                for (row, &value) in from.iter().enumerate() {
                    panel[row * PANEL + column - start] = value;
                }
            }
        }
    }

    fn reserve(&mut self, rows: usize, columns: usize) {
        (self.rows, self.columns) = (rows, columns);
        self.panels.clear();
        self.panels.resize(rows * columns.next_multiple_of(PANEL), 0.0);
    }
}

impl Matrix for Packed {
    fn new(matrix: &[f32], rows: usize, columns: usize, _limit: f32) -> Packed {
        let mut packed = Packed::default();
        packed.fill(matrix, rows, columns);
        packed
    }

    fn rows(&self) -> usize {
        self.rows
    }

    fn round(&self, _left: &[f32], _rounded: &mut Vec<i16>) {}

    fn multiply(&self, left: &[f32], _rounded: &[i16], bias: Option<&[f32]>, out: &mut [f32]) {
        multiply_onto(left, self, bias, out);
    }
}

/// A matrix rounded to integers: 12 bits with the sign, in steps of its own. The left side is rounded to 11 bits.
/// Panels are as in [`Packed`], but two rows lie together, column by column, as the processor multiplies them.
#[derive(Clone)]
pub(crate) struct Rounded {
    rows: usize,
    columns: usize,
    panels: Vec<i16>,
    /// What one step of a product is worth.
    scale: f32,
    /// Steps of the left side in one.
    left_steps: f32,
}

/// The largest integer of a matrix, and of what is multiplied with it.
const MAX_RIGHT: f32 = 2047.0;
const MAX_LEFT: f32 = 1023.0;
/// The most rows with which no sum leaves 32 bits.
pub(crate) const MAX_ROWS: usize = 1000;

impl Matrix for Rounded {
    fn new(matrix: &[f32], rows: usize, columns: usize, limit: f32) -> Rounded {
        assert_eq!(matrix.len(), rows * columns, "invariant: the matrix has its size");
        assert!((1..=MAX_ROWS).contains(&rows) && columns > 0, "invariant: no sum leaves 32 bits");
        let largest = matrix.iter().fold(0.0f32, |most, value| most.max(value.abs()));
        let step = if largest > 0.0 { largest / MAX_RIGHT } else { 1.0 };
        let even = rows.next_multiple_of(2);
        let mut panels = vec![0i16; even * columns.next_multiple_of(PANEL)];
        for (row, values) in matrix.chunks_exact(columns).enumerate() {
            for (panel, values) in values.chunks(PANEL).enumerate() {
                let start = panel * even * PANEL + row / 2 * 2 * PANEL + row % 2;
                for (to, value) in panels[start..].iter_mut().step_by(2).zip(values) {
                    *to = (value / step + MAGIC).to_bits() as i16;
                }
            }
        }
        let left_steps = MAX_LEFT / limit;
        Rounded { rows, columns, panels, scale: step / left_steps, left_steps }
    }

    fn rows(&self) -> usize {
        self.rows
    }

    fn round(&self, left: &[f32], rounded: &mut Vec<i16>) {
        let even = self.rows.next_multiple_of(2);
        rounded.clear();
        rounded.resize(left.len() / self.rows * even, 0);
        #[cfg(target_arch = "x86_64")]
        if has_avx2() {
            // SAFETY: the processor has AVX2 and FMA, as just asked.
            return unsafe { round_avx2(left, self.rows, self.left_steps, rounded) };
        }
        round_rows(left, self.rows, self.left_steps, rounded);
    }

    fn multiply(&self, left: &[f32], rounded: &[i16], bias: Option<&[f32]>, out: &mut [f32]) {
        let even = self.rows.next_multiple_of(2);
        assert_eq!(left.len() / self.rows, out.len() / self.columns, "invariant: as many rows in as out");
        assert_eq!(left.len() / self.rows, rounded.len() / even, "invariant: the rows are rounded");
        #[cfg(target_arch = "x86_64")]
        if has_avx2() {
            // SAFETY: the processor has AVX2 and FMA, as just asked.
            return unsafe { rounded_avx2(self, rounded, bias, out) };
        }
        multiply_blocks::<i16, false>(rounded, &self.panels, even, (self.scale, bias), out);
    }
}

/// Rounds rows to integers, each padded to an even number of them.
#[inline(always)]
fn round_rows(left: &[f32], size: usize, steps: f32, out: &mut [i16]) {
    for (from, to) in left.chunks_exact(size).zip(out.chunks_exact_mut(size.next_multiple_of(2))) {
        for (to, from) in to.iter_mut().zip(from) {
            *to = round(from * steps);
        }
    }
}

/// The whole number nearest to `x`, held within ±[`MAX_LEFT`].
#[inline(always)]
fn round(x: f32) -> i16 {
    let x = if x > MAX_LEFT { MAX_LEFT } else { x };
    let x = if x < -MAX_LEFT { -MAX_LEFT } else { x };
    (x + MAGIC).to_bits() as i16
}

/// 1.5 × 2^23: adding it rounds to a whole number, which is then in the low bits.
const MAGIC: f32 = 12_582_912.0;

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn round_avx2(left: &[f32], size: usize, steps: f32, out: &mut [i16]) {
    round_rows(left, size, steps, out);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn rounded_avx2(matrix: &Rounded, rounded: &[i16], bias: Option<&[f32]>, out: &mut [f32]) {
    let even = matrix.rows.next_multiple_of(2);
    multiply_blocks::<i16, true>(rounded, &matrix.panels, even, (matrix.scale, bias), out);
}

/// Adds `left` × `right` to `out`. `left` has `right.rows` columns, `out` has `right.columns`; both are row-major
/// and hold the same number of rows.
pub(crate) fn multiply(left: &[f32], right: &Packed, out: &mut [f32]) {
    multiply_onto(left, right, None, out);
}

fn multiply_onto(left: &[f32], right: &Packed, bias: Option<&[f32]>, out: &mut [f32]) {
    if right.rows == 0 || right.columns == 0 {
        return;
    }
    assert_eq!(left.len() / right.rows, out.len() / right.columns, "invariant: as many rows in as out");
    #[cfg(target_arch = "x86_64")]
    if has_avx2() {
        // SAFETY: the processor has AVX2 and FMA, as just asked.
        return unsafe { multiply_avx2(left, right, bias, out) };
    }
    multiply_blocks::<f32, false>(left, &right.panels, right.rows, (1.0, bias), out);
}

/// One step of an LSTM for a number of sentences: `gates` holds a row of pre-activations (in, forget, candidate,
/// out) for each and is left with the activations; `cells` holds the cells before and is left with those after.
/// The outputs go to `out`.
pub(crate) fn cell(
    gates: &mut [f32],
    before: Option<&[f32]>,
    cells: &mut [f32],
    out: &mut [f32],
    hidden: usize,
) {
    #[cfg(target_arch = "x86_64")]
    if has_avx2() {
        // SAFETY: the processor has AVX2 and FMA, as just asked.
        return unsafe { cell_avx2(gates, before, cells, out, hidden) };
    }
    cell_rows(gates, before, cells, out, hidden);
}

/// Adds `step` × `row` to `out`.
pub(crate) fn add_steps(row: &[i8], step: f32, out: &mut [f32]) {
    #[cfg(target_arch = "x86_64")]
    if has_avx2() {
        // SAFETY: the processor has AVX2 and FMA, as just asked.
        return unsafe { add_steps_avx2(row, step, out) };
    }
    add_steps_plain(row, step, out);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn add_steps_avx2(row: &[i8], step: f32, out: &mut [f32]) {
    add_steps_plain(row, step, out);
}

#[inline(always)]
fn add_steps_plain(row: &[i8], step: f32, out: &mut [f32]) {
    for (out, &value) in out.iter_mut().zip(row) {
        *out += step * f32::from(value);
    }
}

#[cfg(target_arch = "x86_64")]
fn has_avx2() -> bool {
    std::arch::is_x86_feature_detected!("avx2") && std::arch::is_x86_feature_detected!("fma")
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn multiply_avx2(left: &[f32], right: &Packed, bias: Option<&[f32]>, out: &mut [f32]) {
    multiply_blocks::<f32, true>(left, &right.panels, right.rows, (1.0, bias), out);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn cell_avx2(gates: &mut [f32], before: Option<&[f32]>, cells: &mut [f32], out: &mut [f32], hidden: usize) {
    cell_rows(gates, before, cells, out, hidden);
}

/// What is multiplied.
trait Number: Copy {
    /// The sums of `ROWS` rows times `PANELS` panels, each `inner` long. `AVX2` says that the processor has AVX2
    /// and FMA.
    fn sums<const ROWS: usize, const PANELS: usize, const AVX2: bool>(
        lefts: [&[Self]; ROWS],
        panels: [&[Self]; PANELS],
        inner: usize,
        out: &mut [[[f32; PANEL]; PANELS]; ROWS],
    );
}

/// Blocks of rows by panels, so that twelve registers of sums are filled whatever the number of rows. Sums are multiplied
/// by `scale` and added to the bias, or to what `out` holds.
#[inline(always)]
fn multiply_blocks<T: Number, const AVX2: bool>(
    left: &[T],
    panels: &[T],
    inner: usize,
    scale_and_bias: (f32, Option<&[f32]>),
    out: &mut [f32],
) {
    let rows = left.len() / inner;
    if rows == 0 {
        return;
    }
    let columns = out.len() / rows;
    let mut row = 0;
    while row < rows {
        let left = &left[row * inner..];
        let out = &mut out[row * columns..];
        row += match rows - row {
            1 => block::<T, 1, 4, AVX2>(left, panels, (inner, columns), scale_and_bias, out),
            2 => block::<T, 2, 2, AVX2>(left, panels, (inner, columns), scale_and_bias, out),
            3 => block::<T, 3, 2, AVX2>(left, panels, (inner, columns), scale_and_bias, out),
            4 => block::<T, 4, 1, AVX2>(left, panels, (inner, columns), scale_and_bias, out),
            5 => block::<T, 5, 1, AVX2>(left, panels, (inner, columns), scale_and_bias, out),
            _ => block::<T, 6, 1, AVX2>(left, panels, (inner, columns), scale_and_bias, out),
        };
    }
}

/// `ROWS` rows of the product, `PANELS` panels at a time. Gives `ROWS`.
#[inline(always)]
fn block<T: Number, const ROWS: usize, const PANELS: usize, const AVX2: bool>(
    left: &[T],
    panels: &[T],
    (inner, columns): (usize, usize),
    scale_and_bias: (f32, Option<&[f32]>),
    out: &mut [f32],
) -> usize {
    let size = inner * PANEL;
    let n_panels = panels.len() / size;
    let mut panel = 0;
    while panel + PANELS <= n_panels {
        let some = std::array::from_fn(|i| &panels[(panel + i) * size..(panel + i + 1) * size]);
        tile::<T, ROWS, PANELS, AVX2>(left, some, (inner, columns), panel * PANEL, scale_and_bias, out);
        panel += PANELS;
    }
    while panel < n_panels {
        let one = [&panels[panel * size..(panel + 1) * size]];
        tile::<T, ROWS, 1, AVX2>(left, one, (inner, columns), panel * PANEL, scale_and_bias, out);
        panel += 1;
    }
    ROWS
}

/// `ROWS` rows of the product with `PANELS` panels, the first of them at column `first`.
#[inline(always)]
fn tile<T: Number, const ROWS: usize, const PANELS: usize, const AVX2: bool>(
    left: &[T],
    panels: [&[T]; PANELS],
    (inner, columns): (usize, usize),
    first: usize,
    (scale, bias): (f32, Option<&[f32]>),
    out: &mut [f32],
) {
    let lefts: [&[T]; ROWS] = std::array::from_fn(|row| &left[row * inner..(row + 1) * inner]);
    let mut sums = [[[0.0f32; PANEL]; PANELS]; ROWS];
    T::sums::<ROWS, PANELS, AVX2>(lefts, panels, inner, &mut sums);
    for (row, sums) in sums.iter().enumerate() {
        for (panel, sums) in sums.iter().enumerate() {
            let start = first + panel * PANEL;
            let end = columns.min(start + PANEL);
            let out = &mut out[row * columns + start..row * columns + end];
            match bias {
                Some(bias) => {
                    for ((out, sum), bias) in out.iter_mut().zip(sums).zip(&bias[start..end]) {
                        *out = bias + sum * scale;
                    }
                }
                None => out.iter_mut().zip(sums).for_each(|(out, sum)| *out += sum * scale),
            }
        }
    }
}

impl Number for f32 {
    #[inline(always)]
    fn sums<const ROWS: usize, const PANELS: usize, const AVX2: bool>(
        lefts: [&[f32]; ROWS],
        panels: [&[f32]; PANELS],
        inner: usize,
        out: &mut [[[f32; PANEL]; PANELS]; ROWS],
    ) {
        #[cfg(target_arch = "x86_64")]
        if AVX2 {
            // SAFETY: the caller has seen that the processor has AVX2 and FMA.
            return unsafe { avx2::sums(lefts, panels, inner, out) };
        }
        for k in 0..inner {
            for row in 0..ROWS {
                let factor = lefts[row][k];
                for (sums, panel) in out[row].iter_mut().zip(panels) {
                    for (sum, &right) in sums.iter_mut().zip(&panel[k * PANEL..(k + 1) * PANEL]) {
                        *sum = factor.mul_add(right, *sum);
                    }
                }
            }
        }
    }
}

impl Number for i16 {
    #[inline(always)]
    fn sums<const ROWS: usize, const PANELS: usize, const AVX2: bool>(
        lefts: [&[i16]; ROWS],
        panels: [&[i16]; PANELS],
        inner: usize,
        out: &mut [[[f32; PANEL]; PANELS]; ROWS],
    ) {
        #[cfg(target_arch = "x86_64")]
        if AVX2 {
            // SAFETY: the caller has seen that the processor has AVX2 and FMA.
            return unsafe { avx2::integer_sums(lefts, panels, inner, out) };
        }
        for row in 0..ROWS {
            for (sums, panel) in out[row].iter_mut().zip(panels) {
                let mut totals = [0i32; PANEL];
                for (pair, steps) in lefts[row].chunks_exact(2).zip(panel.chunks_exact(2 * PANEL)) {
                    for (total, step) in totals.iter_mut().zip(steps.chunks_exact(2)) {
                        *total +=
                            i32::from(pair[0]) * i32::from(step[0]) + i32::from(pair[1]) * i32::from(step[1]);
                    }
                }
                *sums = totals.map(|total| total as f32);
            }
        }
    }
}

/// The sums of a tile, kept in registers.
#[cfg(target_arch = "x86_64")]
mod avx2 {
    use super::PANEL;
    use std::arch::x86_64::{
        __m256i, _mm256_add_epi32, _mm256_cvtepi32_ps, _mm256_fmadd_ps, _mm256_loadu_ps, _mm256_loadu_si256,
        _mm256_madd_epi16, _mm256_set1_epi32, _mm256_set1_ps, _mm256_setzero_ps, _mm256_setzero_si256,
        _mm256_storeu_ps,
    };

    #[target_feature(enable = "avx2,fma")]
    #[inline]
    pub(super) fn sums<const ROWS: usize, const PANELS: usize>(
        lefts: [&[f32]; ROWS],
        panels: [&[f32]; PANELS],
        inner: usize,
        out: &mut [[[f32; PANEL]; PANELS]; ROWS],
    ) {
        assert!(lefts.iter().all(|left| left.len() >= inner), "invariant: rows have `inner` numbers");
        assert!(
            panels.iter().all(|panel| panel.len() >= inner * PANEL),
            "invariant: panels have `inner` rows"
        );
        let mut sums = [[[_mm256_setzero_ps(); 2]; PANELS]; ROWS];
        for k in 0..inner {
            for (number, panel) in panels.iter().enumerate() {
                // SAFETY: `k` is below `inner`, so the sixteen numbers read here lie in the panel, as asserted.
                let rights = unsafe {
                    let at = panel.as_ptr().add(k * PANEL);
                    [_mm256_loadu_ps(at), _mm256_loadu_ps(at.add(8))]
                };
                for row in 0..ROWS {
                    // SAFETY: `k` is below `inner`, so the number lies in the row, as asserted.
                    let factor = _mm256_set1_ps(unsafe { *lefts[row].get_unchecked(k) });
                    let sums = &mut sums[row][number];
                    sums[0] = _mm256_fmadd_ps(factor, rights[0], sums[0]);
                    sums[1] = _mm256_fmadd_ps(factor, rights[1], sums[1]);
                }
            }
        }
        for (out, sums) in out.as_flattened_mut().iter_mut().zip(sums.as_flattened()) {
            // SAFETY: `out` has sixteen numbers.
            unsafe {
                _mm256_storeu_ps(out.as_mut_ptr(), sums[0]);
                _mm256_storeu_ps(out.as_mut_ptr().add(8), sums[1]);
            }
        }
    }

    #[target_feature(enable = "avx2,fma")]
    #[inline]
    pub(super) fn integer_sums<const ROWS: usize, const PANELS: usize>(
        lefts: [&[i16]; ROWS],
        panels: [&[i16]; PANELS],
        inner: usize,
        out: &mut [[[f32; PANEL]; PANELS]; ROWS],
    ) {
        assert!(lefts.iter().all(|left| left.len() >= inner), "invariant: rows have `inner` numbers");
        assert!(
            panels.iter().all(|panel| panel.len() >= inner * PANEL),
            "invariant: panels have `inner` rows"
        );
        let mut sums = [[[_mm256_setzero_si256(); 2]; PANELS]; ROWS];
        for pair in 0..inner / 2 {
            for (number, panel) in panels.iter().enumerate() {
                // SAFETY: `2 * pair + 1` is below `inner`, so the 32 integers read here lie in the panel, as asserted.
                let rights = unsafe {
                    let at = panel.as_ptr().add(pair * 2 * PANEL).cast::<__m256i>();
                    [_mm256_loadu_si256(at), _mm256_loadu_si256(at.add(1))]
                };
                for row in 0..ROWS {
                    // SAFETY: `2 * pair + 1` is below `inner`, so both integers lie in the row, as asserted.
                    let factors = unsafe { lefts[row].as_ptr().add(2 * pair).cast::<i32>().read_unaligned() };
                    let factors = _mm256_set1_epi32(factors);
                    let sums = &mut sums[row][number];
                    sums[0] = _mm256_add_epi32(sums[0], _mm256_madd_epi16(factors, rights[0]));
                    sums[1] = _mm256_add_epi32(sums[1], _mm256_madd_epi16(factors, rights[1]));
                }
            }
        }
        for (out, sums) in out.as_flattened_mut().iter_mut().zip(sums.as_flattened()) {
            // SAFETY: `out` has sixteen numbers.
            unsafe {
                _mm256_storeu_ps(out.as_mut_ptr(), _mm256_cvtepi32_ps(sums[0]));
                _mm256_storeu_ps(out.as_mut_ptr().add(8), _mm256_cvtepi32_ps(sums[1]));
            }
        }
    }
}

#[inline(always)]
fn cell_rows(gates: &mut [f32], before: Option<&[f32]>, cells: &mut [f32], out: &mut [f32], hidden: usize) {
    let rows = gates.chunks_exact_mut(4 * hidden);
    let rows = rows.zip(cells.chunks_exact_mut(hidden)).zip(out.chunks_exact_mut(hidden));
    for (number, ((gates, cells), out)) in rows.enumerate() {
        let (first, candidate) = gates.split_at_mut(2 * hidden);
        let (candidate, last) = candidate.split_at_mut(hidden);
        first.iter_mut().for_each(|gate| *gate = sigmoid(*gate));
        candidate.iter_mut().for_each(|gate| *gate = tanh(*gate));
        last.iter_mut().for_each(|gate| *gate = sigmoid(*gate));
        let (input, forget) = first.split_at(hidden);
        match before {
            Some(before) => {
                let before = &before[number * hidden..(number + 1) * hidden];
                for i in 0..hidden {
                    cells[i] = forget[i].mul_add(before[i], input[i] * candidate[i]);
                }
            }
            None => (0..hidden).for_each(|i| cells[i] = input[i] * candidate[i]),
        }
        for i in 0..hidden {
            out[i] = last[i] * tanh(cells[i]);
        }
    }
}

#[inline(always)]
pub(crate) fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}

#[inline(always)]
pub(crate) fn tanh(x: f32) -> f32 {
    2.0f32.mul_add(1.0 / (1.0 + exp(-2.0 * x)), -1.0)
}

/// e to the power of `x`, to about 2e-7 of its value; `x` is held within ±80.
#[inline(always)]
pub(crate) fn exp(x: f32) -> f32 {
    // Cephes `expf` (Moshier): x = n ln 2 + r, and a polynomial for e^r.
    let x = if x > 80.0 { 80.0 } else { x };
    let x = if x < -80.0 { -80.0 } else { x };
    let shifted = x.mul_add(std::f32::consts::LOG2_E, MAGIC);
    let n = shifted - MAGIC;
    let r = n.mul_add(-0.693_359_4, x);
    let r = n.mul_add(2.121_944_4e-4, r);
    let mut p = 1.987_569_1e-4f32;
    for coefficient in [1.398_199_9e-3, 8.333_452e-3, 4.166_579_6e-2, 1.666_666_5e-1, 0.5] {
        p = p.mul_add(r, coefficient);
    }
    let value = p.mul_add(r * r, r + 1.0);
    let power = (shifted.to_bits() << 23).wrapping_add(127 << 23);
    value * f32::from_bits(power)
}

/// The kernels as one would write them on paper: what the fast ones must equal, bit for bit.
#[cfg(test)]
pub(crate) mod plain {
    /// Adds the product of two row-major matrices to a third.
    pub fn multiply(left: &[f32], right: &[f32], out: &mut [f32], inner: usize, columns: usize) {
        for (row, out) in out.chunks_exact_mut(columns).enumerate() {
            for (column, out) in out.iter_mut().enumerate() {
                let mut sum = 0.0f32;
                for k in 0..inner {
                    sum = left[row * inner + k].mul_add(right[k * columns + column], sum);
                }
                *out += sum;
            }
        }
    }

    /// Adds the product of two row-major matrices to a third, both rounded to whole steps.
    pub fn multiply_rounded(
        left: &[f32],
        right: &[f32],
        out: &mut [f32],
        (inner, columns): (usize, usize),
        limit: f32,
    ) {
        let most = right.iter().fold(0.0f32, |most, value| most.max(value.abs()));
        let right_step = if most > 0.0 { most / super::MAX_RIGHT } else { 1.0 };
        let left_steps = super::MAX_LEFT / limit;
        for (row, out) in out.chunks_exact_mut(columns).enumerate() {
            for (column, out) in out.iter_mut().enumerate() {
                let mut sum = 0i64;
                for k in 0..inner {
                    let left = (left[row * inner + k] * left_steps).clamp(-super::MAX_LEFT, super::MAX_LEFT);
                    let right = (right[k * columns + column] / right_step).round_ties_even();
                    sum += left.round_ties_even() as i64 * right as i64;
                }
                *out += sum as f32 * (right_step / left_steps);
            }
        }
    }

    /// One step of an LSTM for one sentence: the new cell and output.
    pub fn cell(gates: &[f32], before: f32, hidden: usize, i: usize) -> (f32, f32) {
        let [input, forget, candidate, output] = [0, 1, 2, 3].map(|gate| gates[gate * hidden + i]);
        let cell = super::sigmoid(forget).mul_add(before, super::sigmoid(input) * super::tanh(candidate));
        (cell, super::sigmoid(output) * super::tanh(cell))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn numbers(seed: u32, n: usize) -> Vec<f32> {
        let mut state = seed | 1;
        (0..n)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 8) as f32 / (1 << 22) as f32 - 2.0
            })
            .collect()
    }

    proptest! {
        #[test]
        fn products_equal_their_plain_twin(rows in 1usize..15, inner in 1usize..40, columns in 1usize..100, seed: u32) {
            let left = numbers(seed, rows * inner);
            let right = numbers(seed ^ 99, inner * columns);
            let mut expected = numbers(seed ^ 7, rows * columns);
            let (mut fast, mut blocks, mut turned) = (expected.clone(), expected.clone(), expected.clone());
            plain::multiply(&left, &right, &mut expected, inner, columns);
            let packed = Packed::new(&right, inner, columns, 1.0);
            multiply(&left, &packed, &mut fast);
            multiply_blocks::<f32, false>(&left, &packed.panels, inner, (1.0, None), &mut blocks);
            let mut transpose = vec![0.0; right.len()];
            for k in 0..inner {
                for column in 0..columns {
                    transpose[column * inner + k] = right[k * columns + column];
                }
            }
            let mut packed = Packed::default();
            packed.fill_transposed(&transpose, inner, columns);
            multiply(&left, &packed, &mut turned);
            prop_assert_eq!(&fast, &expected);
            prop_assert_eq!(&blocks, &expected);
            prop_assert_eq!(&turned, &expected);
        }

        #[test]
        fn rounded_products_equal_their_plain_twin(
            rows in 1usize..15,
            inner in 1usize..40,
            columns in 1usize..100,
            seed: u32,
            limit in 0.5f32..4.0,
        ) {
            let left = numbers(seed, rows * inner);
            let right = numbers(seed ^ 99, inner * columns);
            let mut expected = numbers(seed ^ 7, rows * columns);
            let (mut fast, mut blocks) = (expected.clone(), expected.clone());
            plain::multiply_rounded(&left, &right, &mut expected, (inner, columns), limit);
            let rounded = Rounded::new(&right, inner, columns, limit);
            let mut memory = Vec::new();
            rounded.round(&left, &mut memory);
            rounded.multiply(&left, &memory, None, &mut fast);
            let mut plain_memory = vec![0; memory.len()];
            round_rows(&left, inner, rounded.left_steps, &mut plain_memory);
            prop_assert_eq!(&memory, &plain_memory);
            let even = inner.next_multiple_of(2);
            multiply_blocks::<i16, false>(&memory, &rounded.panels, even, (rounded.scale, None), &mut blocks);
            let bias = numbers(seed ^ 3, columns);
            let (mut with_bias, mut added) = (vec![9.0; blocks.len()], bias.repeat(rows));
            rounded.multiply(&left, &memory, Some(&bias), &mut with_bias);
            rounded.multiply(&left, &memory, None, &mut added);
            prop_assert_eq!(with_bias, added);
            prop_assert_eq!(&fast, &expected);
            prop_assert_eq!(&blocks, &expected);
        }

        #[test]
        fn cells_equal_their_plain_twin(rows in 1usize..5, hidden in 1usize..40, seed: u32, first: bool) {
            let gates = numbers(seed, rows * 4 * hidden);
            let before = numbers(seed ^ 5, rows * hidden);
            let (mut cells, mut out) = (vec![0.0; rows * hidden], vec![0.0; rows * hidden]);
            cell(&mut gates.clone(), (!first).then_some(&before), &mut cells, &mut out, hidden);
            for row in 0..rows {
                for i in 0..hidden {
                    let at = row * hidden + i;
                    let old = if first { 0.0 } else { before[at] };
                    let expected = plain::cell(&gates[row * 4 * hidden..][..4 * hidden], old, hidden, i);
                    prop_assert_eq!((cells[at].to_bits(), out[at].to_bits()), (expected.0.to_bits(), expected.1.to_bits()));
                }
            }
        }

        #[test]
        fn exp_is_close(x in -79.0f32..79.0) {
            let expected = f64::from(x).exp();
            prop_assert!((f64::from(exp(x)) / expected - 1.0).abs() < 4e-7, "{} {}", exp(x), expected);
        }
    }

    #[test]
    fn extremes_stay_numbers() {
        for x in [f32::INFINITY, f32::NEG_INFINITY, f32::MAX, f32::MIN, 0.0, -0.0] {
            assert!(sigmoid(x).is_finite() && tanh(x).is_finite(), "{x}");
        }
        assert_eq!((sigmoid(-1e9), tanh(1e9)), (sigmoid(-80.0), 1.0));
    }
}
