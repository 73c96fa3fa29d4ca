//! What the text says a person is: descriptors beside names.
//!
//! In: one document and its mentions. Out: for mentions of persons the spans of their descriptors: before the name
//! ("Kremlin spokesman"), set off by commas or brackets on either side ("CEO of the fund"), after "is" and "was",
//! and origins ("of Spain"). A descriptor has a noun of `roles.txt`, a nationality or a place; what only might be one
//! is left out.

mod after;

use super::table;
use crate::catalog::EntityKind;
use crate::mention::RawMention;
use crate::span::ByteSpan;
use crate::text::Analysis;
use std::ops::Range;

/// How far a descriptor reaches, in tokens.
const REACH: u32 = 30;
/// How many small words stand before a role noun at most.
const MODIFIERS: usize = 6;

const ARTICLES: [&str; 3] = ["a", "an", "the"];
const OWNERS: [&str; 7] = ["his", "her", "their", "its", "my", "our", "your"];
const PREPOSITIONS: [&str; 14] =
    ["of", "for", "at", "in", "to", "on", "with", "from", "by", "under", "over", "against", "near", "into"];
const BEING: [&str; 7] = ["is", "was", "are", "were", "became", "remains", "becomes"];

/// The descriptors of one document: the index of the mention, and where the descriptor stands.
pub(crate) fn roles(analysis: &Analysis, mentions: &[&RawMention]) -> Vec<(usize, ByteSpan)> {
    let mut reader = Reader { analysis, mentions, floor: 0, ceiling: 0, plural: None };
    let mut out: Vec<(usize, ByteSpan)> = Vec::new();
    for (index, mention) in mentions.iter().enumerate() {
        if mention.kind != EntityKind::Person || mention.tokens.is_empty() {
            continue;
        }
        let Some(sentence) = analysis.sentence_at(mention.span.start) else { continue };
        let bounds = analysis.sentences[sentence].tokens.clone();
        (reader.floor, reader.ceiling) = (bounds.start, bounds.end);
        let mut spans = reader.before(index);
        spans.extend(reader.after(mention));
        out.extend(spans.into_iter().filter(|r| !r.is_empty()).map(|r| (index, analysis.span_of(&r))));
    }
    out
}

struct Reader<'a> {
    analysis: &'a Analysis,
    mentions: &'a [&'a RawMention],
    /// The sentence.
    floor: u32,
    ceiling: u32,
    /// A role in the plural that reaches over "and" to the next person: the mention, and where it stands.
    plural: Option<(usize, Range<u32>)>,
}

impl Reader<'_> {
    fn word(&self, at: u32) -> &str {
        self.analysis.folded(&self.analysis.tokens[at as usize])
    }

    fn is_word(&self, at: u32) -> bool {
        self.analysis.tokens[at as usize].is_word()
    }

    fn is(&self, at: u32, words: &[&str]) -> bool {
        at >= self.floor && at < self.ceiling && words.contains(&self.word(at))
    }

    fn capital(&self, at: u32) -> bool {
        let token = self.analysis.tokens[at as usize];
        token.is_word() && token.is_capitalised(self.analysis.surface(&token))
    }

    fn glued(&self, at: u32) -> bool {
        self.analysis.tokens[at as usize].is_glued()
    }

    fn clitic(&self, at: u32) -> bool {
        let token = self.analysis.tokens[at as usize];
        token.is_clitic() || token.is_glued() && self.word(at) == "'"
    }

    /// The mention that covers a token.
    fn mention(&self, at: u32) -> Option<&RawMention> {
        let after = self.mentions.partition_point(|m| m.tokens.start <= at);
        let mention = self.mentions.get(after.checked_sub(1)?)?;
        mention.tokens.contains(&at).then_some(mention)
    }

    fn person(&self, at: u32) -> bool {
        self.mention(at).is_some_and(|m| m.kind == EntityKind::Person)
    }

    /// The first token of a word with hyphens that ends at `at`.
    fn compound(&self, at: u32) -> u32 {
        let mut start = at;
        while start >= self.floor + 2
            && self.glued(start)
            && self.word(start - 1) == "-"
            && self.glued(start - 1)
        {
            start -= 2;
        }
        start
    }

    /// Whether a role noun ends at `at`; returns where it begins.
    fn head(&self, at: u32) -> Option<u32> {
        if at < self.floor || at >= self.ceiling || !self.is_word(at) || self.person(at) {
            return None;
        }
        // The first part of a compound is no head: "minister" in "minister-led".
        if at + 2 < self.ceiling && self.word(at + 1) == "-" && self.glued(at + 1) && self.glued(at + 2) {
            return None;
        }
        let start = self.compound(at);
        if start < at {
            let joined: String = (start..=at).map(|t| self.word(t)).collect();
            if table::is_role(&joined) {
                return Some(start);
            }
        }
        let token = self.analysis.tokens[at as usize];
        let word = self.word(at);
        (table::is_role(word)
            || table::is_role_form(word) && !token.is_capitalised(self.analysis.surface(&token)))
        .then_some(start)
    }

    /// Descriptors before the name.
    fn before(&mut self, index: usize) -> Vec<Range<u32>> {
        let name = self.mentions[index].tokens.clone();
        let mut spans = Vec::new();
        let mut end = name.start;
        for _ in 0..3 {
            let Some(last) = end.checked_sub(1).filter(|&t| t >= self.floor) else { break };
            if let Some(start) = self.head(last) {
                if table::is_courtesy(self.word(last)) {
                    end = start;
                    continue;
                }
                let honour = table::is_honour(self.word(last));
                let start = if honour { start } else { self.extend(start) };
                spans.push(start..end);
                if self.word(last).ends_with('s') || self.word(last) == "men" {
                    self.plural = Some((index, start..end));
                }
                end = start;
                if honour {
                    continue;
                }
            } else if let Some(start) = self.head_of(last) {
                spans.push(start..end);
                end = start;
            } else if self.mention(last).is_some_and(|m| m.kind == EntityKind::Nationality) {
                let start = self.mention(last).map_or(last, |m| m.tokens.start);
                spans.push(start..end);
                end = start;
            } else if self.word(last) == ","
                && let Some(range) = self.set_off_before(last, &name)
            {
                end = range.start;
                spans.push(range);
            } else if spans.is_empty()
                && self.word(last) == "and"
                && index > 0
                && self.mentions[index - 1].tokens.end == last
            {
                if let Some((other, range)) = self.plural.clone()
                    && other + 1 == index
                {
                    spans.push(range.clone());
                    self.plural = Some((index, range));
                }
                break;
            } else {
                break;
            }
        }
        spans
    }

    /// Takes along what stands before a role noun and belongs to it.
    fn extend(&self, head: u32) -> u32 {
        let mut start = head;
        let mut small = 0;
        while start > self.floor {
            let p = start - 1;
            if self.clitic(p) {
                match p.checked_sub(1).filter(|&t| t >= self.floor).and_then(|t| self.owner(t)) {
                    Some(owner) => start = owner,
                    None => break,
                }
                continue;
            }
            if let Some(mention) = self.mention(p) {
                if mention.kind == EntityKind::Person {
                    // "President Trumps envoy": the apostrophe was lost.
                    if !self.word(p).ends_with('s') || mention.tokens.start < self.floor {
                        break;
                    }
                    start = mention.tokens.start;
                    if start > self.floor
                        && let Some(title) = self.head(start - 1)
                    {
                        start = title;
                    }
                    break;
                }
                // "in Paris Ukrainian President Doe": the place is where, and not whose.
                let of_nation = self.mention(start).is_some_and(|m| m.kind == EntityKind::Nationality);
                if of_nation && mention.kind == EntityKind::Place {
                    break;
                }
                start = mention.tokens.start.max(self.floor);
                continue;
            }
            if !self.is_word(p) || table::is_role_stop(self.word(p)) && !self.capital(p) {
                break;
            }
            let word = self.word(p);
            if OWNERS.contains(&word) {
                return p;
            }
            if word == "and" {
                match p.checked_sub(1).and_then(|t| self.head(t)) {
                    Some(other) if !self.person(head) => start = other,
                    _ => break,
                }
            } else if self.capital(p) && !table::is_role_stop(word) && !self.is_small(word) {
                start = self.compound(p);
            } else if small < MODIFIERS
                && (table::is_role_modifier(word) || is_adjective(word) || self.head(p).is_some())
            {
                start = self.compound(p);
                small += 1;
            } else {
                break;
            }
        }
        start
    }

    /// A word that ends a descriptor, unless it is part of a name ("United States Army").
    fn stops(&self, at: u32) -> bool {
        table::is_role_stop(self.word(at)) && self.mention(at).is_none()
    }

    fn is_small(&self, word: &str) -> bool {
        ARTICLES.contains(&word) || PREPOSITIONS.contains(&word)
    }

    /// The whole name or noun that owns what follows its possessive ending at `at + 1`.
    fn owner(&self, at: u32) -> Option<u32> {
        if let Some(mention) = self.mention(at) {
            let start = mention.tokens.start.max(self.floor);
            if mention.kind == EntityKind::Person
                && start > self.floor
                && let Some(title) = self.head(start - 1)
            {
                return Some(self.extend(title));
            }
            return Some(start);
        }
        if let Some(head) = self.head(at) {
            return Some(self.extend(head));
        }
        let led = at > self.floor && self.is(at - 1, &["the", "this", "a"]);
        (self.capital(at) || self.is_word(at) && led).then(|| self.compound(at))
    }

    /// "mayor of London" before the name.
    fn head_of(&self, last: u32) -> Option<u32> {
        if self.person(last) || !(self.capital(last) || self.mention(last).is_some()) {
            return None;
        }
        let mut q = last;
        for _ in 0..14 {
            let allowed = self.capital(q)
                || self.mention(q).is_some_and(|m| m.kind != EntityKind::Person)
                || self.clitic(q)
                || matches!(self.word(q), "of" | "for" | "the" | "and" | "&" | "-" | "at" | "de" | "in");
            if !allowed || q <= self.floor {
                return None;
            }
            q -= 1;
            if let Some(start) = self.head(q)
                && self.is(q + 1, &["of", "for", "at", "to"])
                && q + 1 < last
            {
                return Some(self.extend(start));
            }
        }
        None
    }

    /// "the deputy mayor, Barry Lewis, said": `comma` stands before the name.
    fn set_off_before(&self, comma: u32, name: &Range<u32>) -> Option<Range<u32>> {
        let closed =
            name.end >= self.ceiling || matches!(self.word(name.end), "," | "(" | ")" | "." | ";" | "-");
        let last = comma.checked_sub(1).filter(|&t| t >= self.floor)?;
        if let Some(start) = self.head(last) {
            let start = self.extend(start);
            // Without a comma after the name, "the president, Putin said" may be anything; a descriptor that opens
            // its sentence or says whose it is stays one.
            let opens = start <= self.floor + 1;
            let owned = (start..last).any(|t| self.clitic(t));
            if !(closed || opens || owned) {
                return None;
            }
            let led = start == self.floor
                || self.is(start - 1, &ARTICLES)
                || self.is(start, &OWNERS)
                || self.is(start - 1, &["one", "with", "by", "of"])
                || self.mention(start).is_some();
            return led.then_some(start..comma);
        }
        if !closed {
            return None;
        }
        let mut best = None;
        let mut q = last;
        while q > self.floor && last - q < 16 {
            let word = self.word(q);
            let joined = self.is_word(q) || self.clitic(q) || word == "-";
            if !joined || table::is_role_stop(word) || BEING.contains(&word) || self.person(q) {
                break;
            }
            q -= 1;
            if let Some(start) = self.head(q)
                && self.is(q + 1, &["of", "for", "at", "in", "to"])
            {
                best = Some(start);
            }
        }
        let start = self.extend(best?);
        let led = start == self.floor
            || self.is(start - 1, &ARTICLES)
            || self.is(start, &OWNERS)
            || self.mention(start).is_some();
        led.then_some(start..comma)
    }
}

/// Whether a lower-case word looks like an adjective made of a noun.
fn is_adjective(word: &str) -> bool {
    word.len() >= 6
        && ["al", "ic", "ary", "ish", "ian", "ean", "ive", "based", "born", "ese"]
            .iter()
            .any(|e| word.ends_with(e))
}
