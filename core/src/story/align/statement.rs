//! Sentences as statements: weighted terms, figures, days and cues, and how alike two of them are.
//!
//! A term is the stem of a content word or a member of the cast. Terms weigh by how few sentences have them; pairs
//! of statements are found through their rare terms alone, under a budget that grows with the number of statements.

use super::reader::Reader;
use super::{Sources, term};
use crate::span::ByteSpan;
use crate::text::Analysis;
use crate::text::number::Numbers;
use crate::text::stem::Stemmer;
use crate::text::word::hash_bytes;
use std::sync::LazyLock;

/// Figures and times of a statement that are compared.
pub(super) const FIGURES: usize = 12;

/// A kind of cue, as a bit.
pub(super) type Cues = u16;
pub(super) const REVISE: Cues = 1;
pub(super) const FIRST: Cues = 2;
pub(super) const SOURCE: Cues = 4;
pub(super) const ANOTHER: Cues = 8;
pub(super) const NOT: Cues = 16;
pub(super) const DEATH: Cues = 32;
pub(super) const MISSING: Cues = 64;
pub(super) const HURT: Cues = 128;
pub(super) const HOME: Cues = 256;
pub(super) const CONTRAST: Cues = 512;
pub(super) const TOLLS: Cues = DEATH | MISSING | HURT | HOME;

/// The cues of words: numbers for the hashes of the words, and for each number its cues.
static CUES: LazyLock<(Numbers, Vec<Cues>)> = LazyLock::new(|| {
    let kinds =
        ["revise", "first", "source", "another", "not", "death", "missing", "hurt", "home", "contrast"];
    let lines =
        include_str!("cue.txt").lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once(' '));
    let (mut numbers, mut cues) = (Numbers::default(), Vec::new());
    for (kind, word) in lines {
        let bit = kinds.iter().position(|k| *k == kind).expect("data files name known kinds: tested");
        let number = numbers.number(hash_bytes(word.as_bytes())) as usize;
        cues.resize(numbers.len(), 0);
        cues[number] |= 1 << bit;
    }
    (numbers, cues)
});

/// One term of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Term {
    pub(super) id: u32,
    /// The first token of it in the sentence.
    pub(super) token: u32,
}

/// A thing of a country, and whether the sentence puts something into it or out of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Held {
    pub(super) thing: u32,
    pub(super) country: u32,
    pub(super) inside: bool,
}

/// What one sentence states.
#[derive(Debug, Default)]
pub(super) struct Statement<'a> {
    pub(super) document: usize,
    pub(super) sentence: u32,
    pub(super) span: ByteSpan,
    /// Sorted by id, each once.
    pub(super) terms: Vec<Term>,
    /// Indices of the document's figures that stand in the sentence.
    pub(super) figures: std::ops::Range<u32>,
    /// The days that it names, ascending; times of the clock with the day as far as it is known; years written out.
    pub(super) days: Vec<&'a str>,
    pub(super) clocks: Vec<&'a str>,
    pub(super) years: Vec<&'a str>,
    pub(super) cues: Cues,
    /// Members of the cast whom the sentence names: person or place, ascending.
    pub(super) members: Vec<u32>,
    /// Terms that a denial reaches, ascending.
    pub(super) denied: Vec<u32>,
    /// What it says to lie in or outside a country's part of something: "inside Iraqi waters".
    pub(super) held: Vec<Held>,
    /// Verbs that stand against others: row of the list, side, whether in time, and where it stands.
    pub(super) opposed: Vec<(u16, bool, bool, Term)>,
    /// The number of the first token that says that it replaces something, from the sentence's first.
    pub(super) revised_at: Option<u32>,
    pub(super) norm: f64,
    pub(super) sum: f64,
}

/// All statements of a story.
pub(super) struct Statements<'a> {
    pub(super) analyses: &'a [Analysis],
    pub(super) list: Vec<Statement<'a>>,
    pub(super) weights: Vec<f64>,
    /// The number of statements that have the term.
    pub(super) spread: Vec<u32>,
    pub(super) names: Vec<&'a str>,
    /// Whether the term is a member of the cast.
    pub(super) is_name: Vec<bool>,
}

/// The weightiest terms that two statements share, as many as are told.
pub(super) type SharedTerms = [Option<u32>; 4];

/// How alike two statements are.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Likeness {
    pub(super) cosine: f64,
    /// The share of the shorter statement's weight that the other has too.
    pub(super) cover: f64,
    pub(super) shared: usize,
}

pub(super) fn cue_of(hash: u64) -> Cues {
    let (numbers, cues) = &*CUES;
    numbers.find(hash).map_or(0, |number| cues[number as usize])
}

impl<'a> Statements<'a> {
    pub(super) fn read(sources: &'a Sources<'_>) -> Self {
        let mut out = Statements {
            analyses: sources.analyses,
            list: Vec::new(),
            weights: Vec::new(),
            spread: Vec::new(),
            names: Vec::new(),
            is_name: Vec::new(),
        };
        let mut reader = Reader {
            sources,
            opposed: Vec::new(),
            homes: term::homes(sources.cast, sources.catalog),
            ids: Numbers::default(),
            stemmer: Stemmer::default(),
        };
        for document in 0..sources.analyses.len() {
            reader.document(document, &mut out);
        }
        let count = out.list.len() as f64;
        out.weights = out.spread.iter().map(|df| log2(1.0 + count / f64::from(*df))).collect();
        for statement in &mut out.list {
            let weights = statement.terms.iter().map(|t| out.weights[t.id as usize]);
            statement.sum = weights.clone().sum();
            statement.norm = weights.map(|w| w * w).sum::<f64>().sqrt();
        }
        out
    }

    /// Pairs of statements that share rare terms, in order.
    pub(super) fn candidates(&self) -> Vec<(u32, u32)> {
        const UNUSED: u32 = u32::MAX;
        let is_rare = |term: &usize| (2..=POSTINGS).contains(&self.spread[*term]);
        let mut order: Vec<usize> = (0..self.spread.len()).filter(is_rare).collect();
        order.sort_by_key(|&term| self.spread[term]);
        let mut left = PAIRS + PAIRS_EACH * self.list.len();
        // Where the holders of each term stand that is used.
        let (mut starts, mut count) = (vec![UNUSED; self.spread.len()], 0);
        for term in order {
            let spread = self.spread[term];
            let pairs = (spread * (spread - 1) / 2) as usize;
            if pairs > left {
                break;
            }
            left -= pairs;
            starts[term] = count;
            count += spread;
        }
        let (mut holders, mut ends) = (vec![0; count as usize], starts.clone());
        for (number, statement) in self.list.iter().enumerate() {
            for end in statement.terms.iter().map(|term| term.id as usize) {
                if ends[end] != UNUSED {
                    holders[ends[end] as usize] = number as u32;
                    ends[end] += 1;
                }
            }
        }
        let (mut pairs, mut row, mut met) = (Vec::new(), Vec::new(), vec![u32::MAX; self.list.len()]);
        for (number, statement) in self.list.iter().enumerate() {
            row.clear();
            for term in statement.terms.iter().map(|term| term.id as usize) {
                if starts[term] == UNUSED {
                    continue;
                }
                // Behind the statement itself.
                starts[term] += 1;
                for &other in &holders[starts[term] as usize..ends[term] as usize] {
                    if std::mem::replace(&mut met[other as usize], number as u32) != number as u32 {
                        row.push(other);
                    }
                }
            }
            row.sort_unstable();
            pairs.extend(row.iter().map(|&other| (number as u32, other)));
        }
        pairs
    }

    pub(super) fn likeness(&self, a: &Statement, b: &Statement) -> Likeness {
        self.likeness_by((a, b), common(&a.terms, &b.terms).map(|id| (id, true)))
    }

    /// As [`Statements::likeness`], where `is_shared` tells of each term of the second whether the first has it too.
    pub(super) fn likeness_marked(
        &self,
        (a, b): (&Statement, &Statement),
        is_shared: impl Fn(u32) -> bool,
    ) -> Likeness {
        self.likeness_by((a, b), b.terms.iter().map(|term| (term.id, is_shared(term.id))))
    }

    /// The terms come with whether both have them.
    fn likeness_by(
        &self,
        (a, b): (&Statement, &Statement),
        terms: impl Iterator<Item = (u32, bool)>,
    ) -> Likeness {
        let (mut squares, mut sum, mut shared) = (0.0, 0.0, 0);
        for (id, is_shared) in terms {
            // Adding nothing is cheaper than a guess at what is shared.
            let mask = u64::from(is_shared).wrapping_neg();
            let weight = f64::from_bits(self.weights[id as usize].to_bits() & mask);
            squares += weight * weight;
            sum += weight;
            shared += usize::from(is_shared);
        }
        let cosine = if shared > 0 { squares / (a.norm * b.norm) } else { 0.0 };
        Likeness { cosine, cover: if shared > 0 { sum / a.sum.min(b.sum) } else { 0.0 }, shared }
    }

    /// How many words that are no names two statements share.
    pub(super) fn shared_plain(&self, a: &Statement, b: &Statement) -> usize {
        common(&a.terms, &b.terms).filter(|id| !self.is_name[*id as usize]).count()
    }

    /// The terms that two statements share, weightiest first.
    pub(super) fn shared_terms(&self, a: &Statement, b: &Statement) -> SharedTerms {
        let mut most = SharedTerms::default();
        for id in common(&a.terms, &b.terms) {
            // Of two that weigh the same the first stays before the second.
            let weight = self.weights[id as usize];
            let lighter = |m: &Option<u32>| m.is_none_or(|m| self.weights[m as usize] < weight);
            let place = most.len() - most.iter().rev().take_while(|m| lighter(m)).count();
            if place < most.len() {
                most[place..].rotate_right(1);
                most[place] = Some(id);
            }
        }
        most
    }

    /// The names of terms, one after the other.
    pub(super) fn words(&self, terms: impl Iterator<Item = u32>) -> String {
        let mut words = String::new();
        for term in terms {
            if !words.is_empty() {
                words.push_str(", ");
            }
            words.push_str(self.names[term as usize]);
        }
        words
    }
}

/// A term in more statements is a word of the story and no sign of a common statement.
pub(super) const POSTINGS: u32 = 30;
/// Pairs that are compared at most: so many, and so many more for each statement.
const PAIRS: usize = 20_000;
const PAIRS_EACH: usize = 40;

fn common<'t>(a: &'t [Term], b: &'t [Term]) -> impl Iterator<Item = u32> + 't {
    let mut rest = b;
    a.iter().filter_map(move |term| {
        while let [first, tail @ ..] = rest
            && first.id < term.id
        {
            rest = tail;
        }
        rest.first().is_some_and(|t| t.id == term.id).then_some(term.id)
    })
}

/// The binary logarithm, linear between powers of two: exact arithmetic, the same on every platform.
fn log2(x: f64) -> f64 {
    let (mut whole, mut power) = (0.0, 1.0);
    while power * 2.0 <= x {
        power *= 2.0;
        whole += 1.0;
    }
    whole + (x / power - 1.0)
}
