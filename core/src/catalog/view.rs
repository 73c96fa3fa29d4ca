//! Checked access to a compiled catalog.
//!
//! In: the bytes of a catalog, from memory or from a mapped file, and the places of their sections. Out: slots,
//! names, owners and entities. Whatever the bytes, an access returns something or `None`; none panics, and none
//! reads outside its section.

use super::entity::{Entity, EntityKind, Outline};
use super::name::Flags;
use super::record::{self, Record};
use std::ops::Range;

/// Bytes of one row of the name section: text offset, flags, owner.
pub(crate) const ROW_BYTES: usize = 12;
/// Bytes of one row of the entity section: record offset, weight, kind, number of the first name.
pub(crate) const ENTITY_BYTES: usize = 16;
/// Slots that lie together and are searched together: eight fingerprints, then eight payloads.
pub(crate) const BUCKET: usize = 8;
/// Bytes of one bucket: a line of the cache.
pub(crate) const BUCKET_BYTES: usize = BUCKET * 8;
/// Buckets that a search may read before it gives up; the builder keeps every key within.
pub(crate) const MAX_PROBE: usize = 64;
/// In what [`View::first_slot`] returns: all slots of the bucket are taken, so that the next one may hold the key.
const FULL: u64 = 1 << 32;
/// In a row's owner: the rest is an offset into the list section.
pub(crate) const OWNER_LIST: u32 = 1 << 31;

/// A name ends with this sequence of words.
pub(crate) const TERMINAL: u32 = 1 << 30;
/// A longer name begins with this sequence of words.
pub(crate) const CONTINUES: u32 = 1 << 31;
/// The first row of the key, when [`TERMINAL`].
pub(crate) const ROW_MASK: u32 = TERMINAL - 1;

/// The sections of a compiled catalog.
#[derive(Clone, Copy, Debug)]
pub(crate) struct View<'c> {
    /// Sequences of two and more words that are a name or the beginning of one: two bits of one group each.
    pub(crate) filter: &'c [u8],
    /// What may be known of a first word: four bits each.
    pub(crate) first_words: &'c [u8],
    /// One less than the groups of the filter and than the places for first words, powers of two.
    pub(crate) masks: [u64; 2],
    pub(crate) slots: &'c [u8],
    pub(crate) rows: &'c [u8],
    pub(crate) text: &'c [u8],
    pub(crate) lists: &'c [u8],
    pub(crate) entities: &'c [u8],
    /// The row of every name of every entity, in the order of the source.
    pub(crate) names: &'c [u8],
    pub(crate) records: &'c [u8],
    /// Words of the longest name.
    pub(crate) max_words: usize,
    /// What an overlay takes away.
    pub(crate) patch: Option<&'c Patch>,
}

/// What an overlay takes away from the catalog below it.
#[derive(Debug, Default)]
pub(crate) struct Patch {
    /// The entities that are gone, sorted.
    pub(crate) gone: Vec<u32>,
    /// The same, one bit for each entity.
    pub(crate) gone_bits: Vec<u64>,
    /// The flags that the owners left give to the rows that lost an owner, by row; no kind when none is left.
    pub(crate) flags: Vec<Flags>,
    /// Which rows these are, 64 to a group: one bit each, and how many come before the group.
    pub(crate) rows: Vec<(u64, u32)>,
}

impl Patch {
    #[inline]
    fn flags(&self, row: u32) -> Option<Flags> {
        let &(bits, before) = self.rows.get(row as usize / 64)?;
        let bit = 1 << (row % 64);
        if bits & bit == 0 {
            return None;
        }
        self.flags.get((before + (bits & (bit - 1)).count_ones()) as usize).copied()
    }
}

#[inline]
fn bit(bits: &[u64], number: u32) -> bool {
    bits.get(number as usize / 64).is_some_and(|word| word >> (number % 64) & 1 != 0)
}

/// Reads a little-endian number at an index of an array of such numbers.
#[inline]
pub(crate) fn u32_at(bytes: &[u8], index: usize) -> Option<u32> {
    let at = index.checked_mul(4)?;
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

#[inline]
fn u64_at(bytes: &[u8], index: usize) -> Option<u64> {
    let at = index.checked_mul(8)?;
    Some(u64::from_le_bytes(bytes.get(at..at.checked_add(8)?)?.try_into().ok()?))
}

/// The bits of a hash that tell keys apart: those that [`home`] and [`fingerprint`] can see. Names that agree in them
/// are one key, and are told apart by their spellings.
pub(crate) const KEY_BITS: u64 = !0xFFF;

/// Of a first word: it may be a name by itself.
pub(crate) const ALONE: u8 = 1;
/// Of a first word: a longer name may begin with it.
pub(crate) const BEGINS: u8 = 2;
/// How far the same is shifted for names that may begin with a small letter.
pub(crate) const SMALL_SHIFT: u32 = 2;

/// The group of a hash in the filter, and its two bits there.
#[inline]
pub(crate) fn filter_bits(hash: u64, mask: u64) -> (usize, u64) {
    (((hash >> 12) & mask) as usize, 1 << (hash >> 40 & 63) | 1 << (hash >> 46 & 63))
}

/// The place of a first word's hash.
#[inline]
pub(crate) fn first_word_place(hash: u64, mask: u64) -> u64 {
    (hash >> 12) & mask
}

/// The bucket at which the search for a hash begins.
#[inline]
pub(crate) fn home(hash: u64, buckets: usize) -> usize {
    ((u128::from(hash & KEY_BITS) * buckets as u128) >> 64) as usize
}

/// The part of a hash that a slot keeps.
#[inline]
pub(crate) fn fingerprint(hash: u64) -> u32 {
    (hash >> 12) as u32
}

impl<'c> View<'c> {
    pub(crate) fn row_count(&self) -> usize {
        (self.rows.len() / ROW_BYTES).saturating_sub(1)
    }

    pub(crate) fn entity_count(&self) -> usize {
        self.entities.len() / ENTITY_BYTES
    }

    pub(crate) fn bucket_count(&self) -> usize {
        self.slots.len() / BUCKET_BYTES
    }

    /// Whether a sequence of two or more words with this hash may be a name or the beginning of one.
    #[inline]
    pub(crate) fn may_hold(&self, hash: u64) -> bool {
        let (group, bits) = filter_bits(hash, self.masks[0]);
        u64_at(self.filter, group).unwrap_or(0) & bits == bits
    }

    /// What may be known of a first word: [`ALONE`], [`BEGINS`]; `small` when only names that may begin with a small letter
    /// count.
    #[inline]
    pub(crate) fn first_word(&self, hash: u64, small: bool) -> u8 {
        self.first_word_place(hash) >> (u32::from(small) * SMALL_SHIFT) & (ALONE | BEGINS)
    }

    /// The same, for names that may begin with a small letter [`SMALL_SHIFT`] above the rest.
    #[inline]
    pub(crate) fn first_word_place(&self, hash: u64) -> u8 {
        let place = first_word_place(hash, self.masks[1]);
        let byte = self.first_words.get((place >> 1) as usize).copied().unwrap_or(0);
        byte >> ((place & 1) * 4) & 0xF
    }

    /// What the first bucket tells of a hash, for [`slot`](View::slot): one read without a branch that depends on it.
    #[inline]
    pub(crate) fn first_slot(&self, hash: u64) -> u64 {
        self.in_bucket(home(hash, self.bucket_count()), fingerprint(hash))
    }

    /// The slot of a sequence of words, from what the first bucket tells.
    #[inline]
    pub(crate) fn slot(&self, hash: u64, first: u64) -> Option<u32> {
        match first {
            FULL => self.later_slot(hash),
            _ => (first != 0).then_some(first as u32),
        }
    }

    /// The payload of a fingerprint in a bucket, zero when it is not there, and above it [`FULL`].
    #[inline]
    fn in_bucket(&self, bucket: usize, wanted: u32) -> u64 {
        let at = bucket.wrapping_mul(BUCKET_BYTES);
        let Some(bytes) = self.slots.get(at..).and_then(|rest| rest.first_chunk::<BUCKET_BYTES>()) else {
            return 0;
        };
        let (numbers, _) = bytes.as_chunks::<4>();
        let mut found = 0;
        for slot in 0..BUCKET {
            let payload = u32::from_le_bytes(numbers[BUCKET + slot]);
            found |= if u32::from_le_bytes(numbers[slot]) == wanted { payload } else { 0 };
        }
        let last = u32::from_le_bytes(numbers[2 * BUCKET - 1]);
        u64::from(found) | if found == 0 && last != 0 { FULL } else { 0 }
    }

    #[cold]
    fn later_slot(&self, hash: u64) -> Option<u32> {
        let count = self.bucket_count();
        let mut bucket = home(hash, count);
        for _ in 1..MAX_PROBE {
            bucket = if bucket + 1 < count { bucket + 1 } else { 0 };
            match self.in_bucket(bucket, fingerprint(hash)) {
                FULL => {}
                0 => return None,
                found => return Some(found as u32),
            }
        }
        None
    }

    /// The spelling and the flags of a row.
    #[inline]
    pub(crate) fn row(&self, row: u32) -> Option<(&'c [u8], Flags)> {
        let (place, flags) = self.row_place(row)?;
        Some((self.text.get(place)?, flags))
    }

    /// The place of a row's spelling among all spellings, which need not be there, and its flags.
    #[inline]
    pub(crate) fn row_place(&self, row: u32) -> Option<(Range<usize>, Flags)> {
        let (place, flags, _) = self.row_numbers(row)?;
        Some((place, flags))
    }

    /// The same and the row's owner, as [`lone`](View::lone) has it; [`OWNER_LIST`] when there is not one.
    #[inline]
    pub(crate) fn row_numbers(&self, row: u32) -> Option<(Range<usize>, Flags, u32)> {
        let bytes: &[u8; ROW_BYTES + 4] =
            self.rows.get((row as usize).checked_mul(ROW_BYTES)?..)?.first_chunk()?;
        let (numbers, _) = bytes.as_chunks::<4>();
        let number = |at: usize| u32::from_le_bytes(numbers[at]);
        let flags = Flags(number(1));
        let flags = self.patch.and_then(|patch| patch.flags(row)).unwrap_or(flags);
        Some((number(0) as usize..number(3) as usize, flags, self.one_owner(number(2))))
    }

    #[inline]
    fn one_owner(&self, owner: u32) -> u32 {
        if ((owner >> 1) as usize) < self.entity_count() { owner } else { OWNER_LIST }
    }

    /// The name of a row as text.
    pub(crate) fn name(&self, row: u32) -> Option<&'c str> {
        std::str::from_utf8(self.row(row)?.0).ok()
    }

    /// The owners of one row, in the order of the entities.
    pub(crate) fn owners(&self, row: u32) -> Owners<'c> {
        let owner = u32_at(self.rows, (row as usize).saturating_mul(3).saturating_add(2));
        let list = match owner {
            None => Source::One(None),
            Some(owner) if owner & OWNER_LIST == 0 => Source::One(Some(owner)),
            Some(owner) => {
                let at = ((owner & !OWNER_LIST) as usize).saturating_mul(4);
                let rest = self.lists.get(at..).unwrap_or_default();
                let count = u32_at(rest, 0).unwrap_or(0) as usize;
                let items = rest.get(4..).unwrap_or_default();
                Source::Many(items.get(..count.saturating_mul(4)).unwrap_or_default())
            }
        };
        Owners { view: *self, list }
    }

    /// The owner of a row that has one, twice, and one more when that lists the name as weak; [`OWNER_LIST`] when not.
    #[inline]
    pub(crate) fn lone(&self, row: u32) -> u32 {
        let owner = u32_at(self.rows, (row as usize).saturating_mul(3).saturating_add(2));
        owner.map_or(OWNER_LIST, |owner| self.one_owner(owner))
    }

    /// The kind of an entity.
    pub(crate) fn kind(&self, entity: u32) -> Option<EntityKind> {
        let at = (entity as usize).checked_mul(ENTITY_BYTES)?;
        EntityKind::from_number(*self.entities.get(at.checked_add(8)?)?)
    }

    /// The weight of an entity, finite and not negative.
    pub(crate) fn weight(&self, entity: u32) -> f32 {
        let bits = u32_at(self.entities, (entity as usize).saturating_mul(4).saturating_add(1)).unwrap_or(0);
        let weight = f32::from_bits(bits);
        if weight.is_finite() && weight >= 0.0 { weight } else { 0.0 }
    }

    fn record(&self, entity: u32) -> Option<Record<'c>> {
        let at = (entity as usize).checked_mul(4)?;
        let offset = u32_at(self.entities, at)? as usize;
        Some(Record {
            bytes: self.records.get(offset..)?,
            first_name: u32_at(self.entities, at.checked_add(3)?)?,
        })
    }

    /// A name of an entity by its number among all names.
    pub(crate) fn name_number(&self, number: u32) -> Option<&'c str> {
        self.name(u32_at(self.names, number as usize)?)
    }

    /// The value of an entity's attribute, as JSON text.
    pub(crate) fn attribute(&self, entity: u32, key: &str) -> Option<&'c str> {
        record::attribute(self.record(entity)?.bytes, key)
    }

    /// The identifier of an entity.
    pub(crate) fn id(&self, entity: u32) -> Option<&'c str> {
        record::id(self.record(entity)?.bytes)
    }

    /// The numbers of an entity's names among all names.
    pub(crate) fn numbers(&self, entity: u32) -> Option<Range<u32>> {
        self.record(entity)?.numbers()
    }

    /// The rows of an entity's names, as the source lists them.
    pub(crate) fn rows_of(&self, entity: u32) -> impl Iterator<Item = u32> + use<'c> {
        let names = self.names;
        self.numbers(entity).unwrap_or_default().map_while(move |number| u32_at(names, number as usize))
    }

    /// Everything about an entity, names that the source lists twice included.
    pub(crate) fn whole_entity(&self, entity: u32) -> Option<Entity> {
        record::read_whole(self, self.record(entity)?, self.kind(entity)?, self.weight(entity))
    }

    /// Everything about an entity.
    pub(crate) fn entity(&self, entity: u32) -> Option<Entity> {
        record::read(self, self.record(entity)?, self.kind(entity)?, self.weight(entity))
    }

    /// The identifier and the main name of an entity.
    pub(crate) fn id_and_name(&self, entity: u32) -> Option<(&'c str, &'c str)> {
        record::id_and_name(self, self.record(entity)?)
    }

    /// What an entity is, without its other names and attributes.
    pub(crate) fn outline(&self, entity: u32) -> Option<Outline<'c>> {
        let [id, name, description] = record::outline(self, self.record(entity)?)?;
        let (kind, weight) = (self.kind(entity)?, self.weight(entity).into());
        Some(Outline { id, name, description, kind, weight })
    }
}

/// Iterates the owners of a row: the entity, and whether it lists the name as weak.
pub(crate) struct Owners<'c> {
    view: View<'c>,
    list: Source<'c>,
}

enum Source<'c> {
    One(Option<u32>),
    Many(&'c [u8]),
}

impl Iterator for Owners<'_> {
    type Item = (u32, bool);

    #[inline]
    fn next(&mut self) -> Option<(u32, bool)> {
        loop {
            let packed = match &mut self.list {
                Source::One(one) => one.take()?,
                Source::Many(bytes) => {
                    let first = u32_at(bytes, 0)?;
                    *bytes = bytes.get(4..).unwrap_or_default();
                    first
                }
            };
            let entity = packed >> 1;
            if entity as usize >= self.view.entity_count() {
                return None;
            }
            if self.view.patch.is_none_or(|patch| !bit(&patch.gone_bits, entity)) {
                return Some((entity, packed & 1 != 0));
            }
        }
    }
}
