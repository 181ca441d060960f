//! The file of what was learned.
//!
//! ```text
//! file := magic version provenance networks calibration
//! magic      := "DLEVENT\n"      8 bytes
//! version    := u32              4
//! provenance := u32 bytes        counted UTF-8: what it was trained on
//! networks   := trigger, roles, links, modes   see `net`
//! calibration := [f32; 12]       see `calibration`
//! ```

use super::bytes::{Damaged, Reader};
use super::calibration::Calibration;
use super::net::Net;
use super::{links, modes, roles, trigger};
use dateline_text::Document;
use std::sync::{Arc, LazyLock};

const MAGIC: &[u8; 8] = b"DLEVENT\n";
const VERSION: u32 = 4;

/// What was learned, ready to use.
#[derive(Debug)]
pub(crate) struct EventModel {
    pub(super) trigger: Net,
    pub(super) roles: Net,
    pub(super) links: Net,
    pub(super) modes: Net,
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
    #[cfg(test)]
    pub fn blank() -> EventModel {
        let net = |classes| Net::zeros(super::net::Sizes { inputs: 1, hidden: 1, classes });
        EventModel {
            trigger: net(trigger::N_CLASSES),
            roles: net(roles::N_CLASSES),
            links: net(links::N_CLASSES),
            modes: net(modes::N_CLASSES),
            calibration: Calibration::default(),
        }
    }

    /// The bytes of the embedded model.
    pub fn embedded_bytes() -> &'static [u8] {
        include_bytes!("../../models/events.model")
    }

    /// Reads a model file.
    pub fn read(bytes: &[u8]) -> Result<EventModel, Damaged> {
        let mut reader = Reader::new(bytes);
        if reader.bytes(MAGIC.len())? != MAGIC {
            return Err(Damaged("it does not begin with `DLEVENT`"));
        }
        if reader.u32()? != VERSION {
            return Err(Damaged("it has another version"));
        }
        let n_bytes = reader.u32()? as usize;
        reader.bytes(n_bytes)?;
        let (trigger, roles) = (Net::read(&mut reader)?, Net::read(&mut reader)?);
        let (links, modes) = (Net::read(&mut reader)?, Net::read(&mut reader)?);
        let calibration = Calibration::read(&mut reader)?;
        let model = EventModel { trigger, roles, links, modes, calibration };
        let fits = model.trigger.sizes.classes == trigger::N_CLASSES
            && model.roles.sizes.classes == roles::N_CLASSES
            && model.links.sizes.classes == links::N_CLASSES
            && model.modes.sizes.classes == modes::N_CLASSES;
        if fits { Ok(model) } else { Err(Damaged("its networks have other classes")) }
    }

    /// Writes a model file.
    pub(super) fn write(
        provenance: &str,
        [trigger, roles, links, modes]: [&Net; 4],
        calibration: Calibration,
    ) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend((provenance.len() as u32).to_le_bytes());
        bytes.extend_from_slice(provenance.as_bytes());
        trigger.write(&mut bytes);
        roles.write(&mut bytes);
        links.write(&mut bytes);
        modes.write(&mut bytes);
        calibration.write(&mut bytes);
        bytes
    }

    /// The bytes of a model file with another calibration.
    pub fn recalibrated(bytes: &[u8], calibration: Calibration) -> Result<Vec<u8>, Damaged> {
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
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_model_reads() {
        EventModel::embedded();
        assert_eq!(
            EventModel::read(b"DLEVENT\n\x04\0\0\0").unwrap_err().to_string(),
            "the event model is damaged: it ends too early"
        );
        assert_eq!(
            EventModel::read(b"DLPARSE\n\x01\0\0\0").unwrap_err().to_string(),
            "the event model is damaged: it does not begin with `DLEVENT`"
        );
    }
}
