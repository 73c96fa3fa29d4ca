//! Reads the sentences of the documents as statements.

use super::contrast::opposed_rows;
use super::statement::{Cues, FIGURES, Held, NOT, REVISE, SOURCE, Statement, Statements, Term, cue_of};
use super::{Sources, event, term};
use crate::cast::LinkedMention;
use crate::catalog::EntityKind;
use crate::text::number::Numbers;
use crate::text::stem::Stemmer;
use crate::text::word::hash_bytes;
use crate::text::{Analysis, Known, Region, Sentence, Shape, TokenKind};
use std::ops::Range;

/// Sentences longer than this are lists or tables; the terms after it are left out.
const TERMS: usize = 120;
/// Denied words, opposed verbs and things of countries of one sentence that are compared.
const SIGNS: usize = 12;
/// How many words after "no" it denies at most. What "not" denies reaches too far to be told from words alone.
const DENIES: u32 = 3;
/// Endings of adjectives, which stand before the thing: "Iraqi territorial waters".
const ADJECTIVE: [&str; 6] = ["al", "ive", "ic", "ous", "able", "ed"];
/// How far the preposition may stand before a country: "inside internationally recognised Iraqi waters".
const PREPOSITION: u32 = 3;

/// What all documents share while they are read.
pub(super) struct Reader<'r> {
    pub(super) sources: &'r Sources<'r>,
    /// Per member of the cast the one whose term it shares.
    pub(super) homes: Vec<u32>,
    pub(super) ids: Numbers,
    /// Per term: what it stands against.
    pub(super) opposed: Vec<Vec<(u16, bool, bool)>>,
    pub(super) stemmer: Stemmer,
}

impl<'r> Reader<'r> {
    fn id(&mut self, out: &mut Statements<'r>, hash: u64, name: &'r str) -> u32 {
        let id = self.ids.number(hash);
        if id as usize == out.names.len() {
            out.names.push(name);
            out.is_name.push(false);
            out.spread.push(0);
            self.opposed.push(Vec::new());
        }
        id
    }

    /// Adds the statements of one document.
    pub(super) fn document(&mut self, document: usize, out: &mut Statements<'r>) {
        let analysis = &self.sources.analyses[document];
        let (dates, figures) = (&self.sources.dates[document], &self.sources.figures[document]);
        // Per distinct word: its term, found when first needed.
        let mut of_word: Vec<Option<u32>> = vec![None; analysis.vocabulary.len()];
        let mentions = self.sources.cast.mentions.get(document).map_or(&[][..], Vec::as_slice);
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
            let first = mention;
            while mentions.get(mention).is_some_and(|m| m.raw.tokens.start < sentence.tokens.end) {
                mention += 1;
            }
            if sentence.region != Region::Body {
                continue;
            }
            let named = &dates[time_start..time.min(time_start + FIGURES)];
            let mut statement = Statement {
                document,
                sentence: number as u32,
                span: sentence.span,
                figures: figure_start as u32..figure.min(figure_start + FIGURES) as u32,
                days: event::days(named),
                clocks: event::clocks(named),
                years: event::written_years(named),
                ..Statement::default()
            };
            statement.terms.reserve((sentence.tokens.len() / 2 + 1).min(TERMS));
            self.sentence(analysis, sentence, &mentions[first..mention], &mut of_word, (&mut statement, out));
            if statement.terms.is_empty() {
                continue;
            }
            statement.terms.sort_unstable();
            statement.terms.dedup_by_key(|t| t.id);
            for list in [&mut statement.members, &mut statement.denied] {
                list.sort_unstable();
                list.dedup();
            }
            statement.held.sort_unstable();
            statement.held.dedup();
            for term in &statement.terms {
                out.spread[term.id as usize] += 1;
            }
            out.list.push(statement);
        }
    }

    fn sentence(
        &mut self,
        analysis: &'r Analysis,
        sentence: &Sentence,
        mentions: &[LinkedMention],
        of_word: &mut [Option<u32>],
        (statement, out): (&mut Statement, &mut Statements<'r>),
    ) {
        let Range { start, end } = sentence.tokens;
        let (mut mention, mut at) = (0, start);
        // The first token that a denial does not reach, and the country whose thing may follow.
        let mut denied = start;
        let mut country: Option<(u32, bool, u32)> = None;
        while at < end {
            while mentions.get(mention).is_some_and(|m| m.raw.tokens.end <= at) {
                mention += 1;
            }
            let full = statement.terms.len() >= TERMS;
            if let Some(linked) = mentions.get(mention).filter(|m| m.raw.tokens.start <= at) {
                let after = linked.raw.tokens.end.max(at + 1);
                if let (Some(member), false) = (linked.member, full) {
                    let home = self.homes[member as usize];
                    let hash = hash_bytes(&home.to_le_bytes()) ^ 0x5EED;
                    let id = self.id(out, hash, &self.sources.cast.members[home as usize].name);
                    out.is_name[id as usize] = true;
                    statement.terms.push(Term { id, token: at });
                    let kind = self.sources.cast.members[member as usize].kind;
                    if matches!(kind, EntityKind::Person | EntityKind::Place) {
                        statement.members.push(member);
                    }
                    if matches!(kind, EntityKind::Nationality | EntityKind::Place) {
                        country = inside(analysis, (start, at)).map(|inside| (id, inside, after + 2));
                    }
                }
                at = after;
                continue;
            }
            let token = &analysis.tokens[at as usize];
            at += 1;
            let hash = analysis.vocabulary.hash(token.word);
            let cues: Cues = cue_of(hash);
            statement.cues |= cues;
            if cues & REVISE != 0 {
                statement.revised_at.get_or_insert(at - start);
            }
            if token.kind == TokenKind::Punctuation {
                if matches!(analysis.surface(token), "\"" | "\u{201c}" | "\u{201d}") {
                    // Words between marks are somebody's.
                    statement.cues |= SOURCE;
                } else {
                    denied = at;
                }
                country = None;
            }
            if !token.is_word() || token.is_clitic() {
                continue;
            }
            let folded = analysis.vocabulary.folded(token.word);
            if cues & NOT != 0 || folded.ends_with("n't") {
                statement.cues |= NOT;
                denied = if folded == "no" && asserts(analysis, (start, at - 1), end) {
                    at + DENIES
                } else {
                    denied
                };
                continue;
            }
            if full || analysis.known(token).has(Known::STOP) {
                denied = if matches!(folded, "but" | "a" | "an" | "the") { at } else { denied };
                continue;
            }
            let id = match of_word[token.word as usize] {
                Some(id) => id,
                None => {
                    let hash = term::of(analysis, token.word, &mut self.stemmer);
                    let id = self.id(out, hash, folded);
                    if self.opposed[id as usize].is_empty() {
                        self.opposed[id as usize] = opposed_rows(hash).collect();
                    }
                    of_word[token.word as usize] = Some(id);
                    id
                }
            };
            let term = Term { id, token: at - 1 };
            statement.terms.push(term);
            let rows = self.opposed[id as usize].iter();
            let room = SIGNS.saturating_sub(statement.opposed.len());
            statement.opposed.extend(rows.take(room).map(|&(row, left, in_time)| (row, left, in_time, term)));
            if at <= denied && statement.denied.len() < SIGNS {
                statement.denied.push(id);
            }
            let of_country = country.filter(|c| at <= c.2 && token.shape == Shape::Lower);
            let qualifies = |suffix: &&str| folded.len() > suffix.len() + 2 && folded.ends_with(*suffix);
            if let Some((place, inside, _)) = of_country.filter(|_| !ADJECTIVE.iter().any(qualifies)) {
                country = None;
                if statement.held.len() == SIGNS {
                    continue;
                }
                statement.held.push(Held { thing: id, country: place, inside });
            }
        }
    }
}

/// Whether a "no" denies outright: no condition, no purpose, no "no longer".
fn asserts(analysis: &Analysis, (start, at): (u32, u32), end: u32) -> bool {
    let folded = |i: u32| analysis.folded(&analysis.tokens[i as usize]);
    let back = |n: u32| at.checked_sub(n).filter(|i| *i >= start).map_or("", folded);
    let open = matches!(back(1), "if" | "unless" | "though") || back(1) == "that" && back(2) == "so";
    !open && (at + 1 >= end || !matches!(folded(at + 1), "longer" | "more" | "less" | "fewer" | "later"))
}

/// Whether what stands before a country puts something into it or out of it; `None` when nothing does.
fn inside(analysis: &Analysis, (start, at): (u32, u32)) -> Option<bool> {
    for back in at.saturating_sub(PREPOSITION).max(start)..at {
        match analysis.folded(&analysis.tokens[back as usize]) {
            "in" | "inside" | "within" | "into" => return Some(true),
            "outside" | "off" => return Some(false),
            _ => {}
        }
    }
    None
}
