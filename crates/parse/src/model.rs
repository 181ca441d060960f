//! The model file.
//!
//! ```text
//! file     := magic version checksum length provenance payload
//! magic    := "DLPARSE\n"                     8 bytes
//! version  := u32                             3
//! checksum := u64                             FNV-1a of the payload, eight bytes a step
//! provenance := u32 bytes                     counted UTF-8: what it was trained on, under which licence
//! payload  := tags, deprels, network, lemmas, feats
//! ```
//!
//! Numbers are little-endian. The file is read whole and checked before anything is used. It is not compressed: most
//! of it is weights in 8 bits, of which compression takes off a tenth and costs half the time of reading.

use crate::bytes::{Reader, Writer};
use crate::lookup::Lookup;
use crate::network::Network;
use dateline_text::{Deprel, Upos, Xpos};
use thiserror::Error;

const MAGIC: &[u8; 8] = b"DLPARSE\n";
/// Version of the layout; other versions are refused.
const VERSION: u32 = 3;

/// Why a model cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ModelError {
    /// Not a model file.
    #[error("this is no dateline model: it does not begin with `DLPARSE`")]
    NoModel,
    /// A version that this program does not read.
    #[error("model format {0}, and this version reads format {VERSION}")]
    Version(u32),
    /// The bytes changed since the model was written.
    #[error("the model is damaged: its checksum does not match")]
    Checksum,
    /// The contents do not hold together.
    #[error("the model is damaged: {0}")]
    Damaged(&'static str),
}

/// A model, ready to use.
pub(crate) struct Model {
    pub provenance: String,
    /// The joint part-of-speech labels, by number.
    pub tags: Vec<(Upos, Xpos)>,
    /// The relations, by number.
    pub deprels: Vec<Deprel>,
    pub network: Network,
    pub lemmas: Lookup,
    pub feats: Lookup,
}

/// Puts the header before a payload.
pub(crate) fn seal(provenance: &str, payload: &[u8]) -> Vec<u8> {
    let mut writer = Writer::default();
    writer.bytes.extend_from_slice(MAGIC);
    writer.u32(VERSION);
    writer.bytes.extend_from_slice(&fnv(payload).to_le_bytes());
    writer.string(provenance);
    writer.bytes.extend_from_slice(payload);
    writer.bytes
}

/// Checks the header and gives the provenance and the payload.
fn unseal(bytes: &[u8]) -> Result<(&str, &[u8]), ModelError> {
    if !bytes.starts_with(MAGIC) {
        return Err(ModelError::NoModel);
    }
    let mut reader = Reader::new(&bytes[MAGIC.len()..]);
    let version = reader.u32()?;
    if version != VERSION {
        return Err(ModelError::Version(version));
    }
    let checksum = u64::from(reader.u32()?) | u64::from(reader.u32()?) << 32;
    let provenance = reader.string()?;
    let payload = reader.rest();
    if fnv(payload) == checksum { Ok((provenance, payload)) } else { Err(ModelError::Checksum) }
}

fn fnv(bytes: &[u8]) -> u64 {
    // Eight bytes a step: the checksum guards against damage, not against intent.
    let mut state = 0xcbf2_9ce4_8422_2325u64;
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let value = u64::from_le_bytes(chunk.try_into().expect("invariant: chunks have eight bytes"));
        state = (state ^ value).wrapping_mul(0x0100_0000_01b3).rotate_left(23);
    }
    for &byte in chunks.remainder() {
        state = (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    state
}

impl Model {
    /// Reads a model file.
    pub fn read(bytes: &[u8]) -> Result<Model, ModelError> {
        let (provenance, payload) = unseal(bytes)?;
        let mut reader = Reader::new(payload);
        let mut tags = Vec::new();
        for _ in 0..reader.u32()? {
            let upos = reader.string()?.parse().map_err(|_| ModelError::Damaged("an unknown tag"))?;
            let xpos = reader.string()?.parse().map_err(|_| ModelError::Damaged("an unknown tag"))?;
            tags.push((upos, xpos));
        }
        let mut deprels = Vec::new();
        for _ in 0..reader.u32()? {
            deprels.push(reader.string()?.parse().map_err(|_| ModelError::Damaged("an unknown relation"))?);
        }
        let model = Model {
            provenance: provenance.to_owned(),
            tags,
            deprels,
            network: Network::read(&mut reader)?,
            lemmas: Lookup::read(&mut reader)?,
            feats: Lookup::read(&mut reader)?,
        };
        let fits = model.network.dims.n_tags == model.tags.len()
            && model.network.dims.n_relations == model.deprels.len();
        if fits { Ok(model) } else { Err(ModelError::Damaged("the parts do not fit together")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_model_says_so() {
        let sealed = seal("test", b"payload of a model that has no parts");
        let mut newer = sealed.clone();
        newer[8] = 9;
        let mut damaged = sealed.clone();
        *damaged.last_mut().unwrap() ^= 1;
        for (bytes, expected) in [
            (&b"PK\x03\x04"[..], "this is no dateline model: it does not begin with `DLPARSE`"),
            (&newer, "model format 9, and this version reads format 3"),
            (&damaged, "the model is damaged: its checksum does not match"),
            (&sealed[..20], "the model is damaged: it ends too early"),
            (&sealed, "the model is damaged: it ends too early"),
        ] {
            let error = Model::read(bytes).err().map(|error| error.to_string());
            assert_eq!(error.as_deref(), Some(expected));
        }
    }
}
