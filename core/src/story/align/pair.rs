//! Pairs of statements and what they say of each other.

use super::compare::{self, Fact, Verdict};
use super::statement::{
    ANOTHER, DEATH, FIRST, HOME, HURT, Likeness, NOT, REVISE, SOURCE, Statement, Statements, TOLLS,
};
use super::{Finding, Side, Sources};
use crate::story::{Relation, TimeExpression};
use crate::text::TokenKind;
use std::collections::{BTreeMap, BTreeSet};

/// Thresholds on likeness and score, chosen on the annotated stories so that about seven of ten findings hold.
const FIGURES_AGREE: f64 = 0.24;
const FIGURES_DIFFER: f64 = 0.30;
const WORDS_AGREE: f64 = 0.36;
const NAMES_AGREE: f64 = 0.27;
const BRIEF_AGREE: f64 = 0.20;
const CLASH: f64 = 0.22;
/// A brief statement has so many terms at most, and what it shares stands in so many statements at most.
const BRIEF: usize = 8;
const RARE: u32 = 10;
const DAYS_DIFFER: f64 = 0.30;
const REVISED: f64 = 0.15;
/// A value in more places than this is found through rare words alone.
const HOLDERS: usize = 24;
/// A document's toll is what it says within its first sentences.
const HEAD: u32 = 8;

pub(super) fn findings(sources: &Sources<'_>, all: &Statements<'_>, copies: &[usize]) -> Vec<Finding> {
    let facts: Vec<Vec<Fact>> =
        all.list.iter().map(|s| compare::facts(all, s, &sources.figures[s.document])).collect();
    let mut pairs = all.candidates();
    pairs.extend(by_figure(&facts));
    pairs.extend(by_clock(sources, all));
    pairs.sort_unstable();
    pairs.dedup();
    let context = Context { sources, all, facts: &facts, backdrop: backdrop(sources, all) };
    let mut out = Vec::new();
    for (a, b) in pairs {
        let (x, y) = (&all.list[a as usize], &all.list[b as usize]);
        if x.document != y.document && copies[x.document] == copies[y.document] {
            continue;
        }
        context.pair(a as usize, b as usize, &mut out);
    }
    out.extend(context.tolls(copies));
    out
}

/// Statements that give the same number or count the same noun.
fn by_figure(facts: &[Vec<Fact>]) -> Vec<(u32, u32)> {
    let mut holders: BTreeMap<(String, &str), Vec<u32>> = BTreeMap::new();
    for (number, list) in facts.iter().enumerate() {
        for fact in list {
            let figure = &fact.measured.figure;
            let mut push = |key: (String, &'static str)| {
                let list = holders.entry(key).or_default();
                if list.last() != Some(&(number as u32)) && list.len() <= HOLDERS {
                    list.push(number as u32);
                }
            };
            push((fact.measured.amount.to_string(), "value"));
            if !figure.counted.is_empty() {
                push((format!("{} {}", figure.unit, figure.counted.to_lowercase()), "counted"));
            } else if figure.unit == "points" {
                push((figure.unit.clone(), "unit"));
            }
        }
    }
    pairs_of(holders.into_values())
}

/// Statements that name the same minute.
fn by_clock(sources: &Sources<'_>, all: &Statements<'_>) -> Vec<(u32, u32)> {
    let mut holders: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for (number, statement) in all.list.iter().enumerate() {
        for clock in clocks(&sources.dates[statement.document], statement) {
            let list = holders.entry(clock).or_default();
            if list.last() != Some(&(number as u32)) && list.len() <= HOLDERS {
                list.push(number as u32);
            }
        }
    }
    pairs_of(holders.into_values())
}

/// All pairs inside each list that is not too long.
fn pairs_of(lists: impl Iterator<Item = Vec<u32>>) -> Vec<(u32, u32)> {
    let mut pairs = Vec::new();
    for list in lists.filter(|list| list.len() <= HOLDERS) {
        for (i, a) in list.iter().enumerate() {
            pairs.extend(list[i + 1..].iter().map(|b| (*a, *b)));
        }
    }
    pairs
}

/// Days that three or more documents name: what the story is about, and no news of any of them.
fn backdrop<'a>(sources: &Sources<'a>, all: &Statements<'_>) -> BTreeSet<&'a str> {
    let mut named: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for statement in &all.list {
        for day in days(&sources.dates[statement.document], statement) {
            named.entry(day).or_default().insert(statement.document);
        }
    }
    named.into_iter().filter(|(_, documents)| documents.len() > 2).map(|(day, _)| day).collect()
}

/// The days that a statement names.
fn days<'a>(dates: &'a [TimeExpression], statement: &Statement) -> Vec<&'a str> {
    let own = &dates[statement.times.start as usize..statement.times.end as usize];
    let day = |t: &'a TimeExpression| {
        let named = matches!(t.precision.as_ref(), "day" | "time") && !t.value.starts_with("XXXX-XX");
        t.value.get(..10).filter(|_| named)
    };
    let mut days: Vec<&str> = own.iter().filter_map(day).collect();
    days.sort_unstable();
    days.dedup();
    days
}

/// Times of the clock that a statement names, to the minute.
fn clocks<'a>(dates: &'a [TimeExpression], statement: &Statement) -> Vec<&'a str> {
    let own = &dates[statement.times.start as usize..statement.times.end as usize];
    own.iter().filter_map(|t| t.value.get(..16).filter(|v| v.as_bytes()[10] == b'T')).collect()
}

struct Context<'c, 'a> {
    sources: &'c Sources<'a>,
    all: &'c Statements<'c>,
    facts: &'c [Vec<Fact<'c>>],
    backdrop: BTreeSet<&'a str>,
}

impl Context<'_, '_> {
    fn side(&self, statement: usize, value: String) -> Side {
        let statement = &self.all.list[statement];
        Side { document: statement.document, span: statement.span, value }
    }

    fn topic(&self, a: usize, b: usize, most: usize) -> String {
        self.all.shared_words(&self.all.list[a], &self.all.list[b], most).join(", ")
    }

    fn finding(&self, relation: Relation, score: f64, (a, b): (usize, usize), said: Said) -> Finding {
        let shared = self.topic(a, b, 4);
        let topic = match (said.topic.is_empty(), shared.is_empty()) {
            (true, _) => shared.clone(),
            (_, true) => said.topic.clone(),
            _ => format!("{}: {shared}", said.topic),
        };
        let reason =
            if shared.is_empty() { said.reason } else { format!("{}; both have {shared}", said.reason) };
        let [x, y] = said.values;
        Finding {
            relation,
            score,
            topic,
            reason,
            key: said.key,
            sides: [self.side(a, x), self.side(b, y)],
            more: Vec::new(),
        }
    }

    fn pair(&self, a: usize, b: usize, out: &mut Vec<Finding>) {
        let (x, y) = (&self.all.list[a], &self.all.list[b]);
        let like = self.all.likeness(x, y);
        let mut settled = self.figures((a, b), like, out);
        if x.document == y.document {
            self.revision((a, b), like, settled, out);
            return;
        }
        let (dx, dy) = (&self.sources.dates[x.document], &self.sources.dates[y.document]);
        let said = |key: &str, topic: &str, reason: String, values: [String; 2]| Said {
            key: key.into(),
            topic: topic.into(),
            reason,
            values,
        };
        if like.cosine >= DAYS_DIFFER
            && let Some((noun, m, n)) = self.stages(x, y)
        {
            let reason = format!("{noun} {m} is not {noun} {n}");
            let values = [format!("{noun} {m}"), format!("{noun} {n}")];
            let said = said("stage", noun, reason, values);
            out.push(self.finding(Relation::DifferentEvent, like.cosine + 0.3, (a, b), said));
            return;
        }
        let fresh = |days: Vec<&str>| -> Vec<String> {
            days.into_iter().filter(|d| !self.backdrop.contains(d)).map(str::to_string).collect()
        };
        let (days_x, days_y) = (fresh(days(dx, x)), fresh(days(dy, y)));
        let both = !days_x.is_empty() && !days_y.is_empty();
        let meet = days_x.iter().any(|d| days_y.contains(d));
        let clock = clocks(dx, x).into_iter().find(|c| clocks(dy, y).contains(c));
        if let Some(clock) = clock.filter(|c| !c.starts_with("XXXX") && like.shared > 0) {
            let said = said("clock", "time", format!("both say {clock}"), [clock.into(), clock.into()]);
            out.push(self.finding(Relation::Agree, like.cosine + 0.3, (a, b), said));
            settled = true;
        }
        if both && !meet && like.cosine >= DAYS_DIFFER && like.shared >= 4 {
            let values = [days_x.join(", "), days_y.join(", ")];
            let reason = format!("{} is not {}", values[0], values[1]);
            out.push(self.finding(
                Relation::DifferentEvent,
                like.cosine,
                (a, b),
                said("day", "day", reason, values),
            ));
            // Who does what there may agree all the same.
        }
        if settled {
            return;
        }
        if meet && like.cosine >= 0.15 && like.shared >= 3 {
            let day = days_x.iter().find(|d| days_y.contains(d)).cloned().unwrap_or_default();
            let said = said("same day", "", format!("both are of {day}"), [day.clone(), day]);
            out.push(self.finding(Relation::Agree, like.cosine + 0.1, (a, b), said));
            return;
        }
        let named = x.members.iter().filter(|m| y.members.contains(m)).count() >= 2 && like.shared >= 5;
        // A short statement of which the other has nearly half in rare words.
        let brief = x.terms.len().min(y.terms.len()) <= BRIEF && like.cover >= 0.42 && self.is_rare((x, y));
        let alike = like.cosine >= WORDS_AGREE
            || named && like.cosine >= NAMES_AGREE
            || brief && like.cosine >= BRIEF_AGREE;
        if alike && like.shared >= 3 && like.cover >= 0.35 && (!both || meet || like.shared >= 6) {
            self.words((a, b), like, out);
        }
    }

    /// Statements alike in their words alone.
    fn words(&self, (a, b): (usize, usize), like: Likeness, out: &mut Vec<Finding>) {
        let (x, y) = (&self.all.list[a], &self.all.list[b]);
        let (cx, cy) =
            (clocks(&self.sources.dates[x.document], x), clocks(&self.sources.dates[y.document], y));
        let denied = (x.cues ^ y.cues) & NOT != 0 && like.cosine < 0.6;
        if denied || !cx.is_empty() && !cy.is_empty() {
            return;
        }
        let shared = self.topic(a, b, 3);
        let said = Said {
            key: format!("words {}", if like.cosine >= 0.6 { String::new() } else { format!("{a} {b}") }),
            topic: String::new(),
            reason: "the statements are alike".into(),
            values: [shared.clone(), shared],
        };
        out.push(self.finding(Relation::Agree, like.cosine, (a, b), said));
    }

    /// Inside one document: what was said first, and what replaced it.
    fn revision(&self, (a, b): (usize, usize), like: Likeness, settled: bool, out: &mut Vec<Finding>) {
        let (x, y) = (&self.all.list[a], &self.all.list[b]);
        let close = y.sentence - x.sentence <= 4;
        let replaced = y.cues & REVISE != 0 && (x.cues & FIRST != 0 || y.sentence == x.sentence + 1);
        if settled || !close || !replaced || like.cosine < REVISED || like.shared < 2 {
            return;
        }
        let said = Said {
            key: format!("revision {a}"),
            topic: String::new(),
            reason: "the second statement says that it replaces the first".into(),
            values: ["first".into(), "later".into()],
        };
        out.push(self.finding(Relation::Revised, like.cosine + 0.1, (a, b), said));
    }

    /// Compares the figures of two statements; returns whether they were of one thing.
    fn figures(&self, (a, b): (usize, usize), like: Likeness, out: &mut Vec<Finding>) -> bool {
        let (x, y) = (&self.all.list[a], &self.all.list[b]);
        let (fx, fy) = (&self.facts[a], &self.facts[b]);
        let same_document = x.document == y.document;
        let mut best: [Option<(Verdict, &Fact, &Fact)>; 2] = [None, None];
        for p in fx {
            for q in fy {
                let Some(verdict) = compare::compare(p, q, like, same_document) else { continue };
                let slot = &mut best[usize::from(!verdict.agrees)];
                if slot.is_none_or(|(known, ..)| verdict.score > known.score) {
                    *slot = Some((verdict, p, q));
                }
            }
        }
        if let Some((verdict, p, q)) = best[0].filter(|(v, ..)| v.score >= FIGURES_AGREE) {
            let reason = format!("\"{}\" and \"{}\" agree", p.measured.figure.text, q.measured.figure.text);
            // A large number without its currency is the sum that others give with it.
            let unit = if p.measured.figure.value >= 1e5 { "" } else { p.measured.figure.unit.as_str() };
            let key = format!("{} {unit}", p.measured.amount);
            out.push(self.finding(
                Relation::Agree,
                verdict.score,
                (a, b),
                Said::figures(key, (p, q), reason),
            ));
            return true;
        }
        let Some((verdict, p, q)) = best[1].filter(|(v, ..)| v.score >= FIGURES_DIFFER) else {
            // Figures of one thing that differ: the statements do not say the same, however alike their words.
            return best[1].is_some_and(|(v, ..)| v.score >= CLASH);
        };
        // A value that the other statement gives as well is no other value.
        let given = |value: &Fact, list: &[Fact]| {
            list.iter().any(|f| compare::is_compatible(f.measured, value.measured))
        };
        if given(p, fy) || given(q, fx) || !self.same_scope(x, y) {
            return false;
        }
        let Some((relation, why)) = self.conflict((x, y), (p, q), verdict) else { return false };
        let (p_text, q_text) = (&p.measured.figure.text, &q.measured.figure.text);
        let reason = format!("\"{p_text}\" against \"{q_text}\": {why}");
        let key = format!("{} {}", p.measured.figure.unit, p.measured.figure.counted);
        out.push(self.finding(relation, verdict.score, (a, b), Said::figures(key, (p, q), reason)));
        true
    }

    /// What it means that two figures of one thing differ.
    fn conflict(
        &self,
        (x, y): (&Statement, &Statement),
        (p, _): (&Fact, &Fact),
        verdict: Verdict,
    ) -> Option<(Relation, &'static str)> {
        if x.document == y.document {
            let cues = x.cues | y.cues;
            if cues & ANOTHER != 0 {
                return None;
            }
            let replaced = y.cues & REVISE != 0 || x.cues & FIRST != 0 && y.cues & SOURCE != 0;
            let sources = x.cues & SOURCE != 0 && y.cues & SOURCE != 0;
            return match (replaced, sources) {
                (true, _) => Some((Relation::Revised, "the later statement replaces the earlier one")),
                (_, true) => Some((Relation::Differ, "two sources in one document")),
                _ => None,
            };
        }
        let (days_x, days_y) =
            (days(&self.sources.dates[x.document], x), days(&self.sources.dates[y.document], y));
        let apart = !days_x.is_empty() && !days_y.is_empty() && !days_x.iter().any(|d| days_y.contains(d));
        let weeks = self.published_apart(x.document, y.document) > 5;
        Some(if verdict.toll & TOLLS != 0 {
            (Relation::Revised, "tolls are counted on")
        } else if apart {
            (Relation::DifferentEvent, "the days differ")
        } else if weeks && !matches!(p.measured.figure.unit.as_str(), "points" | "%") && verdict.toll == 0 {
            (Relation::DifferentEvent, "the documents are days apart")
        } else if (x.cues | y.cues) & REVISE != 0 {
            (Relation::Revised, "one statement says that it replaces another")
        } else {
            (Relation::Differ, "the values exclude each other")
        })
    }

    fn published_apart(&self, a: usize, b: usize) -> i64 {
        let day = |d: usize| self.sources.documents.get(d).and_then(|d| d.published()).map(|d| d.days());
        match (day(a), day(b)) {
            (Some(a), Some(b)) => (a - b).abs(),
            _ => 0,
        }
    }

    /// Whether three of the terms that two statements share are rare in the story.
    fn is_rare(&self, (x, y): (&Statement, &Statement)) -> bool {
        let shared = |t: &&super::statement::Term| y.terms.binary_search_by_key(&t.id, |o| o.id).is_ok();
        let rare = |t: &&super::statement::Term| self.all.spread[t.id as usize] <= RARE;
        x.terms.iter().filter(shared).filter(rare).count() >= 3
    }

    /// Whether two statements are of the same people and places: neither names one that the other lacks, or nearly.
    fn same_scope(&self, x: &Statement, y: &Statement) -> bool {
        let lacks =
            |p: &Statement, q: &Statement| p.members.iter().filter(|m| !q.members.contains(m)).count();
        let (own_x, own_y) = (lacks(x, y), lacks(y, x));
        let shared = x.members.len() - own_x;
        own_x == 0 || own_y == 0 || shared >= 2 && own_x.min(own_y) <= 1
    }

    /// `stage 13` and `stage 15`: a noun with different numbers after it.
    fn stages(&self, x: &Statement, y: &Statement) -> Option<(&'static str, String, String)> {
        const NOUNS: [&str; 5] = ["stage", "round", "phase", "game", "leg"];
        let numbered = |statement: &Statement, noun: &str| {
            let analysis = &self.all.analyses[statement.document];
            let tokens = analysis.tokens_of(&analysis.sentences[statement.sentence as usize].tokens);
            tokens
                .windows(2)
                .find(|w| w[1].kind == TokenKind::Number && analysis.folded(&w[0]) == noun)
                .map(|w| analysis.surface(&w[1]).to_string())
        };
        NOUNS.into_iter().find_map(|noun| {
            let (m, n) = (numbered(x, noun)?, numbered(y, noun)?);
            (m != n).then_some((noun, m, n))
        })
    }

    /// The toll that each document gives first: later ones count on.
    fn tolls(&self, copies: &[usize]) -> Vec<Finding> {
        let mut out = Vec::new();
        for (kind, name) in [(DEATH, "death toll"), (HURT, "injured"), (HOME, "homeless")] {
            let mut first: BTreeMap<usize, (usize, &Fact)> = BTreeMap::new();
            for (number, statement) in self.all.list.iter().enumerate() {
                let told = self.facts[number].iter().find(|f| {
                    f.toll == kind
                        && f.measured.figure.value >= 10.0
                        && !f.measured.vague
                        && !f.measured.ordinal
                });
                if let Some(fact) = told
                    .filter(|_| statement.sentence < HEAD && copies[statement.document] == statement.document)
                {
                    first.entry(statement.document).or_insert((number, fact));
                }
            }
            let order: Vec<(usize, &Fact)> = first.into_values().take(20).collect();
            for (i, (a, p)) in order.iter().enumerate() {
                for (b, q) in &order[i + 1..] {
                    let (low, high) =
                        (p.measured.amount.min(q.measured.amount), p.measured.amount.max(q.measured.amount));
                    if low.scaled(20).is_none_or(|most| most < high) {
                        continue;
                    }
                    let same = compare::is_compatible(p.measured, q.measured);
                    let relation = if same { Relation::Agree } else { Relation::Revised };
                    let how = if same { "agree" } else { "differ, and tolls are counted on" };
                    let (x, y) = (&p.measured.figure.text, &q.measured.figure.text);
                    let said = Said {
                        key: if same { p.measured.amount.to_string() + " " } else { name.into() },
                        topic: name.into(),
                        reason: format!("the first tolls of two documents, \"{x}\" and \"{y}\", {how}"),
                        values: [x.clone(), y.clone()],
                    };
                    out.push(self.finding(relation, 0.5, (*a, *b), said));
                }
            }
        }
        out
    }
}

/// What a finding says of its two statements.
struct Said {
    key: String,
    topic: String,
    reason: String,
    values: [String; 2],
}

impl Said {
    fn figures(key: String, (p, q): (&Fact, &Fact), reason: String) -> Self {
        let counted = |f: &Fact| match f.measured.figure.counted.is_empty() {
            true => f.measured.figure.unit.clone(),
            false => f.measured.figure.counted.clone(),
        };
        let values = [p.measured.figure.text.clone(), q.measured.figure.text.clone()];
        Said { key, topic: counted(p), reason, values }
    }
}
