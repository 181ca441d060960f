//! About what an event happened: PLOVER's contexts, as the marked sentences tell them.
//!
//! ```text
//! Chad's election commission threw out the petition of two parties.    REJECT, election and legal
//! ```
//!
//! In:  the word that tells of an event, its type and mode, and the contexts that the word lists find around it.
//! Out: those [`Context`]s that are likely enough; the likeliest one where none is.

use super::add_context;
use super::bytes::{Damaged, Reader};
use super::features::Input;
use super::model::EventModel;
use super::trained::Work;
use crate::participants::Cast;
use crate::words::Words;
use crate::{Context, EventType, Mode};
use dateline_text::{TokenIdx, TokenSpan, Upos};

/// Every context.
pub(super) const N_LABELS: usize = Context::ALL.len();

/// Dense inputs: what the language model saw in the word, and in the sentence as a whole.
pub(super) fn n_inputs(width: usize) -> usize {
    2 * width
}

/// An event whose contexts are asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct About {
    pub trigger: TokenIdx,
    pub event: EventType,
    pub mode: Option<Mode>,
    /// A bit for each context whose words stand in the sentence.
    pub sentence_bits: u64,
    /// The same of its paragraph.
    pub paragraph_bits: u64,
}

/// The contexts of an event, in the codebook's order.
pub(crate) fn learned_contexts(model: &EventModel, words: &Words, cast: &Cast, about: About) -> Vec<Context> {
    let mut work = Work::default();
    let bits = model.thresholds.labels(chances(model, words, cast, about, &mut work));
    Context::ALL.iter().copied().filter(|&context| bits & bit(context) != 0).collect()
}

/// How likely each context is.
pub(super) fn chances<'w>(
    model: &EventModel,
    words: &Words,
    cast: &Cast,
    about: About,
    work: &'w mut Work,
) -> &'w [f32] {
    let mut input = Input::default();
    read(words, cast, about, &mut input);
    model.contexts.label_chances(&input, work)
}

/// The bit that stands for a context.
pub(super) fn bit(context: Context) -> u64 {
    1 << context as u8
}

/// Words so near to the trigger count apart.
const NEAR: usize = 4;

/// What the network reads.
pub(super) fn read(words: &Words, cast: &Cast, about: About, input: &mut Input) {
    input.clear();
    let document = words.document;
    let event = about.event.as_str();
    let trigger = about.trigger;
    let lemma = document.lemma(trigger);
    input.add(&["event", event]);
    input.add(&["mode", event, about.mode.map_or("none", Mode::as_str)]);
    input.add(&["trigger", lemma]);
    input.add(&["trigger", lemma, event]);
    for &context in Context::ALL {
        let place = match bit(context) {
            bit if about.sentence_bits & bit != 0 => "sentence",
            bit if about.paragraph_bits & bit != 0 => "paragraph",
            _ => continue,
        };
        input.add(&["words of", context.as_str(), place]);
        input.add(&["words of", context.as_str(), place, event]);
    }
    let tokens = document.sentence(document.sentence_of(trigger)).tokens;
    for token in tokens.iter() {
        let upos = document.upos(token);
        if !matches!(upos, Upos::Noun | Upos::Propn | Upos::Verb | Upos::Adj | Upos::Num) {
            continue;
        }
        let lemma = document.lemma(token);
        input.add(&["word", lemma]);
        if token.index().abs_diff(trigger.index()) <= NEAR {
            input.add(&["near", lemma]);
        }
        if cast.is_named(token) {
            input.add(&["sort", cast.sort(words, token)]);
            input.add(&["sort", cast.sort(words, token), event]);
        }
    }
    for above in document.ancestors(trigger).take(2) {
        input.add(&["above", document.lemma(above)]);
    }
    for &child in document.children(trigger) {
        input.add(&["below", document.lemma(child), event]);
        for &below in document.children(child) {
            input.add(&["below", document.lemma(below), event]);
        }
    }
    let width = document.contexts().width();
    add_context(words, trigger, width, input);
    add_sum(words, tokens, width, input);
}

/// Adds what the language model saw in the words of a sentence: their sum, divided by the root of their number so that
/// long sentences do not weigh more.
fn add_sum(words: &Words, tokens: TokenSpan, width: usize, input: &mut Input) {
    let contexts = words.document.contexts();
    let mut sums = vec![0i32; width];
    let content = |token: &TokenIdx| {
        matches!(words.document.upos(*token), Upos::Noun | Upos::Propn | Upos::Verb | Upos::Adj)
    };
    let mut n_words = 0;
    for row in tokens.iter().filter(content).filter_map(|token| contexts.of(token)) {
        sums.iter_mut().zip(row).for_each(|(sum, &value)| *sum += i32::from(value));
        n_words += 1;
    }
    let scale = 1.0 / (n_words.max(1) as f32).sqrt();
    input.dense.extend(sums.iter().map(|&sum| (sum as f32 * scale).round().clamp(-127.0, 127.0) as i8));
}

/// From where on each context is taken.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Thresholds([f32; N_LABELS]);

impl Default for Thresholds {
    fn default() -> Thresholds {
        Thresholds([0.5; N_LABELS])
    }
}

impl Thresholds {
    /// A bit for each label that is likely enough. Something an event is about: where nothing is, the likeliest is taken.
    pub fn labels(&self, chances: &[f32]) -> u64 {
        let mut bits = 0;
        let mut best = 0;
        for (label, (&chance, &least)) in chances.iter().zip(&self.0).enumerate() {
            bits |= u64::from(chance >= least) << label;
            if chance > chances[best] {
                best = label;
            }
        }
        if bits == 0 { 1 << best } else { bits }
    }

    /// Those with the best F1 on pairs of chances and right labels: one for all labels first, then each by itself.
    /// Only half of the way to its own is gone, since few pairs speak for it.
    pub fn fit(pairs: &[(Vec<f32>, u64)]) -> Thresholds {
        let grid = || (2..=16).map(|step| step as f32 * 0.04);
        let best = |make: &dyn Fn(f32) -> Thresholds, mut least: f32| {
            let mut most = make(least).f1(pairs);
            for value in grid() {
                let f1 = make(value).f1(pairs);
                if f1 > most {
                    (most, least) = (f1, value);
                }
            }
            least
        };
        let common = best(&|value| Thresholds([value; N_LABELS]), 0.5);
        let mut fitted = Thresholds([common; N_LABELS]);
        for label in 0..N_LABELS {
            let with = |value: f32| {
                let mut changed = fitted.clone();
                changed.0[label] = value;
                changed
            };
            let own = best(&with, common);
            fitted.0[label] = (common + own) / 2.0;
        }
        fitted
    }

    /// The F1 of all labels together.
    pub fn f1(&self, pairs: &[(Vec<f32>, u64)]) -> f32 {
        let (mut both, mut all) = (0, 0);
        for (chances, right) in pairs {
            let found = self.labels(chances);
            both += (found & right).count_ones();
            all += found.count_ones() + right.count_ones();
        }
        2.0 * both as f32 / all.max(1) as f32
    }

    pub fn write(&self, bytes: &mut Vec<u8>) {
        self.0.iter().for_each(|value| bytes.extend(value.to_le_bytes()));
    }

    pub fn read(reader: &mut Reader<'_>) -> Result<Thresholds, Damaged> {
        let mut values = [0.0; N_LABELS];
        for value in &mut values {
            *value = reader.f32()?;
            if !value.is_finite() {
                return Err(Damaged("a threshold is no number"));
            }
        }
        Ok(Thresholds(values))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chances(of: &[(Context, f32)]) -> Vec<f32> {
        let mut chances = vec![0.01; N_LABELS];
        of.iter().for_each(|&(context, chance)| chances[context as usize] = chance);
        chances
    }

    #[test]
    fn likely_labels_are_taken_and_the_likeliest_where_none_is() {
        let taken = |of: &[(Context, f32)]| Thresholds::default().labels(&chances(of));
        let both = bit(Context::Military) | bit(Context::Territory);
        assert_eq!(taken(&[(Context::Military, 0.9), (Context::Territory, 0.6)]), both);
        assert_eq!(taken(&[(Context::Military, 0.9), (Context::Territory, 0.3)]), bit(Context::Military));
        assert_eq!(taken(&[(Context::Gender, 0.2), (Context::Health, 0.1)]), bit(Context::Gender));
    }

    #[test]
    fn what_is_said_too_faintly_is_taken_all_the_same() {
        // Health is right whenever it is said with 0.2, military only from 0.5 on.
        let right = bit(Context::Military) | bit(Context::Health);
        let pairs: Vec<(Vec<f32>, u64)> = (0..40)
            .flat_map(|_| {
                [
                    (chances(&[(Context::Military, 0.8), (Context::Health, 0.2)]), right),
                    (chances(&[(Context::Military, 0.3), (Context::Legal, 0.9)]), bit(Context::Legal)),
                ]
            })
            .collect();
        let fitted = Thresholds::fit(&pairs);
        assert!(fitted.f1(&pairs) > Thresholds::default().f1(&pairs), "{fitted:?}");
        let mut bytes = Vec::new();
        fitted.write(&mut bytes);
        assert_eq!(Thresholds::read(&mut Reader::new(&bytes)), Ok(fitted));
    }
}
