//! From what the networks say to how often that is right.
//!
//! ```text
//! calibrated = 1 / (1 + exp(-(offset + slope · ln(raw / (1 - raw)))))       Platt 1999
//! ```
//!
//! Offset and slope of each field are fitted on sentences that the networks did not learn from, so that of the events
//! with a confidence of 0.7 seven in ten are right. `docs/accuracy.md` shows how well that holds on others.

use super::bytes::{Damaged, Reader};
use crate::{Confidence, FieldConfidence};

/// Fields that are calibrated: the whole event, then type, actor, recipient, date, place.
pub(super) const N_FIELDS: usize = 6;

/// Offset and slope of each field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Calibration([[f32; 2]; N_FIELDS]);

/// What the networks say of an event, 0 to 1.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Certainty {
    pub event: f32,
    pub actor: f32,
    pub recipient: f32,
    pub date: f32,
    pub place: f32,
}

impl Default for Calibration {
    /// Takes what the networks say as it is.
    fn default() -> Calibration {
        Calibration([[0.0, 1.0]; N_FIELDS])
    }
}

impl Calibration {
    /// Fits each field on pairs of what was said and whether it was right: the confidences of events that were coded
    /// with the default calibration.
    pub fn fit(fields: &[Vec<(f32, bool)>; N_FIELDS]) -> Calibration {
        Calibration(std::array::from_fn(|field| fit(&fields[field])))
    }

    /// How sure an event and its fields are.
    pub(crate) fn apply(&self, raw: Certainty) -> (Confidence, FieldConfidence) {
        let whole = raw.event * raw.actor * raw.recipient;
        let [whole, event, actor, recipient, date, place] =
            [whole, raw.event, raw.actor, raw.recipient, raw.date, raw.place];
        let of = |field: usize, raw: f32| Confidence::new(chance(self.0[field], raw));
        let fields = FieldConfidence {
            event: of(1, event),
            actor: of(2, actor),
            recipient: of(3, recipient),
            date: of(4, date),
            place: of(5, place),
        };
        (of(0, whole), fields)
    }

    pub(super) fn write(&self, bytes: &mut Vec<u8>) {
        self.0.iter().flatten().for_each(|value| bytes.extend(value.to_le_bytes()));
    }

    pub(super) fn read(reader: &mut Reader<'_>) -> Result<Calibration, Damaged> {
        let mut pairs = [[0.0; 2]; N_FIELDS];
        for value in pairs.iter_mut().flatten() {
            *value = reader.f32()?;
            if !value.is_finite() {
                return Err(Damaged("a calibration is no number"));
            }
        }
        Ok(Calibration(pairs))
    }
}

fn logit(raw: f32) -> f32 {
    let raw = raw.clamp(0.01, 0.99);
    (raw / (1.0 - raw)).ln()
}

fn chance([offset, slope]: [f32; 2], raw: f32) -> f32 {
    1.0 / (1.0 + (-(offset + slope * logit(raw))).exp())
}

/// Newton's method on the log-likelihood of two parameters; few steps are enough.
fn fit(pairs: &[(f32, bool)]) -> [f32; 2] {
    let (mut offset, mut slope) = (0.0f64, 1.0f64);
    for _ in 0..30 {
        let (mut g0, mut g1, mut h00, mut h01, mut h11) = (0.0, 0.0, 1e-3, 0.0, 1e-3);
        for &(raw, right) in pairs {
            let x = f64::from(logit(raw));
            let p = 1.0 / (1.0 + (-(offset + slope * x)).exp());
            let (error, weight) = (f64::from(u8::from(right)) - p, p * (1.0 - p));
            g0 += error;
            g1 += error * x;
            h00 += weight;
            h01 += weight * x;
            h11 += weight * x * x;
        }
        let determinant = h00 * h11 - h01 * h01;
        if determinant.abs() < 1e-9 {
            break;
        }
        offset += (h11 * g0 - h01 * g1) / determinant;
        slope += (h00 * g1 - h01 * g0) / determinant;
    }
    [offset as f32, slope as f32]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_too_surely_is_taken_down() {
        // Said with 0.9, right six times in ten; said with 0.3, right one time in ten.
        let pairs: Vec<(f32, bool)> =
            (0..1000).flat_map(|n| [(0.9, n % 10 < 6), (0.3, n % 10 == 0)]).collect();
        let fitted = fit(&pairs);
        assert!((chance(fitted, 0.9) - 0.6).abs() < 0.01, "{fitted:?}");
        assert!((chance(fitted, 0.3) - 0.1).abs() < 0.01, "{fitted:?}");
        assert!((chance([0.0, 1.0], 0.4) - 0.4).abs() < 1e-5);
    }
}
