//! The file of what was learned.
//!
//! ```text
//! file := magic version provenance networks thresholds calibration
//! magic      := "DLEVENT\n"      8 bytes
//! version    := u32              5
//! provenance := u32 bytes        counted UTF-8: what it was trained on
//! networks   := trigger, roles, links, modes, contexts   see `trained`
//! thresholds := [f32; 37]        from where on each context is taken
//! calibration := [f32; 12]       see `calibration`
//! ```
//!
//! An empty file is a model that reads no document, so that lexicon and rules decide alone: what a first model is
//! trained with.

use super::bytes::{Damaged, Reader};
use super::calibration::Calibration;
use super::contexts::{self, Thresholds};
use super::trained::Trained;
use super::{links, modes, roles, trigger};
use dateline_text::Document;
use std::sync::{Arc, LazyLock};

const MAGIC: &[u8; 8] = b"DLEVENT\n";
const VERSION: u32 = 5;

/// What was learned, ready to use.
#[derive(Debug)]
pub(crate) struct EventModel {
    pub(super) trigger: Trained,
    pub(super) roles: Trained,
    pub(super) links: Trained,
    pub(super) modes: Trained,
    pub(super) contexts: Trained,
    pub(super) thresholds: Thresholds,
    pub calibration: Calibration,
}

impl EventModel {
    /// The model that the program carries.
    pub fn embedded() -> Arc<EventModel> {
        static MODEL: LazyLock<Arc<EventModel>> = LazyLock::new(|| {
            let model = EventModel::read(EventModel::embedded_bytes());
            Arc::new(model.expect("invariant: the embedded model is read by the tests"))
        });
        Arc::clone(&MODEL)
    }

    /// A model that reads no document, so that lexicon and rules decide alone.
    pub fn blank() -> EventModel {
        let blank = |classes| Trained::blank(1, classes);
        EventModel {
            trigger: blank(trigger::N_CLASSES),
            roles: blank(roles::N_CLASSES),
            links: blank(links::N_CLASSES),
            modes: blank(modes::N_CLASSES),
            contexts: blank(contexts::N_LABELS),
            thresholds: Thresholds::default(),
            calibration: Calibration::default(),
        }
    }

    /// The bytes of the embedded model.
    pub fn embedded_bytes() -> &'static [u8] {
        include_bytes!("../../models/events.model")
    }

    /// Reads a model file.
    pub fn read(bytes: &[u8]) -> Result<EventModel, Damaged> {
        if bytes.is_empty() {
            return Ok(EventModel::blank());
        }
        let mut reader = Reader::new(bytes);
        if reader.bytes(MAGIC.len())? != MAGIC {
            return Err(Damaged("it does not begin with `DLEVENT`"));
        }
        if reader.u32()? != VERSION {
            return Err(Damaged("it has another version"));
        }
        let n_bytes = reader.u32()? as usize;
        reader.bytes(n_bytes)?;
        let mut network = || Trained::read(&mut reader);
        let (trigger, roles, links) = (network()?, network()?, network()?);
        let (modes, contexts) = (network()?, network()?);
        let thresholds = Thresholds::read(&mut reader)?;
        let calibration = Calibration::read(&mut reader)?;
        let model = EventModel { trigger, roles, links, modes, contexts, thresholds, calibration };
        let fits = model.trigger.sizes.classes == trigger::N_CLASSES
            && model.roles.sizes.classes == roles::N_CLASSES
            && model.links.sizes.classes == links::N_CLASSES
            && model.modes.sizes.classes == modes::N_CLASSES
            && model.contexts.sizes.classes == contexts::N_LABELS;
        if fits { Ok(model) } else { Err(Damaged("its networks have other classes")) }
    }

    /// Writes a model file, given the files of its networks in their order.
    pub(super) fn write(
        provenance: &str,
        networks: &[Vec<u8>],
        thresholds: &Thresholds,
        calibration: Calibration,
    ) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend((provenance.len() as u32).to_le_bytes());
        bytes.extend_from_slice(provenance.as_bytes());
        networks.iter().for_each(|network| bytes.extend_from_slice(network));
        thresholds.write(&mut bytes);
        calibration.write(&mut bytes);
        bytes
    }

    /// The bytes of a model file with another calibration.
    pub fn recalibrated(bytes: &[u8], calibration: Calibration) -> Result<Vec<u8>, Damaged> {
        if bytes.is_empty() {
            return Err(Damaged("it is empty"));
        }
        EventModel::read(bytes)?;
        let mut tail = Vec::new();
        calibration.write(&mut tail);
        Ok([&bytes[..bytes.len() - tail.len()], &tail].concat())
    }

    /// Whether the language model saw in this document what this model reads.
    pub fn reads(&self, document: &Document) -> bool {
        let width = document.contexts().width();
        width > 0
            && self.trigger.sizes.inputs == trigger::n_inputs(width)
            && self.roles.sizes.inputs == roles::n_inputs(width)
            && self.links.sizes.inputs == links::n_inputs(width)
            && self.modes.sizes.inputs == trigger::n_inputs(width)
            && self.contexts.sizes.inputs == contexts::n_inputs(width)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_model_reads_and_others_are_refused() {
        EventModel::embedded();
        assert!(EventModel::read(&[]).is_ok());
        assert_eq!(
            EventModel::read(b"DLEVENT\n\x05\0\0\0").unwrap_err().to_string(),
            "the event model is damaged: it ends too early"
        );
        assert_eq!(
            EventModel::read(b"DLPARSE\n\x01\0\0\0").unwrap_err().to_string(),
            "the event model is damaged: it does not begin with `DLEVENT`"
        );
    }
}
