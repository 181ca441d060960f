//! The model file.
//!
//! ```text
//! file     := magic version checksum length provenance payload
//! magic    := "DLPARSE\n"                     8 bytes
//! version  := u32                             2
//! checksum := u64                             FNV-1a of the payload as stored
//! length   := u32                             bytes of the payload once unpacked
//! provenance := u32 bytes                     counted UTF-8: what it was trained on, under which licence
//! payload  := zstd frame of: tags, deprels, classes, tagger, parser, names, lemmas, feats
//! ```
//!
//! Numbers are little-endian. The file is read whole and checked before anything is used.

use crate::bytes::{Reader, Writer};
use crate::classes::Classes;
use crate::linear::Linear;
use crate::lookup::Lookup;
use dateline_text::{Deprel, Upos, Xpos};
use thiserror::Error;

const MAGIC: &[u8; 8] = b"DLPARSE\n";
/// Version of the layout; other versions are refused.
const VERSION: u32 = 2;
/// More than any model unpacks to; guards against a damaged length.
const MAX_UNPACKED: u32 = 1 << 28;

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
    pub classes: Classes,
    pub tagger: Linear,
    pub parser: Linear,
    pub names: Linear,
    pub lemmas: Lookup,
    pub feats: Lookup,
}

/// Puts the header before a payload and packs the payload.
pub(crate) fn seal(provenance: &str, payload: &[u8]) -> Vec<u8> {
    let packed = zstd::bulk::compress(payload, 12).expect("invariant: packing in memory succeeds");
    let mut writer = Writer::default();
    writer.bytes.extend_from_slice(MAGIC);
    writer.u32(VERSION);
    writer.bytes.extend_from_slice(&fnv(&packed).to_le_bytes());
    writer.u32(payload.len() as u32);
    writer.string(provenance);
    writer.bytes.extend_from_slice(&packed);
    writer.bytes
}

/// Checks the header and unpacks the payload.
fn unseal(bytes: &[u8]) -> Result<(String, Vec<u8>), ModelError> {
    if !bytes.starts_with(MAGIC) {
        return Err(ModelError::NoModel);
    }
    let mut reader = Reader::new(&bytes[MAGIC.len()..]);
    let version = reader.u32()?;
    if version != VERSION {
        return Err(ModelError::Version(version));
    }
    let checksum = u64::from(reader.u32()?) | u64::from(reader.u32()?) << 32;
    let length = reader.u32()?;
    let provenance = reader.string()?.to_owned();
    let packed = reader.rest();
    if fnv(packed) != checksum {
        return Err(ModelError::Checksum);
    }
    if length > MAX_UNPACKED {
        return Err(ModelError::Damaged("its length is out of range"));
    }
    let payload = zstd::bulk::decompress(packed, length as usize)
        .map_err(|_| ModelError::Damaged("it does not unpack"))?;
    Ok((provenance, payload))
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
        let mut reader = Reader::new(&payload);
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
            provenance,
            tags,
            deprels,
            classes: Classes::read(&mut reader)?,
            tagger: Linear::read(&mut reader)?,
            parser: Linear::read(&mut reader)?,
            names: Linear::read(&mut reader)?,
            lemmas: Lookup::read(&mut reader)?,
            feats: Lookup::read(&mut reader)?,
        };
        let fits = model.tagger.n_classes == model.tags.len()
            && model.parser.n_classes == 1 + 2 * model.deprels.len()
            && model.names.n_classes == crate::names::N_LABELS;
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
            (&newer, "model format 9, and this version reads format 2"),
            (&damaged, "the model is damaged: its checksum does not match"),
            (&sealed[..20], "the model is damaged: it ends too early"),
            (&sealed, "the model is damaged: it ends too early"),
        ] {
            let error = Model::read(bytes).err().map(|error| error.to_string());
            assert_eq!(error.as_deref(), Some(expected));
        }
    }
}
