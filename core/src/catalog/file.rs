//! The container of a compiled catalog.
//!
//! In: the sections that the builder made, or the bytes of a file. Out: one run of bytes, identical for identical
//! input, and the checked places of its sections. Layout, all numbers little-endian: a header of 64 bytes (magic,
//! version, Unicode version, file length, checksum, counts), a table of sections (number, offset, length), the
//! sections at multiples of 64 bytes. The checksum finds accidents, not attackers: every access is checked as well.

use super::build::CatalogInfo;
use super::view::{BUCKET, BUCKET_BYTES, ENTITY_BYTES, ROW_BYTES, View, u32_at};
use super::word::mix;
use crate::{Error, ErrorKind};
use std::ops::Range;

/// The first bytes of every compiled catalog.
pub(crate) const MAGIC: &[u8; 8] = b"nutgrafC";
/// Counts up with every change of the layout, of folding, or of hashing.
const VERSION: u32 = 4;
const HEADER: usize = 64;
const SECTION_COUNT: usize = 9;
const TABLE_ROW: usize = 24;
const ALIGNMENT: usize = 64;
/// Most words that a name may have.
pub(crate) const MAX_WORDS: usize = 64;

/// The sections as the builder makes them.
#[derive(Default)]
pub(crate) struct Sections {
    pub(crate) filter: Vec<u64>,
    pub(crate) first_words: Vec<u8>,
    pub(crate) slots: Vec<[u32; 2 * BUCKET]>,
    pub(crate) rows: Vec<[u32; ROW_BYTES / 4]>,
    pub(crate) text: Vec<u8>,
    pub(crate) lists: Vec<u8>,
    pub(crate) entities: Vec<u8>,
    pub(crate) names: Vec<u32>,
    pub(crate) records: Vec<u8>,
    pub(crate) max_words: usize,
    pub(crate) shared_names: usize,
    pub(crate) duplicate_names: usize,
}

/// The places of the sections in the bytes of a compiled catalog.
#[derive(Clone, Debug, Default)]
pub(crate) struct Layout {
    sections: [Range<usize>; SECTION_COUNT],
    masks: [u64; 2],
    max_words: usize,
    pub(crate) info: CatalogInfo,
}

fn unicode_version() -> u32 {
    let (major, minor, patch) = unicode_normalization::UNICODE_VERSION;
    u32::from(major) << 16 | u32::from(minor) << 8 | u32::from(patch)
}

/// What a section is made of.
#[derive(Clone, Copy)]
enum Part<'s> {
    Bytes(&'s [u8]),
    Numbers(&'s [u32]),
    Groups(&'s [u64]),
}

impl Part<'_> {
    fn size(&self) -> usize {
        match self {
            Part::Bytes(bytes) => bytes.len(),
            Part::Numbers(numbers) => numbers.len() * 4,
            Part::Groups(groups) => groups.len() * 8,
        }
    }

    fn write(&self, out: &mut [u8]) {
        match self {
            Part::Bytes(bytes) => out.copy_from_slice(bytes),
            Part::Numbers(numbers) => {
                for (out, number) in out.as_chunks_mut().0.iter_mut().zip(*numbers) {
                    *out = number.to_le_bytes();
                }
            }
            Part::Groups(groups) => {
                for (out, group) in out.as_chunks_mut().0.iter_mut().zip(*groups) {
                    *out = group.to_le_bytes();
                }
            }
        }
    }
}

impl Sections {
    fn parts(&self) -> [Part<'_>; SECTION_COUNT] {
        [
            Part::Groups(&self.filter),
            Part::Bytes(&self.first_words),
            Part::Numbers(self.slots.as_flattened()),
            Part::Numbers(self.rows.as_flattened()),
            Part::Bytes(&self.text),
            Part::Bytes(&self.lists),
            Part::Bytes(&self.entities),
            Part::Numbers(&self.names),
            Part::Bytes(&self.records),
        ]
    }

    /// Bytes of the container.
    pub(crate) fn size(&self) -> usize {
        let table_end = HEADER + SECTION_COUNT * TABLE_ROW;
        self.parts().iter().fold(table_end, |end, part| end.next_multiple_of(ALIGNMENT) + part.size())
    }
}

/// Writes the container into zeros of its size.
pub(crate) fn write(sections: &Sections, out: &mut [u8]) {
    let mut end = HEADER + SECTION_COUNT * TABLE_ROW;
    for (number, part) in sections.parts().iter().enumerate() {
        let (row, offset) = (HEADER + number * TABLE_ROW, end.next_multiple_of(ALIGNMENT));
        end = offset + part.size();
        out[row..row + 8].copy_from_slice(&(number as u64 + 1).to_le_bytes());
        out[row + 8..row + 16].copy_from_slice(&(offset as u64).to_le_bytes());
        out[row + 16..row + 24].copy_from_slice(&(part.size() as u64).to_le_bytes());
        part.write(&mut out[offset..end]);
    }
    let length = out.len() as u64;
    out[..8].copy_from_slice(MAGIC);
    out[8..12].copy_from_slice(&VERSION.to_le_bytes());
    out[12..16].copy_from_slice(&unicode_version().to_le_bytes());
    out[16..24].copy_from_slice(&length.to_le_bytes());
    out[32..36].copy_from_slice(&(SECTION_COUNT as u32).to_le_bytes());
    out[36..40].copy_from_slice(&(sections.max_words as u32).to_le_bytes());
    out[40..44].copy_from_slice(&(sections.shared_names as u32).to_le_bytes());
    out[44..48].copy_from_slice(&(sections.duplicate_names as u32).to_le_bytes());
    let sum = checksum(out);
    out[24..32].copy_from_slice(&sum.to_le_bytes());
}

/// A hash of the whole file but its checksum field; four independent lanes for speed.
pub(crate) fn checksum(bytes: &[u8]) -> u64 {
    const K: [u64; 4] =
        [0x9E37_79B9_7F4A_7C15, 0xC2B2_AE3D_27D4_EB4F, 0x1656_67B1_9E37_79F9, 0x27D4_EB2F_1656_67C5];
    let mut lanes = K;
    let mut add = |block: &[u8; 32]| {
        for (lane, sum) in lanes.iter_mut().enumerate() {
            let value = u64::from_le_bytes(block[lane * 8..lane * 8 + 8].try_into().expect("eight bytes"));
            *sum = (*sum ^ value).wrapping_mul(K[lane] | 1).rotate_left(29);
        }
    };
    let (blocks, rest) = bytes.as_chunks::<32>();
    for (number, block) in blocks.iter().enumerate() {
        if number == 0 {
            let mut head = *block;
            head[24..].fill(0);
            add(&head);
        } else {
            add(block);
        }
    }
    let mut last = [0; 32];
    last[..rest.len()].copy_from_slice(rest);
    add(&last);
    lanes.iter().fold(bytes.len() as u64, |sum, lane| mix(sum ^ lane, K[0]))
}

fn damaged(what: impl std::fmt::Display) -> Error {
    Error::new(
        ErrorKind::File,
        format!("compiled catalog: {what}; accepted is an unchanged file written by Catalog::save"),
    )
}

impl Layout {
    /// Checks the header and the structure, in constant time.
    ///
    /// # Errors
    /// [`ErrorKind::File`] when the bytes are no compiled catalog of this version, or cut short.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Layout, Error> {
        let table_end = HEADER + SECTION_COUNT * TABLE_ROW;
        if bytes.get(..8) != Some(MAGIC.as_slice()) {
            return Err(damaged("the first eight bytes are not those of a compiled catalog"));
        }
        if bytes.len() < table_end {
            return Err(damaged(format_args!("{} bytes are too few for the header", bytes.len())));
        }
        let number = |at: usize| {
            bytes.get(at..at + 8).and_then(|field| field.try_into().ok()).map_or(0, u64::from_le_bytes)
        };
        let version = u32_at(bytes, 2).unwrap_or(0);
        if version != VERSION {
            return Err(damaged(format_args!(
                "it has version {version}, this library reads version {VERSION}"
            )));
        }
        if u32_at(bytes, 3) != Some(unicode_version()) {
            return Err(damaged("it was built with another Unicode version; build it again from its source"));
        }
        if number(16) != bytes.len() as u64 {
            return Err(damaged(format_args!(
                "it says {} bytes long and is {} bytes long",
                number(16),
                bytes.len()
            )));
        }
        if u32_at(bytes, 8) != Some(SECTION_COUNT as u32) {
            return Err(damaged("the number of sections is wrong"));
        }
        let mut layout = Layout { max_words: u32_at(bytes, 9).unwrap_or(0) as usize, ..Layout::default() };
        if layout.max_words > MAX_WORDS {
            return Err(damaged(format_args!("its longest name has {} words", layout.max_words)));
        }
        let mut free = table_end as u64;
        for section in 0..SECTION_COUNT {
            let row = HEADER + section * TABLE_ROW;
            let (id, offset, length) = (number(row), number(row + 8), number(row + 16));
            let end = offset.checked_add(length).filter(|&end| end <= bytes.len() as u64);
            let (Some(end), true) = (end, offset >= free && id == section as u64 + 1) else {
                return Err(damaged(format_args!("section {} does not lie in the file", section + 1)));
            };
            layout.sections[section] = offset as usize..end as usize;
            free = end;
        }
        let lengths: Vec<usize> = layout.sections.iter().map(|section| section.len()).collect();
        let whole = lengths[0].is_power_of_two()
            && lengths[0] >= 8
            && lengths[1].is_power_of_two()
            && lengths[2].is_multiple_of(BUCKET_BYTES)
            && lengths[2] > 0
            && lengths[3].is_multiple_of(ROW_BYTES)
            && lengths[3] >= ROW_BYTES
            && lengths[5].is_multiple_of(4)
            && lengths[6].is_multiple_of(ENTITY_BYTES)
            && lengths[7].is_multiple_of(4);
        if !whole {
            return Err(damaged("a section has an impossible length"));
        }
        layout.masks = [lengths[0] as u64 / 8 - 1, lengths[1] as u64 * 2 - 1];
        layout.info = CatalogInfo {
            entities: lengths[6] / ENTITY_BYTES,
            names: lengths[3] / ROW_BYTES - 1,
            shared_names: u32_at(bytes, 10).unwrap_or(0) as usize,
            duplicate_names: u32_at(bytes, 11).unwrap_or(0) as usize,
            bytes: bytes.len(),
            index_bytes: lengths[..6].iter().sum(),
        };
        Ok(layout)
    }

    /// The sections of the bytes that were parsed.
    #[inline]
    pub(crate) fn view<'c>(&self, bytes: &'c [u8]) -> View<'c> {
        let section = |number: usize| bytes.get(self.sections[number].clone()).unwrap_or_default();
        View {
            filter: section(0),
            first_words: section(1),
            masks: self.masks,
            slots: section(2),
            rows: section(3),
            text: section(4),
            lists: section(5),
            entities: section(6),
            names: section(7),
            records: section(8),
            max_words: self.max_words,
            patch: None,
        }
    }
}

/// Checks the checksum of bytes that [`Layout::parse`] accepted.
///
/// # Errors
/// [`ErrorKind::File`] when a byte has changed.
pub(crate) fn verify_checksum(bytes: &[u8]) -> Result<(), Error> {
    let written = bytes.get(24..32).and_then(|field| field.try_into().ok()).map_or(0, u64::from_le_bytes);
    if written == checksum(bytes) {
        return Ok(());
    }
    Err(damaged("the checksum does not agree: a byte has changed"))
}
