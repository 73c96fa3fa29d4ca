//! Dense numbers for hashes: what is known by a hash is counted and kept in arrays.
//!
//! In: 64-bit hashes. Out: a number for each, in order of first sight.

/// Gives dense numbers to hashes, in order of first sight.
#[derive(Debug, Default)]
pub(crate) struct Numbers {
    /// Open addressing over numbers plus one; zero is free. The length is a power of two.
    table: Vec<u32>,
    /// The hash of each number.
    hashes: Vec<u64>,
}

impl Numbers {
    /// Room for so many numbers before the table grows.
    pub(crate) fn with_room(count: usize) -> Self {
        Numbers { table: vec![0; (count * 2 + 2).next_power_of_two()], hashes: Vec::with_capacity(count) }
    }

    pub(crate) fn len(&self) -> usize {
        self.hashes.len()
    }

    pub(crate) fn number(&mut self, hash: u64) -> u32 {
        if self.hashes.len() * 2 >= self.table.len() {
            self.grow();
        }
        let slot = self.slot(hash);
        if self.table[slot] == 0 {
            self.hashes.push(hash);
            self.table[slot] = self.hashes.len() as u32;
        }
        self.table[slot] - 1
    }

    pub(crate) fn find(&self, hash: u64) -> Option<u32> {
        if self.table.is_empty() { None } else { self.table[self.slot(hash)].checked_sub(1) }
    }

    fn slot(&self, hash: u64) -> usize {
        let mask = self.table.len() - 1;
        let mut slot = home(hash) & mask;
        while let Some(number) = self.table[slot].checked_sub(1)
            && self.hashes[number as usize] != hash
        {
            slot = (slot + 1) & mask;
        }
        slot
    }

    fn grow(&mut self) {
        let size = (self.table.len() * 2).max(256);
        self.table.clear();
        self.table.resize(size, 0);
        for (number, &hash) in self.hashes.iter().enumerate() {
            let mut slot = home(hash) & (size - 1);
            while self.table[slot] != 0 {
                slot = (slot + 1) & (size - 1);
            }
            self.table[slot] = number as u32 + 1;
        }
    }
}

/// The middle bits: products of short keys have few low ones.
fn home(hash: u64) -> usize {
    (hash >> 20) as usize
}
