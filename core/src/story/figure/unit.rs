//! Units, currency signs and the words that loosen a figure, from data files.

use crate::text::word::hash_bytes;
use crate::text::{Analysis, Vocabulary};
use std::sync::LazyLock;

/// The side of words that loosen nothing: "all 15", "only two".
const EXACT: i8 = 2;

struct Names {
    /// (hash of the word, unit), sorted.
    units: Vec<(u64, &'static str)>,
    /// (hash of the last word, words from the last to the first, side, text), longest first within one hash.
    modifiers: Vec<(u64, Vec<u64>, i8, &'static str)>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let lines =
        |file: &'static str| file.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once(' '));
    let mut units: Vec<_> =
        lines(include_str!("unit.txt")).map(|(unit, word)| (hash_bytes(word.as_bytes()), unit)).collect();
    units.sort_unstable();
    let mut modifiers: Vec<_> = lines(include_str!("modifier.txt"))
        .map(|(side, words)| {
            let hashes: Vec<u64> = words.split(' ').rev().map(|w| hash_bytes(w.as_bytes())).collect();
            (hashes[0], hashes, side.parse().expect("sides are -1, 0, 1: tested"), words)
        })
        .collect();
    modifiers.sort_by_key(|(last, words, ..)| (*last, std::cmp::Reverse(words.len())));
    Names { units, modifiers }
});

/// The units that the words of one document name.
pub(super) struct Units<'a> {
    analysis: &'a Analysis,
    of_word: Vec<Option<&'static str>>,
}

impl<'a> Units<'a> {
    pub(super) fn new(analysis: &'a Analysis) -> Self {
        let vocabulary: &Vocabulary = &analysis.vocabulary;
        let unit = |word| {
            let hash = vocabulary.hash(word);
            NAMES.units.binary_search_by_key(&hash, |u| u.0).ok().map(|at| NAMES.units[at].1)
        };
        let of_word = (0..vocabulary.len() as u32).map(unit).collect();
        Units { analysis, of_word }
    }

    fn word(&self, at: u32, end: u32) -> Option<&'static str> {
        if at < end { self.of_word[self.analysis.tokens[at as usize].word as usize] } else { None }
    }

    /// The unit at a token, with what belongs to it: the token after it, and its name.
    pub(super) fn at(&self, at: u32, end: u32) -> Option<(u32, &'static str)> {
        // U.S. dollars, nautical miles, square kilometres, per cent
        match self.word(at, end) {
            Some(unit) => Some((at + 1, unit)),
            None => match self.word(at + 1, end) {
                Some("mi") => Some((at + 2, "nmi")).filter(|_| self.is(at, end, "nautical")),
                Some("km") => Some((at + 2, "km2")).filter(|_| self.is(at, end, "square")),
                Some("m") => Some((at + 2, "m2")).filter(|_| self.is(at, end, "square")),
                Some(unit @ ("USD" | "GBP" | "EUR")) => {
                    let country = ["u.s.", "us", "american", "british"].iter().any(|c| self.is(at, end, c));
                    Some((at + 2, unit)).filter(|_| country)
                }
                _ => (self.is(at, end, "per") && self.is(at + 1, end, "cent")).then_some((at + 2, "%")),
            },
        }
    }

    fn is(&self, at: u32, end: u32, word: &str) -> bool {
        at < end && self.analysis.folded(&self.analysis.tokens[at as usize]) == word
    }

    /// The loosening words that end before `first`: where they begin, their text, their side.
    pub(super) fn modifier(&self, (start, first): (u32, u32)) -> (u32, String, Option<i8>) {
        let analysis = self.analysis;
        let hash = |at: u32| analysis.vocabulary.hash(analysis.tokens[at as usize].word);
        let Some(last) = first.checked_sub(1).filter(|l| *l >= start) else {
            return (first, String::new(), None);
        };
        let from = NAMES.modifiers.partition_point(|(h, ..)| *h < hash(last));
        for (_, words, side, text) in NAMES.modifiers[from..].iter().take_while(|(h, ..)| *h == hash(last)) {
            let length = words.len() as u32;
            let fits =
                first - start >= length && words.iter().enumerate().all(|(i, w)| hash(last - i as u32) == *w);
            if fits {
                return (first - length, (*text).to_string(), Some(*side).filter(|s| *s < EXACT));
            }
        }
        (first, String::new(), None)
    }
}

/// The currency of a sign.
pub(super) fn sign(surface: &str) -> Option<&'static str> {
    Some(match surface {
        "$" => "USD",
        "€" => "EUR",
        "£" => "GBP",
        "¥" => "JPY",
        "₹" => "INR",
        "₽" => "RUB",
        "₩" => "KRW",
        "₺" => "TRY",
        "₪" => "ILS",
        "₴" => "UAH",
        _ => return None,
    })
}

/// The unit of letters that follow digits directly: `70km`.
pub(super) fn suffix(tail: &str) -> Option<&'static str> {
    let hash = hash_bytes(tail.to_lowercase().as_bytes());
    let at = NAMES.units.binary_search_by_key(&hash, |u| u.0).ok()?;
    Some(NAMES.units[at].1)
}
