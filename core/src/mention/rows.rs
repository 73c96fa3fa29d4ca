//! The weights of the features, laid out so that a look-up reads little memory.
//!
//! In: the rows of a weights file. Out: [`Rows`], which adds up the weights of many features. Rows that speak for many
//! labels are those of common features: six of seven look-ups that find anything find one of them, among one of seven
//! of all rows. They are looked for first; a filter tells most of the features that have no weights.

use super::label::{LABELS, LANES};
use super::weights::{BUCKET_BITS, Scores};

/// Features that are looked up together, at least.
const FULL: usize = 512;
/// The bits of a fingerprint by which the short rows of a bucket are sorted and filtered.
const LOW: u16 = 31;

/// The rows of a weights file.
#[derive(Clone, Debug)]
pub(crate) struct Rows {
    /// The long rows of each bucket.
    heads: Box<[Head; BUCKETS]>,
    /// The fingerprints of the long rows.
    prints: Vec<u16>,
    /// A weight of each long row for every label; zero where the row says nothing.
    long: Vec<[i8; LANES]>,
    /// One more than there are buckets: the last one tells where the short rows end.
    buckets: Vec<Bucket>,
    short: Vec<Row>,
}

const BUCKETS: usize = 1 << BUCKET_BITS;
/// Rows of up to so many labels are short.
const SHORT: usize = 4;

/// The long rows of a bucket: hardly any bucket has more than two.
#[derive(Clone, Copy, Debug, Default)]
struct Head {
    /// The number of its first row, and in the [`COUNT`] lowest bits how many there are, three standing for more as well.
    place: u32,
    /// The fingerprints of the first two.
    prints: [u16; 2],
}

const COUNT: u32 = 2;

impl Head {
    /// `None` when there are more rows than can be numbered.
    fn new(first: usize, prints: &[u16]) -> Option<Self> {
        let first = u32::try_from(first).ok().filter(|first| first >> (u32::BITS - COUNT) == 0)?;
        let mut head = Head { place: first << COUNT | prints.len().min(3) as u32, prints: [0; 2] };
        head.prints.iter_mut().zip(prints).for_each(|(slot, print)| *slot = *print);
        Some(head)
    }
}

/// The short rows of a bucket.
#[derive(Clone, Copy, Debug)]
struct Bucket {
    /// A bit for each value of the low bits of the fingerprints in the bucket.
    filter: u32,
    first: u32,
}

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
        let mut made = Rows {
            heads: vec![Head::default(); BUCKETS].into_boxed_slice().try_into().ok()?,
            prints: Vec::new(),
            long: Vec::new(),
            buckets: Vec::with_capacity(ends.len() + 1),
            short: Vec::with_capacity(packed.len() / 7),
        };
        // For each fingerprint the last bucket, counted from 1, with a short row of it.
        let mut last_short = vec![0; 1 << u16::BITS];
        let mut at = 0;
        if ends.len() != BUCKETS {
            return None;
        }
        for (bucket, end) in (1..).zip(ends) {
            let (mut filter, first) = (0, made.short.len());
            let first_long = made.long.len();
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
                        made.prints.push(fingerprint);
                        made.long.push(dense(labels, weights));
                    }
                    continue;
                }
                *last_short = bucket;
                filter |= 1 << (fingerprint & LOW);
                let mut values = [0; SHORT];
                values.iter_mut().zip(weights).for_each(|(value, &weight)| *value = weight as i8);
                made.short.push(Row { fingerprint, labels, values });
            }
            made.heads[bucket as usize - 1] = Head::new(first_long, &made.prints[first_long..])?;
            made.short[first..].sort_by_key(|row| row.fingerprint & LOW);
            made.buckets.push(Bucket { filter, first: first as u32 });
        }
        made.buckets.push(Bucket { filter: 0, first: made.short.len() as u32 });
        let last = ends.last().map_or(0, |end| u32::from_le_bytes(*end) as usize);
        (at == last && at == packed.len()).then_some(made)
    }

    /// Adds the weights of the features of a batch to their sums, and empties the batch.
    ///
    /// Works in passes, in which no key waits for what memory far away says about the one before it, and little has to
    /// be guessed: long rows, their sums, the filter, short rows and their sums.
    pub(crate) fn add(&self, batch: &mut Batch, sums: &mut [Scores]) {
        let Batch { keys, ends, long, rest } = batch;
        long.resize(long.len().max(keys.len()), 0);
        rest.resize(rest.len().max(keys.len()), (0, 0));
        let (mut left, mut at) = (0, 0);
        for &(owner, end) in &*ends {
            let mut longs = 0;
            for &key in &keys[at..end] {
                let (place, is_long) = self.find_long(key);
                long[longs] = place;
                longs += usize::from(is_long);
                rest[left] = (key, owner);
                left += usize::from(!is_long);
            }
            self.add_long(&long[..longs], &mut sums[owner as usize]);
            at = end;
        }
        let mut passed = 0;
        for n in 0..left {
            let (key, owner) = rest[n];
            rest[passed] = (key, owner);
            passed += (self.buckets[bucket_of(key)].filter >> (key as u16 & LOW) & 1) as usize;
        }
        for &(key, owner) in &rest[..passed] {
            if let Some(row) = self.find_short(key) {
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
    fn find_long(&self, key: u64) -> (u32, bool) {
        let (head, fingerprint) = (self.heads[bucket_of(key)], key as u16);
        let (first, count) = (head.place >> COUNT, head.place & ((1 << COUNT) - 1));
        let here = (head.prints[0] == fingerprint) & (count > 0);
        let next = (head.prints[1] == fingerprint) & (count > 1);
        if count > 2 && !(here | next) {
            let after = self.heads.get(bucket_of(key) + 1);
            let end = after.map_or(self.prints.len(), |after| (after.place >> COUNT) as usize);
            let rest = first as usize + 2..end;
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
            let (a, b) = (&self.long[a as usize], &self.long[b as usize]);
            let mut both = [0; LANES];
            for lane in 0..LANES {
                both[lane] = weight(a[lane]) + weight(b[lane]);
            }
            sums.iter_mut().zip(both).for_each(|(sum, both)| *sum += i32::from(both));
        }
        for &place in last {
            let row = &self.long[place as usize];
            sums.iter_mut().zip(row).for_each(|(sum, &q)| *sum += i32::from(weight(q)));
        }
        *sum = sums;
    }

    /// The short row of a key that passes the filter, if it is not another key's.
    fn find_short(&self, key: u64) -> Option<&Row> {
        let fingerprint = key as u16;
        let [bucket, next] = [0, 1].map(|n| self.buckets[bucket_of(key) + n]);
        // No fewer rows stand before it than low bits that are lower.
        let lower = bucket.filter & ((1 << (fingerprint & LOW)) - 1);
        let from = bucket.first + lower.count_ones();
        let own = &self.short[from as usize..next.first as usize];
        own.iter().find(|row| row.fingerprint == fingerprint)
    }
}

/// The weights of a row for every label.
fn dense(labels: u16, weights: &[u8]) -> [i8; LANES] {
    let mut dense = [0; LANES];
    let spoken = (0..LABELS).filter(|label| labels >> label & 1 != 0);
    spoken.zip(weights).for_each(|(label, &weight)| dense[label] = weight as i8);
    dense
}

/// Features to be looked up, each for one of a list of sums.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    keys: Vec<u64>,
    /// Sums, each with the end of its keys.
    ends: Vec<(u32, usize)>,
    /// Long rows of one sum.
    long: Vec<u32>,
    /// Keys without long rows, and their sums.
    rest: Vec<(u64, u32)>,
}

impl Batch {
    /// Takes the keys that `push` gives for one sum.
    pub(crate) fn extend(&mut self, sum: usize, push: impl FnOnce(&mut Vec<u64>)) {
        push(&mut self.keys);
        self.ends.push((sum as u32, self.keys.len()));
    }

    /// Places in the largest buffer.
    pub(crate) fn room(&self) -> usize {
        let Batch { keys, ends, long, rest } = self;
        keys.capacity().max(ends.capacity()).max(long.capacity()).max(rest.capacity())
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
