//! Which sentences tell of one event.
//!
//! In: statements and the dates in them. Out: [`StoryEvent`]s. Statements that name one day and share rare words are of
//! one event, and so is a statement without a day of its own that is much like those of one event and of no other, or
//! that goes on right after one of them. An event has one day: a statement that names several goes to the event of one of
//! them and makes no one event of two. What is said to be in one place is not of an event in another, and what fits
//! several events is left out: a guess would make one meeting of two.

use super::Sources;
use super::statement::{POSTINGS, Statement, Statements};
use crate::catalog::EntityKind;
use crate::story::{EventSentence, StoryEvent};
use crate::text::Region;
use crate::text::word::hash_bytes;
use std::collections::{BTreeMap, BTreeSet};

/// Cosine from which on two statements of one day tell of one event; in one document, and in two.
const SAME_DAY: [f64; 2] = [0.05, 0.20];
/// Cosine from which on a statement without a day is of the event; in one document, and in two.
const NO_DAY: [f64; 2] = [0.18, 0.30];
/// And for the sentence that follows right after.
const NEXT: f64 = 0.10;
/// Of two events one must be likelier by so much.
const CLEARER: f64 = 1.3;
/// Statements with a day that one statement is compared with.
const COMPARED: usize = 64;
/// Sentences that are told of one event.
const SENTENCES: usize = 32;

/// Groups the statements of a story; in order of their days.
pub(super) fn events(sources: &Sources<'_>, all: &Statements<'_>) -> Vec<StoryEvent> {
    let named: Vec<&[&str]> = all.list.iter().map(|s| s.days.as_slice()).collect();
    let anchors = Anchors::new(all, &named);
    let places = all.list.iter().map(|statement| places(sources, statement)).collect();
    let days = named.iter().map(|days| if let [day] = days[..] { Some(day) } else { None }).collect();
    let mut groups = Groups { above: (0..all.list.len() as u32).collect(), places, days };
    let mut alike = Vec::new();
    for (a, x) in all.list.iter().enumerate().filter(|(n, _)| named[*n].len() == 1) {
        anchors.alike(all, x, &mut alike);
        for &b in alike.iter().filter(|b| (**b as usize) < a) {
            let y = &all.list[b as usize];
            let one = usize::from(x.document != y.document);
            let same = named[b as usize].len() == 1 && agree(named[a][0], named[b as usize][0]);
            if same && all.likeness(x, y).cosine >= SAME_DAY[one] {
                groups.join(a as u32, b);
            }
        }
    }
    // A statement of several days goes to the event of one of them, else it begins one of the last.
    for a in (0..all.list.len() as u32).filter(|a| named[*a as usize].len() > 1) {
        let days = &named[a as usize];
        let fits = |groups: &mut Groups, b| groups.is_on(b, days) && groups.fit(a, b);
        match likeliest(all, &anchors, &mut groups, a, SAME_DAY, fits) {
            Some(anchor) => groups.join(a, anchor),
            None => groups.days[a as usize] = days.last().copied(),
        }
    }
    // A statement with a year of its own speaks of another time.
    let undated = |(n, s): &(usize, &Statement)| named[*n].is_empty() && s.years.is_empty();
    let mut joined: Vec<(u32, u32)> = Vec::new();
    for (a, _) in all.list.iter().enumerate().filter(undated) {
        let a = a as u32;
        let found = likeliest(all, &anchors, &mut groups, a, NO_DAY, |groups, b| groups.fit(a, b));
        joined.extend(found.map(|anchor| (a, anchor)));
    }
    for (a, b) in joined {
        groups.join(a, b);
    }
    let mut members: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for number in 0..all.list.len() as u32 {
        members.entry(groups.root(number)).or_default().push(number);
    }
    let told = members.into_values().filter(|m| m.len() > 1);
    let mut events: Vec<StoryEvent> = told.filter_map(|m| report(sources, all, &named, &m)).collect();
    events
        .sort_by_cached_key(|event| (crate::story::timeline::key(&event.date), event.sentences[0].document));
    events
}

/// The dated statement that says most clearly of which event another is, where it is of one event alone: at least so like
/// it in one document and in two, or in part when it stands right before.
fn likeliest(
    all: &Statements<'_>,
    anchors: &Anchors,
    groups: &mut Groups<'_>,
    a: u32,
    least: [f64; 2],
    fits: impl Fn(&mut Groups<'_>, u32) -> bool,
) -> Option<u32> {
    let x = &all.list[a as usize];
    let mut alike = Vec::with_capacity(COMPARED);
    anchors.alike(all, x, &mut alike);
    // The best likeness with each event.
    let mut best: BTreeMap<u32, (f64, u32)> = BTreeMap::new();
    for b in alike.into_iter().filter(|b| *b != a) {
        let y = &all.list[b as usize];
        let follows = x.document == y.document && x.sentence == y.sentence + 1;
        let cosine = all.likeness(x, y).cosine;
        let needed = least[usize::from(x.document != y.document)];
        if cosine < if follows { NEXT.min(needed) } else { needed } || !fits(groups, b) {
            continue;
        }
        let held = best.entry(groups.root(b)).or_insert((0.0, b));
        let value = if follows { cosine + NO_DAY[0] } else { cosine };
        if value > held.0 {
            *held = (value, b);
        }
    }
    let mut ranked: Vec<(f64, u32)> = best.into_values().collect();
    ranked.sort_by(|p, q| q.0.total_cmp(&p.0).then(p.1.cmp(&q.1)));
    match ranked[..] {
        [(_, anchor)] => Some(anchor),
        [(first, anchor), (second, _), ..] if first >= second * CLEARER => Some(anchor),
        _ => None,
    }
}

/// The statements with a day that have each rare term.
struct Anchors {
    /// Where those of a term begin; one more than there are terms.
    starts: Vec<u32>,
    statements: Vec<u32>,
}

impl Anchors {
    fn new(all: &Statements<'_>, named: &[&[&str]]) -> Self {
        let dated = || all.list.iter().enumerate().filter(|(number, _)| !named[*number].is_empty());
        let mut starts = vec![0; all.spread.len() + 1];
        let mut count = 0;
        for (_, statement) in dated() {
            rare(all, statement).for_each(|term| starts[term + 1] += 1);
        }
        for start in &mut starts {
            count += *start;
            *start = count;
        }
        let (mut ends, mut statements) = (starts.clone(), vec![0; count as usize]);
        for (number, statement) in dated() {
            for term in rare(all, statement) {
                statements[ends[term] as usize] = number as u32;
                ends[term] += 1;
            }
        }
        Anchors { starts, statements }
    }

    /// Those that share a term with a statement, ascending; so many at most that the whole stays linear.
    fn alike(&self, all: &Statements<'_>, statement: &Statement, found: &mut Vec<u32>) {
        found.clear();
        for term in rare(all, statement) {
            let own = &self.statements[self.starts[term] as usize..self.starts[term + 1] as usize];
            found.extend(own.iter().take(COMPARED - found.len()));
        }
        found.sort_unstable();
        found.dedup();
    }
}

/// The terms of a statement that are no words of the story.
fn rare(all: &Statements<'_>, statement: &Statement) -> impl Iterator<Item = usize> {
    let terms = statement.terms.iter().map(|term| term.id as usize);
    terms.filter(|term| all.spread[*term] <= POSTINGS)
}

/// Whether two days can be one: equal, or one of them only a day of the week that the other falls on.
fn agree(a: &str, b: &str) -> bool {
    let of_week = |day: &str| day.strip_prefix("XXXX-WXX-").and_then(|d| d.parse::<u8>().ok());
    let weekday = |day: &str| day.parse::<crate::Date>().ok().map(crate::Date::weekday);
    match (of_week(a), of_week(b)) {
        (None, Some(d)) => weekday(a) == Some(d),
        (Some(d), None) => weekday(b) == Some(d),
        _ => a == b,
    }
}

/// The event that some statements tell of; a sentence that several documents share word by word counts once.
fn report(
    sources: &Sources<'_>,
    all: &Statements<'_>,
    named: &[&[&str]],
    members: &[u32],
) -> Option<StoryEvent> {
    // The day that most of them name, a full date before a day of the week.
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for day in members.iter().flat_map(|m| named[*m as usize]) {
        *count.entry(day).or_default() += 1;
    }
    let full = |day: &str| !day.starts_with('X');
    let day = count.iter().max_by(|a, b| (full(a.0), a.1, b.0).cmp(&(full(b.0), b.1, a.0))).map(|d| *d.0)?;
    let mut seen: BTreeSet<u64> = BTreeSet::new();
    let mut event = StoryEvent {
        date: day.to_string(),
        documents: Vec::new(),
        entities: Vec::new(),
        sentences: Vec::new(),
    };
    let mut people: BTreeMap<u32, usize> = BTreeMap::new();
    for &member in members {
        let statement = &all.list[member as usize];
        if event.sentences.len() == SENTENCES {
            break;
        }
        let analysis = &sources.analyses[statement.document];
        let text = statement.span.slice(&analysis.text);
        let body = analysis.sentences[statement.sentence as usize].region == Region::Body;
        if !body || !seen.insert(hash_bytes(text.as_bytes())) {
            continue;
        }
        for name in &statement.members {
            *people.entry(*name).or_default() += 1;
        }
        if event.documents.last() != Some(&statement.document) {
            event.documents.push(statement.document);
        }
        event.sentences.push(EventSentence {
            document: statement.document,
            span: analysis.report(statement.span),
            text: text.to_string(),
        });
    }
    let mut people: Vec<(u32, usize)> = people.into_iter().collect();
    people.sort_by_key(|(member, count)| (usize::MAX - count, *member));
    event.entities =
        people.iter().map(|(member, _)| sources.cast.members[*member as usize].entity.clone()).collect();
    (event.sentences.len() > 1).then_some(event)
}

/// Words before a place that say where something is or goes.
const WHERE: &[&str] = &["in", "at", "to", "near", "outside", "from"];

/// The places in which something is said to be, ascending.
fn places(sources: &Sources<'_>, statement: &Statement) -> BTreeSet<u32> {
    let analysis = &sources.analyses[statement.document];
    let names = sources.cast.mentions.get(statement.document).map_or(&[][..], Vec::as_slice);
    let from = names.partition_point(|n| n.raw.span.start < statement.span.start);
    let own = names[from..].iter().take_while(|n| n.raw.span.start < statement.span.end);
    let located = own.filter(|n| {
        n.raw.kind == EntityKind::Place
            && n.raw.tokens.start > 0
            && WHERE.contains(&analysis.folded(&analysis.tokens[n.raw.tokens.start as usize - 1]))
    });
    located.filter_map(|n| n.member).collect()
}

/// Disjoint sets, each named by its smallest number, with the places and the day of each.
struct Groups<'a> {
    above: Vec<u32>,
    places: Vec<BTreeSet<u32>>,
    days: Vec<Option<&'a str>>,
}

impl Groups<'_> {
    fn root(&mut self, mut n: u32) -> u32 {
        while self.above[n as usize] != n {
            let above = self.above[self.above[n as usize] as usize];
            self.above[n as usize] = above;
            n = above;
        }
        n
    }

    /// Whether the day of a set is one of these.
    fn is_on(&mut self, n: u32, days: &[&str]) -> bool {
        let root = self.root(n) as usize;
        let own = self.days[root];
        own.is_some_and(|own| days.iter().any(|day| agree(own, day)))
    }

    /// Whether nothing says that the two are on different days or in different places.
    fn fit(&mut self, a: u32, b: u32) -> bool {
        let (a, b) = (self.root(a) as usize, self.root(b) as usize);
        if let (Some(a), Some(b)) = (self.days[a], self.days[b])
            && !agree(a, b)
        {
            return false;
        }
        let (a, b) = (&self.places[a], &self.places[b]);
        a.is_empty() || b.is_empty() || !a.is_disjoint(b)
    }

    /// Makes one of two that fit.
    fn join(&mut self, a: u32, b: u32) {
        if !self.fit(a, b) {
            return;
        }
        let (a, b) = (self.root(a), self.root(b));
        if a != b {
            self.above[a.max(b) as usize] = a.min(b);
            let moved = std::mem::take(&mut self.places[a.max(b) as usize]);
            self.places[a.min(b) as usize].extend(moved);
            // A full date before a day of the week.
            let days = [self.days[a as usize], self.days[b as usize]].into_iter().flatten();
            self.days[a.min(b) as usize] = days.min_by_key(|day| day.starts_with('X'));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{DigestOptions, Document, Engine};

    fn told(texts: &[&str]) -> Vec<(String, Vec<String>)> {
        let documents: Vec<Document> = texts.iter().map(|t| Document::new(*t)).collect();
        let digest = Engine::default().digest(&documents, &DigestOptions::new()).unwrap();
        let words = |text: &str| text.split(' ').take(2).collect::<Vec<_>>().join(" ");
        let event = |e: crate::StoryEvent| (e.date, e.sentences.iter().map(|s| words(&s.text)).collect());
        digest.events.into_iter().map(event).collect()
    }

    #[test]
    fn meetings_on_two_days_are_two_events() {
        let found = told(&[
            "Envoy Maria Lopez will meet President Ivan Petrov in Geneva on Tuesday. A spokesman confirmed the Tuesday \
             meeting of the envoy.",
            "Maria Lopez will travel to Geneva on Thursday for a second meeting with Ivan Petrov. The crops failed again.",
        ]);
        assert_eq!(
            found,
            [("XXXX-WXX-2".to_string(), vec!["Envoy Maria".to_string(), "A spokesman".to_string()])]
        );
    }

    #[test]
    fn what_happens_elsewhere_on_the_same_day_is_another_event() {
        let found = told(&[
            "Maria Lopez will travel to Geneva on Thursday for talks with Ivan Petrov.",
            "Ivan Petrov will see the mayors of the region in Lisbon on Thursday, before talks with Maria Lopez.",
            "On Thursday the talks between Maria Lopez and Ivan Petrov go on in Geneva.",
        ]);
        assert_eq!(
            found,
            [("XXXX-WXX-4".to_string(), vec!["Maria Lopez".to_string(), "On Thursday".to_string()])]
        );
    }

    #[test]
    fn a_year_that_is_recalled_is_not_of_the_day() {
        let found = told(&[
            "The river burst its banks at Velden on Monday and the flood killed nine people.",
            "The flood of 1987 at Velden killed thirty people when the river burst its banks.",
            "Nine people were killed at Velden on Monday when the flood burst the banks of the river.",
        ]);
        assert_eq!(
            found,
            [("XXXX-WXX-1".to_string(), vec!["The river".to_string(), "Nine people".to_string()])]
        );
    }

    #[test]
    fn a_statement_of_two_days_makes_no_one_event_of_them() {
        let found = told(&[
            "The talks in Geneva between Maria Lopez and Ivan Petrov began on Friday. The crops failed again.",
            "The talks of Maria Lopez and Ivan Petrov in Geneva may end on Friday or go on until Saturday.",
            "The talks between Maria Lopez and Ivan Petrov in Geneva ended on Saturday. The crops failed again.",
        ]);
        let days: Vec<&str> = found.iter().map(|(day, _)| day.as_str()).collect();
        assert!(days.len() < 2 && found.iter().all(|(_, told)| told.len() < 3), "{found:?}");
    }

    #[test]
    fn the_same_sentence_twice_is_no_event() {
        let text = "Maria Lopez will travel to Geneva on Thursday for talks with Ivan Petrov.";
        assert_eq!(told(&[text, text]), []);
    }

    #[test]
    fn a_date_and_its_day_of_the_week_are_one_day() {
        assert!(super::agree("2026-01-20", "XXXX-WXX-2") && super::agree("XXXX-WXX-2", "2026-01-20"));
        assert!(!super::agree("2026-01-20", "XXXX-WXX-3") && !super::agree("2026-01-20", "2026-01-21"));
    }
}
