//! The sentences that may be chosen, as numbers.
//!
//! In: analyses. Out: a [`Field`]: every candidate sentence with its position, its words as term numbers and its
//! concepts (pairs of neighbouring words that are not both function words). Terms are stems; equal stems have equal
//! numbers in all documents.

use crate::text::stem::Stemmer;
use crate::text::stop::is_stop_hash;
use crate::text::word::hash_bytes;
use crate::text::{Analysis, Region, Shape, TokenKind};
use std::ops::Range;

/// Marks the number of a function word.
const STOP: u32 = 1 << 31;
const UNKNOWN: u32 = u32::MAX;
/// Longer sentences are never fragments; shorter ones are when fewer than two of their words are small and mean
/// something.
const FRAGMENT_WORDS: u32 = 10;

/// One sentence that may be chosen.
#[derive(Clone, Debug, Default)]
pub(crate) struct Candidate {
    pub(crate) document: u32,
    /// Its index in the analysis.
    pub(crate) sentence: u32,
    /// The number of candidates before it in its document that are no fragments.
    pub(crate) position: u32,
    /// The number of its words and numbers.
    pub(crate) words: u32,
    /// Words after the first that begin with a capital letter: names, as a rule.
    pub(crate) capitals: u32,
    /// Whether it holds a number.
    pub(crate) figure: bool,
    /// Too little running text to be a sentence: a byline, a date, a button.
    pub(crate) fragment: bool,
    terms: Range<u32>,
    concepts: Range<u32>,
}

/// All candidates of one job.
#[derive(Debug)]
pub(crate) struct Field<'a> {
    pub(crate) analyses: &'a [Analysis],
    pub(crate) documents: usize,
    pub(crate) candidates: Vec<Candidate>,
    pub(crate) term_count: usize,
    pub(crate) concept_count: usize,
    terms: Vec<u32>,
    concepts: Vec<u32>,
}

impl<'a> Field<'a> {
    pub(crate) fn new(analyses: &'a [Analysis]) -> Self {
        let mut reader = Reader::default();
        let mut candidates = Vec::new();
        for (document, analysis) in analyses.iter().enumerate() {
            reader.numbers.clear();
            reader.numbers.resize(analysis.vocabulary.len(), UNKNOWN);
            // Sentences outside the running text are chosen only where there is no running text.
            let has_body = analysis.sentences.iter().any(|sentence| sentence.region == Region::Body);
            let mut position = 0;
            for (number, sentence) in analysis.sentences.iter().enumerate() {
                if has_body && sentence.region != Region::Body {
                    continue;
                }
                let mut candidate = reader.read(analysis, &sentence.tokens);
                if candidate.words > 0 {
                    candidate.document = document as u32;
                    candidate.sentence = number as u32;
                    candidate.position = position;
                    position += u32::from(!candidate.fragment);
                    candidates.push(candidate);
                }
            }
        }
        Field {
            analyses,
            documents: analyses.len(),
            candidates,
            term_count: reader.stems.len(),
            concept_count: reader.pairs.len(),
            terms: reader.terms,
            concepts: reader.concepts,
        }
    }

    /// The numbers of the words with matter, in text order.
    pub(crate) fn terms(&self, candidate: &Candidate) -> &[u32] {
        &self.terms[candidate.terms.start as usize..candidate.terms.end as usize]
    }

    /// The numbers of the pairs, in text order.
    pub(crate) fn concepts(&self, candidate: &Candidate) -> &[u32] {
        &self.concepts[candidate.concepts.start as usize..candidate.concepts.end as usize]
    }

    pub(crate) fn text(&self, candidate: &Candidate) -> &'a str {
        let analysis = &self.analyses[candidate.document as usize];
        analysis.sentences[candidate.sentence as usize].span.slice(&analysis.text)
    }
}

#[derive(Default)]
struct Reader {
    stemmer: Stemmer,
    stems: Numbers,
    pairs: Numbers,
    /// The term number of each word of the current document, as far as they were met.
    numbers: Vec<u32>,
    terms: Vec<u32>,
    concepts: Vec<u32>,
}

impl Reader {
    fn read(&mut self, analysis: &Analysis, tokens: &Range<u32>) -> Candidate {
        let (first_term, first_concept) = (self.terms.len() as u32, self.concepts.len() as u32);
        let (mut words, mut capitals, mut plain, mut figure) = (0, 0, 0, false);
        let mut before = UNKNOWN;
        for token in analysis.tokens_of(tokens) {
            if !matches!(token.kind, TokenKind::Word | TokenKind::Number | TokenKind::Tag)
                || token.is_clitic()
            {
                continue;
            }
            let mut term = self.numbers[token.word as usize];
            if term == UNKNOWN {
                let hash = analysis.vocabulary.hash(token.word);
                let stem = self.stemmer.stem(analysis.vocabulary.folded(token.word));
                term = self.stems.number(hash_bytes(stem)) | if is_stop_hash(hash) { STOP } else { 0 };
                self.numbers[token.word as usize] = term;
            }
            capitals +=
                u32::from(words > 0 && matches!(token.shape, Shape::Capital | Shape::Upper | Shape::Mixed));
            figure |= token.kind == TokenKind::Number;
            plain += u32::from(term & STOP == 0 && matches!(token.shape, Shape::Lower | Shape::Caseless));
            words += 1;
            if term & STOP == 0 {
                self.terms.push(term);
            }
            if before != UNKNOWN && (term & STOP == 0 || before & STOP == 0) {
                let pair = u64::from(before & !STOP) << 32 | u64::from(term & !STOP);
                self.concepts.push(self.pairs.number(pair.wrapping_mul(0x9E37_79B9_7F4A_7C15)));
            }
            before = term;
        }
        Candidate {
            words,
            capitals,
            figure,
            fragment: words <= FRAGMENT_WORDS && (words < 3 || plain < 2),
            terms: first_term..self.terms.len() as u32,
            concepts: first_concept..self.concepts.len() as u32,
            ..Candidate::default()
        }
    }
}

/// Gives dense numbers to hashes, in order of first sight.
#[derive(Debug, Default)]
pub(crate) struct Numbers {
    /// Hash and number plus one; a zero number is a free slot. The length is a power of two.
    table: Vec<(u64, u32)>,
    count: u32,
}

impl Numbers {
    pub(crate) fn len(&self) -> usize {
        self.count as usize
    }

    pub(crate) fn number(&mut self, hash: u64) -> u32 {
        if self.count as usize * 2 >= self.table.len() {
            self.grow();
        }
        let slot = self.slot(hash);
        if self.table[slot].1 == 0 {
            self.count += 1;
            self.table[slot] = (hash, self.count);
        }
        self.table[slot].1 - 1
    }

    pub(crate) fn find(&self, hash: u64) -> Option<u32> {
        if self.table.is_empty() { None } else { self.table[self.slot(hash)].1.checked_sub(1) }
    }

    fn slot(&self, hash: u64) -> usize {
        let mask = self.table.len() - 1;
        let mut slot = (hash >> 20) as usize & mask;
        while self.table[slot].1 != 0 && self.table[slot].0 != hash {
            slot = (slot + 1) & mask;
        }
        slot
    }

    fn grow(&mut self) {
        let size = (self.table.len() * 2).max(256);
        for (hash, number) in std::mem::replace(&mut self.table, vec![(0, 0); size]) {
            if number != 0 {
                let slot = self.slot(hash);
                self.table[slot] = (hash, number);
            }
        }
    }
}
