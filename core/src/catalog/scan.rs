//! The fast way through ASCII text: words of up to sixteen letters and the gaps between them, sixty-four bytes at a time.
//!
//! In: a text and a place where a word or a gap begins. Out: [`Word`]s equal to those that the careful way of
//! [`Words`](super::word::Words) reads, up to the first place that only the careful way understands: letters beyond
//! ASCII, initials, apostrophes inside words, symbols, very long words. One pass classifies a window of bytes into bits,
//! so that the ends of words need no loop over their letters; most words then cost no branch that depends on them.
//! What stands before a word, and its hash without a last `s`, are left to [`gap_between`] and [`bare_stem`]: most words
//! of a text begin no name, and nobody asks.

use super::gap::{COMMA, DOT, Gap, NONE, SLASH, SPACE, gap_class};
use super::word::{CAPITAL, Word, has_bare_ending, hash_pair, is_symbol};

/// Bytes that are classified together.
const WINDOW: usize = 64;
/// Bytes that a word which begins in the window may be read from.
const REACH: usize = WINDOW + 24;
/// Letters of the longest word that is read here.
const LONGEST: usize = 16;
/// No [`Gap`]: the bytes need a closer look.
const UNKNOWN: Gap = 200;
/// No [`Gap`]: [`gap_between`] tells what stands before the word.
pub(crate) const PENDING: Gap = 201;
/// In a word's flags: it has a stem, or it ends in `s` and [`bare_stem`] tells whether it has one.
pub(crate) const BARE: u8 = 2;

/// Which bytes of a word's first sixteen belong to it, by its length.
const KEEP: [(u64, u64); 32] = {
    let mut keep = [(u64::MAX, u64::MAX); 32];
    let mut length = 0;
    while length < LONGEST {
        let bits = (1u128 << (8 * length)) - 1;
        keep[length] = (bits as u64, (bits >> 64) as u64);
        length += 1;
    }
    keep
};

/// The class of a gap of one byte, and of the same byte and a space after it.
const GAPS: [[Gap; 2]; 256] = {
    let mut gaps = [[UNKNOWN; 2]; 256];
    gaps[b' ' as usize] = [SPACE, SPACE];
    gaps[b'\n' as usize] = [SPACE, SPACE];
    gaps[b'-' as usize] = [SPACE, UNKNOWN];
    gaps[b',' as usize] = [COMMA, COMMA];
    gaps[b'.' as usize] = [DOT, DOT];
    gaps[b'/' as usize] = [SLASH, UNKNOWN];
    gaps
};

/// Reads words from `at`, the end of the word before, to the end of `block` until it holds `size` or a few more; returns
/// the end of the last one. Shows the words as they come, those of a window together.
pub(crate) fn fill(
    text: &str,
    mut at: usize,
    block: &mut Vec<Word>,
    size: usize,
    mut show: impl FnMut(&[Word]),
) -> usize {
    let bytes = text.as_bytes();
    let mut last = [0; REACH];
    let mut count = block.len();
    while count < size {
        let rest = &bytes[at..];
        let window: &[u8; REACH] = match rest.first_chunk() {
            Some(window) => window,
            None => {
                last[..rest.len()].copy_from_slice(rest);
                last[rest.len()..].fill(0);
                &last
            }
        };
        // Two bytes or more for each word but the first.
        let room = count + WINDOW.min(rest.len()) / 2 + 1;
        if block.len() < room {
            block.resize(room, Word::default());
        }
        let filled = fill_window(text, at, window, &mut block[count..]);
        at += filled.end;
        show(block.get(count..count + filled.words).unwrap_or_default());
        count += filled.words;
        if !filled.whole || filled.end == 0 {
            break;
        }
    }
    block.truncate(count);
    at
}

/// What a window gave.
struct Filled {
    /// The end of its last word.
    end: usize,
    words: usize,
    /// Whether the fast way goes on there.
    whole: bool,
}

/// Reads the words that end in a window into `block`, which has room for them.
#[inline]
fn fill_window(text: &str, at: usize, window: &[u8; REACH], block: &mut [Word]) -> Filled {
    let mut words = 0;
    let (letters, mut unusual) = classify(window);
    let mut starts = letters & !(letters << 1);
    let mut ends = !letters & (letters << 1);
    // A single letter with a dot after it may be an initial.
    let mut single = ends & starts << 1;
    while single != 0 {
        if window[single.trailing_zeros() as usize] == b'.' {
            unusual |= single & single.wrapping_neg();
        }
        single &= single - 1;
    }
    // Every letter with sixteen more behind it: the word is too long.
    let mut long = letters & letters >> 1;
    long &= long >> 2;
    long &= long >> 4;
    long &= long >> 8;
    unusual |= long & letters >> 16;
    let mut before = 0;
    while ends != 0 {
        // The words that end before the first byte which needs a closer look.
        let usual = ends & (unusual & unusual.wrapping_neg()).wrapping_sub(1);
        ends ^= usual;
        let mut left = usual;
        let count = usual.count_ones() as usize;
        for word in block.iter_mut().skip(words).take(count) {
            let start = starts.trailing_zeros() as usize;
            before = left.trailing_zeros() as usize;
            starts &= starts.wrapping_sub(1);
            left &= left.wrapping_sub(1);
            *word = read(at, window, start, before).0;
        }
        words += count;
        if ends == 0 {
            break;
        }
        let (start, end) = (starts.trailing_zeros() as usize, ends.trailing_zeros() as usize);
        if end - start > LONGEST || !is_plain(&text.as_bytes()[at + before..at + start]) {
            return Filled { end: before, words, whole: false };
        }
        let (mut word, low, high) = read(at, window, start, end);
        let gap = before;
        before = end;
        if unusual >> end & 1 != 0 {
            let length = end - start;
            match ending(text.as_bytes(), at + end) {
                Ending::Plain => {}
                Ending::Possessive(tail) if length < LONGEST => {
                    let s = u128::from(b's') << (8 * length);
                    word.stem = word.hash;
                    word.hash = hash_pair(low | s as u64, high | (s >> 64) as u64);
                    word.tail = tail;
                    word.flags |= BARE;
                    word.end += u32::from(tail);
                    before = end + usize::from(tail);
                }
                _ => return Filled { end: gap, words, whole: false },
            }
        }
        if let Some(place) = block.get_mut(words) {
            *place = word;
            words += 1;
        }
        if before >= WINDOW {
            break;
        }
        let rest = u64::MAX << before;
        starts &= rest;
        ends &= rest << 1;
        unusual &= rest;
    }
    Filled { end: before, words, whole: true }
}

const LOWER: u64 = 0x2020_2020_2020_2020;

/// The word between two places of a window, and its folded bytes.
#[inline]
fn read(at: usize, window: &[u8; REACH], start: usize, end: usize) -> (Word, u64, u64) {
    let place = start & (WINDOW - 1);
    let first = u64::from_le_bytes(*window[place..].first_chunk().expect("the window reaches on"));
    let second = u64::from_le_bytes(*window[place + 8..].first_chunk().expect("the window reaches on"));
    let keep = KEEP[end.wrapping_sub(start) & 31];
    let (low, high) = ((first | LOWER) & keep.0, (second | LOWER) & keep.1);
    let last = window[end.wrapping_sub(1) & (WINDOW - 1)];
    let capital = u8::from(first as u8 & 0x60 == 0x40);
    let ends_in_s = u8::from((last | 0x20) == b's') & u8::from(end > start + 4);
    let word = Word {
        start: (at + start) as u32,
        end: (at + end) as u32,
        hash: hash_pair(low, high),
        stem: 0,
        gap: PENDING,
        tail: 0,
        flags: capital * CAPITAL + ends_in_s * BARE,
    };
    (word, low, high)
}

/// The letters and digits of a window, one bit each, and the bytes that need a closer look: those beyond ASCII, symbols
/// and apostrophes.
#[inline]
fn classify(window: &[u8; REACH]) -> (u64, u64) {
    let (mut letters, mut others) = ([0u8; WINDOW], [0u8; WINDOW]);
    for ((letter, other), &byte) in letters.iter_mut().zip(&mut others).zip(window) {
        let is_letter = (byte | 0x20).wrapping_sub(b'a') < 26;
        let is_digit = byte.wrapping_sub(b'0') < 10;
        *letter = u8::from(is_letter | is_digit);
        // # $ % & '
        let is_mark = byte.wrapping_sub(b'#') < 5;
        *other = u8::from(is_mark | (byte == b'+') | (byte == b'@') | (byte >= 0x80));
    }
    (gather(&letters), gather(&others))
}

/// One bit of each of sixty-four bytes that are zero or one.
#[inline]
fn gather(marks: &[u8; WINDOW]) -> u64 {
    // Eight bytes of one bit each become eight bits: the product puts bit 8i at 56 + i.
    let eight = |chunk: &[u8; 8]| u64::from_le_bytes(*chunk).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    marks.as_chunks::<8>().0.iter().enumerate().fold(0, |bits, (i, chunk)| bits | eight(chunk) << (8 * i))
}

/// What stands between two places of a text, where a word ends and the next one begins.
#[inline]
pub(crate) fn gap_between(text: &str, from: usize, to: usize) -> Gap {
    let bytes = text.as_bytes();
    let size = to.wrapping_sub(from);
    if (1..=2).contains(&size)
        && let Some(&[first, second]) = bytes.get(from..from + 2)
        && (size == 1 || second == b' ')
        && let gap = GAPS[usize::from(first)][size - 1]
        && gap != UNKNOWN
    {
        return gap;
    }
    text.get(from..to).map_or(NONE, gap_class)
}

/// The hash of a [`BARE`] word without its last letter; zero when the `s` is no ending: four letters stand before it, the
/// last of them no `s`.
pub(crate) fn bare_stem(text: &str, start: usize, end: usize) -> u64 {
    let Some(word) = text.as_bytes().get(start..end).filter(|word| word.len() <= LONGEST) else { return 0 };
    if !has_bare_ending(word) {
        return 0;
    }
    let mut padded = [0; LONGEST];
    padded[..word.len() - 1].copy_from_slice(&word[..word.len() - 1]);
    let keep = KEEP[word.len() - 1];
    let wide = u128::from_le_bytes(padded);
    hash_pair((wide as u64 | LOWER) & keep.0, ((wide >> 64) as u64 | LOWER) & keep.1)
}

/// Whether what stands between two words is that and nothing else; when not, the careful way tells what belongs to it.
#[cold]
fn is_plain(mut gap: &[u8]) -> bool {
    while let Some((&byte, after)) = gap.split_first() {
        gap = match (byte, after) {
            (0xE2, [0x80, 0x90..=0xA7, after @ ..]) | (0xC2, [0xA0, after @ ..]) => after,
            (..0x80, _) if !is_symbol(byte as char) => after,
            _ => return false,
        };
    }
    true
}

/// What follows an ASCII word whose next byte is an apostrophe, a dot or not ASCII.
enum Ending {
    /// Nothing that belongs to the word.
    Plain,
    /// `'s`, with its bytes.
    Possessive(u8),
    /// Anything else: the careful way decides.
    Unsure,
}

/// Knows the endings that news has most: `'s`, closing quotes, dashes.
fn ending(bytes: &[u8], end: usize) -> Ending {
    let tail = match bytes.get(end..end + 3) {
        Some([b'\'', ..]) => 1,
        Some([0xE2, 0x80, 0x99]) => 3,
        Some([0xE2, 0x80, 0x93 | 0x94 | 0x9C | 0x9D | 0xA6] | [0xC2, 0xA0, _]) => return Ending::Plain,
        _ => return Ending::Unsure,
    };
    let plain = |at: usize| {
        bytes.get(at).is_some_and(|b| b.is_ascii() && !b.is_ascii_alphanumeric() && *b != b'\'' && *b != b'.')
    };
    match bytes.get(end + tail) {
        Some(b's' | b'S') if plain(end + tail + 1) => Ending::Possessive(tail as u8 + 1),
        Some(_) if plain(end + tail) => Ending::Plain,
        _ => Ending::Unsure,
    }
}
