//! Reading little-endian numbers off a file that may be damaged.

/// The file does not hold together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the event model is damaged: {0}")]
pub struct Damaged(pub(crate) &'static str);

/// A place in a file.
pub(super) struct Reader<'b> {
    rest: &'b [u8],
}

impl<'b> Reader<'b> {
    pub fn new(bytes: &'b [u8]) -> Reader<'b> {
        Reader { rest: bytes }
    }

    pub fn bytes(&mut self, n_bytes: usize) -> Result<&'b [u8], Damaged> {
        let (bytes, rest) = self.rest.split_at_checked(n_bytes).ok_or(Damaged("it ends too early"))?;
        self.rest = rest;
        Ok(bytes)
    }

    pub fn u32(&mut self) -> Result<u32, Damaged> {
        let bytes = self.bytes(4)?;
        Ok(u32::from_le_bytes(bytes.try_into().expect("invariant: four bytes were taken")))
    }

    pub fn f32(&mut self) -> Result<f32, Damaged> {
        self.u32().map(f32::from_bits)
    }
}
