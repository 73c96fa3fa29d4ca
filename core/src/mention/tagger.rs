//! Discovery of names that no catalog lists: a linear-chain model over the tokens of a sentence.
//!
//! In: an [`Analysis`]. Out: token ranges with kind and score, in text order. The model is a conditional random
//! field (Lafferty, McCallum, Pereira 2001) with hashed features; decoding (Viterbi) is done in integers, so that the
//! names are the same on every platform.

use super::feature::{Facts, REACH, Scratch, Sink, Window};
use super::form::{Class, Forms, sections};
use super::label::{self, KINDS, LABELS, LANES, OUTSIDE};
use super::vote::Votes;
use super::weights::{Rows, Scores, Weights};
use crate::Error;
use crate::catalog::EntityKind;
use crate::text::{Analysis, Sentence};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// Recognises names by their form and context; holds the weights of a trained model.
///
/// Cheap to clone; the weights are shared.
#[derive(Clone, Debug)]
pub struct Tagger {
    pub(super) weights: Arc<Weights>,
}

/// One name that the tagger found.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tagged {
    pub(crate) tokens: Range<u32>,
    pub(crate) kind: EntityKind,
    /// How far the best reading with this name is ahead of the reading without it, squeezed into 0 to 1.
    pub(crate) score: f64,
}

static BUILT_IN: &[u8] = include_bytes!("tagger.bin");

impl Tagger {
    /// Returns the tagger that is compiled into the library: English news, seven kinds of names.
    pub fn built_in() -> Self {
        static TAGGER: OnceLock<Tagger> = OnceLock::new();
        TAGGER
            .get_or_init(|| Tagger::read(Cow::Borrowed(BUILT_IN)).expect("the built-in weights are tested"))
            .clone()
    }

    /// Reads weights that the trainer wrote.
    ///
    /// Costs one pass over the bytes for the checksum. Whatever passes the checks is safe to use: wrong weights give wrong
    /// names, nothing else.
    ///
    /// # Errors
    /// [`ErrorKind::Catalog`](crate::ErrorKind::Catalog) when the bytes are not a weights file, of another version, or damaged.
    pub fn from_bytes(bytes: impl Into<Vec<u8>>) -> Result<Self, Error> {
        Tagger::read(Cow::Owned(bytes.into()))
    }

    fn read(bytes: Cow<'static, [u8]>) -> Result<Self, Error> {
        Ok(Tagger { weights: Arc::new(Weights::new(bytes)?) })
    }

    /// Finds names, sentence by sentence.
    pub(crate) fn tag(&self, analysis: &Analysis) -> Vec<Tagged> {
        let mut found = Vec::new();
        let mut numbers = Vec::new();
        for sentences in sections(analysis) {
            let mut reader = Reader::new(&self.weights, analysis, sentences, &mut numbers);
            reader.read();
            reader.read_again();
            reader.names(&mut found);
        }
        found
    }
}

/// Scores and decodes the sentences of one section of a document.
pub(crate) struct Reader<'a> {
    analysis: &'a Analysis,
    weights: &'a Weights,
    pub(crate) forms: Forms,
    facts: Vec<Facts>,
    /// For each form and distance the sum of the weights of the word's own features.
    words: Vec<[Scores; 2 * REACH + 1]>,
    /// For each form the distances whose sum is made, one bit each.
    summed: Vec<u8>,
    scratch: Scratch,
    /// The scores of every token.
    pub(crate) scores: Vec<Scores>,
    /// The label of every token.
    pub(crate) labels: Vec<u8>,
    back: Vec<[u8; LANES]>,
}

struct Sum<'s, 'w> {
    rows: Rows<'w>,
    scores: &'s mut Scores,
}

impl Sink for Sum<'_, '_> {
    fn key(&mut self, key: u64, _lexical: bool) {
        self.rows.add(key, self.scores);
    }
}

/// The lead of "outside" for tokens that are not looked at: far above any sum of weights' differences in practice.
const SURELY: i32 = 1 << 16;

/// A token without a capital near it is part of no name; it is not looked at.
fn is_remote(facts: &[Facts], of_token: &[u32], i: usize) -> bool {
    let near = &of_token[i.saturating_sub(REACH)..of_token.len().min(i + REACH + 1)];
    near.iter().all(|&form| matches!(facts[form as usize].class, Class::Lower | Class::Mark | Class::Number))
}

impl<'a> Reader<'a> {
    pub(crate) fn new(
        weights: &'a Weights,
        analysis: &'a Analysis,
        sentences: Vec<Sentence>,
        numbers: &mut Vec<u32>,
    ) -> Self {
        let lexicon = weights.lexicon();
        let forms = Forms::new(analysis, sentences, numbers);
        let facts: Vec<Facts> =
            forms.forms.iter().map(|form| Facts::new(analysis, &forms, form, &lexicon)).collect();
        let words = vec![[[0; LANES]; 2 * REACH + 1]; facts.len()];
        let summed = vec![0; facts.len()];
        let count = forms.of_token.len();
        Reader {
            analysis,
            weights,
            forms,
            facts,
            words,
            summed,
            scratch: Scratch::default(),
            scores: vec![[0; LANES]; count],
            labels: vec![OUTSIDE as u8; count],
            back: Vec::new(),
        }
    }

    /// Reads every sentence by itself.
    pub(crate) fn read(&mut self) {
        for sentence in 0..self.forms.sentences.len() {
            self.score(sentence);
            self.decode(self.forms.range(sentence));
        }
    }

    /// Reads every sentence again in the light of the first reading of all.
    fn read_again(&mut self) {
        let votes = Votes::new(&self.forms, &self.labels);
        let first = self.labels.clone();
        for sentence in 0..self.forms.sentences.len() {
            let Range { start, end } = self.forms.range(sentence);
            let style = self.forms.styles[sentence];
            for i in start..end {
                let mut sum = Sum { rows: self.weights.rows(), scores: &mut self.scores[i] };
                votes.keys(&self.forms, &first, (i, start, end, style), &mut sum);
            }
            self.decode(start..end);
        }
    }

    fn score(&mut self, sentence: usize) {
        let lexicon = self.weights.lexicon();
        let window =
            Window::new(self.analysis, (&self.forms, sentence), (&self.facts, &lexicon), &mut self.scratch);
        let range = self.forms.range(sentence);
        let of_token = &self.forms.of_token[range.clone()];
        for i in 0..of_token.len() {
            let mut scores = [0; LANES];
            if is_remote(&self.facts, of_token, i) {
                scores[OUTSIDE] = SURELY;
                self.scores[range.start + i] = scores;
                continue;
            }
            for distance in 0..=2 * REACH {
                // Distance counts from the word to the token: a word one to the left of the token stands at +1.
                let Some(at) = (i + REACH).checked_sub(distance).filter(|&at| at < of_token.len()) else {
                    continue;
                };
                let form = of_token[at] as usize;
                if self.summed[form] >> distance & 1 == 0 {
                    self.summed[form] |= 1 << distance;
                    let scores = &mut self.words[form][distance];
                    let mut sum = Sum { rows: self.weights.rows(), scores };
                    self.facts[form].keys(distance as i64 - REACH as i64, &mut sum);
                }
                for (sum, score) in scores.iter_mut().zip(&self.words[form][distance]) {
                    *sum += score;
                }
            }
            window.keys(i, &mut Sum { rows: self.weights.rows(), scores: &mut scores });
            self.scores[range.start + i] = scores;
        }
    }

    /// Finds the best sequence of labels.
    fn decode(&mut self, Range { start, end }: Range<usize>) {
        if start == end {
            return;
        }
        self.back.clear();
        let mut best = self.weights.transitions[LABELS];
        for (score, sum) in self.scores[start].iter().zip(&mut best) {
            *sum += score;
        }
        for scores in &self.scores[start + 1..end] {
            let (mut next, mut back) = ([i32::MIN / 2; LANES], [0u8; LANES]);
            for (before, row) in self.weights.transitions[..LABELS].iter().enumerate() {
                let base = best[before];
                for label in 0..LANES {
                    let score = base + row[label];
                    let better = score > next[label];
                    next[label] = if better { score } else { next[label] };
                    back[label] = if better { before as u8 } else { back[label] };
                }
            }
            for (sum, score) in next.iter_mut().zip(scores) {
                *sum += score;
            }
            best = next;
            self.back.push(back);
        }
        let mut label = (0..LABELS).max_by_key(|&l| (best[l], std::cmp::Reverse(l))).unwrap_or(OUTSIDE);
        for i in (start..end).rev() {
            self.labels[i] = label as u8;
            if i > start {
                label = usize::from(self.back[i - 1 - start][label]);
            }
        }
    }

    /// The names that the labels spell.
    fn names(&self, found: &mut Vec<Tagged>) {
        let first = self.forms.first as u32;
        for sentence in 0..self.forms.sentences.len() {
            let Range { start: mut at, end } = self.forms.range(sentence);
            while at < end {
                let start = at;
                at += 1;
                let Some(kind) = label::kind_of(self.labels[start] as usize) else { continue };
                while at < end && self.labels[at] as usize == label::inside(kind) {
                    at += 1;
                }
                let score = self.margin(start, at);
                found.push(Tagged {
                    tokens: first + start as u32..first + at as u32,
                    kind: KINDS[kind],
                    score,
                });
            }
        }
    }

    /// The lead of the name's labels over "outside", at its weakest, from 0 to 1.
    fn margin(&self, start: usize, end: usize) -> f64 {
        let lead = (start..end)
            .map(|i| self.scores[i][self.labels[i] as usize & (LANES - 1)] - self.scores[i][OUTSIDE])
            .min()
            .unwrap_or(0);
        let lead = f64::from(lead.max(0)) / 1024.0;
        0.5 + 0.5 * lead / (lead + 2.0)
    }
}
