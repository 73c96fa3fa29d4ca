//! The fast way through ASCII text: words of up to sixteen letters and the gaps between them, sixty-four bytes at a time.
//!
//! In: a text and a place where a word or a gap begins. Out: [`Word`]s equal to those that the careful way of
//! [`Words`](super::word::Words) reads, up to the first place that only the careful way understands: letters beyond
//! ASCII, initials, apostrophes inside words, symbols, very long words. One pass classifies a window of bytes into bits,
//! so that the ends of words need no loop over their letters; most words then cost no branch that depends on them.

use super::gap::{COMMA, DOT, Gap, NONE, SLASH, SPACE, gap_class};
use super::word::{CAPITAL, Word, hash_pair, is_symbol};

/// Bytes that are classified together.
const WINDOW: usize = 64;
/// Bytes that a word which begins in the window may be read from.
const REACH: usize = WINDOW + 24;
/// Letters of the longest word that is read here.
const LONGEST: usize = 16;
/// No [`Gap`]: the bytes need a closer look.
const UNKNOWN: Gap = 200;

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
/// the end of the last one.
pub(crate) fn fill(text: &str, mut at: usize, block: &mut Vec<Word>, size: usize) -> usize {
    let bytes = text.as_bytes();
    let mut last = [0; REACH];
    while block.len() < size {
        let rest = &bytes[at..];
        let window: &[u8; REACH] = match rest.first_chunk() {
            Some(window) => window,
            None => {
                last[..rest.len()].copy_from_slice(rest);
                last[rest.len()..].fill(0);
                &last
            }
        };
        let (end, whole) = fill_window(text, at, window, block);
        at += end;
        if !whole || end == 0 {
            break;
        }
    }
    at
}

/// Reads the words that end in a window; returns the end of the last one in it, and whether the fast way goes on there.
#[inline]
fn fill_window(text: &str, at: usize, window: &[u8; REACH], block: &mut Vec<Word>) -> (usize, bool) {
    let letters = letters(window);
    let mut starts = letters & !(letters << 1);
    let mut ends = !letters & (letters << 1);
    let mut before = 0;
    block.reserve(WINDOW / 2);
    while ends != 0 {
        let start = starts.trailing_zeros() as usize;
        let end = ends.trailing_zeros() as usize;
        starts &= starts - 1;
        ends &= ends - 1;
        let length = end - start;
        if length > LONGEST {
            return (before, false);
        }
        let size = start - before;
        let spaced = size == 2 && window[(before + 1) & (WINDOW - 1)] == b' ';
        let mut gap = GAPS[usize::from(window[before & (WINDOW - 1)])][usize::from(spaced)];
        if gap == UNKNOWN || !(size == 1 || spaced) {
            gap = match closer(text, at + before, at + start) {
                Some(gap) => gap,
                None => return (before, false),
            };
        }
        let first =
            u64::from_le_bytes(*window[start & (WINDOW - 1)..].first_chunk().expect("the window reaches on"));
        let second = u64::from_le_bytes(
            *window[(start & (WINDOW - 1)) + 8..].first_chunk().expect("the window reaches on"),
        );
        let (low, high) = (first | LOWER, second | LOWER);
        let keep = KEEP[length & 31];
        let next = window[end & (WINDOW - 1)];
        let mut word = Word {
            start: (at + start) as u32,
            end: (at + end) as u32,
            hash: hash_pair(low & keep.0, high & keep.1),
            stem: 0,
            gap,
            tail: 0,
            flags: u8::from(first as u8 & 0x60 == 0x40) * CAPITAL,
        };
        // The word without its last letter, which counts when that is an `s` and another letter stands before it.
        let less = KEEP[(length - 1) & 31];
        let stem = hash_pair(low & less.0, high & less.1);
        let (s, other) =
            (window[(end - 1) & (WINDOW - 1)] | 0x20, window[end.wrapping_sub(2) & (WINDOW - 1)] | 0x20);
        let bare = length >= 5 && s == b's' && other.is_ascii_lowercase() && other != b's';
        word.stem = if bare { stem } else { 0 };
        before = end;
        if next == b'\'' || next >= 0x80 || (next == b'.' && length == 1) {
            match ending(text.as_bytes(), at + end) {
                Ending::Plain => {}
                Ending::Possessive(tail) if length < LONGEST => {
                    let s = u128::from(b's') << (8 * length);
                    word.stem = word.hash;
                    word.hash = hash_pair(low & keep.0 | s as u64, high & keep.1 | (s >> 64) as u64);
                    word.tail = tail;
                    word.end += u32::from(tail);
                    before = end + usize::from(tail);
                    if before >= WINDOW {
                        block.push(word);
                        return (before, true);
                    }
                    starts &= u64::MAX << before;
                    ends &= u64::MAX << before << 1;
                }
                _ => return (word.start as usize - at - size, false),
            }
        }
        block.push(word);
    }
    (before, true)
}

const LOWER: u64 = 0x2020_2020_2020_2020;

/// The letters and digits of a window, one bit each.
#[inline]
fn letters(window: &[u8; REACH]) -> u64 {
    let mut marks = [0u8; WINDOW];
    for (mark, &byte) in marks.iter_mut().zip(window) {
        let letter = (byte | 0x20).wrapping_sub(b'a') < 26;
        let digit = byte.wrapping_sub(b'0') < 10;
        *mark = u8::from(letter | digit);
    }
    // Eight bytes of one bit each become eight bits: the product puts bit 8i at 56 + i.
    let gather = |chunk: &[u8; 8]| u64::from_le_bytes(*chunk).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    marks.as_chunks::<8>().0.iter().enumerate().fold(0, |bits, (i, chunk)| bits | gather(chunk) << (8 * i))
}

/// The class of a gap that is not one of the common ones; `None` when the careful way must tell what belongs to it.
#[cold]
fn closer(text: &str, from: usize, to: usize) -> Option<Gap> {
    if from == to {
        return Some(NONE);
    }
    let mut rest = &text.as_bytes()[from..to];
    while let Some((&byte, after)) = rest.split_first() {
        rest = match (byte, after) {
            (0xE2, [0x80, 0x90..=0xA7, after @ ..]) | (0xC2, [0xA0, after @ ..]) => after,
            (..0x80, _) if !is_symbol(byte as char) => after,
            _ => return None,
        };
    }
    Some(gap_class(&text[from..to]))
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
