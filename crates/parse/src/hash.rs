//! Hashes of strings, the same on every machine.

/// FNV-1a over 64 bits, folded to 32.
#[inline]
pub(crate) fn hash(bytes: &[u8]) -> u32 {
    let mut state = 0xcbf2_9ce4_8422_2325u64;
    for &byte in bytes {
        state = (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    (state ^ (state >> 32)) as u32
}

/// The hash of a lower-case form, its digits as `0`. Of long forms with digits only the first bytes count.
pub(crate) fn hash_form(lower: &str) -> u32 {
    if !lower.bytes().any(|byte| byte.is_ascii_digit()) {
        return hash(lower.as_bytes());
    }
    let mut digits = [0u8; 24];
    let length = lower.len().min(digits.len());
    for (to, from) in digits.iter_mut().zip(lower.bytes()) {
        *to = if from.is_ascii_digit() { b'0' } else { from };
    }
    hash(&digits[..length])
}

/// Mixes the parts of a key.
#[inline]
pub(crate) fn key(kind: u32, a: u32, b: u32, c: u32) -> u32 {
    let mut x = u64::from(kind).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ u64::from(a);
    x = x.wrapping_mul(0xff51_afd7_ed55_8ccd);
    x = (x ^ (x >> 32) ^ u64::from(b)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    x = (x ^ (x >> 32) ^ u64::from(c)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    ((x >> 32) as u32) | 1
}
