//! The weights of the features, laid out so that a look-up reads little memory.
//!
//! In: the rows of a weights file. Out: [`Rows`], which adds up the weights of many features. Rows that speak for many
//! labels are those of common features: six of seven look-ups that find anything find one of them, among one of seven
//! of all rows. They are looked for first; a filter tells most of the features that have no weights.

use super::label::{LABELS, LANES};
use super::weights::{BUCKET_BITS, Scores};
use std::ops::Range;

/// Features that are looked up together, at least.
const FULL: usize = 512;
/// The bits of a fingerprint by which the short rows of a bucket are sorted and filtered.
const LOW: u16 = 31;

/// The rows of a weights file.
#[derive(Clone, Debug)]
pub(crate) struct Rows {
    /// One more than there are buckets: the last one tells where the rows end.
    buckets: Box<[Bucket; BUCKETS + 1]>,
    /// The fingerprints of the long rows.
    prints: Vec<u16>,
    /// The first one says nothing: it stands for the long rows of buckets that have none.
    long: Vec<LongRow>,
    short: Vec<Row>,
}

const BUCKETS: usize = 1 << BUCKET_BITS;
/// Rows of up to so many labels are short.
const SHORT: usize = 4;

/// The rows of a bucket; all that most look-ups read. Hardly any bucket has more than two long rows.
#[derive(Clone, Copy, Debug)]
#[repr(align(16))]
struct Bucket {
    /// The number of its first long row, and in the lowest bit whether there are more than two.
    place: u32,
    /// The fingerprints of the first two; that of the only one twice; where there is none, one that no row has.
    prints: [u16; 2],
    /// A bit for each value of the low bits of the fingerprints of its short rows.
    filter: u32,
    /// The number of its first short row.
    first: u32,
}

impl Bucket {
    /// `None` when there are more long rows than can be numbered.
    fn new(first_long: usize, prints: &[u16], first_short: usize, short: &[Row]) -> Option<Self> {
        let more = u32::from(prints.len() > 2);
        let (place, prints) = match *prints {
            [] => {
                let mut print = 0;
                while short.iter().any(|row| row.fingerprint == print) {
                    print += 1;
                }
                (0, [print; 2])
            }
            [only] => (first_long, [only; 2]),
            [one, other, ..] => (first_long, [one, other]),
        };
        let place = u32::try_from(place).ok().filter(|place| place >> 31 == 0)?;
        let filter = short.iter().fold(0, |filter, row| filter | 1 << (row.fingerprint & LOW));
        Some(Bucket { place: place << 1 | more, prints, filter, first: first_short as u32 })
    }
}

/// A weight for every label; zero where the row says nothing.
#[derive(Clone, Copy, Debug)]
#[repr(align(32))]
struct LongRow([i16; LANES]);

/// The weights of one feature that speaks for few labels; eight bytes, so that reading one touches memory once.
#[derive(Clone, Copy, Debug, Default)]
struct Row {
    fingerprint: u16,
    /// The labels that it speaks for, one bit each.
    labels: u16,
    /// A weight for each of the labels, zeros behind them.
    values: [i8; SHORT],
}

/// No label has this bit.
const BEYOND: u16 = 1 << LABELS;

impl Rows {
    /// Reads the ends of the buckets and their rows; `None` when they do not fit together.
    pub(crate) fn new(ends: &[[u8; 4]], packed: &[u8]) -> Option<Self> {
        let mut buckets = Vec::with_capacity(ends.len() + 1);
        let (mut prints, mut long) = (vec![0], vec![LongRow([0; LANES])]);
        let mut short = Vec::with_capacity(packed.len() / 7);
        // For each fingerprint the last bucket, counted from 1, with a short row of it.
        let mut last_short = vec![0; 1 << u16::BITS];
        let mut at = 0;
        if ends.len() != BUCKETS {
            return None;
        }
        for (bucket, end) in (1..).zip(ends) {
            let (first, first_long) = (short.len(), long.len());
            while at < u32::from_le_bytes(*end) as usize {
                let &[a, b, c, d] = packed.get(at..)?.first_chunk::<4>()?;
                let (fingerprint, labels) = (u16::from_le_bytes([a, b]), u16::from_le_bytes([c, d]));
                if labels & BEYOND != 0 {
                    return None;
                }
                at += 4;
                let weights = packed.get(at..at + labels.count_ones() as usize)?;
                at += weights.len();
                let last_short: &mut u32 = &mut last_short[usize::from(fingerprint)];
                if weights.len() > SHORT {
                    // Of rows that cannot be told apart the first one counts.
                    if *last_short != bucket {
                        prints.push(fingerprint);
                        long.push(long_row(labels, weights));
                    }
                    continue;
                }
                *last_short = bucket;
                let mut values = [0; SHORT];
                values.iter_mut().zip(weights).for_each(|(value, &weight)| *value = weight as i8);
                short.push(Row { fingerprint, labels, values });
            }
            short[first..].sort_by_key(|row| row.fingerprint & LOW);
            buckets.push(Bucket::new(first_long, &prints[first_long..], first, &short[first..])?);
        }
        let end = Bucket::new(long.len(), &[], short.len(), &[])?;
        buckets.push(Bucket { place: (long.len() as u32) << 1, ..end });
        let last = ends.last().map_or(0, |end| u32::from_le_bytes(*end) as usize);
        let buckets = buckets.into_boxed_slice().try_into().ok()?;
        (at == last && at == packed.len()).then_some(Rows { buckets, prints, long, short })
    }

    /// Adds the weights of the features of a batch to their sums, and empties the batch.
    ///
    /// Works in passes, in which no key waits for what memory far away says about the one before it, and little has to
    /// be guessed: buckets, long rows and filters with the sums of long rows, short rows, their sums.
    pub(crate) fn add(&self, batch: &mut Batch, sums: &mut [Scores]) {
        let Batch { keys, ends, buckets, long, rest, short } = batch;
        buckets.clear();
        buckets.extend(keys.iter().map(|&key| self.buckets[bucket_of(key)]));
        long.resize(long.len().max(keys.len()), 0);
        rest.resize(rest.len().max(keys.len()), (0, 0));
        let (mut left, mut at) = (0, 0);
        for &(owner, end) in &*ends {
            let mut longs = 0;
            for (&key, bucket) in keys[at..end].iter().zip(&buckets[at..end]) {
                let (place, is_long) = self.find_long(bucket, key);
                long[longs] = place;
                longs += usize::from(is_long);
                rest[left] = (key, owner);
                left += usize::from(!is_long) & (bucket.filter >> (key as u16 & LOW)) as usize;
            }
            self.add_long(&long[..longs], &mut sums[owner as usize]);
            at = end;
        }
        short.clear();
        short.extend(rest[..left].iter().map(|&(key, _)| self.first_short(key)));
        for (&(key, owner), (row, others)) in rest.iter().zip(&*short) {
            let is_own = |row: &&Row| row.fingerprint == key as u16;
            let others = || &self.short[others.start as usize..others.end as usize];
            if let Some(row) = Some(row).filter(is_own).or_else(|| others().iter().find(is_own)) {
                let sums = &mut sums[owner as usize];
                // Always four steps, which are cheaper than a guess at their number; spare ones add zero.
                let mut labels = u32::from(row.labels);
                for q in row.values {
                    let label = (labels | u32::from(BEYOND)).trailing_zeros();
                    sums[label as usize & (LANES - 1)] += i32::from(weight(q));
                    labels &= labels.wrapping_sub(1);
                }
            }
        }
        keys.clear();
        ends.clear();
    }

    /// The number of the long row of a key, and whether it has one.
    fn find_long(&self, bucket: &Bucket, key: u64) -> (u32, bool) {
        let (fingerprint, first) = (key as u16, bucket.place >> 1);
        let here = bucket.prints[0] == fingerprint;
        let next = bucket.prints[1] == fingerprint;
        if bucket.place & 1 != 0 && !(here | next) {
            let end =
                self.buckets[bucket_of(key) + 1..].iter().map(|b| b.place >> 1).find(|&place| place > 0);
            let rest = first as usize + 2..end.map_or(self.prints.len(), |end| end as usize);
            let found = rest.into_iter().find(|&place| self.prints[place] == fingerprint);
            return (found.unwrap_or(0) as u32, found.is_some());
        }
        (first + u32::from(!here), here | next)
    }

    /// Adds long rows to a sum, two at a time: no two weights together are too large for sixteen bits.
    fn add_long(&self, places: &[u32], sum: &mut Scores) {
        let (pairs, last) = places.as_chunks::<2>();
        let mut sums = *sum;
        for &[a, b] in pairs {
            let (a, b) = (&self.long[a as usize].0, &self.long[b as usize].0);
            let mut both = [0; LANES];
            for lane in 0..LANES {
                both[lane] = a[lane] + b[lane];
            }
            sums.iter_mut().zip(both).for_each(|(sum, both)| *sum += i32::from(both));
        }
        for &place in last {
            let row = &self.long[place as usize].0;
            sums.iter_mut().zip(row).for_each(|(sum, &weight)| *sum += i32::from(weight));
        }
        *sum = sums;
    }

    /// The first short row that may be that of a key that passes the filter, and where the others stand.
    fn first_short(&self, key: u64) -> (Row, Range<u32>) {
        let [bucket, next] = [0, 1].map(|n| self.buckets[bucket_of(key) + n]);
        // No fewer rows stand before it than low bits that are lower.
        let lower = bucket.filter & ((1 << (key as u16 & LOW)) - 1);
        let first = bucket.first + lower.count_ones();
        (self.short[first as usize], first + 1..next.first)
    }
}

/// The weights of a row for every label.
fn long_row(labels: u16, weights: &[u8]) -> LongRow {
    let mut row = [0; LANES];
    let spoken = (0..LABELS).filter(|label| labels >> label & 1 != 0);
    spoken.zip(weights).for_each(|(label, &q)| row[label] = weight(q as i8));
    LongRow(row)
}

/// Features to be looked up, each for one of a list of sums.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    keys: Vec<u64>,
    /// Sums, each with the end of its keys.
    ends: Vec<(u32, usize)>,
    /// The bucket of each key.
    buckets: Vec<Bucket>,
    /// Long rows of one sum.
    long: Vec<u32>,
    /// Keys without long rows, and their sums.
    rest: Vec<(u64, u32)>,
    /// For each of those that pass the filter the first short row that may be its own, and where the others stand.
    short: Vec<(Row, Range<u32>)>,
}

impl Batch {
    /// Takes the keys that `push` gives for one sum.
    pub(crate) fn extend(&mut self, sum: usize, push: impl FnOnce(&mut Vec<u64>)) {
        push(&mut self.keys);
        self.ends.push((sum as u32, self.keys.len()));
    }

    /// Places in the largest buffer.
    pub(crate) fn room(&self) -> usize {
        let Batch { keys, ends, buckets, long, rest, short } = self;
        let rooms = [ends.capacity(), buckets.capacity(), long.capacity(), rest.capacity(), short.capacity()];
        rooms.into_iter().fold(keys.capacity(), usize::max)
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

/// The weight that a byte stands for.
fn weight(q: i8) -> i16 {
    let q = i16::from(q);
    q * q.abs()
}

fn bucket_of(key: u64) -> usize {
    (key >> (64 - BUCKET_BITS)) as usize
}
