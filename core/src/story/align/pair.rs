//! Pairs of statements and what they say of each other.

use super::compare::{self, Fact};
use super::contrast::token;
use super::event::Events;
use super::statement::{FIRST, Likeness, NOT, REVISE, SOURCE, SharedTerms, Statement, Statements, Term};
use super::{Finding, Side, Sources};
use crate::story::Relation;
use crate::text::TokenKind;
use std::collections::BTreeMap;

/// Thresholds on likeness and score, chosen on the annotated stories so that about seven of ten findings hold.
const WORDS_AGREE: f64 = 0.33;
const NAMES_AGREE: f64 = 0.25;
const BRIEF_AGREE: f64 = 0.20;
/// A brief statement has so many terms at most, and what it shares stands in so many statements at most.
const BRIEF: usize = 8;
const RARE: u32 = 10;
const DAYS_DIFFER: f64 = 0.30;
const REVISED: f64 = 0.15;
/// A word that says "this replaces that" opens a sentence within so many tokens.
const OPENING: u32 = 3;
/// Further likeness that statements of documents on different events need.
const APART: f64 = 0.15;
/// Likeness of statements that name the same day: a date, and a weekday that may be of any week.
const SAME_DAY: f64 = 0.15;
const SAME_WEEKDAY: f64 = 0.30;
/// A topic has so many words.
const TOPIC: usize = 3;
/// A statement's own words for what it shares are at most so many tokens.
const PHRASE: u32 = 12;
/// A value in more places than this is found through rare words alone.
const HOLDERS: usize = 24;

pub(super) fn findings(sources: &Sources<'_>, all: &Statements<'_>) -> Vec<Finding> {
    let facts: Vec<Vec<Fact>> =
        all.list.iter().map(|s| compare::facts(all, s, &sources.figures[s.document])).collect();
    let mut pairs = all.candidates();
    pairs.extend(by_figure(&facts));
    pairs.extend(by_clock(all));
    // Most of them are in order already.
    pairs.sort();
    pairs.dedup();
    let events = Events::read(all, &facts);
    let fresh = |day: &&str| !events.backdrop.contains(day);
    let days = all.list.iter().map(|s| s.days.iter().copied().filter(fresh).collect()).collect();
    let context = Context { sources, all, facts: &facts, events, days };
    let (mut out, copies) = (Vec::new(), sources.copies);
    // For each term the last statement whose terms were marked that has it.
    let mut marks = vec![u32::MAX; all.spread.len()];
    for pairs in pairs.chunk_by(|p, q| p.0 == q.0) {
        let x = &all.list[pairs[0].0 as usize];
        x.terms.iter().for_each(|term| marks[term.id as usize] = pairs[0].0);
        for &(a, b) in pairs {
            let y = &all.list[b as usize];
            if x.document == y.document || copies[x.document] != copies[y.document] {
                let like = all.likeness_marked((x, y), |id| marks[id as usize] == a);
                context.pair((a as usize, b as usize), like, &mut out);
            }
        }
    }
    out.extend(context.tolls());
    out.extend(context.countries());
    out.extend(context.quotations());
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
fn by_clock(all: &Statements<'_>) -> Vec<(u32, u32)> {
    let mut holders: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for (number, statement) in all.list.iter().enumerate() {
        for clock in &statement.clocks {
            let list = holders.entry(&clock[11..]).or_default();
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

/// What pairs of statements are compared in.
pub(super) struct Context<'c, 'a> {
    pub(super) sources: &'c Sources<'a>,
    pub(super) all: &'c Statements<'c>,
    pub(super) facts: &'c [Vec<Fact<'c>>],
    pub(super) events: Events<'c>,
    /// The days that each statement names and few documents do.
    days: Vec<Vec<&'c str>>,
}

impl Context<'_, '_> {
    pub(super) fn side(&self, statement: usize, value: String) -> Side {
        let statement = &self.all.list[statement];
        Side { document: statement.document, span: statement.span, value }
    }

    /// The words that two statements have most in common, of the terms they share.
    pub(super) fn topic(&self, shared: SharedTerms) -> String {
        self.all.words(shared.into_iter().flatten().take(TOPIC))
    }

    pub(super) fn shared(&self, (a, b): (usize, usize)) -> SharedTerms {
        self.all.shared_terms(&self.all.list[a], &self.all.list[b])
    }

    /// How each of two statements puts what they share: its own words, from the first to the last of those that most of
    /// the shared terms stand among.
    pub(super) fn phrases(&self, shared: SharedTerms, (a, b): (usize, usize)) -> [String; 2] {
        [a, b].map(|number| self.phrase(&self.all.list[number], &shared))
    }

    fn phrase(&self, statement: &Statement, shared: &SharedTerms) -> String {
        let has = |term: &&Term| shared.contains(&Some(term.id));
        let mut tokens: Vec<u32> = statement.terms.iter().filter(has).map(|term| term.token).collect();
        tokens.sort_unstable();
        let within = |first: &u32| tokens.iter().filter(|t| (*first..first + PHRASE).contains(*t)).count();
        let first = tokens.iter().rev().max_by_key(|first| within(first)).copied();
        let Some(first) = first else { return String::new() };
        let last = tokens.iter().rev().find(|t| **t < first + PHRASE).map_or(first, |t| *t);
        // A name is told whole.
        let names = self.sources.cast.mentions.get(statement.document).map_or(&[][..], Vec::as_slice);
        let name = names.partition_point(|name| name.raw.tokens.start < last);
        let name = names.get(name).filter(|name| name.raw.tokens.start == last);
        let end = name.map_or(last + 1, |name| name.raw.tokens.end);
        let analysis = &self.all.analyses[statement.document];
        analysis.span_of(&(first..end)).slice(&analysis.text).to_string()
    }

    pub(super) fn finding(
        &self,
        relation: Relation,
        score: f64,
        pair: (usize, usize),
        said: Said,
    ) -> Finding {
        self.finding_with(self.shared(pair), (relation, score), pair, said)
    }

    /// As [`Context::finding`] where the terms that the statements share are known.
    pub(super) fn finding_with(
        &self,
        mut shared: SharedTerms,
        (relation, score): (Relation, f64),
        (a, b): (usize, usize),
        said: Said,
    ) -> Finding {
        let [x, y] = said.values;
        let first = &self.all.list[a];
        // Told as they stand in the first statement; places left empty come last.
        shared.sort_by_key(|id| id.and_then(|id| token(first, id)).unwrap_or(u32::MAX));
        Finding {
            relation,
            score,
            topic: said.topic,
            reason: said.reason,
            shared,
            key: said.key,
            sides: [self.side(a, x), self.side(b, y)],
            more: Vec::new(),
        }
    }

    fn pair(&self, (a, b): (usize, usize), like: Likeness, out: &mut Vec<Finding>) {
        let (x, y) = (&self.all.list[a], &self.all.list[b]);
        let mut settled = self.figures((a, b), like, out);
        if like.shared == 0 {
            return;
        }
        if x.document == y.document {
            if !settled && !self.revision((a, b), like, out) {
                self.denial((a, b), like, out);
            }
            return;
        }
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
        let (days_x, days_y) = (&self.days[a], &self.days[b]);
        let both = !days_x.is_empty() && !days_y.is_empty();
        let meet = days_x.iter().any(|d| days_y.contains(d));
        // The same minute, of the same day as far as both know theirs.
        let unknown = |c: &str| c.starts_with("XXXX");
        let same = |c: &str, d: &str| c[11..] == d[11..] && (c[..11] == d[..11] || unknown(c) || unknown(d));
        let clock = x.clocks.iter().copied().find_map(|c| {
            let other = y.clocks.iter().find(|d| same(c, d))?;
            Some(if unknown(c) || unknown(other) { &c[11..] } else { c })
        });
        // Without a day only a minute that nobody rounds says that two times are one.
        let certain = |c: &&str| c.len() > 5 || !c.ends_with(['0', '5']);
        if let Some(clock) = clock.filter(certain).filter(|_| like.shared > 0) {
            let said = said("clock", "time", format!("both say {clock}"), [clock.into(), clock.into()]);
            out.push(self.finding(Relation::Agree, like.cosine + 0.3, (a, b), said));
            settled = true;
        }
        // A weekday and a date without its year may be one day.
        let week = |days: &[&str]| days.iter().all(|d| d.starts_with("XXXX-W"));
        if both && !meet && week(days_x) == week(days_y) && like.cosine >= DAYS_DIFFER && like.shared >= 4 {
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
        if settled || self.denial((a, b), like, out) || self.opposed((a, b), like, out) {
            return;
        }
        let day = days_x.iter().find(|d| days_y.contains(d)).map_or("", |d| *d);
        let alike = if day.starts_with('X') { SAME_WEEKDAY } else { SAME_DAY };
        if meet && like.cosine >= alike && like.shared >= 3 {
            let said = said("same day", "", format!("both are of {day}"), [day.into(), day.into()]);
            out.push(self.finding(Relation::Agree, like.cosine + 0.1, (a, b), said));
            return;
        }
        if self.events.are_apart(x.document, y.document) {
            if like.cosine >= WORDS_AGREE + APART && like.shared >= 4 {
                self.words((a, b), like, out);
            }
            return;
        }
        let named = x.members.iter().filter(|m| y.members.contains(m)).count() >= 2
            && like.shared >= 5
            && self.all.shared_plain(x, y) >= 3;
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
        let denied = (x.cues ^ y.cues) & NOT != 0 && like.cosine < 0.6;
        if denied || !x.clocks.is_empty() && !y.clocks.is_empty() {
            return;
        }
        let terms = self.shared((a, b));
        let shared = self.topic(terms);
        // "Later" at the head of a sentence goes back to its own document.
        let replaced = |p: &Statement, q: &Statement| {
            let revises = q.revised_at.is_some_and(|at| at > OPENING);
            p.cues & FIRST != 0 && q.cues & FIRST == 0 && revises
        };
        if replaced(x, y) || replaced(y, x) {
            let said = Said {
                key: format!("replaced {a}"),
                topic: String::new(),
                reason: "one statement says that it came first, the other that it replaces it".into(),
                values: self.phrases(terms, (a, b)),
            };
            out.push(self.finding_with(terms, (Relation::Revised, like.cosine), (a, b), said));
            return;
        }
        let said = Said {
            key: format!("words {}", if like.cosine >= 0.6 { "" } else { &shared }),
            topic: String::new(),
            reason: "the statements are alike".into(),
            values: self.phrases(terms, (a, b)),
        };
        out.push(self.finding_with(terms, (Relation::Agree, like.cosine), (a, b), said));
    }

    /// Inside one document: what was said first, and what replaced it.
    fn revision(&self, (a, b): (usize, usize), like: Likeness, out: &mut Vec<Finding>) -> bool {
        let (x, y) = (&self.all.list[a], &self.all.list[b]);
        let close = y.sentence - x.sentence <= 4;
        // "Later, ..." right after what it replaces, or anywhere after what came first.
        let opens = y.sentence == x.sentence + 1 && y.revised_at.is_some_and(|at| at <= OPENING);
        let replaced = y.cues & REVISE != 0 && x.cues & FIRST != 0 || opens;
        let told = x.cues & y.cues & SOURCE != 0 && like.shared >= 1;
        let alike = like.cosine >= REVISED && like.shared >= 2 || opens && told;
        if !close || !replaced || !alike {
            return false;
        }
        let said = Said {
            key: format!("revision {a}"),
            topic: String::new(),
            reason: "the second statement says that it replaces the first".into(),
            values: ["first".into(), "later".into()],
        };
        out.push(self.finding(Relation::Revised, like.cosine + 0.1, (a, b), said));
        true
    }

    /// Whether three of the terms that two statements share are rare in the story.
    fn is_rare(&self, (x, y): (&Statement, &Statement)) -> bool {
        let shared = |t: &&super::statement::Term| y.terms.binary_search_by_key(&t.id, |o| o.id).is_ok();
        let rare = |t: &&super::statement::Term| self.all.spread[t.id as usize] <= RARE;
        x.terms.iter().filter(shared).filter(rare).count() >= 3
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
}

/// What a finding says of its two statements.
pub(super) struct Said {
    pub(super) key: String,
    pub(super) topic: String,
    pub(super) reason: String,
    pub(super) values: [String; 2],
}

impl Said {
    pub(super) fn figures(key: String, (p, q): (&Fact, &Fact), reason: String) -> Self {
        let counted = |f: &Fact| match f.measured.figure.counted.is_empty() {
            true => f.measured.figure.unit.clone(),
            false => f.measured.figure.counted.clone(),
        };
        let values = [p.measured.figure.text.clone(), q.measured.figure.text.clone()];
        Said { key, topic: counted(p), reason, values }
    }
}
