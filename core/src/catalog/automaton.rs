//! Finding the names of a text by an Aho-Corasick automaton, the exact twin of the token index for tests.
//!
//! In: a compiled catalog and a text. Out: the same [`RawHit`]s as from the token index. The automaton reads the folded
//! words of the text, one separator before each, and reports every name that begins at a separator, nested and
//! overlapping ones too; those that end with a word, or before its possessive ending, go through the same checks of
//! case and gaps as the index's. (Leftmost-longest search with a boundary filter after it would lose names.)

use super::found::Names;
use super::gap::BARRIER;
use super::hit::RawHit;
use super::layer::Layers;
use super::name::{MORE, folded_words};
use super::options::FindOptions;
use super::verify::{Verified, Verifier};
use super::view::View;
use super::word::{Word, Words};
use aho_corasick::{AhoCorasick, BuildError};

/// Stands before every word and at the end; no byte of UTF-8.
const SEPARATOR: u8 = 0xFF;
/// Stands where no name may continue; no byte of UTF-8.
const WALL: u8 = 0xFE;

/// The automaton of a catalog.
pub(crate) struct Automaton {
    automaton: AhoCorasick,
    /// For every pattern: the first row of its key, and its words.
    names: Vec<(u32, u32)>,
}

impl Automaton {
    /// Builds the automaton over the folded words of all names.
    ///
    /// # Errors
    /// When the automaton would have more states than the crate can number.
    pub(crate) fn new(view: View<'_>) -> Result<Self, BuildError> {
        let (mut patterns, mut names) = (Vec::new(), Vec::new());
        let (mut first, mut fresh) = (0, true);
        for row in 0..view.row_count() as u32 {
            if fresh {
                first = row;
            }
            fresh = view.row(row).is_none_or(|(_, flags)| !flags.has(MORE));
            let words = view.name(row).map(folded_words).unwrap_or_default();
            let pattern: Vec<u8> =
                words.iter().flat_map(|word| [SEPARATOR].into_iter().chain(word.bytes())).collect();
            // Spellings of one key mostly fold alike.
            if !words.is_empty() && (first == row || patterns.last() != Some(&pattern)) {
                patterns.push(pattern);
                names.push((first, words.len() as u32));
            }
        }
        Ok(Automaton { automaton: AhoCorasick::new(&patterns)?, names })
    }

    /// Finds every name in the text, by first word, then by length.
    pub(crate) fn search(&self, view: View<'_>, text: &str, options: &FindOptions) -> Vec<RawHit> {
        let mut reader = Words::new(text);
        let mut words: Vec<Word> = Vec::new();
        reader.fill(&mut words, usize::MAX);
        let mut folded: Vec<u8> = Vec::with_capacity(text.len() + 16);
        let mut starts: Vec<usize> = Vec::with_capacity(words.len());
        for word in &words {
            if word.gap == BARRIER {
                folded.extend([SEPARATOR, WALL]);
            }
            starts.push(folded.len());
            folded.push(SEPARATOR);
            let surface = &text.as_bytes()[word.start as usize..word.end as usize];
            if surface.iter().all(u8::is_ascii_alphanumeric) {
                folded.extend(surface.iter().map(u8::to_ascii_lowercase));
            } else {
                folded.extend_from_slice(reader.folded(word).as_bytes());
            }
        }
        folded.push(SEPARATOR);
        let mut verifier = Verifier::new(text, options.case, options.kinds, Vec::new());
        let mut hits = Vec::new();
        for found in self.automaton.find_overlapping_iter(&folded) {
            let possessive = match folded[found.end()..] {
                [SEPARATOR, ..] => false,
                [b's', SEPARATOR, ..] => true,
                _ => continue,
            };
            let (row, count) = self.names[found.pattern().as_usize()];
            let first = starts.partition_point(|&start| start < found.start());
            let surface = &words[first..first + count as usize];
            if possessive && surface.last().is_none_or(|last| last.stem == 0) {
                continue;
            }
            if let Some(checked) = verifier.check(&view, row, surface, possessive) {
                let names = Names::below(row, checked.spellings);
                let lone = Layers::new(view, None).lone(&names);
                let (place, checked) = ((first as u32, count as u16), Verified { lone, ..checked });
                hits.push(RawHit::new(place, possessive, checked, names));
            }
        }
        hits.sort_by_key(|raw| (raw.word, raw.words, !raw.possessive));
        hits.dedup_by_key(|raw| (raw.word, raw.words, raw.possessive));
        hits
    }
}

/// Measures both ways: `NEWS=text.txt NAMES=names.txt cargo test -p nutgraf --profile fast --lib crossover -- --ignored
/// --nocapture`, with names one a line.
#[cfg(test)]
mod tests {
    use super::super::{Catalog, Entity, EntityKind, search};
    use super::*;
    use std::time::{Duration, Instant};

    #[test]
    #[ignore = "a measurement, on files of the caller"]
    #[allow(clippy::print_stdout)]
    fn crossover() {
        let read = |variable| std::fs::read_to_string(std::env::var(variable).unwrap()).unwrap();
        let (text, names) = (read("NEWS"), read("NAMES"));
        let best = |work: &dyn Fn() -> usize| -> Duration {
            let timed = |_| {
                let start = Instant::now();
                std::hint::black_box(work());
                start.elapsed()
            };
            (0..7).map(timed).min().unwrap()
        };
        for count in [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] {
            let mut builder = Catalog::builder();
            for (i, name) in names.lines().take(count).enumerate() {
                builder.add(Entity::new(format!("{i}"), name, EntityKind::Other)).unwrap();
            }
            let catalog = builder.build().unwrap();
            let options = FindOptions::new();
            let automaton = Automaton::new(catalog.view()).unwrap();
            let index = best(&|| search::search(catalog.layers(), &text, &options).len());
            let other = best(&|| automaton.search(catalog.view(), &text, &options).len());
            let speed = |time: Duration| text.len() as f64 / 1e6 / time.as_secs_f64();
            println!("{count:5} names: index {:6.0} MB/s, automaton {:6.0} MB/s", speed(index), speed(other));
        }
    }

    /// Compares both ways on long text: `NEWS=text.txt NAMES=names.txt SIZES=1000,10000 cargo test -p nutgraf --profile fast
    /// --lib agree_on_files -- --ignored --nocapture`, with names one a line.
    #[test]
    #[ignore = "a comparison, on files of the caller"]
    #[allow(clippy::print_stdout)]
    fn both_ways_agree_on_files() {
        let read = |variable| std::fs::read_to_string(std::env::var(variable).unwrap()).unwrap();
        let (text, names) = (read("NEWS"), read("NAMES"));
        let sizes = std::env::var("SIZES").unwrap();
        for size in sizes.split(',').map(|size| size.parse::<usize>().unwrap()) {
            let mut builder = Catalog::builder();
            for (i, name) in names.lines().take(size).enumerate() {
                builder.add(Entity::new(format!("{i}"), name, EntityKind::Other)).unwrap();
            }
            let catalog = builder.build().unwrap();
            let automaton = Automaton::new(catalog.view()).unwrap();
            let (mut compared, mut bytes, mut rest) = (0, 0, text.as_str());
            while !rest.is_empty() {
                let end = rest.as_bytes().iter().skip(1 << 20).position(|&b| b == b'\n');
                let (piece, after) = rest.split_at(end.map_or(rest.len(), |end| (1 << 20) + end + 1));
                let options = FindOptions::new().overlap(super::super::Overlap::All);
                let found = search::search(catalog.layers(), piece, &options);
                let same = found == automaton.search(catalog.view(), piece, &options);
                assert!(same, "{size} names, byte {bytes}");
                compared += found.len();
                bytes += piece.len();
                rest = after;
            }
            println!("{size} names: {compared} matches in {bytes} bytes are the same");
        }
    }
}
