//! Discovery of names that no catalog lists: a linear-chain model over the tokens of a sentence.
//!
//! In: an [`Analysis`]. Out: token ranges with kind and score, in text order. The model is a conditional random
//! field (Lafferty, McCallum, Pereira 2001) with hashed features; decoding (Viterbi) is done in integers, so that the
//! names are the same on every platform.

use super::feature::{Facts, REACH, Scratch, Window};
use super::form::{Class, Forms, sections};
use super::label::{self, KINDS, LABELS, LANES, OUTSIDE};
use super::vote::Votes;
use super::weights::{SURELY, Scores, Weights};
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
    /// For each form and distance where the sum of the weights of the word's own features stands in `sums`; 0 for none.
    places: Vec<[u32; 2 * REACH + 1]>,
    sums: Vec<Scores>,
    /// The stretches that are looked at, in order.
    runs: Vec<Run>,
    scratch: Scratch,
    keys: Vec<u64>,
    /// The scores of every token.
    pub(crate) scores: Vec<Scores>,
    /// The label of every token.
    pub(crate) labels: Vec<u8>,
    back: Vec<[u8; LANES]>,
}

/// A stretch of tokens of one sentence that may be part of names; the tokens around it surely are not.
#[derive(Clone, Debug)]
struct Run {
    sentence: usize,
    tokens: Range<usize>,
}

/// The stretches of all sentences: tokens with a capital near them.
fn runs(forms: &Forms) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for sentence in 0..forms.sentences.len() {
        let Range { start, end } = forms.range(sentence);
        for i in start..end {
            if matches!(forms.form(i).class, Class::Lower | Class::Mark | Class::Number) {
                continue;
            }
            let near = i.saturating_sub(REACH).max(start)..(i + REACH + 1).min(end);
            match runs.last_mut() {
                Some(last) if last.sentence == sentence && near.start <= last.tokens.end => {
                    last.tokens.end = near.end;
                }
                _ => runs.push(Run { sentence, tokens: near }),
            }
        }
    }
    runs
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
        let count = forms.of_token.len();
        let mut surely = [0; LANES];
        surely[OUTSIDE] = SURELY;
        Reader {
            analysis,
            weights,
            runs: runs(&forms),
            places: vec![[0; 2 * REACH + 1]; facts.len()],
            sums: vec![[0; LANES]],
            forms,
            facts,
            scratch: Scratch::default(),
            keys: Vec::new(),
            scores: vec![surely; count],
            labels: vec![OUTSIDE as u8; count],
            back: Vec::new(),
        }
    }

    /// Reads every sentence by itself.
    pub(crate) fn read(&mut self) {
        let runs = std::mem::take(&mut self.runs);
        for of_sentence in runs.chunk_by(|a, b| a.sentence == b.sentence) {
            self.score(of_sentence);
            of_sentence.iter().for_each(|run| self.decode(run));
        }
        self.runs = runs;
    }

    /// Reads every sentence again in the light of the first reading of all.
    fn read_again(&mut self) {
        let votes = Votes::new(&self.forms, &self.labels);
        let first = self.labels.clone();
        let runs = std::mem::take(&mut self.runs);
        for run in &runs {
            let Range { start, end } = self.forms.range(run.sentence);
            let style = self.forms.styles[run.sentence];
            let mut changed = false;
            for i in run.tokens.clone() {
                self.keys.clear();
                votes.keys(&self.forms, &first, (i, start, end, style), &mut self.keys);
                changed |= self.weights.rows.add(&self.keys, &mut self.scores[i]);
            }
            if changed {
                self.decode(run);
            }
        }
        self.runs = runs;
    }

    /// Sums up the weights of the features of every token in the stretches of one sentence.
    fn score(&mut self, runs: &[Run]) {
        let Reader { analysis, weights, forms, facts, places, sums, scratch, keys, scores, .. } = self;
        let lexicon = weights.lexicon();
        let sentence = runs[0].sentence;
        let window = Window::new(analysis, (forms, sentence), (facts, &lexicon), scratch);
        let range = forms.range(sentence);
        let of_token = &forms.of_token[range.clone()];
        for i in runs.iter().flat_map(|run| run.tokens.clone()) {
            let own = i - range.start;
            let mut sum = [0; LANES];
            for distance in 0..=2 * REACH {
                // Distance counts from the word to the token: a word one to the left of the token stands at +1.
                let Some(at) = (own + REACH).checked_sub(distance).filter(|&at| at < of_token.len()) else {
                    continue;
                };
                let form = of_token[at] as usize;
                if places[form][distance] == 0 {
                    places[form][distance] = sums.len() as u32;
                    keys.clear();
                    facts[form].keys(distance as i64 - REACH as i64, keys);
                    sums.push([0; LANES]);
                    weights.rows.add(keys, &mut sums[places[form][distance] as usize]);
                }
                for (sum, score) in sum.iter_mut().zip(&sums[places[form][distance] as usize]) {
                    *sum += score;
                }
            }
            keys.clear();
            window.keys(own, keys);
            weights.rows.add(keys, &mut sum);
            scores[i] = sum;
        }
    }

    /// Finds the best sequence of labels of a stretch. The tokens around it are outside, whatever it holds: no reading
    /// of theirs makes up for what they would lose (`Weights::new` checks that).
    fn decode(&mut self, run: &Run) {
        let Range { start, end } = run.tokens;
        let sentence = self.forms.range(run.sentence);
        let transitions = &self.weights.transitions;
        self.back.clear();
        let mut best = transitions[if start == sentence.start { LABELS } else { OUTSIDE }];
        for (score, sum) in self.scores[start].iter().zip(&mut best) {
            *sum += score;
        }
        for scores in &self.scores[start + 1..end] {
            let (mut next, mut back) = ([i32::MIN / 2; LANES], [0i32; LANES]);
            for (before, row) in transitions[..LABELS].iter().enumerate() {
                let base = best[before];
                for label in 0..LANES {
                    let score = base + row[label];
                    let better = score > next[label];
                    next[label] = if better { score } else { next[label] };
                    back[label] = if better { before as i32 } else { back[label] };
                }
            }
            for (sum, score) in next.iter_mut().zip(scores) {
                *sum += score;
            }
            best = next;
            self.back.push(back.map(|before| before as u8));
        }
        if end < sentence.end {
            best.iter_mut().zip(transitions).for_each(|(sum, row)| *sum += row[OUTSIDE]);
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
