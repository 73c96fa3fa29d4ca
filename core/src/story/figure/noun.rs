//! The noun that a figure counts: the head of the phrase after it.

use super::Reader;
use crate::text::word::hash_bytes;
use crate::text::{Shape, TokenKind};
use std::sync::LazyLock;

static COLLECTIVES: LazyLock<Vec<u64>> = LazyLock::new(|| {
    let lines = include_str!("noun.txt").lines().filter(|l| !l.starts_with('#'));
    let mut hashes: Vec<u64> = lines.map(|w| hash_bytes(w.as_bytes())).collect();
    hashes.sort_unstable();
    hashes
});

/// Endings of adjectives, which stand before the noun.
const ADJECTIVE: [&str; 7] = ["al", "ive", "ic", "ous", "able", "ed", "ly"];

/// How many words a counted phrase has at most: "15 British sailors", "two large oil tankers".
const PHRASE: u32 = 5;

impl Reader<'_> {
    /// The counted noun: its token, and its words as written.
    pub(super) fn counted(&self, next: u32, bare_end: u32, unit: &str, end: u32) -> (Option<u32>, String) {
        let none = (None, String::new());
        if unit == "years old" {
            return none;
        }
        let hyphen = u32::from(self.hyphen(next, end));
        let mut at = next + hyphen;
        let of = self.folded(at, end) == "of";
        at += u32::from(of);
        if of {
            // 19% of the Ukrainian territory, dozens of the celebrities
            at += u32::from(matches!(self.folded(at, end), "the" | "its" | "their" | "his" | "her" | "all"));
        } else if !unit.is_empty() && bare_end < next && !matches!(unit, "%" | "rank" | "points" | "seats") {
            // 8.8 magnitude earthquake, five-hour meeting count what follows only when joined.
            let joined = self.hyphen(bare_end, end) || unit == "magnitude";
            if !joined {
                return none;
            }
        }
        // nine other soldiers, 20 more people
        at += u32::from(!of && matches!(self.folded(at, end), "other" | "more" | "further" | "additional"));
        let joined = !unit.is_empty() && !of && bare_end < next;
        let mut head = None;
        let stop = end.min(at + PHRASE);
        while at < stop {
            let token = &self.analysis.tokens[at as usize];
            if !token.is_word() || token.is_clitic() || self.is_closed_word(at, end) {
                break;
            }
            let folded = self.analysis.folded(token);
            head = Some(at);
            // After "8.8 magnitude" the first noun is the one: what follows it may be the verb.
            if joined
                && !ADJECTIVE.iter().any(|suffix| folded.len() > suffix.len() + 2 && folded.ends_with(suffix))
            {
                break;
            }
            if self.is_plural(folded) && token.shape == Shape::Lower
                || COLLECTIVES.binary_search(&hash_bytes(folded.as_bytes())).is_ok()
            {
                break;
            }
            at += 1;
            at += u32::from(self.hyphen(at, end));
        }
        match head {
            Some(head) => (Some(head), self.surface(head, end).to_string()),
            None => none,
        }
    }

    fn is_plural(&self, folded: &str) -> bool {
        folded.len() > 3 && folded.ends_with('s') && !folded.ends_with("ss") && !folded.ends_with("us")
    }

    /// A word that ends a noun phrase: function words and plain verbs.
    fn is_closed_word(&self, at: u32, end: u32) -> bool {
        let token = &self.analysis.tokens[at as usize];
        if token.kind == TokenKind::Number {
            return true;
        }
        let folded = self.folded(at, end);
        crate::text::stop::is_stop(folded)
            || folded.len() > 4 && folded.ends_with("ed") && !self.joins(at, end)
    }

    /// Whether a participle stands inside the phrase: 15 captured sailors.
    fn joins(&self, at: u32, end: u32) -> bool {
        at + 1 < end && {
            let next = &self.analysis.tokens[at as usize + 1];
            let folded = self.folded(at + 1, end);
            next.is_word()
                && next.shape == Shape::Lower
                && self.is_plural(folded)
                && !crate::text::stop::is_stop(folded)
        }
    }
}
