//! Statements that contradict each other without figures: whose waters it was, denials, and states that changed.
//!
//! In: statements. Out: findings. A thing of one country against the same thing of another, both told by a source; a
//! phrase that one statement denies and another asserts; verbs that stand against each other (`opposed.txt`) beside
//! the same subject.

use super::pair::{Context, Said};
use super::statement::{FIRST, Likeness, NOT, REVISE, SOURCE, Statement, Term};
use super::{Finding, Relation, term};
use crate::text::stem::Stemmer;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Likeness from which a denial is set against what it denies, and opposed verbs against each other.
const DENIED: f64 = 0.06;
/// Likeness of two statements of different sides of a conflict about whose something is.
const SIDES: f64 = 0.12;
const OPPOSED: f64 = 0.20;
/// How close two words must stand to be a phrase.
const PHRASE: u32 = 4;
/// A word in more statements than this says little of what is denied.
const COMMON: u32 = 24;

/// Documents that stand on one side at most.
const SIDE: usize = 6;

/// Per term of a verb: the row of `opposed.txt`, its side, and whether the change is one in time.
type Opposed = Vec<(u64, (u16, bool, bool))>;

static OPPOSED_WORDS: LazyLock<Opposed> = LazyLock::new(|| {
    let mut stemmer = Stemmer::default();
    let mut out = Opposed::new();
    let lines = include_str!("opposed.txt").lines().filter(|l| !l.starts_with('#'));
    for (row, line) in lines.enumerate() {
        let (relation, words) = line.split_once(' ').expect("rows begin with their relation: tested");
        let mut left = true;
        for word in words.split(' ') {
            if word == "|" {
                left = false;
            } else {
                out.push((term::of_word(word, &mut stemmer), (row as u16, left, relation == "revised")));
            }
        }
    }
    out.sort_unstable();
    out
});

/// The rows of opposed verbs that a term stands in.
pub(super) fn opposed_rows(hash: u64) -> impl Iterator<Item = (u16, bool, bool)> {
    let from = OPPOSED_WORDS.partition_point(|o| o.0 < hash);
    OPPOSED_WORDS[from..].iter().take_while(move |o| o.0 == hash).map(|o| o.1)
}

impl Context<'_, '_> {
    /// Whose the place is in which sources put the same thing: one finding for a thing, with the sources of each side.
    pub(super) fn countries(&self) -> Vec<Finding> {
        // Per thing and country: a statement of each document that puts something there and nowhere else.
        let mut told: BTreeMap<u32, BTreeMap<u32, Vec<usize>>> = BTreeMap::new();
        for (number, statement) in self.all.list.iter().enumerate() {
            if statement.cues & (SOURCE | NOT) != SOURCE
                || self.sources.copies[statement.document] != statement.document
            {
                continue;
            }
            for held in statement.held.iter().filter(|h| h.inside) {
                let alone = statement.held.iter().filter(|h| h.thing == held.thing).count() == 1;
                let lists = told.entry(held.thing).or_default();
                if !alone {
                    continue;
                }
                let list = lists.entry(held.country).or_default();
                // The shortest statement of a document is the clearest.
                let last = list.last().map(|l| &self.all.list[*l]);
                match last.filter(|l| l.document == statement.document) {
                    Some(known) if known.terms.len() <= statement.terms.len() => {}
                    Some(_) => *list.last_mut().expect("the last one was just read") = number,
                    None if list.len() < SIDE => list.push(number),
                    None => {}
                }
            }
        }
        let mut out = Vec::new();
        for (thing, countries) in told {
            let mut sides: Vec<(u32, Vec<usize>)> = countries.into_iter().collect();
            sides.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then(a.0.cmp(&b.0)));
            let [(one, first), (other, second), ..] = sides.as_slice() else { continue };
            let name = |term: u32| self.all.names[term as usize];
            let value = |country: u32| format!("{} ({})", name(thing), name(country));
            let (a, b) = (first[0], second[0]);
            // Somewhere the two sides must speak of one thing.
            let alike = |x: &usize| {
                second.iter().any(|y| {
                    let like = self.all.likeness(&self.all.list[*x], &self.all.list[*y]);
                    like.shared >= 3 && like.cosine >= SIDES
                })
            };
            if !first.iter().any(alike) {
                continue;
            }
            let said = Said {
                key: format!("country {thing}"),
                topic: name(thing).to_string(),
                reason: format!("{} in some sources, {} in others", value(*one), value(*other)),
                values: [value(*one), value(*other)],
            };
            let mut finding = self.finding(Relation::Differ, 0.5, (a, b), said);
            let rest = |list: &[usize], country: u32| {
                list[1..].iter().map(|s| self.side(*s, value(country))).collect::<Vec<_>>()
            };
            finding.more = rest(first, *one);
            finding.more.extend(rest(second, *other));
            out.push(finding);
        }
        out
    }

    /// What one statement denies and the other asserts.
    pub(super) fn denial(&self, (a, b): (usize, usize), like: Likeness, out: &mut Vec<Finding>) -> bool {
        let (x, y) = (&self.all.list[a], &self.all.list[b]);
        let silent = x.denied.is_empty() && y.denied.is_empty();
        let apart = self.events.are_apart(x.document, y.document);
        if silent || apart || like.shared < 2 || like.cosine < DENIED {
            return false;
        }
        // What is told of another year is not denied.
        if self.events.occasion(x) != self.events.occasion(y) {
            return false;
        }
        let first = denied_phrase(self, x, y);
        let Some((word, beside)) = first.or_else(|| denied_phrase(self, y, x)) else { return false };
        let denies = if first.is_some() { x } else { y };
        let mut words = [word, beside];
        words.sort_by_key(|id| token(denies, *id));
        let phrase = words.map(|id| self.all.names[id as usize]).join(" ");
        let mut values = [format!("not {phrase}"), phrase.clone()];
        if first.is_none() {
            values.reverse();
        }
        let said = Said {
            key: format!("denied {word} {beside}"),
            topic: phrase.clone(),
            reason: format!("one statement denies what the other says of {phrase}"),
            values,
        };
        let relation = if x.document == y.document && y.cues & REVISE != 0 {
            Relation::Revised
        } else {
            Relation::Differ
        };
        out.push(self.finding(relation, like.cosine + 0.1, (a, b), said));
        true
    }

    /// Verbs that stand against each other beside the same words.
    pub(super) fn opposed(&self, (a, b): (usize, usize), like: Likeness, out: &mut Vec<Finding>) -> bool {
        let (x, y) = (&self.all.list[a], &self.all.list[b]);
        if like.cosine < OPPOSED || like.shared < 3 || x.opposed.is_empty() || y.opposed.is_empty() {
            return false;
        }
        let meets = |p: &(u16, bool, bool, Term), q: &(u16, bool, bool, Term)| p.0 == q.0 && p.1 != q.1;
        let given = |p: &(u16, bool, bool, Term), list: &[(u16, bool, bool, Term)]| {
            list.iter().any(|q| q.0 == p.0 && q.1 == p.1)
        };
        let found = x.opposed.iter().find_map(|p| {
            let q = y.opposed.iter().find(|q| meets(p, q))?;
            let clear = !given(p, &y.opposed) && !given(q, &x.opposed);
            let close = beside(self, x, y, (p.3, q.3)).is_some();
            (clear && close).then_some((p, q))
        });
        let Some((p, q)) = found else { return false };
        let words = [p, q].map(|o| self.all.names[o.3.id as usize].to_owned());
        let relation = match (p.2, (x.cues | y.cues) & (REVISE | FIRST) != 0) {
            (false, false) => Relation::Differ,
            _ => Relation::Revised,
        };
        let said = Said {
            key: format!("opposed {a}"),
            topic: String::new(),
            reason: format!("\"{}\" against \"{}\"", words[0], words[1]),
            values: words,
        };
        out.push(self.finding(relation, like.cosine + 0.05, (a, b), said));
        true
    }
}

/// The first token of a term in a statement.
pub(super) fn token(statement: &Statement, id: u32) -> Option<u32> {
    statement.terms.binary_search_by_key(&id, |t| t.id).ok().map(|at| statement.terms[at].token)
}

/// A word that both statements have close to the given words, rarest first.
fn beside(context: &Context<'_, '_>, x: &Statement, y: &Statement, (p, q): (Term, Term)) -> Option<u32> {
    let near = |a: u32, b: u32| a.abs_diff(b) <= PHRASE;
    let spread = &context.all.spread;
    let mut found: Option<u32> = None;
    for term in x.terms.iter().filter(|t| t.id != p.id && t.id != q.id && near(t.token, p.token)) {
        let close = token(y, term.id).is_some_and(|at| near(at, q.token));
        if close {
            let rarer = found.is_none_or(|f| spread[term.id as usize] < spread[f as usize]);
            found = if rarer { Some(term.id) } else { found };
        }
    }
    found
}

/// A word that one statement denies and the other does not, with a word that both have beside it.
fn denied_phrase(context: &Context<'_, '_>, x: &Statement, y: &Statement) -> Option<(u32, u32)> {
    // What is denied is a thing or a deed and no name: "lost no time in briefing Jane Doe" denies nothing of her.
    let plain = |id: &&u32| !context.all.is_name[**id as usize] && !y.denied.contains(id);
    x.denied.iter().filter(plain).find_map(|id| {
        let p = Term { id: *id, token: token(x, *id)? };
        let q = Term { id: *id, token: token(y, *id)? };
        let other = beside(context, x, y, (p, q)).filter(|id| !context.all.is_name[*id as usize])?;
        let rare = [*id, other].iter().any(|t| context.all.spread[*t as usize] <= COMMON);
        (rare && !y.denied.contains(&other)).then_some((*id, other))
    })
}
