//! The same words of somebody, quoted in several documents.
//!
//! In: the quotations of all documents. Out: findings: whoever quotes the same words agrees on what was said. Costs time
//! linear in the quotations, but for sorting.

use super::Finding;
use super::Relation;
use super::pair::{Context, Said};
use crate::story::QuoteKind;
use crate::text::stop::is_stop_hash;
use std::collections::BTreeSet;

/// Words of a run that two quotations must share; fewer suffice when they are all of a quotation.
const RUN: usize = 6;
const SHORTEST: usize = 3;
/// How many of them must carry meaning.
const MEANING: usize = 2;
/// Places of one run that are compared; what is quoted everywhere is a motto.
const HOLDERS: usize = 6;
/// How sure it is that one quotation is meant.
const SCORE: f64 = 0.6;

impl Context<'_, '_> {
    /// Statements of different documents that quote the same words.
    pub(super) fn quotations(&self) -> Vec<Finding> {
        let pieces = self.pieces();
        let short = |words: &&[u64]| (SHORTEST..RUN).contains(&words.len()) && means(words);
        let mut whole: Vec<u64> = pieces.iter().map(|p| p.1.as_slice()).filter(short).map(hash).collect();
        whole.sort_unstable();
        let mut runs: Vec<(u64, u32)> = Vec::new();
        for (number, words) in &pieces {
            for length in SHORTEST..=RUN {
                let held = words.windows(length).filter(|run| means(run)).map(hash);
                let kept = held.filter(|run| length == RUN || whole.binary_search(run).is_ok());
                runs.extend(kept.map(|run| (run, *number)));
            }
        }
        runs.sort_unstable();
        runs.dedup();
        let document = |number: u32| self.all.list[number as usize].document;
        let mut seen = BTreeSet::new();
        let mut out = Vec::new();
        for holders in runs.chunk_by(|a, b| a.0 == b.0) {
            let holders = &holders[..holders.len().min(HOLDERS)];
            for (i, &(_, a)) in holders.iter().enumerate() {
                for &(_, b) in &holders[i + 1..] {
                    if self.sources.copies[document(a)] == self.sources.copies[document(b)]
                        || !seen.insert((a, b))
                    {
                        continue;
                    }
                    let pair = (a as usize, b as usize);
                    let terms = self.shared(pair);
                    let words = self.topic(terms);
                    let said = Said {
                        key: format!("quoted {words}"),
                        topic: String::new(),
                        reason: "both quote the same words".into(),
                        values: self.phrases(terms, pair),
                    };
                    out.push(self.finding_with(terms, (Relation::Agree, SCORE), pair, said));
                }
            }
        }
        out
    }

    /// The quoted words of every statement: its number and the hashes of the words.
    fn pieces(&self) -> Vec<(u32, Vec<u64>)> {
        let mut pieces = Vec::new();
        for (number, statement) in self.all.list.iter().enumerate() {
            let bytes = statement.span.range();
            let analysis = &self.sources.analyses[statement.document];
            let quotes = &self.sources.quotes[statement.document];
            let from = quotes.partition_point(|q| q.span.byte_span().end <= bytes.start);
            let inside = quotes[from..].iter().take_while(|q| q.span.byte_span().start < bytes.end);
            for quote in inside.filter(|q| q.kind == QuoteKind::Direct) {
                let span = quote.span.byte_span();
                let (start, end) = (span.start.max(bytes.start), span.end.min(bytes.end));
                let from = analysis.tokens.partition_point(|t| (t.span.start as usize) < start);
                let tokens = analysis.tokens[from..].iter().take_while(|t| (t.span.end as usize) <= end);
                let words = tokens.filter(|t| t.is_word()).map(|t| analysis.vocabulary.hash(t.word));
                pieces.push((number as u32, words.collect()));
            }
        }
        pieces
    }
}

fn means(run: &[u64]) -> bool {
    run.iter().filter(|w| !is_stop_hash(**w)).count() >= MEANING
}

fn hash(run: &[u64]) -> u64 {
    run.iter().fold(run.len() as u64, |h, w| (h.rotate_left(5) ^ w).wrapping_mul(0x9E37_79B9_7F4A_7C15))
}
