//! Discovery of names that no catalog lists: a linear-chain model over the tokens of a sentence.
//!
//! In: an [`Analysis`]. Out: token ranges with kind and score, in text order. The model is a conditional random
//! field (Lafferty, McCallum, Pereira 2001) with hashed features; decoding (Viterbi) is done in integers, so that the
//! names are the same on every platform.

use super::feature::{Facts, REACH, Scratch, Sink, Window};
use super::form::Forms;
use super::label::{self, KINDS, LABELS, LANES, OUTSIDE};
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
    weights: Arc<Weights>,
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
        let mut reader = Reader::new(&self.weights, analysis);
        let mut found = Vec::new();
        for (number, sentence) in analysis.sentences.iter().enumerate() {
            reader.score(number, sentence);
            reader.decode(sentence, &mut found);
        }
        found
    }
}

/// Scores and decodes the sentences of one document.
struct Reader<'a> {
    analysis: &'a Analysis,
    weights: &'a Weights,
    forms: Forms,
    facts: Vec<Facts>,
    /// For each form and distance the sum of the weights of the word's own features.
    words: Vec<[Scores; 2 * REACH + 1]>,
    scratch: Scratch,
    scores: Vec<Scores>,
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

impl<'a> Reader<'a> {
    fn new(weights: &'a Weights, analysis: &'a Analysis) -> Self {
        let lexicon = weights.lexicon();
        let forms = Forms::new(analysis);
        let facts: Vec<Facts> =
            forms.forms.iter().map(|form| Facts::new(analysis, &forms, form, &lexicon)).collect();
        let words = facts
            .iter()
            .map(|fact| {
                let mut sums = [[0; LANES]; 2 * REACH + 1];
                for (n, scores) in sums.iter_mut().enumerate() {
                    fact.keys(n as i64 - REACH as i64, &mut Sum { rows: weights.rows(), scores });
                }
                sums
            })
            .collect();
        Reader {
            analysis,
            weights,
            forms,
            facts,
            words,
            scratch: Scratch::default(),
            scores: Vec::new(),
            back: Vec::new(),
        }
    }

    fn score(&mut self, number: usize, sentence: &Sentence) {
        let lexicon = self.weights.lexicon();
        let style = self.forms.styles[number];
        let window = Window::new(
            self.analysis,
            sentence,
            (&self.forms, style),
            (&self.facts, &lexicon),
            &mut self.scratch,
        );
        let of_token = &self.forms.of_token[sentence.tokens.start as usize..sentence.tokens.end as usize];
        self.scores.clear();
        for i in 0..of_token.len() {
            let mut scores = [0; LANES];
            for distance in 0..=2 * REACH {
                // Distance counts from the word to the token: a word one to the left of the token stands at +1.
                let Some(at) = (i + REACH).checked_sub(distance).filter(|&at| at < of_token.len()) else {
                    continue;
                };
                for (sum, score) in scores.iter_mut().zip(&self.words[of_token[at] as usize][distance]) {
                    *sum += score;
                }
            }
            window.keys(i, &mut Sum { rows: self.weights.rows(), scores: &mut scores });
            self.scores.push(scores);
        }
    }

    /// Finds the best sequence of labels and appends its names.
    fn decode(&mut self, sentence: &Sentence, found: &mut Vec<Tagged>) {
        let count = self.scores.len();
        if count == 0 {
            return;
        }
        self.back.clear();
        let mut best = self.weights.transitions[LABELS];
        for (score, sum) in self.scores[0].iter().zip(&mut best) {
            *sum += score;
        }
        for scores in &self.scores[1..] {
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
        let first = sentence.tokens.start;
        let (mut end, from) = (None, found.len());
        for i in (0..count).rev() {
            if let Some(kind) = label::kind_of(label) {
                let last = *end.get_or_insert(i as u32 + 1);
                if label::is_begin(label) {
                    found.push(Tagged {
                        tokens: first + i as u32..first + last,
                        kind: KINDS[kind],
                        score: self.margin(i, last as usize, label),
                    });
                    end = None;
                }
            }
            if i > 0 {
                label = usize::from(self.back[i - 1][label]);
            }
        }
        found[from..].reverse();
    }

    /// The lead of the name's labels over "outside", per token and at its weakest, from 0 to 1.
    fn margin(&self, start: usize, end: usize, begin: usize) -> f64 {
        let lead = (start..end)
            .map(|i| {
                let label = if i == start { begin } else { begin + 1 };
                self.scores[i][label] - self.scores[i][OUTSIDE]
            })
            .min()
            .unwrap_or(0);
        let lead = f64::from(lead.max(0)) / 1024.0;
        0.5 + 0.5 * lead / (lead + 2.0)
    }
}
