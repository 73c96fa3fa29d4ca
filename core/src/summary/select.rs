//! Which sentences are chosen.
//!
//! In: candidates, their scores, the budget. Out: choices in reading order.

use super::budget::{Budget, Used};
use super::field::{Candidate, Field};
use super::rank::Ranking;
use super::{Choice, Reason};

/// Share of the closest chosen sentence's cosine that is taken off a score.
const REDUNDANCY: f64 = 0.2;
/// Sentences shorter or longer than this many words are not chosen from several documents while others are left.
const PLAIN: std::ops::RangeInclusive<u32> = 8..=60;
/// Cost counts with this power: below 1, since long sentences read better than many short ones.
const COST_POWER_QUARTERS: u32 = 3;

fn is_plain(candidate: &Candidate) -> bool {
    PLAIN.contains(&candidate.words) && !candidate.fragment
}

fn total(reasons: &[Reason]) -> f64 {
    reasons.iter().map(|reason| reason.value).sum()
}

/// Takes the highest score first, less what the sentences taken already say.
pub(crate) fn by_rank(field: &Field, ranking: &Ranking, budget: &Budget) -> Vec<Choice> {
    let count = field.candidates.len();
    let scores: Vec<f64> = ranking.reasons.iter().map(|reasons| total(reasons)).collect();
    let mut closest = vec![0.0f64; count];
    let mut open = vec![true; count];
    let mut used = budget.empty();
    let mut chosen = Vec::new();
    let mut dense = Vec::new();
    loop {
        let best = (0..count).filter(|&candidate| open[candidate] && budget.fits(&used, candidate)).max_by(
            |&a, &b| {
                let value = |i: usize| scores[i] - REDUNDANCY * closest[i];
                value(a).total_cmp(&value(b)).then(b.cmp(&a))
            },
        );
        let Some(best) = best else { break };
        budget.add(&mut used, best);
        open[best] = false;
        let mut reasons = ranking.reasons[best].clone();
        reasons.push(Reason::new("redundancy", -REDUNDANCY * closest[best]));
        chosen.push(Choice { candidate: best, reasons });
        let cosines = ranking.vectors.cosines(best, 0..count, &mut dense);
        closest.iter_mut().zip(cosines).for_each(|(most, cosine)| *most = most.max(cosine));
    }
    chosen.sort_by_key(|choice| choice.candidate);
    chosen
}

/// Takes the sentences that together say most of what several documents say.
pub(crate) fn by_coverage(field: &Field, budget: &Budget) -> Vec<Choice> {
    let weights = concept_weights(field);
    let count = field.candidates.len();
    let mut covered = vec![false; field.concept_count];
    let mut open = vec![true; count];
    let mut used = budget.empty();
    let mut chosen = Vec::new();
    for plain_only in [true, false] {
        loop {
            let best = (0..count)
                .filter(|&i| open[i] && (!plain_only || is_plain(&field.candidates[i])))
                .filter(|&i| budget.fits(&used, i))
                .map(|i| (i, gain(field, &weights, &covered, i)))
                .filter(|&(_, (all, repeated))| all > repeated)
                .max_by(|a, b| {
                    let value =
                        |(i, (all, repeated)): &(usize, (f64, f64))| (all - repeated) / cost(budget, *i);
                    value(a).total_cmp(&value(b)).then(b.0.cmp(&a.0))
                });
            let Some((best, (all, repeated))) = best else { break };
            take(field, budget, &mut used, &mut covered, best);
            open[best] = false;
            chosen.push(Choice {
                candidate: best,
                reasons: vec![Reason::new("coverage", all), Reason::new("redundancy", -repeated)],
            });
        }
    }
    chosen.sort_by_key(|choice| {
        let candidate = &field.candidates[choice.candidate];
        (candidate.position, candidate.document)
    });
    chosen
}

fn take(field: &Field, budget: &Budget, used: &mut Used, covered: &mut [bool], candidate: usize) {
    budget.add(used, candidate);
    for &concept in field.concepts(&field.candidates[candidate]) {
        covered[concept as usize] = true;
    }
}

fn cost(budget: &Budget, candidate: usize) -> f64 {
    if budget.counts_sentences_only() {
        return 1.0;
    }
    let share = budget.share(candidate);
    share.powi(COST_POWER_QUARTERS as i32).sqrt().sqrt()
}

/// The weight of all concepts of a sentence, and of those covered already or met twice.
fn gain(field: &Field, weights: &[f64], covered: &[bool], candidate: usize) -> (f64, f64) {
    let concepts = field.concepts(&field.candidates[candidate]);
    let (mut all, mut repeated) = (0.0, 0.0);
    for (place, &concept) in concepts.iter().enumerate() {
        let weight = weights[concept as usize];
        if weight > 0.0 {
            all += weight;
            if covered[concept as usize] || concepts[..place].contains(&concept) {
                repeated += weight;
            }
        }
    }
    (all, repeated)
}

/// Concepts that several documents share: their number of documents, more for those met early.
fn concept_weights(field: &Field) -> Vec<f64> {
    let least = if field.documents < 8 { 2 } else { 3 }.min(field.documents.max(1)) as u32;
    let mut documents = vec![0u32; field.concept_count];
    let mut last = vec![u32::MAX; field.concept_count];
    let mut earliest = vec![u32::MAX; field.concept_count];
    for candidate in &field.candidates {
        for &concept in field.concepts(candidate) {
            let at = concept as usize;
            if last[at] != candidate.document {
                last[at] = candidate.document;
                documents[at] += 1;
            }
            earliest[at] = earliest[at].min(candidate.position);
        }
    }
    documents
        .iter()
        .zip(&earliest)
        .map(|(&documents, &earliest)| {
            if documents < least {
                return 0.0;
            }
            f64::from(documents) * (1.0 + 3.0 / (1.0 + f64::from(earliest)))
        })
        .collect()
}
