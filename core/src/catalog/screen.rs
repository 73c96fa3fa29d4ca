//! Telling that a text has none of a few names, without reading its words.
//!
//! In: a small catalog and a text. Out: whether the index must be asked. An Aho-Corasick automaton over the longest word
//! of every name, letter case apart, runs over the text as it stands. What is written otherwise than it folds (letters
//! beyond ASCII, apostrophes and dots inside words) is read word by word; so "no" is always right, and the matches are
//! the same with and without.

use super::view::View;
use super::word::{Word, Words};
use aho_corasick::AhoCorasick;

/// Names of the largest catalog that is screened. Measured by `matching screen` on documents of 3 kB: 1.1 to 2.1 times the
/// index alone up to eight names, the same at sixteen, 0.9 at 64, where most documents have one of the words.
const MOST_NAMES: usize = 8;
/// Bytes that are looked through together.
const BLOCK: usize = 64;
/// Bytes that may be read word by word before the index is cheaper, beside a quarter of the text.
const READ_BYTES: usize = 256;

/// The words of a small catalog's names.
pub(crate) struct Screen {
    automaton: AhoCorasick,
    /// The hashes of all words of all names, sorted.
    words: Vec<u64>,
}

impl Screen {
    /// `None` for a catalog that has no name, too many of them, or one that consists of symbols.
    pub(crate) fn new(view: View<'_>) -> Option<Self> {
        if !(1..=MOST_NAMES).contains(&view.row_count()) {
            return None;
        }
        let (mut patterns, mut hashes, mut words) = (Vec::new(), Vec::new(), Vec::new());
        for row in 0..view.row_count() as u32 {
            let name = view.name(row)?;
            let mut reader = Words::new(name);
            words.clear();
            reader.fill(&mut words, usize::MAX);
            let mut longest = String::new();
            let mut foreign = false;
            for word in &words {
                hashes.push(word.hash);
                let folded = reader.folded(word);
                foreign |= !folded.is_ascii();
                let plain = folded.bytes().all(|b| b.is_ascii_alphanumeric()) && folded != "and";
                if plain && folded.len() > longest.len() {
                    folded.clone_into(&mut longest);
                }
            }
            if !longest.is_empty() {
                patterns.push(longest);
            } else if !foreign {
                return None;
            }
        }
        hashes.sort_unstable();
        hashes.dedup();
        let automaton = AhoCorasick::builder().ascii_case_insensitive(true).build(&patterns).ok()?;
        Some(Screen { automaton, words: hashes })
    }

    /// Whether a text may have a name; when not, it has none.
    pub(crate) fn may_hold(&self, text: &str) -> bool {
        self.automaton.is_match(text) || self.holds_unusual(text)
    }

    /// Whether a word that is written otherwise than it folds is a word of a name, or too many are written so to tell.
    fn holds_unusual(&self, text: &str) -> bool {
        let bytes = text.as_bytes();
        let (mut at, mut read) = (0, 0);
        let mut words: Vec<Word> = Vec::new();
        while at < bytes.len() {
            let block = &bytes[at..bytes.len().min(at + BLOCK)];
            let next = bytes.get(at + 1..).unwrap_or_default();
            // An ASCII letter or digit after a dot: initials.
            let dots = block.iter().zip(next).fold(false, |any, (&a, &b)| {
                any | ((a == b'.') & (((b | 0x20).wrapping_sub(b'a') < 26) | (b >= 0x80)))
            });
            let others = block.iter().fold(false, |any, &b| any | (b >= 0x80) | (b == b'\''));
            if !(dots | others) {
                at += block.len();
                continue;
            }
            let Some(first) = (at..at + block.len()).find(|&at| is_unusual(bytes, at)) else {
                at += block.len();
                continue;
            };
            let joins = |b: u8| b.is_ascii_alphanumeric() || b >= 0x80 || matches!(b, b'\'' | b'.');
            let start = bytes[..first].iter().rposition(|&b| !joins(b)).map_or(0, |before| before + 1);
            let end =
                bytes[first..].iter().position(|&b| !joins(b)).map_or(bytes.len(), |length| first + length);
            read += end - start;
            if read > READ_BYTES + bytes.len() / 4 {
                return true;
            }
            words.clear();
            Words::new(&text[start..end]).fill(&mut words, usize::MAX);
            let known = |hash: u64| self.words.binary_search(&hash).is_ok();
            if words.iter().any(|word| known(word.hash) || (word.stem != 0 && known(word.stem))) {
                return true;
            }
            at = end;
        }
        false
    }
}

/// Whether the byte is of a letter beyond ASCII, an apostrophe inside a word, or the dot of initials.
fn is_unusual(bytes: &[u8], at: usize) -> bool {
    let letter = |at: usize| bytes.get(at).is_some_and(|b| b.is_ascii_alphanumeric() || *b >= 0x80);
    match bytes[at] {
        b'\'' | b'.' => at > 0 && letter(at - 1) && letter(at + 1),
        // Dashes, double quotes and the like, and the space that does not break.
        0xE2 => !matches!(bytes.get(at + 1..at + 3), Some([0x80, 0x90..=0x97 | 0x9C..=0xA7])),
        0xC2 => bytes.get(at + 1) != Some(&0xA0),
        0x80..=0xBF => {
            let lead = bytes[..at].iter().rposition(|b| *b >= 0xC0);
            lead.is_none_or(|lead| is_unusual(bytes, lead))
        }
        0xC0.. => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::options::CaseMatching;
    use super::super::{Catalog, Entity, EntityKind, search};
    use super::*;
    use proptest::prelude::*;

    fn catalog(names: &[String]) -> Option<Catalog> {
        let mut builder = Catalog::builder();
        for (i, name) in names.iter().enumerate() {
            builder.add(Entity::new(format!("{i}"), name.as_str(), EntityKind::Other)).ok()?;
        }
        builder.build().ok()
    }

    #[test]
    fn text_without_the_words_is_told_apart() {
        let catalog = catalog(&["Boris Lee".into(), "O'Neil".into(), "US".into()]).unwrap();
        let screen = Screen::new(catalog.view()).unwrap();
        for text in ["", "A plain line.", "“It’s” – he said – don’t", "e.g. the J.K. of it", "café\u{a0}noir"]
        {
            assert!(!screen.may_hold(text), "{text}");
        }
        for text in ["BORIS", "bóris", "bo'ris", "oneil", "O’Neil's", "u.s.", "Ｕ.Ｓ."] {
            assert!(screen.may_hold(text), "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn a_text_that_is_told_apart_has_no_name(
            names in prop::collection::vec("[A-Ca-cs.'’&é ]{1,6}", 1..3),
            text in "[A-Ca-cs.'’“&éＡ\u{301} -]{0,24}",
        ) {
            if let Some(catalog) = catalog(&names)
                && let Some(screen) = Screen::new(catalog.view())
                && !screen.may_hold(&text)
            {
                let hits = search::naive::search(catalog.view(), &text, CaseMatching::Ignore);
                prop_assert_eq!(hits, vec![]);
            }
        }
    }
}
