//! The weights of the features, laid out so that one look tells whether a feature has any.
//!
//! In: the rows of a weights file. Out: [`Rows`], which adds up the weights of many features. A filter is asked for all
//! of them first, because most have no weights and the answer cannot be guessed; then the few that pass are read.

use super::label::{LABELS, LANES};
use super::weights::{BUCKET_BITS, Scores};

/// Features that are looked up together, at least.
const FULL: usize = 512;
/// The bits of a fingerprint by which the rows of a bucket are sorted and filtered.
const LOW: u16 = 31;

#[derive(Clone, Copy, Debug)]
struct Bucket {
    /// A bit for each value of the low bits of the fingerprints in the bucket.
    filter: u32,
    first: u32,
}

/// The weights of one feature; eight bytes, so that reading one touches memory once.
#[derive(Clone, Copy, Debug, Default)]
struct Row {
    fingerprint: u16,
    /// The labels that it speaks for, one bit each, or [`LONG`].
    labels: u16,
    /// A weight for each of the labels, zeros behind them; the place among the long rows.
    values: [i8; SHORT],
}

/// Rows of up to so many labels are short: six of seven.
const SHORT: usize = 4;
/// Stands for the labels of a row that is not short. No label has this bit.
const LONG: u16 = 1 << LABELS;

/// The rows of a weights file.
#[derive(Clone, Debug)]
pub(crate) struct Rows {
    /// One more than there are buckets: the last one tells where the rows end.
    buckets: Vec<Bucket>,
    rows: Vec<Row>,
    /// A weight for every label; zero where the row says nothing.
    long: Vec<[i8; LANES]>,
}

impl Rows {
    /// Reads the ends of the buckets and their rows; `None` when they do not fit together.
    pub(crate) fn new(ends: &[[u8; 4]], packed: &[u8]) -> Option<Self> {
        let mut made = Rows {
            buckets: Vec::with_capacity(ends.len() + 1),
            rows: Vec::with_capacity(packed.len() / 6),
            long: Vec::new(),
        };
        let mut at = 0;
        for end in ends {
            let (mut filter, first) = (0, made.rows.len());
            while at < u32::from_le_bytes(*end) as usize {
                let &[a, b, c, d] = packed.get(at..)?.first_chunk::<4>()?;
                let (fingerprint, labels) = (u16::from_le_bytes([a, b]), u16::from_le_bytes([c, d]));
                at += 4;
                let weights = packed.get(at..at + labels.count_ones() as usize)?;
                at += weights.len();
                filter |= 1 << (fingerprint & LOW);
                let row = made.row(fingerprint, labels, weights)?;
                made.rows.push(row);
            }
            made.rows[first..].sort_by_key(|row| row.fingerprint & LOW);
            made.buckets.push(Bucket { filter, first: first as u32 });
        }
        made.buckets.push(Bucket { filter: 0, first: made.rows.len() as u32 });
        let last = ends.last().map_or(0, |end| u32::from_le_bytes(*end) as usize);
        (at == last && at == packed.len()).then_some(made)
    }

    /// Makes a row; `None` when it names a label that there is not.
    fn row(&mut self, fingerprint: u16, labels: u16, weights: &[u8]) -> Option<Row> {
        if labels & LONG != 0 {
            return None;
        }
        if weights.len() <= SHORT {
            let mut values = [0; SHORT];
            values.iter_mut().zip(weights).for_each(|(value, &weight)| *value = weight as i8);
            return Some(Row { fingerprint, labels, values });
        }
        let mut dense = [0; LANES];
        let spoken = (0..LABELS).filter(|label| labels >> label & 1 != 0);
        spoken.zip(weights).for_each(|(label, &weight)| dense[label] = weight as i8);
        let place = self.long.len() as u32;
        self.long.push(dense);
        Some(Row { fingerprint, labels: LONG, values: place.to_le_bytes().map(|byte| byte as i8) })
    }

    /// Adds the weights of the features of a batch to their sums, and empties the batch.
    ///
    /// Works in passes, in which no key waits for what memory far away says about the one before it, and little has to
    /// be guessed: filter, first rows, rows, sums.
    pub(crate) fn add(&self, batch: &mut Batch, sums: &mut [Scores]) {
        let Batch { keys, ends, passed, near, short, long } = batch;
        passed.resize(passed.len().max(keys.len()), (0, 0));
        for list in [&mut *short, &mut *long] {
            list.resize(list.len().max(keys.len()), (Row::default(), 0));
        }
        let (mut count, mut at) = (0, 0);
        for &(owner, end) in &*ends {
            for &key in &keys[at..end] {
                passed[count] = (key, owner);
                count += (self.buckets[bucket_of(key)].filter >> (key as u16 & LOW) & 1) as usize;
            }
            at = end;
        }
        let passed = &passed[..count];
        near.clear();
        near.extend(passed.iter().map(|&(key, _)| self.near(key)));
        let (mut shorts, mut longs) = (0, 0);
        for (near, &(key, owner)) in near.iter().zip(passed) {
            let row = self.find(near, key as u16);
            let is_long = row.labels & LONG != 0;
            short[shorts] = (row, owner);
            shorts += usize::from((row.labels != 0) & !is_long);
            long[longs] = (row, owner);
            longs += usize::from(is_long);
        }
        for &(row, owner) in &short[..shorts] {
            let sums = &mut sums[owner as usize];
            // Always four steps, which are cheaper than a guess at their number; spare ones add zero.
            let mut labels = u32::from(row.labels);
            for q in row.values {
                sums[(labels | u32::from(LONG)).trailing_zeros() as usize & (LANES - 1)] += weight(q);
                labels &= labels.wrapping_sub(1);
            }
        }
        for &(row, owner) in &long[..longs] {
            let place = u32::from_le_bytes(row.values.map(|byte| byte as u8));
            for (sum, &q) in sums[owner as usize].iter_mut().zip(&self.long[place as usize]) {
                *sum += weight(q);
            }
        }
        keys.clear();
        ends.clear();
    }

    /// Where the row of a key that passes the filter stands, if it has one.
    fn near(&self, key: u64) -> Near {
        let [bucket, next] = [0, 1].map(|n| self.buckets[bucket_of(key) + n]);
        // No fewer rows stand before it than low bits that are lower, and as a rule no more.
        let lower = bucket.filter & ((1 << (key as u16 & LOW)) - 1);
        let from = bucket.first + lower.count_ones();
        Near { from, end: next.first, first: self.rows[from as usize] }
    }

    /// The row of a key near the place where it is looked for; one without labels when it is another key's.
    fn find(&self, near: &Near, fingerprint: u16) -> Row {
        if near.first.fingerprint == fingerprint {
            return near.first;
        }
        let rest = &self.rows[near.from as usize + 1..near.end as usize];
        rest.iter().find(|row| row.fingerprint == fingerprint).copied().unwrap_or_default()
    }
}

/// Features to be looked up, each for one of a list of sums.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    keys: Vec<u64>,
    /// Sums, each with the end of its keys.
    ends: Vec<(u32, usize)>,
    /// Keys that pass the filter, and their sums.
    passed: Vec<(u64, u32)>,
    near: Vec<Near>,
    short: Vec<(Row, u32)>,
    long: Vec<(Row, u32)>,
}

impl Batch {
    /// Takes the keys that `push` gives for one sum.
    pub(crate) fn extend(&mut self, sum: usize, push: impl FnOnce(&mut Vec<u64>)) {
        push(&mut self.keys);
        self.ends.push((sum as u32, self.keys.len()));
    }

    /// Whether the batch is large enough to be added up: what all passes read still stands in the nearest memory.
    pub(crate) fn is_full(&self) -> bool {
        self.keys.len() >= FULL
    }

    /// Whether keys were given for the last sum.
    pub(crate) fn is_last_empty(&self) -> bool {
        let ends = &self.ends[self.ends.len().saturating_sub(2)..];
        match *ends {
            [(_, before), (_, end)] => before == end,
            [(_, end)] => end == 0,
            _ => true,
        }
    }
}

/// A place among the rows.
#[derive(Clone, Copy, Debug)]
struct Near {
    from: u32,
    /// Where the rows of the bucket end.
    end: u32,
    /// The row at that place.
    first: Row,
}

/// The weight that a byte stands for.
fn weight(q: i8) -> i32 {
    let q = i16::from(q);
    i32::from(q * q.abs())
}

fn bucket_of(key: u64) -> usize {
    (key >> (64 - BUCKET_BITS)) as usize
}
