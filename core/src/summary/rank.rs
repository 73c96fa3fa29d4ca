//! How much each sentence of one document says.
//!
//! In: a [`Field`]. Out: for each candidate the parts of its score. Coverage is the mean of three views, each over
//! its maximum: closeness to the centroid of the document (Radev et al. 2004), density of frequent word pairs, and how
//! much later sentences take up (a directed variant of degree centrality, Erkan and Radev 2004). News puts what
//! matters first, so coverage is discounted by position. Frequent words, names and figures add to it.
//!
//! The constants are round numbers from the middle of a plateau on 1,000 news articles with written highlights
//! (ten-fold ridge regression, then a grid): from half to twice each of them the result stays above the lead.

use super::Reason;
use super::field::{Field, Opening};
use super::select::Model;

/// Discount of each place down the text.
const POSITION: f64 = 0.5;
/// Coverage of sentences longer than this many words is damped by the fourth root of the excess.
const LONG: f64 = 22.0;
/// Worth of a sentence whose every word is the most frequent of the text.
const FREQUENCY: f64 = 0.7;
/// Words added to the length of a sentence before densities are taken, so that short ones do not win by chance.
const SMOOTHING: u32 = 4;
/// Worth of a sentence that is all names.
const NAMES: f64 = 0.12;
/// Worth of a number.
const FIGURE: f64 = 0.05;
/// Taken off fragments: less than any sentence can earn, so that they come last.
const FRAGMENT: f64 = -3.0;
/// Cosines below this are chance.
const CHANCE: f64 = 0.05;
/// Sentences are compared with those at most so many places further down: fewer in a long text, so that about this
/// many pairs are looked at.
const PAIRS: usize = 8192;
const WINDOW: [usize; 2] = [8, 64];

/// What a sentence loses whose opening points to a sentence that is left out; up to these shares nothing is lost on
/// the articles named above.
const CONNECTIVE: f64 = 0.1;
const PRONOUN: f64 = 0.3;
/// Share of the closest chosen sentence's cosine that is taken off a score.
const REDUNDANCY: f64 = 0.2;

/// Values candidates of one document.
pub(crate) struct Ranking<'a> {
    field: &'a Field<'a>,
    /// Coverage (the mean of its three views) and frequency of each candidate.
    views: Vec<[f64; 2]>,
    vectors: Vectors,
    /// The largest cosine of each candidate to one taken.
    closest: Vec<f64>,
    dense: Vec<f64>,
}

/// Weighted terms of each candidate, scaled to unit length.
struct Vectors {
    entries: Vec<(u32, f64)>,
    ends: Vec<u32>,
    term_count: usize,
}

impl Vectors {
    fn new(field: &Field) -> Self {
        let mut frequency = vec![0u32; field.term_count];
        for candidate in &field.candidates {
            for &term in field.terms(candidate) {
                frequency[term as usize] += 1;
            }
        }
        let mut entries: Vec<(u32, f64)> = Vec::new();
        let mut ends = Vec::with_capacity(field.candidates.len());
        let mut place = vec![u32::MAX; field.term_count];
        for candidate in &field.candidates {
            let first = entries.len();
            for &term in field.terms(candidate) {
                let weight = f64::from(frequency[term as usize]).sqrt();
                let at = place[term as usize] as usize;
                if at >= first && at < entries.len() && entries[at].0 == term {
                    entries[at].1 += weight;
                } else {
                    place[term as usize] = entries.len() as u32;
                    entries.push((term, weight));
                }
            }
            let length = entries[first..].iter().map(|entry| entry.1 * entry.1).sum::<f64>().sqrt();
            entries[first..].iter_mut().for_each(|entry| entry.1 /= length);
            ends.push(entries.len() as u32);
        }
        Vectors { entries, ends, term_count: field.term_count }
    }

    fn of(&self, candidate: usize) -> &[(u32, f64)] {
        let start = if candidate == 0 { 0 } else { self.ends[candidate - 1] };
        &self.entries[start as usize..self.ends[candidate] as usize]
    }

    /// The cosine of each candidate in `others` to `candidate`.
    fn cosines(&self, candidate: usize, others: std::ops::Range<usize>, dense: &mut Vec<f64>) -> Vec<f64> {
        dense.resize(self.term_count, 0.0);
        for &(term, weight) in self.of(candidate) {
            dense[term as usize] = weight;
        }
        let cosines = others
            .map(|other| self.of(other).iter().map(|&(term, weight)| weight * dense[term as usize]).sum());
        let cosines = cosines.collect();
        for &(term, _) in self.of(candidate) {
            dense[term as usize] = 0.0;
        }
        cosines
    }
}

impl<'a> Ranking<'a> {
    pub(crate) fn new(field: &'a Field<'a>) -> Self {
        let vectors = Vectors::new(field);
        let mut views: Vec<[f64; 2]> =
            frequency(field).into_iter().map(|frequency| [0.0, frequency]).collect();
        for view in [centroid(field, &vectors), density(field), forward_degree(field, &vectors)] {
            let most = view.iter().copied().fold(0.0, f64::max);
            if most > 0.0 {
                views.iter_mut().zip(&view).for_each(|(views, value)| views[0] += value / most / 3.0);
            }
        }
        Ranking { field, views, vectors, closest: vec![0.0; field.candidates.len()], dense: Vec::new() }
    }

    fn parts(&self, candidate: usize) -> [f64; NAMED.len()] {
        let [coverage, frequency] = self.views[candidate];
        let closest = self.closest[candidate];
        let candidate = &self.field.candidates[candidate];
        let words = f64::from(candidate.words);
        let near = coverage / (1.0 + POSITION * f64::from(candidate.position));
        let long = near * (LONG / words).min(1.0).sqrt().sqrt();
        [
            coverage,
            near - coverage,
            long - near,
            FREQUENCY * frequency,
            NAMES * f64::from(candidate.capitals) / words,
            if candidate.figure { FIGURE } else { 0.0 },
            if candidate.fragment { FRAGMENT } else { 0.0 },
            -REDUNDANCY * closest,
        ]
    }
}

/// The names under which the parts of a value are told.
const NAMED: [&str; 8] =
    ["coverage", "position", "length", "frequency", "names", "figures", "noise", "redundancy"];

impl Model for Ranking<'_> {
    fn value(&self, candidate: usize) -> f64 {
        self.parts(candidate).iter().sum()
    }

    fn reasons(&self, candidate: usize) -> Vec<Reason> {
        NAMED.iter().zip(self.parts(candidate)).map(|(name, value)| Reason::new(name, value)).collect()
    }

    fn take(&mut self, candidate: usize) {
        let mut dense = std::mem::take(&mut self.dense);
        let cosines = self.vectors.cosines(candidate, 0..self.field.candidates.len(), &mut dense);
        self.closest.iter_mut().zip(cosines).for_each(|(most, cosine)| *most = most.max(cosine));
        self.dense = dense;
    }

    fn cost(&self, _candidate: usize, _share: f64) -> f64 {
        1.0
    }

    fn leaning(&self, opening: Opening) -> f64 {
        match opening {
            Opening::Plain => 0.0,
            Opening::Connective => CONNECTIVE,
            Opening::Pronoun => PRONOUN,
        }
    }

    fn is_plain(&self, _candidate: usize) -> bool {
        true
    }
}

fn centroid(field: &Field, vectors: &Vectors) -> Vec<f64> {
    let mut centre = vec![0.0; field.term_count];
    for candidate in 0..field.candidates.len() {
        for &(term, weight) in vectors.of(candidate) {
            centre[term as usize] += weight;
        }
    }
    (0..field.candidates.len())
        .map(|candidate| {
            vectors.of(candidate).iter().map(|&(term, weight)| weight * centre[term as usize]).sum()
        })
        .collect()
}

fn density(field: &Field) -> Vec<f64> {
    let (concepts, count) = field.concept_numbers();
    let mut frequency = vec![0u32; count];
    concepts.iter().for_each(|&concept| frequency[concept as usize] += 1);
    let mut rest = concepts.as_slice();
    field
        .candidates
        .iter()
        .map(|candidate| {
            let own = rest.split_off(..field.concepts(candidate).len()).unwrap_or_default();
            let sum: u32 = own.iter().map(|&concept| frequency[concept as usize] - 1).sum();
            f64::from(sum) / f64::from(candidate.words + 8)
        })
        .collect()
}

fn forward_degree(field: &Field, vectors: &Vectors) -> Vec<f64> {
    let count = field.candidates.len();
    let window = (PAIRS / count.max(1)).clamp(WINDOW[0], WINDOW[1]);
    let mut dense = vec![0.0; field.term_count];
    let mut degrees = Vec::with_capacity(count);
    for candidate in 0..count {
        let own = vectors.of(candidate);
        own.iter().for_each(|&(term, weight)| dense[term as usize] = weight);
        let mut degree = 0.0;
        for later in candidate + 1..count.min(candidate + 1 + window) {
            let cosine: f64 =
                vectors.of(later).iter().map(|&(term, weight)| weight * dense[term as usize]).sum();
            degree += (cosine - CHANCE).max(0.0);
        }
        degrees.push(degree);
        own.iter().for_each(|&(term, _)| dense[term as usize] = 0.0);
    }
    degrees
}

/// How frequent the words of each candidate are, 1 for the most frequent of the text throughout.
pub(crate) fn frequency(field: &Field) -> Vec<f64> {
    let mut frequency = vec![0u32; field.term_count];
    for candidate in &field.candidates {
        for &term in field.terms(candidate) {
            frequency[term as usize] += 1;
        }
    }
    let most = f64::from(frequency.iter().copied().max().unwrap_or(0).max(1));
    field
        .candidates
        .iter()
        .map(|candidate| {
            let terms = field.terms(candidate);
            let sum: u32 = terms.iter().map(|&term| frequency[term as usize]).sum();
            f64::from(sum) / f64::from(terms.len() as u32 + SMOOTHING) / most
        })
        .collect()
}
