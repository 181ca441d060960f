//! The flat layout of model files: little-endian numbers and counted byte strings, one after another.

use crate::model::ModelError;

/// Puts a model into bytes.
#[derive(Default)]
pub(crate) struct Writer {
    pub bytes: Vec<u8>,
}

impl Writer {
    pub fn u32(&mut self, value: u32) {
        self.bytes.extend_from_slice(&value.to_le_bytes());
    }

    pub fn f32(&mut self, value: f32) {
        self.bytes.extend_from_slice(&value.to_le_bytes());
    }

    pub fn string(&mut self, value: &str) {
        self.u32(value.len() as u32);
        self.bytes.extend_from_slice(value.as_bytes());
    }
}

/// Takes a model out of bytes; every read says so where the bytes end too early.
pub(crate) struct Reader<'b> {
    rest: &'b [u8],
}

impl<'b> Reader<'b> {
    pub fn new(bytes: &'b [u8]) -> Reader<'b> {
        Reader { rest: bytes }
    }

    pub fn bytes(&mut self, n_bytes: usize) -> Result<&'b [u8], ModelError> {
        let (taken, rest) =
            self.rest.split_at_checked(n_bytes).ok_or(ModelError::Damaged("it ends too early"))?;
        self.rest = rest;
        Ok(taken)
    }

    /// What has not been read yet.
    pub fn rest(&self) -> &'b [u8] {
        self.rest
    }

    pub fn u32(&mut self) -> Result<u32, ModelError> {
        let bytes = self.bytes(4)?;
        Ok(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }

    /// A number that must be finite.
    pub fn f32(&mut self) -> Result<f32, ModelError> {
        let value = f32::from_bits(self.u32()?);
        if value.is_finite() { Ok(value) } else { Err(ModelError::Damaged("a number is not finite")) }
    }

    pub fn u32s(&mut self, n: usize) -> Result<Vec<u32>, ModelError> {
        let bytes = self.bytes(n.saturating_mul(4))?;
        Ok(bytes.chunks_exact(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect())
    }

    pub fn string(&mut self) -> Result<&'b str, ModelError> {
        let n_bytes = self.u32()? as usize;
        std::str::from_utf8(self.bytes(n_bytes)?).map_err(|_| ModelError::Damaged("a string is not UTF-8"))
    }
}
