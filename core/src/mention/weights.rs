//! The weights file: container and checks.
//!
//! Layout, little-endian: magic, version, checksum, the lengths of the sections, then the sections: transitions
//! (`i16` from each label and from the start to each label), lexicon, bucket ends, rows. A row is the fingerprint of a
//! feature (`u16`), the set of labels it speaks for (`u16`) and one byte for each of them. A byte `q` stands for the
//! weight `q * |q|` in units of 1/1024: fine near zero, coarse far from it.

use super::label::{LABELS, LANES, OUTSIDE};
use super::lexicon::Lexicon;
use super::rows::Rows;
use super::steps::Steps;
use crate::{Error, ErrorKind};
use std::borrow::Cow;
use std::ops::Range;

const MAGIC: &[u8; 8] = b"ngtagger";
/// The form of the file and of the features; a file of another version is refused.
const VERSION: u32 = 1;
const HEADER: usize = 8 + 4 + 4 + 8 + 4 * SECTIONS;
const SECTIONS: usize = 4;
/// The number of feature buckets, as a power of two.
pub(crate) const BUCKET_BITS: u32 = 16;
#[cfg(any(feature = "train", test))]
/// Weights are integers in this fraction of one.
pub(crate) const UNIT: f32 = 1024.0;

/// The lead of "outside" for tokens that are not looked at: far above any sum of weights' differences in practice.
pub(crate) const SURELY: i32 = 1 << 16;

/// Scores of all labels for one token.
pub(crate) type Scores = [i32; LANES];

/// A weights file that has been checked.
#[derive(Clone, Debug)]
pub(crate) struct Weights {
    bytes: Cow<'static, [u8]>,
    sections: [Range<usize>; SECTIONS],
    /// `transitions[i][j]`: from label `i` to label `j`; the row `LABELS` is the start of a sentence.
    pub(crate) transitions: [Scores; LABELS + 1],
    /// The same between labels, as decoding takes them.
    pub(crate) steps: Steps,
    pub(crate) rows: Rows,
}

impl Weights {
    /// Checks a weights file.
    ///
    /// # Errors
    /// [`ErrorKind::Catalog`] when the bytes are not a weights file of this version, cut short or changed.
    pub(crate) fn new(bytes: Cow<'static, [u8]>) -> Result<Self, Error> {
        let wrong = |what: &str| Error::new(ErrorKind::Catalog, format!("tagger weights: {what}"));
        if bytes.len() < HEADER || &bytes[..8] != MAGIC {
            return Err(wrong("the bytes do not begin like a weights file"));
        }
        let number = |at: usize| u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
        if number(8) != VERSION || number(12) != LABELS as u32 {
            return Err(wrong("made by another version of the trainer; train again"));
        }
        let stored = u64::from(number(16)) | u64::from(number(20)) << 32;
        if stored != checksum(&bytes[HEADER..]) {
            return Err(wrong("the checksum differs: the file is damaged"));
        }
        let mut at = HEADER;
        let mut sections = [const { 0..0 }; SECTIONS];
        for (n, section) in sections.iter_mut().enumerate() {
            let end = at.checked_add(number(24 + 4 * n) as usize).filter(|&end| end <= bytes.len());
            *section = at..end.ok_or_else(|| wrong("a section reaches past the end of the file"))?;
            at = section.end;
        }
        let mut transitions = [[0; LANES]; LABELS + 1];
        let (values, _) = bytes[sections[0].clone()].as_chunks::<2>();
        if values.len() != (LABELS + 1) * LANES || sections[2].len() != 4 << BUCKET_BITS {
            return Err(wrong("a section has the wrong size"));
        }
        for (n, value) in values.iter().enumerate() {
            transitions[n / LANES][n % LANES] = i32::from(i16::from_le_bytes(*value));
        }
        if Lexicon::new(&bytes[sections[1].clone()]).is_none() {
            return Err(wrong("the lexicon has the wrong size"));
        }
        // A token that surely belongs to no name parts a sentence only if no transitions outweigh that.
        let most = transitions.iter().flat_map(|row| &row[..LABELS]).copied().max().unwrap_or(0);
        let least = |row: &mut dyn Iterator<Item = i32>| row.min().unwrap_or(0);
        let outward = least(&mut transitions.iter().map(|row| row[OUTSIDE]));
        let inward = least(&mut transitions[OUTSIDE][..LABELS].iter().copied());
        if SURELY + outward + inward - 2 * most <= 0 {
            return Err(wrong("the transitions weigh more than they may"));
        }
        let ends = bytes[sections[2].clone()].as_chunks::<4>().0;
        let rows = Rows::new(ends, &bytes[sections[3].clone()])
            .ok_or_else(|| wrong("the rows do not fit together"))?;
        let steps = Steps::new(&transitions);
        Ok(Weights { bytes, sections, transitions, steps, rows })
    }

    fn section(&self, n: usize) -> &[u8] {
        &self.bytes[self.sections[n].clone()]
    }

    pub(crate) fn lexicon(&self) -> Lexicon<'_> {
        Lexicon::new(self.section(1)).expect("checked when the file was opened")
    }
}

/// FNV-1a over words of eight bytes; finds accidents, not attackers.
fn checksum(bytes: &[u8]) -> u64 {
    let (words, rest) = bytes.as_chunks::<8>();
    let step = |sum: u64, word: u64| (sum ^ word).wrapping_mul(0x0000_0100_0000_01B3).rotate_left(29);
    let sum = words.iter().fold(0xCBF2_9CE4_8422_2325, |sum, word| step(sum, u64::from_le_bytes(*word)));
    rest.iter().fold(sum, |sum, &byte| step(sum, u64::from(byte)))
}

/// Writes the right checksum into a changed file.
#[cfg(test)]
pub(crate) fn seal(file: &mut [u8]) {
    let sum = checksum(&file[HEADER..]);
    file[16..24].copy_from_slice(&sum.to_le_bytes());
}

/// Puts a weights file together: transitions, lexicon section, rows as key and one byte per label.
#[cfg(any(feature = "train", test))]
pub(crate) fn pack(
    transitions: &[[i16; LANES]],
    lexicon: &[u8],
    mut rows: Vec<(u64, [i8; LANES])>,
) -> Vec<u8> {
    rows.sort_unstable_by_key(|(key, _)| (key >> (64 - BUCKET_BITS), *key));
    let (mut ends, mut packed) = (Vec::new(), Vec::new());
    let mut bucket = 0;
    for (key, values) in &rows {
        while bucket < (key >> (64 - BUCKET_BITS)) {
            ends.extend_from_slice(&(packed.len() as u32).to_le_bytes());
            bucket += 1;
        }
        let labels = values.iter().enumerate().fold(0u16, |set, (n, &v)| set | u16::from(v != 0) << n);
        packed.extend_from_slice(&(*key as u16).to_le_bytes());
        packed.extend_from_slice(&labels.to_le_bytes());
        packed.extend(values.iter().filter(|v| **v != 0).map(|v| *v as u8));
    }
    while ends.len() < 4 << BUCKET_BITS {
        ends.extend_from_slice(&(packed.len() as u32).to_le_bytes());
    }
    let transitions: Vec<u8> = transitions.iter().flatten().flat_map(|v| v.to_le_bytes()).collect();
    let sections = [&transitions[..], lexicon, &ends, &packed];
    let body = sections.concat();
    let mut file = MAGIC.to_vec();
    file.extend_from_slice(&VERSION.to_le_bytes());
    file.extend_from_slice(&(LABELS as u32).to_le_bytes());
    file.extend_from_slice(&checksum(&body).to_le_bytes());
    for section in sections {
        file.extend_from_slice(&(section.len() as u32).to_le_bytes());
    }
    file.extend_from_slice(&body);
    file
}
