//! Which documents are copies of one text: the same agency report in two papers, cut here and spelt otherwise there.
//!
//! In: analyses. Out: whether most runs of five words of the shorter body stand in the other (containment of shingles;
//! Broder 1997).

use super::number::Numbers;
use super::{Analysis, Region, TokenKind};

/// Words of a run.
const RUN: usize = 5;
/// The share of the runs of the shorter text that makes a copy.
const COPIED: f64 = 0.6;
/// Shorter texts are alike by chance, unless they are equal.
const LEAST: usize = 12;
/// Every document is compared with so many of the earlier ones that hold a run.
const FIRST: usize = 4;

/// The documents that hold a run.
#[derive(Clone, Copy, Debug, Default)]
struct Holders {
    first: [u32; FIRST],
    /// How many of the first ones there are so far.
    count: usize,
    last: Option<u32>,
}

impl Holders {
    fn add(&mut self, document: u32) {
        if self.count < FIRST {
            self.first[self.count] = document;
            self.count += 1;
        }
        self.last = Some(document);
    }
}

/// Whether one of two documents is a copy of the other.
pub(crate) fn is_copy(a: &Analysis, b: &Analysis) -> bool {
    let sorted = |analysis| {
        let mut runs = runs(analysis);
        runs.sort_unstable();
        runs.dedup();
        runs
    };
    let (a, b) = (sorted(a), sorted(b));
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let held = short.iter().filter(|run| long.binary_search(run).is_ok()).count();
    copied(held, short.len())
}

fn copied(held: usize, of: usize) -> bool {
    of > 0 && held as f64 >= COPIED * of as f64
}

/// Per document: the first document of which it is a copy, or itself. Linear in the words.
pub(crate) fn origins(analyses: &[Analysis]) -> Vec<usize> {
    let mut origin: Vec<usize> = (0..analyses.len()).collect();
    if analyses.len() < 2 {
        return origin;
    }
    let mut known = Numbers::with_room(analyses.iter().map(|a| a.tokens.len()).sum());
    let mut holders: Vec<Holders> = Vec::new();
    let mut sizes = vec![0usize; analyses.len()];
    // How many runs of a document each earlier one holds, and which ones hold any.
    let (mut shared, mut sharing) = (vec![0usize; analyses.len()], Vec::new());
    for (document, analysis) in analyses.iter().enumerate() {
        for run in runs(analysis) {
            let number = known.number(run) as usize;
            if number == holders.len() {
                holders.push(Holders::default());
            }
            let held = &mut holders[number];
            if held.last == Some(document as u32) {
                continue;
            }
            sizes[document] += 1;
            for &earlier in &held.first[..held.count] {
                if shared[earlier as usize] == 0 {
                    sharing.push(earlier as usize);
                }
                shared[earlier as usize] += 1;
            }
            held.add(document as u32);
        }
        for earlier in sharing.drain(..) {
            let held = std::mem::take(&mut shared[earlier]);
            let (short, long) = (sizes[earlier].min(sizes[document]), sizes[earlier].max(sizes[document]));
            if held == long || short >= LEAST && copied(held, short) {
                origin[document] = origin[document].min(origin[earlier]);
            }
        }
    }
    origin
}

/// The hashes of all runs of five words of the body, as they stand. Numbers are words: two reports of one form with
/// other figures are two reports.
fn runs(analysis: &Analysis) -> Vec<u64> {
    let body = analysis.sentences.iter().filter(|s| s.region == Region::Body);
    let words: Vec<u64> = body
        .flat_map(|s| analysis.tokens_of(&s.tokens))
        .filter(|token| token.is_word() || token.kind == TokenKind::Number)
        .map(|token| analysis.vocabulary.hash(token.word))
        .collect();
    let hash = |run: &[u64]| {
        run.iter().fold(0u64, |h, w| (h.rotate_left(5) ^ w).wrapping_mul(0x9E37_79B9_7F4A_7C15))
    };
    words.windows(RUN).map(hash).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Document;

    const REPORT: &str = "Nine people died when the Oster burst its banks at Velden on Monday, officials said. The bridge \
                          fell at half past four. Soldiers brought three hundred people to safety by boat.";

    fn origins_of(texts: &[&str]) -> Vec<usize> {
        let analyses: Vec<Analysis> = texts.iter().map(|text| Analysis::new(&Document::new(*text))).collect();
        origins(&analyses)
    }

    #[test]
    fn a_reprint_with_another_frame_is_a_copy() {
        let reprint = format!("{REPORT} The school is open to families who lost their homes.")
            .replace("half past four", "4:30");
        let own = "The flood at Velden took nine lives on Monday. A bridge collapsed, and boats carried people to safety.";
        assert_eq!(origins_of(&[REPORT, own, &reprint]), [0, 1, 0]);
    }

    #[test]
    fn short_texts_are_copies_only_when_they_are_equal() {
        let (rain, more) = ("It rained all day in Velden.", "It rained all day in Velden and Harrow.");
        assert_eq!(origins_of(&[rain, more, rain, ""]), [0, 1, 0, 3]);
        assert_eq!(origins_of(&[]), [0usize; 0]);
    }
}
