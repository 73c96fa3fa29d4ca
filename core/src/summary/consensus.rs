//! What several documents agree on, and what a sentence adds to those taken.
//!
//! In: a [`Field`] of several documents. Out: a [`Consensus`] that values candidates. The value of a set of sentences
//! has three parts: how well its sentences stand for what all documents say (facility location over sentences of
//! weighted importance; Lin and Bilmes 2011), the words that several documents share and the set covers, each once (in
//! the manner of Gillick and Favre 2009), and the importance of its sentences less their likeness to each other.
//! Importance is a linear mixture of how many documents say something similar, place, figures (most of all those that
//! several documents give) and quotation. Copies of one text speak with one voice.
//!
//! The constants come from ten clusters with written summaries and eight with annotated key facts, scored at ten budgets
//! each, where every neighbouring setting does about as well: a step of any one of them changes the coverage of key
//! facts by .02 at most, which is less than it differs from story to story.

use super::Reason;
use super::field::{Field, Opening};
use super::select::Model;
use crate::text::TokenKind;
use std::ops::Range;

/// So many candidates, the earliest of all documents, are compared with each other; the rest fills up.
const POOL: usize = 512;

/// Weights of the parts of importance.
const VOICES: f64 = 0.2;
/// For a summary of five sentences; a longer one has room for the openings of more documents.
const PLACE: f64 = 0.07;
const FIGURE: f64 = 0.015;
/// For the sentence with the most figures that several documents give.
const SHARED_FIGURES: f64 = 0.04;
const QUOTE: f64 = -0.03;
/// What a sentence of no importance has all the same.
const LEAST: f64 = 1e-4;

/// A sentence stands for another from the first cosine on, wholly from the second.
const LIKE: [f64; 2] = [0.125, 0.45];
/// Worth of all shared words beside all that sentences stand for.
const WORDS: f64 = 0.6;
/// A figure that several documents give is worth so many of their other words: it is what they report.
const FIGURE_WORDS: f64 = 3.0;
/// Worth of the importance of the most important sentence itself.
const IMPORTANCE: f64 = 0.02;
/// The length of a summary, in sentences, for which the constants hold as they are.
const USUAL: f64 = 5.0;
/// A summary expected to be longer than this many sentences is weighed as one of this length.
const LONGEST: f64 = 20.0;
/// Length counts with this power as cost under a limit on length.
const LENGTH_COST: f64 = 0.3;
/// What a sentence loses whose opening points to a sentence that is left out.
const CONNECTIVE: f64 = 0.1;
const PRONOUN: f64 = 0.5;
/// Sentences shorter or longer than this many words are taken only when no other fits.
const PLAIN: std::ops::RangeInclusive<u32> = 6..=45;

/// The names under which the parts of a value are told: of importance, then what it stands for and what it covers.
const NAMES: [&str; 6] = ["agreement", "position", "figures", "quotation", "represents", "coverage"];

/// Values candidates of several documents.
pub(crate) struct Consensus<'a> {
    field: &'a Field<'a>,
    /// Candidates that are compared, ascending.
    pool: Vec<usize>,
    /// The place of each candidate in the pool.
    place: Vec<u32>,
    /// Cosines between the candidates of the pool, row by row.
    cosines: Vec<f32>,
    /// For each candidate of the pool those that it stands for, and how well.
    like: Listed,
    /// The share of all importance that each candidate of the pool has.
    share: Vec<f64>,
    /// The worth of each candidate of the pool by the parts of importance.
    parts: Vec<[f64; 4]>,
    weights: Vec<f64>,
    /// The shared words of each candidate, each once.
    words: Distinct,
    covered: Vec<bool>,
    /// How well each candidate of the pool is stood for.
    represented: Vec<f64>,
    /// The largest cosine of each candidate of the pool to one taken.
    closest: Vec<f64>,
}

impl<'a> Consensus<'a> {
    /// Prepares the candidates for a summary of about `sentences` sentences.
    pub(crate) fn new(field: &'a Field<'a>, sentences: f64) -> Self {
        let room = sentences.clamp(1.0, LONGEST) / USUAL;
        let pool = pool(field);
        let mut place = vec![u32::MAX; field.candidates.len()];
        pool.iter().enumerate().for_each(|(at, &candidate)| place[candidate] = at as u32);
        let cosines = cosines(field, &pool);
        let figures = figures(field);
        let weights = shared(field, &figures);
        let mut consensus = Consensus {
            field,
            place,
            like: likenesses(&cosines, pool.len()),
            cosines,
            share: Vec::new(),
            parts: Vec::new(),
            words: Distinct::new(field, &weights),
            weights,
            covered: vec![false; field.term_count],
            represented: vec![0.0; pool.len()],
            closest: vec![0.0; pool.len()],
            pool,
        };
        consensus.weigh(room, &figures);
        consensus
    }

    fn row(&self, at: usize) -> &[f32] {
        &self.cosines[at * self.pool.len()..][..self.pool.len()]
    }

    /// Fills in the importance of every candidate of the pool, and what share of all importance it has. Each text
    /// counts with the root of its importance, so that a long one does not drown the others.
    fn weigh(&mut self, room: f64, figures: &[bool]) {
        let field = self.field;
        let group = |at: usize| field.groups[field.candidates[self.pool[at]].document as usize] as usize;
        let shared: Vec<f64> = self.pool.iter().map(|&candidate| self.figures(candidate, figures)).collect();
        let most_shared = shared.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
        let mut voices = vec![0.0f32; field.group_count];
        // The candidates of one document stand side by side.
        let numbers: Vec<usize> = (0..self.pool.len()).collect();
        let runs: Vec<&[usize]> = numbers.chunk_by(|a, b| group(*a) == group(*b)).collect();
        for (at, &shared) in shared.iter().enumerate() {
            voices.iter_mut().for_each(|voice| *voice = 0.0);
            let others = runs.iter().filter(|run| group(run[0]) != group(at));
            for run in others {
                let cosines = &self.row(at)[run[0]..][..run.len()];
                let voice = &mut voices[group(run[0])];
                *voice =
                    cosines.iter().fold(*voice, |most, &cosine| if cosine > most { cosine } else { most });
            }
            let this = &field.candidates[self.pool[at]];
            self.parts.push([
                VOICES * voices.iter().map(|&voice| f64::from(voice)).sum::<f64>() / field.group_count as f64,
                PLACE * room * room.sqrt() / (1.0 + f64::from(this.position)),
                if this.figure { FIGURE } else { 0.0 } + SHARED_FIGURES * shared / most_shared,
                if this.quotes { QUOTE } else { 0.0 },
            ]);
        }
        let sums: Vec<f64> = self.parts.iter().map(|parts| parts.iter().sum::<f64>().max(LEAST)).collect();
        let most = sums.iter().copied().fold(LEAST, f64::max);
        let mut texts = vec![0.0; field.group_count];
        sums.iter().enumerate().for_each(|(at, sum)| texts[group(at)] += sum);
        let shares = sums.iter().enumerate().map(|(at, sum)| sum / texts[group(at)].sqrt());
        let shares: Vec<f64> = shares.collect();
        let all: f64 = shares.iter().sum();
        self.share = shares.into_iter().map(|share| share / all).collect();
        for parts in &mut self.parts {
            parts.iter_mut().for_each(|part| *part *= IMPORTANCE * room / most);
        }
    }

    /// The worth of the figures of a candidate that several documents give.
    fn figures(&self, candidate: usize, figures: &[bool]) -> f64 {
        let words = self.words.of(candidate).iter().map(|&word| word as usize);
        words.filter(|&word| figures[word]).map(|word| self.weights[word]).sum()
    }

    /// The worth of the shared words of a candidate: all of them, or those not covered yet.
    fn cover(&self, candidate: usize, all: bool) -> f64 {
        let words = self.words.of(candidate).iter();
        words
            .filter(|&&word| all || !self.covered[word as usize])
            .map(|&word| self.weights[word as usize])
            .sum()
    }

    /// What a candidate stands for: all of it, or what no candidate taken stands for.
    fn represents(&self, at: usize, all: bool) -> f64 {
        let mut sum = 0.0;
        for &(other, likeness) in self.like.of(at) {
            let other = other as usize;
            let before = if all { 0.0 } else { self.represented[other] };
            sum += self.share[other] * (likeness - before).max(0.0);
        }
        sum
    }

    fn at(&self, candidate: usize) -> Option<usize> {
        let at = self.place[candidate];
        (at != u32::MAX).then_some(at as usize)
    }
}

impl Model for Consensus<'_> {
    fn value(&self, candidate: usize) -> f64 {
        let covered = self.cover(candidate, false);
        let Some(at) = self.at(candidate) else { return covered };
        let importance: f64 = self.parts[at].iter().sum();
        self.represents(at, false) + covered + importance.max(0.0) * (1.0 - self.closest[at])
    }

    fn reasons(&self, candidate: usize) -> Vec<Reason> {
        let value = self.value(candidate);
        let mut parts = [0.0; NAMES.len()];
        if let Some(at) = self.at(candidate) {
            parts[..4].copy_from_slice(&self.parts[at]);
            parts[4] = self.represents(at, true);
        }
        parts[5] = self.cover(candidate, true);
        let whole: f64 = parts.iter().sum();
        let mut reasons: Vec<Reason> =
            NAMES.iter().zip(parts).map(|(name, value)| Reason::new(name, value)).collect();
        reasons.push(Reason::new("redundancy", value - whole));
        reasons
    }

    fn take(&mut self, candidate: usize) {
        self.words.of(candidate).iter().for_each(|&word| self.covered[word as usize] = true);
        let Some(at) = self.at(candidate) else { return };
        for (closest, &cosine) in self.closest.iter_mut().zip(&self.cosines[at * self.pool.len()..]) {
            *closest = closest.max(f64::from(cosine));
        }
        for &(other, likeness) in self.like.of(at) {
            let represented = &mut self.represented[other as usize];
            *represented = represented.max(likeness);
        }
    }

    fn cost(&self, _candidate: usize, share: f64) -> f64 {
        if share > 0.0 { libm::pow(share, LENGTH_COST) } else { 1.0 }
    }

    fn leaning(&self, opening: Opening) -> f64 {
        match opening {
            Opening::Plain => 0.0,
            Opening::Connective => CONNECTIVE,
            Opening::Pronoun => PRONOUN,
        }
    }

    fn is_plain(&self, candidate: usize) -> bool {
        PLAIN.contains(&self.field.candidates[candidate].words)
    }
}

fn likeness(cosine: f32) -> f64 {
    ((f64::from(cosine) - LIKE[0]) / (LIKE[1] - LIKE[0])).clamp(0.0, 1.0)
}

/// The earliest candidates of all documents, fragments left out.
fn pool(field: &Field) -> Vec<usize> {
    let mut pool: Vec<usize> =
        (0..field.candidates.len()).filter(|&candidate| !field.candidates[candidate].fragment).collect();
    pool.sort_by_key(|&candidate| (field.candidates[candidate].position, candidate));
    pool.truncate(POOL);
    pool.sort_unstable();
    pool
}

/// Lists of numbers with a weight each, one behind the other.
#[derive(Default)]
struct Listed {
    entries: Vec<(u32, f64)>,
    ends: Vec<usize>,
}

impl Listed {
    fn range(&self, list: usize) -> Range<usize> {
        if list == 0 { 0..self.ends[0] } else { self.ends[list - 1]..self.ends[list] }
    }

    fn of(&self, list: usize) -> &[(u32, f64)] {
        &self.entries[self.range(list)]
    }
}

/// For each candidate of the pool those that it stands for at all, ascending.
fn likenesses(cosines: &[f32], count: usize) -> Listed {
    let mut like = Listed::default();
    for row in cosines.chunks(count.max(1)) {
        let near = row.iter().enumerate().filter(|&(_, &cosine)| f64::from(cosine) > LIKE[0]);
        like.entries.extend(near.map(|(other, &cosine)| (other as u32, likeness(cosine))));
        like.ends.push(like.entries.len());
    }
    like
}

/// Cosines of the term vectors, weighted by how rare a term is among the sentences of the pool.
fn cosines(field: &Field, pool: &[usize]) -> Vec<f32> {
    let count = pool.len();
    let mut vectors = Listed::default();
    let mut terms = Vec::new();
    // The number of vectors that have each term.
    let mut holders = vec![0u32; field.term_count];
    for &candidate in pool {
        terms.clear();
        terms.extend_from_slice(field.terms(&field.candidates[candidate]));
        terms.sort_unstable();
        for run in terms.chunk_by(|a, b| a == b) {
            vectors.entries.push((run[0], run.len() as f64));
            holders[run[0] as usize] += 1;
        }
        vectors.ends.push(vectors.entries.len());
    }
    let rarity = |holders: u32| libm::log(1.0 + count as f64 / f64::from(holders));
    let rarities: Vec<f64> = (0..=holders.iter().copied().max().unwrap_or(0)).map(rarity).collect();
    // For each term the vectors that have it.
    let (mut postings, mut end) = (Listed::default(), 0);
    postings.entries.resize(vectors.entries.len(), (0, 0.0));
    for &held in &holders {
        postings.ends.push(end);
        end += held as usize;
    }
    for at in 0..count {
        let vector = &mut vectors.entries[vectors.ends[..at].last().copied().unwrap_or(0)..vectors.ends[at]];
        for (term, weight) in vector.iter_mut() {
            *weight *= rarities[holders[*term as usize] as usize];
        }
        let length = vector.iter().map(|entry| entry.1 * entry.1).sum::<f64>().sqrt();
        for (term, weight) in vector.iter_mut() {
            *weight /= length;
            let end = &mut postings.ends[*term as usize];
            postings.entries[*end] = (at as u32, *weight);
            *end += 1;
        }
    }
    let mut cosines = Vec::with_capacity(count * count);
    let mut row = vec![0.0f64; count];
    for at in 0..count {
        row.fill(0.0);
        for &(term, weight) in vectors.of(at) {
            for &(other, other_weight) in postings.of(term as usize) {
                row[other as usize] += weight * other_weight;
            }
        }
        row[at] = 1.0;
        cosines.extend(row.iter().map(|&cosine| cosine as f32));
    }
    cosines
}

/// Which terms are numbers somewhere.
fn figures(field: &Field) -> Vec<bool> {
    let mut figures = vec![false; field.term_count];
    for candidate in field.candidates.iter().filter(|candidate| candidate.figure) {
        let analysis = &field.analyses[candidate.document as usize];
        let tokens = analysis.tokens_of(&analysis.sentences[candidate.sentence as usize].tokens);
        for token in tokens.iter().filter(|token| token.kind == TokenKind::Number) {
            if let Some(term) = field.number_of(analysis, token) {
                figures[term as usize] = true;
            }
        }
    }
    figures
}

/// What each word is worth that several texts hold: their number, more for words met early and for figures; together
/// [`WORDS`]. Copies are left out.
fn shared(field: &Field, figures: &[bool]) -> Vec<f64> {
    let mut texts = vec![0u32; field.term_count];
    let mut last = vec![u32::MAX; field.term_count];
    let mut earliest = vec![u32::MAX; field.term_count];
    for candidate in field.candidates.iter().filter(|candidate| !field.is_copy(candidate.document as usize)) {
        for &term in field.terms(candidate) {
            let term = term as usize;
            if last[term] != candidate.document {
                last[term] = candidate.document;
                texts[term] += 1;
            }
            earliest[term] = earliest[term].min(candidate.position);
        }
    }
    let worth = |term: usize| {
        let (texts, earliest) = (f64::from(texts[term]), f64::from(earliest[term]));
        let kind = if figures[term] { FIGURE_WORDS } else { 1.0 };
        if texts < 2.0 { 0.0 } else { kind * texts * (1.0 + 1.0 / (1.0 + earliest)) }
    };
    let worth: Vec<f64> = (0..field.term_count).map(worth).collect();
    let all = worth.iter().sum::<f64>().max(f64::MIN_POSITIVE);
    worth.iter().map(|worth| WORDS * worth / all).collect()
}

/// For every candidate its numbers of some weight, each once, ascending.
struct Distinct {
    numbers: Vec<u32>,
    ends: Vec<usize>,
}

impl Distinct {
    fn new(field: &Field, weights: &[f64]) -> Self {
        let mut distinct = Distinct { numbers: Vec::new(), ends: Vec::with_capacity(field.candidates.len()) };
        let mut own = Vec::new();
        for candidate in &field.candidates {
            own.clear();
            own.extend(field.terms(candidate).iter().copied().filter(|&term| weights[term as usize] > 0.0));
            own.sort_unstable();
            own.dedup();
            distinct.numbers.extend_from_slice(&own);
            distinct.ends.push(distinct.numbers.len());
        }
        distinct
    }

    fn of(&self, candidate: usize) -> &[u32] {
        let start = if candidate == 0 { 0 } else { self.ends[candidate - 1] };
        &self.numbers[start..self.ends[candidate]]
    }
}
