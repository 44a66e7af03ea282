//! Randomness from one seed: MD5 over seed and counter. The seed comes from the platform's
//! cryptographic source, since guest cart keys are bearer secrets.

use crate::woo::identity;
use md5::{Digest, Md5};

/// A deterministic stream that nobody without the seed can continue.
#[derive(Clone, Debug)]
pub struct Random {
    seed: [u8; 32],
    drawn: u64,
}

impl Random {
    /// A stream from 32 random bytes.
    pub const fn new(seed: [u8; 32]) -> Self {
        Self { seed, drawn: 0 }
    }

    fn block(&mut self) -> [u8; 16] {
        self.drawn += 1;
        let mut digest = Md5::new();
        digest.update(self.seed);
        digest.update(self.drawn.to_le_bytes());
        digest.finalize().into()
    }

    /// A number below `limit`, which must not be 0; the bias of the remainder does not matter here.
    pub fn below(&mut self, limit: u64) -> u64 {
        let mut bytes = [0; 8];
        bytes.iter_mut().zip(self.block()).for_each(|(to, from)| *to = from);
        u64::from_le_bytes(bytes) % limit.max(1)
    }

    /// A guest's cart key in the form CoCart makes them: `t_` and 30 hexadecimal digits.
    pub fn cart_key(&mut self) -> String {
        format!("t_{}", hex(&self.block(), 30))
    }

    /// A name for a page load.
    pub fn tab(&mut self) -> String {
        hex(&self.block(), 12)
    }
}

/// The first `digits` lower-case hexadecimal digits.
pub(super) fn hex(bytes: &[u8], digits: usize) -> String {
    let mut text = identity::hex(bytes);
    text.truncate(digits);
    text
}
