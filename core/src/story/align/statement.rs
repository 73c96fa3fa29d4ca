//! Sentences as statements: weighted terms, figures, days and cues, and how alike two of them are.
//!
//! A term is the stem of a content word or a member of the cast. Terms weigh by how few sentences have them; pairs
//! of statements are found through their rare terms alone, under a budget that grows with the number of statements.

use crate::cast::Cast;
use crate::catalog::EntityKind;
use crate::span::ByteSpan;
use crate::story::TimeExpression;
use crate::story::figure::Measured;
use crate::text::stem::Stemmer;
use crate::text::stop::is_stop_hash;
use crate::text::word::hash_bytes;
use crate::text::{Analysis, Region, TokenKind};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Sentences longer than this are lists or tables; the terms after it are left out.
const TERMS: usize = 120;
/// Statements without so many terms say too little to be compared by their words.
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
pub(super) const TOLLS: Cues = DEATH | MISSING | HURT | HOME;

static CUES: LazyLock<Vec<(u64, Cues)>> = LazyLock::new(|| {
    let kinds = ["revise", "first", "source", "another", "not", "death", "missing", "hurt", "home"];
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

/// What one sentence states.
#[derive(Debug)]
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
    norm: f64,
    sum: f64,
}

/// All statements of a story.
pub(super) struct Statements<'a> {
    pub(super) analyses: &'a [Analysis],
    pub(super) list: Vec<Statement>,
    pub(super) weights: Vec<f64>,
    /// The number of statements that have the term.
    pub(super) spread: Vec<u32>,
    pub(super) names: Vec<String>,
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
    pub(super) fn read(
        analyses: &'a [Analysis],
        cast: &Cast,
        dates: &[Vec<TimeExpression>],
        figures: &[Vec<Measured>],
    ) -> Self {
        let mut out = Statements {
            analyses,
            list: Vec::new(),
            weights: Vec::new(),
            spread: Vec::new(),
            names: Vec::new(),
        };
        let mut ids: BTreeMap<u64, u32> = BTreeMap::new();
        for document in 0..analyses.len() {
            out.read_document(document, cast, (&dates[document], &figures[document]), &mut ids);
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

    fn term(&mut self, hash: u64, name: impl FnOnce() -> String, ids: &mut BTreeMap<u64, u32>) -> u32 {
        *ids.entry(hash).or_insert_with(|| {
            self.names.push(name());
            self.spread.push(0);
            self.names.len() as u32 - 1
        })
    }

    fn read_document(
        &mut self,
        document: usize,
        cast: &Cast,
        (dates, figures): (&[TimeExpression], &[Measured]),
        ids: &mut BTreeMap<u64, u32>,
    ) {
        let analysis = &self.analyses[document];
        // Per distinct word: its term, found when first needed.
        let mut of_word: Vec<Option<u32>> = vec![None; analysis.vocabulary.len()];
        let mut stemmer = Stemmer::default();
        let mentions = cast.mentions.get(document).map_or(&[][..], Vec::as_slice);
        let (mut mention, mut figure, mut time) = (0, 0, 0);
        for (number, sentence) in analysis.sentences.iter().enumerate() {
            let bytes = sentence.span.range();
            let figure_start = figure;
            while figures.get(figure).is_some_and(|f| f.sentence as usize <= number) {
                figure += 1;
            }
            let skipped = dates[time..].iter().take_while(|d| d.span.byte_span().start < bytes.start).count();
            let time_start = time + skipped;
            time = time_start
                + dates[time_start..].iter().take_while(|d| d.span.byte_span().start < bytes.end).count();
            let mut statement = Statement {
                document,
                sentence: number as u32,
                span: sentence.span,
                terms: Vec::new(),
                figures: figure_start as u32..figure.min(figure_start + FIGURES) as u32,
                times: time_start as u32..time.min(time_start + FIGURES) as u32,
                cues: 0,
                members: Vec::new(),
                norm: 0.0,
                sum: 0.0,
            };
            let mut at = sentence.tokens.start;
            while at < sentence.tokens.end {
                while mentions.get(mention).is_some_and(|m| m.raw.tokens.end <= at) {
                    mention += 1;
                }
                let full = statement.terms.len() >= TERMS || sentence.region != Region::Body;
                if let Some(linked) = mentions.get(mention).filter(|m| m.raw.tokens.start <= at) {
                    if let (Some(member), false) = (linked.member, full) {
                        let name = || cast.members[member as usize].name.clone();
                        let id = self.term(hash_bytes(&member.to_le_bytes()) ^ 0x5EED, name, ids);
                        statement.terms.push(Term { id, token: at });
                        let kind = cast.members[member as usize].kind;
                        if matches!(kind, EntityKind::Person | EntityKind::Place) {
                            statement.members.push(member);
                        }
                    }
                    at = linked.raw.tokens.end.max(at + 1);
                    continue;
                }
                let token = &analysis.tokens[at as usize];
                at += 1;
                let hash = analysis.vocabulary.hash(token.word);
                statement.cues |= cue_of(hash);
                if full || token.kind != TokenKind::Word || token.is_clitic() || is_stop_hash(hash) {
                    continue;
                }
                let id = match of_word[token.word as usize] {
                    Some(id) => id,
                    None => {
                        let folded = analysis.vocabulary.folded(token.word);
                        let stem = hash_bytes(stemmer.stem(folded));
                        let id = self.term(stem, || folded.to_string(), ids);
                        of_word[token.word as usize] = Some(id);
                        id
                    }
                };
                statement.terms.push(Term { id, token: at - 1 });
            }
            if sentence.region != Region::Body || statement.terms.is_empty() {
                continue;
            }
            statement.terms.sort_unstable();
            statement.terms.dedup_by_key(|t| t.id);
            statement.members.sort_unstable();
            statement.members.dedup();
            for term in &statement.terms {
                self.spread[term.id as usize] += 1;
            }
            self.list.push(statement);
        }
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
