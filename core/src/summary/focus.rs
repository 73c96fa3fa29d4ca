//! What the reader asks about, and what the reader knows already.
//!
//! In: the phrases of `about`, the documents of `since`. Out: for every candidate whether it is admitted and by how
//! much its value is shifted.

use super::SummaryOptions;
use super::field::{Candidate, Field};
use crate::Document;
use crate::cast::Cast;
use crate::text::Analysis;
use crate::text::fold::fold_into;
use crate::text::number::Numbers;
use crate::text::word::{hash_bytes, mix};

/// A sentence is known when this share of its concepts stands in documents read before.
const KNOWN: f64 = 0.8;
/// Words of a phrase that are looked at.
const LONGEST: usize = 32;

/// Admission and shift of every candidate.
#[derive(Debug, Default)]
pub(crate) struct Focus {
    /// How well each candidate answers `about`, 0 to 1; empty when nothing is asked.
    matches: Vec<f64>,
    required: bool,
    /// The share of each candidate that is known; empty when nothing was read before.
    known: Vec<f64>,
    /// Fragments, unless there is nothing else.
    fragments: Vec<bool>,
    /// Candidates that stand word for word before.
    repeated: Vec<bool>,
    /// The value of the best candidate, which lifts those that answer over all others.
    lift: f64,
}

impl Focus {
    pub(crate) fn new(field: &Field, cast: Option<&Cast>, options: &SummaryOptions) -> Self {
        let only_fragments = field.candidates.iter().all(|candidate| candidate.fragment);
        Focus {
            matches: if options.about.is_empty() { Vec::new() } else { matches(field, cast, &options.about) },
            required: options.about_required,
            known: if options.since.is_empty() { Vec::new() } else { known(field, options) },
            fragments: field.candidates.iter().map(|c| c.fragment && !only_fragments).collect(),
            repeated: repeated(field),
            lift: 0.0,
        }
    }

    /// Whether values are shifted at all.
    pub(crate) fn asks(&self) -> bool {
        !self.matches.is_empty()
    }

    /// Sets the value over which candidates that answer are lifted.
    pub(crate) fn lift_over(&mut self, value: f64) {
        self.lift = value;
    }

    /// Whether a candidate may be chosen at all.
    pub(crate) fn admits(&self, candidate: usize) -> bool {
        self.refusal(candidate).is_none()
    }

    /// Why a candidate may not be chosen, in words.
    pub(crate) fn refusal(&self, candidate: usize) -> Option<&'static str> {
        if self.fragments[candidate] {
            Some("it is a fragment, not a sentence")
        } else if self.repeated[candidate] {
            Some("it repeats an earlier sentence word for word")
        } else if self.required && self.matches.get(candidate) == Some(&0.0) {
            Some("it names nothing of what is asked about")
        } else if self.known.get(candidate).is_some_and(|&known| known >= KNOWN) {
            Some("documents read before say it")
        } else {
            None
        }
    }

    /// What is added to a candidate's value.
    pub(crate) fn shift(&self, candidate: usize, value: f64) -> f64 {
        let asked = self.matches.get(candidate).map_or(0.0, |asked| asked * self.lift);
        let known = self.known.get(candidate).map_or(0.0, |known| -known * value.max(0.0));
        asked + known
    }
}

/// Candidates whose words stand in the same order in an earlier one.
fn repeated(field: &Field) -> Vec<bool> {
    let mut seen = Numbers::default();
    let repeats = |candidate: &Candidate| {
        let terms = field.terms(candidate).iter().map(|&term| u64::from(term));
        let all = terms.chain(field.concepts(candidate).iter().copied());
        let hash = all.fold(u64::from(candidate.words), |hash, number| {
            (hash.rotate_left(23) ^ number).wrapping_mul(0x9E37_79B9_7F4A_7C15)
        });
        let before = seen.len();
        seen.number(mix(hash));
        seen.len() == before
    };
    field.candidates.iter().map(repeats).collect()
}

/// The best match of any phrase: 1 for an entity of the cast or all words of the phrase, less for some of its words.
fn matches(field: &Field, cast: Option<&Cast>, phrases: &[String]) -> Vec<f64> {
    let mut matches = vec![0.0f64; field.candidates.len()];
    for phrase in phrases {
        let mut terms = field.numbers_of(&Analysis::new(&Document::new(phrase.as_str())));
        terms.truncate(LONGEST);
        for (candidate, best) in field.candidates.iter().zip(&mut matches) {
            let own = field.terms(candidate);
            let met = terms.iter().filter(|(_, term)| term.is_some_and(|term| own.contains(&term))).count();
            if met > 0 {
                let share = met as f64 / terms.len() as f64;
                *best = best.max(if met == terms.len() { 1.0 } else { share * share });
            }
        }
        if let Some(cast) = cast {
            mark_mentions(field, cast, phrase, &mut matches);
        }
    }
    matches
}

fn folded(text: &str) -> String {
    let mut out = String::new();
    fold_into(text.trim(), &mut out);
    out
}

/// Sentences that mention a member of the cast whom the phrase names, under any of the member's names.
fn mark_mentions(field: &Field, cast: &Cast, phrase: &str, matches: &mut [f64]) {
    let phrase = folded(phrase);
    let asked: Vec<bool> = cast
        .members
        .iter()
        .map(|member| {
            member.entity == phrase
                || folded(&member.name) == phrase
                || member.variants.iter().any(|variant| folded(&variant.text) == phrase)
        })
        .collect();
    for (candidate, best) in field.candidates.iter().zip(matches) {
        let sentence = &field.analyses[candidate.document as usize].sentences[candidate.sentence as usize];
        let Some(mentions) = cast.mentions.get(candidate.document as usize) else { continue };
        let first = mentions.partition_point(|mention| mention.raw.span.end <= sentence.span.start);
        let named = mentions[first..]
            .iter()
            .take_while(|mention| mention.raw.span.start < sentence.span.end)
            .any(|mention| mention.member.is_some_and(|member| asked[member as usize]));
        if named {
            *best = 1.0;
        }
    }
}

/// The share of each candidate's concepts that the documents read before hold; 1 for a sentence they hold whole.
fn known(field: &Field, options: &SummaryOptions) -> Vec<f64> {
    let read: Vec<Analysis> = options.since.iter().map(Analysis::new).collect();
    let mut sentences = Numbers::default();
    for analysis in &read {
        for sentence in &analysis.sentences {
            sentences.number(hash_bytes(folded(sentence.span.slice(&analysis.text)).as_bytes()));
        }
    }
    let (terms, concepts) = field.known_numbers(&read);
    field
        .candidates
        .iter()
        .map(|candidate| {
            if sentences.find(hash_bytes(folded(field.text(candidate)).as_bytes())).is_some() {
                return 1.0;
            }
            // A name or a number that was never read is news, whatever stands around it.
            let fresh = field.terms(candidate).iter().filter(|&&term| !terms[term as usize]).count();
            let pairs = field.concepts(candidate);
            let old = pairs.iter().filter(|&&concept| concepts.find(concept).is_some()).count();
            let share = if pairs.is_empty() { 0.0 } else { old as f64 / pairs.len() as f64 };
            if fresh > 0 { share.min(KNOWN / 2.0) } else { share }
        })
        .collect()
}
