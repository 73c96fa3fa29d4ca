//! Where statements agree, differ, were revised, or tell of different events.
//!
//! In: analyses, documents, cast, dates, figures and quotations. Out: [`Claim`]s, best first: facts with offsets, not
//! verdicts. `reader` turns sentences into statements over terms (`term`: synonyms and spellings count as one); pairs are
//! found through rare terms, equal figures and minutes. Then figures (`measure`, `toll`), days, stages, denials and
//! opposed verbs (`contrast`), the same words quoted (`quoted`), roles and spellings (`name`) are set side by side;
//! `event` tells which documents speak of different events. Documents that are copies of one another are not set
//! against each other. Costs time linear in the text, but for sorting.

mod compare;
mod contrast;
mod event;
mod measure;
mod name;
mod occurrence;
mod pair;
mod quoted;
mod reader;
mod statement;
mod term;
#[cfg(test)]
mod tests;
mod toll;

use super::{Claim, ClaimSpan, Quote, Relation, StoryEvent, TimeExpression};
use crate::Document;
use crate::cast::Cast;
use crate::catalog::Catalog;
use crate::span::ByteSpan;
use crate::story::figure::Measured;
use crate::text::Analysis;
use statement::{SharedTerms, Statements};
use std::collections::{BTreeMap, BTreeSet};

/// One side of a finding: a sentence and the value it gives.
#[derive(Clone, Debug, PartialEq)]
struct Side {
    document: usize,
    span: ByteSpan,
    value: String,
}

/// Two statements and how they stand to each other.
#[derive(Clone, Debug)]
struct Finding {
    relation: Relation,
    score: f64,
    topic: String,
    reason: String,
    /// What both statements have is added to topic and reason when the claim is made.
    shared: SharedTerms,
    /// Findings of one key are of one thing: equal values are joined, and one conflict is told per pair of documents.
    key: String,
    sides: [Side; 2],
    /// Further places of the same finding.
    more: Vec<Side>,
}

/// A claim names at most so many places.
const SPANS: usize = 8;
/// Of conflicts with several sources on each side.
const CONFLICT_SPANS: usize = 12;
/// Of statements on different events in two documents so many pairs are told.
const EXAMPLES: usize = 6;

/// Everything that statements are read from.
pub(crate) struct Sources<'a> {
    pub(crate) analyses: &'a [Analysis],
    pub(crate) documents: &'a [Document],
    /// For each document the first one of which it is a copy, or itself.
    pub(crate) copies: &'a [usize],
    pub(crate) cast: &'a Cast,
    pub(crate) dates: &'a [Vec<TimeExpression>],
    pub(crate) figures: &'a [Vec<Measured>],
    pub(crate) quotes: &'a [Vec<Quote>],
    pub(crate) catalog: &'a Catalog,
}

/// Sets the statements of all documents side by side, and groups them by event.
pub(crate) fn read(sources: &Sources<'_>) -> (Vec<Claim>, Vec<StoryEvent>) {
    let statements = Statements::read(sources);
    let mut findings = pair::findings(sources, &statements);
    findings.extend(name::findings(sources));
    let claims = join(&findings, &statements, sources.copies)
        .into_iter()
        .map(|claim| claim.report(sources.analyses))
        .collect();
    (claims, occurrence::events(sources, &statements))
}

/// A claim under construction.
struct Draft {
    relation: Relation,
    score: f64,
    topic: String,
    reason: String,
    sides: Vec<Side>,
}

impl Draft {
    fn add(&mut self, side: &Side) {
        let known = self.sides.iter().any(|s| s.document == side.document && s.span == side.span);
        if !known && self.sides.len() < SPANS {
            self.sides.push(side.clone());
        }
    }

    fn report(mut self, analyses: &[Analysis]) -> Claim {
        self.sides.sort_by_key(|s| (s.document, s.span));
        let span = |s: &Side| ClaimSpan { document: s.document, span: analyses[s.document].report(s.span) };
        Claim {
            relation: self.relation,
            topic: self.topic,
            reason: self.reason,
            spans: self.sides.iter().map(span).collect(),
            values: self.sides.into_iter().map(|s| s.value).collect(),
        }
    }
}

/// Joins findings into claims: agreements on one value become one claim; of conflicts on one thing between two
/// documents the clearest is told, with everybody who gives either value; what a copy says again is not told again.
fn join(findings: &[Finding], statements: &Statements<'_>, copies: &[usize]) -> Vec<Draft> {
    let place = |s: &Side| (s.document, s.span);
    let mut findings: Vec<&Finding> = findings.iter().collect();
    findings.sort_by(|a, b| {
        b.score.total_cmp(&a.score).then_with(|| {
            (a.relation, place(&a.sides[0]), place(&a.sides[1])).cmp(&(
                b.relation,
                place(&b.sides[0]),
                place(&b.sides[1]),
            ))
        })
    });
    let mut drafts: Vec<Draft> = Vec::new();
    let mut agreed: BTreeMap<(usize, ByteSpan, &str), usize> = BTreeMap::new();
    // Two statements that agree on a figure or a name are not told again as alike in their words.
    let agreeing = |f: &&&Finding| f.relation == Relation::Agree;
    let pair = |f: &Finding| (place(&f.sides[0]), place(&f.sides[1]));
    let mut paired: BTreeSet<_> =
        findings.iter().filter(agreeing).filter(|f| !f.is_loose()).map(|f| pair(f)).collect();
    for finding in findings.iter().filter(agreeing) {
        if finding.is_loose() && !paired.insert(pair(finding)) {
            continue;
        }
        let keys = finding.sides.each_ref().map(|s| (s.document, s.span, finding.key.as_str()));
        let known = keys.iter().find_map(|k| agreed.get(k).copied());
        let draft = match known {
            Some(draft) => draft,
            None => {
                drafts.push(finding.draft(statements));
                drafts.len() - 1
            }
        };
        for (key, side) in keys.into_iter().zip(&finding.sides) {
            drafts[draft].add(side);
            agreed.entry(key).or_insert(draft);
        }
    }
    let mut told: BTreeMap<(Relation, usize, usize, &str), (usize, &str)> = BTreeMap::new();
    let values: Vec<_> = drafts.iter().map(|d| d.sides.clone()).collect();
    // The first agreement that each side is part of.
    let mut group_of: BTreeMap<(usize, ByteSpan, &str), usize> = BTreeMap::new();
    for (group, side) in values.iter().enumerate().flat_map(|(n, sides)| sides.iter().map(move |s| (n, s))) {
        group_of.entry((side.document, side.span, &side.value)).or_insert(group);
    }
    for finding in findings.iter().filter(|f| f.relation != Relation::Agree) {
        let [a, b] = &finding.sides;
        // Of events that only look alike two documents make one claim, with a few examples.
        let alike = if finding.relation == Relation::DifferentEvent { "" } else { finding.key.as_str() };
        // What is denied anywhere makes one claim, whoever denies it.
        let denied = finding.key.starts_with("denied");
        let pair = if denied { (0, 0) } else { (copies[a.document], copies[b.document]) };
        let key = (finding.relation, pair.0, pair.1, alike);
        if let Some((known, topic)) = told.get(&key) {
            let draft = &mut drafts[*known];
            let holds = |document: usize| draft.sides.iter().any(|s| s.document == document);
            // Of one sort: kilometres beside kilometres.
            let further = finding.relation == Relation::DifferentEvent
                && *topic == finding.topic
                && holds(a.document)
                && holds(b.document);
            if (further || denied) && draft.sides.len() + 2 <= EXAMPLES {
                draft.add(a);
                draft.add(b);
            }
            continue;
        }
        told.insert(key, (drafts.len(), &finding.topic));
        let mut draft = finding.draft(statements);
        for side in [a, b] {
            // Whoever gives the same value in an agreement with this sentence stands on its side.
            let group = group_of.get(&(side.document, side.span, side.value.as_str())).map(|n| &values[*n]);
            for other in group.into_iter().flatten().filter(|s| s.value == side.value).take(3) {
                draft.add(other);
            }
        }
        drafts.push(draft);
    }
    drafts.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.relation.cmp(&b.relation)));
    drafts
}

impl Finding {
    /// Whether the statements agree in words, a day or a quotation and in nothing that has a value.
    fn is_loose(&self) -> bool {
        ["words", "quoted", "same day"].iter().any(|kind| self.key.starts_with(kind))
    }

    fn draft(&self, statements: &Statements<'_>) -> Draft {
        let words = self.shared.into_iter().flatten();
        let shared = statements.words(words.filter(|term| statements.names[*term as usize] != self.topic));
        let topic = match (self.topic.is_empty(), shared.is_empty()) {
            (true, _) => shared.clone(),
            (_, true) => self.topic.clone(),
            _ => format!("{}: {shared}", self.topic),
        };
        let reason = if shared.is_empty() {
            self.reason.clone()
        } else {
            format!("{}; both have {shared}", self.reason)
        };
        Draft {
            relation: self.relation,
            score: self.score,
            topic,
            reason,
            sides: self.sides.iter().chain(&self.more).take(CONFLICT_SPANS).cloned().collect(),
        }
    }
}
