//! The store snapshot on its way in.

use crate::store::{Reading, Shop};
use crate::value::Unfit;
use wasm_bindgen::prelude::*;

/// A shop that is being read, piece by piece: between two pieces the page may do something else.
#[wasm_bindgen]
pub struct Store {
    reading: Reading,
    problem: Option<Unfit>,
}

#[wasm_bindgen]
impl Store {
    /// Nothing is known yet.
    #[wasm_bindgen(constructor)]
    #[allow(clippy::new_without_default)]
    pub fn new() -> Self {
        Self { reading: Reading::new(), problem: None }
    }

    /// Takes the next bytes of the snapshot's JSON. What is wrong with it is told at the end.
    pub fn feed(&mut self, piece: &[u8]) {
        if self.problem.is_none() {
            self.problem = self.reading.feed(piece).err();
        }
    }
}

impl Store {
    pub(super) fn finish(self) -> Result<Shop, Unfit> {
        match self.problem {
            Some(unfit) => Err(unfit),
            None => self.reading.finish(),
        }
    }
}
