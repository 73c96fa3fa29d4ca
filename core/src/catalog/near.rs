//! Asking ahead for what a search will read.
//!
//! In: the hashes and rows that a search comes to. Out: nothing but speed: what a large catalog tells of them lies far from the
//! processor, and comes near while the search does other work.

use super::map::fetch;
use super::view::{BUCKET_BYTES, ROW_BYTES, View, filter_bits, first_word_place, home, u32_at};

/// Bytes of the filter and of what is known of first words from which it pays to ask for them ahead: the second cache has them
/// beside other things no longer.
const LARGE: usize = 1 << 20;
impl View<'_> {
    /// Whether what finding asks first is more than the near caches keep.
    #[inline]
    pub(crate) fn is_large(&self) -> bool {
        self.filter.len() + self.first_words.len() >= LARGE
    }

    /// Brings near what is known of a first word.
    #[inline]
    pub(crate) fn fetch_first_word(&self, hash: u64) {
        fetch(self.first_words, (first_word_place(hash, self.masks[1]) >> 1) as usize);
    }

    /// Brings the group of the filter near that tells of a hash.
    #[inline]
    pub(crate) fn fetch_group(&self, hash: u64) {
        fetch(self.filter, filter_bits(hash, self.masks[0]).0.wrapping_mul(8));
    }

    /// Brings the first bucket of a hash near.
    #[inline]
    pub(crate) fn fetch_slot(&self, hash: u64) {
        fetch(self.slots, home(hash, self.bucket_count()).wrapping_mul(BUCKET_BYTES));
    }

    /// Brings a row near.
    #[inline]
    pub(crate) fn fetch_row(&self, row: u32) {
        fetch(self.rows, (row as usize).wrapping_mul(ROW_BYTES));
    }

    /// Brings a row's spelling near.
    #[inline]
    pub(crate) fn fetch_spelling(&self, row: u32) {
        fetch(self.text, u32_at(self.rows, (row as usize).saturating_mul(3)).unwrap_or(0) as usize);
    }
}
