//! Sentences as statements: weighted terms, figures, days and cues, and how alike two of them are.
//!
//! A term is the stem of a content word or a member of the cast. Terms weigh by how few sentences have them; pairs
//! of statements are found through their rare terms alone, under a budget that grows with the number of statements.

use super::reader::Reader;
use super::{Sources, term};
use crate::span::ByteSpan;
use crate::text::Analysis;
use crate::text::stem::Stemmer;
use crate::text::word::hash_bytes;
use std::collections::BTreeMap;
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

static CUES: LazyLock<Vec<(u64, Cues)>> = LazyLock::new(|| {
    let kinds =
        ["revise", "first", "source", "another", "not", "death", "missing", "hurt", "home", "contrast"];
    let lines =
        include_str!("cue.txt").lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once(' '));
    let mut cues: Vec<(u64, Cues)> = lines
        .map(|(kind, word)| {
            let bit = kinds.iter().position(|k| *k == kind).expect("data files name known kinds: tested");
            (hash_bytes(word.as_bytes()), 1 << bit)
        })
        .collect();
    cues.sort_unstable();
    cues
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
pub(super) struct Statement {
    pub(super) document: usize,
    pub(super) sentence: u32,
    pub(super) span: ByteSpan,
    /// Sorted by id, each once.
    pub(super) terms: Vec<Term>,
    /// Indices of the document's figures and times that stand in the sentence.
    pub(super) figures: std::ops::Range<u32>,
    pub(super) times: std::ops::Range<u32>,
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
    pub(super) list: Vec<Statement>,
    pub(super) weights: Vec<f64>,
    /// The number of statements that have the term.
    pub(super) spread: Vec<u32>,
    pub(super) names: Vec<String>,
    /// Whether the term is a member of the cast.
    pub(super) is_name: Vec<bool>,
}

/// How alike two statements are.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Likeness {
    pub(super) cosine: f64,
    /// The share of the shorter statement's weight that the other has too.
    pub(super) cover: f64,
    pub(super) shared: usize,
}

pub(super) fn cue_of(hash: u64) -> Cues {
    let at = CUES.partition_point(|c| c.0 < hash);
    CUES[at..].iter().take_while(|c| c.0 == hash).fold(0, |all, c| all | c.1)
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
            opposed: BTreeMap::new(),
            homes: term::homes(sources.cast, sources.catalog),
            ids: BTreeMap::new(),
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
        let mut postings: Vec<Vec<u32>> = vec![Vec::new(); self.spread.len()];
        for (number, statement) in self.list.iter().enumerate() {
            for term in &statement.terms {
                if self.spread[term.id as usize] <= POSTINGS {
                    postings[term.id as usize].push(number as u32);
                }
            }
        }
        let mut order: Vec<usize> = (0..postings.len()).filter(|t| postings[*t].len() > 1).collect();
        order.sort_by_key(|t| (postings[*t].len(), *t));
        let mut left = PAIRS + PAIRS_EACH * self.list.len();
        let mut pairs = Vec::new();
        for term in order {
            let list = &postings[term];
            let count = list.len() * (list.len() - 1) / 2;
            if count > left {
                break;
            }
            left -= count;
            for (i, a) in list.iter().enumerate() {
                pairs.extend(list[i + 1..].iter().map(|b| (*a, *b)));
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }

    pub(super) fn likeness(&self, a: &Statement, b: &Statement) -> Likeness {
        let (mut squares, mut sum, mut shared) = (0.0, 0.0, 0);
        for id in common(&a.terms, &b.terms) {
            let weight = self.weights[id as usize];
            squares += weight * weight;
            sum += weight;
            shared += 1;
        }
        let cosine = if shared > 0 { squares / (a.norm * b.norm) } else { 0.0 };
        Likeness { cosine, cover: if shared > 0 { sum / a.sum.min(b.sum) } else { 0.0 }, shared }
    }

    /// How many words that are no names two statements share.
    pub(super) fn shared_plain(&self, a: &Statement, b: &Statement) -> usize {
        common(&a.terms, &b.terms).filter(|id| !self.is_name[*id as usize]).count()
    }

    /// The words that two statements share, weightiest first.
    pub(super) fn shared_words(&self, a: &Statement, b: &Statement, most: usize) -> Vec<&str> {
        let mut ids: Vec<u32> = common(&a.terms, &b.terms).collect();
        ids.sort_by(|x, y| self.weights[*y as usize].total_cmp(&self.weights[*x as usize]).then(x.cmp(y)));
        ids.iter().take(most).map(|id| self.names[*id as usize].as_str()).collect()
    }
}

/// A term in more statements is a word of the story and no sign of a common statement.
const POSTINGS: u32 = 30;
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
