//! Misspelt names: one word of a longer name written differently, the rest as the catalog has it.
//!
//! In: a catalog and the kinds for which this is wanted. Out: an index from "the other words, and the frame of the
//! doubtful one" to names, and the hits it yields. A word's spelling is reduced first to how it sounds to an English
//! writer (`wh` as `w`, `th` as `t`, doubled letters once, ...); then one edit is allowed in the last word of a name
//! from five letters on, none elsewhere but in vowels between the same consonants. A word that the catalog knows from
//! another name is no misspelling. Exact hits are never displaced.

use super::entity::EntityKind;
use super::found::{Found, Hit, Names};
use super::gap::BARRIER;
use super::view::View;
use super::word::{CAPITAL, Word, Words, extend_hash, hash_word, mix};
use super::{Catalog, name};
use crate::span::ByteSpan;
use std::sync::Arc;

/// Words of the longest name that is looked for with a misspelling.
const MAX_WORDS: usize = 5;
/// Letters from which a word that sounds the same, and one that is an edit away, may be a misspelling: below them
/// too many different names are that near (Merz, März; Qiang, Qian).
const MIN_LETTERS: usize = 4;
const MIN_LETTERS_EDITED: usize = 5;
/// Names compared for one surface; more would make dense catalogs slow.
const MAX_COMPARED: usize = 64;
const SALT: u64 = 0xE703_7ED1_A0B4_28DB;

/// Finds names of which one word is misspelt.
pub(crate) struct FuzzyIndex {
    /// Key and row, sorted.
    entries: Vec<(u64, u32)>,
    /// One bit for each "other words".
    filter: Vec<u64>,
    /// The hashes of the words of all names, sorted.
    known: Vec<u64>,
    /// The kinds whose names are found, one bit each.
    kinds: u8,
}

impl Catalog {
    /// Returns the same catalog, finding misspelt names of entities of these kinds too: `Steve Whitthof` for
    /// `Steve Witkoff`.
    ///
    /// Names of two to five words are found when one word differs as misspellings do and the rest agrees; the match
    /// is [`Found::Fuzzy`], and [`matched_name`](Catalog::matched_name) tells the name it misspells. An exact match is
    /// never displaced. Builds an index in memory, about 30 bytes for each such name.
    ///
    /// # Examples
    /// ```
    /// use nutgraf::{Catalog, EntityKind};
    /// let line = r#"{"id":"Q1","name":"Steve Witkoff","kind":"person"}"#;
    /// let catalog = Catalog::from_jsonl_str(line)?.with_fuzzy(&[EntityKind::Person]);
    /// let found = catalog.find("The envoy, Steve Whitthof, left.");
    /// assert_eq!(catalog.matched_name(&found[0]).as_deref(), Some("Steve Witkoff"));
    /// # Ok::<(), nutgraf::Error>(())
    /// ```
    #[must_use]
    pub fn with_fuzzy(&self, kinds: &[EntityKind]) -> Self {
        self.with_fuzzy_mask(kinds.iter().fold(0, |mask, kind| mask | kind.bit()))
    }

    /// The same catalog, finding misspelt names as another one does.
    pub(crate) fn with_same_fuzzy(&self, other: &FuzzyIndex) -> Self {
        self.with_fuzzy_mask(other.kinds)
    }

    fn with_fuzzy_mask(&self, kinds: u8) -> Self {
        // The index is made over one run of bytes; only damaged bytes cannot be put together, and they find nothing.
        let Ok(whole) = self.rebuilt() else { return self.clone() };
        let fuzzy = Some(Arc::new(FuzzyIndex::new(whole.view(), kinds)));
        Catalog { fuzzy, ..whole }
    }
}

impl FuzzyIndex {
    fn new(view: View<'_>, kinds: u8) -> Self {
        let mut entries = Vec::new();
        let mut known = Vec::new();
        let mut rests = Vec::new();
        let mut sound = String::new();
        for row in 0..view.row_count() as u32 {
            let (Some(text), Some((_, flags))) = (view.name(row), view.row(row)) else { continue };
            let mut reader = Words::new(text);
            let words: Vec<Word> = reader.by_ref().take(MAX_WORDS + 1).collect();
            known.extend(words.iter().map(|word| word.hash));
            let usable = (2..=MAX_WORDS).contains(&words.len())
                && flags.kinds() & kinds != 0
                && !flags.has(name::WEAK);
            if !usable {
                continue;
            }
            for at in 0..words.len() {
                let Some(frame) = frame(reader.folded(&words[at]), &mut sound) else { continue };
                let rest = rest_hash(&words, at);
                rests.push(rest);
                entries.push((mix(rest ^ frame, SALT), row));
            }
        }
        entries.sort_unstable();
        entries.dedup();
        known.sort_unstable();
        known.dedup();
        let bits = (rests.len() * 16).next_power_of_two().max(64);
        let mut filter = vec![0u64; bits / 64];
        for rest in rests {
            let bit = rest as usize & (bits - 1);
            filter[bit / 64] |= 1 << (bit % 64);
        }
        FuzzyIndex { entries, filter, known, kinds }
    }

    fn may_hold(&self, rest: u64) -> bool {
        let bit = rest as usize & (self.filter.len() * 64 - 1);
        self.filter[bit / 64] >> (bit % 64) & 1 != 0
    }

    /// Adds the misspelt names of a text to its hits, where no hit stands.
    pub(crate) fn add_hits(&self, view: View<'_>, text: &str, hits: Vec<Hit>) -> Vec<Hit> {
        let mut reader = Words::new(text);
        let mut window: Vec<Word> = Vec::with_capacity(MAX_WORDS);
        let mut scratch = Scratch::default();
        let mut fuzzy: Vec<Hit> = Vec::new();
        let (mut free, mut next_hit) = (0, 0);
        loop {
            while window.len() < MAX_WORDS
                && let Some(word) = reader.next()
            {
                window.push(word);
            }
            let Some(&first) = window.first() else { break };
            while hits.get(next_hit).is_some_and(|hit| hit.span.end <= first.start) {
                next_hit += 1;
            }
            let limit = hits.get(next_hit).map_or(u32::MAX, |hit| hit.span.start);
            if first.flags & CAPITAL != 0 && first.start >= free {
                let reach = window.iter().take_while(|word| word.end <= limit).count();
                let best = (2..=reach)
                    .rev()
                    .find_map(|count| self.misspelt(view, text, &window[..count], &mut scratch));
                if let Some(hit) = best {
                    free = hit.span.end;
                    fuzzy.push(hit);
                }
            }
            window.remove(0);
        }
        if fuzzy.is_empty() {
            return hits;
        }
        let mut all = hits;
        all.extend(fuzzy);
        all.sort_by_key(|hit| (hit.span.start, hit.span.end));
        all
    }

    fn misspelt(&self, view: View<'_>, text: &str, words: &[Word], scratch: &mut Scratch) -> Option<Hit> {
        if words[1..].iter().any(|word| word.gap == BARRIER) {
            return None;
        }
        for at in (0..words.len()).rev() {
            let word = &words[at];
            if word.flags & CAPITAL == 0 || ((word.end - word.start) as usize) < MIN_LETTERS {
                continue;
            }
            let rest = rest_hash(words, at);
            if !self.may_hold(rest) || self.known.binary_search(&word.hash).is_ok() {
                continue;
            }
            let surface = ByteSpan { start: word.start, end: word.end }.slice(text);
            let mut reader = Words::new(surface);
            let Some(only) = reader.next() else { continue };
            let folded = reader.folded(&only);
            let folded = if word.tail > 0 { folded.strip_suffix('s').unwrap_or(folded) } else { folded };
            let Some(frame) = frame(folded, &mut scratch.text) else { continue };
            let key = mix(rest ^ frame, SALT);
            let from = self.entries.partition_point(|entry| entry.0 < key);
            for &(_, row) in self.entries[from..].iter().take(MAX_COMPARED).take_while(|entry| entry.0 == key)
            {
                if self.is_misspelling(view, row, words.len(), at, scratch) {
                    let (first, last) = (words[0], words[words.len() - 1]);
                    let end = last.end - u32::from(last.tail);
                    return Some(Hit {
                        span: ByteSpan { start: first.start, end },
                        names: Names::below(row, 1),
                        found: Found::Fuzzy,
                        weak: false,
                    });
                }
            }
        }
        None
    }

    /// Whether the sounded word in `scratch` misspells word `at` of a name.
    fn is_misspelling(
        &self,
        view: View<'_>,
        row: u32,
        count: usize,
        at: usize,
        scratch: &mut Scratch,
    ) -> bool {
        let Some(name) = view.name(row) else { return false };
        let mut reader = Words::new(name);
        let Some(word) = reader.nth(at) else { return false };
        sound_of(reader.folded(&word), &mut scratch.name);
        let (ours, theirs) = (scratch.text.as_bytes(), scratch.name.as_bytes());
        if ours == theirs {
            return true;
        }
        if at + 1 == count {
            return ours.len().min(theirs.len()) >= MIN_LETTERS_EDITED && within_one_edit(ours, theirs);
        }
        // A given name stays one only when its consonants and its last letter do (Giorgia, Georgia; not Angelo).
        let consonants =
            |text: &[u8]| -> Vec<u8> { text.iter().copied().filter(|b| !is_vowel(*b)).collect() };
        ours.len().abs_diff(theirs.len()) <= 1
            && ours.first() == theirs.first()
            && ours.last() == theirs.last()
            && consonants(ours) == consonants(theirs)
    }
}

#[derive(Default)]
struct Scratch {
    /// How the word of the text sounds.
    text: String,
    /// How the word of the name sounds.
    name: String,
}

/// The hash of all words but one, with its place.
fn rest_hash(words: &[Word], at: usize) -> u64 {
    let mut hash = hash_word(&[at as u8, words.len() as u8]);
    for (i, word) in words.iter().enumerate() {
        if i != at {
            // A possessive ending at the end of the text's name is no part of it.
            let last = i + 1 == words.len() && word.tail > 0;
            hash = extend_hash(hash, if last { word.stem } else { word.hash });
        }
    }
    hash
}

/// The first sound and the first consonant after it, after writing the word's sound to `sound`; `None` when the word
/// is too short or has anything but letters.
fn frame(folded: &str, sound: &mut String) -> Option<u64> {
    if folded.len() < MIN_LETTERS || !folded.bytes().all(|b| b.is_ascii_lowercase()) {
        return None;
    }
    sound_of(folded, sound);
    let bytes = sound.as_bytes();
    let first = *bytes.first()?;
    let second = bytes[1..].iter().copied().find(|b| !is_vowel(*b)).unwrap_or(0);
    (bytes.len() >= MIN_LETTERS - 1).then(|| u64::from(first) << 8 | u64::from(second))
}

/// Writes how a word sounds: spellings that English texts mix up become one.
fn sound_of(folded: &str, out: &mut String) {
    out.clear();
    let bytes = folded.as_bytes();
    let mut i = 0;
    while let Some(&byte) = bytes.get(i) {
        let next = bytes.get(i + 1).copied();
        let (letter, used) = match (byte, next) {
            (b'p', Some(b'h')) => ('f', 2),
            (b'w' | b't' | b'g' | b'k' | b'd' | b'r' | b'b', Some(b'h')) => (byte as char, 2),
            (b'c', Some(b'k')) => ('k', 2),
            (b'c', Some(b'h')) => ('x', 2),
            (b'c' | b'q', _) => ('k', 1),
            (b'y', _) => ('i', 1),
            (b'v', _) => ('w', 1),
            _ => (byte as char, 1),
        };
        if !out.ends_with(letter) {
            out.push(letter);
        }
        i += used;
    }
}

fn is_vowel(byte: u8) -> bool {
    matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// Whether one letter more, less, other, or two neighbours swapped, make the words equal.
fn within_one_edit(a: &[u8], b: &[u8]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let head = short.iter().zip(long).take_while(|(x, y)| x == y).count();
    let (short, long) = (&short[head..], &long[head..]);
    match long.len() - short.len() {
        0 => {
            short.is_empty()
                || short[1..] == long[1..]
                || (short.len() >= 2 && short[0] == long[1] && short[1] == long[0] && short[2..] == long[2..])
        }
        1 => *short == long[1..],
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(names: &[&str]) -> Catalog {
        let mut builder = Catalog::builder();
        for name in names {
            builder.add(super::super::Entity::new(*name, *name, EntityKind::Person)).unwrap();
        }
        builder.build().unwrap().with_fuzzy(&[EntityKind::Person])
    }

    fn fuzzy(catalog: &Catalog, text: &str) -> Vec<String> {
        let found = catalog.find(text);
        found.iter().filter(|f| f.found == Found::Fuzzy).filter_map(|f| catalog.matched_name(f)).collect()
    }

    #[test]
    fn misspelt_names_are_found_when_the_rest_agrees() {
        let catalog = people(&[
            "Steve Witkoff",
            "Hillary Clinton",
            "Keir Starmer",
            "Xi Jinping",
            "Olaf Scholz",
            "Kyriakos Mitsotakis",
        ]);
        assert_eq!(fuzzy(&catalog, "The envoy Steve Whitthof’s plan"), ["Steve Witkoff"]);
        assert_eq!(fuzzy(&catalog, "Hilary Clinton met Kier Starmer."), ["Hillary Clinton", "Keir Starmer"]);
        assert_eq!(fuzzy(&catalog, "Xi Jingping and Olaf Schulz"), ["Xi Jinping", "Olaf Scholz"]);
    }

    #[test]
    fn near_names_and_family_stay_apart() {
        let catalog = people(&[
            "Angela Merkel",
            "Antonio Guterres",
            "Li Qiang",
            "Friedrich Merz",
            "Marco Rubio",
            "Jill Biden",
        ]);
        let text = "Angelo Merkel, Angelina Merkel, Antonio Gutierrez, Li Qian, Friedrich März, Mark Rubio and Joe Biden";
        assert_eq!(fuzzy(&catalog, text), Vec::<String>::new());
    }

    #[test]
    fn exact_hits_are_never_displaced() {
        let catalog = people(&["Steve Witkoff", "Whitthof", "Olaf Scholz", "Martin Schulz"]);
        assert_eq!(fuzzy(&catalog, "Steve Whitthof"), Vec::<String>::new());
        assert_eq!(fuzzy(&catalog, "Olaf Schulz"), Vec::<String>::new(), "a word that another name has");
    }
}
