//! The sentences that may be chosen, as numbers.
//!
//! In: analyses. Out: a [`Field`]: every candidate sentence with its position, its words as term numbers and its
//! concepts (pairs of neighbouring words that are not both function words). Terms are stems; equal stems have equal
//! numbers in all documents.

use crate::text::copy;
use crate::text::lexicon::lexicon;
use crate::text::number::Numbers;
use crate::text::{Analysis, Known, Region, Shape, Token, TokenKind, WordId};
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
    /// Whether it holds a quotation mark.
    pub(crate) quotes: bool,
    /// Whether its opening points to the sentence before.
    pub(crate) opening: Opening,
    /// Too little running text to be a sentence: a byline, a date, a button.
    pub(crate) fragment: bool,
    terms: Range<u32>,
    concepts: Range<u32>,
}

/// How a sentence opens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Opening {
    /// With words of its own.
    #[default]
    Plain,
    /// With a connective, which turns on what stands before.
    Connective,
    /// With a pronoun, whose meaning stands before.
    Pronoun,
}

/// All candidates of one job.
#[derive(Debug)]
pub(crate) struct Field<'a> {
    pub(crate) analyses: &'a [Analysis],
    pub(crate) documents: usize,
    pub(crate) candidates: Vec<Candidate>,
    pub(crate) term_count: usize,
    terms: Vec<u32>,
    concepts: Vec<u64>,
    stems: Numbers,
    /// For each document the number of its group: copies of one text are one group.
    pub(crate) groups: Vec<u32>,
    pub(crate) group_count: usize,
    /// For each document the first one of which it is a copy, or itself.
    origins: Vec<usize>,
}

lexicon!(openers, "openers.txt", tagged);
lexicon!(periods, "periods.txt");

impl<'a> Field<'a> {
    pub(crate) fn new(analyses: &'a [Analysis]) -> Self {
        Field::with_origins(analyses, copy::origins(analyses))
    }

    /// As [`Field::new`] where it is known of each document which one it copies, as [`copy::origins`] tells.
    pub(crate) fn with_origins(analyses: &'a [Analysis], origins: Vec<usize>) -> Self {
        let tokens: usize = analyses.iter().map(|analysis| analysis.tokens.len()).sum();
        let words: usize = analyses.iter().map(|analysis| analysis.vocabulary.len()).sum();
        let mut reader = Reader {
            stems: Numbers::with_room(words),
            terms: Vec::with_capacity(tokens / 2),
            concepts: Vec::with_capacity(tokens),
            ..Reader::default()
        };
        let mut candidates = Vec::new();
        for (document, analysis) in analyses.iter().enumerate() {
            reader.numbers.clear();
            reader.numbers.resize(analysis.vocabulary.len(), UNKNOWN);
            reader.quote = analysis.vocabulary.find("\"");
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
                    if position > 0 {
                        candidate.opening = opening(analysis, &sentence.tokens);
                    }
                    position += u32::from(!candidate.fragment);
                    candidates.push(candidate);
                }
            }
        }
        // Groups are numbered in the order of their first documents.
        let mut groups: Vec<u32> = Vec::with_capacity(origins.len());
        let mut group_count = 0;
        for (document, &origin) in origins.iter().enumerate() {
            let of_origin = groups.get(origin).copied();
            groups.push(of_origin.unwrap_or(group_count));
            group_count += u32::from(origin == document);
        }
        Field {
            analyses,
            documents: analyses.len(),
            candidates,
            term_count: reader.stems.len(),
            terms: reader.terms,
            concepts: reader.concepts,
            stems: reader.stems,
            groups,
            group_count: group_count as usize,
            origins,
        }
    }

    /// Whether a document copies one before it.
    pub(crate) fn is_copy(&self, document: usize) -> bool {
        self.origins[document] != document
    }

    /// Whether a candidate directly follows the candidate before it in the same document.
    pub(crate) fn follows(&self, candidate: usize) -> bool {
        candidate > 0 && {
            let (before, this) = (&self.candidates[candidate - 1], &self.candidates[candidate]);
            before.document == this.document && before.sentence + 1 == this.sentence
        }
    }

    /// The number of a token of any text: `None` for function words, marks, and words that no candidate holds.
    pub(crate) fn number_of(&self, analysis: &Analysis, token: &Token) -> Option<u32> {
        if !is_read(token) || analysis.known(token).has(Known::STOP) {
            return None;
        }
        self.stems.find(analysis.stem(token.word))
    }

    /// The words with matter of another text, with their numbers; `None` for words that no candidate holds.
    pub(crate) fn numbers_of(&self, analysis: &Analysis) -> Vec<(Token, Option<u32>)> {
        let matters = |token: &&Token| is_read(token) && !analysis.known(token).has(Known::STOP);
        let tokens = analysis.tokens.iter().filter(matters);
        tokens.map(|token| (*token, self.number_of(analysis, token))).collect()
    }

    /// The numbers of all concepts, candidate by candidate in text order, and how many distinct ones there are.
    pub(crate) fn concept_numbers(&self) -> (Vec<u32>, usize) {
        let mut pairs = Numbers::with_room(self.concepts.len());
        let numbers = self.concepts.iter().map(|&concept| pairs.number(concept)).collect();
        (numbers, pairs.len())
    }

    /// Which terms the given documents hold, and the concepts that they hold of those terms.
    pub(crate) fn known_numbers(&self, read: &[Analysis]) -> (Vec<bool>, Numbers) {
        let (mut terms, mut concepts) = (vec![false; self.term_count], Numbers::default());
        for analysis in read {
            for sentence in &analysis.sentences {
                let mut before = None;
                for token in analysis.tokens_of(&sentence.tokens).iter().filter(|token| is_read(token)) {
                    let term = self.stems.find(analysis.stem(token.word));
                    if let Some(term) = term {
                        terms[term as usize] = true;
                    }
                    if let (Some(before), Some(term)) = (before, term) {
                        concepts.number(pair_hash(before, term));
                    }
                    before = term;
                }
            }
        }
        (terms, concepts)
    }

    /// The numbers of the words with matter, in text order.
    pub(crate) fn terms(&self, candidate: &Candidate) -> &[u32] {
        &self.terms[candidate.terms.start as usize..candidate.terms.end as usize]
    }

    /// The hashes of the pairs, in text order.
    pub(crate) fn concepts(&self, candidate: &Candidate) -> &[u64] {
        &self.concepts[candidate.concepts.start as usize..candidate.concepts.end as usize]
    }

    pub(crate) fn text(&self, candidate: &Candidate) -> &'a str {
        let analysis = &self.analyses[candidate.document as usize];
        analysis.sentences[candidate.sentence as usize].span.slice(&analysis.text)
    }
}

/// Words, numbers and tags; marks and possessive endings say nothing.
fn is_read(token: &Token) -> bool {
    matches!(token.kind, TokenKind::Word | TokenKind::Number | TokenKind::Tag) && !token.is_clitic()
}

fn pair_hash(first: u32, second: u32) -> u64 {
    (u64::from(first) << 32 | u64::from(second)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

fn opening(analysis: &Analysis, tokens: &Range<u32>) -> Opening {
    let mut words = analysis.tokens_of(tokens).iter().filter(|token| is_read(token));
    let Some(first) = words.next() else { return Opening::Plain };
    let folded = analysis.folded(first);
    match openers().tag_hashed(analysis.vocabulary.hash(first.word), folded) {
        Some("connective") => Opening::Connective,
        // "This year" points to the day of publication.
        Some(_)
            if folded == "this"
                && words.next().is_some_and(|next| periods().contains(analysis.folded(next))) =>
        {
            Opening::Plain
        }
        Some(_) => Opening::Pronoun,
        None => Opening::Plain,
    }
}

#[derive(Default)]
struct Reader {
    stems: Numbers,
    /// The term number of each word of the current document, as far as they were met.
    numbers: Vec<u32>,
    /// The quotation mark among the words of the current document.
    quote: Option<WordId>,
    terms: Vec<u32>,
    concepts: Vec<u64>,
}

impl Reader {
    fn read(&mut self, analysis: &Analysis, tokens: &Range<u32>) -> Candidate {
        let (first_term, first_concept) = (self.terms.len() as u32, self.concepts.len() as u32);
        let (mut words, mut capitals, mut plain, mut figure, mut quotes) = (0, 0, 0, false, false);
        let mut before = UNKNOWN;
        for token in analysis.tokens_of(tokens) {
            if !is_read(token) {
                quotes |= token.kind == TokenKind::Punctuation && Some(token.word) == self.quote;
                continue;
            }
            let mut term = self.numbers[token.word as usize];
            if term == UNKNOWN {
                let stop = analysis.known(token).has(Known::STOP);
                term = self.stems.number(analysis.stem(token.word)) | if stop { STOP } else { 0 };
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
                self.concepts.push(pair_hash(before & !STOP, term & !STOP));
            }
            before = term;
        }
        Candidate {
            words,
            capitals,
            figure,
            quotes,
            fragment: words <= FRAGMENT_WORDS && (words < 3 || plain < 2),
            terms: first_term..self.terms.len() as u32,
            concepts: first_concept..self.concepts.len() as u32,
            ..Candidate::default()
        }
    }
}
