//! Whole numbers of any size, for doubles that one multiplication does not settle.

use super::double::signed;
use std::cmp::Ordering;

/// A whole number of any size, its lowest 32 bits first.
#[derive(Clone)]
pub(super) struct Big(Vec<u32>);

#[allow(clippy::cast_possible_truncation)]
impl Big {
    /// A number.
    pub(super) fn of(number: u64) -> Self {
        let mut big = Self(vec![number as u32, (number >> 32) as u32]);
        big.trim();
        big
    }

    fn trim(&mut self) {
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }

    /// How many bits it has.
    pub(super) fn bits(&self) -> i32 {
        let top = self.0.last().map_or(0, |top| 32 - top.leading_zeros());
        32 * (signed(self.0.len()) - 1).max(0) + i32::try_from(top).unwrap_or(0)
    }

    /// Multiplies by `factor` and adds `carry`.
    pub(super) fn times(&mut self, factor: u32, mut carry: u32) {
        for limb in &mut self.0 {
            let product = u64::from(*limb) * u64::from(factor) + u64::from(carry);
            *limb = product as u32;
            carry = (product >> 32) as u32;
        }
        self.0.push(carry);
        self.trim();
    }

    /// Multiplied by `2^bits`.
    pub(super) fn shifted(&self, bits: u32) -> Self {
        let zeros = usize::try_from(bits / 32).unwrap_or(0);
        let mut big = Self(vec![0; zeros]);
        big.0.extend_from_slice(&self.0);
        big.times(1 << (bits % 32), 0);
        big
    }

    /// Adds.
    pub(super) fn add(&mut self, other: &Self) {
        let length = self.0.len().max(other.0.len()) + 1;
        self.0.resize(length, 0);
        let mut carry = 0_u64;
        let others = other.0.iter().chain(std::iter::repeat(&0));
        for (limb, other) in self.0.iter_mut().zip(others) {
            carry += u64::from(*limb) + u64::from(*other);
            *limb = carry as u32;
            carry >>= 32;
        }
        self.trim();
    }

    /// Subtracts what is not larger.
    pub(super) fn take(&mut self, other: &Self) {
        let mut borrow = false;
        let others = other.0.iter().chain(std::iter::repeat(&0));
        for (limb, other) in self.0.iter_mut().zip(others) {
            let (less, under) = limb.overflowing_sub(*other);
            let (less, again) = less.overflowing_sub(u32::from(borrow));
            *limb = less;
            borrow = under || again;
        }
        self.trim();
    }

    /// Which of the two is larger.
    pub(super) fn order(&self, other: &Self) -> Ordering {
        let lengths = self.0.len().cmp(&other.0.len());
        lengths.then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }
}
