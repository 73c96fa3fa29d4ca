//! Discovery of names that no catalog lists: a linear-chain model over the tokens of a sentence.
//!
//! In: an [`Analysis`]. Out: token ranges with kind and score, in text order. The model is a conditional random
//! field (Lafferty, McCallum, Pereira 2001) with hashed features; decoding (Viterbi) is done in integers, so that the
//! names are the same on every platform.

use super::feature::{Facts, REACH, Scratch, Window};
use super::form::{Class, Form, Forms, sections};
use super::label::{self, KINDS, LABELS, LANES, OUTSIDE};
use super::rows::Batch;
use super::steps::{self, Lanes};
use super::vote::{Verdicts, Votes};
use super::weights::{SURELY, Scores, Weights};
use crate::Error;
use crate::catalog::EntityKind;
use crate::text::number::Numbers;
use crate::text::{Analysis, Sentence};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

/// Recognises names by their form and context; holds the weights of a trained model.
///
/// Cheap to clone; the weights are shared.
#[derive(Clone, Debug)]
pub struct Tagger {
    pub(super) weights: Arc<Weights>,
    /// What earlier calls have found out, for the next ones: as many as there were calls at a time.
    memories: Arc<Mutex<Vec<Memory>>>,
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
        Ok(Tagger { weights: Arc::new(Weights::new(bytes)?), memories: Arc::default() })
    }

    /// What is known of single words; to be given back with [`Tagger::keep`].
    pub(crate) fn recall(&self) -> Memory {
        self.memories().pop().unwrap_or_default()
    }

    /// Keeps what a call has found out for the calls to come.
    pub(crate) fn keep(&self, memory: Memory) {
        if memory.is_small() {
            self.memories().push(memory);
        }
    }

    fn memories(&self) -> MutexGuard<'_, Vec<Memory>> {
        self.memories.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Finds names, sentence by sentence.
    pub(crate) fn tag(&self, analysis: &Analysis, memory: &mut Memory) -> Vec<Tagged> {
        let mut found = Vec::new();
        for sentences in sections(analysis) {
            let mut reader = Reader::new(&self.weights, analysis, sentences, memory);
            reader.read();
            reader.read_again();
            reader.names(&mut found);
        }
        found
    }
}

/// What one tagger has found out about single words, kept from document to document and from call to call. It holds
/// what the weights say of a word and nothing of the documents, so that it changes the speed of a call and no more.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    /// The forms met so far, by a hash of what their facts are made from.
    forms: Numbers,
    facts: Vec<Facts>,
    /// What the facts of each form are made from: where its folded word ends in `words`, and the rest.
    origins: Vec<(usize, u64)>,
    words: String,
    /// For each form and distance where the sum of the weights of the word's own features stands in `sums`; 0 for none.
    places: Vec<[u32; DISTANCES]>,
    sums: Vec<Scores>,
    /// A buffer of the size of a vocabulary.
    numbers: Vec<u32>,
    /// Buffers of the size of a batch and of a sentence.
    batch: Batch,
    scratch: Scratch,
    back: Vec<Lanes>,
}

/// The distances at which a word speaks for a token.
const DISTANCES: usize = 2 * REACH + 1;
/// Forms that are remembered at most; more than stand in a hundred articles on a story.
const REMEMBERED: usize = 1 << 16;
/// Forms that are remembered from call to call at most, and places in each buffer; about six megabytes.
const KEPT: usize = 1 << 14;
/// And so many bytes of their words.
const KEPT_BYTES: usize = 1 << 18;

impl Memory {
    /// Whether it is worth keeping when the call is over, whatever texts the call has read.
    pub(crate) fn is_small(&self) -> bool {
        let buffers = [self.numbers.capacity(), self.back.capacity(), self.scratch.room(), self.batch.room()];
        self.facts.len() <= KEPT && self.words.len() <= KEPT_BYTES && buffers.iter().all(|room| *room <= KEPT)
    }

    /// For each token of a section the number of its form in the memory.
    fn number(&mut self, analysis: &Analysis, forms: &Forms, weights: &Weights) -> Vec<u32> {
        if self.facts.len() > REMEMBERED {
            self.forget();
        }
        let (mut numbers, certain) = self.learn(analysis, forms, weights);
        if !certain {
            // Two words have one hash: what is read must not depend on what was read before.
            self.forget();
            numbers = self.learn(analysis, forms, weights).0;
        }
        forms.of_token.iter().map(|form| numbers[*form as usize]).collect()
    }

    fn forget(&mut self) {
        *self = Memory { numbers: std::mem::take(&mut self.numbers), ..Memory::default() };
    }

    /// Remembers the forms of a section; their numbers, and whether each is known by that number for certain.
    fn learn(&mut self, analysis: &Analysis, forms: &Forms, weights: &Weights) -> (Vec<u32>, bool) {
        let lexicon = weights.lexicon();
        let mut certain = true;
        let mut learn = |form: &Form| {
            let (word, rest) = (analysis.vocabulary.folded(form.word), Facts::made_from(forms, form));
            let number = self.forms.number(Facts::identity(analysis, forms, form));
            let at = number as usize;
            if let Some(&(end, known)) = self.origins.get(at) {
                let start = at.checked_sub(1).map_or(0, |before| self.origins[before].0);
                certain &= known == rest && &self.words[start..end] == word;
            } else {
                self.facts.push(Facts::new(analysis, forms, form, &lexicon));
                self.places.push([0; DISTANCES]);
                self.words.push_str(word);
                self.origins.push((self.words.len(), rest));
            }
            number
        };
        let numbers = forms.forms.iter().map(&mut learn).collect();
        (numbers, certain)
    }

    /// Where the sum of the weights of a word's own features at a distance stands, or will when the batch is added up.
    fn place(&mut self, form: u32, distance: usize) -> u32 {
        let place = &mut self.places[form as usize][distance];
        if *place == 0 {
            let facts = &self.facts[form as usize];
            self.batch.extend(self.sums.len(), |keys| facts.keys(distance as i64 - REACH as i64, keys));
            self.sums.push([0; LANES]);
            *place = self.sums.len() as u32;
        }
        *place - 1
    }
}

/// Scores and decodes the sentences of one section of a document.
pub(crate) struct Reader<'a> {
    analysis: &'a Analysis,
    weights: &'a Weights,
    memory: &'a mut Memory,
    pub(crate) forms: Forms,
    /// For each token the number of its form in the memory.
    numbers: Vec<u32>,
    /// The stretches that are looked at, in order.
    runs: Vec<Run>,
    /// The scores of every token.
    pub(crate) scores: Vec<Scores>,
    /// The label of every token.
    pub(crate) labels: Vec<u8>,
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

/// The words of a sentence that speak for one of its tokens, each with its distance: a word one to the left of the
/// token stands at [`REACH`] and one.
fn around(token: usize, count: usize) -> impl Iterator<Item = (usize, usize)> {
    let words = token.saturating_sub(REACH)..(token + REACH + 1).min(count);
    words.map(move |word| (word, token + REACH - word))
}

impl<'a> Reader<'a> {
    pub(crate) fn new(
        weights: &'a Weights,
        analysis: &'a Analysis,
        sentences: Vec<Sentence>,
        memory: &'a mut Memory,
    ) -> Self {
        let forms = Forms::new(analysis, sentences, &mut memory.numbers);
        let numbers = memory.number(analysis, &forms, weights);
        let count = forms.of_token.len();
        let mut surely = [0; LANES];
        surely[OUTSIDE] = SURELY;
        Reader {
            analysis,
            weights,
            runs: runs(&forms),
            memory,
            forms,
            numbers,
            scores: vec![surely; count],
            labels: vec![OUTSIDE as u8; count],
        }
    }

    /// Reads every sentence by itself.
    pub(crate) fn read(&mut self) {
        let places = self.ask();
        self.score(&places);
        for run in 0..self.runs.len() {
            self.decode(run);
        }
    }

    /// Reads every sentence again in the light of the first reading of all.
    fn read_again(&mut self) {
        let Reader { weights, forms, labels, runs, memory, scores, .. } = self;
        let batch = &mut memory.batch;
        let votes = Votes::new(forms, labels);
        let (mut again, mut verdicts) = (Vec::new(), Verdicts::default());
        for (number, run) in runs.iter().enumerate() {
            let Range { start, end } = forms.range(run.sentence);
            let style = forms.styles[run.sentence];
            let mut any = false;
            for i in run.tokens.clone() {
                batch.extend(i, |keys| {
                    votes.keys(forms, labels, (i, start, end, style), &mut verdicts, keys);
                });
                any |= !batch.is_last_empty();
                if batch.is_full() {
                    weights.rows.add(batch, scores);
                }
            }
            if any {
                again.push(number);
            }
        }
        weights.rows.add(batch, scores);
        again.into_iter().for_each(|run| self.decode(run));
    }

    /// Sums up the weights of the features of single words, at every distance at which one is needed. Returns where
    /// the sums stand that [`Reader::score`] adds up, in its order.
    fn ask(&mut self) -> Vec<u32> {
        let Reader { weights, forms, numbers, memory, runs, .. } = self;
        let mut places =
            Vec::with_capacity(DISTANCES * runs.iter().map(|run| run.tokens.len()).sum::<usize>());
        for run in &*runs {
            let range = forms.range(run.sentence);
            let numbers = &numbers[range.clone()];
            for i in run.tokens.clone() {
                let around = around(i - range.start, numbers.len());
                places.extend(around.map(|(at, distance)| memory.place(numbers[at], distance)));
                if memory.batch.is_full() {
                    weights.rows.add(&mut memory.batch, &mut memory.sums);
                }
            }
        }
        weights.rows.add(&mut memory.batch, &mut memory.sums);
        places
    }

    /// Sums up the weights of all features of every token in the stretches.
    fn score(&mut self, mut places: &[u32]) {
        let Reader { analysis, weights, forms, numbers, memory, runs, scores, .. } = self;
        let Memory { facts, sums, batch, scratch, .. } = &mut **memory;
        let lexicon = weights.lexicon();
        for runs in runs.chunk_by(|a, b| a.sentence == b.sentence) {
            let sentence = runs[0].sentence;
            let range = forms.range(sentence);
            let known = (&**facts, &numbers[range.clone()], &lexicon);
            let window = Window::new(analysis, (forms, sentence), known, scratch);
            for i in runs.iter().flat_map(|run| run.tokens.clone()) {
                let own = i - range.start;
                let (here, rest) = places.split_at(around(own, range.len()).count());
                places = rest;
                let mut sum = [0; LANES];
                for &place in here {
                    let known = &sums[place as usize];
                    sum.iter_mut().zip(known).for_each(|(sum, score)| *sum += score);
                }
                scores[i] = sum;
                batch.extend(i, |keys| window.keys(own, keys));
                if batch.is_full() {
                    weights.rows.add(batch, scores);
                }
            }
        }
        weights.rows.add(batch, scores);
    }

    /// Finds the best sequence of labels of a stretch. The tokens around it are outside, whatever it holds: no reading
    /// of theirs makes up for what they would lose (`Weights::new` checks that).
    fn decode(&mut self, run: usize) {
        let Range { start, end } = self.runs[run].tokens;
        let sentence = self.forms.range(self.runs[run].sentence);
        let Weights { transitions, steps, .. } = self.weights;
        let back = &mut self.memory.back;
        back.clear();
        let mut best = transitions[if start == sentence.start { LABELS } else { OUTSIDE }];
        for (score, sum) in self.scores[start].iter().zip(&mut best) {
            *sum += score;
        }
        let mut lanes = Lanes::new(&best);
        for scores in &self.scores[start + 1..end] {
            let next = steps.from(&lanes);
            back.push(next);
            lanes = next.plain();
            lanes.add(scores);
        }
        let mut best = lanes.labels();
        if end < sentence.end {
            best.iter_mut().zip(transitions).for_each(|(sum, row)| *sum += row[OUTSIDE]);
        }
        let mut label = (0..LABELS).max_by_key(|&l| (best[l], std::cmp::Reverse(l))).unwrap_or(OUTSIDE);
        for i in (start..end).rev() {
            self.labels[i] = label as u8;
            if i > start {
                label = steps::before(back[i - 1 - start].of(label));
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
