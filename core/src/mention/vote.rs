//! What the rest of the document says about a word: a second look after a first reading.
//!
//! In: the labels of a first reading. Out: keys for the second one. A word that is a person's last name four times is
//! hardly a place the fifth time (Krishnan and Manning 2006). A token's own label does not vote for itself, and lines
//! in title case do not vote.

use super::feature::{Sink, key};
use super::form::{Class, Forms, Style};
use super::label::{self, KINDS, OUTSIDE};
use std::ops::Range;

/// How often a word stood in names of each kind, and where in them.
#[derive(Clone, Copy, Debug, Default)]
struct Ballot {
    kinds: [u16; KINDS.len()],
    outside: u16,
    alone: u16,
    first: u16,
    last: u16,
}

/// The ballots of one document.
#[derive(Debug)]
pub(crate) struct Votes {
    ballots: Vec<Ballot>,
    /// Neighbours inside names: pair of words, kind, count; sorted.
    pairs: Vec<(u32, u32, u8, u16)>,
}

/// What others say about a word.
#[derive(Clone, Copy)]
struct Verdict {
    /// The number of the leading kind, or 7.
    kind: u64,
    count: u64,
    outside: u64,
    place: u64,
}

/// What is known when the keys of one token have been asked for: the next one, and the verdicts of both.
#[derive(Clone, Copy)]
pub(crate) struct Verdicts {
    next: usize,
    near: [Verdict; 2],
}

impl Default for Verdicts {
    fn default() -> Self {
        Verdicts { next: 0, near: [Verdict::NONE; 2] }
    }
}

impl Verdict {
    const NONE: Verdict = Verdict { kind: 7, count: 0, outside: 0, place: 3 };

    fn rough(self) -> u64 {
        self.kind | u64::from(self.count > 1) << 3
    }
}

impl Votes {
    /// Counts the labels of a first reading; `labels` is parallel to the tokens of the section.
    pub(crate) fn new(forms: &Forms, labels: &[u8]) -> Self {
        let mut ballots = vec![Ballot::default(); forms.word_count()];
        let mut pairs = Vec::new();
        for (sentence, style) in forms.styles.iter().enumerate() {
            if *style != Style::Running {
                continue;
            }
            let Range { start, end } = forms.range(sentence);
            for i in start..end {
                cast(&mut ballots, forms, labels, (i, start, end), 1);
                if i + 1 < end
                    && joined(labels, i)
                    && let Some(kind) = label::kind_of(labels[i] as usize)
                {
                    pairs.push((forms.words[i], forms.words[i + 1], kind as u8, 1u16));
                }
            }
        }
        pairs.sort_unstable();
        pairs.dedup_by(|b, a| {
            let same = (a.0, a.1, a.2) == (b.0, b.1, b.2);
            if same {
                a.3 = a.3.saturating_add(b.3);
            }
            same
        });
        Votes { ballots, pairs }
    }

    /// The keys of the second reading for one token of a sentence that spans `start..end`. Of a token right after the
    /// one that was asked for last the verdict is known.
    pub(crate) fn keys(
        &self,
        forms: &Forms,
        labels: &[u8],
        (i, start, end, style): (usize, usize, usize, Style),
        known: &mut Verdicts,
        sink: &mut impl Sink,
    ) {
        let votes = style == Style::Running;
        let verdict = |at: usize| self.verdict(forms, labels, (at, start, end), votes);
        let [before, here] = match *known {
            Verdicts { next, near } if next == i && i > start => near,
            _ => [if i > start { verdict(i - 1) } else { Verdict::NONE }, verdict(i)],
        };
        let after = if i + 1 < end { verdict(i + 1) } else { Verdict::NONE };
        *known = Verdicts { next: i + 1, near: [here, after] };
        if here.kind == 7 && here.outside == 0 && before.kind == 7 && after.kind == 7 {
            return;
        }
        let left = if i > start { self.pair(forms, labels, i - 1, votes) } else { 7 };
        let right = if i + 1 < end { self.pair(forms, labels, i, votes) } else { 7 };
        let class = forms.form(i).class as u64;
        let own = u64::from(labels[i]);
        let t = 1 << 17;
        sink.key(key(t | 1, here.kind | here.count << 3 | here.outside << 6, class), false);
        sink.key(key(t | 2, here.kind | here.count << 3 | here.outside << 6, own), false);
        sink.key(key(t | 3, here.kind | here.place << 3, class), false);
        sink.key(key(t | 4, here.rough() | left << 4, own), false);
        sink.key(key(t | 5, here.rough() | right << 4, own), false);
        sink.key(key(t | 6, left | right << 3, class), false);
        sink.key(key(t | 7, here.rough() | before.rough() << 4, own), false);
        sink.key(key(t | 8, here.rough() | after.rough() << 4, own), false);
        sink.key(
            key(t | 9, here.rough(), u64::from(after.outside > 0) | u64::from(before.outside > 0) << 1),
            false,
        );
    }

    fn verdict(
        &self,
        forms: &Forms,
        labels: &[u8],
        (i, start, end): (usize, usize, usize),
        votes: bool,
    ) -> Verdict {
        let class = forms.form(i).class;
        if !class.is_capital() && !matches!(class, Class::MixedLower | Class::Caseless) {
            return Verdict::NONE;
        }
        let mut ballot = [self.ballots[forms.words[i] as usize]];
        if votes {
            withdraw(&mut ballot[0], forms, labels, (i, start, end));
        }
        let ballot = ballot[0];
        let outside = u64::from(ballot.outside.min(2));
        let (kind, &count) =
            ballot.kinds.iter().enumerate().max_by_key(|&(k, &c)| (c, KINDS.len() - k)).expect("seven");
        if count == 0 {
            return Verdict { outside, ..Verdict::NONE };
        }
        let total: u16 = ballot.kinds.iter().fold(0, |a, &b| a.saturating_add(b));
        let strength = if u32::from(count) * 3 < u32::from(total) * 2 { 0 } else { count.min(3) };
        let place = if ballot.alone >= ballot.last.max(ballot.first) {
            0
        } else if ballot.last >= ballot.first {
            1
        } else {
            2
        };
        Verdict { kind: kind as u64, count: u64::from(strength), outside, place }
    }

    /// The kind of names in which this token and the next stand side by side elsewhere, or 7.
    fn pair(&self, forms: &Forms, labels: &[u8], i: usize, votes: bool) -> u64 {
        let (a, b) = (forms.words[i], forms.words[i + 1]);
        let own = label::kind_of(labels[i] as usize).filter(|_| votes && joined(labels, i));
        let from = self.pairs.partition_point(|p| (p.0, p.1) < (a, b));
        let mut best = (0, 7);
        for pair in self.pairs[from..].iter().take_while(|p| (p.0, p.1) == (a, b)) {
            let count = pair.3 - u16::from(own == Some(usize::from(pair.2))).min(pair.3);
            if count > best.0 {
                best = (count, u64::from(pair.2));
            }
        }
        best.1
    }
}

/// Whether a token and the next belong to one name.
fn joined(labels: &[u8], i: usize) -> bool {
    labels[i] as usize != OUTSIDE
        && labels.get(i + 1).is_some_and(|&next| next as usize != OUTSIDE && !label::is_begin(next as usize))
}

fn cast(ballots: &mut [Ballot], forms: &Forms, labels: &[u8], place: (usize, usize, usize), by: u16) {
    count(&mut ballots[forms.words[place.0] as usize], forms, labels, place, |n| *n = n.saturating_add(by));
}

fn withdraw(ballot: &mut Ballot, forms: &Forms, labels: &[u8], place: (usize, usize, usize)) {
    count(ballot, forms, labels, place, |n| *n = n.saturating_sub(1));
}

fn count(
    ballot: &mut Ballot,
    forms: &Forms,
    labels: &[u8],
    (i, start, end): (usize, usize, usize),
    by: impl Fn(&mut u16),
) {
    let Some(kind) = label::kind_of(labels[i] as usize) else {
        if matches!(forms.form(i).class, Class::Capital | Class::Upper | Class::MixedCapital) {
            by(&mut ballot.outside);
        }
        return;
    };
    by(&mut ballot.kinds[kind]);
    let opens = i == start || label::is_begin(labels[i] as usize);
    let closes = i + 1 >= end || !joined(labels, i);
    match (opens, closes) {
        (true, true) => by(&mut ballot.alone),
        (true, false) => by(&mut ballot.first),
        (false, true) => by(&mut ballot.last),
        (false, false) => {}
    }
}
