//! Descriptors that follow a name: set off by commas or brackets, after "is" and "was", and origins.
//!
//! In: the sentence of a name. Out: where its descriptors stand, with what hangs on their role nouns.

use super::{ARTICLES, BEING, OWNERS, PREPOSITIONS, REACH, Reader};
use crate::catalog::EntityKind;
use crate::mention::RawMention;
use crate::text::TokenKind;
use std::ops::Range;

impl Reader<'_> {
    /// Descriptors after the name.
    pub(super) fn after(&self, mention: &RawMention) -> Vec<Range<u32>> {
        let mut spans = Vec::new();
        let mut at = mention.tokens.end;
        if at >= self.ceiling || self.clitic(at) {
            return spans;
        }
        if self.word(at) == "(" {
            let close = (at + 1..self.ceiling.min(at + 24)).find(|&t| self.word(t) == ")");
            if let Some(close) = close {
                if (at + 1..close).any(|t| self.head(t).is_some()) && !(at + 1..close).any(|t| self.person(t))
                {
                    spans.push(self.without_article(at + 1)..close);
                }
                at = close + 1;
            }
        }
        // An age: ", 32,".
        if at + 1 < self.ceiling
            && self.word(at) == ","
            && self.analysis.tokens[at as usize + 1].kind == TokenKind::Number
        {
            at += 2;
            if self.is(at, &["years"]) || self.is(at, &["-"]) {
                return spans;
            }
        }
        if at >= self.ceiling {
            return spans;
        }
        let comma = self.word(at) == ",";
        let mut from = if comma { at + 1 } else { at };
        if self.is(from, &["of"]) {
            spans.extend(self.origin(from));
            return spans;
        }
        if comma && self.is(from, &["who"]) {
            from += 1;
            if !self.is(from, &BEING) {
                return spans;
            }
        }
        if self.is(from, &BEING) {
            from += 1;
            while from < self.ceiling
                && matches!(self.word(from), "now" | "then" | "also" | "currently" | "once" | "still")
            {
                from += 1;
            }
            if from + 1 < self.ceiling && self.word(from).ends_with("ed") && self.word(from + 1) == "as" {
                from += 2;
            }
            if !(self.is(from, &ARTICLES) || self.is(from, &OWNERS) || self.is(from, &["one"]))
                && self.head(from).is_none()
            {
                return spans;
            }
        } else if !comma && !self.is(from, &["one"]) {
            return spans;
        }
        spans.extend(self.phrase(from));
        spans
    }

    fn without_article(&self, at: u32) -> u32 {
        if self.is(at, &ARTICLES) { at + 1 } else { at }
    }

    /// "of Spain", "of the State Department".
    fn origin(&self, of: u32) -> Option<Range<u32>> {
        let at = self.without_article(of + 1);
        let mention = (at < self.ceiling).then(|| self.mention(at)).flatten()?;
        let named = matches!(mention.kind, EntityKind::Place | EntityKind::Organization)
            && mention.tokens.start == at;
        named.then(|| of..mention.tokens.end.min(self.ceiling))
    }

    /// A noun phrase with a role noun, and what hangs on it, from `from` on.
    fn phrase(&self, from: u32) -> Option<Range<u32>> {
        let start = self.without_article(from);
        if self.is(start, &["and", "or"]) {
            return None;
        }
        let mut at = start;
        let mut head = None;
        let end = self.ceiling.min(start + REACH);
        // The noun phrase itself.
        while at < end {
            let word = self.word(at);
            let inside = self.is_word(at) && !PREPOSITIONS.contains(&word)
                || self.clitic(at)
                || word == "-"
                || word == "\"" && head.is_none()
                || self.analysis.tokens[at as usize].kind == TokenKind::Number
                || self.is(at, &["of"]) && self.is(at.saturating_sub(1), &["one", "some"]);
            if !inside || self.stops(at) || BEING.contains(&word) || at - start > 12 {
                break;
            }
            if self.person(at) {
                // A role beside another person's name is that person's, but not when the name owns what follows.
                let name = self.mention(at).map_or(at + 1, |m| m.tokens.end);
                let owns = name < end && (self.clitic(name) || self.word(name - 1).ends_with('s'));
                if !owns {
                    break;
                }
                at = name;
                continue;
            }
            if self.head(at).is_some() {
                head = Some(at);
            }
            at += 1;
        }
        let head = head?;
        let tail = head + 1;
        if at < end && self.person(at) && (tail == at || self.capital(at - 1)) {
            return None;
        }
        // Nouns after the last role noun make another thing of it ("the president's plane"), participles do not.
        if tail < at
            && !(self.word(tail).ends_with("ed")
                || self.word(tail).ends_with("ing")
                || self.is(tail, &["then", "now", "and"]))
        {
            return None;
        }
        let stop = self.hangers_on(tail, end)?;
        // "Doe, the president will say": the noun opens a clause of its own.
        let modal = ["will", "would", "could", "may", "might", "must", "can"];
        if stop < end && modal.contains(&self.word(stop)) && start > from {
            return None;
        }
        Some(start..stop)
    }

    /// Where the prepositions, places and further roles end that belong to a role noun.
    fn hangers_on(&self, from: u32, end: u32) -> Option<u32> {
        let mut at = from;
        while at < end {
            let word = self.word(at);
            // "Mayor of Litueche Bernardo Cornejo": the role is that person's.
            if self.person(at) && at > from + 1 && !self.person(at - 1) && self.head_of(at - 1).is_some() {
                return None;
            }
            if word == "," {
                // "Santa Cruz, California": a place after a place.
                let places = at > from
                    && at + 1 < end
                    && [at - 1, at + 1].iter().all(|&t| {
                        self.mention(t).is_some_and(|m| {
                            m.kind == EntityKind::Place || m.kind == EntityKind::Organization
                        })
                    });
                if places && self.mention(at + 1).is_some_and(|m| m.kind == EntityKind::Place) {
                    at = self.mention(at + 1).map_or(at + 1, |m| m.tokens.end);
                    continue;
                }
                break;
            }
            if word == "and" && (at + 1 >= end || self.person(at + 1) || self.leads_to_person(at + 1, end)) {
                break;
            }
            let inside = self.is_word(at)
                || self.clitic(at)
                || self.analysis.tokens[at as usize].kind == TokenKind::Number
                || matches!(word, "-" | "&" | "/")
                || word == "(" && at + 2 < end && self.word(at + 2) == ")";
            if word == "(" && inside {
                at += 3;
                continue;
            }
            // "head of the agency in an interview": where it was said, not what the person is.
            let said = self.is(at, &["in"]) && at + 1 < end && self.is(at + 1, &["a", "an", "his", "her"]);
            if !inside || said || self.stops(at) || BEING.contains(&word) {
                break;
            }
            at += 1;
        }
        Some(at.max(from))
    }

    /// Whether the words after "and" are the role of another person: "and President Putin".
    fn leads_to_person(&self, from: u32, end: u32) -> bool {
        (from..end.min(from + 8))
            .find(|&t| !self.is_word(t) || self.person(t))
            .is_some_and(|t| self.person(t) && self.head(t - 1).is_some())
    }
}
