//! Dense numbers for hashes: what is known by a hash is counted and kept in arrays.
//!
//! In: 64-bit hashes. Out: a number for each, in order of first sight.

/// Gives dense numbers to hashes, in order of first sight.
#[derive(Debug, Default)]
pub(crate) struct Numbers {
    /// Hash and number plus one; a zero number is a free slot. The length is a power of two.
    table: Vec<(u64, u32)>,
    count: u32,
}

impl Numbers {
    /// Room for so many numbers before the table grows.
    pub(crate) fn with_room(count: usize) -> Self {
        Numbers { table: vec![(0, 0); (count * 2 + 2).next_power_of_two()], count: 0 }
    }

    pub(crate) fn len(&self) -> usize {
        self.count as usize
    }

    pub(crate) fn number(&mut self, hash: u64) -> u32 {
        if self.count as usize * 2 >= self.table.len() {
            self.grow();
        }
        let slot = self.slot(hash);
        if self.table[slot].1 == 0 {
            self.count += 1;
            self.table[slot] = (hash, self.count);
        }
        self.table[slot].1 - 1
    }

    pub(crate) fn find(&self, hash: u64) -> Option<u32> {
        if self.table.is_empty() { None } else { self.table[self.slot(hash)].1.checked_sub(1) }
    }

    fn slot(&self, hash: u64) -> usize {
        let mask = self.table.len() - 1;
        let mut slot = (hash >> 20) as usize & mask;
        while self.table[slot].1 != 0 && self.table[slot].0 != hash {
            slot = (slot + 1) & mask;
        }
        slot
    }

    fn grow(&mut self) {
        let size = (self.table.len() * 2).max(256);
        for (hash, number) in std::mem::replace(&mut self.table, vec![(0, 0); size]) {
            if number != 0 {
                let slot = self.slot(hash);
                self.table[slot] = (hash, number);
            }
        }
    }
}
